"""When to move: the hour, what counts as a break, and how to say so."""
