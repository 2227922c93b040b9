"""Generated code of the proto package `testingkit.kit`, one Python package a version."""
