"""A year, day by day; and what this week comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from sessions.errors import LogbookError
from trainer.app.widgets.chart import Chart
from trainer.app.widgets.key_bar import KeyBar
from trainer.app.widgets.upright import Upright
from trainer.charts.lines import words
from trainer.charts.year import year as drawn
from trainer.charts.year import year_told
from trainer.past import Past, this_week
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class YearScreen(Screen[None]):
    """A cell a day, shaded by minutes; below it the streak, this week beside what the sources name, and each month."""

    HELP = "Each mark is a day, as the line below the calendar says. A streak forgives the rest days of a routine."
    BINDINGS = [
        Binding("left", "go(-1)", "Year before", key_display="←", id="year.before"),
        Binding("right", "go(1)", "Year after", key_display="→", id="year.after"),
        Binding("escape,q,y", "back", "Back", key_display="Esc", id="year.back"),
    ]
    AUTO_FOCUS = "#page"
    DEFAULT_CSS = """
    YearScreen {
        #page { height: 1fr; padding: 1 2 0 2; }
        #calendar, #week { height: auto; margin: 0 0 1 0; }
        &.-narrow #page, &.-short #page { padding: 0 1; }
    }
    """
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._past: Past | None = None
        self._year = self._first = self._last = 0

    def compose(self) -> ComposeResult:
        """The calendar, and the week."""
        with Upright(id="page"):
            yield Static(id="nothing")
            yield Chart(id="calendar")
            yield Chart(id="week")
            yield Chart(id="months")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show this year."""
        journal, library = self.app.kit.journal, self.app.kit.library
        self._year = self._first = self._last = int(journal.today()[:4])
        trouble = journal.trouble
        try:
            if journal.logbook is not None:
                self._past = Past(journal.logbook, library, journal.today())
                self._first = int((self._past.first_day or journal.today())[:4])
                self._tell()
                self._tell_week()
                trouble = ""
        except LogbookError as error:
            trouble = str(error)
        nothing = self.query_one("#nothing", Static)
        nothing.display = bool(trouble)
        nothing.update(Content(clean(trouble)))

    def _tell(self) -> None:
        past, year = self._past, self._year
        if past is None:
            return
        try:
            minutes = past.minutes(year)
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        chart = self.query_one("#calendar", Chart)
        chart.show(year, lambda width, _: drawn(minutes, year=year, today=past.today, width=width))
        self.query_one("#week").display = year == self._last
        told = year_told(minutes, year=year, today=past.today)[1:]
        self.query_one("#months", Chart).show(
            year, lambda width, _: [line for sentence in told for line in words(sentence, width)]
        )

    def _tell_week(self) -> None:
        assert self._past is not None, "told of a logbook"
        streak, week = self._past.streak(), self._past.this_week()
        self.query_one("#week", Chart).show("", lambda width, _: this_week(streak, week, width=width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no year before the first nor after this one."""
        if action == "go":
            return (self._year > self._first) if parameters == (-1,) else (self._year < self._last)
        return super().check_action(action, parameters)

    def action_go(self, by: int) -> None:
        """Show another year."""
        self._year += by
        self._tell()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Back to where the person was."""
        self.app.pop_screen()
