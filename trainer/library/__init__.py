"""What can be done: exercises and routines as values, and the reader of their TOML files.

This package's `__init__` imports nothing, so that the pure rooms can take the values from
`trainer.library.model` without loading a file reader.
"""
