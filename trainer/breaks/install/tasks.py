"""Windows: a task of the Task Scheduler."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

from trainer.breaks.install import moments
from trainer.breaks.install.model import MARK, NAME, Command, File, NoPlan, Place, Plan, Whose
from trainer.breaks.settings import Breaks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BEGIN = "2024-01-01"
"""A day before any on which the task is made; without a zone, its times are those of the machine's clock."""
_MOST_TRIGGERS = 48
"""How many the Task Scheduler takes ("Triggers" of the Task Scheduler Schema)."""
_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "AllowHardTerminate": "true",
    "StartWhenAvailable": "false",
    "RunOnlyIfNetworkAvailable": "false",
    "WakeToRun": "false",
    "Enabled": "true",
    "ExecutionTimeLimit": "PT1M",
    "Priority": "8",
}


def place(whose: Whose, folder: PurePath, uid: int = 0) -> Place:  # noqa: ARG001  # as for every system
    """The task's file in `folder`, a folder of its own, and the task that the system makes of it."""
    name = f"{NAME}{whose.suffix}"
    there = ("schtasks", "/Query", "/TN", name, "/XML")
    return Place(
        name=name,
        files=(folder / f"{name}.xml",),
        off=(Command(("schtasks", "/Delete", "/TN", name, "/F"), where=there),),
        asks=(there,),
        folders=(folder,),
        kept_inside=True,
    )


def plan(here: Place, words: tuple[str, ...], wishes: Breaks, user: str = "") -> Plan:
    """The task's file and what takes it in. Raises `NoPlan` for more times than a task can have."""
    (path,) = here.files
    content = _content(words, moments.fires(wishes), user)
    create = Command(("schtasks", "/Create", "/TN", here.name, "/XML", str(path), "/F"))
    return Plan(place=here, files=(File(path, content),), on=(create,))


def _content(words: tuple[str, ...], week: Iterable[int], user: str) -> bytes:
    import subprocess
    from xml.etree import ElementTree as Xml

    if any(re.search(r"%[^%]+%|\$\(", word) for word in words):
        raise NoPlan("a folder's name holds what Windows takes for a variable", f"It is in {' '.join(words)!r}.")
    root = Xml.Element("Task", {"version": "1.2", "xmlns": _SPACE})
    _add(_add(root, "RegistrationInfo"), "Description", MARK)
    triggers = _add(root, "Triggers")
    found = _triggers(week)
    if len(found) > _MOST_TRIGGERS:
        raise NoPlan(
            f"the hours and times come to {len(found)} entries, and Windows takes up to {_MOST_TRIGGERS} for a task",
            "Hours that are alike on several days count once.",
        )
    for (first, last), days in found.items():
        trigger = _add(triggers, "CalendarTrigger")
        _add(trigger, "StartBoundary", f"{_BEGIN}T{first // 60:02}:{first % 60:02}:00")
        if last > first:
            repetition = _add(trigger, "Repetition")
            _add(repetition, "Interval", f"PT{moments.GRID_MIN}M")
            # A minute longer than the last one needs, so that it is within whether the end counts or not.
            _add(repetition, "Duration", f"PT{last - first + 1}M")
            _add(repetition, "StopAtDurationEnd", "false")
        weekly = _add(trigger, "ScheduleByWeek")
        _add(weekly, "WeeksInterval", "1")
        named = _add(weekly, "DaysOfWeek")
        for day in days:
            _add(named, _DAYS[day])
    principal = _add(_add(root, "Principals"), "Principal")
    principal.set("id", "Author")
    if user:
        _add(principal, "UserId", user)
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = _add(root, "Settings")
    for key, value in _SETTINGS.items():
        _add(settings, key, value)
    actions = _add(root, "Actions")
    actions.set("Context", "Author")
    run = _add(actions, "Exec")
    _add(run, "Command", words[0])
    _add(run, "Arguments", subprocess.list2cmdline(words[1:]))
    Xml.indent(root)
    text = '<?xml version="1.0" encoding="UTF-16"?>\n' + Xml.tostring(root, "unicode") + "\n"
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def _triggers(week: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    """First and last minute of each run of fifth minutes, or one that stands alone twice, with its days."""
    found: dict[tuple[int, int], list[int]] = {}
    for day, minutes in enumerate(moments.by_day(week)):
        for run in moments.runs(minutes, moments.GRID_MIN):
            found.setdefault(run, []).append(day)
    return found


def _add(parent: Element, name: str, text: str = "") -> Element:
    from xml.etree.ElementTree import SubElement

    made = SubElement(parent, name)
    made.text = text or None
    return made
