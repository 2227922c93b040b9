"""The context in which the case files of a project are read."""

from __future__ import annotations

from testingkit.conformance.cases.load.expanders import Expanders
from testingkit.conformance.cases.load.methods import MethodIndex
from testingkit.conformance.cases.load.typed import TypedMessages
from testingkit.conformance.protobuf.schema import Schema


class LoadContext:
    """The types, methods and expanders of one project."""

    def __init__(self, schema: Schema, expanders: Expanders) -> None:
        self.schema = schema
        self.expanders = expanders
        self.methods = MethodIndex(schema)
        self.typed = TypedMessages(schema)
