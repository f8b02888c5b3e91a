"""Running a system's own program that shows a notice, within a time and without a word on the terminal."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence


def find(name: str, environ: Mapping[str, str]) -> str | None:
    """Where a program is, None where it is not."""
    return shutil.which(name, path=environ.get("PATH"))


def start(command: Sequence[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """Start it with nothing to read and nobody to tell; None where it cannot be started."""
    try:
        return subprocess.Popen(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError):
        return None


def ended(process: subprocess.Popen[bytes], timeout_s: float) -> int | None:
    """Its exit status, None where it still runs after `timeout_s`."""
    try:
        return process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        return None


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it, whatever it does."""
    process.kill()
    process.wait()
