"""Single `lit` texts."""

import math

import pytest
from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, duration_pb2, message_factory

from testingkit.kit_proto.v1 import value_pb2
from testingkit.kit_proto.v1.value_pb2 import Value
from testingkit.lit import expand

_E_ACUTE = "\\u{e9}"


def read(text: str) -> Value:
    value = Value(lit=text)
    expand(value)
    return value


def test_a_value_without_lit_does_not_change() -> None:
    value = Value(int=3)
    expand(value)
    assert value == Value(int=3)


def test_integers_outside_64_bits_are_kept_as_text() -> None:
    assert read("9223372036854775807").int == 2**63 - 1
    assert read("-9223372036854775808").int == -(2**63)
    assert read("9223372036854775808").big_int == "9223372036854775808"
    assert read("-9223372036854775809").big_int == "-9223372036854775809"
    assert read("1" * 5000).big_int == "1" * 5000


def test_the_sign_of_zero_is_kept() -> None:
    assert math.copysign(1, read("-0.0").float) == -1


def test_int_float_and_bool_are_different_set_items() -> None:
    assert len(read("set{1, 1.0, true}").set.items) == 3


def test_empty_containers_are_set() -> None:
    for text, kind in (("[]", "list"), ("set{}", "set"), ("{}", "map"), ("A{}", "record")):
        assert read(text).WhichOneof("kind") == kind


def test_an_enum_has_its_number_in_parentheses() -> None:
    enums = [read(text).enum for text in ("a.Color.RED(1)", "Color(7)", "a.Color.(7)")]
    assert [(e.type, e.name, e.number) for e in enums] == [
        ("a.Color", "RED", 1),
        ("Color", "", 7),
        ("a.Color", "", 7),
    ]


def test_characters_may_be_literal_or_escaped() -> None:
    assert read('"é"').text == read(f'"{_E_ACUTE}"').text == "é"


def test_an_explicit_zero_offset_is_set_and_z_is_not() -> None:
    assert not read("time(1970-01-01T00:00:00Z)").time.HasField("utc_offset_seconds")
    explicit = read("time(1970-01-01T00:00:00+00:00)").time
    assert explicit.HasField("utc_offset_seconds")
    assert explicit.utc_offset_seconds == 0


def test_a_local_time_is_converted_to_an_instant() -> None:
    time = read("time(1970-01-01T00:59:59.5-00:30:01)").time
    assert (time.seconds, time.nanos, time.utc_offset_seconds) == (5400, 500_000_000, -1801)


def test_an_offset_can_lead_to_the_years_0_and_10000() -> None:
    assert read("time(0000-12-31T23:59:59-00:00:01)").time.seconds == -62135596800
    assert read("time(10000-01-01T00:00:00+00:00:01)").time.seconds == 253402300799


def test_names_that_are_not_identifiers_are_quoted() -> None:
    assert read('"Pair[int]"{"a b": 1}').record.name == "Pair[int]"
    assert read('"set"{}').record.name == "set"
    assert read('error("", "m")').error.type == ""
    enum = read('Op."+"(2)').enum
    assert (enum.type, enum.name, enum.number) == ("Op", "+", 2)


def test_records_with_different_names_are_different_set_items() -> None:
    assert len(read("set{A{}, B{}}").set.items) == 2


def test_both_parts_of_a_negative_duration_are_negative() -> None:
    duration = read("duration(-1.5s)").duration
    assert (duration.seconds, duration.nanos) == (-1, -500_000_000)


def test_nesting_is_limited() -> None:
    assert read("[" * 128 + "]" * 128).HasField("list")
    with pytest.raises(ValueError, match="deeper than 128"):
        read("[" * 129 + "]" * 129)
    with pytest.raises(ValueError, match="deeper than 128"):
        read('error(a, "", cause: ' * 100_000)


