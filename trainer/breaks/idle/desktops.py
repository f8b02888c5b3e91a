"""Desktops that say it on the session's bus: GNOME, Cinnamon, and KDE on X11.

KDE is asked by a name of its own, since only there the unit is known: its screen locker answers milliseconds, where
the draft that others follow says seconds. On Wayland it answers 0 always (Plasma 5) or an error, so it is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from trainer.breaks.asking import NoAnswer
from trainer.breaks.bus import Bus, session_bus
from trainer.breaks.idle.adapter import once_asked
from trainer.breaks.seat import on_wayland, require_desktop


class Source(NamedTuple):
    """Who is asked: a method that takes nothing and answers milliseconds."""

    name: str
    service: str
    path: str
    interface: str
    method: str


GNOME = Source(
    "GNOME",
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
    "GetIdletime",
)
CINNAMON = Source(
    "Cinnamon",
    "org.cinnamon.Muffin.IdleMonitor",
    "/org/cinnamon/Muffin/IdleMonitor/Core",
    "org.cinnamon.Muffin.IdleMonitor",
    "GetIdletime",
)
KDE = Source("KDE", "org.kde.screensaver", "/ScreenSaver", "org.freedesktop.ScreenSaver", "GetSessionIdleTime")


class Desktop:
    """Asks a desktop each time."""

    exact = True

    def __init__(self, bus: Bus, source: Source) -> None:
        self.name = source.name
        self._bus = bus
        self._source = source

    def ask_ms(self) -> int:
        """How long since the last input; NoAnswer says why it is not known."""
        answer = self._bus.ask(*self._source[1:])
        if not (len(answer) == 1 and isinstance(answer[0], int) and answer[0] >= 0):
            raise NoAnswer("it answers something else than a time")
        return answer[0]

    def idle_ms(self) -> int | None:
        """How long since the last input."""
        try:
            return self.ask_ms()
        except NoAnswer:
            return None

    def close(self) -> None:
        """End the connection."""
        self._bus.close()


def open_desktop(environ: Mapping[str, str], source: Source) -> Desktop:
    """The desktop, once it has answered."""
    require_desktop(environ)
    if source is KDE and on_wayland(environ):
        raise NoAnswer("on Wayland, KDE does not say it here")
    return once_asked(Desktop(session_bus(environ), source))
