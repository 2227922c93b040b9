"""Writes a recorded run as a step summary in Markdown."""
