"""Activities that a person logs by hand: which there are, how hard each usually is, what it counts toward. Pure."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from sessions.records import ActivityLogged, Intensity

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


def counts_for(id: str) -> For:
    """What the activity of this id counts toward; one that is not known here counts by its minutes."""
    known = _BY_ID.get(id)
    return "minutes" if known is None else known.counts


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
