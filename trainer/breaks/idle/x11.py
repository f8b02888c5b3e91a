"""A few questions to an X11 server over its socket, each bounded in time.

Without a library of C: Xlib ends the whole program when the server goes, and neither it nor xcb bounds its waiting.
"""

from __future__ import annotations

import os
import re
import socket
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from trainer.breaks.asking import NoAnswer, deadline, left_s, reach

_DISPLAY = re.compile(
    r"(?:(?P<protocol>\w+)/)?(?P<host>\[[^\]]*\]|[^:/]*):(?P<number>\d{1,5})(?:\.(?P<screen>\d{1,3}))?", re.ASCII
)
_COOKIE = b"MIT-MAGIC-COOKIE-1"
_LOCAL, _WILD = 256, 65535
_LARGEST = 1 << 20


class Lost(NoAnswer):
    """The connection ended since the last question; a new one may be had at once."""


class Place(NamedTuple):
    """What a display's name says."""

    host: str
    """Empty for this machine."""
    number: int
    screen: int


def place(display: str) -> Place:
    """Read a name such as `:0`, `localhost:10.0`; NoAnswer where it is none."""
    if not (found := _DISPLAY.fullmatch(display)):
        raise NoAnswer("the display's name is not understood")
    host = "" if found["protocol"] in ("unix", "local") or found["host"] == "unix" else found["host"]
    if host not in ("", "localhost", "127.0.0.1", "[::1]"):
        raise NoAnswer("the display is another machine's")  # which may take long to be found
    host = host.strip("[]")
    return Place(host, int(found["number"]), int(found["screen"] or 0))


class X11:
    """One connection, made when it is needed and made again when it was lost. Questions raise NoAnswer."""

    def __init__(self, display: str, environ: Mapping[str, str]) -> None:
        self._place = place(display)
        self._environ = environ
        self._socket: socket.socket | None = None
        self._until = 0.0
        self._known: dict[str, int] = {}
        self.root = 0

    def ask(self, opcode: int, second: int, body: bytes = b"") -> bytes:
        """Send a request and return its reply's bytes, 32 at least."""
        request = struct.pack("<BBH", opcode, second, 1 + len(body) // 4) + body
        reused = self._socket is not None
        self._until = deadline()
        try:
            if self._socket is None:
                self._connect()
            return self._exchange(request)
        except NoAnswer:
            raise
        except (OSError, struct.error, LookupError, UnicodeError) as error:
            self.close()
            if isinstance(error, TimeoutError):
                raise NoAnswer("no answer in time") from None
            raise (Lost if reused else NoAnswer)("the display cannot be reached") from None

    def extension(self, name: str) -> int:
        """The opcode of an extension's requests, 0 where the server lacks it."""
        reply = self._named(98, 0, name)
        return reply[9] if reply[8] else 0

    def atom(self, name: str) -> int:
        """The number of a name, 0 where nobody has used the name yet."""
        if not self._known.get(name):
            self._known[name] = struct.unpack_from("<I", self._named(16, 1, name), 8)[0]
        return self._known[name]

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """A window's property as numbers of 32 bits; empty where it has none."""
        if not (atom := self.atom(name)):
            return ()
        reply = self.ask(20, 0, struct.pack("<IIIII", window, atom, 0, 0, 64))
        count = min(struct.unpack_from("<I", reply, 16)[0], (len(reply) - 32) // 4) if reply[1] == 32 else 0
        return struct.unpack_from(f"<{count}I", reply, 32)

    def close(self) -> None:
        """End the connection; the next question makes a new one."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
        self._socket = None
        self._known.clear()

    def _named(self, opcode: int, second: int, name: str) -> bytes:
        return self.ask(opcode, second, struct.pack("<HH", len(name), 0) + _padded(name.encode("ascii")))

    def _connect(self) -> None:
        self._socket = self._reach()
        cookie = self._cookie()
        kind = _COOKIE if cookie else b""
        head = struct.pack("<BBHHHHH", 0x6C, 0, 11, 0, len(kind), len(cookie), 0)
        self._send(head + _padded(kind) + _padded(cookie))
        status, _, _, _, length = struct.unpack("<BBHHH", self._receive(8))
        setup = self._receive(4 * length)
        if status != 1:
            self.close()
            raise NoAnswer("the display does not let this program in")
        self.root = _root(setup, self._place.screen)

    def _reach(self) -> socket.socket:
        host, number, _ = self._place
        if host:
            return socket.create_connection((host, 6000 + number), left_s(self._until))
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # the place that every server uses
        for address in (path, "\0" + path) if sys.platform == "linux" else (path,):
            with suppress(FileNotFoundError, ConnectionRefusedError):
                return reach(address, self._until)
        raise ConnectionError

    def _cookie(self) -> bytes:
        file = self._environ.get("XAUTHORITY") or os.path.join(self._environ.get("HOME") or "/", ".Xauthority")
        try:
            with open(file, "rb") as opened:
                return find_cookie(opened.read(_LARGEST), socket.gethostname(), self._place.number)
        except (OSError, ValueError):
            return b""  # a server may let in this person by name

    def _exchange(self, request: bytes) -> bytes:
        self._send(request)
        while True:
            head = self._receive(32)
            kind = head[0] & 0x7F
            length = struct.unpack_from("<I", head, 4)[0] if kind in (1, 35) else 0
            rest = self._receive(4 * length)
            if kind == 0:
                raise NoAnswer("the display refuses to answer")
            if kind == 1:
                return head + rest

    def _send(self, data: bytes) -> None:
        if self._socket is not None:
            self._socket.settimeout(left_s(self._until))
            self._socket.sendall(data)

    def _receive(self, length: int) -> bytes:
        if length > _LARGEST:
            raise ConnectionResetError
        found = b""
        while len(found) < length:
            if self._socket is None:
                raise ConnectionResetError
            self._socket.settimeout(left_s(self._until))
            if not (data := self._socket.recv(length - len(found))):
                raise ConnectionResetError
            found += data
        return found


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def _root(setup: bytes, screen: int) -> int:
    """The root window of a screen, from what the server says of itself."""
    vendor, formats = struct.unpack_from("<H", setup, 16)[0], setup[21]
    at = 32 + vendor + -vendor % 4 + 8 * formats
    for _ in range(min(screen, setup[20] - 1)):
        depths = setup[at + 39]
        at += 40
        for _ in range(depths):
            at += 8 + 24 * int(struct.unpack_from("<H", setup, at + 2)[0])
    return int(struct.unpack_from("<I", setup, at)[0])


def find_cookie(file: bytes, host: str, number: int) -> bytes:
    """The cookie for a display of this machine in an .Xauthority file; empty where there is none."""
    at, wild = 0, b""
    while at + 2 <= len(file):
        family = int.from_bytes(file[at : at + 2], "big")
        at += 2
        fields = []
        for _ in range(4):
            length = int.from_bytes(file[at : at + 2], "big")
            fields.append(file[at + 2 : at + 2 + length])
            at += 2 + length
        address, display, name, data = fields
        if name != _COOKIE or display not in (b"", str(number).encode()):
            continue
        if family == _LOCAL and address == host.encode():
            return data
        if family == _WILD:
            wild = wild or data
    return wild
