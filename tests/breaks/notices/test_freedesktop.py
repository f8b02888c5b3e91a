"""Notices on a Linux desktop, over a real message bus."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from trainer.breaks.notices import Notice
from trainer.breaks.notices.freedesktop import Freedesktop

from .conftest import HOSTILE, NOTICE

pytest.importorskip("jeepney")
LONG_S = 20.0
"""Longer than any answer takes, on any machine."""
GIVEN_S = 0.2
"""What a desktop gets that never answers."""
BAD = ("", "unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "nonsense", "unix:path", "unix:path=/\0")


@pytest.fixture
def way(bus_address: str) -> Freedesktop:
    return Freedesktop({"DBUS_SESSION_BUS_ADDRESS": bus_address}, LONG_S)


def test_a_notice_is_shown(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """It goes out under the program's name, at normal urgency, and asks for no sound, picture or buttons."""
    shown = desktop()
    assert way.send(NOTICE)
    name, replaces, icon, title, body, actions, hints, for_ms = shown.notices[0]
    assert (name, replaces, icon, title, body) == ("trainer", 0, "", NOTICE.title, NOTICE.body)
    assert (actions, for_ms) == ([], -1)
    assert hints["urgency"] == ("y", 1)
    assert hints["category"] == ("s", "x-trainer.break")
    assert not {"sound-name", "sound-file", "resident"} & set(hints)


