"""The agent of launchd, read back."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest
from hypothesis import given

from tests.breaks.install import weeks
from trainer.breaks.install import NoHours, NoPlan, Whose, plan
from trainer.breaks.install.model import MARK
from trainer.breaks.install.moments import fires, fixed
from trainer.breaks.settings import At, Breaks

PROGRAM = ("/usr/bin/python3", "-P", "-m", "trainer")
USUAL = Whose()
FOLDER = Path("/h/Library/LaunchAgents")


def read(wishes, whose=USUAL):
    found = plan("darwin", PROGRAM, wishes, whose, FOLDER, uid=501)
    (file,) = found.files
    return found, plistlib.loads(file.content)


def test_an_interval():
    """It asks each five minutes, in the background, and is loaded into the person's own session."""
    found, agent = read(Breaks(hours=weeks.OFFICE))
    assert agent == {
        "Label": "trainer-breaks",
        "ProgramArguments": [*PROGRAM, "breaks", "remind"],
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 10,
        "RunAtLoad": False,
        "StartInterval": 300,
    }
    path = FOLDER / "trainer-breaks.plist"
    assert [file.path for file in found.files] == list(found.place.files) == [path]
    shows = ("launchctl", "print", "gui/501/trainer-breaks")
    assert [(one.words, one.where) for one in found.on] == [
        (("launchctl", "bootout", "gui/501/trainer-breaks"), shows),
        (("launchctl", "bootstrap", "gui/501", str(path)), ()),
    ]
    assert found.place.off == found.on[:1]
    assert found.files[0].content.count(f"<!-- {MARK} -->".encode()) == 1


def test_fixed_times():
    """At fixed times it asks then and at no other; a time of every day names no day, and Sunday is day 0."""
    at = (At("15:02"), At("10:00", days=("mon", "sun")))
    _, agent = read(Breaks(every_min=0, postpone_most=0, at=at))
    assert "StartInterval" not in agent
    assert agent["StartCalendarInterval"] == [
        {"Hour": 15, "Minute": 2},
        {"Weekday": 1, "Hour": 10, "Minute": 0},
        {"Weekday": 0, "Hour": 10, "Minute": 0},
    ]


@given(weeks.wishes)
def test_the_times_read_back(wishes):
    """Read back, they are the fixed times of the wishes, and there is an interval where one is wished."""
    try:
        _, agent = read(wishes)
    except (NoHours, NoPlan):
        assert not fires(wishes) or wishes.hours is None
        return
    found = set()
    for one in agent.get("StartCalendarInterval", ()):
        days = [(one["Weekday"] - 1) % 7] if "Weekday" in one else range(7)
        found |= {day * 1440 + one["Hour"] * 60 + one["Minute"] for day in days}
    assert found == (fixed(wishes) if wishes.every_min else fires(wishes))
    assert ("StartInterval" in agent) == bool(wishes.every_min)


@pytest.mark.parametrize("folder", ["/a b", "/100%", '/it\'s "so" <&>', "/$HOME", "/é", "/]]>", "/-->"])
def test_hostile_folders(folder):
    """The program is told of a folder as it is called."""
    _, agent = read(Breaks(hours=weeks.OFFICE), Whose(data_dir=folder))
    assert agent["ProgramArguments"] == [*PROGRAM, "--data-dir", folder, "breaks", "remind"]
    assert agent["Label"].startswith("trainer-breaks-")
