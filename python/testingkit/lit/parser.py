"""A recursive-descent parser for `lit` (`docs/kit/lit.md`)."""

import math
import re
from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message

from testingkit.lit.equality import equal
from testingkit.lit.scalars import parse_bytes, parse_number, parse_text, set_field
from testingkit.lit.scanner import Scanner
from testingkit.lit.temporal import parse_duration, parse_time

MAX_DEPTH = 128
_NUMBER_START = re.compile(r"[-0-9]")
_NUMBER_32 = re.compile(r"-?(0|[1-9][0-9]{0,9})")
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

# Values that are a single word.
_WORDS: dict[str, tuple[str, object]] = {
    "null": ("null", 0),
    "true": ("bool", True),
    "false": ("bool", False),
    "NaN": ("float", math.nan),
    "inf": ("float", math.inf),
}
_ENDED_OUTCOMES = ("cancelled", "pending")
# Words that are followed by content in parentheses.
_CALLS = ("error", "time", "duration", "returned", "failed", "panicked")


def parse_into(value: Message, text: str) -> None:
    """Parses the whole `text` into an empty `Value` message."""
    parser = _Parser(text)
    parser.parse(value, 1)
    parser.scanner.need_end()


class _Parser:
    """Parses one text. `depth` is the nesting depth of the value that a method parses."""

    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)

    def parse(self, value: Any, depth: int) -> None:
        """Parses one value."""
        scanner = self.scanner
        char = scanner.peek()
        if depth > MAX_DEPTH:
            scanner.refuse(f"nested deeper than {MAX_DEPTH}", scanner.offset)
        if char == '"':
            self._parse_quoted(value, depth)
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
        """Parses items between commas up to the closing bracket, after the opening bracket."""
        if self.scanner.take(closing):
            return
        parse_item()
        while self.scanner.take(","):
            parse_item()
        if not self.scanner.take(closing):
            self.scanner.fail(f"`,` or `{closing}`")

    def _parse_named(self, value: Any, depth: int) -> None:
        """Parses a value that starts with a name."""
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
        elif follows in ("{", "("):
            self._parse_bracket(value, name, depth)
        elif follows == ".":
            self._parse_member(value.enum, name)
        elif "." in name:
            scanner.fail("`(` and the number of the enum's member")
        else:
            scanner.fail("a value", start)

    def _parse_bracket(self, value: Any, name: str, depth: int) -> None:
        """Parses the value that starts with a bare name and a bracket, at the bracket."""
        braces = self.scanner.text[self.scanner.offset] == "{"
        if name == "set" and braces:
            self._parse_set(value.set, depth)
        elif braces:
            self._parse_record(value.record, "" if name == "record" else name, depth)
        elif name in _CALLS:
            self._parse_call(value, name, depth)
        else:
            # The last word of a dotted name is the member. Without one, write `a.Type.(3)`.
            type_name, _, member = name.rpartition(".")
            self._parse_number_of(value.enum, type_name or member, member if type_name else "")

    def _parse_quoted(self, value: Any, depth: int) -> None:
        """Parses a text, or a record or enum with a quoted type name."""
        scanner = self.scanner
        text = parse_text(scanner)
        follows = scanner.text[scanner.offset : scanner.offset + 1]
        if follows == "{":
            self._parse_record(value.record, text, depth)
        elif follows == "(":
            self._parse_number_of(value.enum, text, "")
        elif follows == ".":
            self._parse_member(value.enum, text)
        else:
            set_field(value, "text", text)

    def _parse_set(self, target: Any, depth: int) -> None:
        target.SetInParent()
        self.scanner.need("{")

        def parse_item() -> None:
            self.scanner.skip_space()
            start = self.scanner.offset
            item = target.items.add()
            self.parse(item, depth + 1)
            if any(equal(item, other) for other in target.items[:-1]):
                self.scanner.refuse("duplicate item", start)

        self._parse_items("}", parse_item)

    def _parse_map(self, target: Any, depth: int) -> None:
        target.SetInParent()
        self.scanner.need("{")

        def parse_entry() -> None:
            self.scanner.skip_space()
            start = self.scanner.offset
            entry = target.entries.add()
            self.parse(entry.key, depth + 1)
            self._check_key(target, start)
            self.scanner.need(":")
            self.parse(entry.value, depth + 1)

        self._parse_items("}", parse_entry)

    def _parse_record(self, target: Any, name: str, depth: int) -> None:
        target.SetInParent()
        target.name = name
        self.scanner.need("{")
        seen: set[str] = set()

        def parse_field() -> None:
            self.scanner.skip_space()
            start = self.scanner.offset
            field = target.fields.add()
            field.name = self._parse_field_name()
            if field.name in seen:
                self.scanner.refuse("duplicate field", start)
            seen.add(field.name)
            self.scanner.need(":")
            self.parse(field.value, depth + 1)

        self._parse_items("}", parse_field)

    def _parse_field_name(self) -> str:
        """Parses a field name: an identifier, or any text in quotes."""
        if self.scanner.peek() == '"':
            return parse_text(self.scanner)
        return self.scanner.take_match(_FIELD) or self.scanner.fail("a field name")

    def _check_key(self, target: Any, start: int) -> None:
        """Refuses the key of the last entry if it is NaN or equals an earlier key."""
        key = target.entries[-1].key
        if key.HasField("float") and math.isnan(key.float):
            self.scanner.refuse("NaN cannot be a key", start)
        if any(equal(key, other.key) for other in target.entries[:-1]):
            self.scanner.refuse("duplicate key", start)

    def _parse_call(self, value: Any, name: str, depth: int) -> None:
        """Parses the value of one of `_CALLS`, at the `(`."""
        self.scanner.need("(")
        if name == "error":
            self._parse_error(value.error, depth)
        elif name == "time":
            parse_time(self.scanner, value.time)
        elif name == "duration":
            parse_duration(self.scanner, value.duration)
        else:
            self._parse_outcome(value.outcome, name, depth)
        self.scanner.need(")")

    def _parse_outcome(self, outcome: Any, name: str, depth: int) -> None:
        if name == "returned":
            outcome.returned.SetInParent()
            self.parse(outcome.returned, depth + 1)
        elif name == "failed":
            self._need_error(outcome.failed, depth + 1)
        else:
            outcome.panicked = parse_text(self.scanner)

    def _parse_member(self, enum: Any, type_name: str) -> None:
        """Parses the optional member and the number of an enum, at the `.` after the type."""
        scanner = self.scanner
        scanner.need(".")
        quoted = scanner.text[scanner.offset : scanner.offset + 1] == '"'
        member = parse_text(scanner) if quoted else scanner.take_match(_FIELD) or ""
        self._parse_number_of(enum, type_name, member)

    def _parse_number_of(self, enum: Any, type_name: str, member: str) -> None:
        """Parses the number of an enum member, in parentheses."""
        self.scanner.need("(")
        enum.type, enum.name = type_name, member
        enum.number = self._parse_number_32()
        self.scanner.need(")")

    def _parse_error(self, error: Any, depth: int) -> None:
        """Parses a type and a message, then an optional code, then optional causes."""
        scanner = self.scanner
        error.SetInParent()
        if scanner.peek() == '"':
            error.type = parse_text(scanner)
        else:
            error.type = scanner.take_name() or scanner.fail("the type of the error")
        scanner.need(",")
        error.message = parse_text(scanner)
        more = scanner.take(",")
        if more and scanner.take("code:"):
            scanner.skip_space()
            start = scanner.offset
            error.code = self._parse_number_32()
            if error.code == 0:
                scanner.refuse("code 0 means no code; leave it out", start)
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
        """Parses `error(...)`, the only value that is allowed here."""
        scanner = self.scanner
        scanner.skip_space()
        if depth > MAX_DEPTH:
            scanner.refuse(f"nested deeper than {MAX_DEPTH}", scanner.offset)
        scanner.need("error(")
        self._parse_error(error, depth)
        scanner.need(")")

    def _parse_number_32(self) -> int:
        """Parses a signed 32-bit integer."""
        scanner = self.scanner
        scanner.skip_space()
        start = scanner.offset
        digits = scanner.take_match(_NUMBER_32)
        if digits is None:
            scanner.fail("a number", start)
        if not -(2**31) <= int(digits) < 2**31:
            scanner.refuse("the number does not fit 32 bits", start)
        return int(digits)
