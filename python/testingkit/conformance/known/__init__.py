"""Reads, checks, prints and edits the files of known divergences."""
