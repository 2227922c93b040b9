"""The assertions as matchers. Each function returns one.

Generated from catalog/ by `make generate`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from testingkit.native.assertion import Checks, NativeShape
from testingkit.native.matcher import Matcher
from testingkit.native.shapes import AnyMark, OpenMark, RecordMark
from testingkit.native.types import AnyMap, ItemsOrSet, ListOf, Number, Octets, Ordered, Sized

__tracebackhide__ = True

anything = Matcher("matches_shape", NativeShape(AnyMark()))
"""Passes for every value."""


def open_map(entries: AnyMap) -> Matcher:
    """Passes for a map with these entries, which can be matchers, and any others.

    >>> {"id": 7, "name": "Ada"} == match.open_map({"id": match.is_positive()})
    True
    >>> {"name": "Ada"} == match.open_map({"id": match.anything})
    False
    """
    return Matcher("matches_shape", NativeShape(OpenMark(entries)))


def record(name: str = "", /, **fields: object) -> Matcher:
    """Passes for a record with these fields, which can be matchers, and no others.

    Without a name, that of the record does not count.

    >>> SimpleNamespace(id=7) == match.record(id=match.is_positive())
    True
    >>> {"id": 7} == match.record(id=match.is_positive())
    False
    """
    return Matcher("matches_shape", NativeShape(RecordMark(name, fields)))


def all_close_to(expected: ListOf[Number], tolerance: Number) -> Matcher:
    """Passes when both lists have as many items, and each pair of items is close.

    >>> [1.125, 2.0] == match.all_close_to([1.0, 2.0], 0.25)
    True
    >>> [1.5, 2.0] == match.all_close_to([1.0, 2.0], 0.25)
    False
    """
    return Matcher("all_close_to", expected, tolerance)


def all_items_equal() -> Matcher:
    """Passes when every item is equal to the first one, or there is none.

    >>> [2, 2] == match.all_items_equal()
    True
    >>> [2, 3] == match.all_items_equal()
    False
    """
    return Matcher("all_items_equal")


def all_keys_satisfy(check: Matcher) -> Matcher:
    """Passes when `check` passes for every key.

    >>> {"a": 1} == match.all_keys_satisfy(match.is_ascii_lowercase())
    True
    >>> {"B": 2, "a": 1} == match.all_keys_satisfy(match.is_ascii_lowercase())
    False
    """
    return Matcher("all_keys_satisfy", check)


def all_satisfy(check: Matcher) -> Matcher:
    """Passes when `check` passes for every item.

    >>> [1, 10] == match.all_satisfy(match.is_between(1, 10))
    True
    >>> [1, 12] == match.all_satisfy(match.is_between(1, 10))
    False
    """
    return Matcher("all_satisfy", check)


def all_values_satisfy(check: Matcher) -> Matcher:
    """Passes when `check` passes for every value.

    >>> {"a": 1} == match.all_values_satisfy(match.is_positive())
    True
    >>> {"a": 1, "b": -2} == match.all_values_satisfy(match.is_positive())
    False
    """
    return Matcher("all_values_satisfy", check)


def any_satisfies(check: Matcher) -> Matcher:
    """Passes when `check` passes for at least one item.

    >>> [1, 10] == match.any_satisfies(match.is_greater_than(9))
    True
    >>> [1, 2] == match.any_satisfies(match.is_greater_than(9))
    False
    """
    return Matcher("any_satisfies", check)


def completes_within(duration: timedelta) -> Matcher:
    """Passes when the call is not pending, and `elapsed` <= `duration`.

    >>> record_of("Timed", [("outcome", Outcome(Ending.RETURNED, to_value(1))), ("elapsed", to_value(timedelta(seconds=1)))]) == match.completes_within(timedelta(seconds=2))
    True
    >>> record_of("Timed", [("outcome", Outcome(Ending.RETURNED, to_value(1))), ("elapsed", to_value(timedelta(seconds=3)))]) == match.completes_within(timedelta(seconds=2))
    False
    """
    return Matcher("completes_within", duration)


def contains(item: object) -> Matcher:
    """Passes when some item of `actual` is equal to `item`.

    >>> [1, 2, 3] == match.contains(2)
    True
    >>> [1, 3] == match.contains(2)
    False
    """
    return Matcher("contains", item)


def contains_all(items: ListOf[object]) -> Matcher:
    """Passes when every item of `items` occurs in `actual`.

    >>> [2, 3, 1] == match.contains_all([1, 2])
    True
    >>> [1, 3] == match.contains_all([1, 2])
    False
    """
    return Matcher("contains_all", items)


def contains_all_text(parts: ListOf[str]) -> Matcher:
    """Passes when every item of `parts` occurs in `actual`.

    >>> "hello" == match.contains_all_text(["he", "lo"])
    True
    >>> "help" == match.contains_all_text(["he", "lo"])
    False
    """
    return Matcher("contains_all_text", parts)


def contains_any(items: ListOf[object]) -> Matcher:
    """Passes when at least one item of `items` occurs in `actual`.

    >>> [2, 3] == match.contains_any([1, 2])
    True
    >>> [3, 4] == match.contains_any([1, 2])
    False
    """
    return Matcher("contains_any", items)


def contains_any_text(parts: ListOf[str]) -> Matcher:
    """Passes when some item of `parts` occurs in `actual`.

    >>> "hello" == match.contains_any_text(["he", "wo"])
    True
    >>> "bye" == match.contains_any_text(["he", "wo"])
    False
    """
    return Matcher("contains_any_text", parts)


def contains_bytes(part: Octets) -> Matcher:
    """Passes when `part` occurs in `actual`.

    >>> b"abcd" == match.contains_bytes(b"bc")
    True
    >>> b"abd" == match.contains_bytes(b"bc")
    False
    """
    return Matcher("contains_bytes", part)


def contains_exactly(items: ListOf[object]) -> Matcher:
    """Passes when `actual` and `items` are equal.

    >>> [1, 2] == match.contains_exactly([1, 2])
    True
    >>> [2, 1] == match.contains_exactly([1, 2])
    False
    """
    return Matcher("contains_exactly", items)


def contains_exactly_in_any_order(items: ListOf[object]) -> Matcher:
    """Passes when all items of `actual` and `items` can be paired.

    >>> [2, 1] == match.contains_exactly_in_any_order([1, 2])
    True
    >>> [2, 2] == match.contains_exactly_in_any_order([1, 2])
    False
    """
    return Matcher("contains_exactly_in_any_order", items)


def contains_ignoring_case(part: str) -> Matcher:
    """Passes when the folded `part` occurs in the folded `actual`.

    >>> "CAFÉ" == match.contains_ignoring_case("é")
    True
    >>> "cafe" == match.contains_ignoring_case("é")
    False
    """
    return Matcher("contains_ignoring_case", part)


def contains_none(items: ListOf[object]) -> Matcher:
    """Passes when no item of `items` occurs in `actual`.

    >>> [3, 4] == match.contains_none([1, 2])
    True
    >>> [2, 3] == match.contains_none([1, 2])
    False
    """
    return Matcher("contains_none", items)


def contains_none_text(parts: ListOf[str]) -> Matcher:
    """Passes when no item of `parts` occurs in `actual`.

    >>> "bye" == match.contains_none_text(["he", "wo"])
    True
    >>> "hello" == match.contains_none_text(["he", "wo"])
    False
    """
    return Matcher("contains_none_text", parts)


def contains_once(item: object) -> Matcher:
    """Passes when exactly one item is equal to `item`.

    >>> [1, 2] == match.contains_once(2)
    True
    >>> [2, 2] == match.contains_once(2)
    False
    """
    return Matcher("contains_once", item)


def contains_only(items: ListOf[object]) -> Matcher:
    """Passes when every item of `items` occurs in `actual`, and every item of `actual` in `items`.

    >>> [2, 1, 2] == match.contains_only([1, 2])
    True
    >>> [1, 2, 3] == match.contains_only([1, 2])
    False
    """
    return Matcher("contains_only", items)


def contains_regex(pattern: str) -> Matcher:
    r"""Passes when the pattern has a match in `actual`.

    >>> "abc1" == match.contains_regex("\\d+")
    True
    >>> "abc" == match.contains_regex("\\d+")
    False
    """
    return Matcher("contains_regex", pattern)


def contains_sequence(items: ListOf[object]) -> Matcher:
    """Passes when items of `actual` that follow each other without a gap are equal to those of
    `items`, in their order.

    >>> [1, 2, 3] == match.contains_sequence([2, 3])
    True
    >>> [2, 1, 3] == match.contains_sequence([2, 3])
    False
    """
    return Matcher("contains_sequence", items)


def contains_subsequence(items: ListOf[object]) -> Matcher:
    """Passes when items of `actual` are equal to those of `items`, in their order; other items may
    be between them.

    >>> [1, 2, 3] == match.contains_subsequence([1, 3])
    True
    >>> [3, 2, 1] == match.contains_subsequence([1, 3])
    False
    """
    return Matcher("contains_subsequence", items)


def contains_text(part: str) -> Matcher:
    """Passes when `part` occurs in `actual`.

    >>> "hello" == match.contains_text("ell")
    True
    >>> "world" == match.contains_text("ell")
    False
    """
    return Matcher("contains_text", part)


def contains_text_in_order(parts: ListOf[str]) -> Matcher:
    """Passes when the items of `parts` occur in `actual` one behind the other, without overlap.

    >>> "hello" == match.contains_text_in_order(["he", "lo"])
    True
    >>> "lohe" == match.contains_text_in_order(["he", "lo"])
    False
    """
    return Matcher("contains_text_in_order", parts)


def contains_text_times(part: str, count: int) -> Matcher:
    """Passes when `part` occurs in `actual` exactly `count` times.

    >>> "hello" == match.contains_text_times("l", 2)
    True
    >>> "help" == match.contains_text_times("l", 2)
    False
    """
    return Matcher("contains_text_times", part, count)


def contains_times(item: object, count: int) -> Matcher:
    """Passes when exactly `count` items of `actual` are equal to `item`.

    >>> [1, 2, 1] == match.contains_times(1, 2)
    True
    >>> [1, 2] == match.contains_times(1, 2)
    False
    """
    return Matcher("contains_times", item, count)


def decodes_to_text(text: str) -> Matcher:
    """Passes when `actual` is the UTF-8 encoding of `text`.

    >>> b"abc" == match.decodes_to_text("abc")
    True
    >>> b"abd" == match.decodes_to_text("abc")
    False
    """
    return Matcher("decodes_to_text", text)


def does_not_panic() -> Matcher:
    """Passes when the call returned or failed.

    >>> Outcome(Ending.RETURNED, to_value(1)) == match.does_not_panic()
    True
    >>> Outcome(Ending.PANICKED, to_value("stack is empty")) == match.does_not_panic()
    False
    """
    return Matcher("does_not_panic")


def does_not_satisfy(check: Matcher) -> Matcher:
    """Passes when `check` fails.

    >>> 5 == match.does_not_satisfy(match.is_even())
    True
    >>> 4 == match.does_not_satisfy(match.is_even())
    False
    """
    return Matcher("does_not_satisfy", check)


def each_in_any_order(checks: ListOf[Matcher]) -> Matcher:
    """Passes when all checks and items can be paired.

    >>> [1, -1] == match.each_in_any_order([match.is_negative(), match.is_positive()])
    True
    >>> [1, 2] == match.each_in_any_order([match.is_negative(), match.is_positive()])
    False
    """
    return Matcher("each_in_any_order", Checks(checks))


def each_in_order(checks: ListOf[Matcher]) -> Matcher:
    """Passes when there are as many checks as items, and each check passes for the item at the same
    index.

    >>> [-1, 1] == match.each_in_order([match.is_negative(), match.is_positive()])
    True
    >>> [1, -1] == match.each_in_order([match.is_negative(), match.is_positive()])
    False
    """
    return Matcher("each_in_order", Checks(checks))


def ends_with(suffix: str) -> Matcher:
    """Passes when `actual` ends with `suffix`.

    >>> "hello" == match.ends_with("lo")
    True
    >>> "loud" == match.ends_with("lo")
    False
    """
    return Matcher("ends_with", suffix)


def ends_with_bytes(suffix: Octets) -> Matcher:
    """Passes when `actual` ends with `suffix`.

    >>> b"abcd" == match.ends_with_bytes(b"cd")
    True
    >>> b"abc" == match.ends_with_bytes(b"cd")
    False
    """
    return Matcher("ends_with_bytes", suffix)


def ends_with_items(items: ListOf[object]) -> Matcher:
    """Passes when the last items of `actual` are equal to `items`.

    >>> [1, 2, 3] == match.ends_with_items([2, 3])
    True
    >>> [1, 3] == match.ends_with_items([2, 3])
    False
    """
    return Matcher("ends_with_items", items)


def equal(expected: object) -> Matcher:
    """Passes when `actual` equals `expected`.

    >>> {"id": 7} == match.equal({"id": 7})
    True
    >>> {"id": 8} == match.equal({"id": 7})
    False
    """
    return Matcher("equal", expected)


def equals_ignoring_ascii_case(expected: str) -> Matcher:
    """Passes when both texts are equal after `A` to `Z` become `a` to `z`.

    >>> "Hello" == match.equals_ignoring_ascii_case("hello")
    True
    >>> "Help" == match.equals_ignoring_ascii_case("hello")
    False
    """
    return Matcher("equals_ignoring_ascii_case", expected)


def equals_ignoring_case(expected: str) -> Matcher:
    """Passes when both texts are the same after they are folded.

    >>> "STRAẞE" == match.equals_ignoring_case("straße")
    True
    >>> "strasse" == match.equals_ignoring_case("straße")
    False
    """
    return Matcher("equals_ignoring_case", expected)


def equals_ignoring_fields(expected: object, names: ListOf[str]) -> Matcher:
    """Passes when `actual` equals `expected` without what is at the paths `names`.

    >>> {"id": 7, "n": 2} == match.equals_ignoring_fields({"id": 1, "n": 2}, ["$.id"])
    True
    >>> {"id": 7, "n": 3} == match.equals_ignoring_fields({"id": 1, "n": 2}, ["$.id"])
    False
    """
    return Matcher("equals_ignoring_fields", expected, names)


def equals_ignoring_whitespace(expected: str) -> Matcher:
    """Passes when both texts are equal after whitespace is removed.

    >>> "ab" == match.equals_ignoring_whitespace("a b")
    True
    >>> "abc" == match.equals_ignoring_whitespace("a b")
    False
    """
    return Matcher("equals_ignoring_whitespace", expected)


def equals_normalizing_newlines(expected: str) -> Matcher:
    r"""Passes when both texts are equal after CR LF becomes LF, and then every other CR.

    >>> "a\r\nb" == match.equals_normalizing_newlines("a\nb")
    True
    >>> "ab" == match.equals_normalizing_newlines("a\nb")
    False
    """
    return Matcher("equals_normalizing_newlines", expected)


def equals_normalizing_whitespace(expected: str) -> Matcher:
    """Passes when both texts are equal after whitespace at the start and at the end is removed and
    every other run of whitespace becomes one space (U+0020).

    >>> " a  b " == match.equals_normalizing_whitespace("a b")
    True
    >>> "ab" == match.equals_normalizing_whitespace("a b")
    False
    """
    return Matcher("equals_normalizing_whitespace", expected)


def equals_on_fields(expected: object, names: ListOf[str]) -> Matcher:
    """Passes when `actual` and `expected` have equal values at every path of `names`.

    >>> {"id": 7, "n": 2} == match.equals_on_fields({"id": 1, "n": 2}, ["$.n"])
    True
    >>> {"id": 7, "n": 3} == match.equals_on_fields({"id": 1, "n": 2}, ["$.n"])
    False
    """
    return Matcher("equals_on_fields", expected, names)


def equivalent(expected: object) -> Matcher:
    """Passes when `actual` is equivalent to `expected`.

    >>> 2 == match.equivalent(2.0)
    True
    >>> 3 == match.equivalent(2.0)
    False
    """
    return Matcher("equivalent", expected)


def exactly_satisfy(count: int, check: Matcher) -> Matcher:
    """Passes when `check` passes for exactly `count` items.

    >>> [-1, 2] == match.exactly_satisfy(1, match.is_negative())
    True
    >>> [1, 2] == match.exactly_satisfy(1, match.is_negative())
    False
    """
    return Matcher("exactly_satisfy", count, check)


def fails() -> Matcher:
    """Passes when the call failed.

    >>> Outcome(Ending.FAILED, Error("io", "disk is full")) == match.fails()
    True
    >>> Outcome(Ending.RETURNED, to_value(1)) == match.fails()
    False
    """
    return Matcher("fails")


def fails_with_code(code: int) -> Matcher:
    """Passes when the call failed with an error of the code `code`.

    >>> Outcome(Ending.FAILED, Error("http", "not found", 404)) == match.fails_with_code(404)
    True
    >>> Outcome(Ending.FAILED, Error("http", "gone", 410)) == match.fails_with_code(404)
    False
    """
    return Matcher("fails_with_code", code)


def fails_with_exact_type(type: str) -> Matcher:
    """Passes when the call failed with an error of exactly `type`.

    >>> Outcome(Ending.FAILED, Error("io", "disk is full")) == match.fails_with_exact_type("io")
    True
    >>> Outcome(Ending.FAILED, Error("io.not_found", "no file")) == match.fails_with_exact_type("io")
    False
    """
    return Matcher("fails_with_exact_type", type)


def fails_with_message(text: str) -> Matcher:
    """Passes when the call failed with an error whose own message is `text`.

    >>> Outcome(Ending.FAILED, Error("io", "no file")) == match.fails_with_message("no file")
    True
    >>> Outcome(Ending.FAILED, Error("io", "no disk")) == match.fails_with_message("no file")
    False
    """
    return Matcher("fails_with_message", text)


def fails_with_message_containing(text: str) -> Matcher:
    """Passes when the call failed, and `text` occurs in the own message of the error.

    >>> Outcome(Ending.FAILED, Error("io", "no file")) == match.fails_with_message_containing("file")
    True
    >>> Outcome(Ending.FAILED, Error("io", "no disk")) == match.fails_with_message_containing("file")
    False
    """
    return Matcher("fails_with_message_containing", text)


def fails_with_message_matching(pattern: str) -> Matcher:
    """Passes when the call failed, and the pattern has a match in the own message of the error.

    >>> Outcome(Ending.FAILED, Error("io", "no file")) == match.fails_with_message_matching("no (file|disk)")
    True
    >>> Outcome(Ending.FAILED, Error("io", "disk is full")) == match.fails_with_message_matching("no (file|disk)")
    False
    """
    return Matcher("fails_with_message_matching", pattern)


def fails_with_type(type: str) -> Matcher:
    """Passes when the call failed with an error of `type` or of a subtype.

    >>> Outcome(Ending.FAILED, Error("io.not_found", "no file")) == match.fails_with_type("io")
    True
    >>> Outcome(Ending.FAILED, Error("parse", "no number")) == match.fails_with_type("io")
    False
    """
    return Matcher("fails_with_type", type)


def fits_in_bits(bits: int, signed: bool) -> Matcher:
    """Passes when `actual` is in the range of `bits` bits, with or without a sign.

    >>> 127 == match.fits_in_bits(8, True)
    True
    >>> 128 == match.fits_in_bits(8, True)
    False
    """
    return Matcher("fits_in_bits", bits, signed)


def formats_as_rfc3339(text: str) -> Matcher:
    """Passes when the text of `actual` is `text`.

    >>> datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC) == match.formats_as_rfc3339("2026-01-02T03:04:05Z")
    True
    >>> datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC) == match.formats_as_rfc3339("2026-01-02T03:04:05Z")
    False
    """
    return Matcher("formats_as_rfc3339", text)


def has_any_key(keys: ListOf[object]) -> Matcher:
    """Passes when some item of `keys` equals some key of the map.

    >>> {"a": 1} == match.has_any_key(["a", "b"])
    True
    >>> {"c": 1} == match.has_any_key(["a", "b"])
    False
    """
    return Matcher("has_any_key", keys)


def has_byte_at(index: int, value: int) -> Matcher:
    """Passes when the octet at `index` is `value`.

    >>> b"abc" == match.has_byte_at(0, 97)
    True
    >>> b"bcd" == match.has_byte_at(0, 97)
    False
    """
    return Matcher("has_byte_at", index, value)


def has_cause_of_type(type: str) -> Matcher:
    """Passes when some cause of the error is of `type` or of a subtype.

    >>> Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), ))) == match.has_cause_of_type("io")
    True
    >>> Outcome(Ending.FAILED, Error("load", "no settings")) == match.has_cause_of_type("io")
    False
    """
    return Matcher("has_cause_of_type", type)


def has_char_count(count: int) -> Matcher:
    """Passes when `actual` has `count` code points.

    >>> "café" == match.has_char_count(4)
    True
    >>> "cafes" == match.has_char_count(4)
    False
    """
    return Matcher("has_char_count", count)


def has_crc32(value: int) -> Matcher:
    """Passes when the CRC-32 is `value`.

    >>> b"abc" == match.has_crc32(891568578)
    True
    >>> b"abd" == match.has_crc32(891568578)
    False
    """
    return Matcher("has_crc32", value)


def has_date(year: int, month: int, day: int) -> Matcher:
    """Passes when the local date of `actual` is this one.

    >>> datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC) == match.has_date(2026, 1, 2)
    True
    >>> datetime(2026, 1, 3, 3, 4, 5, tzinfo=UTC) == match.has_date(2026, 1, 2)
    False
    """
    return Matcher("has_date", year, month, day)


def has_duplicates() -> Matcher:
    """Passes when two items are equal.

    >>> [1, 2, 1] == match.has_duplicates()
    True
    >>> [1, 2] == match.has_duplicates()
    False
    """
    return Matcher("has_duplicates")


def has_entries(entries: AnyMap) -> Matcher:
    """Passes when for every entry of `entries`, some entry of `actual` has an equal key and an
    equal value.

    >>> {"a": 1, "b": 2} == match.has_entries({"a": 1})
    True
    >>> {"b": 2} == match.has_entries({"a": 1})
    False
    """
    return Matcher("has_entries", entries)


def has_entry(key: object, value: object) -> Matcher:
    """Passes when some entry has a key that equals `key` and a value that equals `value`.

    >>> {"a": 1} == match.has_entry("a", 1)
    True
    >>> {"a": 2} == match.has_entry("a", 1)
    False
    """
    return Matcher("has_entry", key, value)


def has_entry_satisfying(key: object, check: Matcher) -> Matcher:
    """Passes when some entry has a key that equals `key` and a value for which `check` passes.

    >>> {"a": 1} == match.has_entry_satisfying("a", match.is_positive())
    True
    >>> {"a": -1} == match.has_entry_satisfying("a", match.is_positive())
    False
    """
    return Matcher("has_entry_satisfying", key, check)


def has_error_in_chain(type: str) -> Matcher:
    """Passes when some error of the chain is of `type` or of a subtype.

    >>> Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), ))) == match.has_error_in_chain("io")
    True
    >>> Outcome(Ending.FAILED, Error("load", "no settings")) == match.has_error_in_chain("io")
    False
    """
    return Matcher("has_error_in_chain", type)


def has_field(name: str) -> Matcher:
    """Passes when there is a field with this name.

    >>> {"a": 1} == match.has_field("a")
    True
    >>> {"b": 1} == match.has_field("a")
    False
    """
    return Matcher("has_field", name)


def has_field_value(name: str, value: object) -> Matcher:
    """Passes when there is a field with this name, and it equals `value`.

    >>> {"a": 1} == match.has_field_value("a", 1)
    True
    >>> {"a": 2} == match.has_field_value("a", 1)
    False
    """
    return Matcher("has_field_value", name, value)


def has_first(value: object) -> Matcher:
    """Passes when the first item is equal to `value`.

    >>> ["a", "b"] == match.has_first("a")
    True
    >>> ["b", "a"] == match.has_first("a")
    False
    """
    return Matcher("has_first", value)


def has_item_at(index: int, value: object) -> Matcher:
    """Passes when the item at `index` is equal to `value`.

    >>> ["a", "b"] == match.has_item_at(1, "b")
    True
    >>> ["a", "c"] == match.has_item_at(1, "b")
    False
    """
    return Matcher("has_item_at", index, value)


def has_key(key: object) -> Matcher:
    """Passes when a key of the map equals `key`.

    >>> {"a": 1} == match.has_key("a")
    True
    >>> {"b": 1} == match.has_key("a")
    False
    """
    return Matcher("has_key", key)


def has_keys(keys: ListOf[object]) -> Matcher:
    """Passes when every item of `keys` equals some key of the map.

    >>> {"a": 1, "b": 2} == match.has_keys(["a", "b"])
    True
    >>> {"a": 1} == match.has_keys(["a", "b"])
    False
    """
    return Matcher("has_keys", keys)


def has_last(value: object) -> Matcher:
    """Passes when the last item is equal to `value`.

    >>> ["a", "b"] == match.has_last("b")
    True
    >>> ["b", "a"] == match.has_last("b")
    False
    """
    return Matcher("has_last", value)


def has_length(count: int) -> Matcher:
    """Passes when the size is `count`.

    >>> [1, 2] == match.has_length(2)
    True
    >>> [1] == match.has_length(2)
    False
    """
    return Matcher("has_length", count)


def has_length_at_least(count: int) -> Matcher:
    """Passes when the size is at least `count`.

    >>> [1, 2] == match.has_length_at_least(2)
    True
    >>> [1] == match.has_length_at_least(2)
    False
    """
    return Matcher("has_length_at_least", count)


def has_length_at_most(count: int) -> Matcher:
    """Passes when the size is at most `count`.

    >>> [1, 2] == match.has_length_at_most(2)
    True
    >>> [1, 2, 3] == match.has_length_at_most(2)
    False
    """
    return Matcher("has_length_at_most", count)


def has_length_between(low: int, high: int) -> Matcher:
    """Passes when the size is at least `low` and at most `high`.

    >>> [1] == match.has_length_between(1, 2)
    True
    >>> [] == match.has_length_between(1, 2)
    False
    """
    return Matcher("has_length_between", low, high)


def has_line_count(count: int) -> Matcher:
    r"""Passes when `actual` has `count` lines.

    >>> "a\nb\n" == match.has_line_count(2)
    True
    >>> "a" == match.has_line_count(2)
    False
    """
    return Matcher("has_line_count", count)


def has_lines(lines: ListOf[str]) -> Matcher:
    r"""Passes when the lines of `actual` are the items of `lines`.

    >>> "a\nb\n" == match.has_lines(["a", "b"])
    True
    >>> "a\nc\n" == match.has_lines(["a", "b"])
    False
    """
    return Matcher("has_lines", lines)


def has_maximum(value: Ordered) -> Matcher:
    """Passes when the largest item compares as the same as `value`.

    >>> [3, 1, 2] == match.has_maximum(3)
    True
    >>> [1, 2] == match.has_maximum(3)
    False
    """
    return Matcher("has_maximum", value)


def has_median_at_most(limit: int) -> Matcher:
    """Passes when the median of `actual` is at most `limit`.

    >>> [10, 20, 30] == match.has_median_at_most(20)
    True
    >>> [10, 30, 50] == match.has_median_at_most(20)
    False
    """
    return Matcher("has_median_at_most", limit)


def has_minimum(value: Ordered) -> Matcher:
    """Passes when the smallest item compares as the same as `value`.

    >>> [3, 1, 2] == match.has_minimum(1)
    True
    >>> [3, 2] == match.has_minimum(1)
    False
    """
    return Matcher("has_minimum", value)


def has_no_cause() -> Matcher:
    """Passes when the call failed with an error without causes.

    >>> Outcome(Ending.FAILED, Error("io", "no file")) == match.has_no_cause()
    True
    >>> Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), ))) == match.has_no_cause()
    False
    """
    return Matcher("has_no_cause")


def has_no_duplicates() -> Matcher:
    """Passes when no two items are equal.

    >>> [1, 2] == match.has_no_duplicates()
    True
    >>> [1, 2, 1] == match.has_no_duplicates()
    False
    """
    return Matcher("has_no_duplicates")


def has_no_duplicates_by(path: str) -> Matcher:
    """Passes when no two values at `path` are equal.

    >>> [{"n": 1}, {"n": 2}] == match.has_no_duplicates_by("$.n")
    True
    >>> [{"n": 1}, {"n": 1}] == match.has_no_duplicates_by("$.n")
    False
    """
    return Matcher("has_no_duplicates_by", path)


def has_no_null_fields() -> Matcher:
    """Passes when no field is null.

    >>> {"a": 1} == match.has_no_null_fields()
    True
    >>> {"a": None} == match.has_no_null_fields()
    False
    """
    return Matcher("has_no_null_fields")


def has_no_nulls() -> Matcher:
    """Passes when no item is null.

    >>> [1, 2] == match.has_no_nulls()
    True
    >>> [1, None] == match.has_no_nulls()
    False
    """
    return Matcher("has_no_nulls")


def has_no_regression(baseline: ListOf[object], allowed_permille: int) -> Matcher:
    """Passes when median of `actual` * 1000 <= median of `baseline` * (1000 + `allowed_permille`).

    >>> [115, 118, 121] == match.has_no_regression([100, 110, 120], 100)
    True
    >>> [120, 130, 140] == match.has_no_regression([100, 110, 120], 100)
    False
    """
    return Matcher("has_no_regression", baseline, allowed_permille)


def has_only_fields(names: ListOf[str]) -> Matcher:
    """Passes when every item of `names` is the name of a field, and every name of a field is an
    item of `names`.

    >>> {"a": 1, "b": 2} == match.has_only_fields(["a", "b"])
    True
    >>> {"a": 1, "c": 3} == match.has_only_fields(["a", "b"])
    False
    """
    return Matcher("has_only_fields", names)


def has_only_keys(keys: ListOf[object]) -> Matcher:
    """Passes when every item of `keys` equals some key of the map, and every key some item.

    >>> {"a": 1, "b": 2} == match.has_only_keys(["a", "b"])
    True
    >>> {"a": 1, "c": 3} == match.has_only_keys(["a", "b"])
    False
    """
    return Matcher("has_only_keys", keys)


def has_path(path: str) -> Matcher:
    """Passes when `path` resolves.

    >>> {"a": [1, 2]} == match.has_path("$.a[1]")
    True
    >>> {"a": [1]} == match.has_path("$.a[1]")
    False
    """
    return Matcher("has_path", path)


def has_percentile_at_most(percent: int, limit: int) -> Matcher:
    """Passes when the percentile of `actual` is at most `limit`.

    >>> [10, 20, 30] == match.has_percentile_at_most(90, 50)
    True
    >>> [10, 20, 60] == match.has_percentile_at_most(90, 50)
    False
    """
    return Matcher("has_percentile_at_most", percent, limit)


def has_regex_groups(pattern: str, groups: AnyMap) -> Matcher:
    r"""Passes when the named groups of the first match are `groups`.

    >>> "2026-01-02" == match.has_regex_groups("(?P<y>\\d{4})-(?P<m>\\d\\d)", {"m": "01", "y": "2026"})
    True
    >>> "2026-02-02" == match.has_regex_groups("(?P<y>\\d{4})-(?P<m>\\d\\d)", {"m": "01", "y": "2026"})
    False
    """
    return Matcher("has_regex_groups", pattern, groups)


def has_regex_match_count(pattern: str, count: int) -> Matcher:
    r"""Passes when the pattern has exactly `count` matches without overlap.

    >>> "a1b2" == match.has_regex_match_count("\\d", 2)
    True
    >>> "a1" == match.has_regex_match_count("\\d", 2)
    False
    """
    return Matcher("has_regex_match_count", pattern, count)


def has_root_cause_message(text: str) -> Matcher:
    """Passes when the own message of some root cause is `text`.

    >>> Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), ))) == match.has_root_cause_message("no file")
    True
    >>> Outcome(Ending.FAILED, Error("load", "no settings")) == match.has_root_cause_message("no file")
    False
    """
    return Matcher("has_root_cause_message", text)


def has_same_length_as(other: Sized) -> Matcher:
    """Passes when the size is that of `other`.

    >>> ["a", "b"] == match.has_same_length_as([1, 2])
    True
    >>> ["a"] == match.has_same_length_as([1, 2])
    False
    """
    return Matcher("has_same_length_as", other)


def has_same_members_as(other: ItemsOrSet) -> Matcher:
    """Passes when every item of `actual` occurs in `other`, and every item of `other` in `actual`.

    >>> [2, 1, 2] == match.has_same_members_as([1, 2])
    True
    >>> [1, 3] == match.has_same_members_as([1, 2])
    False
    """
    return Matcher("has_same_members_as", other)


def has_sha256(hex: str) -> Matcher:
    """Passes when the hexadecimal digits of the SHA-256 digest are `hex`.

    >>> b"abc" == match.has_sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    True
    >>> b"" == match.has_sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    False
    """
    return Matcher("has_sha256", hex)


def has_single_item(value: object) -> Matcher:
    """Passes when there is exactly one item, and it is equal to `value`.

    >>> [1] == match.has_single_item(1)
    True
    >>> [1, 2] == match.has_single_item(1)
    False
    """
    return Matcher("has_single_item", value)


def has_time_of_day(hour: int, minute: int, second: int) -> Matcher:
    """Passes when the local time of day of `actual` is this one; nanoseconds do not count.

    >>> datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC) == match.has_time_of_day(3, 4, 5)
    True
    >>> datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC) == match.has_time_of_day(3, 4, 5)
    False
    """
    return Matcher("has_time_of_day", hour, minute, second)


def has_utc_offset(seconds: int) -> Matcher:
    """Passes when the offset of `actual` is `seconds`.

    >>> Time(1767312000, 0, 7200) == match.has_utc_offset(7200)
    True
    >>> datetime(2026, 1, 2, tzinfo=UTC) == match.has_utc_offset(7200)
    False
    """
    return Matcher("has_utc_offset", seconds)


def has_utf16_length(count: int) -> Matcher:
    """Passes when `actual` has `count` 16-bit units in UTF-16.

    >>> "😀" == match.has_utf16_length(2)
    True
    >>> "a" == match.has_utf16_length(2)
    False
    """
    return Matcher("has_utf16_length", count)


def has_utf8_length(count: int) -> Matcher:
    """Passes when `actual` has `count` octets in UTF-8.

    >>> "café" == match.has_utf8_length(5)
    True
    >>> "cafe" == match.has_utf8_length(5)
    False
    """
    return Matcher("has_utf8_length", count)


def has_value(value: object) -> Matcher:
    """Passes when some value of the map equals `value`.

    >>> {"a": 1} == match.has_value(1)
    True
    >>> {"a": 2} == match.has_value(1)
    False
    """
    return Matcher("has_value", value)


def has_values(values: ListOf[object]) -> Matcher:
    """Passes when every item of `values` equals some value of the map.

    >>> {"a": 1, "b": 2} == match.has_values([1, 2])
    True
    >>> {"a": 1} == match.has_values([1, 2])
    False
    """
    return Matcher("has_values", values)


def has_weekday(iso_day: int) -> Matcher:
    """Passes when the local day of the week of `actual` is `iso_day`: 1 for Monday to 7 for Sunday.

    >>> datetime(2026, 1, 2, tzinfo=UTC) == match.has_weekday(5)
    True
    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.has_weekday(5)
    False
    """
    return Matcher("has_weekday", iso_day)


def hex_equals(hex: str) -> Matcher:
    r"""Passes when the hexadecimal digits of `actual` are `hex`.

    >>> b"\x00\xff" == match.hex_equals("00FF")
    True
    >>> b"\x00" == match.hex_equals("00FF")
    False
    """
    return Matcher("hex_equals", hex)


def identical(expected: object) -> Matcher:
    """Passes when `actual` is identical to `expected`.

    >>> 0.0 == match.identical(0.0)
    True
    >>> -0.0 == match.identical(0.0)
    False
    """
    return Matcher("identical", expected)


def intersects(other: ItemsOrSet) -> Matcher:
    """Passes when at least one item of `actual` occurs in `other`.

    >>> [2, 3] == match.intersects([1, 2])
    True
    >>> [3, 4] == match.intersects([1, 2])
    False
    """
    return Matcher("intersects", other)


def is_after(other: datetime) -> Matcher:
    """Passes when `actual` > `other`.

    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.is_after(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 1, tzinfo=UTC) == match.is_after(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_after", other)


def is_ascii() -> Matcher:
    """Passes when every code point is at most U+007F.

    >>> "abc" == match.is_ascii()
    True
    >>> "café" == match.is_ascii()
    False
    """
    return Matcher("is_ascii")


def is_ascii_alphanumeric() -> Matcher:
    """Passes when `actual` is not empty, and every code point is one of `0-9` `A-Z` `a-z`.

    >>> "ab1" == match.is_ascii_alphanumeric()
    True
    >>> "ab-1" == match.is_ascii_alphanumeric()
    False
    """
    return Matcher("is_ascii_alphanumeric")


def is_ascii_digits() -> Matcher:
    """Passes when `actual` is not empty, and every code point is one of `0-9`.

    >>> "123" == match.is_ascii_digits()
    True
    >>> "12a" == match.is_ascii_digits()
    False
    """
    return Matcher("is_ascii_digits")


def is_ascii_letters() -> Matcher:
    """Passes when `actual` is not empty, and every code point is one of `A-Z` `a-z`.

    >>> "abc" == match.is_ascii_letters()
    True
    >>> "ab1" == match.is_ascii_letters()
    False
    """
    return Matcher("is_ascii_letters")


def is_ascii_lowercase() -> Matcher:
    """Passes when `actual` has none of `A-Z`, and at least one of `a-z`.

    >>> "abc" == match.is_ascii_lowercase()
    True
    >>> "aBc" == match.is_ascii_lowercase()
    False
    """
    return Matcher("is_ascii_lowercase")


def is_ascii_uppercase() -> Matcher:
    """Passes when `actual` has none of `a-z`, and at least one of `A-Z`.

    >>> "ABC" == match.is_ascii_uppercase()
    True
    >>> "AbC" == match.is_ascii_uppercase()
    False
    """
    return Matcher("is_ascii_uppercase")


def is_at_least(limit: Ordered) -> Matcher:
    """Passes when `actual` >= `limit`.

    >>> 10 == match.is_at_least(10)
    True
    >>> 9 == match.is_at_least(10)
    False
    """
    return Matcher("is_at_least", limit)


def is_at_most(limit: Ordered) -> Matcher:
    """Passes when `actual` <= `limit`.

    >>> 10 == match.is_at_most(10)
    True
    >>> 11 == match.is_at_most(10)
    False
    """
    return Matcher("is_at_most", limit)


def is_at_or_after(other: datetime) -> Matcher:
    """Passes when `actual` >= `other`.

    >>> datetime(2026, 1, 2, tzinfo=UTC) == match.is_at_or_after(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 1, tzinfo=UTC) == match.is_at_or_after(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_at_or_after", other)


def is_at_or_before(other: datetime) -> Matcher:
    """Passes when `actual` <= `other`.

    >>> datetime(2026, 1, 2, tzinfo=UTC) == match.is_at_or_before(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.is_at_or_before(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_at_or_before", other)


def is_base64_text() -> Matcher:
    """Passes when `actual` is base64 of the standard alphabet with canonical padding.

    >>> "TWFu" == match.is_base64_text()
    True
    >>> "TWF" == match.is_base64_text()
    False
    """
    return Matcher("is_base64_text")


def is_before(other: datetime) -> Matcher:
    """Passes when `actual` < `other`.

    >>> datetime(2026, 1, 1, tzinfo=UTC) == match.is_before(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.is_before(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_before", other)


def is_between(low: Ordered, high: Ordered) -> Matcher:
    """Passes when `low` <= `actual` <= `high`.

    >>> 10 == match.is_between(1, 10)
    True
    >>> 12 == match.is_between(1, 10)
    False
    """
    return Matcher("is_between", low, high)


def is_blank() -> Matcher:
    """Passes when every code point is whitespace.

    >>> "  " == match.is_blank()
    True
    >>> " a " == match.is_blank()
    False
    """
    return Matcher("is_blank")


def is_cancelled() -> Matcher:
    """Passes when the call was cancelled.

    >>> Outcome(Ending.CANCELLED) == match.is_cancelled()
    True
    >>> Outcome(Ending.RETURNED, to_value(1)) == match.is_cancelled()
    False
    """
    return Matcher("is_cancelled")


def is_close_to(expected: Number, tolerance: Number) -> Matcher:
    """Passes when the delta of `actual` and `expected` is at most `tolerance`.

    >>> 3.125 == match.is_close_to(3.0, 0.25)
    True
    >>> 3.5 == match.is_close_to(3.0, 0.25)
    False
    """
    return Matcher("is_close_to", expected, tolerance)


def is_close_to_time(expected: datetime, tolerance: timedelta) -> Matcher:
    """Passes when the distance of `actual` and `expected` is at most `tolerance`.

    >>> datetime(2026, 1, 2, 0, 0, 1, tzinfo=UTC) == match.is_close_to_time(datetime(2026, 1, 2, tzinfo=UTC), timedelta(seconds=1))
    True
    >>> datetime(2026, 1, 2, 0, 0, 2, tzinfo=UTC) == match.is_close_to_time(datetime(2026, 1, 2, tzinfo=UTC), timedelta(seconds=1))
    False
    """
    return Matcher("is_close_to_time", expected, tolerance)


def is_collection() -> Matcher:
    """Passes when `actual` is a list, set or map.

    >>> [1] == match.is_collection()
    True
    >>> "ab" == match.is_collection()
    False
    """
    return Matcher("is_collection")


def is_disjoint_from(other: ItemsOrSet) -> Matcher:
    """Passes when no item of `actual` occurs in `other`.

    >>> [3, 4] == match.is_disjoint_from([1, 2])
    True
    >>> [2, 3] == match.is_disjoint_from([1, 2])
    False
    """
    return Matcher("is_disjoint_from", other)


def is_empty() -> Matcher:
    """Passes when the size is 0.

    >>> [] == match.is_empty()
    True
    >>> [1] == match.is_empty()
    False
    """
    return Matcher("is_empty")


def is_enum_value(type: str, name: str) -> Matcher:
    """Passes when `actual` is an enum of the type `type` whose member has the name `name`.

    >>> Enum("Color", "RED", 1) == match.is_enum_value("Color", "RED")
    True
    >>> Enum("Color", "BLUE", 2) == match.is_enum_value("Color", "RED")
    False
    """
    return Matcher("is_enum_value", type, name)


def is_even() -> Matcher:
    """Passes when 2 divides `actual`.

    >>> 4 == match.is_even()
    True
    >>> 5 == match.is_even()
    False
    """
    return Matcher("is_even")


def is_false() -> Matcher:
    """Passes when `actual` is the bool false.

    >>> False == match.is_false()
    True
    >>> True == match.is_false()
    False
    """
    return Matcher("is_false")


def is_finite() -> Matcher:
    """Passes when `actual` is an int, or a float that is neither NaN nor an infinity.

    >>> 1.5 == match.is_finite()
    True
    >>> float("inf") == match.is_finite()
    False
    """
    return Matcher("is_finite")


def is_greater_than(limit: Ordered) -> Matcher:
    """Passes when `actual` > `limit`.

    >>> 11 == match.is_greater_than(10)
    True
    >>> 10 == match.is_greater_than(10)
    False
    """
    return Matcher("is_greater_than", limit)


def is_hex_text() -> Matcher:
    """Passes when `actual` is hexadecimal digits: not empty, an even number, each one of `0-9`
    `A-F` `a-f`.

    >>> "00ff" == match.is_hex_text()
    True
    >>> "0x00" == match.is_hex_text()
    False
    """
    return Matcher("is_hex_text")


def is_in_future(now: datetime) -> Matcher:
    """Passes when `actual` > `now`.

    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.is_in_future(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 1, tzinfo=UTC) == match.is_in_future(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_in_future", now)


def is_in_past(now: datetime) -> Matcher:
    """Passes when `actual` < `now`.

    >>> datetime(2026, 1, 1, tzinfo=UTC) == match.is_in_past(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.is_in_past(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_in_past", now)


def is_infinite() -> Matcher:
    """Passes when `actual` is a float that is an infinity of any sign.

    >>> float("-inf") == match.is_infinite()
    True
    >>> 1.5 == match.is_infinite()
    False
    """
    return Matcher("is_infinite")


def is_integral() -> Matcher:
    """Passes when `actual` is an int, or a finite float without a fraction.

    >>> 7.0 == match.is_integral()
    True
    >>> 7.5 == match.is_integral()
    False
    """
    return Matcher("is_integral")


def is_ipv4_text() -> Matcher:
    """Passes when `actual` is an IPv4 address.

    >>> "192.0.2.1" == match.is_ipv4_text()
    True
    >>> "192.0.2.01" == match.is_ipv4_text()
    False
    """
    return Matcher("is_ipv4_text")


def is_ipv6_text() -> Matcher:
    """Passes when `actual` is an IPv6 address.

    >>> "2001:db8::1" == match.is_ipv6_text()
    True
    >>> "192.0.2.1" == match.is_ipv6_text()
    False
    """
    return Matcher("is_ipv6_text")


def is_json() -> Matcher:
    """Passes when `actual` is JSON.

    >>> "[1, 2]" == match.is_json()
    True
    >>> "[1, 2" == match.is_json()
    False
    """
    return Matcher("is_json")


def is_kind(kind: str) -> Matcher:
    """Passes when the kind of `actual` is `kind`.

    >>> 1 == match.is_kind("int")
    True
    >>> 1.0 == match.is_kind("int")
    False
    """
    return Matcher("is_kind", kind)


def is_less_than(limit: Ordered) -> Matcher:
    """Passes when `actual` < `limit`.

    >>> 9 == match.is_less_than(10)
    True
    >>> 10 == match.is_less_than(10)
    False
    """
    return Matcher("is_less_than", limit)


def is_multiple_of(divisor: int) -> Matcher:
    """Passes when the remainder of `actual` by `divisor` is 0.

    >>> 12 == match.is_multiple_of(3)
    True
    >>> 13 == match.is_multiple_of(3)
    False
    """
    return Matcher("is_multiple_of", divisor)


def is_nan() -> Matcher:
    """Passes when `actual` is the float NaN.

    >>> float("nan") == match.is_nan()
    True
    >>> 1.0 == match.is_nan()
    False
    """
    return Matcher("is_nan")


def is_negative() -> Matcher:
    """Passes when `actual` < 0.

    >>> -1 == match.is_negative()
    True
    >>> 1 == match.is_negative()
    False
    """
    return Matcher("is_negative")


def is_negative_zero() -> Matcher:
    """Passes when `actual` is the float `-0.0`.

    >>> -0.0 == match.is_negative_zero()
    True
    >>> 0.0 == match.is_negative_zero()
    False
    """
    return Matcher("is_negative_zero")


def is_not_between(low: Ordered, high: Ordered) -> Matcher:
    """Passes when `actual` < `low` or `actual` > `high`.

    >>> 12 == match.is_not_between(1, 10)
    True
    >>> 10 == match.is_not_between(1, 10)
    False
    """
    return Matcher("is_not_between", low, high)


def is_not_blank() -> Matcher:
    """Passes when some code point is not whitespace.

    >>> " a " == match.is_not_blank()
    True
    >>> "  " == match.is_not_blank()
    False
    """
    return Matcher("is_not_blank")


def is_not_close_to(expected: Number, tolerance: Number) -> Matcher:
    """Passes when the delta of `actual` and `expected` is more than `tolerance`.

    >>> 3.5 == match.is_not_close_to(3.0, 0.25)
    True
    >>> 3.125 == match.is_not_close_to(3.0, 0.25)
    False
    """
    return Matcher("is_not_close_to", expected, tolerance)


def is_not_empty() -> Matcher:
    """Passes when the size is not 0.

    >>> [1] == match.is_not_empty()
    True
    >>> [] == match.is_not_empty()
    False
    """
    return Matcher("is_not_empty")


def is_not_kind(kind: str) -> Matcher:
    """Passes when the kind of `actual` is not `kind`.

    >>> 1.0 == match.is_not_kind("int")
    True
    >>> 1 == match.is_not_kind("int")
    False
    """
    return Matcher("is_not_kind", kind)


def is_not_nan() -> Matcher:
    """Passes when `actual` is not the float NaN.

    >>> 1.0 == match.is_not_nan()
    True
    >>> float("nan") == match.is_not_nan()
    False
    """
    return Matcher("is_not_nan")


def is_not_negative() -> Matcher:
    """Passes when `actual` >= 0.

    >>> 0 == match.is_not_negative()
    True
    >>> -1 == match.is_not_negative()
    False
    """
    return Matcher("is_not_negative")


def is_not_null() -> Matcher:
    """Passes when `actual` is not null.

    >>> 0 == match.is_not_null()
    True
    >>> None == match.is_not_null()
    False
    """
    return Matcher("is_not_null")


def is_not_one_of(options: ListOf[object]) -> Matcher:
    """Passes when `actual` equals no item of `options`.

    >>> "blue" == match.is_not_one_of(["red", "green"])
    True
    >>> "red" == match.is_not_one_of(["red", "green"])
    False
    """
    return Matcher("is_not_one_of", options)


def is_not_positive() -> Matcher:
    """Passes when `actual` <= 0.

    >>> 0 == match.is_not_positive()
    True
    >>> 1 == match.is_not_positive()
    False
    """
    return Matcher("is_not_positive")


def is_not_zero() -> Matcher:
    """Passes when `actual` is not 0; NaN passes.

    >>> 1 == match.is_not_zero()
    True
    >>> 0 == match.is_not_zero()
    False
    """
    return Matcher("is_not_zero")


def is_not_zero_value() -> Matcher:
    """Passes when `actual` is not a zero value.

    >>> 1 == match.is_not_zero_value()
    True
    >>> 0 == match.is_not_zero_value()
    False
    """
    return Matcher("is_not_zero_value")


def is_null() -> Matcher:
    """Passes when `actual` is null.

    >>> None == match.is_null()
    True
    >>> 0 == match.is_null()
    False
    """
    return Matcher("is_null")


def is_number() -> Matcher:
    """Passes when `actual` is an int or a float.

    >>> 1.5 == match.is_number()
    True
    >>> "1.5" == match.is_number()
    False
    """
    return Matcher("is_number")


def is_odd() -> Matcher:
    """Passes when 2 does not divide `actual`.

    >>> 5 == match.is_odd()
    True
    >>> 4 == match.is_odd()
    False
    """
    return Matcher("is_odd")


def is_one_of(options: ListOf[object]) -> Matcher:
    """Passes when `actual` equals some item of `options`.

    >>> "red" == match.is_one_of(["red", "green"])
    True
    >>> "blue" == match.is_one_of(["red", "green"])
    False
    """
    return Matcher("is_one_of", options)


def is_portable_regex() -> Matcher:
    """Passes when `actual` is a pattern of `pattern.md`.

    >>> "[a-z]+" == match.is_portable_regex()
    True
    >>> "(?=a)" == match.is_portable_regex()
    False
    """
    return Matcher("is_portable_regex")


def is_positive() -> Matcher:
    """Passes when `actual` > 0.

    >>> 1 == match.is_positive()
    True
    >>> -1 == match.is_positive()
    False
    """
    return Matcher("is_positive")


def is_printable() -> Matcher:
    r"""Passes when no code point is in the invisible list (`render.md`, *Text*).

    >>> "abc" == match.is_printable()
    True
    >>> "a\tb" == match.is_printable()
    False
    """
    return Matcher("is_printable")


def is_proper_subset_of(other: ItemsOrSet) -> Matcher:
    """Passes when every item of `actual` occurs in `other`, and some item of `other` does not occur
    in `actual`.

    >>> [1, 2] == match.is_proper_subset_of([1, 2, 3])
    True
    >>> [1, 2, 3] == match.is_proper_subset_of([1, 2, 3])
    False
    """
    return Matcher("is_proper_subset_of", other)


def is_record_named(name: str) -> Matcher:
    """Passes when `actual` is a record with exactly the name `name`.

    >>> record_of("Point", [("x", to_value(1))]) == match.is_record_named("Point")
    True
    >>> record_of("Line", [("x", to_value(1))]) == match.is_record_named("Point")
    False
    """
    return Matcher("is_record_named", name)


def is_relatively_close_to(expected: Number, ratio: Number) -> Matcher:
    """Passes when the measured ratio is at most `ratio`.

    >>> 3.0 == match.is_relatively_close_to(4.0, 0.25)
    True
    >>> 2.0 == match.is_relatively_close_to(4.0, 0.25)
    False
    """
    return Matcher("is_relatively_close_to", expected, ratio)


def is_rfc3339_text() -> Matcher:
    """Passes when `actual` is a date and time of RFC 3339.

    >>> "2026-01-02T03:04:05Z" == match.is_rfc3339_text()
    True
    >>> "2026-01-02" == match.is_rfc3339_text()
    False
    """
    return Matcher("is_rfc3339_text")


def is_same_day_as(other: datetime) -> Matcher:
    """Passes when `actual` and `other` have the same date in UTC.

    >>> datetime(2026, 1, 2, 23, tzinfo=UTC) == match.is_same_day_as(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 3, tzinfo=UTC) == match.is_same_day_as(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_same_day_as", other)


def is_same_instant(other: datetime) -> Matcher:
    """Passes when `actual` and `other` are the same instant.

    >>> Time(1767312000, 0, 7200) == match.is_same_instant(datetime(2026, 1, 2, tzinfo=UTC))
    True
    >>> datetime(2026, 1, 2, 2, tzinfo=UTC) == match.is_same_instant(datetime(2026, 1, 2, tzinfo=UTC))
    False
    """
    return Matcher("is_same_instant", other)


def is_same_kind_as(other: object) -> Matcher:
    """Passes when the kind of `actual` is that of `other`.

    >>> 2 == match.is_same_kind_as(1)
    True
    >>> 2.0 == match.is_same_kind_as(1)
    False
    """
    return Matcher("is_same_kind_as", other)


def is_semver_text() -> Matcher:
    """Passes when `actual` is a version of Semantic Versioning 2.0.0.

    >>> "1.2.3-rc.1" == match.is_semver_text()
    True
    >>> "1.2" == match.is_semver_text()
    False
    """
    return Matcher("is_semver_text")


def is_sorted() -> Matcher:
    """Passes when each item <= the next one.

    >>> [1, 2, 2] == match.is_sorted()
    True
    >>> [1, 3, 2] == match.is_sorted()
    False
    """
    return Matcher("is_sorted")


def is_sorted_by(path: str) -> Matcher:
    """Passes when each value at `path` <= that of the next item.

    >>> [{"n": 1}, {"n": 2}] == match.is_sorted_by("$.n")
    True
    >>> [{"n": 2}, {"n": 1}] == match.is_sorted_by("$.n")
    False
    """
    return Matcher("is_sorted_by", path)


def is_sorted_descending() -> Matcher:
    """Passes when each item >= the next one.

    >>> [2, 2, 1] == match.is_sorted_descending()
    True
    >>> [2, 3, 1] == match.is_sorted_descending()
    False
    """
    return Matcher("is_sorted_descending")


def is_strictly_between(low: Ordered, high: Ordered) -> Matcher:
    """Passes when `low` < `actual` < `high`.

    >>> 9 == match.is_strictly_between(1, 10)
    True
    >>> 10 == match.is_strictly_between(1, 10)
    False
    """
    return Matcher("is_strictly_between", low, high)


def is_strictly_decreasing() -> Matcher:
    """Passes when each item > the next one.

    >>> [3, 2, 1] == match.is_strictly_decreasing()
    True
    >>> [3, 2, 2] == match.is_strictly_decreasing()
    False
    """
    return Matcher("is_strictly_decreasing")


def is_strictly_increasing() -> Matcher:
    """Passes when each item < the next one.

    >>> [1, 2, 3] == match.is_strictly_increasing()
    True
    >>> [1, 2, 2] == match.is_strictly_increasing()
    False
    """
    return Matcher("is_strictly_increasing")


def is_submap_of(other: AnyMap) -> Matcher:
    """Passes when for every entry of `actual`, some entry of `other` has an equal key and an equal
    value.

    >>> {"a": 1} == match.is_submap_of({"a": 1, "b": 2})
    True
    >>> {"c": 3} == match.is_submap_of({"a": 1, "b": 2})
    False
    """
    return Matcher("is_submap_of", other)


def is_subset_of(other: ItemsOrSet) -> Matcher:
    """Passes when every item of `actual` occurs in `other`.

    >>> [1, 2] == match.is_subset_of([1, 2, 3])
    True
    >>> [1, 4] == match.is_subset_of([1, 2, 3])
    False
    """
    return Matcher("is_subset_of", other)


def is_superset_of(other: ItemsOrSet) -> Matcher:
    """Passes when every item of `other` occurs in `actual`.

    >>> [1, 2, 3] == match.is_superset_of([1, 2])
    True
    >>> [1, 3] == match.is_superset_of([1, 2])
    False
    """
    return Matcher("is_superset_of", other)


def is_text_within(container: str) -> Matcher:
    """Passes when `actual` occurs in `container`.

    >>> "ell" == match.is_text_within("hello")
    True
    >>> "elf" == match.is_text_within("hello")
    False
    """
    return Matcher("is_text_within", container)


def is_trimmed() -> Matcher:
    """Passes when neither the first nor the last code point is whitespace.

    >>> "a b" == match.is_trimmed()
    True
    >>> " a" == match.is_trimmed()
    False
    """
    return Matcher("is_trimmed")


def is_true() -> Matcher:
    """Passes when `actual` is the bool true.

    >>> True == match.is_true()
    True
    >>> False == match.is_true()
    False
    """
    return Matcher("is_true")


def is_truncated_to(unit: str) -> Matcher:
    """Passes when the local time of day of `actual` is a multiple of `unit`.

    >>> datetime(2026, 1, 2, 3, tzinfo=UTC) == match.is_truncated_to("hour")
    True
    >>> datetime(2026, 1, 2, 3, 4, tzinfo=UTC) == match.is_truncated_to("hour")
    False
    """
    return Matcher("is_truncated_to", unit)


def is_utc() -> Matcher:
    """Passes when the offset of `actual` is 0.

    >>> datetime(2026, 1, 2, tzinfo=UTC) == match.is_utc()
    True
    >>> Time(1767312000, 0, 7200) == match.is_utc()
    False
    """
    return Matcher("is_utc")


def is_uuid() -> Matcher:
    """Passes when `actual` is hexadecimal digits, upper or lower case, in groups of 8, 4, 4, 4 and
    12 with `-` between them.

    >>> "6ba7b810-9dad-11d1-80b4-00c04fd430c8" == match.is_uuid()
    True
    >>> "6ba7b810" == match.is_uuid()
    False
    """
    return Matcher("is_uuid")


def is_valid_utf8() -> Matcher:
    r"""Passes when `actual` is valid UTF-8.

    >>> b"abc" == match.is_valid_utf8()
    True
    >>> b"\xff" == match.is_valid_utf8()
    False
    """
    return Matcher("is_valid_utf8")


def is_within_percent(expected: Number, percent: Number) -> Matcher:
    """Passes when the measured percent are at most `percent`.

    >>> 104 == match.is_within_percent(100, 5)
    True
    >>> 106 == match.is_within_percent(100, 5)
    False
    """
    return Matcher("is_within_percent", expected, percent)


def is_within_ulps(expected: Number, ulps: int) -> Matcher:
    """Passes when the measured ulps are at most `ulps`.

    >>> 1.0000000000000002 == match.is_within_ulps(1.0, 4)
    True
    >>> 1.5 == match.is_within_ulps(1.0, 4)
    False
    """
    return Matcher("is_within_ulps", expected, ulps)


def is_zero() -> Matcher:
    """Passes when `actual` is 0.

    >>> 0 == match.is_zero()
    True
    >>> 1 == match.is_zero()
    False
    """
    return Matcher("is_zero")


def is_zero_value() -> Matcher:
    """Passes when `actual` is a zero value.

    >>> 0 == match.is_zero_value()
    True
    >>> 1 == match.is_zero_value()
    False
    """
    return Matcher("is_zero_value")


def json_contains(expected: str) -> Matcher:
    r"""Passes when the value of `actual` contains that of `expected`.

    >>> "{\"a\": 1, \"b\": 2}" == match.json_contains("{\"a\": 1}")
    True
    >>> "{\"b\": 2}" == match.json_contains("{\"a\": 1}")
    False
    """
    return Matcher("json_contains", expected)


def json_equals(expected: str) -> Matcher:
    r"""Passes when the values of `actual` and `expected` are equivalent.

    >>> "{\"a\": 1.0}" == match.json_equals("{\"a\": 1}")
    True
    >>> "{\"a\": 2}" == match.json_equals("{\"a\": 1}")
    False
    """
    return Matcher("json_equals", expected)


def json_kind(kind: str) -> Matcher:
    """Passes when the kind of the JSON value is `kind`.

    >>> "[]" == match.json_kind("array")
    True
    >>> "{}" == match.json_kind("array")
    False
    """
    return Matcher("json_kind", kind)


def json_path_equals(path: str, value: object) -> Matcher:
    r"""Passes when `path` resolves to a value that is equivalent to `value`.

    >>> "{\"a\": 1}" == match.json_path_equals("$.a", 1)
    True
    >>> "{\"a\": 2}" == match.json_path_equals("$.a", 1)
    False
    """
    return Matcher("json_path_equals", path, value)


def lacks_entry(key: object, value: object) -> Matcher:
    """Passes when no entry has a key that equals `key` and a value that equals `value`.

    >>> {"a": 2} == match.lacks_entry("a", 1)
    True
    >>> {"a": 1} == match.lacks_entry("a", 1)
    False
    """
    return Matcher("lacks_entry", key, value)


def lacks_field(name: str) -> Matcher:
    """Passes when there is no field with this name.

    >>> {"b": 1} == match.lacks_field("a")
    True
    >>> {"a": 1} == match.lacks_field("a")
    False
    """
    return Matcher("lacks_field", name)


def lacks_key(key: object) -> Matcher:
    """Passes when no key of the map equals `key`.

    >>> {"b": 1} == match.lacks_key("a")
    True
    >>> {"a": 1} == match.lacks_key("a")
    False
    """
    return Matcher("lacks_key", key)


def lacks_keys(keys: ListOf[object]) -> Matcher:
    """Passes when no item of `keys` equals a key of the map.

    >>> {"c": 1} == match.lacks_keys(["a", "b"])
    True
    >>> {"a": 1} == match.lacks_keys(["a", "b"])
    False
    """
    return Matcher("lacks_keys", keys)


def lacks_path(path: str) -> Matcher:
    """Passes when `path` does not resolve.

    >>> {"a": [1]} == match.lacks_path("$.a[1]")
    True
    >>> {"a": [1, 2]} == match.lacks_path("$.a[1]")
    False
    """
    return Matcher("lacks_path", path)


def lacks_value(value: object) -> Matcher:
    """Passes when no value of the map equals `value`.

    >>> {"a": 2} == match.lacks_value(1)
    True
    >>> {"a": 1} == match.lacks_value(1)
    False
    """
    return Matcher("lacks_value", value)


def map_close_to(expected: AnyMap, tolerance: Number) -> Matcher:
    """Passes when both maps have the same keys, with close values.

    >>> {"x": 1.125} == match.map_close_to({"x": 1.0}, 0.25)
    True
    >>> {"x": 1.5} == match.map_close_to({"x": 1.0}, 0.25)
    False
    """
    return Matcher("map_close_to", expected, tolerance)


def matches_regex(pattern: str) -> Matcher:
    """Passes when the pattern matches the whole of `actual`.

    >>> "abc" == match.matches_regex("[a-z]+")
    True
    >>> "abc1" == match.matches_regex("[a-z]+")
    False
    """
    return Matcher("matches_regex", pattern)


def matches_shape(shape: object) -> Matcher:
    """Passes when `actual` has the shape `shape`.

    >>> {"at": None, "id": 7, "name": "Ada"} == match.matches_shape(match.open_map({"name": "Ada", "id": match.is_positive()}))
    True
    >>> {"id": -7, "name": "Ada"} == match.matches_shape(match.open_map({"name": "Ada", "id": match.is_positive()}))
    False
    """
    return Matcher("matches_shape", NativeShape(shape))


def none_satisfies(check: Matcher) -> Matcher:
    """Passes when `check` passes for no item.

    >>> [0, 1] == match.none_satisfies(match.is_negative())
    True
    >>> [1, -1] == match.none_satisfies(match.is_negative())
    False
    """
    return Matcher("none_satisfies", check)


def not_contains(item: object) -> Matcher:
    """Passes when no item of `actual` is equal to `item`.

    >>> [1, 3] == match.not_contains(2)
    True
    >>> [1, 2, 3] == match.not_contains(2)
    False
    """
    return Matcher("not_contains", item)


def not_contains_regex(pattern: str) -> Matcher:
    r"""Passes when the pattern has no match in `actual`.

    >>> "abc" == match.not_contains_regex("\\d+")
    True
    >>> "abc12" == match.not_contains_regex("\\d+")
    False
    """
    return Matcher("not_contains_regex", pattern)


def not_contains_text(part: str) -> Matcher:
    """Passes when `part` does not occur in `actual`.

    >>> "world" == match.not_contains_text("ell")
    True
    >>> "hello" == match.not_contains_text("ell")
    False
    """
    return Matcher("not_contains_text", part)


def not_ends_with(suffix: str) -> Matcher:
    """Passes when `actual` does not end with `suffix`.

    >>> "loud" == match.not_ends_with("lo")
    True
    >>> "hello" == match.not_ends_with("lo")
    False
    """
    return Matcher("not_ends_with", suffix)


def not_equal(expected: object) -> Matcher:
    """Passes when `actual` does not equal `expected`.

    >>> 2 == match.not_equal(1)
    True
    >>> 1 == match.not_equal(1)
    False
    """
    return Matcher("not_equal", expected)


def not_equivalent(expected: object) -> Matcher:
    """Passes when `actual` is not equivalent to `expected`.

    >>> 3 == match.not_equivalent(2.0)
    True
    >>> 2 == match.not_equivalent(2.0)
    False
    """
    return Matcher("not_equivalent", expected)


def not_identical(expected: object) -> Matcher:
    """Passes when `actual` is not identical to `expected`.

    >>> -0.0 == match.not_identical(0.0)
    True
    >>> 0.0 == match.not_identical(0.0)
    False
    """
    return Matcher("not_identical", expected)


def not_matches_regex(pattern: str) -> Matcher:
    """Passes when the pattern does not match the whole of `actual`.

    >>> "abc1" == match.not_matches_regex("[a-z]+")
    True
    >>> "abc" == match.not_matches_regex("[a-z]+")
    False
    """
    return Matcher("not_matches_regex", pattern)


def not_starts_with(prefix: str) -> Matcher:
    """Passes when `actual` does not start with `prefix`.

    >>> "shell" == match.not_starts_with("he")
    True
    >>> "hello" == match.not_starts_with("he")
    False
    """
    return Matcher("not_starts_with", prefix)


def panics() -> Matcher:
    """Passes when the call panicked.

    >>> Outcome(Ending.PANICKED, to_value("stack is empty")) == match.panics()
    True
    >>> Outcome(Ending.RETURNED, to_value(1)) == match.panics()
    False
    """
    return Matcher("panics")


def panics_with_message(text: str) -> Matcher:
    """Passes when the call panicked with the text `text`.

    >>> Outcome(Ending.PANICKED, to_value("stack is empty")) == match.panics_with_message("stack is empty")
    True
    >>> Outcome(Ending.PANICKED, to_value("stack is full")) == match.panics_with_message("stack is empty")
    False
    """
    return Matcher("panics_with_message", text)


def path_equals(path: str, value: object) -> Matcher:
    """Passes when `path` resolves to a value that equals `value`.

    >>> {"a": [1, 2]} == match.path_equals("$.a[1]", 2)
    True
    >>> {"a": [1, 3]} == match.path_equals("$.a[1]", 2)
    False
    """
    return Matcher("path_equals", path, value)


def path_satisfies(path: str, check: Matcher) -> Matcher:
    """Passes when `path` resolves to a value for which `check` passes.

    >>> {"a": [0, 2]} == match.path_satisfies("$.a[1]", match.is_positive())
    True
    >>> {"a": [0, -2]} == match.path_satisfies("$.a[1]", match.is_positive())
    False
    """
    return Matcher("path_satisfies", path, check)


def paths_equal(entries: AnyMap) -> Matcher:
    """Passes when every key of `entries` is a path that resolves to a value that equals that of the
    entry.

    >>> {"a": 1, "b": 2} == match.paths_equal({"$.a": 1, "$.b": 2})
    True
    >>> {"a": 1, "b": 3} == match.paths_equal({"$.a": 1, "$.b": 2})
    False
    """
    return Matcher("paths_equal", entries)


def proto_contains(partial: object) -> Matcher:
    """Passes when every field that is set in `partial` has an equal value in `actual`."""
    return Matcher("proto_contains", partial)


def proto_equal(expected: object) -> Matcher:
    """Passes when `actual` and `expected` are equal."""
    return Matcher("proto_equal", expected)


def proto_equal_ignoring(expected: object, paths: ListOf[str]) -> Matcher:
    """Passes when `actual` and `expected` are equal without the fields at `paths`."""
    return Matcher("proto_equal_ignoring", expected, paths)


def proto_equivalent(expected: object) -> Matcher:
    """Passes when `actual` and `expected` are equal if a field that is set to its default counts as
    unset.
    """
    return Matcher("proto_equivalent", expected)


def proto_field_equals(path: str, value: object) -> Matcher:
    """Passes when the field at `path` has a value that equals `value`."""
    return Matcher("proto_field_equals", path, value)


def proto_has_field(path: str) -> Matcher:
    """Passes when the field at `path` is set."""
    return Matcher("proto_has_field", path)


def proto_has_no_unknown_fields() -> Matcher:
    """Passes when neither it nor a message in it has unknown fields."""
    return Matcher("proto_has_no_unknown_fields")


def proto_is_type(name: str) -> Matcher:
    """Passes when the full name of its type is `name`."""
    return Matcher("proto_is_type", name)


def proto_lacks_field(path: str) -> Matcher:
    """Passes when the field at `path` is not set."""
    return Matcher("proto_lacks_field", path)


def proto_matches_text(text: str) -> Matcher:
    """Passes when `actual` is equal to the message that `text` describes in the text format."""
    return Matcher("proto_matches_text", text)


def proto_not_equal(expected: object) -> Matcher:
    """Passes when `actual` and `expected` are not equal."""
    return Matcher("proto_not_equal", expected)


def proto_oneof_is(oneof: str, field: str) -> Matcher:
    """Passes when the field of `oneof` that is set is `field`, or none if `field` is empty."""
    return Matcher("proto_oneof_is", oneof, field)


def returns_satisfying(check: Matcher) -> Matcher:
    """Passes when the call returned a value for which `check` passes.

    >>> Outcome(Ending.RETURNED, to_value(1)) == match.returns_satisfying(match.is_positive())
    True
    >>> Outcome(Ending.RETURNED, to_value(-1)) == match.returns_satisfying(match.is_positive())
    False
    """
    return Matcher("returns_satisfying", check)


def returns_value(value: object) -> Matcher:
    """Passes when the call returned a value that is equal to `value`.

    >>> Outcome(Ending.RETURNED, to_value(1)) == match.returns_value(1)
    True
    >>> Outcome(Ending.RETURNED, to_value(2)) == match.returns_value(1)
    False
    """
    return Matcher("returns_value", value)


def satisfies_all(checks: ListOf[Matcher]) -> Matcher:
    """Passes when every check passes.

    >>> 4 == match.satisfies_all([match.is_positive(), match.is_even()])
    True
    >>> 5 == match.satisfies_all([match.is_positive(), match.is_even()])
    False
    """
    return Matcher("satisfies_all", Checks(checks))


def satisfies_any(checks: ListOf[Matcher]) -> Matcher:
    """Passes when at least one check passes.

    >>> 4 == match.satisfies_any([match.is_negative(), match.is_even()])
    True
    >>> 5 == match.satisfies_any([match.is_negative(), match.is_even()])
    False
    """
    return Matcher("satisfies_any", Checks(checks))


def satisfies_none(checks: ListOf[Matcher]) -> Matcher:
    """Passes when no check passes.

    >>> 5 == match.satisfies_none([match.is_negative(), match.is_even()])
    True
    >>> 4 == match.satisfies_none([match.is_negative(), match.is_even()])
    False
    """
    return Matcher("satisfies_none", Checks(checks))


def satisfies_when(condition: Matcher, check: Matcher) -> Matcher:
    """Passes when `condition` fails, or both pass.

    >>> -1 == match.satisfies_when(match.is_positive(), match.is_even())
    True
    >>> 5 == match.satisfies_when(match.is_positive(), match.is_even())
    False
    """
    return Matcher("satisfies_when", condition, check)


def starts_with(prefix: str) -> Matcher:
    """Passes when `actual` starts with `prefix`.

    >>> "hello" == match.starts_with("he")
    True
    >>> "shell" == match.starts_with("he")
    False
    """
    return Matcher("starts_with", prefix)


def starts_with_bytes(prefix: Octets) -> Matcher:
    """Passes when `actual` starts with `prefix`.

    >>> b"abcd" == match.starts_with_bytes(b"ab")
    True
    >>> b"bcd" == match.starts_with_bytes(b"ab")
    False
    """
    return Matcher("starts_with_bytes", prefix)


def starts_with_items(items: ListOf[object]) -> Matcher:
    """Passes when the first items of `actual` are equal to `items`.

    >>> [1, 2, 3] == match.starts_with_items([1, 2])
    True
    >>> [1, 3] == match.starts_with_items([1, 2])
    False
    """
    return Matcher("starts_with_items", items)


def structure_close_to(expected: object, tolerance: Number) -> Matcher:
    """Passes when `actual` equals `expected`, except that floats need only be close.

    >>> {"x": [1.125]} == match.structure_close_to({"x": [1.0]}, 0.25)
    True
    >>> {"x": [1.5]} == match.structure_close_to({"x": [1.0]}, 0.25)
    False
    """
    return Matcher("structure_close_to", expected, tolerance)


def succeeds() -> Matcher:
    """Passes when the call returned.

    >>> Outcome(Ending.RETURNED, to_value(1)) == match.succeeds()
    True
    >>> Outcome(Ending.PANICKED, to_value("stack is empty")) == match.succeeds()
    False
    """
    return Matcher("succeeds")


def sums_to(value: int) -> Matcher:
    """Passes when the exact sum of the items is `value`.

    >>> [1, 2, 3] == match.sums_to(6)
    True
    >>> [1, 2] == match.sums_to(6)
    False
    """
    return Matcher("sums_to", value)


def times_out_after(duration: timedelta) -> Matcher:
    """Passes when the call is pending, and `elapsed` >= `duration`.

    >>> record_of("Timed", [("outcome", Outcome(Ending.PENDING)), ("elapsed", to_value(timedelta(seconds=2)))]) == match.times_out_after(timedelta(seconds=2))
    True
    >>> record_of("Timed", [("outcome", Outcome(Ending.RETURNED, to_value(1))), ("elapsed", to_value(timedelta(seconds=1)))]) == match.times_out_after(timedelta(seconds=2))
    False
    """
    return Matcher("times_out_after", duration)


def transformed_by(transform: str, check: Matcher) -> Matcher:
    """Passes when `check` passes for the transformed value.

    >>> " a " == match.transformed_by("trim", match.equal("a"))
    True
    >>> " b " == match.transformed_by("trim", match.equal("a"))
    False
    """
    return Matcher("transformed_by", transform, check)
