"""Linux: a timer of the person's own systemd, and the service that it starts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from trainer.breaks.install import moments
from trainer.breaks.install.model import MARK, NAME, Command, File, Place, Plan, Whose
from trainer.breaks.settings import Breaks

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CONTROL = ("systemctl", "--user")
# Without LogLevelMax systemd itself tells the journal of each start and end, some hundred times a day; with SyslogLevel
# what the program has to say is there all the same.
_SERVICE = """\
# {mark}
[Unit]
Description=Reminds of a break that is due

[Service]
Type=oneshot
ExecStart={command}
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=30
SyslogLevel=notice
LogLevelMax=notice
"""
_TIMER = """\
# {mark}
[Unit]
Description=When a break may be due

[Timer]
{times}
AccuracySec=10s
Persistent=false

[Install]
WantedBy=timers.target
"""


def place(whose: Whose, folder: PurePath, uid: int = 0) -> Place:  # noqa: ARG001  # as for every system
    """The two units in `folder`, which is `systemd/user` of the configuration."""
    name = f"{NAME}{whose.suffix}"
    timer, service = f"{name}.timer", f"{name}.service"
    return Place(
        name=timer,
        files=(folder / service, folder / timer),
        off=(Command((*_CONTROL, "disable", "--now", timer)),),
        asks=((*_CONTROL, "is-active", "--quiet", timer), (*_CONTROL, "is-enabled", "--quiet", timer)),
        links=(folder / "timers.target.wants" / timer,),
        # systemd lists what once failed until it is told to forget it.
        after=(
            Command((*_CONTROL, "daemon-reload")),
            Command((*_CONTROL, "reset-failed", service), where=(*_CONTROL, "is-failed", "--quiet", service)),
        ),
        folders=(folder / "timers.target.wants", folder, folder.parent),
    )


def plan(here: Place, words: tuple[str, ...], wishes: Breaks) -> Plan:
    """Both units, and what has systemd read them anew: a timer that runs keeps its next time until it is restarted."""
    service, timer = here.files
    times = "\n".join(f"OnCalendar={line}" for line in calendar(moments.fires(wishes)))
    return Plan(
        place=here,
        files=(
            File(service, _SERVICE.format(mark=MARK, command=command(words)).encode()),
            File(timer, _TIMER.format(mark=MARK, times=times).encode()),
        ),
        on=(
            Command((*_CONTROL, "daemon-reload")),
            Command((*_CONTROL, "enable", here.name)),
            Command((*_CONTROL, "restart", here.name)),
        ),
    )


def command(words: tuple[str, ...]) -> str:
    """A command as systemd reads it (systemd.service, "Command lines"): quoted, and no specifier or variable in it.

    `$$` stands for a dollar sign among the arguments, but not in the program's own name; so where there is one,
    a colon before the command leaves all of them alone.
    """
    colon = ":" if any("$" in word for word in words) else ""
    return colon + " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    word = word.replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    plain = word and not set(word) & set(" '\"\\;") and word.isascii()
    return word if plain else f'"{word}"'


def calendar(week: Iterable[int]) -> list[str]:
    """Minutes of the week as lines for `OnCalendar=` (systemd.time, "Calendar events"), alike days and hours in one."""
    lines: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
    for day, minutes in enumerate(moments.by_day(week)):
        hours: dict[int, list[int]] = {}
        for one in minutes:
            hours.setdefault(one // 60, []).append(one % 60)
        alike: dict[tuple[int, ...], list[int]] = {}
        for hour, among in hours.items():
            alike.setdefault(tuple(among), []).append(hour)
        for among_, of in alike.items():
            lines.setdefault((tuple(of), among_), []).append(day)
    return [_line(days, hours_, minutes_) for (hours_, minutes_), days in lines.items()]


def _line(days: list[int], hours: tuple[int, ...], minutes: tuple[int, ...]) -> str:
    when = "" if len(days) == len(_DAYS) else _listed(days, 1, [*_DAYS]) + " "
    numbers = [f"{one:02}" for one in range(60)]
    return f"{when}*-*-* {_listed(hours, 1, numbers)}:{_listed(minutes, moments.GRID_MIN, numbers)}:00"


def _listed(values: Iterable[int], step: int, names: list[str]) -> str:
    parts = []
    for first, last in moments.runs(values, step):
        count = (last - first) // step + 1
        if count * step == len(names) and step > 1:
            parts.append(f"{names[first]}/{step}")
        elif count > 2:
            parts.append(f"{names[first]}..{names[last]}" + (f"/{step}" if step > 1 else ""))
        else:
            parts += [names[one] for one in range(first, last + 1, step)]
    return ",".join(parts)
