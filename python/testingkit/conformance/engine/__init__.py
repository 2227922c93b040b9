"""Runs a plan: asks the runners, judges the answers, records every event."""
