"""Prints runs, live or recorded, and the results of other commands on the terminal."""

MAX_FINDINGS = 100  # shown in full unless --max-findings sets another number
