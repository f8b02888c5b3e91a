"""Makes `v3.sqlite`, the logbook of form 3 that every later version must be able to read.

Run once, when form 3 was current; with a later form it would make another file.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sessions import (
    Draft,
    ExercisePlanned,
    Logbook,
    Note,
    PainRated,
    SessionBegun,
    SessionEnded,
    Stamp,
    WorkDone,
    draft,
)
from sessions.facts import store

_drawn = count(1)
_seconds = count(0)


def _random(size: int) -> bytes:
    return next(_drawn).to_bytes(size, "big")


def _stamp() -> Stamp:
    # Half past one at night: with days that start at four it belongs to the day before.
    return Stamp(1_772_325_000_000 + next(_seconds) * 1_000, 60, "Europe/Berlin")


def make(path: Path) -> None:
    """Write what form 3 added: sides rated apart, two facts of one id, days that start at another hour."""
    planned = (ExercisePlanned(0, "bridge", "Bridge", "15 a side", 2),)
    with Logbook.open(path, random=_random) as logbook:
        logbook.start_days_at(4)
        for body in (
            SessionBegun("core", "Core", "abc", planned, 8),
            WorkDone(1, 0, "bridge", "Bridge", 1, 1, "left", "cut_short", 1, None, 20_000, 15, 9),
            WorkDone(3, 0, "bridge", "Bridge", 1, 1, "right", "done", 1, None, 30_000, 15, 15),
            PainRated("after_exercise", 4, 0, "bridge", "Bridge", "left"),
            PainRated("after_exercise", 1, 0, "bridge", "Bridge", "right"),
            Note("Wärmflasche danach"),
            SessionEnded("finished", "", 90_000, 0),
        ):
            logbook.append(draft("s1", body, _stamp(), _random))
        stamp = _stamp()
        said = [Draft("same-id", "s1", stamp, "note", f'{{"text":"{text}"}}') for text in ("here", "there")]
        logbook.take_in(store(one, f"device-{number}", 1) for number, one in enumerate(said))


if __name__ == "__main__":
    make(Path(__file__).with_name("v3.sqlite"))
