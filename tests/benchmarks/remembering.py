"""The logbook with years in it: looking back, searching, adding, merging; a hundred thousand sessions against few.

Both histories are of ten years. Each read is timed in a process of its own, once with nothing of the file in the
system's cache, and again and again when it is there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import years
from programs import ROOT, ours, place
from table import Row, percentile
from terminal import Terminal, peak_mb

from sessions.exchange.jsonl import lines
from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import PainRated, Stamp

FEW, MANY = 1_000, 100_000
_NOW_MS = 1_772_366_400_000
_SEARCHES = ("bridge", "bridge left easier", "boxes", "twinge knee", "exercise:cat-cow pain:9", "since:2018-03-01 walk")

_READ = f"""
import os, resource, sys, time
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from sessions.logbook import Logbook
from sessions.streaks import streak
from sessions.trends import by_side
from sessions.wanted import Wanted
from trainer.guide.search import read
TODAY = "2026-03-01"
WHAT = {{
    "list": lambda book: book.sessions(limit=200),
    "year": lambda book: (
        book.days("2026-01-01", "2026-12-31"), streak(book.days_back(TODAY), TODAY, lambda _: 3)
    ),
    "trends": lambda book: (
        book.names(), book.week_pain("2025-W50", "2026-W09"),
        [by_side(book.week_exercise(one, "2025-W50", "2026-W09")) for one in book.exercises()],
    ),
    "opened": lambda book: None,
    **{{text: lambda book, text=text: book.find(read(text, book.names(), TODAY).wanted) for text in {_SEARCHES!r}}},
}}
path, what, times = Path(sys.argv[1]), WHAT[sys.argv[2]], int(sys.argv[3])
took = []
for _ in range(times):
    if times == 1:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)
    with Logbook.open_existing(path) as book:
        began = time.perf_counter()
        what(book)
        took.append((time.perf_counter() - began) * 1000)
print(min(took), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _read(path: Path, what: str, times: int) -> tuple[float, float]:
    """Milliseconds that a read took, the best of `times`, and the process's peak memory in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path), what, str(times)], capture_output=True, text=True, check=True
    )
    took, memory = done.stdout.split()
    return float(took), float(memory)


def remembering() -> Iterator[Row]:
    """All of it. Making the history up takes a minute before the first row."""
    with TemporaryDirectory() as folder:
        few, many = (Path(folder, str(count), "logbook.sqlite") for count in (FEW, MANY))
        for path, count in ((few, FEW), (many, MANY)):
            years.make(path, count).close()
        with Logbook.open(many, random=os.urandom) as logbook:
            sessions, _, ratings, _ = logbook.count()
            yield Row(f"{sessions:,} sessions: ratings", float(ratings), "")
            yield Row(f"{sessions:,} sessions: size", many.stat().st_size / 2**20, "MiB")
        yield from _reads(few, many)
        yield from _adds(few, many)
        yield from _merges(many, Path(folder))
    yield from _screen()


def _reads(few: Path, many: Path) -> Iterator[Row]:
    for what in ("list", "year", "trends"):
        pairs = [(_read(many, what, 15)[0], _read(few, what, 15)[0]) for _ in range(5)]
        mine, bare = (median(pair[side] for pair in pairs) for side in (0, 1))
        limit = 1.5 if what == "list" else None
        yield Row(f"{what}: data, against {FEW:,}", mine, "ms", bare, tuple(a / b for a, b in pairs), limit)
        yield Row(f"{what}: data, cold", median(_read(many, what, 1)[0] for _ in range(5)), "ms", limit=20.0)
    for text in _SEARCHES:
        yield Row(f"search, {text}", _read(many, text, 7)[0], "ms", limit=50.0)
        yield Row(f"search, {text}, cold", median(_read(many, text, 1)[0] for _ in range(5)), "ms")
    empty = few.with_name("empty.sqlite")
    Logbook.open(empty, random=os.urandom).close()
    memory = max(_read(many, what, 5)[1] for what in ("list", "year", "trends", *_SEARCHES))
    yield Row("memory beyond an empty logbook", memory - _read(empty, "opened", 1)[1], "MiB", limit=30.0)


def _adds(few: Path, many: Path) -> Iterator[Row]:
    took: dict[Path, list[float]] = {few: [], many: []}
    books = {path: Logbook.open(path, random=os.urandom) for path in took}
    for number in range(300):
        for path, logbook in books.items():
            body = PainRated("after_exercise", number % 11, 0, "plank", "Plank")
            one = draft(f"new-{number // 10}", body, Stamp(_NOW_MS + number, 60, ""), os.urandom)
            began = time.perf_counter()
            logbook.append(one)
            took[path].append((time.perf_counter() - began) * 1000)
    for logbook in books.values():
        logbook.close()
    mine, bare = (percentile(took[path], 50) for path in (many, few))
    yield Row(f"adding a fact, against {FEW:,}, p50", mine, "ms", bare, (mine / bare,), 1.5)


def _merges(many: Path, folder: Path) -> Iterator[Row]:
    file = folder / "facts.jsonl"
    with Logbook.open(many, random=os.urandom) as logbook, file.open("wb") as stream:
        stream.writelines(lines(logbook.facts()))
    began = time.perf_counter()
    with file.open("rb") as stream:
        for line in stream:
            json.loads(line)
    read_s = time.perf_counter() - began
    from sessions.exchange.jsonl import Lines

    with Logbook.open(folder / "merged.sqlite", random=os.urandom) as merged:
        for what, limit in (("", 10.0), (" again", None)):
            began = time.perf_counter()
            with file.open("rb") as stream:
                merged.take_in(Lines(stream))
            took_s = time.perf_counter() - began
            name = f"merging it{what}, against reading it as JSON"
            yield Row(name, took_s * 1000, "ms", read_s * 1000, (took_s / read_s,), limit)


def _screen() -> Iterator[Row]:
    with place() as here:
        path = here.folder / "data" / "logbook.sqlite"
        years.make(path, 10_000).close()
        with Terminal(ours(), environment=here.environment) as terminal:
            terminal.wait_for("Desk break")
            terminal.settle()
            before = peak_mb(terminal.pid)
            for key, text in (("l", "Feb 2026"), ("t", "All pain"), ("\x1b", "Feb 2026"), ("y", "Mon")):
                began = time.monotonic()
                terminal.press(key)
                terminal.wait_for(text)
                yield Row(f"10,000 sessions: key {key!r} to its screen", (terminal.changed_at - began) * 1000, "ms")
                terminal.settle()
            yield Row("10,000 sessions: memory that the screens add", peak_mb(terminal.pid) - before, "MiB")
