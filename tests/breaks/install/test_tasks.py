"""The task of Windows, read back, and held against the order that its schema asks for."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath
from xml.etree import ElementTree

import pytest
from hypothesis import given

from tests.breaks.install import weeks
from trainer.breaks.install import NoPlan, Whose, plan
from trainer.breaks.install.model import MARK
from trainer.breaks.install.moments import fires
from trainer.breaks.settings import DAYS, At, Breaks, Hours

PROGRAM = (r"C:\Program Files\Python\pythonw.exe", "-P", "-m", "trainer")
USUAL = Whose()
FOLDER = PureWindowsPath(r"C:\local\trainer-breaks")
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def read(wishes, whose=USUAL, user=""):
    found = plan("win32", PROGRAM, wishes, whose, FOLDER, user=user)
    (file,) = found.files
    return found, ElementTree.fromstring(file.content)


def names(element):
    return [one.tag.removeprefix(SPACE) for one in element]


def minutes(root):
    """The minutes of the week at which the task runs."""
    found = set()
    for trigger in root.iter(f"{SPACE}CalendarTrigger"):
        # triggerBaseType: StartBoundary, then Repetition; behind it the schedule.
        assert names(trigger) in (
            ["StartBoundary", "ScheduleByWeek"],
            ["StartBoundary", "Repetition", "ScheduleByWeek"],
        )
        start = re.fullmatch(r"2024-01-01T(\d\d):(\d\d):00", trigger.findtext(f"{SPACE}StartBoundary"))
        first = int(start[1]) * 60 + int(start[2])
        length = 1
        if (repetition := trigger.find(f"{SPACE}Repetition")) is not None:
            assert names(repetition) == ["Interval", "Duration", "StopAtDurationEnd"]
            assert repetition.findtext(f"{SPACE}Interval") == "PT5M"
            length = int(re.fullmatch(r"PT(\d+)M", repetition.findtext(f"{SPACE}Duration"))[1])
            assert 5 < length <= 1440
        weekly = trigger.find(f"{SPACE}ScheduleByWeek")
        assert names(weekly) == ["WeeksInterval", "DaysOfWeek"]
        assert weekly.findtext(f"{SPACE}WeeksInterval") == "1"
        days = names(weekly.find(f"{SPACE}DaysOfWeek"))
        assert days == sorted(days, key=NAMES.index)
        # The end of a repetition may count or not; both must mean the same.
        assert length % 5 == 1
        found |= {NAMES.index(day) * 1440 + first + after for day in days for after in range(0, length, 5)}
    return found


def test_what_is_planned():
    """A task of the person's own, without a window, that wakes nothing, runs late never, and ends in a minute."""
    found, root = read(Breaks(hours=weeks.OFFICE), user="DESK\\anna")
    (file,) = found.files
    assert file.content.startswith(b"\xff\xfe")
    assert file.content.decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2"')
    assert names(root) == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    assert root.findtext(f"{SPACE}RegistrationInfo/{SPACE}Description") == MARK
    principal = root.find(f"{SPACE}Principals/{SPACE}Principal")
    assert [(one.tag.removeprefix(SPACE), one.text) for one in principal] == [
        ("UserId", "DESK\\anna"),
        ("LogonType", "InteractiveToken"),
        ("RunLevel", "LeastPrivilege"),
    ]
    settings = {one.tag.removeprefix(SPACE): one.text for one in root.find(f"{SPACE}Settings")}
    assert settings["StartWhenAvailable"] == settings["WakeToRun"] == settings["StopIfGoingOnBatteries"] == "false"
    assert (settings["MultipleInstancesPolicy"], settings["ExecutionTimeLimit"]) == ("IgnoreNew", "PT1M")
    run = root.find(f"{SPACE}Actions/{SPACE}Exec")
    assert [(one.tag.removeprefix(SPACE), one.text) for one in run] == [
        ("Command", PROGRAM[0]),
        ("Arguments", "-P -m trainer breaks remind"),
    ]
    assert root.find(f"{SPACE}Actions").get("Context") == principal.get("id") == "Author"
    there = ("schtasks", "/Query", "/TN", "trainer-breaks", "/XML")
    assert [one.words for one in found.on] == [
        ("schtasks", "/Create", "/TN", "trainer-breaks", "/XML", str(FOLDER / "trainer-breaks.xml"), "/F")
    ]
    assert [(one.words, one.where) for one in found.place.off] == [
        (("schtasks", "/Delete", "/TN", "trainer-breaks", "/F"), there)
    ]


@pytest.mark.parametrize(
    "wishes",
    [
        Breaks(hours=weeks.OFFICE),
        Breaks(hours=Hours(fri=("22:00-02:03",), sun=("23:00-24:00",))),
        Breaks(hours=Hours(**dict.fromkeys(DAYS, ("00:00-24:00",)))),
        Breaks(every_min=0, at=(At("15:02"), At("10:00", days=("mon", "sun")))),
    ],
)
def test_the_times(wishes):
    """Its triggers come to the minutes at which it should ask."""
    _, root = read(wishes)
    assert minutes(root) == fires(wishes)


@given(weeks.wishes)
def test_any_times(wishes):
    """Any wishes that can be planned come to their minutes, in no more entries than a task may have."""
    try:
        _, root = read(wishes)
    except NoPlan as error:
        refused = error.lines[0]
    else:
        assert minutes(root) == fires(wishes)
        assert len(list(root.iter(f"{SPACE}CalendarTrigger"))) <= 48
        return
    assert wishes.hours is None or not fires(wishes) or "up to 48" in refused


def test_more_times_than_a_task_takes():
    """More entries than Windows takes are refused, saying how many there are."""
    many = tuple(At(f"{hour:02}:{minute}") for hour in range(24) for minute in ("02", "32"))
    read(Breaks(every_min=0, postpone_most=0, at=many))
    with pytest.raises(NoPlan, match="come to 49 entries"):
        read(Breaks(every_min=0, postpone_most=0, at=(*many, At("12:12"))))


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        (r"C:\a b", r'--data-dir "C:\a b"'),
        (r"C:\a b" + "\\", '--data-dir "C:\\a b\\\\"'),
        (r"C:\100%", r"--data-dir C:\100%"),
        (r"C:\it's <&>", r'--data-dir "C:\it' + "'" + r's <&>"'),
        (r"C:\é", r"--data-dir C:\é"),
    ],
)
def test_hostile_folders(folder, arguments):
    """A folder's name reaches the program as it is, quoted as Windows splits it."""
    _, root = read(Breaks(hours=weeks.OFFICE), Whose(data_dir=folder))
    assert root.findtext(f"{SPACE}Actions/{SPACE}Exec/{SPACE}Arguments") == f"-P -m trainer {arguments} breaks remind"


@pytest.mark.parametrize("folder", [r"C:\%TEMP%", r"C:\$(Arg0)"])
def test_what_windows_would_replace(folder):
    """A name that Windows would read as a variable is refused."""
    with pytest.raises(NoPlan, match="takes for a variable"):
        read(Breaks(hours=weeks.OFFICE), Whose(data_dir=folder))
