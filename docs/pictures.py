"""Draws the README's pictures from the real program: `python docs/pictures.py`, for maintainers.

Each picture is the application at 80 × 24 cells, run without a terminal, with a clock that goes on only as far as
the picture needs. Nothing is read from or written to the person's own folders.
"""

from __future__ import annotations

import asyncio
import random
import re
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

from textual.pilot import Pilot

from sessions.breaks import BreakPostponed, BreakSettled, Rested, WatchBegun, WatchEnded
from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import Body, SessionBegun, SessionEnded, Stamp, WorkDone, kind_of
from tests.benchmarks.years import make
from trainer.app.app import TrainerApp
from trainer.app.breaks import BreaksScreen
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
SIZE = (80, 24)
MORNING_MS = 1_772_611_200_000  # 4 March 2026, 8:00 UTC
CELL_W, CELL_H = 12.2, 24.4  # of Rich's picture format

_TEXT = re.compile(
    r'<text class="([^"]+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="[^"]+">([^<]*)</text>',
)

Scene = Callable[[Pilot[int], "ScriptedClock"], Awaitable[None]]


class ScriptedClock:
    """A clock that goes from boundary to boundary, at once, and stands still at `until_ms`."""

    speed = 1

    def __init__(self) -> None:
        self.now = 0
        self.until_ms = 0

    def now_ms(self) -> int:
        """The moment."""
        return self.now

    def monotonic_ns(self, at_ms: int) -> int:
        """The same moment in nanoseconds; nothing sounds here."""
        return at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        """Nothing up to the last moment, and from there an hour."""
        if until_ms > self.until_ms:
            return 3600.0
        self.now = max(self.now, until_ms)
        return 0.0


async def settled(pilot: Pilot[int], clock: ScriptedClock, at_s: float) -> None:
    """Let the guide go on to the last boundary before `at_s` seconds of its clock."""
    clock.until_ms = round(at_s * 1000)
    await pilot.press("space")  # stands, and goes on: the guide asks for its next wake-up anew
    await pilot.press("space")
    before = -1
    while before != clock.now:
        before = clock.now
        await pilot.pause(0.1)
    await pilot.pause()


async def guide(pilot: Pilot[int], clock: ScriptedClock) -> None:
    """A plank held, with 12 seconds to go."""
    await pilot.press("3")
    await settled(pilot, clock, 18.2)


async def home(pilot: Pilot[int], _: ScriptedClock) -> None:
    """The list of routines."""
    await pilot.pause()


async def rating(pilot: Pilot[int], clock: ScriptedClock) -> None:
    """The scale in the rest after an exercise."""
    await pilot.press("3")
    await settled(pilot, clock, 82)
    await pilot.press("right", "right", "right")
    await pilot.pause()


async def breaks(pilot: Pilot[int], _: ScriptedClock) -> None:
    """Early in the afternoon, with 23 minutes to go."""
    while not (isinstance(pilot.app.screen, BreaksScreen) and pilot.app.screen.hour is not None):
        await pilot.pause(0.1)
    await pilot.pause(0.2)


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


async def trends(pilot: Pilot[int], _: ScriptedClock) -> None:
    """What ten made-up years say of a bridge, side by side."""
    await pilot.press("l", "t")
    await pilot.pause()
    await pilot.press("right", "right", "b", "r", "down")
    await pilot.pause()


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


PICTURES: dict[str, tuple[str | None, str | None, Scene]] = {
    "guide": ("lower-back-list", "forearm-plank", guide),
    "home": (None, None, home),
    "rating": ("lower-back-list", "forearm-plank", rating),
    "trends": (None, None, trends),
    "breaks": (None, None, breaks),
}
"""Name of the picture: the routine, the exercise at which it begins, and what is done."""


async def draw(routine: str | None, from_step: str | None, scene: Scene) -> str:
    """The picture of one scene as SVG."""
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
            settings=Settings(care_shown=True, sound=False, motion="reduced"),
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
        app = TrainerApp(kit, routine=routine, order=Order(from_step), breaks=scene is breaks)
        async with app.run_test(size=SIZE, notifications=True) as pilot:
            await pilot.pause()
            await scene(pilot, clock)
            svg = app.export_screenshot(title="trainer")
        kit.close()
    return tidy(svg)


def tidy(svg: str) -> str:
    """The picture without fonts from elsewhere, and with blocks drawn as shapes, since few fonts join them well."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", "font-family: Menlo, Consolas, DejaVu Sans Mono, monospace")
    svg = _TEXT.sub(_shapes, svg)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE).rstrip() + "\n"


def _shapes(match: re.Match[str]) -> str:
    style, x, y, text = match.groups()
    text = text.replace("&#160;", " ")
    if not set(text) <= set(" █▀▄") or not text.strip():
        return match.group()
    top = float(y) - 18.5
    shapes = []
    for run in re.finditer(r"█+|▀+|▄+", text):
        half = run.group()[0] != "█"
        shapes.append(
            f'<rect class="{style}" x="{float(x) + run.start() * CELL_W:g}"'
            f' y="{top + (CELL_H / 2 if run.group()[0] == "▄" else 0):g}"'
            f' width="{len(run.group()) * CELL_W:g}" height="{CELL_H / 2 if half else CELL_H:g}"'
            ' shape-rendering="crispEdges"/>'
        )
    return "".join(shapes)


def main() -> None:
    """Draw every picture."""
    for name, (routine, from_step, scene) in PICTURES.items():
        file = HERE / f"{name}.svg"
        file.write_text(asyncio.run(draw(routine, from_step, scene)), encoding="utf-8")
        print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
