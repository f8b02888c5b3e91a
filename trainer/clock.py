"""The clocks. They are made in the command line and handed in; nothing else reads one."""

from __future__ import annotations

import sys
import time
from typing import Protocol


class Clock(Protocol):
    """The guide's clock: it never goes back and goes on while the machine sleeps."""

    speed: int
    """How many of its seconds pass in one."""

    def now_ms(self) -> int:
        """The moment, in milliseconds from an origin that only this clock knows."""

    def monotonic_ns(self, at_ms: int) -> int:
        """The moment `at_ms` of this clock as `time.monotonic_ns` counts."""

    def wait_s(self, until_ms: int) -> float:
        """Seconds until the moment `until_ms`, 0 where it is over."""


class SteadyClock:
    """Counts the time in which the machine sleeps, where the system tells it (Linux and macOS).

    With a `speed` above 1 its time passes that many times faster, for a rehearsal.
    """

    def __init__(self, speed: int = 1) -> None:
        self.speed = speed
        self._origin_ns = self._read_ns()

    @staticmethod
    def _read_ns() -> int:
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        return time.monotonic_ns()

    def now_ms(self) -> int:
        """Milliseconds since this clock was made."""
        return (self._read_ns() - self._origin_ns) * self.speed // 1_000_000

    def monotonic_ns(self, at_ms: int) -> int:
        """The moment `at_ms` as `time.monotonic_ns` counts, if the machine did not sleep since."""
        return time.monotonic_ns() - (self.now_ms() - at_ms) * 1_000_000 // self.speed

    def wait_s(self, until_ms: int) -> float:
        """Seconds until `until_ms`."""
        return max(0.0, (until_ms - self.now_ms()) / 1000 / self.speed)
