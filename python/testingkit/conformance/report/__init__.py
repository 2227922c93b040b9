"""Writes recorded runs in the formats that people and other tools read; decides nothing."""
