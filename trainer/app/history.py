"""Past sessions by day: searched, filtered, looked at, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from sessions.errors import LogbookError
from sessions.records import Withdrawal
from sessions.rows import SessionRow
from sessions.wanted import Wanted
from trainer.app.session_list import SessionList
from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.guide import logged
from trainer.guide.search import read, written
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from trainer.app.app import TrainerApp


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
    HistoryScreen #nothing { display: none; margin: 1 1 0 1; height: auto; }
    """
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._withdrawn: dict[str, str] = {}
        """Sessions withdrawn here by what they are called, the last one last."""

    def compose(self) -> ComposeResult:
        """The search and the list."""
        person = self.app.kit.paths.person
        title = Content.assemble(
            clean(f"Log of {person}" if person else "Log"), ("  pain before → after", "dim not bold")
        )
        yield Static(title, id="title")
        yield Field(placeholder="Words, or terms such as exercise:bridge pain:5", compact=True, id="search")
        yield Static(id="hint")
        yield Static(id="nothing")
        yield SessionList(self._read, id="sessions")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the latest."""
        self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a session, or one that was withdrawn here, can be done where there is one."""
        if action == "withdraw":
            return self._list.chosen is not None
        return bool(self._withdrawn) if action == "undo" else super().check_action(action, parameters)

    # --- the list --------------------------------------------------------------------------------

    @property
    def _list(self) -> SessionList:
        return self.query_one(SessionList)

    @property
    def _logbook(self) -> Logbook | None:
        return self.app.kit.journal.logbook

    def _read(self, limit: int, older_than: SessionRow | None) -> list[SessionRow] | None:
        logbook = self._logbook
        if logbook is None:
            return None
        ms, id = (None, "") if older_than is None else (older_than.began_ms, older_than.id)
        try:
            return logbook.find(self._wanted, limit, before_ms=ms, before_id=id)
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return None

    def _fill(self) -> None:
        self._list.begin()
        self._say_if_empty()

    def _fill_again(self, choose: str | None) -> None:
        self._list.again(choose)
        self._say_if_empty()

    def _say_if_empty(self) -> None:
        trouble = self.app.kit.journal.trouble if self._logbook is None else ""
        fits = "No session fits. Escape shows all." if self._wanted != Wanted() else "No sessions yet."
        nothing = self.query_one("#nothing", Static)
        nothing.update(Content(clean(trouble) or fits))
        nothing.display = not self._list.option_count
        self.refresh_bindings()

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
        if detail is None or not detail.row.withdrawn:
            self._withdrawn.pop(changed, None)
        if detail is not None and not detail.row.withdrawn:
            self._list.renew(detail.row)
        elif detail is not None:
            self._take_away(detail.row)

    def action_withdraw(self) -> None:
        """Let the chosen session count nowhere. Its facts stay, and `u` brings it back."""
        row, journal = self._list.chosen, self.app.kit.journal
        if row is None or journal.logbook is None:
            return
        if not journal.write(row.id, Withdrawal(row.id)):
            self.app.tell(f"Not saved yet: {journal.trouble}", severity="warning")
            return
        self._take_away(row)
        self.app.tell(f"Withdrawn: {self._withdrawn[row.id]}. It counts nowhere. u brings it back.")

    def _take_away(self, row: SessionRow) -> None:
        self._withdrawn[row.id] = f"{clean(logged.name(row), limit=60)}, {row.day}"
        self._fill_again(self._list.beside(row.id))

    def action_undo(self) -> None:
        """Bring back the session that was withdrawn last."""
        journal = self.app.kit.journal
        if not self._withdrawn or journal.logbook is None:
            return
        id = next(reversed(self._withdrawn))
        try:
            kept = [journal.write(id, Withdrawal(one)) for one in journal.logbook.withdrawals(id)]
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
            return
        if not all(kept):
            self.app.tell(f"Not saved yet: {journal.trouble}", severity="warning")
            return
        name = self._withdrawn.pop(id)
        self._fill_again(id)
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
