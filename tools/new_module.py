"""Writes all places of a new kit module, with a first case that fails until it is implemented.

Usage: ``new_module.py NAME``, run by ``make new-module NAME``. ``module_places.py`` has the places.

Nothing is written unless everything can be written.
"""

from __future__ import annotations

import keyword
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from module_places import KIT_PROTO, LISTINGS, PLACES, PROTOS, Listing, blocks, modules

ROOT = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "module_template"
# A Go package name. Shorter or longer names would make the formatters break lines elsewhere.
_NAME = re.compile(r"[a-z][a-z0-9]{2,11}")
_MESSAGE = re.compile(r"^(?:message|enum|service) (\w+)", flags=re.MULTILINE)
_RUST_WORDS = (
    "abstract alloc async await become box break const continue core crate dyn else enum extern "
    "false final for impl let loop macro match mod move mut override priv pub ref return self "
    "static std struct super trait true try type typeof unsafe unsized use virtual where while "
    "yield"
)
_GO_WORDS = (
    "any bool break byte case chan const continue default defer else error fallthrough for func go "
    "goto if import int interface main map nil package range return rune select string struct "
    "switch type var"
)
# Names that the templates use for other things.
_TEMPLATE_WORDS = "context grpc kit kitv1 option request response result status testing text vec"
# Folders that do not belong to a module.
_FOLDERS = "conformance gen internal lit runner tools vendor"
RESERVED = frozenset(f"{_RUST_WORDS} {_GO_WORDS} {_TEMPLATE_WORDS} {_FOLDERS}".split()) | frozenset(
    keyword.kwlist
)


class RefusedError(Exception):
    """A module cannot be written; the message has the reason."""


@dataclass(frozen=True)
class Change:
    """A file with its new text."""

    path: Path
    text: str
    is_new: bool


def plan(root: Path, name: str) -> list[Change]:
    """Returns every file that a new module writes or changes.

    Raises:
        RefusedError: The name is not valid or taken, or a file is not as expected.
    """
    _check_name(root, name)
    words = _words(name)
    files = [
        _new_file(root, place.path.format(name=name), place.template, words) for place in PLACES
    ]
    lists: dict[Path, str] = {}
    for listing in LISTINGS:
        path = root / listing.file
        text = lists[path] if path in lists else path.read_text(encoding="utf-8")
        lists[path] = _with_entry(text, listing, modules(root), words)
    return files + [Change(path, text, is_new=False) for path, text in lists.items()]


def _check_name(root: Path, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise RefusedError(
            f"{name!r} is not a module name: use 3 to 12 lower-case letters and digits"
        )
    if name in RESERVED:
        raise RefusedError(f"{name} is a reserved word or folder: choose another name")
    taken = {
        message
        for proto in (root / PROTOS).glob("*.proto")
        for message in _MESSAGE.findall(proto.read_text(encoding="utf-8"))
    }
    own = _MESSAGE.findall(_template("contract.proto.txt").substitute(_words(name)))
    if both := sorted(taken.intersection(own)):
        raise RefusedError(f"{PROTOS} already has {both[0]}")


def _words(name: str) -> Mapping[str, str]:
    """Returns the values of the placeholders in the templates."""
    imports = {
        "testingkit.dev/go/conformance/gen/testingkit/kit/v1": "kitv1 ",
        f"testingkit.dev/go/{name}": "",
    }
    go_imports = "\n".join(f'\t{imports[path]}"{path}"' for path in sorted(imports))
    return {
        "name": name,
        "Name": name.capitalize(),
        "kit_proto": KIT_PROTO,
        "go_imports": go_imports,
    }


def _template(name: str) -> Template:
    return Template((TEMPLATES / name).read_text(encoding="utf-8"))


def _new_file(root: Path, path: str, template: str, words: Mapping[str, str]) -> Change:
    if (root / path).exists():
        raise RefusedError(f"{path} already exists")
    return Change(root / path, _template(template).substitute(words), is_new=True)


def _with_entry(text: str, listing: Listing, names: list[str], words: Mapping[str, str]) -> str:
    """Returns a text with the new module in each of its lists."""
    keys = {listing.key.format(name=name) for name in names}
    found = [block for block in blocks(text, listing, names) if keys <= set(block.keys)]
    if not found:
        raise RefusedError(f"{listing.file} has no list of all modules ({listing.what})")
    key = listing.key.format(name=words["name"])
    entry = Template(listing.entry).substitute(words)
    for block in reversed(found):
        position = block.end
        if block.keys == sorted(block.keys):
            position = next((start for other, start in block.entries if other > key), block.end)
        text = text[:position] + entry + text[position:]
    return text


def check_clean(root: Path, changes: list[Change]) -> None:
    """Checks that the files to change have no uncommitted changes.

    Raises:
        RefusedError: One of them has.
    """
    paths = [str(change.path.relative_to(root)) for change in changes if not change.is_new]
    status = subprocess.run(
        ["git", "-C", str(root), "status", "--porcelain", "--", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    # Outside a git checkout nothing is compared.
    if status.returncode == 0 and status.stdout:
        dirty = ", ".join(line[3:] for line in status.stdout.splitlines())
        raise RefusedError(f"commit or stash your changes first: {dirty}")


def write(changes: list[Change]) -> None:
    """Writes all changes, or none if one cannot be written."""
    before = {
        change.path: change.path.read_text(encoding="utf-8")
        for change in changes
        if not change.is_new
    }
    try:
        for change in changes:
            change.path.parent.mkdir(parents=True, exist_ok=True)
            change.path.write_text(change.text, encoding="utf-8")
    except OSError:
        for change in changes:
            if not change.is_new:
                change.path.write_text(before[change.path], encoding="utf-8")
            else:
                change.path.unlink(missing_ok=True)
        raise


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Runs the command; returns its exit status."""
    if len(arguments) != 1:
        print("usage: make new-module NAME", file=sys.stderr)
        return 2
    (name,) = arguments
    try:
        changes = plan(root, name)
        check_clean(root, changes)
        write(changes)
    except (RefusedError, OSError) as error:
        print(f"new-module: {error}", file=sys.stderr)
        return 1
    for change in changes:
        print(f"{'wrote  ' if change.is_new else 'changed'} {change.path.relative_to(root)}")
    print(
        "\nNext: make generate, make build, then make conformance. It fails with one case,\n"
        f"{name}/first/a_text_is_returned, and so do the unit tests and the example in\n"
        f"docs/kit/{name}.md, until you write the module.\n"
        "Begin with the rules in that page."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
