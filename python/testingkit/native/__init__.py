"""The native module: assertions on native values, as tests write them (docs/kit/python.md).

`require` stops the test, `expect` collects failures, and `match` makes matchers. `subject` and
`match` are generated from the catalog of assertions. `testingkit` loads this package when one of
its names is used, so everything else starts without it.
"""
