"""The login manager's hint that a session is idle.

A desktop sets it some minutes after the last input, and some never do (KDE). Without a desktop the login manager
reckons it from the last key on each of the person's terminals.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from typing import Any

from trainer.breaks.asking import NoAnswer
from trainer.breaks.bus import Bus, system_bus
from trainer.breaks.idle.adapter import Now
from trainer.breaks.seat import on_wayland, require_here

_SERVICE = "org.freedesktop.login1"
_ROOM = "/org/freedesktop/login1/"
_PROPERTIES = "org.freedesktop.DBus.Properties"


def _monotonic_ms() -> int:
    # The clock by which the login manager dates its hint.
    return time.monotonic_ns() // 1_000_000


class Logind:
    """Asks for the hint of one session, or of all that the person has."""

    name = "logind"
    exact = False

    def __init__(self, bus: Bus, path: str, interface: str, clock_ms: Now = _monotonic_ms) -> None:
        self._bus = bus
        self._where = (path, interface)
        self._clock_ms = clock_ms

    def idle_ms(self) -> int | None:
        """How long the hint has stood; 0 while it says that somebody is there, None where nobody ever set it."""
        path, interface = self._where
        try:
            since_us = self._bus.property(_SERVICE, path, interface, "IdleSinceHintMonotonic")
            if not (isinstance(since_us, int) and since_us > 0):
                return None
            if self._bus.property(_SERVICE, path, interface, "IdleHint") is not True:
                return 0
        except Exception:  # NoAnswer, or an answer of another form
            return None
        return max(0, self._clock_ms() - since_us // 1000)

    def close(self) -> None:
        """End the connection."""
        self._bus.close()


def open_logind(environ: Mapping[str, str], clock_ms: Now = _monotonic_ms) -> Logind:
    """The hint of the session to which this program belongs, if it is this person's and sits at this machine."""
    require_here(environ)
    if sys.platform == "win32":
        raise NoAnswer("there is no login manager")
    bus = system_bus(environ)
    try:
        answer = bus.ask(_SERVICE, _ROOM + "session/auto", _PROPERTIES, "GetAll", "s", _SERVICE + ".Session")
        whose = _whose(answer[0], os.getuid(), desktop=on_wayland(environ) or bool(environ.get("DISPLAY")))
    except NoAnswer:
        bus.close()
        raise
    except Exception:
        bus.close()
        raise NoAnswer("it answers something else than a session") from None
    return Logind(bus, *whose, clock_ms)


def _whose(session: dict[str, tuple[str, Any]], uid: int, *, desktop: bool) -> tuple[str, str]:
    """Path and interface of the object whose hint speaks of this person; NoAnswer where none does."""
    said = {name: value for name, (_, value) in session.items()}
    if said["User"][0] != uid:
        raise NoAnswer("the session belongs to somebody else")
    if said["Remote"]:
        raise NoAnswer("keyboard and mouse are on another machine")
    if said["Type"] in ("x11", "wayland", "mir"):
        return _ROOM + "session/auto", _SERVICE + ".Session"
    if said["Type"] != "tty" or desktop:
        # A desktop started by hand: the terminal under it sees none of the keys.
        raise NoAnswer("the session says nothing of keys and mouse")
    return _ROOM + "user/self", _SERVICE + ".User"
