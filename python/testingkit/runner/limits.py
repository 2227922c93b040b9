"""The sizes and times of the runner protocol."""

from typing import Final

PROTOCOL_VERSION: Final = 1
"""The version of the protocol that this SDK speaks."""

MESSAGE_BYTES: Final = 64 * 1024 * 1024
"""The largest message either side takes; gRPC's own default of 4 MiB is one large batch."""

RESPONSE_BYTES: Final = MESSAGE_BYTES - 64 * 1024
"""The largest answer to one call: what leaves room for the envelope in one message."""

BATCH_BYTES: Final = 4 * 1024 * 1024
"""Where an ``ExecuteResponse`` is closed and the next one begun."""

FLUSH_SECONDS: Final = 0.02
"""How long a finished call may wait for the rest of its batch before it is answered."""

STOP_SECONDS: Final = 2.0
"""How long a graceful end waits for what is still running."""

LAST_SECONDS: Final = 1.0
"""How long the process may take after that before it is ended, whatever it does."""
