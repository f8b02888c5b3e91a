"""The timer of systemd: its lines, read by a reader of our own and by systemd itself, and its command."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given

from tests.breaks.install import weeks
from trainer.breaks.install import NoPlan, Whose, plan
from trainer.breaks.install.moments import fires
from trainer.breaks.install.systemd import calendar, command
from trainer.breaks.settings import At, Breaks, Hours

PROGRAM = ("/usr/bin/python3", "-P", "-m", "trainer")
FOLDER = Path("/h/.config/systemd/user")
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")


def numbers(text: str, names: list[str], end: int) -> set[int]:
    """What a list of systemd's means: values, ranges, and repetitions."""
    found: set[int] = set()
    for part in text.split(","):
        values, _, step = part.partition("/")
        first, _, last = values.partition("..")
        low = names.index(first)
        high = names.index(last) if last else end if step else low
        found |= set(range(low, high + 1, int(step or 1)))
    return found


def read(line: str) -> set[int]:
    """The minutes of the week that a line for `OnCalendar=` means."""
    days, date, time = line.rpartition(" ")[0].rpartition(" ")[0], line.split()[-2], line.split()[-1]
    assert date == "*-*-*"
    hours, minutes, seconds = time.split(":")
    assert seconds == "00"
    two = [f"{one:02}" for one in range(60)]
    return {
        day * 1440 + hour * 60 + minute
        for day in (numbers(days, DAYS, 6) if days else range(7))
        for hour in numbers(hours, two, 23)
        for minute in numbers(minutes, two, 59)
    }


