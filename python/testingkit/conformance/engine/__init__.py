"""Runs a plan: calls the runners, judges the answers, records every event."""
