"""Which machine this is, so that a logbook that was copied to another one notices."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def machine() -> str:
    """What the system calls this machine, empty where it does not say. Kept as a digest only, and never shared."""
    with suppress(Exception):  # whatever is odd about the machine, a rating is not lost for it
        if sys.platform == "darwin":
            return _macos()
        if sys.platform == "win32":
            return _windows()
    for file in _FILES:
        with suppress(OSError, ValueError):
            if found := Path(file).read_text("ascii").strip():
                return found
    return ""


def _macos() -> str:
    import ctypes

    # gethostuuid(2): sixteen bytes, and how long to wait for them.
    uuid, wait = ctypes.create_string_buffer(16), (ctypes.c_long * 2)(1, 0)
    return uuid.raw.hex() if ctypes.CDLL(None).gethostuuid(uuid, wait) == 0 else ""


def _windows() -> str:
    import winreg

    where = r"SOFTWARE\Microsoft\Cryptography"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:  # type: ignore[attr-defined]
        return str(winreg.QueryValueEx(key, "MachineGuid")[0])  # type: ignore[attr-defined]
