"""What waiting costs, as far as it can be counted: looks, paints, files, modules. Time is the benchmarks' matter."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.app.conftest import Coach
from tests.benchmarks.month import Month
from tests.breaks.week import HOUR, MINUTE, OFFICE, Desk
from trainer.app import counting
from trainer.app.app import TrainerApp
from trainer.app.breaks import BreaksScreen
from trainer.breaks.events import Sensed
from trainer.breaks.lock import LOCK, SEEN, Place
from trainer.breaks.settings import Breaks
from trainer.settings import Settings
from trainer.timekeeper import Hour, Timekeeper

REPO = Path(__file__).parents[2]
OWN = {
    "trainer",
    "trainer.__main__",
    "trainer.breaks",
    "trainer.breaks.due",
    "trainer.breaks.lengths",
    "trainer.cli",
    "trainer.cli.promptly",
}
"""What `trainer due` loads of the program."""
OTHERS = {"__future__", "_collections", "_operator", "collections", "itertools", "keyword", "operator", "reprlib"}
"""And of others, beyond what Python loads to do nothing: what `collections` is made of."""


# --- `trainer due` -------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_due_loads_next_to_nothing_where_nothing_changed(tmp_path: Path, options: list[str]) -> None:
    folders = {"TRAINER_DATA_DIR": str(tmp_path / "data"), "TRAINER_CONFIG_DIR": str(tmp_path / "config")}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRAINER_")}
    (tmp_path / "data").mkdir()
    code = (
        "import sys; before = set(sys.modules)\n"
        "from trainer.__main__ import main\n"
        f"status = main(['due', *{options}])\n"
        "print(*sorted(set(sys.modules) - before), status, file=sys.stderr)"
    )
    for _ in range(2):  # the first reckons, and keeps at hand what it found
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment | folders,
            cwd=REPO,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
    *loaded, status = done.stderr.split()
    assert status == "0"
    assert done.stdout == "No break planned\n" or json.loads(done.stdout)["line"] == "No break planned"
    assert {name for name in loaded if name.partition(".")[0] in ("trainer", "sessions")} == OWN
    rest = {name for name in loaded if name.partition(".")[0] not in ("trainer", "collections", *OTHERS)}
    if not options:
        assert rest == set()
    assert not rest & {"msgspec", "pathlib", "sqlite3", "argparse", "logging", "typing", "textual", "rich"}


# --- how often the loop looks --------------------------------------------------------------------


def _due(desk: Desk) -> None:
    desk.run(HOUR)


def _paused(desk: Desk) -> None:
    desk.take(desk.loop.pause(desk.now, desk.utc_ms + 90 * MINUTE))


def _away(desk: Desk) -> None:
    desk.leave()
    desk.run(10 * MINUTE)


@pytest.mark.parametrize(
    ("begins", "lead"),
    [
        ("2026-03-02 09:00", lambda _: None),
        ("2026-03-02 09:00", _due),
        ("2026-03-02 10:00", _paused),
        ("2026-03-02 10:00", _away),
        ("2026-03-02 12:00", lambda _: None),
        ("2026-03-01 20:00", lambda _: None),
    ],
    ids=["counting", "due", "paused", "away", "over lunch", "off"],
)
@pytest.mark.parametrize(("idle", "most"), [(False, 120), (True, 720)])
def test_it_looks_no_more_often_whatever_is_so(
    begins: str, lead: Callable[[Desk], None], most: int, *, idle: bool
) -> None:
    """Each thirty seconds without idle time and each five with it, and once for each edge between."""
    desk = Desk(Breaks(hours=OFFICE), begins, idle=idle).begin()
    lead(desk)
    before = desk.ticks
    desk.run(HOUR)
    assert desk.ticks - before <= most + 4


# --- the screen ----------------------------------------------------------------------------------


class Machine:
    """Stands where a desk is asked: knows idle time, or does not, and keeps which thread asked."""

    idle_name = "GNOME"

    def __init__(self, *, knows_idle: bool) -> None:
        self.knows_idle = knows_idle
        self.idle_ms: int | None = 10_000
        self.takes_s = 0.0
        self.clock_s = 0.0
        self.asked_beside: list[bool] = []
        self.told: list[str] = []

    def look(self) -> str:
        return self.idle_name if self.knows_idle else ""

    def sense(self) -> Sensed:
        self.asked_beside.append(threading.current_thread() is not threading.main_thread())
        self.clock_s += self.takes_s
        return Sensed(self.idle_ms)

    def quiet(self) -> str:
        return ""

    def tell(self, title: str, body: str, *, softly: bool = False) -> str:
        self.told.append(title)
        return "desktop"

    def take_back(self) -> None:
        """Nothing is on the screen of nobody."""

    def why_untold(self) -> str:
        return ""

    def close(self, **_: object) -> None:
        """Nothing is held."""


class Waiting:
    """The screen of the breaks, whose timers a test lets run out."""

    def __init__(self, folder: Path, *, knows_idle: bool) -> None:
        self.coach = Coach(folder, Settings(care_shown=True))
        self.folder = folder / "data"
        self.machine = Machine(knows_idle=knows_idle)
        self.armed: list[tuple[float, Callable[[], Any]]] = []
        self.paints = 0
        self.coach.kit.keep_hour = self._hour
        self.app = TrainerApp(self.coach.kit, breaks=True)
        self.pilot: Any = None

    def _hour(self) -> Hour:
        coach = self.coach
        keeper = Timekeeper(
            coach.kit.settings.breaks,
            journal=coach.kit.journal,
            clock=coach.clock,
            offset=lambda _: 60,
            place=Place(self.folder),
        )
        return Hour(keeper, self.machine, lambda _: 60)  # type: ignore[arg-type]

    @property
    def screen(self) -> BreaksScreen:
        assert isinstance(self.app.screen, BreaksScreen)
        return self.app.screen

    def _arm(self, wait_s: float, callback: Callable[[], Any], **_: object) -> Any:
        self.armed.append((wait_s, callback))
        return SimpleNamespace(stop=lambda: None)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Waiting]:
        """The screen stands and counts, and all of it is painted."""
        async with self.app.run_test() as self.pilot:
            screen = self.screen
            screen.set_timer = self._arm  # type: ignore[assignment, method-assign]
            while not self.armed:
                if screen._timer is not None:  # it was armed before the test could take its place
                    screen._arm()
                await self.pilot.pause()
            await self.pilot.pause()
            painted = self.app._display

            def display(screen: Any, renderable: Any) -> None:
                self.paints += renderable is not None
                painted(screen, renderable)

            self.app._display = display  # type: ignore[method-assign]
            await self.pilot.pause(0)
            self.armed, self.paints = self.armed[-1:], 0
            yield self
        self.coach.kit.close()

    async def passes(self, minutes: int) -> int:
        """So many minutes pass as the screen's timers want it; returns how many ran out."""
        clock, count = self.coach.clock, 0
        until_ms = clock.t_ms + minutes * MINUTE
        while clock.t_ms + self.armed[-1][0] * 1000 <= until_ms:
            wait_s, callback = self.armed[-1]
            clock.t_ms += round(wait_s * 1000)
            await callback()
            await self.pilot.pause(0)
            count += 1
        return count


