"""The places of a kit module: its own files, and the lists that name it.

``new_module.py`` writes them, and ``python/tests/house/test_module_places.py`` checks that every
module has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PROTOS = "proto/testingkit/kit/v1"
# The package of the generated Python code of the kit's contract.
KIT_PROTO = "testingkit.kit_proto.v1"
# A subject that no kit implements: it specifies faults of runners (docs/faults.md).
OF_RUNNERS_ONLY = frozenset({"fault"})


@dataclass(frozen=True)
class Place:
    """A file that each module has.

    Attributes:
        what: What the file is.
        template: The file in ``tools/module_template`` that a new module begins with.
        path: Where a new module has it, with ``{name}`` for the module's name.
        others: Globs of its paths in modules with several files.
        contains: A text that one of these files contains.
    """

    what: str
    template: str
    path: str
    others: tuple[str, ...] = ()
    contains: str = ""


@dataclass(frozen=True)
class Listing:
    """A file with a list of the modules, one or more lines each.

    Attributes:
        what: What the list is for.
        file: The file.
        entry: The lines of one module, with ``${name}`` and ``${Name}`` for its name.
        like: Matches the lines of any entry. Its first group is the entry's key.
        key: The key of a module, with ``{name}`` for its name.
    """

    what: str
    file: str
    entry: str
    like: str
    key: str = "{name}"


PLACES = (
    Place("contract", "contract.proto.txt", f"{PROTOS}/{{name}}.proto"),
    Place(
        "cases",
        "first.textproto.txt",
        "conformance_cases/{name}/first.textproto",
        ("conformance_cases/{name}/**/*.textproto",),
    ),
    Place(
        "Python library",
        "library.py.txt",
        "python/testingkit/{name}.py",
        ("python/testingkit/{name}/__init__.py",),
    ),
    Place(
        "Rust library",
        "library.rs.txt",
        "rust/crates/testingkit/src/{name}.rs",
        ("rust/crates/testingkit/src/{name}/mod.rs",),
    ),
    Place(
        "Go library",
        "library.go.txt",
        "go/{name}/{name}.go",
        ("go/{name}/*.go",),
        contains="// Package {name} ",
    ),
    Place("Python adapter", "adapter.py.txt", "python/testingkit/kit_runner/{name}.py"),
    Place(
        "Rust adapter",
        "adapter.rs.txt",
        "rust/crates/testingkit-kit-runner/src/{name}.rs",
        ("rust/crates/testingkit-kit-runner/src/{name}/mod.rs",),
    ),
    Place("Go adapter", "adapter.go.txt", "go/conformance/kitrunner/{name}.go"),
    Place(
        "Python unit tests",
        "tests.py.txt",
        "python/tests/kit/test_{name}.py",
        ("python/tests/kit/{name}/test_*.py",),
    ),
    Place(
        "Rust unit tests",
        "tests.rs.txt",
        "rust/crates/testingkit/src/{name}/tests.rs",
        ("rust/crates/testingkit/src/{name}.rs", "rust/crates/testingkit/src/{name}/**/*.rs"),
        contains="#[test]",
    ),
    Place("Go unit tests", "tests.go.txt", "go/{name}/{name}_test.go", ("go/{name}/*_test.go",)),
    Place("rules", "rules.md.txt", "docs/kit/{name}.md"),
)

_SERVICES = "python/testingkit/kit_runner/services.py"
_RUST_ADAPTERS = "rust/crates/testingkit-kit-runner/src/lib.rs"
LISTINGS = (
    Listing(
        "generated code that Python serves",
        _SERVICES,
        "    ${name}_pb2_grpc,\n",
        r"^    (\w+)_pb2_grpc,\n",
    ),
    Listing(
        "adapters that Python serves",
        _SERVICES,
        "from testingkit.kit_runner.${name} import ${Name}Service\n",
        r"^from testingkit\.kit_runner\.(\w+) import \w+Service\n",
    ),
    Listing(
        "services that Python serves",
        _SERVICES,
        "    ${name}_pb2_grpc.add_${Name}ServiceServicer_to_server(${Name}Service(), server)\n",
        r"^    (\w+)_pb2_grpc\.add_\w+_to_server\(.*\)\n",
    ),
    Listing(
        "modules of the Rust library",
        "rust/crates/testingkit/src/lib.rs",
        "pub mod ${name};\n",
        r"^pub mod (\w+);\n",
    ),
    Listing(
        "modules of the Rust adapters",
        _RUST_ADAPTERS,
        "mod ${name};\n",
        r"^(?:pub )?mod (\w+);\n",
    ),
    Listing(
        "generated code that Rust serves",
        _RUST_ADAPTERS,
        "use testingkit_proto::kit::${name}_service_server::${Name}ServiceServer;\n",
        r"^use testingkit_proto::kit::(\w+)_service_server::\w+;\n",
    ),
    Listing(
        "adapters that Rust exports",
        _RUST_ADAPTERS,
        "pub use ${name}::${Name};\n",
        r"^pub use (\w+)::.*;\n",
    ),
    Listing(
        "services that Rust makes",
        _RUST_ADAPTERS,
        "\n"
        "/// The service of the ${name} module.\n"
        "#[must_use]\n"
        "pub fn ${name}_service() -> ${Name}ServiceServer<${Name}> {\n"
        "    ${Name}ServiceServer::new(${Name})\n"
        "}\n",
        r"^\n///.*\n#\[must_use\]\npub fn (\w+)_service\(\)[^{]*\{\n[^}]*\n\}\n",
    ),
    Listing(
        "services that Rust serves",
        "rust/crates/testingkit-kit-runner/src/main.rs",
        "        .add_service(kit::${name}_service())\n",
        r"^        \.add_service\(kit::(\w+)_service\(\)\)\n",
    ),
    Listing(
        "services that Go serves",
        "go/conformance/kitrunner/services.go",
        "\tkitv1.Register${Name}ServiceServer(server, ${name}Service{})\n",
        r"^\tkitv1\.Register\w+ServiceServer\(server, (\w+)Service\{\}\)\n",
    ),
    Listing(
        "import rules",
        "pyproject.toml",
        '    "testingkit.${name}",\n',
        r'^    "([\w.]+)",\n',
        key="testingkit.{name}",
    ),
    Listing(
        "index of the rules",
        "docs/README.md",
        "| [${Name}](kit/${name}.md) | the ${name} module |\n",
        r"^\| \[.*\]\(kit/(\w+)\.md\) \|.*\n",
    ),
)


@dataclass(frozen=True)
class Block:
    """Adjacent entries in a text: the key and position of each, and the end of the last."""

    entries: tuple[tuple[str, int], ...]
    end: int

    @property
    def keys(self) -> list[str]:
        """The keys of the entries, in order."""
        return [key for key, _ in self.entries]


def modules(root: Path) -> list[str]:
    """Returns the names of all kit modules: those that have a service."""
    protos = (root / PROTOS).glob("*.proto")
    subjects = {path.stem for path in protos if "\nservice " in path.read_text(encoding="utf-8")}
    return sorted(subjects - OF_RUNNERS_ONLY)


def missing_file(root: Path, place: Place, name: str) -> bool:
    """Returns whether a module lacks a file."""
    shapes = [shape.format(name=name) for shape in (place.path, *place.others)]
    found = {path for shape in shapes for path in root.glob(shape)}
    text = place.contains.format(name=name)
    return not any(text in path.read_text(encoding="utf-8") for path in found)


def blocks(text: str, listing: Listing, names: list[str]) -> list[Block]:
    """Returns the blocks of entries that name at least one of the modules."""
    keys = {listing.key.format(name=name) for name in names}
    every: list[Block] = []
    for match in re.finditer(listing.like, text, flags=re.MULTILINE):
        entry = (match[1], match.start())
        if every and every[-1].end == match.start():
            every[-1] = Block((*every[-1].entries, entry), match.end())
        else:
            every.append(Block((entry,), match.end()))
    return [block for block in every if keys.intersection(block.keys)]


def missing_entry(root: Path, listing: Listing, name: str) -> bool:
    """Returns whether a module lacks an entry in a list that names other modules."""
    text = (root / listing.file).read_text(encoding="utf-8")
    found = blocks(text, listing, modules(root))
    key = listing.key.format(name=name)
    return not found or any(key not in block.keys for block in found)
