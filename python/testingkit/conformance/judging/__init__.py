"""Judging: one observation against its expectation, and the runners against each other."""
