"""What is generated from the catalog of assertions in ``catalog/``.

`make generate` runs this package, see ``__main__``: `read` reads the catalog, and one module for
each language or document writes the files of it.
"""
