"""The value module: the value model of all languages, its relations and its order.

The rules are in docs/kit/value.md. `testingkit.render` writes values as text.
"""

from testingkit.value.build import map_of, message_of, record_of, set_of
from testingkit.value.codes import ConversionError, ErrorCode
from testingkit.value.convert import to_value
from testingkit.value.kinds import (
    Bool,
    Bytes,
    Duration,
    Ending,
    Enum,
    Error,
    Float,
    Int,
    Kind,
    List,
    Map,
    Message,
    MessageField,
    MessageType,
    Null,
    Outcome,
    Record,
    Set,
    Text,
    Time,
    Value,
)
from testingkit.value.numbers import compare_numbers, ints_within, is_nan, nearest_float
from testingkit.value.order import order, sort_values
from testingkit.value.relations import equal, equivalent, identical

__all__ = [
    "Bool",
    "Bytes",
    "ConversionError",
    "Duration",
    "Ending",
    "Enum",
    "Error",
    "ErrorCode",
    "Float",
    "Int",
    "Kind",
    "List",
    "Map",
    "Message",
    "MessageField",
    "MessageType",
    "Null",
    "Outcome",
    "Record",
    "Set",
    "Text",
    "Time",
    "Value",
    "compare_numbers",
    "equal",
    "equivalent",
    "identical",
    "ints_within",
    "is_nan",
    "map_of",
    "message_of",
    "nearest_float",
    "order",
    "record_of",
    "set_of",
    "sort_values",
    "to_value",
]
