"""What `make bench` is made of: measurements, the programs they run, the table they end in.

``measurements`` has the list of everything that is measured, ``lines`` what a line of the table is,
``work`` the calls, ``project`` the projects that the harness runs; ``harness``, ``streams`` and
``baselines`` have one timed run of it and of what it is compared with, and ``record`` the file
beside the table. What every line means is in docs/performance.md.
"""
