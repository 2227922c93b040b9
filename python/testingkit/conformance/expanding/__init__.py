"""Runs the functions of a project that expand messages of case files, in a process of their own.

The coordinator must decide alone how it ends and what it prints. So code of a project cannot end
it, print to its standard output, change its folder or signal handlers, or keep it from ending.
``process.py`` is the process, and ``client.py`` starts it and asks it.
"""
