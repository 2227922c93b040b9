"""Changes one rule of one kit at a time, and reports whether the corpus notices it: `make mutants`.

`seeded` has mutants that are written by hand, one for each trap between the languages. `operators`
makes random ones. `build` applies a mutant to a copy of a kit and builds its runner, and `run` runs
the corpus against it.
"""
