"""A renderer for the round trip of `lit`, which shares no code with the parser or a kit."""

import datetime as dt
from typing import Any

from testingkit.kit_proto.v1.value_pb2 import ErrorValue, Value

_RESERVED = {"set", "record", "error", "time", "duration", "returned", "failed", "panicked"}
_RESERVED |= {"null", "true", "false", "NaN", "inf", "cancelled", "pending"}
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def render(value: Value) -> str:
    kind = value.WhichOneof("kind")
    assert kind is not None
    text: str = _RENDERERS[kind](getattr(value, kind))
    return text


def _quote(text: str) -> str:
    # Escapes all characters except printable ASCII, which is valid, but not canonical.
    return '"' + "".join(_SHORT.get(c) or _plain_or_hex(c) for c in text) + '"'


def _plain_or_hex(char: str) -> str:
    return char if " " <= char <= "~" else f"\\u{{{ord(char):x}}}"


def _bytes(octets: bytes) -> str:
    inside = "".join(
        _SHORT.get(chr(o)) or (chr(o) if 0x20 <= o < 0x7F else f"\\x{o:02x}") for o in octets
    )
    return f'b"{inside}"'


def _float(number: float) -> str:
    text = repr(number)
    return "NaN" if text == "nan" else text.replace("e+", "e")


def _fields(fields: Any) -> str:
    return ", ".join(f"{_quote(field.name)}: {render(field.value)}" for field in fields)


def _error(error: ErrorValue) -> str:
    parts = [_name(error.type, set()), _quote(error.message)]
    if error.code:
        parts.append(f"code: {error.code}")
    causes = [_error(cause) for cause in error.causes]
    if len(causes) == 1:
        parts.append(f"cause: {causes[0]}")
    elif causes:
        parts.append(f"causes: [{', '.join(causes)}]")
    return f"error({', '.join(parts)})"


def _time(time: Any) -> str:
    offset = dt.timedelta(seconds=time.utc_offset_seconds)
    clock = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=time.seconds) + offset
    zone = "Z"
    if time.HasField("utc_offset_seconds"):
        hours, rest = divmod(abs(time.utc_offset_seconds), 3600)
        sign = "-" if time.utc_offset_seconds < 0 else "+"
        zone = f"{sign}{hours:02}:{rest // 60:02}:{rest % 60:02}"
    return f"time({clock.replace(tzinfo=None).isoformat()}.{time.nanos:09}{zone})"


def _duration(duration: Any) -> str:
    nanos = duration.seconds * 10**9 + duration.nanos
    sign = "-" if nanos < 0 else ""
    return f"duration({sign}{abs(nanos) // 10**9}.{abs(nanos) % 10**9:09}s)"


def _outcome(outcome: Any) -> str:
    kind: str = outcome.WhichOneof("kind")
    inside = {
        "returned": lambda: f"(\t{render(outcome.returned)} )",
        "failed": lambda: f"({_error(outcome.failed)})",
        "panicked": lambda: f"({_quote(outcome.panicked)})",
    }
    return kind + (inside[kind]() if kind in inside else "")


def _enum(enum: Any) -> str:
    member = enum.name if not enum.name or _is_word(enum.name) else _quote(enum.name)
    return f"{_name(enum.type, _RESERVED)}.{member}({enum.number})"


def _record_name(name: str) -> str:
    return _name(name, _RESERVED) if name else "record"


def _name(name: str, reserved: set[str]) -> str:
    bare = all(map(_is_word, name.split("."))) and name not in reserved
    return name if bare else _quote(name)


def _is_word(word: str) -> bool:
    return word.isascii() and word.isidentifier()


def _entries(entries: Any) -> str:
    return ",".join(f"{render(entry.key)} :\n{render(entry.value)}" for entry in entries)


_RENDERERS: dict[str, Any] = {
    "null": lambda _: "null",
    "bool": lambda truth: "true" if truth else "false",
    "int": str,
    "big_int": str,
    "float": _float,
    "text": _quote,
    "bytes": _bytes,
    "list": lambda content: f"[{', '.join(map(render, content.items))}]",
    "set": lambda content: f"set{{{', '.join(map(render, content.items))}}}",
    "map": lambda content: "{" + _entries(content.entries) + "}",
    "record": lambda content: f"{_record_name(content.name)}{{{_fields(content.fields)}}}",
    "enum": _enum,
    "error": _error,
    "time": _time,
    "duration": _duration,
    "outcome": _outcome,
}
