"""Templates, style and script: what the page is made of, and what keeps outside text text.

Every text that a template shows is made safe and is escaped, without being asked for.
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
    """Returns what renders templates; in them ``lines`` shows a text of several lines.

    ``anchor`` is the id of the element of a finding.
    """
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(_file),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["lines"] = _lines
    made.filters["anchor"] = _anchor
    return made


def render(name: str, **values: object) -> Markup:
    """Returns what a template comes to, as markup: its texts are escaped."""
    return _own(environment().get_template(name).render(**values))


def script() -> Markup:
    """Returns the script, in which no name is anybody else's."""
    return _own("".join(['"use strict";\n{\n', *map(_file, _SCRIPTS), "}\n"]))


def style(runners: Sequence[str]) -> Markup:
    """Returns the style; it knows the runners, to name them where the table has no head."""
    columns = f":root {{ --columns: {len(runners)}; }}\n"
    cell = ".cases > tbody > [id] > td"
    names = "".join(
        f"{cell}:nth-child({number})::before {{ content: {_css_text(name)}; }}\n"
        for number, name in enumerate(runners, start=3)
    )
    # Names are seen on narrow screens alone, where a case has a line of its own.
    return _own(
        "".join([*map(_file, _STYLES), columns, "@media (max-width: 45rem) {\n", names, "}\n"])
    )


def policy(style_text: str, script_text: str) -> str:
    """Returns the policy that lets this style and this script be, and nothing else."""
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
    """A text of CSS in which every character is an escape, and none means anything."""
    return '"' + "".join(f"\\{ord(char):06x}" for char in f"{safe(text)} ") + '"'


def _file(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8")


def _own(text: str) -> Markup:
    """Marks as markup what our own files say; what comes from outside is escaped in it."""
    return Markup(text)  # noqa: S704


def _finalize(value: Any) -> Any:
    """What is shown of a value: markup as it is, and everything else as one safe line."""
    return value if isinstance(value, Markup) else safe(str(value))


def _anchor(finding_id: str) -> str:
    """The id of an element, which is never one of the page's own, nor that of another case."""
    if _FINDING_ID.fullmatch(finding_id):
        return finding_id
    return f"problem-{hashlib.sha256(finding_id.encode()).hexdigest()[:12]}"


def _lines(text: str) -> Markup:
    return Markup("\n").join(escape(line) for line in safe_lines(text))
