"""The guidance line by line: for screen readers, dumb terminals and logs."""
