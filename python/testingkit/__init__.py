"""TestingKit: one behaviour, several languages.

The Python test kit is the modules ``checks``, ``diff``, ``events``, ``render`` and ``value``, which
need only the standard library. ``conformance`` is the coordinator, ``runner`` the runner SDK, and
``kit_runner`` serves the kit over gRPC with the generated code in ``kit_proto``. ``lit`` is the
notation for the kit's values in case files.
"""

# The one source of the version: `make set-version` writes the other files that hold it.
__version__ = "0.1.0"
