"""Case files that an oracle generates are up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

_CASES = Path(__file__).parents[3] / "conformance_cases"


@pytest.mark.parametrize(("oracle", "cases"), [("float_text.py", "render/floats.textproto")])
def test_a_generated_case_file_is_up_to_date(oracle: str, cases: str) -> None:
    command = [sys.executable, str(_CASES / "oracles" / oracle)]
    printed = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert printed.stdout.decode() == (_CASES / cases).read_text(encoding="utf-8")
