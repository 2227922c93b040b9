"""Known divergences: reading, checking, printing and editing their files."""
