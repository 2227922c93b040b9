"""A run as Markdown."""
