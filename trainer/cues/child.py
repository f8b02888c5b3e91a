"""The child process as its parent sees it: started, heard, ended. Importing this imports `subprocess`."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

import msgspec  # loaded already; the standard library's json would be 0.3 MiB more

from trainer.cues.channel import Channel, channel_to
from trainer.cues.protocol import NO_BACKEND, Lines
from trainer.cues.status import Status

REPORT_BYTES = 8192
EXIT_S = 1.0


def default_command() -> Sequence[str]:
    """The command that starts the server, wherever this package lies.

    The current folder is kept off the child's path, since a stray file in it could replace a module; the
    package's own folder comes last, for the same reason.
    """
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path.append({root!r}); from trainer.cues.server import main; main()"
    return [sys.executable, "-P", "-c", code]


class Child:
    """A running server. Raises OSError where it cannot be started."""

    def __init__(self, command: Sequence[str]) -> None:
        detached = 0
        if sys.platform == "win32":
            detached = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        self._process = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=detached,
        )
        stdin = cast(IO[bytes], self._process.stdin)
        self.channel: Channel = channel_to(os.dup(stdin.fileno()))
        stdin.close()

    def statuses(self) -> Iterator[Status]:
        """What the child reports, until it ends."""
        stdout = cast(IO[bytes], self._process.stdout)
        lines = Lines(REPORT_BYTES)
        while data := stdout.read(4096):
            for line in lines.feed(data):
                if status := status_of(line):
                    yield status

    def kill(self) -> None:
        """End the child and every program that it started, at once. Safe to repeat."""
        if self._process.returncode is not None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                # Its group exists, and its number is not given away, until it is waited for.
                os.killpg(self._process.pid, signal.SIGKILL)

    def reap(self) -> int:
        """Wait for the child, which has ended or is killed; free what it held. Returns its exit status."""
        self.channel.close()
        try:
            self._process.wait(EXIT_S)
        except subprocess.TimeoutExpired:
            self.kill()
        code = self._process.wait()
        cast(IO[bytes], self._process.stdout).close()
        return code


def status_of(line: bytes) -> Status | None:
    """The status that a line from the child reports; None for any other line."""
    try:
        match msgspec.json.decode(line):
            case {"backend": str(backend), "detail": str(detail)}:
                if backend == NO_BACKEND:
                    return Status("silent", "", detail)
                return Status("ready", backend, detail)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    return None
