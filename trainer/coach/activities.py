"""Activities that a person logs by hand, and the minutes of a week against what the sources name. Pure.

Figures: 150 minutes of moderate activity a week or 75 of vigorous, so that a vigorous minute counts as two moderate
ones, and strength twice a week (`lasting`; WHO 2020). Light minutes are no part of either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from sessions.records import ActivityLogged, Intensity
from sessions.rows import WeekActivityRow

MODERATE_MIN, VIGOROUS_MIN, STRENGTH_TIMES = 150, 75, 2
LEAST_MIN, MOST_MIN = 1, 1440
"""Minutes that can be logged at once: up to a day (own)."""
INTENSITIES: tuple[Intensity, ...] = get_args(Intensity)

For: TypeAlias = Literal["minutes", "strength", "flexibility"]

_MS = 60_000


class Activity(Struct, frozen=True):
    """Something that can be logged in minutes."""

    id: str
    name: str
    usual: Intensity
    """How hard it usually is, where the person says nothing else."""
    source: str
    """Where `usual` comes from: `WHO`, `NHS` or `own`."""
    aliases: tuple[str, ...] = ()
    counts: For = "minutes"
    """What it counts toward in a week: the minutes, strength, or balance and flexibility."""


# WHO: its pages on moderate and vigorous activity; NHS: its activity guidelines for adults.
ACTIVITIES: tuple[Activity, ...] = (
    Activity("walk", "Walk", "moderate", "own", ("walking", "stroll", "dog walk")),
    Activity(
        "brisk-walk", "Brisk walk", "moderate", "WHO", ("brisk walking", "fast walk", "power walk", "nordic walk")
    ),
    Activity("swim", "Swim", "moderate", "own", ("swimming", "laps", "water aerobics", "aqua jogging")),
    Activity("cycle", "Cycle", "moderate", "NHS", ("cycling", "bike", "biking", "bicycle", "ride")),
    Activity("run", "Run", "vigorous", "WHO", ("running", "jog", "jogging", "treadmill")),
    Activity("row", "Row", "moderate", "own", ("rowing", "canoe", "kayak", "paddle")),
    Activity("hike", "Hike", "moderate", "NHS", ("hiking", "trek", "hill walk")),
    Activity("dance", "Dance", "moderate", "WHO", ("dancing", "zumba")),
    Activity("climb-stairs", "Climb stairs", "vigorous", "NHS", ("stairs", "climbing stairs", "stair climbing")),
    Activity("garden", "Garden", "moderate", "WHO", ("gardening", "yard work", "mow")),
    Activity("housework", "Housework", "moderate", "WHO", ("cleaning", "chores", "household")),
    Activity(
        "ball-games",
        "Ball games",
        "vigorous",
        "WHO",
        ("ball game", "football", "soccer", "basketball", "volleyball", "handball", "hockey", "tennis", "badminton"),
    ),
    Activity(
        "strength-class", "Strength class", "moderate", "own", ("strength", "weights", "gym", "bands"), "strength"
    ),
    Activity("yoga", "Yoga", "light", "own", ("pilates", "tai chi", "stretching"), "flexibility"),
    Activity("other", "Other", "moderate", "own", ("something else",)),
)
_BY_ID = {one.id: one for one in ACTIVITIES}


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())


_BY_WORD = {_plain(word): one for one in reversed(ACTIVITIES) for word in (*reversed(one.aliases), one.name, one.id)}


def resolve(word: str) -> Activity | None:
    """The activity of this id, name or alias; case, hyphens and spaces do not matter. None where there is none."""
    return _BY_WORD.get(_plain(word))


def suggestions(word: str, limit: int = 3) -> list[Activity]:
    """Activities that may have been meant, the nearest first."""
    import difflib

    close = difflib.get_close_matches(_plain(word)[:100], _BY_WORD, n=3 * limit, cutoff=0.6)
    return list({_BY_WORD[one].id: _BY_WORD[one] for one in close}.values())[:limit]


def starting(typed: str) -> Activity | None:
    """The first activity of which the name, else an alias, else any word of either, begins with what was typed."""
    typed = _plain(typed)
    if not typed:
        return None
    names = [(_plain(one.name), one) for one in ACTIVITIES]
    aliases = [(_plain(alias), one) for one in ACTIVITIES for alias in one.aliases]
    words = [(part, one) for text, one in (*names, *aliases) for part in text.split()]
    return next((one for text, one in (*names, *aliases, *words) if text.startswith(typed)), None)


def minutes(text: str) -> int | None:
    """The minutes that a person wrote: `LEAST_MIN` to `MOST_MIN` in ASCII digits; None for anything else."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and LEAST_MIN <= int(text) <= MOST_MIN):
        return None
    return int(text)


def logged(activity: Activity, length_min: int, intensity: Intensity | None = None) -> ActivityLogged:
    """The fact that an activity was done; at its usual intensity where none is said."""
    return ActivityLogged(activity.id, activity.name, length_min * _MS, intensity or activity.usual)


def in_words(body: ActivityLogged) -> str:
    """A logged activity on one line: `Walk, 20 min, moderate`."""
    return f"{body.name}, {body.active_ms // _MS} min, {body.intensity}"


class Week(Struct, frozen=True):
    """What was logged by hand in a week. Lengths are in whole minutes."""

    moderate_min: int
    """Minutes that count toward `MODERATE_MIN`: a vigorous one counts as two."""
    vigorous_min: int
    """Those of them that were vigorous, each once."""
    light_min: int
    """Light minutes, which count toward none."""
    strength_times: int
    flexibility_times: int


def add_up(rows: Iterable[WeekActivityRow]) -> Week:
    """The sums of one week. An activity that is not known here counts by its intensity."""
    ms = {"light": 0, "moderate": 0, "vigorous": 0}
    times = {"strength": 0, "flexibility": 0}
    for row in rows:
        known = _BY_ID.get(row.activity)
        if known is None or known.counts == "minutes":
            ms[row.intensity] += row.active_ms
        else:
            times[known.counts] += row.times
    vigorous_min = ms["vigorous"] // _MS
    return Week(
        (ms["moderate"] + 2 * ms["vigorous"]) // _MS,
        vigorous_min,
        ms["light"] // _MS,
        times["strength"],
        times["flexibility"],
    )


def week_in_words(week: Week, which: str = "this week") -> str:
    """What was logged in a week, beside what the sources name; neither praise nor blame."""
    parts = [f"{week.moderate_min} min moderate"]
    if week.vigorous_min:
        parts[0] += f" ({week.vigorous_min} vigorous, each counted twice)"
    parts += [f"{week.light_min} min light"] if week.light_min else []
    named = f"{MODERATE_MIN} min moderate or {VIGOROUS_MIN} vigorous"
    if week.strength_times:
        parts.append(f"strength {_times(week.strength_times)}")
        named += f", and strength {_times(STRENGTH_TIMES)}"
    if week.flexibility_times:
        parts.append(f"flexibility {_times(week.flexibility_times)}")
    return f"Logged {which}: {', '.join(parts)}. The sources name {named} a week."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
