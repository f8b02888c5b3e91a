"""Windows: `GetLastInputInfo`, of the session in which this program runs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from trainer.breaks.asking import NoAnswer
from trainer.breaks.seat import require_here


def between_ms(then: int, now: int) -> int:
    """Milliseconds between two tick counts, which begin anew at 0 after 49.7 days.

    The system may date an input a few ticks after now; what seems longer than half of that is no time at all.
    """
    gone = (now - then) & 0xFFFFFFFF
    return 0 if gone > 0x7FFFFFFF else gone


class Windows:
    """Asks the system each time."""

    name = "Windows"
    exact = True

    def __init__(self, user32: Any, kernel32: Any) -> None:
        import ctypes

        class LastInput(ctypes.Structure):
            _fields_ = [("cbSize", ctypes.c_uint32), ("dwTime", ctypes.c_uint32)]

        self._last = LastInput(ctypes.sizeof(LastInput), 0)
        self._pointer = ctypes.pointer(self._last)
        self._user32 = user32
        self._kernel32 = kernel32
        user32.GetLastInputInfo.argtypes, user32.GetLastInputInfo.restype = [ctypes.c_void_p], ctypes.c_int
        kernel32.GetTickCount.argtypes, kernel32.GetTickCount.restype = [], ctypes.c_uint32

    def idle_ms(self) -> int | None:
        """How long since the last input."""
        try:
            if not self._user32.GetLastInputInfo(self._pointer):
                return None
            return between_ms(self._last.dwTime, self._kernel32.GetTickCount())
        except Exception:  # whatever is odd about the machine, the loop goes on
            return None

    def close(self) -> None:
        """Nothing is held."""


def open_windows(environ: Mapping[str, str]) -> Windows:
    """The system, once it has answered."""
    require_here(environ)
    if sys.platform != "win32":
        raise NoAnswer("this is not Windows")
    import ctypes

    found = Windows(ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32"))
    if found.idle_ms() is None:
        raise NoAnswer("the system does not say it")
    return found
