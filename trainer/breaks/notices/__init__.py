"""Saying that a break is due, in the order of what reaches a person: the desktop, the terminal, the bell.

The screen itself is the app's. Nothing here writes to standard output: who has a terminal hands in how to write to it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping

from trainer.breaks.notices.notice import Notice, Way

__all__ = ["Notice", "Way", "send", "ways", "withdraw"]


def ways(
    environ: Mapping[str, str],
    write: Callable[[str], None] | None,
    *,
    desktop: bool,
    bell: bool,
    system: str = sys.platform,
) -> list[Way]:
    """The ways of notice in the order in which to try them. Keep them as long as a notice may be replaced or withdrawn.

    `write` writes to the terminal, None where there is none. `desktop` is whether the desktop is asked at all, `bell`
    whether the terminal may notify and ring.
    """
    found: list[Way] = []
    if desktop:
        found.append(_desktop(environ, system))
    if bell:
        from trainer.breaks.notices.bell import Bell
        from trainer.breaks.notices.terminal import Terminal

        found += [Terminal(environ, write), Bell(write)]
    return found


def send(notice: Notice, ways: Iterable[Way]) -> str:
    """Send by the first way that works, and return its name; empty where none worked. Never raises."""
    return next((way.name for way in ways if way.send(notice)), "")


def withdraw(ways: Iterable[Way]) -> None:
    """Take back what was sent, where a way can do that: the break is settled. Never raises."""
    for way in ways:
        way.withdraw()


def _desktop(environ: Mapping[str, str], system: str) -> Way:
    if system == "darwin":
        from trainer.breaks.notices.macos import MacOS

        return MacOS(environ)
    if system == "win32":
        from trainer.breaks.notices.windows import Windows

        return Windows(environ)
    from trainer.breaks.notices.freedesktop import Freedesktop

    return Freedesktop(environ)
