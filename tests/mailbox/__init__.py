# ruff: noqa: A005 - the tests mirror the tree of the package, whose names are doors, not modules of Python
