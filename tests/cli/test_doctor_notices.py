"""What `doctor` says of breaks: ways of notice, idle time, quiet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.breaks.notices import Notice
from trainer.cues.doctor import Report
from trainer.cues.status import Status


class Way:
    """A way of notice that keeps what it is told to send."""

    def __init__(self, name: str, why_not: str = "") -> None:
        self.name = name
        self._why_not = why_not
        self.sent: list[Notice] = []

    def why_not(self) -> str:
        return self._why_not

    def how(self) -> str:
        return f"{self.name} 1.0"

    def send(self, notice: Notice) -> bool:
        if not self._why_not:
            self.sent.append(notice)
        return not self._why_not


@pytest.fixture(autouse=True)
def ways(monkeypatch: pytest.MonkeyPatch) -> dict[str, Way]:
    """The desktop cannot be used, the terminal and the bell can; GNOME tells idle time, and nothing tells of quiet."""
    found = {name: Way(name) for name in ("terminal", "bell")}
    found = {"desktop": Way("desktop", "it is elsewhere"), **found}

    def choose(_: Any, write: Any, *, desktop: bool, bell: bool) -> list[Way]:
        return [way for name, way in found.items() if (desktop if name == "desktop" else bell)]

    monkeypatch.setattr("trainer.breaks.notices.ways", choose)
    monkeypatch.setattr("trainer.breaks.idle.survey", lambda _: [("GNOME", "2 s"), ("logind", "not running")])
    monkeypatch.setattr("trainer.breaks.quiet.survey", lambda _: [("GNOME", "off")])
    monkeypatch.setattr("trainer.cues.doctor.probe", lambda _: Report((), (), Status("silent"), 9))
    return found


def section(out: str) -> list[str]:
    """The lines under the title, without what follows them."""
    lines = out.split("Notices\n")[1].split("\n\n")[0].splitlines()
    return " ".join(line.strip() if line.startswith("    ") else f"\n{line.strip()}" for line in lines).split(" \n")


def test_each_way_is_told_and_one_notice_is_sent(cli: Any, ways: dict[str, Way]) -> None:
    """Each says whether it can be used; the notice goes by the first that can, and by no other."""
    status, out, err = cli("doctor")
    assert (status, err) == (0, "")
    assert [line.strip() for line in section(out)] == [
        "Desktop: not used: it is elsewhere",
        "Terminal: can be used: terminal 1.0",
        "Bell: can be used: bell 1.0",
        "Idle time, GNOME: 2 s",
        "Idle time, logind: not running",
        "Quiet, GNOME: off",
        "Test: one notice was sent (terminal)",
    ]
    assert {name: len(way.sent) for name, way in ways.items()} == {"desktop": 0, "terminal": 1, "bell": 0}


def test_quiet_sends_none(cli: Any, ways: dict[str, Way]) -> None:
    """`--quiet` shows the same and sends nothing."""
    _, out, _ = cli("doctor", "--quiet")
    assert section(out)[-1].strip() == "Test: not sent (--quiet)"
    assert not any(way.sent for way in ways.values())


def test_what_was_turned_off(cli: Any, ways: dict[str, Way], own: Callable[[str, str], Path]) -> None:
    """It is told, and neither used nor asked."""
    own("settings.toml", "[breaks]\ndesktop = false\nbell = false\nwatch_idle = false\n")
    status, out, _ = cli("doctor")
    lines = [line.strip() for line in section(out)]
    assert status == 0
    for name in ("Desktop", "Terminal", "Bell"):
        assert f"{name}: not used: off in the settings" in lines
    assert "Idle time: not asked: off in the settings" in lines
    assert lines[-1] == "Test: nothing was sent; the screen says when a break is due"
    assert not any(way.sent for way in ways.values())


def test_nothing_is_written_where_there_is_no_terminal(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a file or a pipe goes no sequence and no bell."""
    handed = []
    monkeypatch.setattr("trainer.breaks.notices.ways", lambda _, write, **__: handed.append(write) or [])
    _, out, _ = cli("doctor")
    assert handed == [None, None]
    assert "\a" not in out
    assert "\x1b" not in out
