"""The render module: values as text, the same bytes in every language (docs/kit/render.md)."""

from testingkit.render.canonical import canonical, truncated
from testingkit.render.expanded import expanded
from testingkit.render.limits import FAILURE_LIMITS, Limits
from testingkit.render.names import field_name

__all__ = ["FAILURE_LIMITS", "Limits", "canonical", "expanded", "field_name", "truncated"]
