"""What keeps a logbook safe: inspection, backups, what is saved of a damaged file, and what belongs to it."""
