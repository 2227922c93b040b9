"""Random operator mutants: small edits of the source, chosen by a seed.

The tables have what a typing mistake or a mistake of thought would change. A mutant that does not
compile is not counted; one that changes nothing (an equivalent mutant) has to be explained in
``equivalent.txt``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from mutants.kits import Kit, source_files
from mutants.model import ROOT, Mutant

_COMMON = (
    (r" < ", (" <= ", " > ")),
    (r" <= ", (" < ", " > ")),
    (r" > ", (" >= ", " < ")),
    (r" >= ", (" > ", " < ")),
    (r" == ", (" != ",)),
    (r" != ", (" == ",)),
    (r" \+ ", (" - ",)),
    (r" - ", (" + ",)),
    (r" \* ", (" + ",)),
    (r"(?<![\w.\"'])0(?![\w.\"'])", ("1",)),
    (r"(?<![\w.\"'])1(?![\w.\"'])", ("0", "2")),
)
_BRACES = (
    (r" && ", (" || ",)),
    (r" \|\| ", (" && ",)),
    (r"\btrue\b", ("false",)),
    (r"\bfalse\b", ("true",)),
    (r"(?<=[ (])!(?=[a-z(])", ("",)),
)
_OPERATORS = {
    "python": (
        *_COMMON,
        (r" and ", (" or ",)),
        (r" or ", (" and ",)),
        (r"\bTrue\b", ("False",)),
        (r"\bFalse\b", ("True",)),
        (r"\bnot (?!in\b)", ("",)),
        (r" is not None\b", (" is None",)),
        (r" is None\b", (" is not None",)),
        (r"\ball\(", ("any(",)),
        (r"\bany\(", ("all(",)),
        (r"\bmin\(", ("max(",)),
        (r"\bmax\(", ("min(",)),
    ),
    "rust": (
        *_COMMON,
        *_BRACES,
        (r"\.any\(", (".all(",)),
        (r"\.all\(", (".any(",)),
        (r"\.min\(", (".max(",)),
        (r"\.max\(", (".min(",)),
        (r"\.is_some\(\)", (".is_none()",)),
        (r"\.is_none\(\)", (".is_some()",)),
        (r"\.\.=", ("..",)),
    ),
    "go": (
        *_COMMON,
        *_BRACES,
        (r"\bmin\(", ("max(",)),
        (r"\bmax\(", ("min(",)),
        (r"\bbreak\b", ("continue",)),
    ),
}
# What is not code that runs: comments, texts, types of results and imports.
_NOT_CODE = {
    name: re.compile(pattern, re.MULTILINE)
    for name, pattern in {
        "python": r'"""(?:.|\n)*?"""|#.*|"(?:[^"\\\n]|\\.)*"|->.*|^(?:from|import) .*',
        "rust": r'//.*|"(?:[^"\\]|\\.)*"|->.*|^ *(?:pub(?:\(\w+\))? )?use [^;]*;',
        "go": r'//.*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|^import (?:\([^)]*\)|.*)|^package .*',
    }.items()
}


def operator_mutants(kit: Kit, count: int, seed: int) -> Sequence[Mutant]:
    """Returns that many random mutants of a kit, sorted by place; the same seed gives the same."""
    every = [mutant for path in source_files(kit) for mutant in _mutants_of(kit, path)]
    chosen = random.Random(seed).sample(every, min(count, len(every)))
    return sorted(chosen, key=lambda one: (one.path, one.offset, one.new))


def _mutants_of(kit: Kit, path: str) -> Iterator[Mutant]:
    text = (ROOT / path).read_text(encoding="utf-8")
    if kit.name == "rust":
        text = text.split("#[cfg(test)]\nmod tests {")[0]
    code = _NOT_CODE[kit.name].sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    for pattern, replacements in _OPERATORS[kit.name]:
        for found in re.finditer(pattern, code):
            for new in replacements:
                yield _mutant(kit, path, text, found, new)


def _mutant(kit: Kit, path: str, text: str, found: re.Match[str], new: str) -> Mutant:
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return Mutant(
        id=f"{path}:{line}:{column} {found[0].strip()} -> {new.strip() or 'nothing'}",
        kit=kit.name,
        path=path,
        offset=found.start(),
        old=found[0],
        new=new,
        breaks="an operator",
    )
