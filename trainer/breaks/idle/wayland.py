"""Wayland's ext-idle-notify-v1, and the older form of KDE and wlroots, which says the same.

A compositor tells when nothing was typed or moved for a while, and when that ends; it cannot be asked since when. So
the time is reckoned from when the news was read: never too long, and too short by what passes between two questions.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from trainer.breaks.asking import NoAnswer, deadline
from trainer.breaks.idle.adapter import Now, now_ms
from trainer.breaks.idle.wire import DISPLAY, Wire, socket_path, take_global
from trainer.breaks.seat import require_here

WHILE_MS = 1000
"""After how long without input the compositor tells."""


class _Form(NamedTuple):
    interface: str
    version: int
    get: int
    """The request that makes a notification."""
    seat_first: bool = False


_FORMS = (
    # Version 2 also counts input alone, whatever a film does to keep the screen on.
    _Form("ext_idle_notifier_v1", 2, 2),
    _Form("ext_idle_notifier_v1", 1, 1),
    _Form("org_kde_kwin_idle", 1, 0, seat_first=True),
)


class Wayland:
    """Keeps a connection on which the compositor tells; reads it only when asked."""

    name = "Wayland"
    exact = True

    def __init__(self, path: str, clock_ms: Now = now_ms) -> None:
        self._path = path
        self._clock_ms = clock_ms
        self._wire: Wire | None = None
        self._forget()

    def connect(self) -> None:
        """Begin to listen. Raises OSError, or NoAnswer where the compositor does not tell idleness."""
        self.close()
        until = deadline()
        self._wire = Wire(self._path, until)
        try:
            self._begin(self._wire, until)
        except BaseException:
            self.close()
            raise

    def idle_ms(self) -> int | None:
        """How long at least nothing was typed or moved; 0 within the first second, None before anything is known."""
        if self._wire is not None:
            try:
                self._read(self._wire)
            except OSError:
                self.close()
        if self._wire is None:  # never open, or the compositor began anew
            with suppress(OSError, NoAnswer):
                self.connect()
        return self._reckon()

    def close(self) -> None:
        """End the connection and forget what was told."""
        if self._wire is not None:
            with suppress(OSError):
                self._wire.close()
        self._wire = None
        self._forget()

    def _forget(self) -> None:
        self._registry = self._notifier = 0
        self._form: _Form | None = None
        self._globals: dict[int, tuple[str, int]] = {}
        self._seats: dict[int, int] = {}  # the seat's name -> its notification
        self._since_ms: dict[int, int | None] = {}  # notification -> idle since
        self._told = False
        self._opened_ms = 0

    def _begin(self, wire: Wire, until: float) -> None:
        self._registry, done = wire.new_id(), wire.new_id()
        wire.send(DISPLAY, 1, self._registry)
        self._settle(wire, done, until)
        for form in _FORMS:
            for name, (interface, version) in self._globals.items():
                if interface == form.interface and version >= form.version:
                    self._form, self._notifier = form, self._bind(wire, name, interface, form.version)
                    break
            if self._form:
                break
        else:
            raise NoAnswer("this compositor does not tell idleness")
        for name, (interface, _) in list(self._globals.items()):
            if interface == "wl_seat":
                self._watch(wire, name)
        self._settle(wire, wire.new_id(), until)  # a request that is refused is refused here
        self._opened_ms = self._clock_ms()

    def _settle(self, wire: Wire, callback: int, until: float) -> None:
        wire.send(DISPLAY, 0, callback)
        done = False
        while not done:
            for target, opcode, body in wire.wait(until):
                done = done or target == callback
                self._take(target, opcode, body)

    def _bind(self, wire: Wire, name: int, interface: str, version: int) -> int:
        made = wire.new_id()
        wire.send(self._registry, 0, name, interface, version, made)
        return made

    def _watch(self, wire: Wire, name: int) -> None:
        if self._form is None or name in self._seats:
            return
        seat, made = self._bind(wire, name, "wl_seat", 1), wire.new_id()
        args = (made, seat, WHILE_MS) if self._form.seat_first else (made, WHILE_MS, seat)
        wire.send(self._notifier, self._form.get, *args)
        self._seats[name] = made
        self._since_ms[made] = None

    def _read(self, wire: Wire) -> None:
        for target, opcode, body in wire.events():
            self._take(target, opcode, body)
        for name, (interface, _) in list(self._globals.items()):
            if interface == "wl_seat":
                self._watch(wire, name)

    def _take(self, target: int, opcode: int, body: bytes) -> None:
        if target in self._since_ms:
            self._told = True
            self._since_ms[target] = self._clock_ms() - WHILE_MS if opcode == 0 else None
        elif target == self._registry and opcode == 0:
            name, interface, version = take_global(body)
            if interface == "wl_seat" or any(interface == form.interface for form in _FORMS):
                self._globals[name] = interface, version
        elif target == self._registry and len(body) == 4:
            (name,) = struct.unpack("=I", body)
            self._globals.pop(name, None)
            self._since_ms.pop(self._seats.pop(name, 0), None)

    def _reckon(self) -> int | None:
        now = self._clock_ms()
        if self._wire is None or not self._since_ms:
            return None
        since = [moment for moment in self._since_ms.values() if moment is not None]
        if len(since) == len(self._since_ms):
            return max(0, now - max(since))
        # Silence means activity only once the compositor has had the time to say otherwise.
        return 0 if self._told or now - self._opened_ms >= 2 * WHILE_MS else None


def open_wayland(environ: Mapping[str, str], clock_ms: Now = now_ms) -> Wayland:
    """The compositor, once it has taken the wish to be told."""
    require_here(environ)
    found = Wayland(socket_path(environ), clock_ms)
    try:
        found.connect()
    except OSError:
        raise NoAnswer("the compositor does not answer") from None
    return found
