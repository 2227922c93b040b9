"""Compares the catalog of assertions with what each kit has: `make parity`.

`exports` finds the functions that a user of a kit can call, and `answers` what the runner of the
kit answers to the cases of each assertion. `report` shows both for each group and language.
"""
