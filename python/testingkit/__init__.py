"""TestingKit: one behaviour, several languages.

The modules directly in this package are the Python test kit; they depend on the standard library
alone. ``conformance`` is the harness, ``runner`` the runner SDK, ``kit_runner`` the kit behind
gRPC, and ``lit`` the notation in which cases write values of the kit.
"""

# The one source of the version: `make set-version` writes the other files that hold it.
__version__ = "0.1.0"
