"""Short questions to a message bus (D-Bus), each bounded in time. Packing and parsing are jeepney's.

Its connections are not used: they wait without a limit for the bus's first answer.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from trainer.breaks.asking import NoAnswer, deadline, left_s, reach
from trainer.text import clean

if TYPE_CHECKING:
    import socket

_GONE = ("ServiceUnknown", "NameHasNoOwner")


class Refused(NoAnswer):
    """The service runs, and answers that it has no such thing."""


def session_bus(environ: Mapping[str, str], *, starts: bool = False, within_s: float | None = None) -> Bus:
    """The bus of the person's desktop, as `Bus` has it."""
    folder = environ.get("XDG_RUNTIME_DIR")
    address = environ.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={folder}/bus" if folder else "")
    return Bus(address, starts=starts, within_s=within_s)


def system_bus(environ: Mapping[str, str]) -> Bus:
    """The machine's bus."""
    return Bus(environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/run/dbus/system_bus_socket")


class Bus:
    """One connection, made when it is needed and made again when it was lost.

    A service is only started by being asked where it `starts`. All questions together take no longer than `within_s`
    from now on; without it, each may take as long as a question takes.
    """

    def __init__(self, address: str, *, starts: bool = False, within_s: float | None = None) -> None:
        self._address = address
        self._starts = starts
        self._until = None if within_s is None else deadline(within_s)
        self._socket: socket.socket | None = None
        self._parser: Any = None
        self._serials = count(1)

    def ask(
        self, service: str, path: str, interface: str, method: str, signature: str = "", *values: object
    ) -> tuple[Any, ...]:
        """What a service answers. NoAnswer says why there is nothing."""
        if sys.platform == "win32":
            raise NoAnswer("there is no message bus")
        try:
            from jeepney import DBusAddress, MessageFlag, new_method_call
        except ImportError:
            raise NoAnswer("jeepney is not installed") from None
        message = new_method_call(DBusAddress(path, service, interface), method, signature or None, values)
        if not self._starts:
            message.header.flags |= MessageFlag.no_auto_start
        until = deadline() if self._until is None else self._until
        try:
            return self._answered(message, until)
        except NoAnswer:
            raise
        except TimeoutError:
            # A late answer dies with the connection, and nothing heaps up at a bus that reads no more.
            self.close()
            raise NoAnswer("no answer in time") from None
        except Exception:
            self.close()
            raise NoAnswer("the message bus cannot be reached") from None

    def property(self, service: str, path: str, interface: str, name: str) -> Any:
        """One property of a running service."""
        args = ("ss", interface, name)
        return self.ask(service, path, "org.freedesktop.DBus.Properties", "Get", *args)[0][1]

    def close(self) -> None:
        """End the connection; the next question makes a new one."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
        self._socket = None

    def _answered(self, message: Any, until: float) -> tuple[Any, ...]:
        from jeepney import HeaderFields, MessageType

        reused = self._socket is not None
        try:
            reply = self._call(message, until)
        except TimeoutError:
            raise
        except OSError:
            if not reused:
                raise
            self.close()  # the bus began anew since the last question
            reply = self._call(message, until)
        if reply.header.message_type is MessageType.error:
            error = str(reply.header.fields.get(HeaderFields.error_name, "")).rpartition(".")[2]
            if error in _GONE:
                raise NoAnswer("not running")
            raise Refused(f"it answers {clean(error)[:40]}")
        return tuple(reply.body)

    def _call(self, message: Any, until: float) -> Any:
        if self._socket is None:
            self._connect(until)
        return self._exchange(message, until)

    def _connect(self, until: float) -> None:
        from jeepney import Parser
        from jeepney.auth import BEGIN, Authenticator
        from jeepney.bus import get_connectable_addresses
        from jeepney.bus_messages import message_bus

        self._socket = self._reach(list(get_connectable_addresses(self._address)), until)
        authenticator = Authenticator()
        for line in authenticator:
            self._send(line, until)
            authenticator.feed(self._receive(until))
        self._send(BEGIN, until)
        self._parser = Parser()
        self._exchange(message_bus.Hello(), until)

    def _reach(self, places: list[str], until: float) -> socket.socket:
        for place in places:
            with suppress(FileNotFoundError, ConnectionRefusedError):
                return reach(place, until)
        raise ConnectionError

    def _exchange(self, message: Any, until: float) -> Any:
        from jeepney import HeaderFields

        serial = next(self._serials)
        self._send(message.serialise(serial), until)
        while True:
            while (got := self._parser.get_next_message()) is None:
                self._parser.add_data(self._receive(until))
            if got.header.fields.get(HeaderFields.reply_serial) == serial:
                return got

    def _send(self, data: bytes, until: float) -> None:
        if self._socket is not None:
            self._socket.settimeout(left_s(until))
            self._socket.sendall(data)

    def _receive(self, until: float) -> bytes:
        if self._socket is None:
            raise ConnectionResetError
        self._socket.settimeout(left_s(until))
        if data := self._socket.recv(65536):
            return data
        raise ConnectionResetError
