"""Random operator mutants: small edits of the source, chosen by a seed.

The tables have what a typing mistake or a mistake of thought would change. A mutant that does not
compile is not counted; one that changes nothing (an equivalent mutant) has to be explained in
``equivalent.txt``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
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
# What is not a rule: comments, texts, types of results, imports, decorators, `strict` of zip.
_NOT_CODE = {
    name: re.compile(pattern, re.MULTILINE)
    for name, pattern in {
        "python": r'"""(?:.|\n)*?"""|#.*|"(?:[^"\\\n]|\\.)*"|->.*|^(?:from|import) .*|^ *@.*'
        r"|\bstrict=True",
        "rust": r'//.*|r#"(?:.|\n)*?"#|"(?:[^"\\]|\\.)*"|'
        r"'(?:[^'\\\n]|\\[^\n][^'\n]*)'"
        r"|->.*|^ *(?:pub(?:\(\w+\))? )?use [^;]*;",
        "go": r'//.*|"(?:[^"\\\n]|\\.)*"|'
        r"'(?:[^'\\\n]|\\[^\n][^'\n]*)'"
        r"|`[^`]*`|^import (?:\([^)]*\)|.*)|^package .*",
    }.items()
}


def operator_mutants(kit: Kit, count: int, seed: int) -> Sequence[Mutant]:
    """Returns that many random mutants of a kit, sorted by place; the same seed gives the same.

    An edit of the kit changes only which mutants of the edited lines are chosen.
    """
    chosen = sorted(every_mutant(kit), key=lambda one: _lot(one, seed))[:count]
    return sorted(chosen, key=lambda one: (one.path, one.offset, one.new))


def every_mutant(kit: Kit) -> Iterator[Mutant]:
    """Yields all operator mutants of a kit."""
    for path in source_files(kit):
        yield from mutants_of(kit, path, (ROOT / path).read_text(encoding="utf-8"))


def mutants_of(kit: Kit, path: str, text: str) -> Iterator[Mutant]:
    """Yields the operator mutants of the text of a file."""
    if kit.name == "rust":
        text = text.split("#[cfg(test)]\nmod tests {", maxsplit=1)[0]
    code = _NOT_CODE[kit.name].sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    times: Counter[str] = Counter()
    for pattern, replacements in _OPERATORS[kit.name]:
        for found in re.finditer(pattern, code):
            for new in replacements:
                name = _name(path, text, found, new)
                times[name] += 1
                number = f" ({times[name]})" if times[name] > 1 else ""
                yield Mutant(
                    id=f"{name}{number}",
                    kit=kit.name,
                    path=path,
                    offset=found.start(),
                    old=found[0],
                    new=new,
                    breaks="an operator",
                )


def _name(path: str, text: str, found: re.Match[str], new: str) -> str:
    """Names a mutant by its line, not by the number of the line, which any edit would change."""
    start = text.rfind("\n", 0, found.start()) + 1
    line = text[start:].split("\n", 1)[0].strip()
    return f"{path}: {found[0].strip()} -> {new.strip() or 'nothing'} in: {line}"


def _lot(mutant: Mutant, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {mutant.id}".encode()).digest()
