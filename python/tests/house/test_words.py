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
DOCUMENTS = (
    "*.md",
    "docs/**/*.md",
    "examples/**/*.md",
    "conformance_cases/*.md",
    ".github/**/*.md",
)
REFERENCE = (
    *("docs/decisions/*.md", "docs/kit/*.md", "docs/style.md"),
    *("docs/faults.md", "docs/limits.md", "docs/performance.md"),
    *("docs/recorded_runs.md", "docs/reports.md"),
)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
NOT_PROSE = re.compile(f"{FENCE.pattern}|{CODE.pattern}", FENCE.flags)
MARKUP = re.compile(r"<[^>]*>|\{[{%#].*?[}%#]\}", re.DOTALL)

GENERATED = re.compile(r"/(generated|gen|target)/|^python/.*/v1/|^rust/crates/testingkit-proto/")
# What begins a comment, and a shell script.
SLASHES = re.compile(r"//[/!]?(.*)")
HASHES = re.compile(r"(?:^|(?<=\s))#+(.*)")
SHELL = re.compile(r"^#!.*sh$", re.MULTILINE)

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
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and not GENERATED.search(name) and path != Path(__file__):
            yield name, 1, path.read_text(encoding="utf-8")


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


def strings(*patterns: str, docstrings: bool) -> Texts:
    """Yields docstrings, or all other strings; one without a space is a name."""
    for name, _, source in files(*patterns):
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


def comments(*patterns: str) -> Texts:
    for name, _, source in files(*patterns):
        lines = [""] * (source.count("\n") + 1)
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                lines[token.start[0] - 1] = token.string
        yield name, 1, "\n".join(lines)


def names_of_tests(*patterns: str) -> Texts:
    for name, _, source in files(*patterns):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield name, node.lineno, node.name.replace("_", " ")


def python(*patterns: str) -> Texts:
    """Yields docstrings, other strings, comments, and names of tests."""
    yield from strings(*patterns, docstrings=True)
    yield from strings(*patterns, docstrings=False)
    yield from comments(*patterns)
    yield from names_of_tests(*patterns)


def line_comments(mark: re.Pattern[str], *patterns: str) -> Texts:
    """Yields the comments of files, from a mark to the end of the line."""
    for name, _, source in files(*patterns):
        lines = (mark.search(line) for line in source.splitlines())
        yield name, 1, "\n".join(comment[1] if comment else "" for comment in lines)


def scripts() -> Texts:
    for name, _, source in files(".ci/*", "tools/*", "examples/*/*", "examples/kits/*/test"):
        if SHELL.match(source):
            yield name, 1, source


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
KIT = "python/testingkit/**/*.py"
GO = ("go/**/*.go", "bench/go/*.go", "examples/*/go/*.go")
RUST = ("rust/crates/**/*.rs", "bench/rust*/src/*.rs", "examples/**/rust/src/*.rs")
PROTO = ("proto/**/*.proto", "bench/proto/**/*.proto", "examples/*/proto/**/*.proto")
CONFIGURATION = (
    *("*.toml", "*.y*ml", ".github/**/*.y*ml"),
    *("rust/**/Cargo.toml", "bench/**/Cargo.toml", "examples/**/*.toml"),
)
AREAS: dict[str, Callable[[], Texts]] = {
    "reference pages": lambda: prose(*REFERENCE),
    "project files": lambda: prose(*PROJECT),
    "documents": lambda: prose(*DOCUMENTS),
    "help": helps,
    "benchmark and examples": lambda: python("bench/**/*.py", "examples/**/*.py"),
    "Go comments": lambda: line_comments(SLASHES, *GO),
    "Rust comments": lambda: line_comments(SLASHES, *RUST),
    "proto comments": lambda: line_comments(SLASHES, *PROTO),
    "Makefile": lambda: files("Makefile"),
    "configuration": lambda: line_comments(HASHES, *CONFIGURATION),
    "tests": lambda: python("python/tests/**/*.py"),
    "samples of output": samples,
    "messages": lambda: strings(KIT, docstrings=False),
    "docstrings": lambda: strings(KIT, docstrings=True),
    "comments": lambda: comments(KIT),
    "tools": lambda: python("tools/**/*.py"),
    "shell scripts": scripts,
    "templates": templates,
}


def found(texts: Texts) -> Iterator[str]:
    searched = list(words())
    # Nearly every text has none of the words, and one search tells it.
    any_word = re.compile("|".join(pattern.pattern for pattern, _ in searched), re.IGNORECASE)
    for name, first, text in texts:
        flat = re.sub(r"[^\S\n]*\n[^\S\n]*(?:#+[^\S\n]*)?", "\n", text)
        if not any_word.search(flat):
            continue
        for pattern, instead in searched:
            for match in pattern.finditer(flat):
                line = first + flat.count("\n", 0, match.start())
                yield f'{name}:{line}: "{" ".join(match[0].split())}": write {instead}'


@pytest.mark.parametrize("area", AREAS)
def test_texts_have_no_word_that_the_style_page_replaces(area: str) -> None:
    assert sorted(found(AREAS[area]())) == []


@pytest.mark.parametrize("area", AREAS)
def test_area_has_texts(area: str) -> None:
    assert any(text for *_, text in AREAS[area]())


@pytest.mark.parametrize(
    ("mark", "line", "comment"),
    [
        (SLASHES, "f() // why", " why"),
        (SLASHES, "/// Returns", " Returns"),
        (SLASHES, "//! A crate", " A crate"),
        (SLASHES, "f()", None),
        (HASHES, "a = 1  # why", " why"),
        (HASHES, "# why", " why"),
        (HASHES, 'anchor = "page.md#why"', None),
    ],
)
def test_comments_begin_with_their_mark(
    mark: re.Pattern[str], line: str, comment: str | None
) -> None:
    match = mark.search(line)
    assert (match and match[1]) == comment


def test_a_word_is_found_across_lines_and_reported_with_line_and_replacement() -> None:
    assert list(found(iter([("x.py", 5, "# a\n    # It is\n    # told.")]))) == [
        'x.py:6: "is told": write is reported, is printed, is shown'
    ]
