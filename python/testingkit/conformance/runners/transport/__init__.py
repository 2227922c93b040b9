"""Stage 4: sends the calls of the plan to runners, and receives observations.

`RunnerSession` drives one runner over a link: `batched` for runners with an SDK, `unary` for plain
gRPC servers. If a link breaks, `fault_isolation` finds the culprit, and the other calls go on.
"""

from testingkit.conformance.runners.transport.handshake import (
    PROTOCOL_VERSION,
    ProtocolVersionError,
)
from testingkit.conformance.runners.transport.incidents import Incident, IncidentKind
from testingkit.conformance.runners.transport.link import Deliver, Queue
from testingkit.conformance.runners.transport.reflection import NOT_SUBJECTS, fetch_descriptors
from testingkit.conformance.runners.transport.session import RunnerSession

__all__ = [
    "NOT_SUBJECTS",
    "PROTOCOL_VERSION",
    "Deliver",
    "Incident",
    "IncidentKind",
    "ProtocolVersionError",
    "Queue",
    "RunnerSession",
    "fetch_descriptors",
]
