"""Builders of the documentation: `python docs/build.py` (or `make docs`) runs them."""
