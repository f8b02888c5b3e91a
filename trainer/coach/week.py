"""A week against what the sources name for one: minutes of activity, strength, stretching. Pure.

Figures: 150 minutes of moderate activity a week or 75 of vigorous, so that a vigorous minute counts as two moderate
ones, strength twice, balance and flexibility several times (`lasting`; WHO 2020). Light minutes are no part of these.
That a guided walk is moderate is our own reading, as of one that is logged by hand; what is done several times on one
day counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sessions.rows import PracticeRow, SessionRow, WeekActivityRow
from trainer.coach.activities import counts_for
from trainer.library.model import Kind

MODERATE_MIN, VIGOROUS_MIN, STRENGTH_TIMES = 150, 75, 2
SEVERAL = 3
"""What several times a week is read as, where a number is needed (own)."""
AEROBIC: Kind = "aerobic"
STRENGTH: Kind = "strength"
FLEXIBILITY: frozenset[Kind] = frozenset({"stretch", "mobility"})
"""Kinds of exercises that count toward the minutes, strength, and balance and flexibility."""

_MS = 60_000


class Week(Struct, frozen=True):
    """What was done in a week. Lengths are in whole minutes."""

    moderate_min: int
    """Minutes that count toward `MODERATE_MIN`, guided walks among them: a vigorous one counts as two."""
    vigorous_min: int
    """Those of them that were vigorous, each once."""
    light_min: int
    """Light minutes, which count toward none."""
    strength_times: int
    """Days with strength, guided or logged by hand."""
    flexibility_times: int
    """Days with stretching, mobility or what is logged as such."""


class Target(Struct, frozen=True):
    """One thing that the sources name for a week."""

    name: str
    value: int
    of: int
    said: str
    """Both in words."""


def add_up(
    activities: Iterable[WeekActivityRow],
    sessions: Iterable[SessionRow],
    practised: Iterable[PracticeRow],
    kinds: Mapping[str, Kind],
    aerobic_ms: int,
) -> Week:
    """The sums of one week: what was logged by hand, its sessions, and the exercises that were done in these.

    An exercise without a kind counts for nothing; an activity that is not known here counts by its intensity.
    `aerobic_ms` is the time spent on exercises of the kind `AEROBIC`.
    """
    ms = {"light": 0, "moderate": aerobic_ms, "vigorous": 0}
    for row in activities:
        if counts_for(row.activity) == "minutes":
            ms[row.intensity] += row.active_ms
    strength, flexibility = set[str](), set[str]()
    day_of: dict[str, str] = {}
    for session in sessions:
        counts = counts_for(session.activity) if session.activity else ""
        if counts == "strength":
            strength.add(session.day)
        elif counts == "flexibility":
            flexibility.add(session.day)
        elif session.done or session.cut_short:
            day_of[session.id] = session.day
    for one in practised:
        kind, day = kinds.get(one.exercise), day_of.get(one.session)
        if day is not None and kind == STRENGTH:
            strength.add(day)
        elif day is not None and kind in FLEXIBILITY:
            flexibility.add(day)
    return Week(
        (ms["moderate"] + 2 * ms["vigorous"]) // _MS,
        ms["vigorous"] // _MS,
        ms["light"] // _MS,
        len(strength),
        len(flexibility),
    )


def in_words(week: Week, which: str = "this week") -> str:
    """What was done in a week, beside what the sources name; neither praise nor blame."""
    parts = [_minutes(week)]
    parts += [f"{week.light_min} min light"] if week.light_min else []
    named = f"{MODERATE_MIN} min moderate or {VIGOROUS_MIN} vigorous"
    if week.strength_times:
        parts.append(f"strength {_times(week.strength_times)}")
        named += f", and strength {_times(STRENGTH_TIMES)}"
    if week.flexibility_times:
        parts.append(f"flexibility {_times(week.flexibility_times)}")
    return f"Logged {which}: {', '.join(parts)}. The sources name {named} a week."


def _minutes(week: Week) -> str:
    more = f" ({week.vigorous_min} vigorous, each counted twice)" if week.vigorous_min else ""
    return f"{week.moderate_min} min moderate{more}"


def targets(week: Week) -> tuple[Target, ...]:
    """The week beside each thing that the sources name for one."""
    strength, flexibility = week.strength_times, week.flexibility_times
    return (
        Target("Activity", week.moderate_min, MODERATE_MIN, f"{_minutes(week)}; named: {MODERATE_MIN}"),
        Target("Strength", strength, STRENGTH_TIMES, f"{_days(strength)}; named: {STRENGTH_TIMES}"),
        Target("Stretching", flexibility, SEVERAL, f"{_days(flexibility)}; named: several"),
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
