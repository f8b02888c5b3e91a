"""Days in English words, whatever the locale. Pure."""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def month(day: date) -> str:
    """`Mar`"""
    return MONTHS[day.month - 1][:3]


def day_and_month(day: date) -> str:
    """`3 Mar`"""
    return f"{day.day} {month(day)}"


def whole(day: date) -> str:
    """`3 Mar 2026`"""
    return f"{day_and_month(day)} {day.year}"


def ordinal(number: int) -> str:
    """`3rd`, of a day in its month."""
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
