"""A recorded run as one HTML file, which opens from a disk and loads nothing."""

from testingkit.conformance.render_html.document import write

__all__ = ["write"]
