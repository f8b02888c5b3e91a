"""What the report is made of, read from the logbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sessions.logbook import Logbook
from sessions.review import week_of
from sessions.rows import DayRow, RatingRow, SessionRow
from sessions.trends import week_before
from sessions.wanted import Wanted
from trainer.coach.lookback import Period
from trainer.guide import logged
from trainer.guide.told import WHEN
from trainer.library.shelf import Library
from trainer.past import Past
from trainer.report.page import MOST_HIGHEST, MOST_NOTES, High, Material, RoutineDone, most
from trainer.text import clean

WEEKS = 12
"""Of a report where no period is named (own)."""
_HIGHEST_NRS = 10


def period(past: Past, since: str, until: str) -> Period:
    """The weeks from one local day to another; where one is empty, `WEEKS` up to today or to the other."""
    until_week = week_of(min(until or past.today, past.today))
    first = week_of(past.first_day or past.today)
    since_week = week_of(since) if since else max(first, week_before(until_week, WEEKS - 1))
    return Period(min(max(since_week, first), until_week), until_week)


def material(logbook: Logbook, library: Library, past: Past, over: Period, person: str) -> Material:
    """All that the report of some weeks is made of."""
    first, last = over.days
    until = min(last, past.today)
    days = logbook.days(first, until)
    return Material(
        person,
        over,
        until,
        (date.fromisoformat(until) - date.fromisoformat(first)).days + 1,
        sum(row.sessions for row in days),
        len({row.day for row in days}),
        _routines(logbook, library, days),
        past.pain(over),
        tuple(past.exercises(over)),
        tuple(_highest(logbook, first, until)),
        tuple(logbook.answered(first, until)),
        *_notes(logbook, first, until),
    )


def _routines(logbook: Logbook, library: Library, days: list[DayRow]) -> tuple[RoutineDone, ...]:
    asked = {routine.id: routine.times_a_week for routine in library.headings()[0]}
    names = {row.id: row.name for row in sorted(logbook.names(), key=lambda row: row.sessions) if row.kind == "routine"}
    of: dict[str, list[DayRow]] = {}
    for row in days:
        of.setdefault(row.routine, []).append(row)
    return most(
        [
            RoutineDone(
                (names.get(id) or id) if id else "",
                sum(row.sessions for row in rows),
                len(rows),
                sum(row.active_ms for row in rows),
                asked.get(id),
            )
            for id, rows in of.items()
        ]
    )


def _highest(logbook: Logbook, since: str, until: str) -> Iterator[High]:
    """The highest ratings, of those alike the latest first."""
    rows: dict[str, SessionRow] = {}
    least = _HIGHEST_NRS
    while least and len(rows) < MOST_HIGHEST:
        wanted = Wanted(since=since, until=until, pain_from=least)
        rows |= {row.id: row for row in logbook.find(wanted, limit=MOST_HIGHEST)}
        least -= 1
    found: list[tuple[RatingRow, SessionRow]] = []
    for row in rows.values():
        detail = logbook.session(row.id)
        found += [(rating, row) for rating in (detail.ratings if detail is not None else ()) if rating.nrs > least]
    found.sort(key=lambda pair: (-pair[0].nrs, -pair[0].utc_ms))
    for rating, row in found[:MOST_HIGHEST]:
        yield High(row.day, rating.nrs, _what(rating, row))


def _what(rating: RatingRow, row: SessionRow) -> str:
    if rating.when in WHEN:
        when = {"next_morning": "the morning after"}.get(rating.when, rating.when)
        return f"{when} {logged.name(row)}"
    side = f", {rating.side}" if rating.side in ("left", "right") else ""
    return f"after {rating.name or rating.exercise or 'an exercise'}{side}"


def _notes(logbook: Logbook, since: str, until: str) -> tuple[tuple[tuple[str, str], ...], int]:
    """The latest notes, each with the day of its session, and how many there are in all."""
    sessions = logbook.noted_sessions(since, until)
    found: list[tuple[str, str]] = []
    for session in dict.fromkeys(sessions):
        if len(found) >= MOST_NOTES:
            break
        detail = logbook.session(session)
        if detail is not None:
            found += [(detail.row.day, " ".join(clean(note.text, lines=True).split())) for note in detail.notes[::-1]]
    return tuple(found[:MOST_NOTES]), len(sessions)
