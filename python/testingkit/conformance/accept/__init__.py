"""Accepting answers as goldens: which answers runners agree on, and what would change."""
