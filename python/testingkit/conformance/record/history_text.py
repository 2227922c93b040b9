"""What a history says of a case, in words, for all that shows it."""

from __future__ import annotations

from testingkit.conformance.record.history import Share, Story


def format_rates(story: Story) -> str:
    """How often a case passes and wavers, each with its interval."""
    return f"passes {_share(story.passed)}  wavers {_share(story.flaky)}"


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.0%} of {share.whole} ({low:.0%} to {high:.0%})"