def unit(content: bytes) -> dict[str, dict[str, list[str]]]:
    """A unit's sections and keys, each with all its values."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in content.decode().splitlines():
        if line.startswith("["):
            section = found.setdefault(line, {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize(
    ("wishes", "lines"),
    [
        (
            Breaks(hours=weeks.OFFICE),
            [
                "Mon..Fri *-*-* 09..11,14..16:00/5:00",
                "Mon..Fri *-*-* 12,17:00..25/5,29:00",
                "Mon..Fri *-*-* 13:30..55/5:00",
            ],
        ),
        (Breaks(hours=Hours(mon=("09:00-11:00",))), ["Mon *-*-* 09:00/5:00", "Mon *-*-* 10:00/5,59:00"]),
        (Breaks(hours=Hours(sat=("09:00-09:10",), sun=("09:00-09:10",))), ["Sat,Sun *-*-* 09:00,05,09:00"]),
        (
            Breaks(hours=Hours(fri=("22:00-02:03",))),
            ["Fri *-*-* 22,23:00/5:00", "Sat *-*-* 00,01:00/5:00", "Sat *-*-* 02:00,02:00"],
        ),
        (Breaks(hours=Hours(sun=("23:00-24:00",))), ["Sun *-*-* 23:00/5,59:00"]),
        (Breaks(hours=Hours(**{day.lower(): ("00:00-24:00",) for day in DAYS})), ["*-*-* 00..23:00/5:00"]),
        (Breaks(every_min=0, postpone_most=0, at=(At("15:02"),)), ["*-*-* 15:02:00"]),
        (Breaks(every_min=0, at=(At("15:00"),)), ["*-*-* 15:00..15/5:00"]),
        (
            Breaks(
                every_min=0,
                postpone_most=0,
                at=(At("10:00", days=("mon", "wed", "fri")), At("15:00", days=("mon", "wed", "fri"))),
            ),
            ["Mon,Wed,Fri *-*-* 10,15:00:00"],
        ),
    ],
)
def test_lines(wishes, lines):
    """Hours and times as lines that a person can read too."""
    assert calendar(fires(wishes)) == lines


@given(weeks.wishes)
def test_the_lines_mean_the_minutes(wishes):
    """Read again, the lines mean exactly the minutes at which it should ask."""
    asked = fires(wishes)
    lines = calendar(asked)
    assert set().union(*map(read, lines)) == asked
    assert len(set(lines)) == len(lines)


def test_what_is_planned():
    """Both units, with all that keeps them small: no queue, no hanging, no hundred lines a day in the journal."""
    found = plan("linux", PROGRAM, Breaks(hours=weeks.OFFICE), Whose(), FOLDER)
    service, timer = (unit(file.content) for file in found.files)
    assert [file.path.name for file in found.files] == ["trainer-breaks.service", "trainer-breaks.timer"]
    assert service["[Service]"] == {
        "Type": ["oneshot"],
        "ExecStart": ["/usr/bin/python3 -P -m trainer breaks remind"],
        "Nice": ["10"],
        "IOSchedulingClass": ["idle"],
        "TimeoutStartSec": ["30"],
        "SyslogLevel": ["notice"],
        "LogLevelMax": ["notice"],
    }
    assert timer["[Timer]"] == {
        "OnCalendar": calendar(fires(Breaks(hours=weeks.OFFICE))),
        "AccuracySec": ["10s"],
        "Persistent": ["false"],
    }
    assert timer["[Install]"] == {"WantedBy": ["timers.target"]}
    name = "trainer-breaks.timer"
    assert [" ".join(one.words) for one in found.on] == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable {name}",
        f"systemctl --user restart {name}",
    ]
    assert [" ".join(one.words) for one in (*found.place.off, *found.place.after)] == [
        f"systemctl --user disable --now {name}",
        "systemctl --user daemon-reload",
        "systemctl --user reset-failed trainer-breaks.service",
    ]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("/bin/a", "b"), "/bin/a b"),
        (("/my bin/a", "50% off"), '"/my bin/a" "50%% off"'),
        (("/bin/a", 'say "x"', "it's", "a\\b", "a;b"), '/bin/a "say \\"x\\"" "it\'s" "a\\\\b" "a;b"'),
        (("/bin/a", "$HOME", "${X}"), ":/bin/a $HOME ${X}"),
        (("/$x/a", "b"), ":/$x/a b"),
        (("/bin/a", "é", ""), '/bin/a "é" ""'),
    ],
)
def test_quoting(words, line):
    """Spaces, quotes, backslashes, specifiers and variables reach the program as they are."""
    assert command(words) == line


@pytest.mark.parametrize("folder", ["/a\nExecStart=/bin/false", "/a\rb", "/a\x1b[0m", "/a\x00", "/a\u2028b", "/\udce9"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_a_name_that_cannot_be_written(system, folder):
    """A folder whose name holds a line end or another control character is refused on every system."""
    with pytest.raises(NoPlan, match="allowed: a name without"):
        plan(system, PROGRAM, Breaks(hours=weeks.OFFICE), Whose(data_dir=folder), FOLDER)


HOSTILE = ["/a b", "/100%h%%", '/it\'s "so"', "/c\\d\\n", "/$HOME/${X}/$$", "/é ü/ñ", "/a;b", "/#x", "/-x @y"]


@needs_systemd
def test_systemd_takes_the_units(tmp_path):
    """systemd finds nothing wrong with the units of hostile names, and reads the very words of the command."""
    runtime, units = tmp_path / "run", tmp_path / "units"
    runtime.mkdir(0o700)
    units.mkdir()
    analyze = {**os.environ, "SYSTEMD_LOG_LEVEL": "debug", "SYSTEMD_LOG_TARGET": "console"}
    analyze["XDG_RUNTIME_DIR"] = str(runtime)
    whose = [Whose(data_dir=folder, config_dir=folder + "/c", person="anna") for folder in HOSTILE]
    files = {}
    for one in whose:
        found = plan("linux", ("/bin/echo", "-P"), Breaks(hours=weeks.OFFICE, at=(At("15:02"),)), one, units)
        for file in found.files:
            Path(file.path).write_bytes(file.content)
        files[found.files[0].path.name] = one
    paths = [str(path) for path in sorted(units.iterdir())]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *paths], env=analyze, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert not re.search(rf"{re.escape(str(units))}/[^ ]*:\d+:", said), said
    lines = {unescaped(line) for line in re.findall(r"Command Line: :?(.*)", said)}
    for one in files.values():
        assert ("/bin/echo", "-P", *one.options, "breaks", "remind") in lines


def unescaped(line: str) -> tuple[str, ...]:
    """The words of a command as systemd shows it, which is as a shell takes it."""
    return tuple(shlex.split(re.sub(r"\\([$`])", r"\1", line)))


@needs_systemd
@pytest.mark.parametrize(
    "wishes",
    [
        Breaks(hours=weeks.OFFICE),
        Breaks(hours=Hours(fri=("22:00-02:03",), sun=("23:00-24:00",), mon=("00:00-24:00",)), at=(At("22:01"),)),
        Breaks(every_min=0, at=(At("15:02"), At("07:30", days=("sat",)))),
    ],
)
def test_systemd_reads_the_same_minutes(wishes):
    """A week's moments, as systemd counts them out from the lines, are those at which it should ask."""
    lines = calendar(fires(wishes))
    done = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=2100", "--base-time=2023-12-31 23:59:59", *lines],
        env={**os.environ, "TZ": "UTC", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = set()
    for day, date, hour, minute in re.findall(r"(\w{3}) (2024-01-0\d) (\d\d):(\d\d):00", done.stdout):
        if date < "2024-01-08":
            found.add(DAYS.index(day) * 1440 + int(hour) * 60 + int(minute))
    assert found == fires(wishes)
