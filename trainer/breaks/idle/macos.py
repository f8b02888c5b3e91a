"""macOS: `HIDIdleTime` of the system's input, read through IOKit."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from trainer.breaks.asking import NoAnswer
from trainer.breaks.seat import require_here

_INT64 = 4  # kCFNumberSInt64Type
_UTF8 = 0x08000100  # kCFStringEncodingUTF8


class Macos:
    """Asks the input system each time, and gives back all that it is lent."""

    name = "macOS"
    exact = True

    def __init__(self, iokit: Any, core: Any) -> None:
        import ctypes

        self._iokit = iokit
        self._core = core
        pointer, number = ctypes.c_void_p, ctypes.c_uint32
        iokit.IOServiceMatching.argtypes, iokit.IOServiceMatching.restype = [ctypes.c_char_p], pointer
        iokit.IOServiceGetMatchingService.argtypes = [number, pointer]
        iokit.IOServiceGetMatchingService.restype = number
        iokit.IORegistryEntryCreateCFProperty.argtypes = [number, pointer, pointer, number]
        iokit.IORegistryEntryCreateCFProperty.restype = pointer
        iokit.IOObjectRelease.argtypes, iokit.IOObjectRelease.restype = [number], ctypes.c_int
        core.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, number]
        core.CFStringCreateWithCString.restype = pointer
        core.CFNumberGetValue.argtypes, core.CFNumberGetValue.restype = [pointer, ctypes.c_long, pointer], ctypes.c_bool
        core.CFRelease.argtypes, core.CFRelease.restype = [pointer], None
        # The two that are kept for good: the property's name, and the service that has it.
        self._key = core.CFStringCreateWithCString(None, b"HIDIdleTime", _UTF8)
        self._service = iokit.IOServiceGetMatchingService(0, iokit.IOServiceMatching(b"IOHIDSystem"))

    def idle_ms(self) -> int | None:
        """How long since the last input."""
        import ctypes

        try:
            if not (self._service and self._key):
                return None
            found = self._iokit.IORegistryEntryCreateCFProperty(self._service, self._key, None, 0)
            if not found:
                return None
            try:
                time_ns = ctypes.c_int64(0)
                read = self._core.CFNumberGetValue(found, _INT64, ctypes.byref(time_ns))
            finally:
                self._core.CFRelease(found)
            return time_ns.value // 1_000_000 if read and time_ns.value >= 0 else None
        except Exception:  # whatever is odd about the machine, the loop goes on
            return None

    def close(self) -> None:
        """Give back what is kept."""
        if self._service:
            self._iokit.IOObjectRelease(self._service)
        if self._key:
            self._core.CFRelease(self._key)
        self._service = self._key = 0


def open_macos(environ: Mapping[str, str]) -> Macos:
    """The input system, once it has answered."""
    require_here(environ)
    if sys.platform != "darwin":
        raise NoAnswer("this is not macOS")
    import ctypes

    folder = "/System/Library/Frameworks"
    try:
        found = Macos(
            ctypes.CDLL(f"{folder}/IOKit.framework/IOKit"),
            ctypes.CDLL(f"{folder}/CoreFoundation.framework/CoreFoundation"),
        )
    except (OSError, AttributeError):
        raise NoAnswer("IOKit cannot be loaded") from None
    if found.idle_ms() is None:
        found.close()
        raise NoAnswer("the system does not say it")
    return found
