"""Reaching a server of the desktop over a Unix socket, in bounded time."""

from __future__ import annotations

import socket
import sys
from time import monotonic

LIMIT_S = 0.2
"""How long one question may take in all."""


def deadline() -> float:
    """When a question that begins now has to be over, as `time.monotonic` counts."""
    return monotonic() + LIMIT_S


def reach(address: str, until: float) -> socket.socket:
    """A connection to an address; one that begins with a NUL has no file. Raises OSError, TimeoutError among them."""
    if sys.platform == "win32":
        raise ConnectionRefusedError
    found = socket.socket(socket.AF_UNIX)
    try:
        found.settimeout(left_s(until))
        found.connect(address)
    except BaseException:
        found.close()
        raise
    return found


def left_s(until: float) -> float:
    """Seconds until a moment of `time.monotonic`; TimeoutError when it is over."""
    if (left := until - monotonic()) <= 0:
        raise TimeoutError
    return left
