"""The commands of the breaks."""
