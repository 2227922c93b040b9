"""Text from outside as GitHub-flavoured Markdown: it stays text, and nothing in it is a link.

GitHub makes links of mentions, issues, commits and addresses wherever they stand, and leaves code
alone. So whatever is not a plain word is code.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from testingkit.conformance.text.escape import safe, safe_lines

# Words that are nothing but words. Seven letters of a to f and more could be a commit; what stands
# at the beginning of a line could be a list, where it is a number with a full stop.
_PLAIN = re.compile(
    r"(?!.*[0-9a-f]{7})"
    r"(?:\(?[A-Za-z]+(?:['][a-z]+|-[a-z]+)*\)?[,.;:]?|[0-9]{1,3}(?:,[0-9]{3})*[,;:]?)"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BACKTICKS = re.compile("`+")


def code(text: str) -> str:
    """Returns a text as code, on one line; it may stand in the cell of a table."""
    shown = safe(text)
    is_simple = shown and shown == shown.strip() and "`" not in shown and "|" not in shown
    return f"`{shown}`" if is_simple else html_code(text)


def html_code(text: str) -> str:
    """Returns a text as code in HTML, in which no character means anything to Markdown either."""
    return f"<code>{_PUNCTUATION.sub(_entity, safe(text))}</code>"


def _entity(match: re.Match[str]) -> str:
    # An address of mail is looked for when entities are text again, but not across a comment.
    return "&#64;<!-- -->" if match[0] == "@" else f"&#{ord(match[0])};"


def prose(text: str) -> str:
    """Returns sentences on one line: plain words as they are, and what is between them as code."""
    words = safe(text.replace("\r\n", " ").replace("\n", " ")).split()
    groups = itertools.groupby(words, key=lambda word: _PLAIN.fullmatch(word) is not None)
    return " ".join(" ".join(group) if plain else code(" ".join(group)) for plain, group in groups)


def fenced(text: str, language: str = "text") -> str:
    """Returns lines of text as a block of code; its fence is longer than any in the text."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + language, *safe_lines(text), fence])


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> str:
    """Returns a table of cells that are Markdown already; all but the first may be numbers."""
    rules = ["---", *(["---:" if numbers else "---"] * (len(head) - 1))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rules, *rows))