@pytest.mark.parametrize(("knows_idle", "most"), [(False, 120), (True, 720)])
async def test_in_an_hour_the_screen_looks_rarely_and_paints_once_a_minute(
    tmp_path: Path, most: int, *, knows_idle: bool
) -> None:
    async with Waiting(tmp_path, knows_idle=knows_idle).open() as waiting:
        before = await waiting.passes(1)  # with it the day begins to be shown
        waiting.paints = 0
        looked = await waiting.passes(57)
        assert most * 57 // 60 <= looked <= most * 57 // 60 + 2
        assert waiting.paints == 57
        assert len(waiting.armed) == before + looked + 1, "one timer at a time"
        await waiting.passes(2)
        assert waiting.screen.hour is not None
        assert waiting.screen.hour.keeper.offered is not None, "the same hour does end"


@pytest.mark.parametrize("knows_idle", [False, True])
async def test_while_nothing_happens_no_file_changes_but_the_sign_that_somebody_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, knows_idle: bool
) -> None:
    touched: list[str] = []
    touch = os.utime

    def utime(path: Path, *rest: Any, **more: Any) -> None:
        touched.append(path.name)
        touch(path, *rest, **more)

    monkeypatch.setattr(os, "utime", utime)
    async with Waiting(tmp_path, knows_idle=knows_idle).open() as waiting:
        facts = waiting.coach.facts()
        assert [kind for kind, _ in facts] == ["watch_begun"]
        before = _files(tmp_path)
        assert {LOCK, SEEN, "logbook.sqlite"} <= {Path(name).name for name in before}
        touched.clear()
        looked = await waiting.passes(58)
        after = _files(tmp_path)
        assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} <= {
            f"data/{SEEN}"
        }
        assert touched == [SEEN] * looked
        assert waiting.coach.facts() == facts


def _files(folder: Path) -> dict[str, tuple[int, ...]]:
    found = {}
    for path in folder.rglob("*"):
        one = path.stat()
        found[path.relative_to(folder).as_posix()] = one.st_ino, one.st_size, one.st_mtime_ns
    return found


async def test_who_answers_at_once_is_asked_without_a_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread wakes up twice as often; what is late or silent once is asked in one until it answers at once again."""
    waiting = Waiting(tmp_path, knows_idle=True)
    machine = waiting.machine
    monkeypatch.setattr(counting, "time", SimpleNamespace(monotonic=lambda: machine.clock_s))
    async with waiting.open():

        async def asked_beside(count: int) -> list[bool]:
            machine.asked_beside.clear()
            for _ in range(count):
                await waiting.armed[-1][1]()
            return machine.asked_beside

        assert await asked_beside(3) == [True, False, False]
        machine.takes_s = 0.2
        assert await asked_beside(3) == [False, True, True]
        machine.takes_s = 0.001
        assert await asked_beside(2) == [True, False]
        machine.idle_ms = None
        assert await asked_beside(3) == [False, True, True]
        machine.idle_ms = 0
        assert await asked_beside(2) == [True, False]
        # Nor is anything asked twice at one time.
        async with waiting.screen._asking:
            machine.asked_beside.clear()
            asking = asyncio.create_task(waiting.armed[-1][1]())
            await asyncio.sleep(0)
            assert machine.asked_beside == []
        await asking
        assert machine.asked_beside == [True]


# --- a month -------------------------------------------------------------------------------------


def test_a_month_leaves_nothing_behind_in_the_one_that_counts(tmp_path: Path) -> None:
    """Sessions here and in another terminal, breaks in turn and at a fixed time: what is held is the last days'."""
    month = Month(tmp_path, idle=False)
    keeper = month.keeper
    try:
        for _ in month.days(30):
            record = keeper._loop.record
            assert len(keeper._own) <= 2
            assert len(keeper._moved) <= 12
            assert len(record.slots) <= 5
            assert keeper._loop._events == []
            assert month.journal.pending == []
        assert month.offers >= 100
        assert month.logbook.count()[0] >= 50
    finally:
        month.close()
