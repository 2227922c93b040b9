"""The error that ends a measurement."""

from __future__ import annotations


class BenchError(Exception):
    """Something could not be measured; the message has the reason."""
