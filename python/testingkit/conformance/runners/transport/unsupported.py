"""Observes the refusals of methods that the configuration lists as unsupported."""

from __future__ import annotations

from google.rpc import code_pb2

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport.link import Deliver
from testingkit.conformance.v1.observation_pb2 import Observation


def honour_unsupported(config: RunnerConfig, deliver: Deliver) -> Deliver:
    """Returns a function that delivers UNIMPLEMENTED of a listed method as unsupported.

    Generated code serves every method of a service, and answers UNIMPLEMENTED to those without an
    implementation.
    """
    if not config.unsupported:
        return deliver

    def honouring(call: Call, observation: Observation) -> None:
        is_refusal = observation.error.code == code_pb2.UNIMPLEMENTED
        if is_refusal and config.is_unsupported(call.method):
            observation = Observation(call_id=call.id)
            observation.unsupported.SetInParent()
        deliver(call, observation)

    return honouring
