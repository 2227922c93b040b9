"""The conformance harness: loads cases, drives runners, judges, compares, gates and reports.

``pipeline`` composes the stages, each a module named after what it does: ``load``, ``validate``,
``schedule``, ``stream``, ``judge``, ``compare``, ``gate``, ``report``. Stages never import each
other, and nothing here imports the kit, which is one of the things it grades.
"""
