"""A real message bus with a stand-in for the desktop's notices, and terminals that are written to."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from trainer.breaks.notices import Notice

NAME = "org.freedesktop.Notifications"
HOSTILE = '"[L] a [/b] c [/]" \x1b]0;x\a \x9b31m \u202egnp.exe\u2066 <b>&amp; ;1;2 \r\n$(id) `id`'
NOTICE = Notice("Time to move", "Desk break, about 1 min.")


class Terminal:
    """Keeps what is written to it."""

    def __init__(self) -> None:
        self.text = ""

    def __call__(self, text: str) -> None:
        self.text += text


@pytest.fixture
def screen() -> Terminal:
    return Terminal()


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, str], dict[str, str]]:
    """Writes a stand-in program, and returns variables by which it, and a shell's own tools, are found."""
    if sys.platform == "win32":
        pytest.skip("stand-in programs are scripts for a POSIX shell")

    def write(name: str, script: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (folder / name).chmod(0o755)
        return {"PATH": f"{folder}:/usr/bin:/bin"}

    return write


@pytest.fixture(scope="session")
def bus_address() -> Iterator[str]:
    """A real bus of its own."""
    if sys.platform != "linux" or not shutil.which("dbus-daemon"):
        pytest.skip("needs dbus-daemon")
    pytest.importorskip("jeepney")
    folder = Path(tempfile.mkdtemp(prefix="bus"))  # its socket's path has to be short
    config = folder / "bus.conf"
    config.write_text(
        f"<busconfig><type>session</type><listen>unix:path={folder}/bus</listen><policy context='default'>"
        "<allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/>"
        "</policy></busconfig>",
        "utf-8",
    )
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()
        shutil.rmtree(folder)


class Desktop(Thread):
    """Takes notices as a desktop does, and keeps them."""

    def __init__(self, address: str, can: list[str], silent: str = "") -> None:
        super().__init__(daemon=True)
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        self.can = can
        self.silent = silent
        """A method that is never answered."""
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.shown = 0
        self._connection = open_dbus_connection(address, auth_timeout=20)
        if unwrap_msg(self._connection.send_and_get_reply(message_bus.RequestName(NAME))) != (1,):
            # One that ended just now still holds the name; the bus says when it is this one's.
            while self._connection.receive().body != (NAME,):
                pass

    @property
    def notices(self) -> list[tuple[Any, ...]]:
        return [values for method, values in self.calls if method == "Notify"]

    def run(self) -> None:
        from jeepney import HeaderFields, MessageType, new_method_return

        try:
            while True:
                message = self._connection.receive()
                if message.header.message_type is not MessageType.method_call:
                    continue
                method = message.header.fields[HeaderFields.member]
                self.calls.append((method, message.body))
                if method != self.silent:
                    self._connection.send(new_method_return(message, *self._answer(method, message.body)))
        except OSError:
            return

    def _answer(self, method: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        if method == "GetCapabilities":
            return "as", (self.can,)
        if method == "GetServerInformation":
            return "ssss", ("Stand-in\x1b[31m", "nobody", "1.2", "1.2")
        if method == "Notify":
            self.shown = values[1] or self.shown + 1
            return "u", (self.shown,)
        return "", ()

    def end(self) -> None:
        import socket

        if not self.is_alive():
            return
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self.join()
        self._connection.close()


@pytest.fixture
def desktop(bus_address: str) -> Iterator[Callable[..., Desktop]]:
    """Starts a stand-in for the desktop's notices."""
    started: list[Desktop] = []

    def start(can: tuple[str, ...] = ("body", "body-markup"), silent: str = "") -> Desktop:
        started.append(Desktop(bus_address, list(can), silent))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.end()
