"""A run on the terminal, live or replayed, and what the other commands print."""
