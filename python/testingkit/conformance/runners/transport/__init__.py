"""Stage 4: the plan's calls go out, observations come in.

`RunnerSession` drives one runner. It talks over a link: `batched` to runners with an SDK, `unary`
to plain gRPC servers. A link reports what breaks; `isolation` finds the culprit, and the rest
goes on.
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
