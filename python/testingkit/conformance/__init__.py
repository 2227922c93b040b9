"""The coordinator: loads cases, drives runners, judges, compares, gates and reports.

Each folder is a room with one task. It imports only rooms below it, from ``cli`` at the top to
``text`` at the bottom; ``pyproject.toml`` has the order. No room imports the kit or a runner: the
coordinator grades them.
"""
