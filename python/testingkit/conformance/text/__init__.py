"""Formats text for people: escapes, lists, numbers, suggestions."""
