"""Composes the stages: the only place that knows all of them."""

from testingkit.conformance.pipeline.project import Project, Selection
from testingkit.conformance.pipeline.run import RunOptions, run

__all__ = ["Project", "RunOptions", "Selection", "run"]