def test_a_later_notice_replaces_the_earlier(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """However many are sent, one stands on the desktop."""
    shown = desktop()
    for _ in range(3):
        assert way.send(NOTICE)
    assert [notice[1] for notice in shown.notices] == [0, 1, 1]


def test_a_settled_break_takes_its_notice_along(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """What was shown is closed, once; the next one is new."""
    shown = desktop()
    way.withdraw()
    assert shown.calls == []
    way.send(NOTICE)
    way.withdraw()
    way.withdraw()
    assert [values for method, values in shown.calls if method == "CloseNotification"] == [(1,)]
    way.send(NOTICE)
    assert shown.notices[-1][1] == 0


@pytest.mark.parametrize(
    ("can", "title", "body"),
    [
        (("body", "body-markup"), "a & b", "&lt;b&gt;&amp;amp; \"'"),
        (("body",), "a & b", "<b>&amp; \"'"),
        ((), "a & b: <b>&amp; \"'", ""),
    ],
    ids=["reads markup", "reads none", "shows a title alone"],
)
def test_text_is_never_markup(
    way: Freedesktop, desktop: Callable[..., Any], can: tuple[str, ...], title: str, body: str
) -> None:
    """What a desktop would read as markup is escaped where it does, and only there."""
    shown = desktop(can)
    assert way.send(Notice("a & b", "<b>&amp; \"'"))
    assert shown.notices[0][3:5] == (title, body)


def test_hostile_text_is_cleaned(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """No control or bidirectional character reaches the desktop."""
    shown = desktop(("body",))
    assert way.send(Notice(HOSTILE, HOSTILE * 9))
    title, body = shown.notices[0][3:5]
    assert '"[L] a [/b] c [/]"' in title
    assert len(title) <= 60
    assert len(body) <= 160
    assert not set("\x1b\a\x9b\u202e\u2066\r\n") & set(title + body)


def test_what_shows_notices_is_named(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """Its name is cleaned like any text from outside."""
    desktop()
    assert way.why_not() == ""
    assert way.how() == "Stand-in\N{REPLACEMENT CHARACTER}[31m 1.2"


def test_nothing_shows_notices(way: Freedesktop) -> None:
    """A bus without such a service is told of, and sending does not work."""
    assert way.why_not() == "nothing here shows notices: not running"
    assert not way.send(NOTICE)


def test_the_desktop_was_started_again(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """The next notice goes to the new one."""
    first = desktop()
    assert way.send(NOTICE)
    first.end()
    assert not way.send(NOTICE)
    second = desktop()
    assert way.send(NOTICE)
    assert len(second.notices) == 1


@pytest.mark.parametrize("silent", ["GetCapabilities", "Notify"])
def test_a_desktop_that_hangs_is_given_up(bus_address: str, desktop: Callable[..., Any], silent: str) -> None:
    """A service that takes calls and never answers costs no more than the time that it was given."""
    desktop(silent=silent)
    assert not Freedesktop({"DBUS_SESSION_BUS_ADDRESS": bus_address}, GIVEN_S).send(NOTICE)


def test_a_desktop_that_hangs_is_told_of(bus_address: str, desktop: Callable[..., Any]) -> None:
    """`doctor` says so."""
    desktop(silent="GetServerInformation")
    way = Freedesktop({"DBUS_SESSION_BUS_ADDRESS": bus_address}, GIVEN_S)
    assert way.why_not() == "nothing here shows notices: no answer in time"


def test_a_notice_that_hangs_at_its_end(way: Freedesktop, desktop: Callable[..., Any]) -> None:
    """Withdrawing waits no longer either."""
    desktop(silent="CloseNotification")
    assert way.send(NOTICE)
    way._timeout_s = GIVEN_S
    way.withdraw()


@pytest.fixture
def broken_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[list[bytes]], str]]:
    """A socket that says what it is told to, and then nothing more."""
    if sys.platform == "win32":
        pytest.skip("needs Unix sockets")
    with ExitStack() as stack:

        def start(says: list[bytes]) -> str:
            import shutil
            import tempfile

            folder = tempfile.mkdtemp(prefix="bus")
            stack.callback(shutil.rmtree, folder)
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(f"{folder}/bus")
            server.listen()

            def serve() -> None:
                with suppress(OSError):
                    connection, _ = server.accept()
                    stack.callback(connection.close)
                    for line in says:
                        connection.recv(4096)
                        connection.sendall(line)
                    if says and not says[-1]:
                        connection.close()

            Thread(target=serve, daemon=True).start()
            return f"unix:path={folder}/bus"

        yield start


@pytest.mark.parametrize(
    "says",
    [[], [b"OK 12\r\n"], [b"REJECTED\r\n"], [b"\xff" * 100], [b"OK 12\r\n", b"l" * 4000], [b"OK 12\r\n", b""], [b""]],
    ids=["silent", "silent later", "refuses", "nonsense", "nonsense later", "ends later", "ends"],
)
def test_a_bus_that_is_broken(broken_bus: Callable[[list[bytes]], str], says: list[bytes]) -> None:
    """Whatever a bus says or leaves unsaid, there is an end, and no error."""
    way = Freedesktop({"DBUS_SESSION_BUS_ADDRESS": broken_bus(says)}, GIVEN_S)
    assert not way.send(NOTICE)


@pytest.mark.parametrize("address", BAD)
def test_there_is_no_bus(address: str) -> None:
    """It is said why, and sending does not work."""
    way = Freedesktop({"DBUS_SESSION_BUS_ADDRESS": address}, GIVEN_S)
    assert way.why_not() == "nothing here shows notices: the message bus cannot be reached"
    assert not way.send(NOTICE)


def test_jeepney_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was left out, that is said."""
    monkeypatch.setitem(sys.modules, "jeepney", None)
    way = Freedesktop({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}, GIVEN_S)
    assert way.why_not() == "nothing here shows notices: jeepney is not installed"
    assert not way.send(NOTICE)


def test_the_usual_place_of_the_bus(bus_address: str, desktop: Callable[..., Any]) -> None:
    """A timer may know of no address, only of the folder in which the bus is."""
    shown = desktop()
    folder = Path(bus_address.removeprefix("unix:path=").partition(",")[0]).parent
    assert Freedesktop({"XDG_RUNTIME_DIR": str(folder)}, LONG_S).send(NOTICE)
    assert len(shown.notices) == 1


@pytest.mark.parametrize(
    "environ", [{"SSH_CONNECTION": "a 1 b 22"}, {"SSH_TTY": "/dev/pts/1"}, {"TERM": "linux"}], ids=lambda env: str(env)
)
def test_not_where_nobody_sits(bus_address: str, desktop: Callable[..., Any], environ: dict[str, str]) -> None:
    """Over ssh and at a text console, the desktop of the machine is left alone."""
    shown = desktop()
    way = Freedesktop({"DBUS_SESSION_BUS_ADDRESS": bus_address, **environ}, LONG_S)
    assert way.why_not()
    assert not way.send(NOTICE)
    assert shown.calls == []


def test_a_desktop_started_at_a_text_console(bus_address: str, desktop: Callable[..., Any]) -> None:
    """A desktop hands on the TERM of the console that it was started at; its display tells them apart."""
    desktop()
    environ = {"DBUS_SESSION_BUS_ADDRESS": bus_address, "TERM": "linux", "WAYLAND_DISPLAY": "wayland-1"}
    assert Freedesktop(environ, LONG_S).send(NOTICE)
