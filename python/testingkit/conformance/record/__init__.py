"""Recorded runs: the event log, and what reads it."""
