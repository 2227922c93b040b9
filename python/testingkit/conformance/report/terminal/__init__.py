"""A run on the terminal, live or replayed, and what the other commands print."""

MAX_FINDINGS = 100  # shown in full unless --max-findings sets another number
