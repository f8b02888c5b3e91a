"""Numbers and counts in words. Pure."""

from __future__ import annotations


def short(value: float, decimals: int = 6) -> str:
    """A number without what is not needed of it: `6`, `6.5`."""
    text = f"{round(value, decimals) + 0.0:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(number: int, one: str) -> str:
    """`1 day`, `2 days`: of what is never in its thousands, or stands beside what has no commas."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def many(number: int, one: str) -> str:
    """`1 fact`, `2,000 facts`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"
