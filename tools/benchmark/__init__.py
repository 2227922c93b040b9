"""The modules of `make bench`.

``measurements`` lists everything that is measured, and ``lines`` defines a line of the table.
``work`` makes the calls, and ``project`` writes the projects that the harness runs. ``harness``
times one run of the harness; ``streams`` and ``baselines`` time what it is compared with.
``record`` writes all samples to a file. docs/performance.md explains every line.
"""
