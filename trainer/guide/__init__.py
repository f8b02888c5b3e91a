"""What happens next: a routine becomes a plan; commands and time go in, events come out.

Pure: no clock, file, device, randomness or screen. Times are whole milliseconds of one clock that
never goes back and that counts suspension, handed in by the caller.
"""
