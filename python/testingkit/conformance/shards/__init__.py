"""Merging the shards of a run into that run."""
