"""A realistic history, made up: a decade with gaps, relapses, two devices and three time zones.

The same seed gives the same facts. Nothing here is a person's.

    python tests/benchmarks/years.py FOLDER [--sessions N] [--years N] [--seed N]

writes a logbook into FOLDER/logbook.sqlite, with which the program can be tried: `trainer --data-dir FOLDER`.
"""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from sessions.facts import Draft, Fact, draft, store
from sessions.logbook import Logbook
from sessions.records import (
    ActivityLogged,
    Body,
    Correction,
    ExercisePlanned,
    Note,
    PainRated,
    SessionBegun,
    SessionEnded,
    Stamp,
    WorkDone,
)

DEVICES = ("d0d0d0d0d0d0d0d0", "1a91091a91091a91")
"""A machine at the desk, and a laptop."""
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")
LAST_DAY = datetime(2026, 3, 1, tzinfo=UTC)
_SECONDS = 1000


class Exercise(Struct, frozen=True):
    """An exercise as the history knows it."""

    id: str
    name: str
    sided: bool
    reps: int | None
    """Repetitions a set, None where it is held for `hold_s`."""
    hold_s: int = 30


BRIDGE = Exercise("single-leg-bridge", "Single-leg bridge", True, 15)
ROUTINES: tuple[tuple[str, str, float, tuple[Exercise, ...]], ...] = (
    ("desk-break", "Desk break", 0.2, (Exercise("mountain-pose", "Mountain pose", False, None, 40),)),
    (
        "core-spine-glutes",
        "Core, spine and glutes",
        1.0,
        (
            Exercise("bird-dog", "Bird dog", True, 8),
            Exercise("plank", "Plank", False, None),
            BRIDGE,
            Exercise("squat", "Squat", False, 12),
        ),
    ),
    (
        "stretch-and-strengthen",
        "Stretch and strengthen",
        1.9,
        (
            Exercise("knee-to-chest", "Knee to chest", True, None),
            Exercise("cat-cow", "Cat-cow", False, 10),
            Exercise("childs-pose", "Child's pose", False, None),
            Exercise("seated-twist", "Seated twist", True, None),
            Exercise("glute-bridge", "Glute bridge", False, 12),
            Exercise("side-plank", "Side plank", True, None, 20),
        ),
    ),
    (
        "back-basics",
        "Back basics",
        0.3,
        (
            Exercise("knee-rolls", "Knee rolls", False, 10),
            Exercise("pelvic-tilt", "Pelvic tilt", False, 10),
            Exercise("cat-camel", "Cat-camel", False, 8),
        ),
    ),
)
"""Ids and names, how often they are taken beside each other, and what they are made of. Doses are made up."""
NOTES = (
    "Slept badly, stiff in the morning.",
    "Long drive yesterday.",
    "Left side felt easier today.",
    "Twinge in the lower back when getting up.",
    "Good day. Walked at noon.",
    "Moved boxes at the weekend; sore.",
)


