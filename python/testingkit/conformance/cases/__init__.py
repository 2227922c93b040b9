"""Loads, validates and selects cases."""
