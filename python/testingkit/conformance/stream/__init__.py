"""Stage 4: the plan's calls go out, observations come in.

`RunnerSession` drives one runner. It talks over a link: `batched` to runners with an SDK, `unary`
to plain gRPC servers. A link reports what breaks; the session finds the culprit and goes on.
"""

from testingkit.conformance.stream.reflection import NOT_SUBJECTS, fetch_descriptors
from testingkit.conformance.stream.session import (
    PROTOCOL_VERSION,
    ProtocolVersionError,
    RunnerSession,
)

__all__ = [
    "NOT_SUBJECTS",
    "PROTOCOL_VERSION",
    "ProtocolVersionError",
    "RunnerSession",
    "fetch_descriptors",
]
