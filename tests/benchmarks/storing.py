"""The logbook: what a durable rating costs."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from random import Random

from programs import place
from table import Row, percentile

from sessions.facts import Draft, draft
from sessions.logbook import Logbook
from sessions.records import Body, ExercisePlanned, PainRated, SessionBegun, SessionEnded, Stamp, WorkDone

_DAY_MS = 86_400_000
_NOW_MS = 1_772_352_000_000
SESSIONS = 12


def _bodies(exercises: int, sets: int) -> Iterator[Body]:
    """What one session takes down."""
    names = [(f"exercise-{number}", f"Exercise {number}") for number in range(exercises)]
    dose = f"{sets} × 30 s a side"
    planned = tuple(ExercisePlanned(n, id, name, dose, sets * 2) for n, (id, name) in enumerate(names))
    yield SessionBegun("core", "Core, spine and glutes", "0" * 64, planned, exercises * sets * 4)
    yield PainRated("before", 3)
    for index, (id, name) in enumerate(names):
        for work in range(sets * 2):
            yield WorkDone(
                step=index * 8 + work,
                index=index,
                exercise=id,
                name=name,
                set_no=work // 2 + 1,
                sets=sets,
                side="left" if work % 2 else "right",
                outcome="done",
                attempt=1,
                planned_ms=30_000,
                actual_ms=30_000,
                planned_reps=None,
                actual_reps=None,
            )
        yield PainRated("after_exercise", 2, index, id, name)
    yield PainRated("after", 2)
    yield SessionEnded("finished", "", exercises * sets * 70_000, 0)


def commits() -> Iterator[Row]:
    """Facts of sessions of eighty, one by one, in turns with a line of JSON that is made durable."""
    ratings: list[float] = []
    works: list[float] = []
    lines: list[float] = []
    with place() as here:
        folder = here.folder / "data"
        folder.mkdir()
        random = Random(1).randbytes
        with Logbook.open(folder / "logbook.sqlite", random=random) as logbook, (folder / "lines").open("ab") as file:
            for number in range(SESSIONS):
                for count, body in enumerate(_bodies(11, 3)):
                    made = draft(f"s{number}", body, Stamp(_NOW_MS + number * _DAY_MS + count * 1000, 60, ""), random)
                    began = time.perf_counter()
                    logbook.append(made)
                    middle = time.perf_counter()
                    _line(file.fileno(), made)
                    ended = time.perf_counter()
                    (ratings if isinstance(body, PainRated) else works).append((middle - began) * 1000)
                    lines.append((ended - middle) * 1000)
    for percent in (50, 99):
        ours_ms, bare_ms = percentile(ratings, percent), percentile(lines, percent)
        limit = 10.0 if percent == 99 else None
        yield Row(f"a rating is durable, p{percent}", ours_ms, "ms", bare_ms, (ours_ms / bare_ms,), limit)
    yield Row("any other fact is durable, p99", percentile(works, 99), "ms", percentile(lines, 99))


def _line(descriptor: int, made: Draft) -> None:
    fields = {"id": made.id, "session": made.session, "utc_ms": made.stamp.utc_ms, "body": made.body_json}
    os.write(descriptor, json.dumps(fields).encode() + b"\n")
    os.fdatasync(descriptor)
