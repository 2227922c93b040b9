"""The plan of a run: which calls, in which order, and which part of them."""
