"""The command line: a thin face; data on standard output, talk on standard error."""
