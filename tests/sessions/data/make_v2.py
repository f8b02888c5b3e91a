"""Makes `v2.sqlite`, the logbook of form 2 that every later version must be able to read.

Run once, when form 2 was current; with a later form it would make another file.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sessions import (
    ActivityLogged,
    CheckAnswered,
    Correction,
    Draft,
    ExercisePlanned,
    Logbook,
    PainRated,
    SessionBegun,
    SessionEnded,
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
    """Write what form 2 added: a level, answers, activities, their corrections and withdrawals."""
    planned = (ExercisePlanned(0, "sway-check", "Sway check", "as long as you like", 2),)
    with Logbook.open(path, random=_random) as logbook:

        def say(session: str, body: object) -> str:
            return logbook.append(draft(session, body, _stamp(), _random)).id  # type: ignore[arg-type]

        def answer(side: str, answer: str) -> CheckAnswered:
            return CheckAnswered(0, "sway-check", "Sway check", side, "Did you sway?", answer, answer.capitalize())  # type: ignore[arg-type]

        left_out = ("Clam: 1 of 3 sets",)
        say(
            "s1",
            SessionBegun("checks", "Checks", "abc", planned, 4, level=2, levels=5, weaker="left", left_out=left_out),
        )
        say("s1", WorkDone(1, 0, "sway-check", "Sway check", 1, 1, "left", "done", 1, None, 30_000, None, None))
        say("s1", answer("left", "yes"))
        say("s1", answer("left", "no"))
        right = say("s1", answer("right", "yes"))
        corrected = {"index": 0, "exercise": "sway-check", "name": "Sway check", "side": "right"}
        corrected |= {"question": "Did you sway?", "answer": "unsure", "text": "Unsure"}
        say("s1", Correction(right, "check_answered", corrected))
        say("s1", PainRated("after", 1))
        say("s1", SessionEnded("finished", "", 30_000, 0))
        walk = say("s2", ActivityLogged("walk", "Walk", 1_200_000, "moderate"))
        say(
            "s2",
            Correction(
                walk,
                "activity_logged",
                {"activity": "walk", "name": "Walk", "active_ms": 1_500_000, "intensity": "light"},
            ),
        )
        say("s3", ActivityLogged("run", "Run", 600_000, "vigorous"))
        gone = say("s4", ActivityLogged("swim", "Swim", 600_000, "moderate"))
        say("s4", Withdrawal(gone))
        logbook.append(Draft("future-1", "s2", _stamp(), "heart_rate", '{"bpm":61}'))


if __name__ == "__main__":
    make(Path(__file__).with_name("v2.sqlite"))
