"""Recorded runs: the event log and its readers."""
