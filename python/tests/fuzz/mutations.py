"""Spoils input at random: bytes, tokens of text format, and messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

# Difficult texts: control and direction characters, forged lines and colours, NULs, long texts.
TEXTS: Sequence[str] = (
    "",
    "\0",
    "\n",
    "\r\n━━ CONFORMANT",
    "\x1b[2J\x1b[31mred",
    "\x1b]0;title\x07",
    "\u202eright to left",
    "\u2066\u200b\u2028\ufeff",
    "[bold]markup[/bold]",
    "%s%n{0}",
    "../../../../etc/passwd",
    "/",
    "a/b/c",
    "**",
    "x" * 300,
    "é" * 5000,
    "𝄞",
)
NUMBERS: Sequence[int] = (0, 1, -1, 2, 7, 100, 2**31 - 1, -(2**31), 2**32 - 1, 2**63 - 1)
_BYTES = (
    b"\0",
    b"\xff",
    b"\n",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"{" * 300,
    b"\x80" * 12,
)


def spoil_bytes(data: bytes, other: bytes, random: Random) -> bytes:
    """Returns bytes with a few changes: flips, cuts, insertions, repetitions, other bytes."""
    spoilt = bytearray(data)
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(spoilt))
        end = min(len(spoilt), start + random.choice([0, 1, 2, 10, 100, 5000]))
        match random.randrange(6):
            case 0 if start < len(spoilt):
                spoilt[start] ^= 1 << random.randrange(8)
            case 1:
                del spoilt[start:end]
            case 2:
                del spoilt[start:]
            case 3:
                spoilt[start:start] = random.choice(_BYTES)
            case 4:
                spoilt[start:start] = spoilt[start:end]
            case _:
                cut = random.randint(0, len(other))
                spoilt[start:end] = other[cut : cut + random.choice([1, 20, 400])]
    return bytes(spoilt)


_TOKEN = re.compile(r"""\s+|\#[^\n]*|"(?:[^"\\\n]|\\.)*"|[\w.+-]+|.""", re.DOTALL)
_ATOMS: Sequence[str] = (
    *"{}[]<>:;,\"'#-\\\n\0",
    "\ufeff",
    "\r",
    '"\\377"',
    '"\\ud800"',
    '"a\\0b"',
    "1e999",
    "-nan",
    "9" * 500,
    "-1",
    "0x7fffffffffffffffff",
    "true",
    "cases",
    "name",
    "request",
    "expect",
    "any_of { choices { golden {} } }",
    "[type.googleapis.com/acme.v1.Nothing] {}",
    "[a.b]: 1",
    "timeout { seconds: -9223372036854775808 }",
    'compare { ignore: "a.b.c" unordered: "" }',
    "x { " * 40,
    "x { " * 300 + "}" * 300,
    "# " + "c" * 3000,
    " " * 3000,
)


def spoil_text(text: str, random: Random) -> str:
    """Returns text with some tokens dropped, doubled, swapped, renamed or replaced."""
    tokens = _TOKEN.findall(text)
    words = [index for index, token in enumerate(tokens) if not token.isspace()]
    for _ in range(random.randint(1, 5)):
        at, other = random.choice(words), random.choice(words)
        match random.randrange(7):
            case 0:
                tokens[at] = ""
            case 1:
                tokens[at] += " " + tokens[at]
            case 2:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens[at] = tokens[other]
            case 4:
                tokens[at] = tokens[at][: len(tokens[at]) // 2]
            case 5:
                start, end = sorted((at, other))
                tokens[start:start] = ["".join(tokens[start : min(end, start + 40)])]
                break  # The insertion has moved the tokens, so `words` is stale.
            case _:
                tokens[at] = random.choice(_ATOMS)
    return "".join(tokens)


def spoil_message(message: Message, random: Random, texts: Sequence[str] = TEXTS) -> None:
    """Changes a few fields of a message and of those in it, in place."""
    for _ in range(random.randint(1, 4)):
        target = random.choice([*_messages(message)])
        fields: Sequence[Any] = target.DESCRIPTOR.fields
        if not fields:
            continue
        present = [field for field, _ in target.ListFields()]
        field = random.choice(present if present and random.random() < 0.7 else fields)
        _spoil_field(target, field, random, texts)


def _messages(message: Message, depth: int = 0) -> Iterator[Message]:
    yield message
    for field, value in message.ListFields():
        if field.message_type is None or depth > 8 or field.message_type.GetOptions().map_entry:
            continue
        for inner in list(value)[:20] if field.is_repeated else [value]:
            yield from _messages(inner, depth + 1)


def _spoil_field(
    target: Message, field: FieldDescriptor, random: Random, texts: Sequence[str]
) -> None:
    if random.random() < 0.2 or (
        field.message_type is not None and field.message_type.GetOptions().map_entry
    ):
        target.ClearField(field.name)
    elif field.is_repeated:
        _spoil_list(getattr(target, field.name), field, random, texts)
    elif field.message_type is not None:
        getattr(target, field.name).SetInParent()
    else:
        setattr(target, field.name, scalar(field, random, texts))


def _spoil_list(items: Any, field: FieldDescriptor, random: Random, texts: Sequence[str]) -> None:
    chosen = random.randrange(len(items)) if items else None
    match random.randrange(4):
        case 0 if chosen is not None:
            del items[chosen]
        case 1 if chosen is not None:
            items.extend([items[chosen]] * random.choice([1, 2, 40]))
        case 2 if len(items) > 1:
            kept = list(items)
            random.shuffle(kept)
            del items[:]
            items.extend(kept)
        case _ if field.message_type is not None:
            items.add()
        case _:
            items.append(scalar(field, random, texts))


def scalar(field: FieldDescriptor, random: Random, texts: Sequence[str] = TEXTS) -> Any:
    """Returns a difficult value of the type of a field."""
    makers: dict[int, Callable[[], Any]] = {
        FieldDescriptor.CPPTYPE_STRING: lambda: _text(field, random, texts),
        FieldDescriptor.CPPTYPE_BOOL: lambda: random.random() < 0.5,
        FieldDescriptor.CPPTYPE_DOUBLE: lambda: random.choice([0.0, -0.0, 1e308, float("nan")]),
        FieldDescriptor.CPPTYPE_FLOAT: lambda: random.choice([0.0, -0.0, 1e38, float("inf")]),
        FieldDescriptor.CPPTYPE_ENUM: lambda: _enum(field, random),
        FieldDescriptor.CPPTYPE_INT32: lambda: random.choice(NUMBERS) & 0x7FFFFFFF,
        FieldDescriptor.CPPTYPE_UINT32: lambda: random.choice(NUMBERS) & 0xFFFFFFFF,
        FieldDescriptor.CPPTYPE_INT64: lambda: random.choice(NUMBERS),
        FieldDescriptor.CPPTYPE_UINT64: lambda: abs(random.choice(NUMBERS)),
    }
    return makers[field.cpp_type]()


def _text(field: FieldDescriptor, random: Random, texts: Sequence[str]) -> str | bytes:
    text = random.choice(texts)
    if field.type == FieldDescriptor.TYPE_BYTES:
        return random.choice([text.encode(), b"\xff\xfe", b"\x0a\x05hi", b"\x80" * 11])
    return text


def _enum(field: FieldDescriptor, random: Random) -> int:
    enum: Any = field.enum_type
    known = [value.number for value in enum.values]
    # A closed enum (proto2) accepts only its own numbers.
    strange = [] if enum.is_closed else [77, -1, 2**31 - 1]
    number: int = random.choice([*known, *strange])
    return number
