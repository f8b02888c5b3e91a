"""`trainer breaks remind`, as the installed timer runs it: at any time of the day, with a desk that is made up."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sessions.breaks import BreakFact, BreakOffered, BreakSettled, BreaksPaused, WatchBegun
from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import Stamp
from trainer.breaks.idle import Unknown
from trainer.breaks.lock import Place
from trainer.breaks.logged import bodies
from trainer.breaks.notices import Notice
from trainer.breaks.quiet import Quiet
from trainer.breaks.settings import DAYS
from trainer.paths import Paths

HOURS = '[breaks.hours]\nmon = ["09:00-12:30", "13:30-17:30"]\n'
DAY = "2026-03-02"  # a Monday


def moment(clock: str, day: str = DAY) -> int:
    """The moment of a time on the wall, which is UTC here."""
    return int(datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=UTC).timestamp() * 1000)


class Way:
    """The desktop: shows notices, unless it has a reason not to."""

    name = "desktop"

    def __init__(self) -> None:
        self.shown: list[Notice] = []
        self.reason = ""
        self.withdrawn = 0

    def why_not(self) -> str:
        return self.reason

    def how(self) -> str:
        return ""

    def send(self, notice: Notice) -> bool:
        if not self.reason:
            self.shown.append(notice)
        return not self.reason

    def withdraw(self) -> None:
        self.withdrawn += 1


class Idle(Unknown):
    """A desktop that tells how long nothing was typed."""

    name = "GNOME"

    def __init__(self, since_ms: int) -> None:
        self.since_ms = since_ms

    def idle_ms(self) -> int:
        return self.since_ms


class Around:
    """The machine around the command, and the time."""

    def __init__(self, cli: Any, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desktop = Way()
        self.idle: Unknown = Unknown()
        self.quiet = Quiet(False)
        self.paths = paths
        self.now_ms = 0
        self._cli = cli
        monkeypatch.setattr("trainer.breaks.desk.find", lambda _: self.idle)
        monkeypatch.setattr("trainer.breaks.desk.ask", lambda _: self.quiet)
        monkeypatch.setattr("trainer.breaks.desk.ways", lambda *_, **__: [self.desktop])
        monkeypatch.setattr("time.time_ns", lambda: self.now_ms * 1_000_000)

    def remind(self, clock: str, day: str = DAY) -> tuple[int, str, str]:
        self.now_ms = moment(clock, day)
        status: tuple[int, str, str] = self._cli("breaks", "remind")
        return status

    def quietly(self, *clocks: str, day: str = DAY) -> None:
        """Each of these runs ends well and says nothing."""
        for clock in clocks:
            assert self.remind(clock, day) == (0, "", ""), clock

    def keep(self, clock: str, body: BreakFact) -> None:
        """Take a fact down at a time of the day."""
        stamp = Stamp(moment(clock), 0, "UTC")
        with Logbook.open(self.paths.logbook, random=os.urandom) as logbook:
            logbook.append(draft(f"00000000-0000-7000-8000-{os.urandom(6).hex()}", body, stamp, os.urandom))

    def begun(self) -> None:
        """A logbook is there, with nothing in it."""
        self.paths.home.mkdir(parents=True, exist_ok=True)
        Logbook.open(self.paths.logbook, random=os.urandom).close()

    @property
    def facts(self) -> list[BreakFact]:
        logbook = Logbook.open_existing(self.paths.logbook)
        assert logbook is not None
        with closing(logbook):
            return [body for _, body in bodies(logbook.break_facts(0))]


@pytest.fixture
def around(
    cli: Any, folders: Paths, own: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Around]:
    """Working hours on Mondays, breaks every hour, a person at the desk, UTC on the wall."""
    own("settings.toml", HOURS)
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    elif time.localtime(0).tm_gmtoff:
        pytest.skip("the zone of this system cannot be chosen")
    yield Around(cli, folders, monkeypatch)
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_a_break_that_is_due_is_told_of_once(around: Around) -> None:
    """At the first run after it fell due, with what it offers; the notice stays when the command has ended."""
    around.begun()
    around.quietly("09:00", "09:55")
    assert around.desktop.shown == []
    around.quietly("10:00", "10:05", "10:10", "10:55")
    assert [notice.title for notice in around.desktop.shown] == ["Time to move"]
    assert around.desktop.shown[0].body.startswith("Desk break, about 1 min")
    assert around.desktop.withdrawn == 0
    assert around.facts == [BreakOffered(moment("10:00"), "desk-break", by="timer")]


def test_after_an_hour_without_an_answer_the_next_is_told_of(around: Around) -> None:
    """The first is settled, with its reason; a second one without an answer is left to stand, and nobody is nagged."""
    around.begun()
    around.quietly("10:00", "10:55", "11:00", "11:05", "12:00", "12:25")
    settled = [fact for fact in around.facts if isinstance(fact, BreakSettled)]
    assert [(one.due_ms, one.how, one.why) for one in settled] == [(moment("10:00"), "dropped", "unanswered")]
    offered = [fact.due_ms for fact in around.facts if isinstance(fact, BreakOffered)]
    assert offered == [moment("10:00"), moment("11:00")]
    assert len(around.desktop.shown) == 2


def test_outside_the_hours_and_on_other_days_nothing_is_said_or_kept(around: Around) -> None:
    around.begun()
    around.quietly("08:55", "12:30", "13:25", "17:30", "23:00")
    around.quietly("11:00", day="2026-03-01")
    assert (around.desktop.shown, around.facts) == ([], [])


def test_outside_the_hours_the_logbook_is_not_even_opened(around: Around) -> None:
    """Whatever state it is in."""
    around.begun()
    around.paths.logbook.write_bytes(b"nonsense")
    around.quietly("08:55", "12:30")


def test_while_a_loop_is_open_it_is_left_to_say_so(around: Around) -> None:
    around.begun()
    loop = Place(around.paths.home)
    assert loop.take()
    around.quietly("10:05", "11:30")
    assert (around.desktop.shown, around.facts) == ([], [])
    loop.release()
    around.quietly("11:35")
    assert len(around.desktop.shown) == 1


def test_while_breaks_are_paused_nothing_is_said(around: Around) -> None:
    around.keep("09:50", BreaksPaused(moment("10:30")))
    around.quietly("10:00", "10:25")
    assert around.desktop.shown == []
    around.quietly("10:30")
    assert len(around.desktop.shown) == 1


def test_who_is_away_is_told_when_they_are_back(around: Around) -> None:
    around.begun()
    around.idle = Idle(5 * 60_000)
    around.quietly("10:00", "10:05")
    assert (around.desktop.shown, around.facts) == ([], [])
    around.idle = Idle(4 * 60_000)
    around.quietly("10:10")
    assert len(around.desktop.shown) == 1


def test_who_is_not_to_be_disturbed_is_told_at_the_next_run_after_that(around: Around) -> None:
    around.begun()
    around.quiet = Quiet(True, "do not disturb is on")
    around.quietly("10:00", "10:05")
    assert (around.desktop.shown, around.facts) == ([], [])
    around.quiet = Quiet(None)
    around.quietly("10:10")
    assert len(around.desktop.shown) == 1


def test_without_hours_and_without_a_logbook_nothing_is_said_and_nothing_is_made(
    around: Around, own: Callable[[str, str], Path]
) -> None:
    own("settings.toml", "")
    around.quietly("10:00", "11:00", "15:00")
    assert around.desktop.shown == []
    assert not around.paths.home.exists()


def test_looking_begins_no_logbook_and_a_notice_that_went_out_does(around: Around) -> None:
    """It has to be known at the next run that the break was told of."""
    around.quietly("09:00", "09:55")
    around.desktop.reason = "it is elsewhere"
    around.remind("10:00")
    around.remind("11:30")
    assert not around.paths.home.exists()
    around.desktop.reason = ""
    around.quietly("11:35", "11:40")
    assert len(around.desktop.shown) == 1
    assert around.paths.logbook.is_file()


def test_without_a_desktop_it_says_why_in_a_line_and_that_is_no_failure(around: Around) -> None:
    """It is told of as soon as there is one."""
    around.begun()
    around.desktop.reason = "nothing here shows notices: the message bus cannot be reached"
    status, out, err = around.remind("10:00")
    assert (status, err) == (0, "")
    assert out == f"A break is due, and no notice could be sent: {around.desktop.reason}.\n"
    assert around.facts == []
    around.desktop.reason = ""
    around.quietly("10:05")
    assert len(around.desktop.shown) == 1


def test_where_notices_are_off_it_says_so(
    around: Around, own: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own("settings.toml", f"[breaks]\ndesktop = false\n{HOURS}")
    around.begun()
    monkeypatch.setattr("trainer.breaks.desk.ways", lambda *_, desktop, **__: [around.desktop] if desktop else [])
    assert around.remind("10:00")[1].endswith("could be sent: notices are off in the settings.\n")


@pytest.mark.parametrize("fault", ["damaged", "foreign", "newer", "empty", "gone"])
def test_a_logbook_in_trouble_is_told_in_one_line(around: Around, fault: str) -> None:
    """With status 1; it is left as it is, and nobody is told of a break that could not be taken down."""
    around.begun()
    path = around.paths.logbook
    if fault == "newer":
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA user_version = 99")
    elif fault == "gone":
        around.paths.backups.mkdir()
        path.rename(around.paths.backups / "logbook-20260301T120000Z.sqlite")
    else:
        content = {"damaged": path.read_bytes()[:100] + b"\0" * 9000, "foreign": b"nonsense" * 99, "empty": b""}
        path.write_bytes(content[fault])
    before = path.read_bytes() if path.exists() else b""
    status, out, err = around.remind("10:00")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    assert around.desktop.shown == []
    assert (path.read_bytes() if path.exists() else b"") == before


def test_a_logbook_that_may_only_be_read_is_told_in_one_line(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same break would be told of every few minutes otherwise."""
    around.begun()
    monkeypatch.setattr(Logbook, "read_only", property(lambda _: True))
    monkeypatch.setattr(Logbook, "why_read_only", property(lambda _: "It may only be read."))
    assert around.remind("10:00") == (1, "", "trainer: It may only be read.\n")
    assert around.desktop.shown == []


