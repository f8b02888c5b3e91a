"""As much of Wayland's wire format as it takes to wait for idleness: messages over a Unix socket, without libwayland.

A library of C would end with its compositor or write to the terminal; this raises OSError.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Mapping

from trainer.breaks.asking import NoAnswer, deadline, left_s, reach

DISPLAY = 1
_LARGEST = 1 << 20


def socket_path(environ: Mapping[str, str]) -> str:
    """Where the compositor listens; NoAnswer where the environment names none."""
    name = environ.get("WAYLAND_DISPLAY")
    if not name:
        raise NoAnswer("there is no Wayland display")
    if not os.path.isabs(name) and not environ.get("XDG_RUNTIME_DIR"):
        raise NoAnswer("XDG_RUNTIME_DIR is not set")
    return os.path.join(environ.get("XDG_RUNTIME_DIR", ""), name)


class Wire:
    """A connection to a compositor. Every method raises OSError when the compositor is gone or speaks nonsense."""

    def __init__(self, path: str, until: float) -> None:
        self._buffer = b""
        self._last_id = DISPLAY
        self._socket = reach(path, until)

    def new_id(self) -> int:
        """An id for an object that a request makes."""
        self._last_id += 1
        return self._last_id

    def send(self, target: int, opcode: int, *args: int | str) -> None:
        """Send a request; numbers are unsigned, ids among them."""
        body = b"".join(struct.pack("=I", arg) if isinstance(arg, int) else _string(arg) for arg in args)
        self._socket.settimeout(left_s(deadline()))
        self._socket.sendall(struct.pack("=II", target, (len(body) + 8) << 16 | opcode) + body)

    def events(self) -> Iterator[tuple[int, int, bytes]]:
        """What has come and was not read: object, opcode, arguments. Waits for nothing."""
        self._socket.setblocking(False)
        read = 0
        while True:
            try:
                data = self._socket.recv(65536)
            except BlockingIOError:
                break
            if not data or (read := read + len(data)) > _LARGEST:
                raise ConnectionResetError
            self._buffer += data
            yield from self._parsed()

    def wait(self, until: float) -> Iterator[tuple[int, int, bytes]]:
        """What comes next, as `events`; TimeoutError when `until` is over."""
        self._socket.settimeout(left_s(until))
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionResetError
        self._buffer += data
        yield from self._parsed()

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _parsed(self) -> Iterator[tuple[int, int, bytes]]:
        at = 0
        while len(self._buffer) - at >= 8:
            target, word = struct.unpack_from("=II", self._buffer, at)
            size = word >> 16
            if size < 8 or (target == DISPLAY and word & 0xFFFF == 0):
                raise ConnectionResetError  # nonsense, or the error after which a compositor hangs up
            if len(self._buffer) - at < size:
                break
            yield target, word & 0xFFFF, self._buffer[at + 8 : at + size]
            at += size
        self._buffer = self._buffer[at:]


def _string(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


def take_global(body: bytes) -> tuple[int, str, int]:
    """The arguments of a `global` event: its name (a number), its interface, its version."""
    try:
        name, length = struct.unpack_from("=II", body)
        interface = body[8 : 8 + length - 1].decode("ascii")
        return name, interface, struct.unpack_from("=I", body, 8 + length + -length % 4)[0]
    except (struct.error, ValueError):
        raise ConnectionResetError from None
