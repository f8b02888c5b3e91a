"""Which way a notice takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.breaks.notices import Notice, send, ways, withdraw

from .conftest import HOSTILE, NOTICE

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("desktop", "bell", "names"),
    [
        (True, True, ["desktop", "terminal", "bell"]),
        (True, False, ["desktop"]),
        (False, True, ["terminal", "bell"]),
        (False, False, []),
    ],
)
@pytest.mark.parametrize("system", ["linux", "darwin", "win32", "freebsd14"])
def test_the_ways_in_their_order(desktop: bool, bell: bool, names: list[str], system: str) -> None:
    """What reaches a person best comes first, and what was turned off does not come."""
    assert [way.name for way in ways({}, None, desktop=desktop, bell=bell, system=system)] == names


def test_the_first_that_works(bus_address: str, desktop: Callable[..., Any], screen: Any) -> None:
    """With a desktop that shows it, the terminal stays as it is."""
    shown = desktop()
    found = ways({"DBUS_SESSION_BUS_ADDRESS": bus_address, "TERM": "foot"}, screen, desktop=True, bell=True)
    assert send(NOTICE, found) == "desktop"
    withdraw(found)
    assert [method for method, _ in shown.calls] == ["GetCapabilities", "Notify", "CloseNotification"]
    assert screen.text == ""


@pytest.mark.parametrize(
    ("term", "name", "begins"), [("foot", "terminal", "\x1b]777;"), ("xterm", "bell", "\a")], ids=["known", "unknown"]
)
def test_without_a_desktop(screen: Any, term: str, name: str, begins: str) -> None:
    """The terminal says it, and where it cannot, the bell rings."""
    assert send(NOTICE, ways({"TERM": term}, screen, desktop=True, bell=True, system="linux")) == name
    assert screen.text.startswith(begins)


def test_nothing_works(capfd: pytest.CaptureFixture[str]) -> None:
    """With no desktop and no terminal the name is empty, and nothing is printed."""
    found = ways({}, None, desktop=True, bell=True, system="linux")
    assert send(Notice(HOSTILE, HOSTILE), found) == ""
    withdraw(found)
    assert all(way.why_not() for way in found)
    assert capfd.readouterr() == ("", "")


def test_the_bell_says_nothing(screen: Any) -> None:
    """No text comes with it."""
    (bell,) = [way for way in ways({}, screen, desktop=False, bell=True) if way.name == "bell"]
    assert (bell.why_not(), bell.how()) == ("", "BEL")
    assert bell.send(Notice(HOSTILE))
    assert screen.text == "\a"


def test_the_room_is_cheap_to_load() -> None:
    """Whoever only names a notice loads no bus, no process and no terminal."""
    code = (
        "import sys, trainer.breaks.notices as room;"
        "found = room.ways({}, None, desktop=False, bell=False);"
        "print(*({'jeepney', 'subprocess', 'socket', 'selectors', 'textual', 'rich', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
