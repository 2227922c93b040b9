"""The sizes and times of the runner protocol."""

from typing import Final

PROTOCOL_VERSION: Final = 1
"""The version of the protocol that this SDK supports."""

INSTANCE_ID_BYTES: Final = 16
"""The length of the random id of a started runner."""

MESSAGE_BYTES: Final = 64 * 1024 * 1024
"""The largest message that either side accepts. A batch can exceed gRPC's default of 4 MiB."""

RESPONSE_BYTES: Final = MESSAGE_BYTES - 64 * 1024
"""The largest answer to one call, which leaves room for the rest of the message."""

BATCH_BYTES: Final = 4 * 1024 * 1024
"""The size at which an ``ExecuteResponse`` is sent and the next one started."""

FLUSH_SECONDS: Final = 0.02
"""The maximum time that the answer of a finished call waits for the rest of its batch."""

STOP_SECONDS: Final = 2.0
"""How long a graceful shutdown waits for running calls."""

STACK_BYTES: Final = 64 * 1024 * 1024
"""The stack of a thread that runs handlers, as in the SDKs for Rust and Go; it is only reserved."""

RECURSION: Final = 10_000
"""How many calls of Python a handler may nest."""

LAST_SECONDS: Final = 1.0
"""How long after that the process is ended, even if handlers are still running."""
