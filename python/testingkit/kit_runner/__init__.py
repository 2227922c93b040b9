"""Serves the Python kit over gRPC: the services of `testingkit/kit/v1`, one per module of the kit.

The kit itself does not use protobuf or gRPC: `proto_value.py` converts messages to values of the
kit and back. `fault.py` belongs to no module of the kit; it misbehaves on request. `services.py`
registers all services.
"""

from testingkit.extras import require

require("runner")