class Years:
    """Facts in the order in which they happened, by session."""

    def __init__(self, sessions: int, *, years: float = 10.0, seed: int = 1) -> None:
        self.sessions = sessions
        self.years = years
        self.chance = Random(seed)  # made up, and the same each time
        self._seq = dict.fromkeys(DEVICES, 0)

    def facts(self) -> Iterator[Fact]:
        """All facts, each signed by the device it was stored on."""
        for device, drafts in self.sessions_of_drafts():
            for one in drafts:
                self._seq[device] += 1
                yield store(one, device, self._seq[device])

    def sessions_of_drafts(self) -> Iterator[tuple[str, list[Draft]]]:
        """Each session's device and drafts."""
        made = 0
        days = max(1, round(self.years * 365.25))
        a_day = self.sessions / (days * 0.72)  # a day in four has none
        while made < self.sessions:
            made_before = made
            for number in range(days):
                if made >= self.sessions:
                    return
                day = LAST_DAY - timedelta(days=days - 1 - number)
                if self._rests(number, day):
                    continue
                count = int(a_day) + (self.chance.random() < a_day % 1)
                for _ in range(min(count, self.sessions - made)):
                    made += 1
                    yield self._session(number / days, day)
            if made == made_before:
                return

    def _rests(self, number: int, day: datetime) -> bool:
        """Weekends half of the time, two weeks of leave a year, and a month without in the third year."""
        if number % 365 in range(200, 214) or number in range(900, 930):
            return True
        return self.chance.random() < (0.5 if day.weekday() >= 5 else 0.18)

    def _pain(self, share: float) -> float:
        """Pain over the years: from 6 down to 2, with a relapse of some weeks every other year."""
        fading = 2 + 4 * math.exp(-3 * share)
        relapse = 3 * math.exp(-(((share * 5) % 1 - 0.5) ** 2) / 0.004)
        return fading + relapse

    def _nrs(self, about: float) -> int:
        return max(0, min(10, round(self.chance.gauss(about, 0.8))))

    def _session(self, share: float, day: datetime) -> tuple[str, list[Draft]]:
        chance = self.chance
        device = DEVICES[chance.random() < 0.3]
        # Half a year on each of two journeys.
        zone = ZONES[1] if 0.30 < share < 0.35 else ZONES[2] if 0.62 < share < 0.67 else ZONES[0]
        local = day.replace(tzinfo=ZoneInfo(zone)) + timedelta(minutes=chance.randrange(6 * 60, 25 * 60))
        if chance.random() < 0.06:
            return device, self._signed(local, zone, [ActivityLogged("walk", "Walk", 1_200_000, "moderate")])
        id, name, _, exercises = chance.choices(ROUTINES, [one[2] for one in ROUTINES])[0]
        return device, self._signed(local, zone, list(self._bodies(id, name, exercises, self._pain(share), share)))

    def _bodies(
        self, id: str, name: str, exercises: tuple[Exercise, ...], pain: float, share: float
    ) -> Iterator[Body | tuple[str, int]]:
        planned = tuple(
            ExercisePlanned(n, one.id, one.name, "made up", 2 if one.sided else 1) for n, one in enumerate(exercises)
        )
        chance = self.chance
        yield SessionBegun(id, name, "0" * 64, planned, 4 * len(exercises))
        if chance.random() < 0.9:
            yield PainRated("before", self._nrs(pain))
        active_ms, step = 0, 0
        for index, one in enumerate(exercises):
            for side in ("left", "right") if one.sided else ("none",):
                # The left side lags behind, and catches up over the years.
                able = min(1.0, 0.55 + 0.5 * share if side == "left" else 0.85 + 0.2 * share)
                whole = chance.random() < able
                part = 1.0 if whole else chance.uniform(0.3, 0.9)
                long_ms = round((one.hold_s if one.reps is None else one.reps * 3) * part) * _SECONDS
                active_ms += long_ms
                yield WorkDone(
                    step=step,
                    index=index,
                    exercise=one.id,
                    name=one.name,
                    set_no=1,
                    sets=1,
                    side=side,  # type: ignore[arg-type]
                    outcome="done" if whole else "cut_short",
                    attempt=1,
                    planned_ms=one.hold_s * _SECONDS if one.reps is None else None,
                    actual_ms=long_ms,
                    planned_reps=one.reps,
                    actual_reps=None if one.reps is None else round(one.reps * part),
                )
                step += 2
            if one.sided and chance.random() < 0.75:
                for side, more in (("left", 1.5 - 1.5 * share), ("right", 0.0)):
                    yield PainRated("after_exercise", self._nrs(pain - 1 + more), index, one.id, one.name, side)  # type: ignore[arg-type]
            elif chance.random() < 0.92:
                yield PainRated("after_exercise", self._nrs(pain - 0.7), index, one.id, one.name)
        if chance.random() < 0.9:
            yield PainRated("after", self._nrs(pain - 1))
        if chance.random() < 0.05:
            yield Note(chance.choice(NOTES))
        yield SessionEnded("finished" if chance.random() < 0.93 else "stopped", "", active_ms, 0)
        if chance.random() < 0.25:
            yield PainRated("next_morning", self._nrs(pain - 0.5))
        if chance.random() < 0.02:
            yield "corrected", self._nrs(pain)

    def _signed(self, local: datetime, zone: str, bodies: list[Any]) -> list[Draft]:
        chance = self.chance
        began_ms = int(local.timestamp()) * 1000
        session = f"{began_ms:x}-{chance.getrandbits(48):012x}"
        drafts: list[Draft] = []
        rated: Draft | None = None
        for number, body in enumerate(bodies):
            when = local + timedelta(seconds=20 * number)
            if isinstance(body, PainRated) and body.when == "next_morning":
                when = local + timedelta(hours=18)
            offset = when.utcoffset() or timedelta()
            stamp = Stamp(int(when.timestamp()) * 1000, int(offset.total_seconds()) // 60, zone)
            if isinstance(body, tuple):
                if rated is None:
                    continue
                parsed = rated.parsed()
                assert isinstance(parsed, PainRated), "what was rated"
                fields = {"when": parsed.when, "nrs": body[1]}
                body = Correction(rated.id, "pain_rated", fields)
            made = draft(session, body, stamp, chance.randbytes)
            drafts.append(made)
            if isinstance(body, PainRated) and body.when == "before":
                rated = made
        return drafts


def make(path: Path, sessions: int, *, years: float = 10.0, seed: int = 1) -> Logbook:
    """A logbook with such a history, open."""
    logbook = Logbook.open(path, random=os.urandom)
    history = Years(sessions, years=years, seed=seed).facts()
    while page := list(islice(history, 200_000)):
        logbook.take_in(page)
    return logbook


def main() -> None:
    """Write one for trying."""
    parser = argparse.ArgumentParser(description="Make up a history.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=8_000)
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with make(asked.folder / "logbook.sqlite", asked.sessions, years=asked.years, seed=asked.seed) as logbook:
        print(f"{logbook.path}: {logbook.count()[0]:,} sessions, {logbook.count()[2]:,} ratings")


if __name__ == "__main__":
    main()
