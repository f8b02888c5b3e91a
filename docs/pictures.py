"""Draws the README's pictures from the real program: `python docs/pictures.py`, for maintainers.

Each picture is the application at 80 × 24 cells, that of the guide at 100 × 30, run without a terminal, with a clock
that goes on only as far as the picture needs. Nothing is read from or written to the person's own folders.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import cast

from msgspec import Struct
from textual.pilot import Pilot

from docs.screens import moving, read, still
from sessions.breaks import BreakPostponed, BreakSettled, Rested, WatchBegun, WatchEnded
from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import Body, SessionBegun, SessionEnded, Stamp, WorkDone, kind_of
from tests.benchmarks.years import make
from trainer.app.app import TrainerApp
from trainer.app.breaks import BreaksScreen
from trainer.app.leading import LeadingScreen
from trainer.breaks.desk import Desk
from trainer.breaks.events import Sensed
from trainer.breaks.lock import Place
from trainer.breaks.settings import Breaks
from trainer.cues.player import SilentPlayer
from trainer.journal import Journal
from trainer.kit import Kit, Order
from trainer.paths import Paths
from trainer.settings import Settings
from trainer.timekeeper import Hour, Timekeeper

HERE = Path(__file__).parent
WORK_S, WAY_S, HOLD_S = 10.0, 2.0, 5
"""When the guide's first work begins, and how long it takes out and back and holds."""
FRAMES_A_SECOND = 6
MORNING_MS = 1_772_611_200_000  # 4 March 2026, 8:00 UTC

Scene = Callable[[Pilot[int], "ScriptedClock"], AsyncIterator[float]]
"""Leads to what is to be seen, and yields for how many seconds each time that it is there."""


class ScriptedClock:
    """A clock that goes from boundary to boundary, at once, and stands still at `until_ms`."""

    speed = 1

    def __init__(self) -> None:
        self.now = 0
        self.until_ms = 0
        self.waits = False
        """Whether whoever asks waits for what comes after the last moment."""

    def now_ms(self) -> int:
        """The moment."""
        return self.now

    def monotonic_ns(self, at_ms: int) -> int:
        """The same moment in nanoseconds; nothing sounds here."""
        return at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        """Nothing up to the last moment; from there so long that it soon asks whether there is a later one."""
        if until_ms > self.until_ms:
            self.waits = True
            return 0.05
        self.now = max(self.now, until_ms)
        return 0.0


async def settled(pilot: Pilot[int], clock: ScriptedClock, at_s: float) -> None:
    """Let the guide go on to the last boundary before `at_s` seconds of its clock."""
    clock.until_ms, clock.waits = round(at_s * 1000), False
    while not clock.waits:
        await pilot.pause(0.02)
    await pilot.pause()


async def guide(pilot: Pilot[int], clock: ScriptedClock) -> AsyncIterator[float]:
    """One repetition of a bird dog: out, held, back."""
    await pilot.press("3")
    await settled(pilot, clock, WORK_S)
    screen = pilot.app.screen
    assert isinstance(screen, LeadingScreen)
    began_ms, moves = clock.now, (0, round(WAY_S * FRAMES_A_SECOND))
    hold = [(WAY_S + second, 1.0) for second in range(HOLD_S)]
    way = [(frame / FRAMES_A_SECOND, 1 / FRAMES_A_SECOND) for frame in range(*moves)]
    back = [(WAY_S + HOLD_S + at_s, long_s) for at_s, long_s in way]
    for at_s, long_s in (*way, *hold, *back):
        await settled(pilot, clock, began_ms / 1000 + at_s)
        clock.now = began_ms + round(at_s * 1000)
        screen.stage.figure.look_again()
        await pilot.pause()
        while screen.query(".flash"):
            await pilot.pause(0.05)
        yield long_s


async def home(pilot: Pilot[int], _: ScriptedClock) -> AsyncIterator[float]:
    """The list of routines."""
    await pilot.pause()
    yield 0


async def rating(pilot: Pilot[int], clock: ScriptedClock) -> AsyncIterator[float]:
    """The scale in the rest after an exercise."""
    await pilot.press("3")
    await settled(pilot, clock, 82)
    await pilot.press("right", "right", "right")
    await pilot.pause()
    yield 0


async def breaks(pilot: Pilot[int], _: ScriptedClock) -> AsyncIterator[float]:
    """Early in the afternoon, with 23 minutes to go."""
    while not (isinstance(pilot.app.screen, BreaksScreen) and pilot.app.screen.hour is not None):
        await pilot.pause(0.1)
    await pilot.pause(0.2)
    yield 0


