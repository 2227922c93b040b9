"""Documents and the texts of the tool keep to the words of docs/style.md."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from testingkit.conformance.cli import _group

ROOT = Path(__file__).parents[3]
DOCUMENTS = ("*.md", "docs/**/*.md", "examples/*/*.md", "conformance_cases/*.md", ".github/**/*.md")
REFERENCE = (
    *("docs/decisions/*.md", "docs/kit/*.md", "docs/style.md"),
    *("docs/faults.md", "docs/limits.md", "docs/performance.md"),
    *("docs/recorded_runs.md", "docs/reports.md"),
)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
NOT_PROSE = re.compile(f"{FENCE.pattern}|{CODE.pattern}", FENCE.flags)
MARKUP = re.compile(r"<[^>]*>|\{[{%#].*?[}%#]\}", re.DOTALL)

Texts = Iterator[tuple[str, int, str]]  # a file or command, the line where a text begins, the text


def words() -> Iterator[tuple[re.Pattern[str], str]]:
    """Yields each pattern of the table in docs/style.md with what to write instead."""
    table = (ROOT / "docs/style.md").read_text(encoding="utf-8").partition("\n## Words\n")[2]
    for row in re.findall(r"^\|.+\|$", table.replace(r"\|", "\0"), re.MULTILINE):
        _, instead, searched = (cell.replace("\0", "|").strip() for cell in row[1:-1].split("|"))
        for pattern in CODE.findall(searched):
            spaced = pattern.replace(" ", r"\s")
            yield re.compile(rf"\b(?:{spaced})\b", re.IGNORECASE), instead


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """Returns the text without what the pattern matches, with as many lines."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n") or "…", text)


def files(*patterns: str) -> Texts:
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if "v1" not in path.parts:  # generated
            yield str(path.relative_to(ROOT)), 1, path.read_text(encoding="utf-8")


def prose(*patterns: str) -> Texts:
    return ((name, 1, blanked(NOT_PROSE, text)) for name, _, text in files(*patterns))


def samples() -> Texts:
    for name, _, text in files(*DOCUMENTS):
        for match in FENCE.finditer(text):
            yield name, 1 + text.count("\n", 0, match.start()), match[0]


def helps(command: click.Command = _group, parent: click.Context | None = None) -> Texts:
    context = click.Context(
        command, info_name=command.name if parent else "testingkit", parent=parent
    )
    yield f"{context.command_path} --help", 1, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from helps(child, context)


def strings(*, docstrings: bool) -> Texts:
    """Yields docstrings, or all other strings; one without a space is a name."""
    for name, _, source in files("python/testingkit/**/*.py"):
        tree = ast.parse(source)
        statements = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and " " in node.value
                and (node in statements) is docstrings
            ):
                yield name, node.lineno, node.value


def comments() -> Texts:
    for name, _, source in files("python/testingkit/**/*.py"):
        lines = [""] * (source.count("\n") + 1)
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                lines[token.start[0] - 1] = token.string
        yield name, 1, "\n".join(lines)


def templates() -> Texts:
    pages = files("python/testingkit/**/*.html")
    return ((name, 1, blanked(MARKUP, text)) for name, _, text in pages)


PROJECT = (
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    ".github/**/*.md",
)
HELD: dict[str, Callable[[], Texts]] = {
    "reference pages": lambda: prose(*REFERENCE),
    "project files": lambda: prose(*PROJECT),
    "documents": lambda: prose(*DOCUMENTS),
    "help": helps,
}
# Being rewritten: each moves up to HELD when its last word is replaced.
NOT_YET_HELD: dict[str, Callable[[], Texts]] = {
    "samples of output": samples,
    "messages": lambda: strings(docstrings=False),
    "docstrings": lambda: strings(docstrings=True),
    "comments": comments,
    "templates": templates,
}


def found(texts: Texts) -> Iterator[str]:
    searched = list(words())
    for name, first, text in texts:
        flat = re.sub(r"[^\S\n]*\n[^\S\n]*(?:#+[^\S\n]*)?", "\n", text)
        for pattern, instead in searched:
            for match in pattern.finditer(flat):
                line = first + flat.count("\n", 0, match.start())
                yield f'{name}:{line}: "{" ".join(match[0].split())}": write {instead}'


@pytest.mark.parametrize("area", HELD)
def test_texts_have_no_word_that_the_style_page_replaces(area: str) -> None:
    assert sorted(found(HELD[area]())) == []


@pytest.mark.parametrize("area", NOT_YET_HELD)
def test_area_that_is_being_rewritten_has_texts(area: str) -> None:
    assert any(text for *_, text in NOT_YET_HELD[area]())


def test_a_word_is_found_across_lines_and_reported_with_line_and_replacement() -> None:
    assert list(found(iter([("x.py", 5, "# a\n    # It is\n    # told.")]))) == [
        'x.py:6: "is told": write is reported, is printed, is shown'
    ]
