"""Finds the methods that cases call."""

from __future__ import annotations

from testingkit.conformance.cases.model import Method
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.text.suggestions import did_you_mean
from testingkit.conformance.v1 import case_pb2


class MethodError(Exception):
    """A case has no method that it can call."""


class ServiceError(MethodError):
    """The service of a case does not exist."""


class MethodIndex:
    """Finds and caches the methods of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._found: dict[str, Method] = {}

    def of_case(self, name: str, suite: case_pb2.Suite) -> Method:
        """Returns the method of a case.

        Args:
            name: The method that the case names; empty if it names none.
            suite: The suite, which has the service and may have a default method.

        Raises:
            MethodError: The method does not exist, or is not unary.
        """
        name = name or suite.defaults.method
        if not name:
            raise MethodError('no method: write method: "Name", a method of the service')
        if "/" not in name:
            if not suite.service:
                raise MethodError(
                    f"method {name}: the suite has no service; "
                    "add service: or write package.Service/Method"
                )
            name = f"{suite.service}/{name}"
        return self.find(name)

    def find(self, name: str) -> Method:
        """Returns a method by its full name, ``package.Service/Method``.

        Raises:
            MethodError: The method does not exist, or is not unary.
        """
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Method:
        service, _, method_name = name.rpartition("/")
        methods = self._schema.methods(service)
        if methods is None:
            hint = did_you_mean(service, self._schema.services)
            raise ServiceError(f"there is no service {service}{hint}")
        method = next((m for m in methods if m.name == method_name), None)
        if method is None:
            hint = did_you_mean(method_name, [m.name for m in methods])
            raise MethodError(f"{service} has no method {method_name}{hint}")
        if method.client_streaming or method.server_streaming:
            raise MethodError(f"{name} is a streaming method; cases call unary methods")
        return Method(name, method.input_type, method.output_type)
