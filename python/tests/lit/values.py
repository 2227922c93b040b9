"""Hypothesis strategies for `Value` messages that `lit` can express."""

import math
from typing import Any

from google.protobuf.duration_pb2 import Duration
from hypothesis import strategies as st

from testingkit.kit_proto.v1.value_pb2 import (
    NULL,
    EnumValue,
    ErrorValue,
    ListValue,
    MapValue,
    OutcomeValue,
    RecordValue,
    SetValue,
    TimeValue,
    Value,
)

_WORD = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True)
_NAMES = st.lists(_WORD, min_size=1, max_size=3).map(".".join) | st.text(max_size=3)
_INT_32 = st.integers(-(2**31), 2**31 - 1)
_BIG = st.integers(2**63, 2**80) | st.integers(-(2**80), -(2**63) - 1)
_DURATION_NANOS = st.integers(-(2**63) + 1, 2**63 - 1)


def _duration(nanos: int) -> Duration:
    sign = -1 if nanos < 0 else 1
    return Duration(seconds=sign * (abs(nanos) // 10**9), nanos=sign * (abs(nanos) % 10**9))


_TIMES = st.builds(
    TimeValue,
    seconds=st.integers(-62135510400, 253402214400),
    nanos=st.integers(0, 999_999_999),
    utc_offset_seconds=st.none() | st.integers(-86399, 86399),
)
_ERRORS = st.recursive(
    st.builds(ErrorValue, type=_NAMES, message=st.text(max_size=5), code=_INT_32),
    lambda causes: st.builds(
        ErrorValue, type=_NAMES, message=st.text(max_size=5), causes=st.lists(causes, max_size=3)
    ),
    max_leaves=4,
)
_SCALARS: st.SearchStrategy[Value] = st.one_of(
    st.just(Value(null=NULL)),
    st.builds(Value, bool=st.booleans()),
    st.builds(Value, int=st.integers(-(2**63), 2**63 - 1)),
    st.builds(Value, big_int=_BIG.map(str)),
    st.builds(Value, float=st.floats(allow_nan=False) | st.just(math.nan)),
    st.builds(Value, text=st.text()),
    st.builds(Value, bytes=st.binary()),
    st.builds(Value, enum=st.builds(EnumValue, type=_NAMES, number=_INT_32)),
    st.builds(
        Value,
        enum=st.builds(EnumValue, type=_NAMES, name=_WORD | st.text(max_size=2), number=_INT_32),
    ),
    st.builds(Value, error=_ERRORS),
    st.builds(Value, time=_TIMES),
    st.builds(Value, duration=_DURATION_NANOS.map(_duration)),
    st.builds(Value, outcome=st.just(OutcomeValue(pending=NULL))),
    st.builds(Value, outcome=st.builds(OutcomeValue, panicked=st.text(max_size=5))),
    st.builds(Value, outcome=st.builds(OutcomeValue, failed=_ERRORS)),
)


def _distinct(values: list[Value]) -> list[Value]:
    """Returns the distinct integers, texts and nulls, which need no rule of equality."""
    unique = {str(v): v for v in values if v.WhichOneof("kind") in ("int", "text", "null")}
    return list(unique.values())


def _record(name: str, fields: dict[str, Value]) -> RecordValue:
    pairs = [RecordValue.Field(name=key, value=value) for key, value in fields.items()]
    return RecordValue(name=name, fields=pairs)


def _map(keys: list[Value], value: Value) -> MapValue:
    return MapValue(entries=[MapValue.Entry(key=key, value=value) for key in _distinct(keys)])


def _containers(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    lists = st.lists(inner, max_size=4)
    records: Any = st.dictionaries(st.text(max_size=4), inner, max_size=3)
    return st.one_of(
        st.builds(Value, list=lists.map(lambda items: ListValue(items=items))),
        st.builds(Value, set=lists.map(lambda items: SetValue(items=_distinct(items)))),
        st.builds(Value, map=st.builds(_map, lists, inner)),
        st.builds(Value, record=st.builds(_record, _NAMES, records)),
        st.builds(Value, outcome=st.builds(OutcomeValue, returned=inner)),
    )


VALUES: st.SearchStrategy[Value] = st.recursive(_SCALARS, _containers, max_leaves=12)
