"""What a screen does that keeps the hour: it counts, tells of breaks, and leads into the session and back."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen
from textual.timer import Timer

from trainer.breaks.events import Event, HeadsUp, Offer, Over, Sensed
from trainer.breaks.words import TITLE, over_line
from trainer.library.errors import LibraryError
from trainer.timekeeper import Hour, offered

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.app.guide import GuideScreen
    from trainer.breaks.desk import Desk

T = TypeVar("T")
PROMPT_S = 0.02
"""What answers within it is asked without a thread."""


class CountingScreen(Screen[None]):
    """Wakes up when the loop wants to, as rarely as may be. What asks the system does so in a thread."""

    AUTO_FOCUS = ""
    BEGINS_SESSIONS = True
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self.hour: Hour | None = None
        """What counts, once the screen stands."""
        self.held = ""
        """Why the person is not told of the break that waits; empty where they are."""
        self.said = ""
        """What just became of a break."""
        self._asking = asyncio.Lock()
        self._prompt = False  # whether the last answer of what knows idle time came at once
        self._timer: Timer | None = None
        self._guide: GuideScreen | None = None  # the session that was begun here

    def draw(self) -> None:
        """Show how things stand."""

    def draw_day(self) -> None:
        """Show the day."""

    def on_mount(self) -> None:
        """Begin to count once the screen stands: the logbook is not needed to see it."""
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        make = self.app.kit.keep_hour
        if make is None:
            self.app.tell("In a rehearsal no breaks are counted.")
            self.app.pop_screen()
            return
        self.hour = hour = make()
        number = getattr(signal, "SIGUSR1", None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(number, self._look)
        idle = await asyncio.to_thread(hour.desk.look)
        if not self.is_attached:
            return
        self._happened(hour.keeper.begin(idle))
        self._arm()

    def on_unmount(self) -> None:
        """Count no longer."""
        self._stop()
        if self.hour is not None:
            guide, self._guide = self._guide, None
            if guide is not None:  # the program ends in the middle of a session
                _end(self.hour, guide)
            self.hour.keeper.end()
            self.hour.desk.close()
        number = getattr(signal, "SIGUSR1", None)
        if number is not None:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                # Without a handler a signal that comes late would end the program.
                asyncio.get_running_loop().add_signal_handler(number, lambda: None)

    # --- time ------------------------------------------------------------------------------------

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _arm(self) -> None:
        self._stop()
        if self.hour is not None and self._guide is None:
            wait_s = self.hour.keeper.wait_s(idle_known=self.hour.desk.knows_idle)
            self._timer = self.set_timer(wait_s, self._tick)

    def _look(self) -> None:
        """Look at the logbook at once: a command has just written into it."""
        if self._guide is None:
            self.call_later(self._tick)

    async def _tick(self) -> None:
        hour = self.hour
        if hour is None or self._guide is not None:
            return
        sensed = await self._sense(hour.desk) if hour.desk.knows_idle else Sensed()
        if self._guide is not None or not self.is_attached:
            return
        offered_before = hour.keeper.offered is not None
        self._happened(hour.keeper.tick(sensed))
        if offered_before and hour.keeper.offered is None:
            # A command paused it, or the clock was set: nobody is told of it any more.
            self.held = ""
            self._send(self._ask(hour.desk.take_back))
        if self.held and hour.keeper.offered is not None:
            self._send(self._tell())
        self._arm()

    def _happened(self, events: Iterable[Event]) -> None:
        hour = self.hour
        assert hour is not None, "nothing happens before"
        for event in events:
            match event:
                case HeadsUp(coming):
                    self.said = "A break soon."
                    self._send(self._tell_soon(self.app.kit.library.name_of(coming.routine)))
                case Offer(_):
                    self.said = ""
                    self._send(self._tell())
                case Over(_, how):
                    self.held, self.said = "", over_line(how)
        self.draw()

    def _send(self, work: Coroutine[None, None, object]) -> None:
        """Have it done beside: a desktop that hangs keeps no key waiting."""
        self.run_worker(work, group="notices", exit_on_error=False)

    async def _ask(self, call: Callable[[], T]) -> T:
        """Ask the machine in a thread, one thing at a time."""
        async with self._asking:
            return await asyncio.to_thread(call)

    async def _sense(self, desk: Desk) -> Sensed:
        """How long nothing was typed. Handing over to a thread and back would double what a look costs, so that who
        answered at once is asked here, and in a thread again after the first answer that was late or missing."""
        beside = self._asking.locked() or not self._prompt
        began_s = time.monotonic()
        sensed = await self._ask(desk.sense) if beside else desk.sense()
        self._prompt = sensed.idle_ms is not None and time.monotonic() - began_s < PROMPT_S
        return sensed

    async def _tell_soon(self, name: str) -> None:
        assert self.hour is not None, "else nothing would come"
        desk = self.hour.desk
        if not await self._ask(desk.quiet):
            await self._ask(lambda: desk.tell("A break soon", name, softly=True))

    async def _tell(self) -> None:
        """Tell the person of the break that waits, unless they are not to be disturbed."""
        assert self.hour is not None, "else no break would wait"
        keeper, desk = self.hour.keeper, self.hour.desk
        why = await self._ask(desk.quiet)
        due = keeper.offered
        if due is None:
            return
        self.held = why
        keeper.held_back(bool(why))
        self.draw()
        if not why:
            body = offered(self.app.kit.library, due.routine, command=False)
            await self._ask(lambda: desk.tell(TITLE, body))

    # --- sessions and answers --------------------------------------------------------------------

    def answered(self, events: Iterable[Event]) -> None:
        """Show what came of an answer, and take back what was sent."""
        assert self.hour is not None, "nothing can be answered before"
        self.held = self.said = ""
        self._send(self._ask(self.hour.desk.take_back))
        self._happened(events)
        self.draw_day()
        self._arm()

    def action_start(self) -> None:
        """Start the break now, due or not."""
        if self.hour is None:
            return
        from trainer.app.guide import GuideScreen

        keeper = self.hour.keeper
        coming = keeper.state.next
        routine = coming.routine if coming is not None else keeper.wishes.routines[0]
        try:
            guide = GuideScreen(*self.app.kit.prepare(routine))
        except LibraryError as error:
            self.app.tell(str(error), severity="warning")
            return
        keeper.started()
        self._guide = guide
        self._stop()
        self.held = self.said = ""
        self._send(self._ask(self.hour.desk.take_back))
        self.app.push_screen(guide)

    def on_screen_resume(self) -> None:
        """Back from a session: what was done in it counts."""
        guide, self._guide = self._guide, None
        if guide is None or self.hour is None:
            return
        self._happened(_end(self.hour, guide))
        self.draw_day()
        self._arm()
        if "conductor" in guide.__dict__:
            self.run_worker(self._look_after(self.hour), group="upkeep", exit_on_error=False)

    async def _look_after(self, hour: Hour) -> None:
        if wrong := await asyncio.to_thread(hour.look_after):
            self.app.tell(" ".join(wrong), severity="warning")


def _end(hour: Hour, guide: GuideScreen) -> list[Event]:
    """A session ended: say so to who counts."""
    led = "conductor" in guide.__dict__
    session = guide.conductor.session if led else ""
    return hour.keeper.ended(session, moved=led and guide.conductor.worked)
