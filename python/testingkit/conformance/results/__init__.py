"""The results of a run: findings, totals, and the decision."""
