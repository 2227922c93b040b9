"""Known divergences from recorded runs: proposes new entries, and removes stale ones."""
