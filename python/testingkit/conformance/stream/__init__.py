"""Stage 4: the plan's calls go out, observations come in.

`RunnerSession` drives one runner. It talks over a link: `batched` to runners with an SDK, `unary`
to plain gRPC servers. A link reports what breaks; the session finds the culprit and goes on.
"""

from testingkit.conformance.stream.reflection import fetch_descriptors
from testingkit.conformance.stream.session import RunnerSession

__all__ = ["RunnerSession", "fetch_descriptors"]
