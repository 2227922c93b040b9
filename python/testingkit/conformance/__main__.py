"""``python -m testingkit.conformance`` is the ``testingkit`` command."""

from testingkit.conformance.cli import main

main()
