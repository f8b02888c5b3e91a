"""Windows: `SHQueryUserNotificationState`. It knows of full screens and presentations, not of Focus."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from trainer.breaks.asking import NoAnswer
from trainer.breaks.seat import require_here

_WHY = {
    1: "the screen is locked",
    2: "a window fills the screen",
    3: "a game fills the screen",
    4: "a presentation is on",
    5: "",
    6: "Windows asks for quiet",
    7: "an app fills the screen",
}


def read(shell32: Any) -> str:
    """Why to be quiet, empty where Windows lets notifications through."""
    import ctypes

    query = shell32.SHQueryUserNotificationState
    query.argtypes, query.restype = [ctypes.c_void_p], ctypes.c_int32
    state = ctypes.c_int32(0)
    if query(ctypes.pointer(state)) != 0 or state.value not in _WHY:
        raise NoAnswer("Windows does not say it")
    return _WHY[state.value]


def why(environ: Mapping[str, str]) -> str:
    """Why to be quiet."""
    require_here(environ)
    if sys.platform != "win32":
        raise NoAnswer("this is not Windows")
    import ctypes

    return read(ctypes.WinDLL("shell32"))
