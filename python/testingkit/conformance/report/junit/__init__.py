"""Writes a recorded run as JUnit XML."""
