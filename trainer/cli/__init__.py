"""The command line: the one place where clock, paths, sound and logbook are made."""
