"""The grammar of a `lit`: one value, read by recursive descent (`docs/kit/lit.md`)."""

import math
import re
from collections.abc import Callable, Hashable
from typing import Any

from google.protobuf.message import Message

from testingkit.lit.scalars import parse_bytes, parse_number, parse_text, set_field
from testingkit.lit.scanner import Scanner
from testingkit.lit.temporal import parse_duration, parse_time
from testingkit.lit.unique import key_of

MAX_DEPTH = 128
_NUMBER_START = re.compile(r"[-0-9]")
_NUMBER_32 = re.compile(r"-?(0|[1-9][0-9]{0,9})")
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

# The values that are one word.
_WORDS: dict[str, tuple[str, object]] = {
    "null": ("null", 0),
    "true": ("bool", True),
    "false": ("bool", False),
    "NaN": ("float", math.nan),
    "inf": ("float", math.inf),
}
_ENDED_OUTCOMES = ("cancelled", "pending")


def parse_into(value: Message, text: str) -> None:
    """Read `text`, all of it, into the empty `Value` given."""
    parser = _Parser(text)
    parser.parse(value, 1)
    parser.scanner.need_end()


class _Parser:
    """One text being read. Every method that is given a depth reads something nested that deep."""

    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)

    def parse(self, value: Any, depth: int) -> None:
        """Read one value."""
        scanner = self.scanner
        char = scanner.peek()
        if depth > MAX_DEPTH:
            scanner.refuse(f"nested deeper than {MAX_DEPTH}", scanner.offset)
        if char == '"':
            set_field(value, "text", parse_text(scanner))
        elif char == "[":
            self._parse_list(value, depth)
        elif char == "{":
            self._parse_map(value.map, depth)
        elif _NUMBER_START.match(char):
            parse_number(scanner, value)
        else:
            self._parse_named(value, depth)

    def _parse_list(self, value: Any, depth: int) -> None:
        value.list.SetInParent()
        self.scanner.need("[")
        self._parse_items("]", lambda: self.parse(value.list.items.add(), depth + 1))

    def _parse_items(self, closing: str, parse_item: Callable[[], None]) -> None:
        """Read items between commas up to the closing bracket; the opening one has been read."""
        if self.scanner.take(closing):
            return
        parse_item()
        while self.scanner.take(","):
            parse_item()
        if not self.scanner.take(closing):
            self.scanner.fail(f"`,` or `{closing}`")

    def _parse_named(self, value: Any, depth: int) -> None:
        """Read a constant, or what the bracket after a name makes of it."""
        scanner = self.scanner
        start = scanner.offset
        name = scanner.take_name()
        if name is None:
            scanner.fail("a value", start)
        follows = scanner.text[scanner.offset : scanner.offset + 1]
        if name == "b" and follows == '"':
            set_field(value, "bytes", parse_bytes(scanner))
        elif name in _WORDS:
            set_field(value, *_WORDS[name])
        elif name in _ENDED_OUTCOMES:
            set_field(value.outcome, name, 0)
        elif follows == "{":
            self._parse_braces(value, name, depth)
        elif follows == "(":
            self._parse_parentheses(value, name, depth)
        elif scanner.take(".("):
            value.enum.type = name
            value.enum.number = self._parse_number_32()
            scanner.need(")")
        else:
            scanner.fail("a value", start)

    def _parse_braces(self, value: Any, name: str, depth: int) -> None:
        """Read a set or a record; `{` is next."""
        self.scanner.need("{")
        if name == "set":
            self._parse_set(value.set, depth)
        else:
            self._parse_record(value.record, "" if name == "record" else name, depth)

    def _parse_set(self, target: Any, depth: int) -> None:
        target.SetInParent()
        seen: set[Hashable] = set()

        def parse_item() -> None:
            self.scanner.skip_space()
            start = self.scanner.offset
            item = target.items.add()
            self.parse(item, depth + 1)
            self._note_once(seen, key_of(item), "item", start)

        self._parse_items("}", parse_item)

    def _parse_map(self, target: Any, depth: int) -> None:
        target.SetInParent()
        self.scanner.need("{")
        seen: set[Hashable] = set()

        def parse_entry() -> None:
            self.scanner.skip_space()
            start = self.scanner.offset
            entry = target.entries.add()
            self.parse(entry.key, depth + 1)
            self._note_once(seen, key_of(entry.key), "key", start)
            self.scanner.need(":")
            self.parse(entry.value, depth + 1)

        self._parse_items("}", parse_entry)

    def _parse_record(self, target: Any, name: str, depth: int) -> None:
        target.SetInParent()
        target.name = name
        seen: set[Hashable] = set()

        def parse_field() -> None:
            self.scanner.skip_space()
            start = self.scanner.offset
            field = target.fields.add()
            field.name = self._parse_field_name()
            self._note_once(seen, field.name, "field", start)
            self.scanner.need(":")
            self.parse(field.value, depth + 1)

        self._parse_items("}", parse_field)

    def _parse_field_name(self) -> str:
        """Read a field name: an identifier, or any text in quotes."""
        if self.scanner.peek() == '"':
            return parse_text(self.scanner)
        return self.scanner.take_match(_FIELD) or self.scanner.fail("a field name")

    def _note_once(self, seen: set[Hashable], key: Hashable, what: str, start: int) -> None:
        if key in seen:
            self.scanner.refuse(f"the same {what} twice", start)
        seen.add(key)

    def _parse_parentheses(self, value: Any, name: str, depth: int) -> None:
        """Read what has its content in parentheses; `(` is next."""
        self.scanner.need("(")
        if name == "error":
            self._parse_error(value.error, depth)
        elif name == "time":
            parse_time(self.scanner, value.time)
        elif name == "duration":
            parse_duration(self.scanner, value.duration)
        elif name in ("returned", "failed", "panicked"):
            self._parse_outcome(value.outcome, name, depth)
        else:
            self._parse_enum(value.enum, name)
        self.scanner.need(")")

    def _parse_outcome(self, outcome: Any, name: str, depth: int) -> None:
        if name == "returned":
            outcome.returned.SetInParent()
            self.parse(outcome.returned, depth + 1)
        elif name == "failed":
            self._need_error(outcome.failed, depth + 1)
        else:
            outcome.panicked = parse_text(self.scanner)

    def _parse_enum(self, enum: Any, name: str) -> None:
        """Read `Type.NAME(3)`, or `Type(3)` for a number without a name in a type without dots."""
        enum.type, _, enum.name = name.rpartition(".")
        if not enum.type:
            enum.type, enum.name = enum.name, ""
        enum.number = self._parse_number_32()

    def _parse_error(self, error: Any, depth: int) -> None:
        """Read a type and a message, then perhaps a code, then perhaps a cause or several."""
        scanner = self.scanner
        error.SetInParent()
        error.type = scanner.take_name() or scanner.fail("the type of the error")
        scanner.need(",")
        error.message = parse_text(scanner)
        more = scanner.take(",")
        if more and scanner.take("code:"):
            scanner.skip_space()
            start = scanner.offset
            error.code = self._parse_number_32()
            if error.code == 0:
                scanner.refuse("the code 0 is none; leave it out", start)
            more = scanner.take(",")
        if more and scanner.take("cause:"):
            self._need_error(error.causes.add(), depth + 1)
        elif more:
            self._parse_causes(error, depth)

    def _parse_causes(self, error: Any, depth: int) -> None:
        scanner = self.scanner
        if not scanner.take("causes:"):
            scanner.fail("`code:`, `cause:` or `causes:`, each at most once and in this order")
        scanner.need("[")
        self._parse_items("]", lambda: self._need_error(error.causes.add(), depth + 1))

    def _need_error(self, error: Any, depth: int) -> None:
        """Read `error(...)` where nothing else may stand."""
        scanner = self.scanner
        scanner.skip_space()
        if depth > MAX_DEPTH:
            scanner.refuse(f"nested deeper than {MAX_DEPTH}", scanner.offset)
        scanner.need("error(")
        self._parse_error(error, depth)
        scanner.need(")")

    def _parse_number_32(self) -> int:
        """Read an integer of 32 bits with a sign."""
        scanner = self.scanner
        scanner.skip_space()
        start = scanner.offset
        digits = scanner.take_match(_NUMBER_32)
        if digits is None:
            scanner.fail("a number", start)
        if not -(2**31) <= int(digits) < 2**31:
            scanner.refuse("the number does not fit 32 bits", start)
        return int(digits)
