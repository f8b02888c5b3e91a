"""Lengths of time in words. Pure, and loads nothing."""


def minutes(left_ms: int) -> str:
    """How long that is: `25 min`, `1 h 5 min`, `less than a minute`."""
    whole = -(-left_ms // 60_000)
    if left_ms < 60_000:
        return "less than a minute"
    if whole < 60:
        return f"{whole} min"
    return f"{whole // 60} h" if whole % 60 == 0 else f"{whole // 60} h {whole % 60} min"
