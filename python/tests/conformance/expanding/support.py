"""Projects with an expander, which is a module in a folder of the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from testingkit.conformance.config import Config, load_config

MakeConfig = Callable[..., Config]

EXPANDER = """\
import os, sys
def expand(message):
    {body}
"""


def write_config(
    folder: Path, load: str = "", reference: str = "notation:expand", kind: str = "probe.v1.Point"
) -> Config:
    """Writes a configuration with one expander, and reads it."""
    text = f"[load]\n{load}\n[load.expanders]\n{json.dumps(kind)} = {json.dumps(reference)}\n"
    (folder / "testingkit.toml").write_text(f'{text}[runners.one]\naddress = "localhost:1"\n')
    return load_config(folder / "testingkit.toml")


def write_expander(folder: Path, body: str, before: str = "") -> None:
    """Writes the module of the expander; ``body`` is what the function does."""
    indented = body.replace("\n", "\n    ")
    (folder / "notation.py").write_text(before + EXPANDER.format(body=indented))
