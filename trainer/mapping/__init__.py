"""Tables of timers and trackers, read by a mapping: a small TOML file that says what their columns mean.

`form` is the mapping and its check, `times` reads moments and lengths, `taking` turns rows into facts. What is wrong in
the mapping is a `LibraryError`, what is wrong in the table a `Misread`: each names its own file.
"""
