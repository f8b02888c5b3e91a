"""The loop line by line, for screen readers, logs and terminals without a screen."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from trainer.breaks.events import Event, HeadsUp, Offer, Over
from trainer.breaks.hours import pause_end
from trainer.breaks.words import TITLE, detail, headline, over_line
from trainer.cli import streams
from trainer.cli.plain.guide import Guidance, write_line
from trainer.cli.plain.inbox import Inbox, TypedLines
from trainer.kit import Order
from trainer.library.errors import LibraryError
from trainer.timekeeper import Hour, offered

if TYPE_CHECKING:
    from trainer.kit import Kit

_PAUSE_MIN = 60
HELP = (
    "A key, then Enter:",
    "s: start the break now; while one is due, Enter alone does",
    "l: later, in a few minutes",
    "k: skip it",
    "p: pause for an hour, and go on",
    "t: pause until tomorrow",
    "w: when the next break is",
    "q: stop counting",
)
_WORDS = {
    "start": "s",
    "later": "l",
    "snooze": "l",
    "skip": "k",
    "pause": "p",
    "go on": "p",
    "resume": "p",
    "tomorrow": "t",
    "when": "w",
    "status": "w",
    "quit": "q",
    "stop": "q",
    "help": "h",
    "?": "h",
}


def run_plain(kit: Kit) -> int:
    """Count until the person leaves. Returns 0; raises `Signalled`, having taken down that nobody counts any more."""
    inbox = TypedLines(sys.stdin)
    assert kit.keep_hour is not None, "a rehearsal keeps no hour"
    with inbox.watching_signals():
        number = getattr(signal, "SIGUSR1", None)
        if number is not None:
            signal.signal(number, lambda *_: inbox.nudge())
        return Counting(kit, kit.keep_hour(), inbox).run()


class Counting:
    """The loop in plain lines."""

    def __init__(self, kit: Kit, hour: Hour, inbox: Inbox, write: Callable[[str], None] = write_line) -> None:
        self.kit = kit
        self.keeper, self.desk, self._offset, self._look_after = hour
        self.inbox = inbox
        self.write = write
        self._name = kit.library.name_of
        self._held = ""
        self._told_trouble = ""

    def run(self) -> int:
        """See `run_plain`."""
        try:
            self._show(self.keeper.begin(self.desk.look()))
            if not self.keeper.leads:
                self.write(
                    "Another loop on this machine counts already; this one looks on, and takes over when it ends."
                )
            elif self.inbox.interactive:
                self.write("h and Enter lists the keys.")
            self._when()
            while self._turn():
                continue
        finally:
            self.keeper.end()
            self.desk.close()
        return 0

    def _turn(self) -> bool:
        line = self.inbox.get(self.keeper.wait_s(idle_known=self.desk.knows_idle))
        self._show(self.keeper.tick(self.desk.sense()))
        self._announce_at_last()
        return line is None or self._take(line.strip().lower())

    # --- what is said ----------------------------------------------------------------------------

    def _show(self, events: Iterable[Event]) -> None:
        for event in events:
            match event:
                case HeadsUp(coming):
                    self.write(f"A break soon: {self._name(coming.routine)}.")
                    if not self.desk.quiet():
                        self.desk.tell("A break soon", self._name(coming.routine), softly=True)
                case Offer(due):
                    self.write(f"{TITLE}: {offered(self.kit.library, due.routine, command=False)}")
                    later = f", l is in {self.keeper.wishes.postpone_min} min" if self.keeper.may_postpone() else ""
                    if self.inbox.interactive:
                        self.write(f"Enter starts it{later}, k skips it.")
                    self._held = self.desk.quiet()
                    self._tell(due.routine)
                case Over(_, how):
                    self._held = ""
                    self.desk.take_back()
                    self.write(over_line(how))
                    if self.keeper.offered is None and self.keeper.state.kind != "due":
                        self._when()
        trouble = self.kit.journal.trouble
        if trouble and trouble != self._told_trouble:
            self.write(f"Not saved: {trouble} It is kept for now and tried again.")
        self._told_trouble = trouble

    def _tell(self, routine: str) -> None:
        self.keeper.held_back(bool(self._held))
        if not self._held:
            self.desk.tell(TITLE, offered(self.kit.library, routine, command=False))

    def _announce_at_last(self) -> None:
        due = self.keeper.offered
        if self._held and due is not None:
            self._held = self.desk.quiet()
            self._tell(due.routine)

    def _when(self) -> None:
        now_ms, found = self.keeper.now.utc_ms, self.keeper.state
        name = self._name(found.next.routine) if found.next is not None else ""
        said = ": ".join(
            filter(None, (headline(found, now_ms, self._offset), detail(found, name, now_ms, self._offset)))
        )
        self.write(said if said.endswith(".") else f"{said}.")

    # --- what the person says --------------------------------------------------------------------

    def _take(self, word: str) -> bool:
        """Do what a line asks for. Returns whether to go on."""
        key = _WORDS.get(word, word)
        due = self.keeper.offered is not None
        if not self.keeper.leads and key in ("l", "k", "p", "t"):
            self.write("The other loop counts. trainer breaks skip, snooze, pause and resume reach it.")
        elif key == "q":
            return False
        elif key == "s" or (key == "" and due):
            self._practise()
        elif key == "l":
            if self.keeper.state.next is None:
                self._when()
            elif self.keeper.may_postpone():
                self._answered(self.keeper.postpone())
            else:
                self.write("It was postponed as often as you set. s starts it, k skips it.")
        elif key == "k":
            self._answered(self.keeper.skip())
        elif key in ("p", "t"):
            self._pause(tomorrow=key == "t")
        elif key == "w":
            self._when()
        elif key == "h" or key:
            for line in HELP:
                self.write(line)
        return True

    def _answered(self, events: Iterable[Event]) -> None:
        self._held = ""
        self.desk.take_back()
        self._show(events)
        self._when()

    def _pause(self, *, tomorrow: bool) -> None:
        if self.keeper.state.kind == "paused" and not tomorrow:
            self._answered(self.keeper.resume())
            return
        minutes = None if tomorrow else _PAUSE_MIN
        starts_h = self.kit.settings.day_starts_h
        until_ms = pause_end(self.keeper.now.utc_ms, minutes, starts_h, self._offset)
        self._answered(self.keeper.pause(until_ms, civil=tomorrow))

    def _practise(self) -> None:
        coming = self.keeper.started()
        routine = coming.routine if coming is not None else self.keeper.wishes.routines[0]
        self._held = ""
        self.desk.take_back()
        guidance: Guidance | None = None
        try:
            prepared, exercises = self.kit.prepare(routine)
            ring = self._ring if streams.is_terminal(sys.stdout) else None
            guidance = Guidance(self.kit, prepared, exercises, self.inbox, order=Order(), write=self.write, ring=ring)
            guidance.run()
        except LibraryError as error:
            self.write("; ".join(map(str, error.problems)))
        finally:
            conductor = guidance.conductor if guidance is not None else None
            worked = conductor is not None and conductor.worked
            events = self.keeper.ended(conductor.session if conductor is not None else "", moved=worked)
        self._show(events)
        for line in self._look_after() if worked else ():
            self.write(line)
        self._when()

    def _ring(self) -> None:
        print("\a", end="", flush=True)
