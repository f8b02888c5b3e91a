"""Past sessions by day: searched, filtered, looked at, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sessions.errors import LogbookError
from sessions.records import Withdrawal
from sessions.rows import SessionRow
from sessions.wanted import Wanted
from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.charts import dates
from trainer.guide import logged
from trainer.guide.search import read, written
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from trainer.app.app import TrainerApp

PAGE = 200
"""Sessions that are read at a time; the next are read when the person reaches the end."""


class HistoryScreen(Screen[None]):
    """Sessions, the latest first. Enter shows one."""

    HELP = (
        "The latest day is at the top. Type after / to search: words of names and notes, or terms: "
        "`routine:desk-break`, `exercise:bridge`, `since:2026-03-01` (or `since:12w`), `until:2026-03-31`, "
        "`pain:5` (that or more). The filter writes these for you."
    )
    BINDINGS = [
        Binding("slash", "search", "Search", key_display="/", id="history.search"),
        Binding("f", "filter", "Filter", id="history.filter"),
        Binding("t", "trends", "Trends", id="history.trends"),
        Binding("y", "year", "Year", id="history.year"),
        Binding("x", "withdraw", "Withdraw", id="history.withdraw"),
        Binding("u", "undo", "Undo", id="history.undo"),
        Binding("escape,q,l", "back", "Back", key_display="Esc", id="history.back"),
    ]
    AUTO_FOCUS = "#sessions"
    DEFAULT_CSS = """
    HistoryScreen #title { height: 1; padding: 0 1; text-style: bold; color: $text-primary; }
    HistoryScreen #search { display: none; margin: 0 1; border: none; background: $surface; }
    HistoryScreen #hint { display: none; margin: 0 1; height: auto; max-height: 2; color: $text-warning; }
    HistoryScreen #sessions {
        height: 1fr; border: none; background: $background; padding: 0;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._oldest: SessionRow | None = None
        self._rows: dict[str, SessionRow] = {}
        self._withdrawn: list[tuple[str, str]] = []
        """Sessions withdrawn here, each with the id of the withdrawal, the last one last."""

    def compose(self) -> ComposeResult:
        """The search and the list."""
        person = self.app.kit.paths.person
        yield Static(Content(f"Log of {person}" if person else "Log"), id="title")
        yield Field(placeholder="Words, or terms such as exercise:bridge pain:5", compact=True, id="search")
        yield Static(id="hint")
        yield OptionList(id="sessions")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the latest."""
        self._fill()

    # --- the list --------------------------------------------------------------------------------

    @property
    def _list(self) -> OptionList:
        return self.query_one("#sessions", OptionList)

    @property
    def _logbook(self) -> Logbook | None:
        return self.app.kit.journal.logbook

    def _fill(self) -> None:
        options = self._list
        options.clear_options()
        self._oldest, self._rows = None, {}
        self._more()
        if not options.option_count:
            trouble = self.app.kit.journal.trouble if self._logbook is None else ""
            nothing = "No session fits. Escape shows all." if self._wanted != Wanted() else "No sessions yet."
            options.add_option(Option(Content(f" {clean(trouble) or nothing}"), disabled=True))
        else:
            options.highlighted = 1  # the first stands below the heading of its day

    def _more(self) -> None:
        logbook, oldest = self._logbook, self._oldest
        if logbook is None:
            return
        before = {} if oldest is None else {"before_ms": oldest.began_ms, "before_id": oldest.id}
        try:
            if self._wanted == Wanted():
                rows = logbook.sessions(limit=PAGE, **before)  # type: ignore[arg-type]  # as both take them
            else:
                rows = logbook.find(self._wanted, limit=PAGE, **before)  # type: ignore[arg-type]
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        options: list[Option] = []
        day = oldest.day if oldest is not None else ""
        for row in rows:
            if row.day != day:
                day = row.day
                options.append(Option(_heading(day), disabled=True))
            options.append(Option(self._line(row), id=row.id))
            self._rows[row.id] = row
        if rows:
            self._oldest = rows[-1]
            self._list.add_options(options)

    def _line(self, row: SessionRow) -> Content:
        minutes = (row.began_ms // 60_000 + row.offset_min) % 1440
        time = f"  {minutes // 60:02}:{minutes % 60:02}  "
        return Content.assemble(time, (clean(logged.name(row)), "bold"), (f"  {clean(logged.in_short(row))}", "dim"))

    @on(OptionList.OptionHighlighted)
    def _at(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index >= event.option_list.option_count - 20 and len(self._rows) % PAGE == 0:
            self._more()

    @property
    def _chosen(self) -> SessionRow | None:
        option = self._list.highlighted_option
        return None if option is None else self._rows.get(option.id or "")

    # --- searching -------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Go to the search field."""
        field = self.query_one(Field)
        field.display = True
        field.focus()

    @on(Input.Changed, "#search")
    def _search(self) -> None:
        logbook = self._logbook
        if logbook is None:
            return
        try:
            found = read(self.query_one(Field).value, logbook.names(), self.app.kit.journal.today())
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        hint = self.query_one("#hint", Static)
        hint.update(Content(clean(found.complaint)))
        hint.display = bool(found.complaint)
        if found.wanted != self._wanted:
            self._wanted = found.wanted
            self._fill()

    @on(Input.Submitted, "#search")
    def _leave_search(self) -> None:
        field = self.query_one(Field)
        field.display = bool(field.value)
        self._list.focus()

    def action_filter(self) -> None:
        """Choose what to look for; it is written into the search field."""
        from trainer.app.history_filter import HistoryFilter

        logbook = self._logbook
        if logbook is None:
            return
        try:
            names = logbook.names()
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        self.app.push_screen(HistoryFilter(self._wanted, names, self.app.kit.journal.today()), self._filtered)

    def _filtered(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            field = self.query_one(Field)
            field.value = written(wanted)
            field.display = bool(field.value)
            self._list.focus()

    def action_back(self) -> None:
        """Show all sessions again; where all are shown, leave."""
        field = self.query_one(Field)
        if field.value or field.has_focus:
            field.value = ""
            self._leave_search()
        else:
            self.app.pop_screen()

    # --- one session -----------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _show(self, event: OptionList.OptionSelected) -> None:
        if event.option_id is not None:
            from trainer.app.one_session import SessionScreen

            self.app.push_screen(SessionScreen(event.option_id), self._seen)

    def _seen(self, changed: str | None) -> None:
        """Show a session as it is now, after something was said of it."""
        logbook = self._logbook
        if changed is None or logbook is None:
            return
        try:
            detail = logbook.session(changed)
        except LogbookError:
            return
        if detail is None or detail.row.withdrawn:
            self._fill()
        elif changed in self._rows:
            self._rows[changed] = detail.row
            self._list.replace_option_prompt(changed, self._line(detail.row))

    def action_withdraw(self) -> None:
        """Let the chosen session count nowhere. Its facts stay, and `u` brings it back."""
        row, journal = self._chosen, self.app.kit.journal
        if row is None or journal.logbook is None:
            return
        if not journal.write(row.id, Withdrawal(row.id)):
            self.app.tell(f"Not saved yet: {journal.trouble}", severity="warning")
            return
        self._withdrawn.append((row.id, clean(logged.name(row))))
        self._take_away(row)
        self.app.tell(f"Withdrawn: {clean(logged.name(row))}, {row.day}. It counts nowhere. u brings it back.")

    def _take_away(self, row: SessionRow) -> None:
        options = self._list
        index = options.get_option_index(row.id)
        self._fill()
        options.highlighted = min(index, options.option_count - 1)

    def action_undo(self) -> None:
        """Bring back the session that was withdrawn last."""
        journal = self.app.kit.journal
        if not self._withdrawn or journal.logbook is None:
            self.app.tell("Nothing was withdrawn here.")
            return
        id, name = self._withdrawn.pop()
        try:
            for withdrawal in journal.logbook.withdrawals(id):
                journal.write(id, Withdrawal(withdrawal))
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
        self._fill()
        if id in self._rows:
            self._list.highlighted = self._list.get_option_index(id)
        self.app.tell(f"Back again: {name}.")

    # --- looking further -------------------------------------------------------------------------

    def action_trends(self) -> None:
        """Show how pain, time and repetitions went over the weeks."""
        from trainer.app.trends import TrendsScreen

        self.app.push_screen(TrendsScreen())

    def action_year(self) -> None:
        """Show a year, day by day."""
        from trainer.app.year import YearScreen

        self.app.push_screen(YearScreen())


def _heading(day: str) -> Content:
    found = date.fromisoformat(day)
    return Content.assemble((f" {dates.WEEKDAYS[found.weekday()]} {dates.whole(found)}", "bold $text-primary"))
