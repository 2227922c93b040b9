"""Returns text from outside as GitHub-flavoured Markdown without markup and links.

GitHub turns mentions, issues, commits and addresses into links everywhere except in code. So
everything that is not a plain word is code.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from testingkit.conformance.text.escape import safe, safe_lines

# Plain words and numbers. Seven or more letters from a to f could be a commit; a number with a full
# stop at the beginning of a line could be a list.
_PLAIN = re.compile(
    r"(?!.*[0-9a-f]{7})"
    r"(?:\(?[A-Za-z]+(?:['][a-z]+|-[a-z]+)*\)?[,.;:]?|[0-9]{1,3}(?:,[0-9]{3})*[,;:]?)"
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_BACKTICKS = re.compile("`+")


def code(text: str) -> str:
    """Returns a text as code, on one line, that can be in a cell of a table."""
    shown = safe(text)
    is_simple = shown and shown == shown.strip() and "`" not in shown and "|" not in shown
    return f"`{shown}`" if is_simple else html_code(text)


def html_code(text: str) -> str:
    """Returns a text as code in HTML, with all punctuation escaped for Markdown."""
    return f"<code>{_PUNCTUATION.sub(_entity, safe(text))}</code>"


def _entity(match: re.Match[str]) -> str:
    # GitHub looks for mail addresses after entities are decoded, but not across a comment.
    return "&#64;<!-- -->" if match[0] == "@" else f"&#{ord(match[0])};"


def prose(text: str) -> str:
    """Returns sentences on one line: plain words unchanged, everything else as code."""
    words = safe(text.replace("\r\n", " ").replace("\n", " ")).split()
    groups = itertools.groupby(words, key=lambda word: _PLAIN.fullmatch(word) is not None)
    return " ".join(" ".join(group) if plain else code(" ".join(group)) for plain, group in groups)


def fenced(text: str, language: str = "text") -> str:
    """Returns lines of text as a block of code, whose fence is longer than any in the text."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + language, *safe_lines(text), fence])


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> str:
    """Returns a table of cells that are Markdown already.

    With `numbers` all columns but the first are aligned to the right.
    """
    rules = ["---", *(["---:" if numbers else "---"] * (len(head) - 1))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rules, *rows))
