"""A command line at a moment of one's own: a Monday in Berlin, with what others took down."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sessions.breaks import WatchBegun
from sessions.records import Body
from tests.cli.conftest import Cli
from tests.hour import Office
from trainer.breaks.lock import SEEN
from trainer.paths import Paths

MONDAY_MS = 1_772_442_000_000
"""2026-03-02 10:00 in Berlin."""
MINUTE_MS = 60_000
HOURS = '[breaks.hours]\nmon = ["09:00-12:30", "13:30-17:30"]\ntue = ["09:00-17:30"]\n'


class Day(Office):
    """The person's folder, with the time of day in hand, and the command line there."""

    def __init__(self, folders: Paths, cli: Cli, patch: pytest.MonkeyPatch) -> None:
        super().__init__(folders.data)
        self.folders = folders
        self._cli = cli
        self._counted = False
        self.at("10:00")
        patch.setattr(time, "time_ns", lambda: self.clock.utc_ms * 1_000_000)

    def at(self, wall: str, days: int = 0) -> None:
        """Make it that time of Monday, or so many days later."""
        hour, minute = map(int, wall.split(":"))
        since = (hour - 10) * 60 + minute + days * 1440
        self.clock.t_ms = MONDAY_MS + since * MINUTE_MS - 1_772_366_400_000
        self._sign()

    def before(self, *facts: Body, minutes: float = 0) -> None:
        """Another process took down facts so many minutes ago."""
        self.folders.data.mkdir(parents=True, exist_ok=True)
        self.clock.t_ms -= round(minutes * MINUTE_MS)
        self.other(*facts)
        self.clock.t_ms += round(minutes * MINUTE_MS)
        self._counted |= any(isinstance(one, WatchBegun) for one in facts)
        self._sign()

    def _sign(self) -> None:
        """Whoever counts renews the sign of it."""
        if self._counted:
            seen = self.folders.data / SEEN
            seen.touch()
            os.utime(seen, ns=(self.clock.utc_ms * 1_000_000,) * 2)

    def wish(self, text: str) -> None:
        """What stands in the settings."""
        self.folders.settings.parent.mkdir(parents=True, exist_ok=True)
        self.folders.settings.write_text(text, "utf-8")

    def __call__(self, *words: str) -> tuple[int, str, str]:
        return self._cli(*words)

    def says(self, *words: str) -> str:
        """What a command says, where it does what was asked for."""
        status, out, err = self._cli(*words)
        assert (status, err) == (0, ""), (out, err)
        return out.strip()

    def last(self) -> Any:
        return self.facts()[-1]


@contextmanager
def in_berlin() -> Iterator[None]:
    """With the system's clock on the wall in Berlin."""
    was = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    try:
        yield
    finally:
        if was is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = was
        time.tzset()
