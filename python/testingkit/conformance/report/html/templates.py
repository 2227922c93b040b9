"""Renders the templates of the page, and returns its style, its script and its policy.

Templates escape every text, and every invisible character in it, by default.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Sequence
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from testingkit.conformance.text.escape import safe, safe_lines

_SCRIPTS = ("query.js", "rows.js", "state.js", "copy.js", "keys.js", "start.js")
_FINDING_ID = re.compile(r"[A-Z][0-9]{1,9}")
_STYLES = ("colours.css", "style.css", "suites.css", "narrow.css")


@functools.cache
def environment() -> jinja2.Environment:
    """Returns the environment of the templates, which have two filters.

    ``lines`` escapes a text of several lines; ``anchor`` returns the element id of a finding.
    """
    templates = jinja2.Environment(
        loader=jinja2.FunctionLoader(_file),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["lines"] = _lines
    templates.filters["anchor"] = _anchor
    return templates


def render(name: str, **values: object) -> Markup:
    """Returns a rendered template as markup; texts in it are escaped."""
    return _trusted(environment().get_template(name).render(**values))


def script() -> Markup:
    """Returns the script, in a block of its own, so that its names are not global."""
    return _trusted("".join(['"use strict";\n{\n', *map(_file, _SCRIPTS), "}\n"]))


def style(runners: Sequence[str]) -> Markup:
    """Returns the style; it has the names of the runners, for tables without a head."""
    columns = f":root {{ --columns: {len(runners)}; }}\n"
    cell = ".cases > tbody > [id] > td"
    names = "".join(
        f"{cell}:nth-child({number})::before {{ content: {_css_text(name)}; }}\n"
        for number, name in enumerate(runners, start=3)
    )
    # A narrow screen shows the cells of a case below each other, each with the name of its runner.
    return _trusted(
        "".join([*map(_file, _STYLES), columns, "@media (max-width: 45rem) {\n", names, "}\n"])
    )


def policy(style_text: str, script_text: str) -> str:
    """Returns the content security policy that allows only this style and this script."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_hash(style_text)}'",
            f"script-src 'sha256-{_hash(script_text)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
        )
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _css_text(text: str) -> str:
    """Returns a CSS string in which every character is an escape."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in f"{safe(text)} ") + '"'


def _file(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8")


def _trusted(text: str) -> Markup:
    """Marks text of the package's own files as markup; texts of a log in it are escaped."""
    return Markup(text)  # noqa: S704


def _finalize(value: Any) -> Any:
    """Returns markup unchanged, and every other value as one safe line."""
    return value if isinstance(value, Markup) else safe(str(value))


def _anchor(finding_id: str) -> str:
    """Returns the element id of a finding, which is unlike all other ids of the page."""
    if _FINDING_ID.fullmatch(finding_id):
        return finding_id
    return f"problem-{hashlib.sha256(finding_id.encode()).hexdigest()[:12]}"


def _lines(text: str) -> Markup:
    return Markup("\n").join(escape(line) for line in safe_lines(text))