def office_morning(keep: Callable[..., None]) -> None:
    """Take down a morning with two breaks, a lunch away from the machine, and what is left of the hour after it."""
    settled = {"routine": "desk-break", "why": ""}
    keep(0, WatchBegun(at(0)))
    for due, moved in ((60, 61), (121, 127)):
        if moved - due > 5:
            keep(due, BreakPostponed(at(due), at(due + 5), 1))
        session = f"s{due}"
        keep(due, SessionBegun("desk-break", "Desk break", "x", (), 3), session)
        keep(moved, WorkDone(1, 0, "m", "m", 1, 1, "none", "done", 1, None, 40_000, 5, 5, True), session)
        keep(moved, SessionEnded("finished", "", 60_000, 0), session)
        keep(moved, BreakSettled(at(due), "taken", at(moved), session=session, **settled))
    keep(187, BreakSettled(at(187), "skipped", at(187), **settled))
    keep(270, Rested(at(215), at(263)))
    keep(300, WatchEnded(at(300)))


def at(minute: int) -> int:
    """A minute of that morning, from nine o'clock on, as a moment."""
    return MORNING_MS + (60 + minute) * 60_000


async def trends(pilot: Pilot[int], _: ScriptedClock) -> AsyncIterator[float]:
    """What ten made-up years say of a bridge, side by side."""
    await pilot.press("l", "t")
    await pilot.pause()
    await pilot.press("right", "right", "b", "r", "down")
    await pilot.pause()
    yield 0


class SilentDesk:
    """A machine that tells of nobody and reminds nobody."""

    knows_idle = True
    idle_name = "GNOME"

    def look(self) -> str:
        """What tells of idle time."""
        return self.idle_name

    def sense(self) -> Sensed:
        """Somebody is there, and does not type."""
        return Sensed(10_000)

    def quiet(self) -> str:
        """Nobody minds."""
        return ""

    def tell(self, *_: str, softly: bool = False) -> str:  # noqa: ARG002  # the interface
        """Say nothing."""
        return ""

    def take_back(self) -> None:
        """There is nothing to take back."""

    def close(self) -> None:
        """There is nothing to close."""


class Picture(Struct, frozen=True):
    """What the program is started with, and what is done then."""

    scene: Scene
    routine: str | None = None
    from_step: str | None = None
    """The exercise at which the routine begins."""
    size: tuple[int, int] = (80, 24)
    moves: bool = False


PICTURES: dict[str, Picture] = {
    "guide": Picture(guide, "lower-back-list", "bird-dog", size=(100, 30), moves=True),
    "home": Picture(home),
    "rating": Picture(rating, "lower-back-list", "forearm-plank"),
    "trends": Picture(trends),
    "breaks": Picture(breaks),
}


async def draw(picture: Picture) -> str:
    """The picture of one scene as SVG."""
    scene = picture.scene
    clock = ScriptedClock()
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder, "config"), Path(folder, "data"))

        began_ms = at(300) if scene is breaks else MORNING_MS

        def stamp() -> Stamp:
            return Stamp(began_ms + clock.now, 0, "UTC")

        chance = random.Random(1).randbytes  # the same picture each time
        if scene is trends:
            make(paths.logbook, 2_500).close()

        def make_journal() -> Journal:
            return Journal(Logbook.open(paths.logbook, random=chance), stamp=stamp, random=chance)

        kit = Kit(
            paths=paths,
            settings=Settings(care_shown=True, sound=False, motion="full" if picture.moves else "reduced"),
            clock=clock,
            make_journal=make_journal,
            make_player=lambda _: SilentPlayer(),
        )
        if scene is breaks:
            with Logbook.open(paths.logbook, random=chance) as logbook:

                def keep(minute: int, body: Body, session: str = "") -> None:
                    made = draft(session or f"b{minute}-{kind_of(body)}", body, Stamp(at(minute), 0, "UTC"), chance)
                    logbook.append(made)

                office_morning(keep)
            kit.keep_hour = lambda: Hour(
                Timekeeper(Breaks(), journal=kit.journal, clock=clock, offset=lambda _: 0, place=Place(paths.home)),
                cast("Desk", SilentDesk()),
                lambda _: 0,
            )
        app = TrainerApp(kit, routine=picture.routine, order=Order(picture.from_step), breaks=scene is breaks)
        frames, seconds = [], []
        async with app.run_test(size=picture.size, notifications=True) as pilot:
            await pilot.pause()
            async for long_s in scene(pilot, clock):
                frames.append(read(app.export_screenshot()))
                seconds.append(long_s)
        kit.close()
    if len(frames) == 1:
        return still(frames[0], "trainer")
    return moving(frames, seconds, seconds.index(max(seconds)), "trainer")


def main(names: list[str]) -> None:
    """Draw every picture, or those that are named."""
    for name in names or PICTURES:
        file = HERE / f"{name}.svg"
        file.write_text(asyncio.run(draw(PICTURES[name])), encoding="utf-8")
        print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
