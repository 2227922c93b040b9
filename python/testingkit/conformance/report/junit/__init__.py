"""A run as JUnit XML."""
