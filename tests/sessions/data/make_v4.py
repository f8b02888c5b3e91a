"""Makes `v4.sqlite`, the logbook of form 4 that every later version must be able to read.

Run once, when form 4 was current; with a later form it would make another file.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sessions import Logbook, SessionBegun, SessionEnded, Stamp, WorkDone, draft
from sessions.breaks import (
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    WatchBegun,
    WatchEnded,
)

NINE_MS = 1_772_438_400_000
MINUTE_MS = 60_000

_drawn = count(1)


def _random(size: int) -> bytes:
    return next(_drawn).to_bytes(size, "big")


def make(path: Path) -> None:
    """Write what form 4 added: a morning with each kind of fact that tells of breaks."""
    work = WorkDone(1, 0, "mountain-pose", "Mountain pose", 1, 1, "none", "done", 1, None, 40_000, 5, 5, True)
    day = (
        (0, "w1", WatchBegun(NINE_MS, "GNOME")),
        (60, "b1", BreakOffered(NINE_MS + 60 * MINUTE_MS, "desk-break")),
        (60, "b2", BreakPostponed(NINE_MS + 60 * MINUTE_MS, NINE_MS + 65 * MINUTE_MS, 1)),
        (65, "s1", SessionBegun("desk-break", "Desk break", "abc", (), 3)),
        (66, "s1", work),
        (66, "s1", SessionEnded("finished", "", 60_000, 0)),
        (
            66,
            "b3",
            BreakSettled(NINE_MS + 60 * MINUTE_MS, "taken", NINE_MS + 66 * MINUTE_MS, "", "desk-break", session="s1"),
        ),
        (100, "b4", Rested(NINE_MS + 90 * MINUTE_MS, NINE_MS + 100 * MINUTE_MS)),
        (110, "b5", BreaksPaused(NINE_MS + 170 * MINUTE_MS)),
        (50, "b6", ClockChanged(-60 * MINUTE_MS)),
        (200, "w2", WatchEnded(NINE_MS + 200 * MINUTE_MS)),
    )
    with Logbook.open(path, random=_random) as logbook:
        for minute, session, body in day:
            stamp = Stamp(NINE_MS + minute * MINUTE_MS, 60, "Europe/Berlin")
            logbook.append(draft(session, body, stamp, _random))


if __name__ == "__main__":
    make(Path(__file__).with_name("v4.sqlite"))
