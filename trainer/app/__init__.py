"""What is on the screen. Textual, and nothing that the rooms below could know."""
