"""Do-not-disturb as the notification service tells it: `Inhibited` of KDE, `paused` of dunst."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.breaks.asking import NoAnswer
from trainer.breaks.bus import Bus, Refused, session_bus
from trainer.breaks.seat import require_here

_SERVICE, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_PROPERTIES = (("org.freedesktop.Notifications", "Inhibited"), ("org.dunstproject.cmd0", "paused"))


def why(environ: Mapping[str, str]) -> str:
    """Why to be quiet, empty where notifications are let through."""
    require_here(environ)  # no more: a timer is told of no display, and its notices go to this service all the same
    bus = session_bus(environ)
    try:
        return _why(bus)
    finally:
        bus.close()


def _why(bus: Bus) -> str:
    for interface, name in _PROPERTIES:
        try:
            on = bus.property(_SERVICE, _PATH, interface, name)
        except Refused:
            continue
        if isinstance(on, bool):
            return "do not disturb is on" if on else ""
    raise NoAnswer("the notification service does not say it")
