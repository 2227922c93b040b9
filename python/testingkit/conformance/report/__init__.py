"""Recorded runs in the formats that people and other tools read. Counts and decides nothing."""
