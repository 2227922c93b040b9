"""The assertions as methods of a value.

Generated from catalog/ by `make generate`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from testingkit.native.assertion import Checks, NativeShape
from testingkit.native.base import BaseSubject
from testingkit.native.matcher import Matcher
from testingkit.native.types import AnyMap, ItemsOrSet, ListOf, Number, Octets, Ordered, Sized

__tracebackhide__ = True


class Subject(BaseSubject):
    """A value with an assertion for each method."""

    __slots__ = ()

    def all_close_to(self, expected: ListOf[Number], tolerance: Number) -> Self:
        """Passes when both lists have as many items, and each pair of items is close.

        >>> require([1.125, 2.0]).all_close_to([1.0, 2.0], 0.25)
        require([1.125, 2.0])
        """
        return self._check("all_close_to", expected, tolerance)

    def all_items_equal(self) -> Self:
        """Passes when every item is equal to the first one, or there is none.

        >>> require([2, 2]).all_items_equal()
        require([2, 2])
        """
        return self._check("all_items_equal")

    def all_keys_satisfy(self, check: Matcher) -> Self:
        """Passes when `check` passes for every key.

        >>> require({"a": 1}).all_keys_satisfy(match.is_ascii_lowercase())
        require({"a": 1})
        """
        return self._check("all_keys_satisfy", check)

    def all_satisfy(self, check: Matcher) -> Self:
        """Passes when `check` passes for every item.

        >>> require([1, 10]).all_satisfy(match.is_between(1, 10))
        require([1, 10])
        """
        return self._check("all_satisfy", check)

    def all_values_satisfy(self, check: Matcher) -> Self:
        """Passes when `check` passes for every value.

        >>> require({"a": 1}).all_values_satisfy(match.is_positive())
        require({"a": 1})
        """
        return self._check("all_values_satisfy", check)

    def any_satisfies(self, check: Matcher) -> Self:
        """Passes when `check` passes for at least one item.

        >>> require([1, 10]).any_satisfies(match.is_greater_than(9))
        require([1, 10])
        """
        return self._check("any_satisfies", check)

    def completes_within(self, duration: timedelta) -> Self:
        """Passes when the call is not pending, and `elapsed` <= `duration`.

        >>> require(record_of("Timed", [("outcome", Outcome(Ending.RETURNED, to_value(1))), ("elapsed", to_value(timedelta(seconds=1)))])).completes_within(timedelta(seconds=2))
        require(Timed{outcome: returned(1), elapsed: duration(1s)})
        """
        return self._check("completes_within", duration)

    def contains(self, item: object) -> Self:
        """Passes when some item of `actual` is equal to `item`.

        >>> require([1, 2, 3]).contains(2)
        require([1, 2, 3])
        """
        return self._check("contains", item)

    def contains_all(self, items: ListOf[object]) -> Self:
        """Passes when every item of `items` occurs in `actual`.

        >>> require([2, 3, 1]).contains_all([1, 2])
        require([2, 3, 1])
        """
        return self._check("contains_all", items)

    def contains_all_text(self, parts: ListOf[str]) -> Self:
        """Passes when every item of `parts` occurs in `actual`.

        >>> require("hello").contains_all_text(["he", "lo"])
        require("hello")
        """
        return self._check("contains_all_text", parts)

    def contains_any(self, items: ListOf[object]) -> Self:
        """Passes when at least one item of `items` occurs in `actual`.

        >>> require([2, 3]).contains_any([1, 2])
        require([2, 3])
        """
        return self._check("contains_any", items)

    def contains_any_text(self, parts: ListOf[str]) -> Self:
        """Passes when some item of `parts` occurs in `actual`.

        >>> require("hello").contains_any_text(["he", "wo"])
        require("hello")
        """
        return self._check("contains_any_text", parts)

    def contains_bytes(self, part: Octets) -> Self:
        """Passes when `part` occurs in `actual`.

        >>> require(b"abcd").contains_bytes(b"bc")
        require(b"abcd")
        """
        return self._check("contains_bytes", part)

    def contains_exactly(self, items: ListOf[object]) -> Self:
        """Passes when `actual` and `items` are equal.

        >>> require([1, 2]).contains_exactly([1, 2])
        require([1, 2])
        """
        return self._check("contains_exactly", items)

    def contains_exactly_in_any_order(self, items: ListOf[object]) -> Self:
        """Passes when all items of `actual` and `items` can be paired.

        >>> require([2, 1]).contains_exactly_in_any_order([1, 2])
        require([2, 1])
        """
        return self._check("contains_exactly_in_any_order", items)

    def contains_ignoring_case(self, part: str) -> Self:
        """Passes when the folded `part` occurs in the folded `actual`.

        >>> require("CAFÉ").contains_ignoring_case("é")
        require("CAFÉ")
        """
        return self._check("contains_ignoring_case", part)

    def contains_none(self, items: ListOf[object]) -> Self:
        """Passes when no item of `items` occurs in `actual`.

        >>> require([3, 4]).contains_none([1, 2])
        require([3, 4])
        """
        return self._check("contains_none", items)

    def contains_none_text(self, parts: ListOf[str]) -> Self:
        """Passes when no item of `parts` occurs in `actual`.

        >>> require("bye").contains_none_text(["he", "wo"])
        require("bye")
        """
        return self._check("contains_none_text", parts)

    def contains_once(self, item: object) -> Self:
        """Passes when exactly one item is equal to `item`.

        >>> require([1, 2]).contains_once(2)
        require([1, 2])
        """
        return self._check("contains_once", item)

    def contains_only(self, items: ListOf[object]) -> Self:
        """Passes when every item of `items` occurs in `actual`, and every item of `actual` in
        `items`.

        >>> require([2, 1, 2]).contains_only([1, 2])
        require([2, 1, 2])
        """
        return self._check("contains_only", items)

    def contains_regex(self, pattern: str) -> Self:
        r"""Passes when the pattern has a match in `actual`.

        >>> require("abc1").contains_regex("\\d+")
        require("abc1")
        """
        return self._check("contains_regex", pattern)

    def contains_sequence(self, items: ListOf[object]) -> Self:
        """Passes when items of `actual` that follow each other without a gap are equal to those of
        `items`, in their order.

        >>> require([1, 2, 3]).contains_sequence([2, 3])
        require([1, 2, 3])
        """
        return self._check("contains_sequence", items)

    def contains_subsequence(self, items: ListOf[object]) -> Self:
        """Passes when items of `actual` are equal to those of `items`, in their order; other items
        may be between them.

        >>> require([1, 2, 3]).contains_subsequence([1, 3])
        require([1, 2, 3])
        """
        return self._check("contains_subsequence", items)

    def contains_text(self, part: str) -> Self:
        """Passes when `part` occurs in `actual`.

        >>> require("hello").contains_text("ell")
        require("hello")
        """
        return self._check("contains_text", part)

    def contains_text_in_order(self, parts: ListOf[str]) -> Self:
        """Passes when the items of `parts` occur in `actual` one behind the other, without overlap.

        >>> require("hello").contains_text_in_order(["he", "lo"])
        require("hello")
        """
        return self._check("contains_text_in_order", parts)

    def contains_text_times(self, part: str, count: int) -> Self:
        """Passes when `part` occurs in `actual` exactly `count` times.

        >>> require("hello").contains_text_times("l", 2)
        require("hello")
        """
        return self._check("contains_text_times", part, count)

    def contains_times(self, item: object, count: int) -> Self:
        """Passes when exactly `count` items of `actual` are equal to `item`.

        >>> require([1, 2, 1]).contains_times(1, 2)
        require([1, 2, 1])
        """
        return self._check("contains_times", item, count)

    def decodes_to_text(self, text: str) -> Self:
        """Passes when `actual` is the UTF-8 encoding of `text`.

        >>> require(b"abc").decodes_to_text("abc")
        require(b"abc")
        """
        return self._check("decodes_to_text", text)

    def does_not_panic(self) -> Self:
        """Passes when the call returned or failed.

        >>> require(Outcome(Ending.RETURNED, to_value(1))).does_not_panic()
        require(returned(1))
        """
        return self._check("does_not_panic")

    def does_not_satisfy(self, check: Matcher) -> Self:
        """Passes when `check` fails.

        >>> require(5).does_not_satisfy(match.is_even())
        require(5)
        """
        return self._check("does_not_satisfy", check)

    def each_in_any_order(self, checks: ListOf[Matcher]) -> Self:
        """Passes when all checks and items can be paired.

        >>> require([1, -1]).each_in_any_order([match.is_negative(), match.is_positive()])
        require([1, -1])
        """
        return self._check("each_in_any_order", Checks(checks))

    def each_in_order(self, checks: ListOf[Matcher]) -> Self:
        """Passes when there are as many checks as items, and each check passes for the item at the
        same index.

        >>> require([-1, 1]).each_in_order([match.is_negative(), match.is_positive()])
        require([-1, 1])
        """
        return self._check("each_in_order", Checks(checks))

    def ends_with(self, suffix: str) -> Self:
        """Passes when `actual` ends with `suffix`.

        >>> require("hello").ends_with("lo")
        require("hello")
        """
        return self._check("ends_with", suffix)

    def ends_with_bytes(self, suffix: Octets) -> Self:
        """Passes when `actual` ends with `suffix`.

        >>> require(b"abcd").ends_with_bytes(b"cd")
        require(b"abcd")
        """
        return self._check("ends_with_bytes", suffix)

    def ends_with_items(self, items: ListOf[object]) -> Self:
        """Passes when the last items of `actual` are equal to `items`.

        >>> require([1, 2, 3]).ends_with_items([2, 3])
        require([1, 2, 3])
        """
        return self._check("ends_with_items", items)

    def equal(self, expected: object) -> Self:
        """Passes when `actual` equals `expected`.

        >>> require({"id": 7}).equal({"id": 7})
        require({"id": 7})
        """
        return self._check("equal", expected)

    def equals_ignoring_ascii_case(self, expected: str) -> Self:
        """Passes when both texts are equal after `A` to `Z` become `a` to `z`.

        >>> require("Hello").equals_ignoring_ascii_case("hello")
        require("Hello")
        """
        return self._check("equals_ignoring_ascii_case", expected)

    def equals_ignoring_case(self, expected: str) -> Self:
        """Passes when both texts are the same after they are folded.

        >>> require("STRAẞE").equals_ignoring_case("straße")
        require("STRAẞE")
        """
        return self._check("equals_ignoring_case", expected)

    def equals_ignoring_fields(self, expected: object, names: ListOf[str]) -> Self:
        """Passes when `actual` equals `expected` without what is at the paths `names`.

        >>> require({"id": 7, "n": 2}).equals_ignoring_fields({"id": 1, "n": 2}, ["$.id"])
        require({"id": 7, "n": 2})
        """
        return self._check("equals_ignoring_fields", expected, names)

    def equals_ignoring_whitespace(self, expected: str) -> Self:
        """Passes when both texts are equal after whitespace is removed.

        >>> require("ab").equals_ignoring_whitespace("a b")
        require("ab")
        """
        return self._check("equals_ignoring_whitespace", expected)

    def equals_normalizing_newlines(self, expected: str) -> Self:
        r"""Passes when both texts are equal after CR LF becomes LF, and then every other CR.

        >>> require("a\r\nb").equals_normalizing_newlines("a\nb")
        require("a\r\nb")
        """
        return self._check("equals_normalizing_newlines", expected)

    def equals_normalizing_whitespace(self, expected: str) -> Self:
        """Passes when both texts are equal after whitespace at the start and at the end is removed
        and every other run of whitespace becomes one space (U+0020).

        >>> require(" a  b ").equals_normalizing_whitespace("a b")
        require(" a  b ")
        """
        return self._check("equals_normalizing_whitespace", expected)

    def equals_on_fields(self, expected: object, names: ListOf[str]) -> Self:
        """Passes when `actual` and `expected` have equal values at every path of `names`.

        >>> require({"id": 7, "n": 2}).equals_on_fields({"id": 1, "n": 2}, ["$.n"])
        require({"id": 7, "n": 2})
        """
        return self._check("equals_on_fields", expected, names)

    def equivalent(self, expected: object) -> Self:
        """Passes when `actual` is equivalent to `expected`.

        >>> require(2).equivalent(2.0)
        require(2)
        """
        return self._check("equivalent", expected)

    def exactly_satisfy(self, count: int, check: Matcher) -> Self:
        """Passes when `check` passes for exactly `count` items.

        >>> require([-1, 2]).exactly_satisfy(1, match.is_negative())
        require([-1, 2])
        """
        return self._check("exactly_satisfy", count, check)

    def fails(self) -> Self:
        """Passes when the call failed.

        >>> require(Outcome(Ending.FAILED, Error("io", "disk is full"))).fails()
        require(failed(error(io, "disk is full")))
        """
        return self._check("fails")

    def fails_with_code(self, code: int) -> Self:
        """Passes when the call failed with an error of the code `code`.

        >>> require(Outcome(Ending.FAILED, Error("http", "not found", 404))).fails_with_code(404)
        require(failed(error(http, "not found", code: 404)))
        """
        return self._check("fails_with_code", code)

    def fails_with_exact_type(self, type: str) -> Self:
        """Passes when the call failed with an error of exactly `type`.

        >>> require(Outcome(Ending.FAILED, Error("io", "disk is full"))).fails_with_exact_type("io")
        require(failed(error(io, "disk is full")))
        """
        return self._check("fails_with_exact_type", type)

    def fails_with_message(self, text: str) -> Self:
        """Passes when the call failed with an error whose own message is `text`.

        >>> require(Outcome(Ending.FAILED, Error("io", "no file"))).fails_with_message("no file")
        require(failed(error(io, "no file")))
        """
        return self._check("fails_with_message", text)

    def fails_with_message_containing(self, text: str) -> Self:
        """Passes when the call failed, and `text` occurs in the own message of the error.

        >>> require(Outcome(Ending.FAILED, Error("io", "no file"))).fails_with_message_containing("file")
        require(failed(error(io, "no file")))
        """
        return self._check("fails_with_message_containing", text)

    def fails_with_message_matching(self, pattern: str) -> Self:
        """Passes when the call failed, and the pattern has a match in the own message of the error.

        >>> require(Outcome(Ending.FAILED, Error("io", "no file"))).fails_with_message_matching("no (file|disk)")
        require(failed(error(io, "no file")))
        """
        return self._check("fails_with_message_matching", pattern)

    def fails_with_type(self, type: str) -> Self:
        """Passes when the call failed with an error of `type` or of a subtype.

        >>> require(Outcome(Ending.FAILED, Error("io.not_found", "no file"))).fails_with_type("io")
        require(failed(error(io.not_found, "no file")))
        """
        return self._check("fails_with_type", type)

    def fits_in_bits(self, bits: int, signed: bool) -> Self:
        """Passes when `actual` is in the range of `bits` bits, with or without a sign.

        >>> require(127).fits_in_bits(8, True)
        require(127)
        """
        return self._check("fits_in_bits", bits, signed)

    def formats_as_rfc3339(self, text: str) -> Self:
        """Passes when the text of `actual` is `text`.

        >>> require(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)).formats_as_rfc3339("2026-01-02T03:04:05Z")
        require(time(2026-01-02T03:04:05Z))
        """
        return self._check("formats_as_rfc3339", text)

    def has_any_key(self, keys: ListOf[object]) -> Self:
        """Passes when some item of `keys` equals some key of the map.

        >>> require({"a": 1}).has_any_key(["a", "b"])
        require({"a": 1})
        """
        return self._check("has_any_key", keys)

    def has_byte_at(self, index: int, value: int) -> Self:
        """Passes when the octet at `index` is `value`.

        >>> require(b"abc").has_byte_at(0, 97)
        require(b"abc")
        """
        return self._check("has_byte_at", index, value)

    def has_cause_of_type(self, type: str) -> Self:
        """Passes when some cause of the error is of `type` or of a subtype.

        >>> require(Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), )))).has_cause_of_type("io")
        require(failed(error(load, "no settings", cause: error(io, "no file"))))
        """
        return self._check("has_cause_of_type", type)

    def has_char_count(self, count: int) -> Self:
        """Passes when `actual` has `count` code points.

        >>> require("café").has_char_count(4)
        require("café")
        """
        return self._check("has_char_count", count)

    def has_crc32(self, value: int) -> Self:
        """Passes when the CRC-32 is `value`.

        >>> require(b"abc").has_crc32(891568578)
        require(b"abc")
        """
        return self._check("has_crc32", value)

    def has_date(self, year: int, month: int, day: int) -> Self:
        """Passes when the local date of `actual` is this one.

        >>> require(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)).has_date(2026, 1, 2)
        require(time(2026-01-02T03:04:05Z))
        """
        return self._check("has_date", year, month, day)

    def has_duplicates(self) -> Self:
        """Passes when two items are equal.

        >>> require([1, 2, 1]).has_duplicates()
        require([1, 2, 1])
        """
        return self._check("has_duplicates")

    def has_entries(self, entries: AnyMap) -> Self:
        """Passes when for every entry of `entries`, some entry of `actual` has an equal key and an
        equal value.

        >>> require({"a": 1, "b": 2}).has_entries({"a": 1})
        require({"a": 1, "b": 2})
        """
        return self._check("has_entries", entries)

    def has_entry(self, key: object, value: object) -> Self:
        """Passes when some entry has a key that equals `key` and a value that equals `value`.

        >>> require({"a": 1}).has_entry("a", 1)
        require({"a": 1})
        """
        return self._check("has_entry", key, value)

    def has_entry_satisfying(self, key: object, check: Matcher) -> Self:
        """Passes when some entry has a key that equals `key` and a value for which `check` passes.

        >>> require({"a": 1}).has_entry_satisfying("a", match.is_positive())
        require({"a": 1})
        """
        return self._check("has_entry_satisfying", key, check)

    def has_error_in_chain(self, type: str) -> Self:
        """Passes when some error of the chain is of `type` or of a subtype.

        >>> require(Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), )))).has_error_in_chain("io")
        require(failed(error(load, "no settings", cause: error(io, "no file"))))
        """
        return self._check("has_error_in_chain", type)

    def has_field(self, name: str) -> Self:
        """Passes when there is a field with this name.

        >>> require({"a": 1}).has_field("a")
        require({"a": 1})
        """
        return self._check("has_field", name)

    def has_field_value(self, name: str, value: object) -> Self:
        """Passes when there is a field with this name, and it equals `value`.

        >>> require({"a": 1}).has_field_value("a", 1)
        require({"a": 1})
        """
        return self._check("has_field_value", name, value)

    def has_first(self, value: object) -> Self:
        """Passes when the first item is equal to `value`.

        >>> require(["a", "b"]).has_first("a")
        require(["a", "b"])
        """
        return self._check("has_first", value)

    def has_item_at(self, index: int, value: object) -> Self:
        """Passes when the item at `index` is equal to `value`.

        >>> require(["a", "b"]).has_item_at(1, "b")
        require(["a", "b"])
        """
        return self._check("has_item_at", index, value)

    def has_key(self, key: object) -> Self:
        """Passes when a key of the map equals `key`.

        >>> require({"a": 1}).has_key("a")
        require({"a": 1})
        """
        return self._check("has_key", key)

    def has_keys(self, keys: ListOf[object]) -> Self:
        """Passes when every item of `keys` equals some key of the map.

        >>> require({"a": 1, "b": 2}).has_keys(["a", "b"])
        require({"a": 1, "b": 2})
        """
        return self._check("has_keys", keys)

    def has_last(self, value: object) -> Self:
        """Passes when the last item is equal to `value`.

        >>> require(["a", "b"]).has_last("b")
        require(["a", "b"])
        """
        return self._check("has_last", value)

    def has_length(self, count: int) -> Self:
        """Passes when the size is `count`.

        >>> require([1, 2]).has_length(2)
        require([1, 2])
        """
        return self._check("has_length", count)

    def has_length_at_least(self, count: int) -> Self:
        """Passes when the size is at least `count`.

        >>> require([1, 2]).has_length_at_least(2)
        require([1, 2])
        """
        return self._check("has_length_at_least", count)

    def has_length_at_most(self, count: int) -> Self:
        """Passes when the size is at most `count`.

        >>> require([1, 2]).has_length_at_most(2)
        require([1, 2])
        """
        return self._check("has_length_at_most", count)

    def has_length_between(self, low: int, high: int) -> Self:
        """Passes when the size is at least `low` and at most `high`.

        >>> require([1]).has_length_between(1, 2)
        require([1])
        """
        return self._check("has_length_between", low, high)

    def has_line_count(self, count: int) -> Self:
        r"""Passes when `actual` has `count` lines.

        >>> require("a\nb\n").has_line_count(2)
        require("a\nb\n")
        """
        return self._check("has_line_count", count)

    def has_lines(self, lines: ListOf[str]) -> Self:
        r"""Passes when the lines of `actual` are the items of `lines`.

        >>> require("a\nb\n").has_lines(["a", "b"])
        require("a\nb\n")
        """
        return self._check("has_lines", lines)

    def has_maximum(self, value: Ordered) -> Self:
        """Passes when the largest item compares as the same as `value`.

        >>> require([3, 1, 2]).has_maximum(3)
        require([3, 1, 2])
        """
        return self._check("has_maximum", value)

    def has_median_at_most(self, limit: int) -> Self:
        """Passes when the median of `actual` is at most `limit`.

        >>> require([10, 20, 30]).has_median_at_most(20)
        require([10, 20, 30])
        """
        return self._check("has_median_at_most", limit)

    def has_minimum(self, value: Ordered) -> Self:
        """Passes when the smallest item compares as the same as `value`.

        >>> require([3, 1, 2]).has_minimum(1)
        require([3, 1, 2])
        """
        return self._check("has_minimum", value)

    def has_no_cause(self) -> Self:
        """Passes when the call failed with an error without causes.

        >>> require(Outcome(Ending.FAILED, Error("io", "no file"))).has_no_cause()
        require(failed(error(io, "no file")))
        """
        return self._check("has_no_cause")

    def has_no_duplicates(self) -> Self:
        """Passes when no two items are equal.

        >>> require([1, 2]).has_no_duplicates()
        require([1, 2])
        """
        return self._check("has_no_duplicates")

    def has_no_duplicates_by(self, path: str) -> Self:
        """Passes when no two values at `path` are equal.

        >>> require([{"n": 1}, {"n": 2}]).has_no_duplicates_by("$.n")
        require([{"n": 1}, {"n": 2}])
        """
        return self._check("has_no_duplicates_by", path)

    def has_no_null_fields(self) -> Self:
        """Passes when no field is null.

        >>> require({"a": 1}).has_no_null_fields()
        require({"a": 1})
        """
        return self._check("has_no_null_fields")

    def has_no_nulls(self) -> Self:
        """Passes when no item is null.

        >>> require([1, 2]).has_no_nulls()
        require([1, 2])
        """
        return self._check("has_no_nulls")

    def has_no_regression(self, baseline: ListOf[object], allowed_permille: int) -> Self:
        """Passes when median of `actual` * 1000 <= median of `baseline` * (1000 +
        `allowed_permille`).

        >>> require([115, 118, 121]).has_no_regression([100, 110, 120], 100)
        require([115, 118, 121])
        """
        return self._check("has_no_regression", baseline, allowed_permille)

    def has_only_fields(self, names: ListOf[str]) -> Self:
        """Passes when every item of `names` is the name of a field, and every name of a field is an
        item of `names`.

        >>> require({"a": 1, "b": 2}).has_only_fields(["a", "b"])
        require({"a": 1, "b": 2})
        """
        return self._check("has_only_fields", names)

    def has_only_keys(self, keys: ListOf[object]) -> Self:
        """Passes when every item of `keys` equals some key of the map, and every key some item.

        >>> require({"a": 1, "b": 2}).has_only_keys(["a", "b"])
        require({"a": 1, "b": 2})
        """
        return self._check("has_only_keys", keys)

    def has_path(self, path: str) -> Self:
        """Passes when `path` resolves.

        >>> require({"a": [1, 2]}).has_path("$.a[1]")
        require({"a": [1, 2]})
        """
        return self._check("has_path", path)

    def has_percentile_at_most(self, percent: int, limit: int) -> Self:
        """Passes when the percentile of `actual` is at most `limit`.

        >>> require([10, 20, 30]).has_percentile_at_most(90, 50)
        require([10, 20, 30])
        """
        return self._check("has_percentile_at_most", percent, limit)

    def has_regex_groups(self, pattern: str, groups: AnyMap) -> Self:
        r"""Passes when the named groups of the first match are `groups`.

        >>> require("2026-01-02").has_regex_groups("(?P<y>\\d{4})-(?P<m>\\d\\d)", {"m": "01", "y": "2026"})
        require("2026-01-02")
        """
        return self._check("has_regex_groups", pattern, groups)

    def has_regex_match_count(self, pattern: str, count: int) -> Self:
        r"""Passes when the pattern has exactly `count` matches without overlap.

        >>> require("a1b2").has_regex_match_count("\\d", 2)
        require("a1b2")
        """
        return self._check("has_regex_match_count", pattern, count)

    def has_root_cause_message(self, text: str) -> Self:
        """Passes when the own message of some root cause is `text`.

        >>> require(Outcome(Ending.FAILED, Error("load", "no settings", 0, (Error("io", "no file"), )))).has_root_cause_message("no file")
        require(failed(error(load, "no settings", cause: error(io, "no file"))))
        """
        return self._check("has_root_cause_message", text)

    def has_same_length_as(self, other: Sized) -> Self:
        """Passes when the size is that of `other`.

        >>> require(["a", "b"]).has_same_length_as([1, 2])
        require(["a", "b"])
        """
        return self._check("has_same_length_as", other)

    def has_same_members_as(self, other: ItemsOrSet) -> Self:
        """Passes when every item of `actual` occurs in `other`, and every item of `other` in
        `actual`.

        >>> require([2, 1, 2]).has_same_members_as([1, 2])
        require([2, 1, 2])
        """
        return self._check("has_same_members_as", other)

    def has_sha256(self, hex: str) -> Self:
        """Passes when the hexadecimal digits of the SHA-256 digest are `hex`.

        >>> require(b"abc").has_sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        require(b"abc")
        """
        return self._check("has_sha256", hex)

    def has_single_item(self, value: object) -> Self:
        """Passes when there is exactly one item, and it is equal to `value`.

        >>> require([1]).has_single_item(1)
        require([1])
        """
        return self._check("has_single_item", value)

    def has_time_of_day(self, hour: int, minute: int, second: int) -> Self:
        """Passes when the local time of day of `actual` is this one; nanoseconds do not count.

        >>> require(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)).has_time_of_day(3, 4, 5)
        require(time(2026-01-02T03:04:05Z))
        """
        return self._check("has_time_of_day", hour, minute, second)

    def has_utc_offset(self, seconds: int) -> Self:
        """Passes when the offset of `actual` is `seconds`.

        >>> require(Time(1767312000, 0, 7200)).has_utc_offset(7200)
        require(time(2026-01-02T02:00:00+02:00))
        """
        return self._check("has_utc_offset", seconds)

    def has_utf16_length(self, count: int) -> Self:
        """Passes when `actual` has `count` 16-bit units in UTF-16.

        >>> require("😀").has_utf16_length(2)
        require("😀")
        """
        return self._check("has_utf16_length", count)

    def has_utf8_length(self, count: int) -> Self:
        """Passes when `actual` has `count` octets in UTF-8.

        >>> require("café").has_utf8_length(5)
        require("café")
        """
        return self._check("has_utf8_length", count)

    def has_value(self, value: object) -> Self:
        """Passes when some value of the map equals `value`.

        >>> require({"a": 1}).has_value(1)
        require({"a": 1})
        """
        return self._check("has_value", value)

    def has_values(self, values: ListOf[object]) -> Self:
        """Passes when every item of `values` equals some value of the map.

        >>> require({"a": 1, "b": 2}).has_values([1, 2])
        require({"a": 1, "b": 2})
        """
        return self._check("has_values", values)

    def has_weekday(self, iso_day: int) -> Self:
        """Passes when the local day of the week of `actual` is `iso_day`: 1 for Monday to 7 for
        Sunday.

        >>> require(datetime(2026, 1, 2, tzinfo=UTC)).has_weekday(5)
        require(time(2026-01-02T00:00:00Z))
        """
        return self._check("has_weekday", iso_day)

    def hex_equals(self, hex: str) -> Self:
        r"""Passes when the hexadecimal digits of `actual` are `hex`.

        >>> require(b"\x00\xff").hex_equals("00FF")
        require(b"\x00\xff")
        """
        return self._check("hex_equals", hex)

    def identical(self, expected: object) -> Self:
        """Passes when `actual` is identical to `expected`.

        >>> require(0.0).identical(0.0)
        require(0.0)
        """
        return self._check("identical", expected)

    def intersects(self, other: ItemsOrSet) -> Self:
        """Passes when at least one item of `actual` occurs in `other`.

        >>> require([2, 3]).intersects([1, 2])
        require([2, 3])
        """
        return self._check("intersects", other)

    def is_after(self, other: datetime) -> Self:
        """Passes when `actual` > `other`.

        >>> require(datetime(2026, 1, 3, tzinfo=UTC)).is_after(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-03T00:00:00Z))
        """
        return self._check("is_after", other)

    def is_ascii(self) -> Self:
        """Passes when every code point is at most U+007F.

        >>> require("abc").is_ascii()
        require("abc")
        """
        return self._check("is_ascii")

    def is_ascii_alphanumeric(self) -> Self:
        """Passes when `actual` is not empty, and every code point is one of `0-9` `A-Z` `a-z`.

        >>> require("ab1").is_ascii_alphanumeric()
        require("ab1")
        """
        return self._check("is_ascii_alphanumeric")

    def is_ascii_digits(self) -> Self:
        """Passes when `actual` is not empty, and every code point is one of `0-9`.

        >>> require("123").is_ascii_digits()
        require("123")
        """
        return self._check("is_ascii_digits")

    def is_ascii_letters(self) -> Self:
        """Passes when `actual` is not empty, and every code point is one of `A-Z` `a-z`.

        >>> require("abc").is_ascii_letters()
        require("abc")
        """
        return self._check("is_ascii_letters")

    def is_ascii_lowercase(self) -> Self:
        """Passes when `actual` has none of `A-Z`, and at least one of `a-z`.

        >>> require("abc").is_ascii_lowercase()
        require("abc")
        """
        return self._check("is_ascii_lowercase")

    def is_ascii_uppercase(self) -> Self:
        """Passes when `actual` has none of `a-z`, and at least one of `A-Z`.

        >>> require("ABC").is_ascii_uppercase()
        require("ABC")
        """
        return self._check("is_ascii_uppercase")

    def is_at_least(self, limit: Ordered) -> Self:
        """Passes when `actual` >= `limit`.

        >>> require(10).is_at_least(10)
        require(10)
        """
        return self._check("is_at_least", limit)

    def is_at_most(self, limit: Ordered) -> Self:
        """Passes when `actual` <= `limit`.

        >>> require(10).is_at_most(10)
        require(10)
        """
        return self._check("is_at_most", limit)

    def is_at_or_after(self, other: datetime) -> Self:
        """Passes when `actual` >= `other`.

        >>> require(datetime(2026, 1, 2, tzinfo=UTC)).is_at_or_after(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-02T00:00:00Z))
        """
        return self._check("is_at_or_after", other)

    def is_at_or_before(self, other: datetime) -> Self:
        """Passes when `actual` <= `other`.

        >>> require(datetime(2026, 1, 2, tzinfo=UTC)).is_at_or_before(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-02T00:00:00Z))
        """
        return self._check("is_at_or_before", other)

    def is_base64_text(self) -> Self:
        """Passes when `actual` is base64 of the standard alphabet with canonical padding.

        >>> require("TWFu").is_base64_text()
        require("TWFu")
        """
        return self._check("is_base64_text")

    def is_before(self, other: datetime) -> Self:
        """Passes when `actual` < `other`.

        >>> require(datetime(2026, 1, 1, tzinfo=UTC)).is_before(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-01T00:00:00Z))
        """
        return self._check("is_before", other)

    def is_between(self, low: Ordered, high: Ordered) -> Self:
        """Passes when `low` <= `actual` <= `high`.

        >>> require(10).is_between(1, 10)
        require(10)
        """
        return self._check("is_between", low, high)

    def is_blank(self) -> Self:
        """Passes when every code point is whitespace.

        >>> require("  ").is_blank()
        require("  ")
        """
        return self._check("is_blank")

    def is_cancelled(self) -> Self:
        """Passes when the call was cancelled.

        >>> require(Outcome(Ending.CANCELLED)).is_cancelled()
        require(cancelled)
        """
        return self._check("is_cancelled")

    def is_close_to(self, expected: Number, tolerance: Number) -> Self:
        """Passes when the delta of `actual` and `expected` is at most `tolerance`.

        >>> require(3.125).is_close_to(3.0, 0.25)
        require(3.125)
        """
        return self._check("is_close_to", expected, tolerance)

    def is_close_to_time(self, expected: datetime, tolerance: timedelta) -> Self:
        """Passes when the distance of `actual` and `expected` is at most `tolerance`.

        >>> require(datetime(2026, 1, 2, 0, 0, 1, tzinfo=UTC)).is_close_to_time(datetime(2026, 1, 2, tzinfo=UTC), timedelta(seconds=1))
        require(time(2026-01-02T00:00:01Z))
        """
        return self._check("is_close_to_time", expected, tolerance)

    def is_collection(self) -> Self:
        """Passes when `actual` is a list, set or map.

        >>> require([1]).is_collection()
        require([1])
        """
        return self._check("is_collection")

    def is_disjoint_from(self, other: ItemsOrSet) -> Self:
        """Passes when no item of `actual` occurs in `other`.

        >>> require([3, 4]).is_disjoint_from([1, 2])
        require([3, 4])
        """
        return self._check("is_disjoint_from", other)

    def is_empty(self) -> Self:
        """Passes when the size is 0.

        >>> require([]).is_empty()
        require([])
        """
        return self._check("is_empty")

    def is_enum_value(self, type: str, name: str) -> Self:
        """Passes when `actual` is an enum of the type `type` whose member has the name `name`.

        >>> require(Enum("Color", "RED", 1)).is_enum_value("Color", "RED")
        require(Color.RED)
        """
        return self._check("is_enum_value", type, name)

    def is_even(self) -> Self:
        """Passes when 2 divides `actual`.

        >>> require(4).is_even()
        require(4)
        """
        return self._check("is_even")

    def is_false(self) -> Self:
        """Passes when `actual` is the bool false.

        >>> require(False).is_false()
        require(false)
        """
        return self._check("is_false")

    def is_finite(self) -> Self:
        """Passes when `actual` is an int, or a float that is neither NaN nor an infinity.

        >>> require(1.5).is_finite()
        require(1.5)
        """
        return self._check("is_finite")

    def is_greater_than(self, limit: Ordered) -> Self:
        """Passes when `actual` > `limit`.

        >>> require(11).is_greater_than(10)
        require(11)
        """
        return self._check("is_greater_than", limit)

    def is_hex_text(self) -> Self:
        """Passes when `actual` is hexadecimal digits: not empty, an even number, each one of `0-9`
        `A-F` `a-f`.

        >>> require("00ff").is_hex_text()
        require("00ff")
        """
        return self._check("is_hex_text")

    def is_in_future(self, now: datetime) -> Self:
        """Passes when `actual` > `now`.

        >>> require(datetime(2026, 1, 3, tzinfo=UTC)).is_in_future(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-03T00:00:00Z))
        """
        return self._check("is_in_future", now)

    def is_in_past(self, now: datetime) -> Self:
        """Passes when `actual` < `now`.

        >>> require(datetime(2026, 1, 1, tzinfo=UTC)).is_in_past(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-01T00:00:00Z))
        """
        return self._check("is_in_past", now)

    def is_infinite(self) -> Self:
        """Passes when `actual` is a float that is an infinity of any sign.

        >>> require(float("-inf")).is_infinite()
        require(-inf)
        """
        return self._check("is_infinite")

    def is_integral(self) -> Self:
        """Passes when `actual` is an int, or a finite float without a fraction.

        >>> require(7.0).is_integral()
        require(7.0)
        """
        return self._check("is_integral")

    def is_ipv4_text(self) -> Self:
        """Passes when `actual` is an IPv4 address.

        >>> require("192.0.2.1").is_ipv4_text()
        require("192.0.2.1")
        """
        return self._check("is_ipv4_text")

    def is_ipv6_text(self) -> Self:
        """Passes when `actual` is an IPv6 address.

        >>> require("2001:db8::1").is_ipv6_text()
        require("2001:db8::1")
        """
        return self._check("is_ipv6_text")

    def is_json(self) -> Self:
        """Passes when `actual` is JSON.

        >>> require("[1, 2]").is_json()
        require("[1, 2]")
        """
        return self._check("is_json")

    def is_kind(self, kind: str) -> Self:
        """Passes when the kind of `actual` is `kind`.

        >>> require(1).is_kind("int")
        require(1)
        """
        return self._check("is_kind", kind)

    def is_less_than(self, limit: Ordered) -> Self:
        """Passes when `actual` < `limit`.

        >>> require(9).is_less_than(10)
        require(9)
        """
        return self._check("is_less_than", limit)

    def is_multiple_of(self, divisor: int) -> Self:
        """Passes when the remainder of `actual` by `divisor` is 0.

        >>> require(12).is_multiple_of(3)
        require(12)
        """
        return self._check("is_multiple_of", divisor)

    def is_nan(self) -> Self:
        """Passes when `actual` is the float NaN.

        >>> require(float("nan")).is_nan()
        require(NaN)
        """
        return self._check("is_nan")

    def is_negative(self) -> Self:
        """Passes when `actual` < 0.

        >>> require(-1).is_negative()
        require(-1)
        """
        return self._check("is_negative")

    def is_negative_zero(self) -> Self:
        """Passes when `actual` is the float `-0.0`.

        >>> require(-0.0).is_negative_zero()
        require(-0.0)
        """
        return self._check("is_negative_zero")

    def is_not_between(self, low: Ordered, high: Ordered) -> Self:
        """Passes when `actual` < `low` or `actual` > `high`.

        >>> require(12).is_not_between(1, 10)
        require(12)
        """
        return self._check("is_not_between", low, high)

    def is_not_blank(self) -> Self:
        """Passes when some code point is not whitespace.

        >>> require(" a ").is_not_blank()
        require(" a ")
        """
        return self._check("is_not_blank")

    def is_not_close_to(self, expected: Number, tolerance: Number) -> Self:
        """Passes when the delta of `actual` and `expected` is more than `tolerance`.

        >>> require(3.5).is_not_close_to(3.0, 0.25)
        require(3.5)
        """
        return self._check("is_not_close_to", expected, tolerance)

    def is_not_empty(self) -> Self:
        """Passes when the size is not 0.

        >>> require([1]).is_not_empty()
        require([1])
        """
        return self._check("is_not_empty")

    def is_not_kind(self, kind: str) -> Self:
        """Passes when the kind of `actual` is not `kind`.

        >>> require(1.0).is_not_kind("int")
        require(1.0)
        """
        return self._check("is_not_kind", kind)

    def is_not_nan(self) -> Self:
        """Passes when `actual` is not the float NaN.

        >>> require(1.0).is_not_nan()
        require(1.0)
        """
        return self._check("is_not_nan")

    def is_not_negative(self) -> Self:
        """Passes when `actual` >= 0.

        >>> require(0).is_not_negative()
        require(0)
        """
        return self._check("is_not_negative")

    def is_not_null(self) -> Self:
        """Passes when `actual` is not null.

        >>> require(0).is_not_null()
        require(0)
        """
        return self._check("is_not_null")

    def is_not_one_of(self, options: ListOf[object]) -> Self:
        """Passes when `actual` equals no item of `options`.

        >>> require("blue").is_not_one_of(["red", "green"])
        require("blue")
        """
        return self._check("is_not_one_of", options)

    def is_not_positive(self) -> Self:
        """Passes when `actual` <= 0.

        >>> require(0).is_not_positive()
        require(0)
        """
        return self._check("is_not_positive")

    def is_not_zero(self) -> Self:
        """Passes when `actual` is not 0; NaN passes.

        >>> require(1).is_not_zero()
        require(1)
        """
        return self._check("is_not_zero")

    def is_not_zero_value(self) -> Self:
        """Passes when `actual` is not a zero value.

        >>> require(1).is_not_zero_value()
        require(1)
        """
        return self._check("is_not_zero_value")

    def is_null(self) -> Self:
        """Passes when `actual` is null.

        >>> require(None).is_null()
        require(null)
        """
        return self._check("is_null")

    def is_number(self) -> Self:
        """Passes when `actual` is an int or a float.

        >>> require(1.5).is_number()
        require(1.5)
        """
        return self._check("is_number")

    def is_odd(self) -> Self:
        """Passes when 2 does not divide `actual`.

        >>> require(5).is_odd()
        require(5)
        """
        return self._check("is_odd")

    def is_one_of(self, options: ListOf[object]) -> Self:
        """Passes when `actual` equals some item of `options`.

        >>> require("red").is_one_of(["red", "green"])
        require("red")
        """
        return self._check("is_one_of", options)

    def is_portable_regex(self) -> Self:
        """Passes when `actual` is a pattern of `pattern.md`.

        >>> require("[a-z]+").is_portable_regex()
        require("[a-z]+")
        """
        return self._check("is_portable_regex")

    def is_positive(self) -> Self:
        """Passes when `actual` > 0.

        >>> require(1).is_positive()
        require(1)
        """
        return self._check("is_positive")

    def is_printable(self) -> Self:
        """Passes when no code point is in the invisible list (`render.md`, *Text*).

        >>> require("abc").is_printable()
        require("abc")
        """
        return self._check("is_printable")

    def is_proper_subset_of(self, other: ItemsOrSet) -> Self:
        """Passes when every item of `actual` occurs in `other`, and some item of `other` does not
        occur in `actual`.

        >>> require([1, 2]).is_proper_subset_of([1, 2, 3])
        require([1, 2])
        """
        return self._check("is_proper_subset_of", other)

    def is_record_named(self, name: str) -> Self:
        """Passes when `actual` is a record with exactly the name `name`.

        >>> require(record_of("Point", [("x", to_value(1))])).is_record_named("Point")
        require(Point{x: 1})
        """
        return self._check("is_record_named", name)

    def is_relatively_close_to(self, expected: Number, ratio: Number) -> Self:
        """Passes when the measured ratio is at most `ratio`.

        >>> require(3.0).is_relatively_close_to(4.0, 0.25)
        require(3.0)
        """
        return self._check("is_relatively_close_to", expected, ratio)

    def is_rfc3339_text(self) -> Self:
        """Passes when `actual` is a date and time of RFC 3339.

        >>> require("2026-01-02T03:04:05Z").is_rfc3339_text()
        require("2026-01-02T03:04:05Z")
        """
        return self._check("is_rfc3339_text")

    def is_same_day_as(self, other: datetime) -> Self:
        """Passes when `actual` and `other` have the same date in UTC.

        >>> require(datetime(2026, 1, 2, 23, tzinfo=UTC)).is_same_day_as(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-02T23:00:00Z))
        """
        return self._check("is_same_day_as", other)

    def is_same_instant(self, other: datetime) -> Self:
        """Passes when `actual` and `other` are the same instant.

        >>> require(Time(1767312000, 0, 7200)).is_same_instant(datetime(2026, 1, 2, tzinfo=UTC))
        require(time(2026-01-02T02:00:00+02:00))
        """
        return self._check("is_same_instant", other)

    def is_same_kind_as(self, other: object) -> Self:
        """Passes when the kind of `actual` is that of `other`.

        >>> require(2).is_same_kind_as(1)
        require(2)
        """
        return self._check("is_same_kind_as", other)

    def is_semver_text(self) -> Self:
        """Passes when `actual` is a version of Semantic Versioning 2.0.0.

        >>> require("1.2.3-rc.1").is_semver_text()
        require("1.2.3-rc.1")
        """
        return self._check("is_semver_text")

    def is_sorted(self) -> Self:
        """Passes when each item <= the next one.

        >>> require([1, 2, 2]).is_sorted()
        require([1, 2, 2])
        """
        return self._check("is_sorted")

    def is_sorted_by(self, path: str) -> Self:
        """Passes when each value at `path` <= that of the next item.

        >>> require([{"n": 1}, {"n": 2}]).is_sorted_by("$.n")
        require([{"n": 1}, {"n": 2}])
        """
        return self._check("is_sorted_by", path)

    def is_sorted_descending(self) -> Self:
        """Passes when each item >= the next one.

        >>> require([2, 2, 1]).is_sorted_descending()
        require([2, 2, 1])
        """
        return self._check("is_sorted_descending")

    def is_strictly_between(self, low: Ordered, high: Ordered) -> Self:
        """Passes when `low` < `actual` < `high`.

        >>> require(9).is_strictly_between(1, 10)
        require(9)
        """
        return self._check("is_strictly_between", low, high)

    def is_strictly_decreasing(self) -> Self:
        """Passes when each item > the next one.

        >>> require([3, 2, 1]).is_strictly_decreasing()
        require([3, 2, 1])
        """
        return self._check("is_strictly_decreasing")

    def is_strictly_increasing(self) -> Self:
        """Passes when each item < the next one.

        >>> require([1, 2, 3]).is_strictly_increasing()
        require([1, 2, 3])
        """
        return self._check("is_strictly_increasing")

    def is_submap_of(self, other: AnyMap) -> Self:
        """Passes when for every entry of `actual`, some entry of `other` has an equal key and an
        equal value.

        >>> require({"a": 1}).is_submap_of({"a": 1, "b": 2})
        require({"a": 1})
        """
        return self._check("is_submap_of", other)

    def is_subset_of(self, other: ItemsOrSet) -> Self:
        """Passes when every item of `actual` occurs in `other`.

        >>> require([1, 2]).is_subset_of([1, 2, 3])
        require([1, 2])
        """
        return self._check("is_subset_of", other)

    def is_superset_of(self, other: ItemsOrSet) -> Self:
        """Passes when every item of `other` occurs in `actual`.

        >>> require([1, 2, 3]).is_superset_of([1, 2])
        require([1, 2, 3])
        """
        return self._check("is_superset_of", other)

    def is_text_within(self, container: str) -> Self:
        """Passes when `actual` occurs in `container`.

        >>> require("ell").is_text_within("hello")
        require("ell")
        """
        return self._check("is_text_within", container)

    def is_trimmed(self) -> Self:
        """Passes when neither the first nor the last code point is whitespace.

        >>> require("a b").is_trimmed()
        require("a b")
        """
        return self._check("is_trimmed")

    def is_true(self) -> Self:
        """Passes when `actual` is the bool true.

        >>> require(True).is_true()
        require(true)
        """
        return self._check("is_true")

    def is_truncated_to(self, unit: str) -> Self:
        """Passes when the local time of day of `actual` is a multiple of `unit`.

        >>> require(datetime(2026, 1, 2, 3, tzinfo=UTC)).is_truncated_to("hour")
        require(time(2026-01-02T03:00:00Z))
        """
        return self._check("is_truncated_to", unit)

    def is_utc(self) -> Self:
        """Passes when the offset of `actual` is 0.

        >>> require(datetime(2026, 1, 2, tzinfo=UTC)).is_utc()
        require(time(2026-01-02T00:00:00Z))
        """
        return self._check("is_utc")

    def is_uuid(self) -> Self:
        """Passes when `actual` is hexadecimal digits, upper or lower case, in groups of 8, 4, 4, 4
        and 12 with `-` between them.

        >>> require("6ba7b810-9dad-11d1-80b4-00c04fd430c8").is_uuid()
        require("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
        """
        return self._check("is_uuid")

    def is_valid_utf8(self) -> Self:
        """Passes when `actual` is valid UTF-8.

        >>> require(b"abc").is_valid_utf8()
        require(b"abc")
        """
        return self._check("is_valid_utf8")

    def is_within_percent(self, expected: Number, percent: Number) -> Self:
        """Passes when the measured percent are at most `percent`.

        >>> require(104).is_within_percent(100, 5)
        require(104)
        """
        return self._check("is_within_percent", expected, percent)

    def is_within_ulps(self, expected: Number, ulps: int) -> Self:
        """Passes when the measured ulps are at most `ulps`.

        >>> require(1.0000000000000002).is_within_ulps(1.0, 4)
        require(1.0000000000000002)
        """
        return self._check("is_within_ulps", expected, ulps)

    def is_zero(self) -> Self:
        """Passes when `actual` is 0.

        >>> require(0).is_zero()
        require(0)
        """
        return self._check("is_zero")

    def is_zero_value(self) -> Self:
        """Passes when `actual` is a zero value.

        >>> require(0).is_zero_value()
        require(0)
        """
        return self._check("is_zero_value")

    def json_contains(self, expected: str) -> Self:
        r"""Passes when the value of `actual` contains that of `expected`.

        >>> require("{\"a\": 1, \"b\": 2}").json_contains("{\"a\": 1}")
        require("{\"a\": 1, \"b\": 2}")
        """
        return self._check("json_contains", expected)

    def json_equals(self, expected: str) -> Self:
        r"""Passes when the values of `actual` and `expected` are equivalent.

        >>> require("{\"a\": 1.0}").json_equals("{\"a\": 1}")
        require("{\"a\": 1.0}")
        """
        return self._check("json_equals", expected)

    def json_kind(self, kind: str) -> Self:
        """Passes when the kind of the JSON value is `kind`.

        >>> require("[]").json_kind("array")
        require("[]")
        """
        return self._check("json_kind", kind)

    def json_path_equals(self, path: str, value: object) -> Self:
        r"""Passes when `path` resolves to a value that is equivalent to `value`.

        >>> require("{\"a\": 1}").json_path_equals("$.a", 1)
        require("{\"a\": 1}")
        """
        return self._check("json_path_equals", path, value)

    def lacks_entry(self, key: object, value: object) -> Self:
        """Passes when no entry has a key that equals `key` and a value that equals `value`.

        >>> require({"a": 2}).lacks_entry("a", 1)
        require({"a": 2})
        """
        return self._check("lacks_entry", key, value)

    def lacks_field(self, name: str) -> Self:
        """Passes when there is no field with this name.

        >>> require({"b": 1}).lacks_field("a")
        require({"b": 1})
        """
        return self._check("lacks_field", name)

    def lacks_key(self, key: object) -> Self:
        """Passes when no key of the map equals `key`.

        >>> require({"b": 1}).lacks_key("a")
        require({"b": 1})
        """
        return self._check("lacks_key", key)

    def lacks_keys(self, keys: ListOf[object]) -> Self:
        """Passes when no item of `keys` equals a key of the map.

        >>> require({"c": 1}).lacks_keys(["a", "b"])
        require({"c": 1})
        """
        return self._check("lacks_keys", keys)

    def lacks_path(self, path: str) -> Self:
        """Passes when `path` does not resolve.

        >>> require({"a": [1]}).lacks_path("$.a[1]")
        require({"a": [1]})
        """
        return self._check("lacks_path", path)

    def lacks_value(self, value: object) -> Self:
        """Passes when no value of the map equals `value`.

        >>> require({"a": 2}).lacks_value(1)
        require({"a": 2})
        """
        return self._check("lacks_value", value)

    def map_close_to(self, expected: AnyMap, tolerance: Number) -> Self:
        """Passes when both maps have the same keys, with close values.

        >>> require({"x": 1.125}).map_close_to({"x": 1.0}, 0.25)
        require({"x": 1.125})
        """
        return self._check("map_close_to", expected, tolerance)

    def matches_regex(self, pattern: str) -> Self:
        """Passes when the pattern matches the whole of `actual`.

        >>> require("abc").matches_regex("[a-z]+")
        require("abc")
        """
        return self._check("matches_regex", pattern)

    def matches_shape(self, shape: object) -> Self:
        """Passes when `actual` has the shape `shape`.

        >>> require({"at": None, "id": 7, "name": "Ada"}).matches_shape(match.open_map({"name": "Ada", "id": match.is_positive()}))
        require({"at": null, "id": 7, "name": "Ada"})
        """
        return self._check("matches_shape", NativeShape(shape))

    def none_satisfies(self, check: Matcher) -> Self:
        """Passes when `check` passes for no item.

        >>> require([0, 1]).none_satisfies(match.is_negative())
        require([0, 1])
        """
        return self._check("none_satisfies", check)

    def not_contains(self, item: object) -> Self:
        """Passes when no item of `actual` is equal to `item`.

        >>> require([1, 3]).not_contains(2)
        require([1, 3])
        """
        return self._check("not_contains", item)

    def not_contains_regex(self, pattern: str) -> Self:
        r"""Passes when the pattern has no match in `actual`.

        >>> require("abc").not_contains_regex("\\d+")
        require("abc")
        """
        return self._check("not_contains_regex", pattern)

    def not_contains_text(self, part: str) -> Self:
        """Passes when `part` does not occur in `actual`.

        >>> require("world").not_contains_text("ell")
        require("world")
        """
        return self._check("not_contains_text", part)

    def not_ends_with(self, suffix: str) -> Self:
        """Passes when `actual` does not end with `suffix`.

        >>> require("loud").not_ends_with("lo")
        require("loud")
        """
        return self._check("not_ends_with", suffix)

    def not_equal(self, expected: object) -> Self:
        """Passes when `actual` does not equal `expected`.

        >>> require(2).not_equal(1)
        require(2)
        """
        return self._check("not_equal", expected)

    def not_equivalent(self, expected: object) -> Self:
        """Passes when `actual` is not equivalent to `expected`.

        >>> require(3).not_equivalent(2.0)
        require(3)
        """
        return self._check("not_equivalent", expected)

    def not_identical(self, expected: object) -> Self:
        """Passes when `actual` is not identical to `expected`.

        >>> require(-0.0).not_identical(0.0)
        require(-0.0)
        """
        return self._check("not_identical", expected)

    def not_matches_regex(self, pattern: str) -> Self:
        """Passes when the pattern does not match the whole of `actual`.

        >>> require("abc1").not_matches_regex("[a-z]+")
        require("abc1")
        """
        return self._check("not_matches_regex", pattern)

    def not_starts_with(self, prefix: str) -> Self:
        """Passes when `actual` does not start with `prefix`.

        >>> require("shell").not_starts_with("he")
        require("shell")
        """
        return self._check("not_starts_with", prefix)

    def panics(self) -> Self:
        """Passes when the call panicked.

        >>> require(Outcome(Ending.PANICKED, to_value("stack is empty"))).panics()
        require(panicked("stack is empty"))
        """
        return self._check("panics")

    def panics_with_message(self, text: str) -> Self:
        """Passes when the call panicked with the text `text`.

        >>> require(Outcome(Ending.PANICKED, to_value("stack is empty"))).panics_with_message("stack is empty")
        require(panicked("stack is empty"))
        """
        return self._check("panics_with_message", text)

    def path_equals(self, path: str, value: object) -> Self:
        """Passes when `path` resolves to a value that equals `value`.

        >>> require({"a": [1, 2]}).path_equals("$.a[1]", 2)
        require({"a": [1, 2]})
        """
        return self._check("path_equals", path, value)

    def path_satisfies(self, path: str, check: Matcher) -> Self:
        """Passes when `path` resolves to a value for which `check` passes.

        >>> require({"a": [0, 2]}).path_satisfies("$.a[1]", match.is_positive())
        require({"a": [0, 2]})
        """
        return self._check("path_satisfies", path, check)

    def paths_equal(self, entries: AnyMap) -> Self:
        """Passes when every key of `entries` is a path that resolves to a value that equals that of
        the entry.

        >>> require({"a": 1, "b": 2}).paths_equal({"$.a": 1, "$.b": 2})
        require({"a": 1, "b": 2})
        """
        return self._check("paths_equal", entries)

    def proto_contains(self, partial: object) -> Self:
        """Passes when every field that is set in `partial` has an equal value in `actual`."""
        return self._check("proto_contains", partial)

    def proto_equal(self, expected: object) -> Self:
        """Passes when `actual` and `expected` are equal."""
        return self._check("proto_equal", expected)

    def proto_equal_ignoring(self, expected: object, paths: ListOf[str]) -> Self:
        """Passes when `actual` and `expected` are equal without the fields at `paths`."""
        return self._check("proto_equal_ignoring", expected, paths)

    def proto_equivalent(self, expected: object) -> Self:
        """Passes when `actual` and `expected` are equal if a field that is set to its default
        counts as unset.
        """
        return self._check("proto_equivalent", expected)

    def proto_field_equals(self, path: str, value: object) -> Self:
        """Passes when the field at `path` has a value that equals `value`."""
        return self._check("proto_field_equals", path, value)

    def proto_has_field(self, path: str) -> Self:
        """Passes when the field at `path` is set."""
        return self._check("proto_has_field", path)

    def proto_has_no_unknown_fields(self) -> Self:
        """Passes when neither it nor a message in it has unknown fields."""
        return self._check("proto_has_no_unknown_fields")

    def proto_is_type(self, name: str) -> Self:
        """Passes when the full name of its type is `name`."""
        return self._check("proto_is_type", name)

    def proto_lacks_field(self, path: str) -> Self:
        """Passes when the field at `path` is not set."""
        return self._check("proto_lacks_field", path)

    def proto_matches_text(self, text: str) -> Self:
        """Passes when `actual` is equal to the message that `text` describes in the text format."""
        return self._check("proto_matches_text", text)

    def proto_not_equal(self, expected: object) -> Self:
        """Passes when `actual` and `expected` are not equal."""
        return self._check("proto_not_equal", expected)

    def proto_oneof_is(self, oneof: str, field: str) -> Self:
        """Passes when the field of `oneof` that is set is `field`, or none if `field` is empty."""
        return self._check("proto_oneof_is", oneof, field)

    def returns_satisfying(self, check: Matcher) -> Self:
        """Passes when the call returned a value for which `check` passes.

        >>> require(Outcome(Ending.RETURNED, to_value(1))).returns_satisfying(match.is_positive())
        require(returned(1))
        """
        return self._check("returns_satisfying", check)

    def returns_value(self, value: object) -> Self:
        """Passes when the call returned a value that is equal to `value`.

        >>> require(Outcome(Ending.RETURNED, to_value(1))).returns_value(1)
        require(returned(1))
        """
        return self._check("returns_value", value)

    def satisfies_all(self, checks: ListOf[Matcher]) -> Self:
        """Passes when every check passes.

        >>> require(4).satisfies_all([match.is_positive(), match.is_even()])
        require(4)
        """
        return self._check("satisfies_all", Checks(checks))

    def satisfies_any(self, checks: ListOf[Matcher]) -> Self:
        """Passes when at least one check passes.

        >>> require(4).satisfies_any([match.is_negative(), match.is_even()])
        require(4)
        """
        return self._check("satisfies_any", Checks(checks))

    def satisfies_none(self, checks: ListOf[Matcher]) -> Self:
        """Passes when no check passes.

        >>> require(5).satisfies_none([match.is_negative(), match.is_even()])
        require(5)
        """
        return self._check("satisfies_none", Checks(checks))

    def satisfies_when(self, condition: Matcher, check: Matcher) -> Self:
        """Passes when `condition` fails, or both pass.

        >>> require(-1).satisfies_when(match.is_positive(), match.is_even())
        require(-1)
        """
        return self._check("satisfies_when", condition, check)

    def starts_with(self, prefix: str) -> Self:
        """Passes when `actual` starts with `prefix`.

        >>> require("hello").starts_with("he")
        require("hello")
        """
        return self._check("starts_with", prefix)

    def starts_with_bytes(self, prefix: Octets) -> Self:
        """Passes when `actual` starts with `prefix`.

        >>> require(b"abcd").starts_with_bytes(b"ab")
        require(b"abcd")
        """
        return self._check("starts_with_bytes", prefix)

    def starts_with_items(self, items: ListOf[object]) -> Self:
        """Passes when the first items of `actual` are equal to `items`.

        >>> require([1, 2, 3]).starts_with_items([1, 2])
        require([1, 2, 3])
        """
        return self._check("starts_with_items", items)

    def structure_close_to(self, expected: object, tolerance: Number) -> Self:
        """Passes when `actual` equals `expected`, except that floats need only be close.

        >>> require({"x": [1.125]}).structure_close_to({"x": [1.0]}, 0.25)
        require({"x": [1.125]})
        """
        return self._check("structure_close_to", expected, tolerance)

    def succeeds(self) -> Self:
        """Passes when the call returned.

        >>> require(Outcome(Ending.RETURNED, to_value(1))).succeeds()
        require(returned(1))
        """
        return self._check("succeeds")

    def sums_to(self, value: int) -> Self:
        """Passes when the exact sum of the items is `value`.

        >>> require([1, 2, 3]).sums_to(6)
        require([1, 2, 3])
        """
        return self._check("sums_to", value)

    def times_out_after(self, duration: timedelta) -> Self:
        """Passes when the call is pending, and `elapsed` >= `duration`.

        >>> require(record_of("Timed", [("outcome", Outcome(Ending.PENDING)), ("elapsed", to_value(timedelta(seconds=2)))])).times_out_after(timedelta(seconds=2))
        require(Timed{outcome: pending, elapsed: duration(2s)})
        """
        return self._check("times_out_after", duration)

    def transformed_by(self, transform: str, check: Matcher) -> Self:
        """Passes when `check` passes for the transformed value.

        >>> require(" a ").transformed_by("trim", match.equal("a"))
        require(" a ")
        """
        return self._check("transformed_by", transform, check)
