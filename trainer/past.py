"""The logbook looked back on: what the screens and `trainer stats` show alike. Knows no screen."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sessions.review import monday_of, week_of
from sessions.streaks import Streak, streak
from trainer.charts import dates
from trainer.charts.bars import Bar, bars
from trainer.charts.lines import words
from trainer.charts.numbers import counted
from trainer.charts.plot import plot
from trainer.charts.weeks import Series
from trainer.coach import lookback, week
from trainer.coach.lookback import MEASURE_NAMES, Measure, Period, Subject
from trainer.library.errors import LibraryError
from trainer.library.model import Kind
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from sessions.rows import SessionRow
    from trainer.charts.lines import Line
    from trainer.library.shelf import Library

_MINUTE_MS, _DAY_MS = 60_000, 86_400_000
_AROUND_MS = 3 * _DAY_MS
"""So much before or after a week by UTC may a session have begun that belongs to it by its own clock and day."""
_PAGE = 200
_NAMED = 60
"""Characters of a name: a logbook may hold any."""


class Past:
    """A logbook read for looking back on the local day `today`. What is read once is kept.

    Everything may raise `LogbookError`.
    """

    def __init__(self, logbook: Logbook, library: Library, today: str) -> None:
        self.today = today
        self._logbook = logbook
        self._library = library

    @cached_property
    def first_day(self) -> str:
        """The first day on which something was done; empty where nothing was."""
        return self._logbook.first_day()

    # --- trends ----------------------------------------------------------------------------------

    def weeks(self, count: int | None) -> Period:
        """This week and those before it, `count` at most; all where that is None."""
        return lookback.latest_weeks(count, self.today, self.first_day)

    def since(self, day: str) -> Period:
        """The weeks from a local day to this one."""
        return lookback.period(day, self.today, self.first_day)

    def pain(self, over: Period) -> Subject:
        """All ratings."""
        return lookback.all_pain(self._logbook.week_pain(over.since, over.until), over)

    def exercises(self, over: Period) -> list[Subject]:
        """The exercises of a period, those with the most sets first."""
        found = [subject for id in self._logbook.exercises() if (subject := self.exercise(id, over)) is not None]
        return sorted(found, key=lambda one: (-one.works, one.name.casefold(), one.id))

    def exercise(self, id: str, over: Period) -> Subject | None:
        """One exercise; None where nothing was done or rated in the period."""
        rows = self._logbook.week_exercise(id, over.since, over.until)
        return lookback.exercise(id, self._names.get(id) or clean(id, limit=_NAMED), rows, over)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The name of each exercise, cleaned: the one under which it was done most."""
        rows = sorted(self._logbook.names(), key=lambda row: (row.sessions, row.name))
        return {row.id: clean(row.name, limit=_NAMED).strip() for row in rows if row.kind == "exercise"}

    # --- days and weeks --------------------------------------------------------------------------

    def minutes(self, year: int) -> dict[str, int]:
        """Whole minutes of each day of a year on which something was done, at least 1."""
        ms: dict[str, int] = {}
        for row in self._logbook.days(f"{year:04}-01-01", f"{year:04}-12-31"):
            ms[row.day] = ms.get(row.day, 0) + row.active_ms
        return {day: max(1, spent // _MINUTE_MS) for day, spent in ms.items()}

    def streak(self) -> Streak:
        """The streak that holds today, with the rest days that each routine's frequency leaves."""
        times = {routine.id: routine.times_a_week for routine in self._library.headings()[0]} if self.first_day else {}
        return streak(self._logbook.days_back(self.today), self.today, times.get)

    def this_week(self) -> week.Week:
        """The week of today."""
        return self.week(week_of(self.today))

    def week(self, which: str) -> week.Week:
        """What was done in a local ISO week (`2026-W09`)."""
        logbook = self._logbook
        sessions = self._sessions(which)
        began = [row.began_ms for row in sessions]
        practised = logbook.practised_between(min(began), max(began) + 1) if began else []
        kinds = self._kinds({row.exercise for row in practised})
        aerobic = [id for id, kind in kinds.items() if kind == week.AEROBIC]
        aerobic_ms = sum(row.actual_ms for id in aerobic for row in logbook.week_exercise(id, which, which))
        return week.add_up(logbook.week_activity(which), sessions, practised, kinds, aerobic_ms)

    def _sessions(self, which: str) -> list[SessionRow]:
        monday_ms = (date.fromisoformat(monday_of(which)) - date(1970, 1, 1)).days * _DAY_MS
        before_ms, before_id = monday_ms + 7 * _DAY_MS + _AROUND_MS, ""
        found: list[SessionRow] = []
        while rows := self._logbook.sessions(_PAGE, before_ms, before_id=before_id):
            found += [row for row in rows if row.week == which]
            before_ms, before_id = rows[-1].began_ms, rows[-1].id
            if before_ms < monday_ms - _AROUND_MS:
                break
        return found

    def _kinds(self, ids: set[str]) -> dict[str, Kind]:
        """The kinds of exercises; one that is no longer in the library has none."""
        kinds: dict[str, Kind] = {}
        for id in ids:
            try:
                kinds[id] = self._library.exercise(id).kind
            except LibraryError:
                continue
        return kinds


def period_said(over: Period, *, brief: bool = False) -> str:
    """Which weeks these are, and which of them are held against each other."""
    begin, end, first, last = (date.fromisoformat(day) for day in (*over.days, over.first_until, over.lately_from))
    if over.weeks < 2:
        return f"The week from {dates.whole(begin)} to {dates.whole(end)}."
    shown = dates.whole if over.weeks > lookback.YEAR_WEEKS else dates.day_and_month
    compared = f"irst: to {shown(first)}. Lately: from {shown(last)}."
    return f"F{compared}" if brief else f"{dates.whole(begin)} to {dates.whole(end)}. At f{compared}"


def streak_said(found: Streak) -> str:
    """A streak in words."""
    if not found.days and not found.weeks:
        return "No days in a row just now; the next session begins some."
    rests = f", rest days among them; active on {found.active}" if found.active < found.days else ""
    days = [f"{counted(found.days, 'day')} in a row{rests}."] if found.days else []
    weeks = [f"{counted(found.weeks, 'week')} in a row."] if found.weeks else []
    return " ".join([*days, *weeks])


def this_week(kept_up: Streak, found: week.Week, *, width: int, ascii_only: bool = False) -> list[Line]:
    """The streak, and this week beside what the sources name, in at most `width` columns."""
    end = "." if ascii_only else "…"
    rows = [Bar(one.name, one.value, one.said, one.of) for one in week.targets(found)]
    return [
        *words(streak_said(kept_up), width, end=end),
        (),
        *words("This week, beside what the sources name", width, "bold", end),
        *bars(rows, width=width, ascii_only=ascii_only),
    ]


def series(subject: Subject, measure: Measure) -> list[Series]:
    """What a plot draws of a measure: a series for each side, or for each time of rating."""
    factor = 100 if measure == "whole" else 1
    return [Series(one.name or subject.name, one.role, one.values(factor)) for one in subject.telling(measure)]


def plotted(subject: Subject, measure: Measure, *, width: int, height: int, ascii_only: bool = False) -> list[Line]:
    """A measure of it by week."""
    from_day, to_day = subject.period.days
    return plot(
        series(subject, measure),
        width=width,
        height=height,
        from_day=from_day,
        to_day=to_day,
        y_max={"pain": 10.0, "whole": 100.0}.get(measure, 0.0),
        unit=MEASURE_NAMES[measure],
        ascii_only=ascii_only,
    )