def test_a_break_that_a_loop_left_offered_is_not_told_of_again(around: Around) -> None:
    around.keep("10:00", WatchBegun(moment("09:00")))
    around.keep("10:00", BreakOffered(moment("10:00"), "desk-break"))
    around.quietly("10:05")
    assert around.desktop.shown == []


FIXED = '[breaks]\nevery_min = 0\n[[breaks.at]]\ntime = "15:00"\ndays = ["mon"]\n'


def test_a_fixed_time_is_told_of_and_put_off_is_told_of_again(
    around: Around, own: Callable[[str, str], Path], cli: Any
) -> None:
    """The timer runs again when the postponed one is due."""
    own("settings.toml", FIXED)
    around.begun()
    around.quietly("14:55", "15:00")
    assert len(around.desktop.shown) == 1
    around.now_ms = moment("15:02")
    assert cli("breaks", "snooze")[0] == 0
    around.quietly("15:05")
    assert len(around.desktop.shown) == 1
    around.quietly("15:10", "15:15")
    assert len(around.desktop.shown) == 2


LOADED = """
import sys
from trainer.__main__ import main
status = main(["breaks", "remind"])
print(status, *sorted(sys.modules), file=sys.stderr)
"""
HEAVY = {"textual", "rich", "miniaudio", "simpleaudio", "asyncio", "tzlocal", "jeepney", "ctypes", "trainer.kit"}


