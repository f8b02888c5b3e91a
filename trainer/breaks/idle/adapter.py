"""What every way to learn of idleness has in common."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

Now = Callable[[], int]
"""A clock that never goes back, in milliseconds."""


class Idle(Protocol):
    """One way to learn how long nothing was typed or moved."""

    @property
    def name(self) -> str:
        """What it is called before people, such as `GNOME`."""

    @property
    def exact(self) -> bool:
        """False where only "idle since a while" is known: then nothing is known of typing."""

    def idle_ms(self) -> int | None:
        """How long since the last input, None where that is unknown just now. Waits 200 ms at most, never raises."""

    def close(self) -> None:
        """Let go of what it holds."""


class Unknown:
    """Stands where nothing tells."""

    name = "unknown"
    exact = False

    def idle_ms(self) -> int | None:
        """Never known."""
        return None

    def close(self) -> None:
        """Nothing is held."""


class Asked(Protocol):
    """An adapter that asks anew each time."""

    def ask_ms(self) -> int | None:
        """As `Idle.idle_ms`; raises where there is no answer."""

    def close(self) -> None:
        """Let go of what it holds."""


Found = TypeVar("Found", bound=Asked)


def once_asked(found: Found) -> Found:
    """`found` itself, once it has answered; where it does not, it is closed, and what it raised goes on."""
    try:
        found.ask_ms()
    except BaseException:
        found.close()
        raise
    return found


def now_ms() -> int:
    """Milliseconds of a clock that goes on while the machine sleeps, where there is one."""
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000
