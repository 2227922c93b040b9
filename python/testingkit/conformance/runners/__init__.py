"""Reaching one runner: its process and its gRPC connection."""
