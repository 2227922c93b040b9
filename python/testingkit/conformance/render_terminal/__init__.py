"""Stage 8, second half: a run on the terminal, live or replayed."""

from testingkit.conformance.render_terminal.run import TerminalRun

__all__ = ["TerminalRun"]
