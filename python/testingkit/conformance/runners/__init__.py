"""Runners: their processes and the gRPC connections to them."""
