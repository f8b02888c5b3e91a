"""A connection to a D-Bus bus that never takes longer than it was given.

Jeepney's own connection waits for the bus's first answer without a limit; only its messages and its greeting are used.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any


class Bus:
    """A connection for a few calls, which together take no longer than `timeout_s`.

    Opening it and every call raise OSError (TimeoutError among them), ValueError, RuntimeError or Jeepney's
    `DBusErrorResponse`; opening raises ImportError where Jeepney is not installed.
    """

    def __init__(self, address: str, timeout_s: float) -> None:
        from jeepney import Parser
        from jeepney.bus import get_bus
        from jeepney.io.blocking import prep_socket

        self._deadline_s = time.monotonic() + timeout_s
        self._serial = 0
        self._parser = Parser()
        self._socket = prep_socket(get_bus(address), timeout=timeout_s)
        try:
            self.ask("Hello")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Bus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()

    def ask(self, method: str, signature: str = "", *values: Any) -> tuple[Any, ...]:
        """Call a method of the bus itself."""
        name = "org.freedesktop.DBus"
        return self.call(name, "/org/freedesktop/DBus", name, method, signature, *values)

    def call(
        self, name: str, path: str, interface: str, method: str, signature: str = "", *values: Any
    ) -> tuple[Any, ...]:
        """Call a method and return what it answers."""
        from jeepney import DBusAddress, HeaderFields, new_method_call
        from jeepney.wrappers import unwrap_msg

        message = new_method_call(DBusAddress(path, name, interface), method, signature or None, values)
        self._serial += 1
        self._hurry()
        self._socket.sendall(message.serialise(serial=self._serial))
        while True:
            reply = self._receive()
            if reply.header.fields.get(HeaderFields.reply_serial) == self._serial:
                answer: tuple[Any, ...] = unwrap_msg(reply)
                return answer

    def _receive(self) -> Any:
        while (message := self._parser.get_next_message()) is None:
            self._hurry()
            data = self._socket.recv(4096)
            if not data:
                raise ConnectionResetError("the bus closed the connection")
            self._parser.add_data(data)
        return message

    def _hurry(self) -> None:
        left_s = self._deadline_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the bus did not answer in time")
        self._socket.settimeout(left_s)
