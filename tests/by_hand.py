"""What stands for the machine in a test: a clock moved by hand, a sound that is written down, a logbook that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sessions import Logbook, LogbookError, LogbookUnwritable, Stamp
from sessions.facts import Draft, Fact

NOON_MS = 1_772_366_400_000
"""2026-03-01 12:00 UTC, which is 13:00 in Berlin."""


class HandClock:
    """A clock that a test moves."""

    def __init__(self, speed: int = 1) -> None:
        self.speed = speed
        self.t_ms = 0

    def now_ms(self) -> int:
        return self.t_ms

    def monotonic_ns(self, at_ms: int) -> int:
        return 7_000_000_000 + at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        return max(0, until_ms - self.t_ms) / 1000

    def stamp(self) -> Stamp:
        """The wall clock beside it, in Berlin."""
        return Stamp(NOON_MS + self.t_ms, 60, "Europe/Berlin")


def counted() -> Callable[[int], bytes]:
    """Bytes for ids: each time others."""
    drawn = 0

    def random(size: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return drawn.to_bytes(size, "big")

    return random


class FailingLogbook:
    """A logbook that cannot be written to for as long as a test says so."""

    def __init__(self, logbook: Logbook) -> None:
        self.logbook = logbook
        self.fails = 0
        """How many of the next writes fail."""
        self.after = False
        """Whether a write that fails was stored all the same."""
        self.error: LogbookError = LogbookUnwritable("The disk is full.")
        self.read_only = logbook.read_only
        self.why_read_only = logbook.why_read_only

    def append(self, draft: Draft) -> Fact:
        if self.fails:
            self.fails -= 1
            if self.after:
                self.logbook.append(draft)
            raise self.error
        return self.logbook.append(draft)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.logbook, name)


def facts_in(path: Path) -> list[Any]:
    """What the logbook's file holds, in the order in which it was stored; nothing where there is no file."""
    logbook = Logbook.open_existing(path)
    if logbook is None:
        return []
    with logbook:
        return [fact.parsed() for fact in logbook.facts()]
