"""What is heard: short tones as pure data, and a player that keeps every sound library in a child process."""
