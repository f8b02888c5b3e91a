"""A window that fills the screen, as window managers of X11 tell it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from trainer.breaks.asking import NoAnswer
from trainer.breaks.idle.x11 import X11
from trainer.breaks.seat import require_here, require_x11


def why(environ: Mapping[str, str]) -> str:
    """Why to be quiet, empty where the window in use does not fill the screen or is this program's terminal."""
    require_here(environ)
    display = X11(require_x11(environ), environ)
    try:
        return "a window fills the screen" if _fills(display, environ.get("WINDOWID", "")) else ""
    finally:
        display.close()


def _fills(display: X11, own: str) -> bool:
    display.atom("_NET_ACTIVE_WINDOW")  # connects, so that the root window is known
    if not (active := display.numbers(display.root, "_NET_ACTIVE_WINDOW")):
        raise NoAnswer("the window manager does not name the window in use")
    window = active[0]
    if not window or str(window) == own:
        return False
    if not (full := display.atom("_NET_WM_STATE_FULLSCREEN")) or full not in display.numbers(window, "_NET_WM_STATE"):
        return False
    return not set(display.numbers(window, "_NET_WM_PID")) & _ancestors()


def _ancestors() -> set[int]:
    """The programs from which this one was started: the terminal is among them."""
    found: set[int] = set()
    process = os.getppid()
    with suppress(OSError, ValueError, IndexError):
        while process > 1 and process not in found:
            found.add(process)
            with open(f"/proc/{process}/stat", "rb") as file:
                # The name, in brackets, may hold anything; what follows the last bracket is state and parent.
                process = int(file.read(4096).rpartition(b")")[2].split()[1])
    return found
