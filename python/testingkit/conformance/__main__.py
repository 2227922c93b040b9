"""Runs the ``testingkit`` command, for ``python -m testingkit.conformance``."""

from testingkit.conformance.cli import main

main()