def test_dynamic_message_classes_can_be_expanded() -> None:
    pool = descriptor_pool.DescriptorPool()
    for module in (any_pb2, duration_pb2, value_pb2):
        file = descriptor_pb2.FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(file)
        pool.Add(file)
    descriptor = pool.FindMessageTypeByName("testingkit.kit.v1.Value")
    value = message_factory.GetMessageClass(descriptor)(lit="{1: [null]}")
    expand(value)
    assert value.SerializeToString() == read("{1: [null]}").SerializeToString()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "offset 0: expected a value, found the end"),
        ("[1, 2", "offset 5: expected `,` or `]`, found the end"),
        ("[1,]", "offset 3: expected a value, found ']'"),
        ("[1] 2", "offset 4: expected the end, found '2'"),
        ("01", "offset 1: expected the end of the number, found '1'"),
        ("1_000", "offset 1: expected the end of the number, found '_'"),
        ("1e+16", "offset 1: expected the end of the number, found 'e'"),
        ("1.", "offset 1: expected the end of the number, found '.'"),
        (".5", "offset 0: expected a value, found '.'"),
        ("-", "offset 1: expected a digit, found the end"),
        ("-0", "offset 0: -0 is not an integer; write 0 or -0.0"),
        ("1e400", "offset 0: too large for a binary64 number; write inf or -inf"),
        ("1e-400", "offset 0: too small for a binary64 number; write 0.0 or -0.0"),
        ('"a', 'offset 2: expected `"`, found the end'),
        (r'"\q"', "offset 2: expected one of"),
        (r'"\u{d800}"', "offset 2: U+D800 is not a Unicode scalar value"),
        (r'"\u{110000}"', "offset 2: U+110000 is not a Unicode scalar value"),
        ('"\u200b"', "offset 1: expected the escape \\u{200b} of an invisible character"),
        ('"a\nb"', "offset 2: expected the escape \\u{a} of an invisible character"),
        ('b"é"', "offset 2: expected printable ASCII or an escape, found '\\xe9'"),
        (r'b"\u{41}"', "offset 3: expected one of"),
        ("set{1, 2, 1}", "offset 10: duplicate item"),
        ("set{0.0, -0.0}", "offset 9: duplicate item"),
        ("set{NaN, NaN}", "offset 9: duplicate item"),
        ("{1: 2, 1: 3}", "offset 7: duplicate key"),
        ("{set{1, 2}: 2, set{2, 1}: 3}", "offset 15: duplicate key"),
        ("P{x: 1, x: 1}", "offset 8: duplicate field"),
        ("P{.x: 1}", "offset 2: expected a field name, found '.'"),
        ("{NaN: 1}", "offset 1: NaN cannot be a key"),
        ("set{A{}, record{}}", "offset 9: duplicate item"),
        ("Color.RED", "offset 9: expected `(` and the number of the enum's member"),
        ("Color.RED(2147483648)", "offset 10: the number does not fit 32 bits"),
        ('error("m")', "offset 9: expected `,`, found ')'"),
        ('error(, "m")', "offset 6: expected the type of the error, found ','"),
        ('error(a, "m", code: 0)', "offset 20: code 0 means no code; leave it out"),
        ('error(a, "m", cause: 1)', "offset 21: expected `error(`, found '1'"),
        ('error(a, "m", cause: error(b, ""), code: 1)', "offset 33: expected `)`, found ','"),
        ("failed(1)", "offset 7: expected `error(`, found '1'"),
        ("time(2026-02-30T00:00:00Z)", "offset 5: not a valid date"),
        ("time(2026-02-03T24:00:00Z)", "offset 5: not a valid time of day"),
        ("time(2026-02-03T00:00:60Z)", "offset 5: not a valid time of day"),
        ("time(2026-02-03T00:00:00+24:00)", "offset 5: not a valid offset from UTC"),
        ("time(2026-02-03T00:00:00)", "offset 5: expected a time such as"),
        ("time(0000-12-31T23:59:59Z)", "offset 5: not within the years 0001 to 9999 in UTC"),
        ("time(9999-12-31T23:59:59-00:01)", "offset 5: not within the years 0001 to 9999"),
        ("duration(1s", "offset 11: expected `)`, found the end"),
        ("duration(9223372036.854775808s)", "offset 9: longer than 2^63-1 nanoseconds"),
        ("duration(" + "9" * 5000 + "s)", "offset 9: longer than 2^63-1 nanoseconds"),
    ],
)
def test_malformed_text_is_refused_with_the_offset(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^lit: ") as caught:
        read(text)
    assert message in str(caught.value)
