"""Formats the pass and flake rates of a case, for the terminal and the page."""

from __future__ import annotations

from testingkit.conformance.record.history import CaseHistory, Share


def format_rates(history: CaseHistory) -> str:
    """Returns how often a case passes and how often it is flaky, each with its interval."""
    return f"passes {_share(history.passed)}  flaky {_share(history.flaky)}"


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.0%} of {share.whole} ({low:.0%} to {high:.0%})"
