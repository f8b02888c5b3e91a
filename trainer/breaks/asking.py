"""What asking the system has in common: it takes a short time only, and there may be no answer."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    import subprocess

LIMIT_S = 0.2
"""How long one question may take in all."""


class NoAnswer(Exception):
    """This way tells nothing on this machine now; the message says why, for people."""


def deadline(limit_s: float | None = None) -> float:
    """When a question that begins now has to be over, as `time.monotonic` counts."""
    return monotonic() + (LIMIT_S if limit_s is None else limit_s)


def reach(address: str, until: float) -> socket.socket:
    """A connection to a Unix socket; one whose address begins with a NUL has no file.

    Raises OSError, TimeoutError among them.
    """
    if sys.platform == "win32":
        raise ConnectionRefusedError
    import socket

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


def output(
    command: Sequence[str], environ: Mapping[str, str], limit_s: float
) -> subprocess.CompletedProcess[bytes] | None:
    """What a program of the system's printed, and its status; None where it cannot be run or takes too long."""
    import subprocess

    try:
        return subprocess.run(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
