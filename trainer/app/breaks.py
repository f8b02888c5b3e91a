"""The hour on the screen: how long until the next break, what it offers, and how the day went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from sessions.errors import LogbookError
from trainer.app.counting import CountingScreen
from trainer.app.widgets.big_clock import BigClock
from trainer.app.widgets.chart import Chart
from trainer.app.widgets.key_bar import KeyBar
from trainer.breaks.hours import MINUTE_MS, local_day, pause_end
from trainer.breaks.logged import logged_day
from trainer.breaks.schedule import State
from trainer.breaks.words import detail, headline, mark_line, spent, sums
from trainer.charts.lines import Line
from trainer.charts.strip import strip
from trainer.library.errors import LibraryError
from trainer.text import clean
from trainer.timekeeper import Timekeeper, offered

_MARKS = 5
"""Breaks that are told one by one."""
_PAUSES = (
    ("1", "60", "For 1 hour"),
    ("2", "120", "For 2 hours"),
    ("t", "tomorrow", "Until tomorrow"),
    ("b", "", "Back"),
)


class BreaksScreen(CountingScreen):
    """Counts to the next break; when it is due, one key starts it."""

    HELP = (
        "The hour counts as long as this screen is open. Being away from the machine counts as a break where that can "
        "be known, and so does a session in another terminal. `trainer breaks pause`, `skip` and `snooze` reach this "
        "screen from anywhere. What breaks offer, and when, stands in the settings under `[breaks]`."
    )
    BINDINGS = [
        Binding("enter,s", "start", "Start", key_display="Enter", id="breaks.start"),
        Binding("l", "later", "Later", id="breaks.later"),
        Binding("k", "skip", "Skip", id="breaks.skip"),
        Binding("space", "pause", "Pause", id="breaks.pause"),
        Binding("q,escape", "leave", "Leave", key_display="q", id="breaks.leave"),
        Binding("left", "day(1)", "Day before", key_display="←", id="breaks.before"),
        Binding("right", "day(-1)", "Day after", key_display="→", id="breaks.after"),
    ]
    DEFAULT_CSS = """
    BreaksScreen {
        #state { height: auto; padding: 1 2 0 2; }
        #head { text-style: bold; color: $text-primary; height: auto; }
        #what { height: auto; margin-bottom: 1; }
        BigClock { height: 1fr; max-height: 9; margin: 0 2; }
        #day { dock: bottom; height: auto; padding: 0 2; margin-bottom: 1; }
        #told, #marks { height: auto; margin-bottom: 1; color: $text-muted; }
        #sums { height: auto; color: $text-muted; }
        #marks.-empty { display: none; }
        &.-due #head { color: $text-accent; }
        &.-due BigClock, &.-still BigClock { display: none; }
        &.-short #state { padding: 0 1; }
        &.-short #what { margin: 0; }
        &.-short BigClock { margin: 0 1; }
        &.-short #day { padding: 0 1; margin-bottom: 1; }
        &.-short #strip, &.-short #marks, &.-low #marks { display: none; }
        &.-short #told, &.-low #told { margin: 0; }
        &.-narrow #day { padding: 0 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._back = 0  # days before today of the day that is shown
        self._drawn: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """What comes next, in how many minutes, and the day so far."""
        with Vertical(id="state"):
            yield Static("Breaks", id="head", markup=False)
            yield Static("", id="what", markup=False)
        yield BigClock()
        with Vertical(id="day"):
            yield Static("", id="told", markup=False)
            yield Static("", id="marks", markup=False)
            yield Chart(id="strip")
            yield Static("", id="sums", markup=False)
        yield KeyBar()

    # --- what is shown ---------------------------------------------------------------------------

    def draw(self) -> None:
        """Paint what changed since the last time, and nothing else."""
        if self.hour is None:
            return
        keeper, _, offset, _ = self.hour
        now_ms, found = keeper.now.utc_ms, keeper.state
        if (found.kind == "due") != self.has_class("-due"):
            self._back = 0  # what is due now is told of today
        self.set_class(found.kind == "due", "-due")
        self.set_class(found.kind in ("paused", "off"), "-still")
        left = found.next.at_ms - now_ms if found.next is not None else 0
        whole = max(0, -(-left // MINUTE_MS))
        self.query_one(BigClock).value = str(whole)
        # The day goes on also while nothing else changes: once a minute.
        minute = str(now_ms // MINUTE_MS)
        texts = (headline(found, now_ms, offset), self._what(found), self._told(found), minute)
        if texts != self._drawn:
            for id, text, before in zip(("#head", "#what", "#told"), texts, self._drawn or ("",) * 3, strict=False):
                if text != before:
                    self.query_one(id, Static).update(Content(text))
            self._drawn = texts
            self.draw_day()
            self.refresh_bindings()

    def _what(self, found: State) -> str:
        assert self.hour is not None, "asked by draw"
        if found.next is None:
            wishes = self.hour.keeper.wishes
            none = not wishes.every_min and not wishes.at
            return "The settings set neither minutes between breaks nor times." if none else ""
        if found.kind == "due":
            return "\n".join(self._offer(found.next.routine))
        return detail(
            found, self.app.kit.library.name_of(found.next.routine), self.hour.keeper.now.utc_ms, self.hour.offset
        )

    def _offer(self, routine: str) -> Iterator[str]:
        """What the break is, and what can be said to it."""
        assert self.hour is not None, "asked by draw"
        keeper = self.hour.keeper
        yield offered(self.app.kit.library, routine, command=False)
        with suppress(LibraryError):
            yield clean(self.app.kit.library.practice(routine).purpose, limit=200)
        yield ""
        if not keeper.leads:
            yield "Enter starts it."
        elif keeper.may_postpone():
            yield f"Enter starts it, l is in {keeper.wishes.postpone_min} min, k skips it."
        else:
            yield "Enter starts it, k skips it. It was postponed as often as you set."

    def _told(self, found: State) -> str:
        assert self.hour is not None, "asked by draw"
        keeper, desk, *_ = self.hour
        if trouble := self.app.kit.journal.trouble:
            return clean(f"Not saved: {trouble} It is kept for now and tried again.", limit=300)
        if not keeper.leads:
            return "Another loop on this machine counts and reminds. This one looks on, and takes over when it ends."
        if self.held and found.kind == "due":
            return f"Not announced: {self.held}."
        if self.said:
            return self.said
        return f"Idle time: from {desk.idle_name}" if desk.knows_idle else "Idle time: unknown"

    def draw_day(self) -> None:
        """Show the day that was chosen, today at first."""
        assert self.hour is not None, "asked by draw"
        keeper, _, offset, _ = self.hour
        logbook = self.app.kit.journal.logbook
        if logbook is None:
            return
        now_ms = keeper.now.utc_ms
        date = local_day(now_ms, offset) - timedelta(self._back)
        try:
            day = logged_day(logbook, date, now_ms, offset)
        except LogbookError as error:
            self.app.kit.journal.noticed(error)
            return
        heading = day.date if self._back else "Today"
        text = ". ".join(filter(None, (spent(day), sums(day)))) or "nothing counted"

        def draw(width: int, _: int) -> list[Line]:
            return strip(day.stretches(), width=width)

        recent = day.marks[-_MARKS:]
        lines = (
            mark_line(one, self.app.kit.library.name_of(one.routine) if one.routine else "", offset) for one in recent
        )
        marks = self.query_one("#marks", Static)
        marks.update(Content("\n".join(lines)))
        marks.set_class(not recent, "-empty")
        self.query_one("#strip", Chart).show((day.date, now_ms // MINUTE_MS, len(day.marks)), draw)
        self.query_one("#sums", Static).update(Content(f"{heading}: {text}"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Postponing is shown as long as it may be; nothing is answered where another loop counts."""
        keeper = self.hour.keeper if self.hour is not None else None
        if action in ("later", "skip", "pause"):
            if keeper is not None and not keeper.leads:
                return False  # the other one is answered, or reached by a command
            if keeper is None:
                return None
            if action == "later":
                return True if self._may_be_later(keeper) else None
            if action == "skip":
                return True if keeper.state.next is not None else None
        return super().check_action(action, parameters)

    def _may_be_later(self, keeper: Timekeeper) -> bool:
        """Whether it is time to put the break off: a slip of the finger an hour before is none."""
        coming = keeper.state.next
        soon_ms = keeper.wishes.postpone_min * MINUTE_MS
        return coming is not None and coming.at_ms - keeper.now.utc_ms <= soon_ms and keeper.may_postpone()

    # --- what the person says --------------------------------------------------------------------

    def action_later(self) -> None:
        """Put the break off."""
        if self.hour is not None:
            self.answered(self.hour.keeper.postpone())

    def action_skip(self) -> None:
        """Skip the break."""
        if self.hour is not None:
            self.answered(self.hour.keeper.skip())

    def action_pause(self) -> None:
        """Be silent for a while, or no longer."""
        if self.hour is None:
            return
        if self.hour.keeper.state.kind == "paused":
            self.answered(self.hour.keeper.resume())
            return
        from trainer.app.choose import ChooseScreen

        self.app.push_screen(ChooseScreen("Pause breaks", (), _PAUSES), self._pause)

    def _pause(self, answer: str | None) -> None:
        if self.hour is None or not answer:
            return
        keeper, _, offset, _ = self.hour
        minutes = None if answer == "tomorrow" else int(answer)
        until_ms = pause_end(keeper.now.utc_ms, minutes, self.app.kit.settings.day_starts_h, offset)
        self.answered(keeper.pause(until_ms, civil=minutes is None))

    def action_day(self, by: int) -> None:
        """Show the day before, or the one after."""
        if self.hour is not None and 0 <= self._back + by <= 366:
            self._back += by
            self.draw_day()

    def action_leave(self) -> None:
        """Count no longer, and go back."""
        if self.app.breaks:
            self.app.exit(return_code=0)
        else:
            self.app.pop_screen()
