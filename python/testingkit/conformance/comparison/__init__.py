"""Comparing two messages field by field, under a policy."""
