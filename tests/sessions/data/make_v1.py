"""Makes `v1.sqlite`, the logbook of form 1 that every later version must be able to read.

Run once, when form 1 was current; with a later form it would make another file.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sessions import (
    Correction,
    Draft,
    Eased,
    ExercisePlanned,
    Logbook,
    Note,
    PainRated,
    SessionBegun,
    SessionEnded,
    SessionResumed,
    Stamp,
    Withdrawal,
    WorkDone,
    draft,
)

_drawn = count(1)
_seconds = count(0)


def _random(size: int) -> bytes:
    return next(_drawn).to_bytes(size, "big")


def _stamp() -> Stamp:
    return Stamp(1_772_352_000_000 + next(_seconds) * 1_000, 60, "Europe/Berlin")


def make(path: Path) -> None:
    """Write two sessions with every kind of fact, and one kind that is not known."""
    planned = (ExercisePlanned(0, "bird-dog", "Bird dog", "2 × 30 s", 2), ExercisePlanned(1, "clam", "Clam", "20", 1))
    with Logbook.open(path, random=_random) as logbook:

        def say(session: str, body: object) -> str:
            return logbook.append(draft(session, body, _stamp(), _random)).id  # type: ignore[arg-type]

        say("s1", PainRated("before", 4))
        say("s1", SessionBegun("back-basics", "Back basics", "abc", planned, 9))
        say("s1", WorkDone(1, 0, "bird-dog", "Bird dog", 1, 2, "left", "done", 1, 30_000, 30_000, None, None))
        say("s1", SessionResumed(3))
        say("s1", WorkDone(3, 0, "bird-dog", "Bird dog", 2, 2, "right", "cut_short", 1, 30_000, 9_000, None, None))
        rating = say("s1", PainRated("after_exercise", 7, 0, "bird-dog", "Bird dog", "left"))
        say("s1", Correction(rating, "pain_rated", {"when": "after_exercise", "nrs": 5, "exercise": "bird-dog"}))
        say("s1", Eased(1, "clam", "knee-rolls", "Knee rolls", "pain above 5"))
        say("s1", WorkDone(5, 1, "knee-rolls", "Knee rolls", 1, 1, "alternating", "skipped", 1, None, 0, 20, 0))
        say("s1", Note("Schlecht geschlafen – 膝"))
        say("s1", SessionEnded("finished", "", 60_000, 4_000))
        say("s1", PainRated("next_morning", 2))
        logbook.append(Draft("future-1", "s1", _stamp(), "heart_rate", '{"bpm":61}'))
        say("s2", SessionBegun("desk-break", "Desk break", "def", (), 2))
        say("s2", Withdrawal("s2"))


if __name__ == "__main__":
    make(Path(__file__).with_name("v1.sqlite"))
