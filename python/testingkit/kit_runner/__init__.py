"""The Python kit behind gRPC: the services of `testingkit/kit/v1`, each over one module of the kit.

Messages are turned into the kit's own values and back in `proto_value.py`; the kit itself knows
neither protobuf nor gRPC. `fault.py` has no module behind it: it misbehaves on request.
`services.py` registers all services.
"""
