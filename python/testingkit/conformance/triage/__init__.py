"""Known divergences from recorded runs: adding entries, and removing those that no longer hold."""