@pytest.mark.parametrize(
    ("off", "never"),
    [(True, {"sqlite3", "filelock", "trainer.breaks.schedule", "sessions.records"}), (False, {"filelock"})],
    ids=["outside the hours", "nothing due"],
)
def test_it_loads_only_what_it_needs(
    folders: Paths, own: Callable[[str, str], Path], off: bool, never: set[str]
) -> None:
    """Most runs find nothing to do: they load no screen, no sound, nothing of a session, and ask no desktop."""
    days = [(time.localtime().tm_wday + 3) % 7] if off else range(7)
    hours = "".join(f'{DAYS[day]} = ["00:00-24:00"]\n' for day in days)
    own("settings.toml", f"[breaks]\nevery_min = 480\n[breaks.hours]\n{hours}")
    if not off:
        folders.home.mkdir(parents=True)
        now = Stamp(time.time_ns() // 1_000_000, 0, "UTC")
        with Logbook.open(folders.logbook, random=os.urandom) as logbook:
            body = WatchBegun(now.utc_ms)
            logbook.append(draft("00000000-0000-7000-8000-000000000001", body, now, os.urandom))
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    status, *loaded = done.stderr.split()
    assert (status, done.stdout) == ("0", "")
    assert not set(loaded) & (HEAVY | never)


def test_what_nobody_was_told_of_nobody_failed_to_answer(around: Around) -> None:
    """Switched on in the middle of the day, it tells of the break that is due, and of none before as unanswered."""
    around.begun()
    around.quietly("12:05")
    assert around.facts == [BreakOffered(moment("10:00"), "desk-break", by="timer")]
    assert len(around.desktop.shown) == 1
