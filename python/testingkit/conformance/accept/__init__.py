"""Accepts answers as goldens: chooses them, proposes changes, and writes the files."""
