"""Writes a recorded run as one HTML file, which opens from a disk and loads nothing."""

from testingkit.conformance.report.html.document import write

__all__ = ["write"]
