"""A coach without a real clock, sound or home folder."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._wait import wait_for_idle
from textual.pilot import Pilot

from sessions import Logbook, LogbookError, Stamp
from tests.hour import HandDesk, berlin, hour
from trainer.app.app import TrainerApp
from trainer.app.breaks import BreaksScreen
from trainer.app.guide import GuideScreen
from trainer.breaks.lock import Place
from trainer.cues.player import SilentPlayer
from trainer.journal import Journal, Rehearsal
from trainer.kit import Kit, Order
from trainer.paths import Paths
from trainer.settings import Settings
from trainer.timekeeper import Hour, Timekeeper

NOON_MS = 1_772_366_400_000  # 2026-03-01 12:00 UTC


class HandClock:
    """A clock that a test moves by hand."""

    speed = 1

    def __init__(self) -> None:
        self.t_ms = 0

    def now_ms(self) -> int:
        return self.t_ms

    def monotonic_ns(self, at_ms: int) -> int:
        return at_ms * 1_000_000

    def wait_s(self, until_ms: int) -> float:
        return 3600.0  # no timer of the application ever fires: the test moves the time


class Unhurried(Timekeeper):
    """What keeps the hour, of which no timer ever fires: the test moves the time."""

    def wait_s(self, *, idle_known: bool) -> float:
        return 3600.0


class Coach:
    """A kit and an application with the means to move its time."""

    def __init__(self, folder: Path, settings: Settings, *, rehearsal: bool = False) -> None:
        self.clock = HandClock()
        self.paths = Paths(folder / "config", folder / "data")
        self.heard: list[str] = []
        self.kit = Kit(
            paths=self.paths,
            settings=settings,
            clock=self.clock,
            make_journal=self._journal,
            make_player=self._player,
            rehearsal=rehearsal,
        )
        self.desk = HandDesk()
        if not rehearsal:
            self.kit.keep_hour = self._keep_hour
        self.app = TrainerApp(self.kit)

    def _keep_hour(self) -> Hour:
        keeper = Unhurried(
            self.kit.settings.breaks,
            journal=self.kit.journal,
            clock=self.clock,
            offset=berlin,
            place=Place(self.paths.home),
        )
        return hour(keeper, self.desk)

    def _stamp(self) -> Stamp:
        return Stamp(NOON_MS + self.clock.t_ms, 60, "Europe/Berlin")

    def _journal(self) -> Journal:
        if self.kit.rehearsal:
            return Rehearsal(stamp=self._stamp, random=os.urandom)
        try:
            logbook = Logbook.open(self.paths.logbook, random=os.urandom)
        except LogbookError as error:
            return Journal(None, stamp=self._stamp, random=os.urandom, trouble=str(error))
        return Journal(logbook, stamp=self._stamp, random=os.urandom)

    def _player(self, settings: Settings) -> SilentPlayer:
        player = SilentPlayer()
        player.play = lambda cue, at_ns=None: self.heard.append(cue)  # type: ignore[method-assign]
        return player

    def begin(self, routine: str | None = None, from_step: str | None = None, order: Order | None = None) -> TrainerApp:
        """The application, opening a routine where one is named."""
        self.app = TrainerApp(self.kit, routine=routine, order=order or Order(from_step))
        return self.app

    @property
    def guide(self) -> GuideScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, GuideScreen))

    def pass_time(self, seconds: float) -> None:
        """Let time go on as a punctual application would, half a second at a time."""
        for _ in range(round(seconds * 2)):
            self.clock.t_ms += 500
            self.guide._tick()

    @property
    def breaks(self) -> BreaksScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BreaksScreen))

    def count(self) -> TrainerApp:
        """The application, counting to the next break."""
        self.app = TrainerApp(self.kit, breaks=True)
        return self.app

    async def pass_minutes(self, pilot: Pilot[int], minutes: float) -> None:
        """Let time go on with the breaks' screen open, as a slow timer would, and every half minute at the end."""
        await self.settle(pilot)
        end = self.clock.t_ms + round(minutes * 60_000)
        while self.clock.t_ms < end:
            left_ms = end - self.clock.t_ms
            self.clock.t_ms += min(120_000, left_ms - 120_000) if left_ms > 120_000 else min(30_000, left_ms)
            await self.breaks._tick()
        await self.settle(pilot)

    async def settle(self, pilot: Pilot[int]) -> None:
        """Wait until the hour is kept, and all that was to be sent was."""
        for _ in range(200):
            await pilot.pause()
            if self.breaks.hour is not None and (self.breaks._timer is not None or self.breaks._guide is not None):
                break
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    def pass_until(self, kind: str, limit_s: int = 1200) -> None:
        """Let time go on until a step of this kind has begun."""
        for _ in range(limit_s * 2):
            self.pass_time(0.5)
            if self.guide.conductor.engine.step.kind == kind:
                return
        raise AssertionError(f"no step of kind {kind} in {limit_s} s")

    def facts(self) -> list[tuple[str, Any]]:
        """What the logbook's file holds: kinds with their bodies."""
        logbook = Logbook.open_existing(self.paths.logbook)
        if logbook is None:
            return []
        with logbook:
            return [(fact.kind, fact.parsed()) for fact in logbook.facts()]

    def shown(self) -> str:
        """All the text on the screen, as the compositor would paint it."""
        screen = self.app.screen
        strips = screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips[: screen.size.height])


@pytest.fixture
def make_coach(tmp_path: Path) -> Iterator[Callable[..., Coach]]:
    """Makes coaches on one data folder; they let go of it at the end."""
    made: list[Coach] = []

    def make(*, rehearsal: bool = False, **settings: Any) -> Coach:
        coach = Coach(tmp_path, Settings(**{"care_shown": True, **settings}), rehearsal=rehearsal)
        made.append(coach)
        return coach

    yield make
    for coach in made:
        coach.kit.close()


@pytest.fixture
def coach(make_coach: Callable[..., Coach]) -> Coach:
    """A coach whose notes on care have been read."""
    return make_coach()


async def _pause(self: Pilot[Any], delay: float | None = None) -> None:
    """Wait until what was begun has been answered and painted, and what that led to as well.

    The pilot's own waiting takes a process that gets no turn on a busy machine for an idle one.
    """
    await _answered(self)
    await (wait_for_idle(0) if delay is None else asyncio.sleep(delay))
    await _answered(self)


async def _answered(pilot: Pilot[Any]) -> None:
    for _ in range(2):
        await pilot._wait_for_screen()
        pilot.app.screen._on_timer_update()
        await asyncio.sleep(0)
    await pilot._wait_for_screen()


Pilot.pause = _pause  # type: ignore[method-assign]
