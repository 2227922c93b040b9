"""Text as the terminal shows it."""

from __future__ import annotations

from testingkit.conformance.run_text import count
from testingkit.conformance.safe_text import brief, safe, safe_lines, shorten

__all__ = ["brief", "count", "safe", "safe_lines", "shorten"]
