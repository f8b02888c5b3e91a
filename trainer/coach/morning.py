"""Whether to ask how it is the next morning. Pure.

Figures: pain no worse the next morning is what an exercise that suits leaves behind (pain-monitoring model;
physiotherapy practice pages). Until when it is the morning is of our own making.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sessions.rows import SessionRow

UNTIL_MIN = 12 * 60
"""Minutes of the local clock until which it is the morning (own)."""


def asks(rows: Iterable[SessionRow], today: str, minute: int) -> SessionRow | None:
    """The session of yesterday whose next morning is to be rated, None where there is none or it is no morning.

    `rows` come latest first, `today` is the local date, `minute` that of the local day. Only the last guided session of
    the day is asked for, and only where it was rated at all: who rates nothing is not asked.
    """
    if minute >= UNTIL_MIN:
        return None
    yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    for row in rows:
        if row.day == today or row.activity or not row.done + row.cut_short:
            continue
        if row.day != yesterday or row.pain_most is None:
            return None
        return row if row.pain_next_morning is None else None
    return None
