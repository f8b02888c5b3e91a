"""The first screen: routines by what they are for, and all that a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from trainer.app import home_list
from trainer.app.home_list import EXERCISE, Details, HomeList, is_exercise
from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.catalog import Catalog

if TYPE_CHECKING:
    from sessions.rows import SessionRow
    from trainer.app.app import TrainerApp
    from trainer.app.compose import ComposeScreen
    from trainer.app.morning import Morning
    from trainer.guide.plan import Plan
    from trainer.library.query import Query


class HomeScreen(Screen[None]):
    """Lists the routines and exercises; Enter starts one."""

    HELP = (
        "Type after / to search routines and exercises by any word, or by terms: `tag:hips`, `position:standing`, "
        "`under:5` (minutes), `needs:mat`, `without:mat`, `source:lasting`, `group:back`, `kind:stretch`, `floor:no`, "
        "`quiet:yes`, `office:yes`, `own:yes`. The filter writes these for you."
    )
    BINDINGS = [
        Binding("slash", "search", "Search", key_display="/", id="home.search"),
        Binding("e", "exercises", "Exercises", id="home.exercises"),
        Binding("t", "short", "Time", id="home.time"),
        Binding("h", "about", "About", id="home.about"),
        Binding("l", "go('history.HistoryScreen')", "Log", id="home.log"),
        Binding("b", "go('breaks.BreaksScreen')", "Breaks", id="home.breaks"),
        Binding("c", "compose", "Compose", id="home.compose"),
        Binding("q", "app.quit", "Quit", id="home.quit"),
        Binding("a", "go('activity.ActivityScreen')", "Activity", id="home.activity"),
        Binding("y", "morning", "This morning", id="home.morning"),
        Binding("escape", "clear", "All", show=False),
        Binding("shift+up", "scroll_about(-1)", "Details up", show=False),
        Binding("shift+down", "scroll_about(1)", "Details down", show=False),
        Binding("f", "filter", "Filter", id="home.filter"),
    ]
    AUTO_FOCUS = "#routines"
    BEGINS_SESSIONS = True
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._laid_out = self._all_exercises = False
        self._composing: ComposeScreen | None = None  # what may have changed the person's files
        self._last: dict[str, SessionRow] = {}
        self._today = ""
        self._told: set[str] = set()
        self._morning: Morning | None = None  # after yesterday's session, as long as it is to be rated

    def compose(self) -> ComposeResult:
        """Search, the list, and beside it what is chosen where there is room."""
        yield Field(placeholder="Search: press /   All keys: press ?", compact=True, id="search")
        with Horizontal():
            yield HomeList(id="routines")
            yield Details(id="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """List the names; exercises and the logbook are read after the first paint."""
        self._catalog = Catalog(self.app.kit.library)
        self._list.show(list(home_list.bare_rows(self._catalog.headings)))
        self.call_after_refresh(self._complete)

    def _complete(self) -> None:
        self._lay_out()
        self.call_after_refresh(self.refresh_routines)

    def _lay_out(self) -> None:
        self._laid_out = True
        _ = self._catalog.routines
        self._fill()
        self._tell_about()

    def refresh_routines(self) -> None:
        """Look again at when each was last done, and make the sound ready."""
        from sessions.errors import LogbookError

        kit = self.app.kit
        _, journal = kit.player, kit.journal
        try:
            self._last = journal.logbook.last_done() if journal.logbook is not None else {}
        except LogbookError as error:
            journal.failed(error)
        self._today = journal.today()
        if journal.trouble and not kit.rehearsal:
            from trainer.app.repair import tell

            tell(self.app, self.refresh_routines)
        from trainer.app.morning import look

        self._morning = look(self.app)
        self.refresh_bindings()
        if self._last:
            self._fill()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The morning is rated where there is one to be rated."""
        return self._morning is not None if action == "morning" else super().check_action(action, parameters)

    def action_morning(self) -> None:
        """Rate the pain on the morning after yesterday's session."""
        morning, self._morning = self._morning, None
        if morning is not None:
            morning.ask()
            self._fill()

    def on_screen_resume(self) -> None:
        """Read the person's files again after a screen that may have written some."""
        if (composed := self._composing) is not None:
            from trainer.library.shelf import Library

            self._composing = None
            self.app.kit.library = Library(self.app.kit.paths.config)
            self._catalog = Catalog(self.app.kit.library)
            self._lay_out()
            self._list.choose(composed.routine_id)

    # --- the list --------------------------------------------------------------------------------

    @property
    def _list(self) -> HomeList:
        return self.query_one(HomeList)

    @property
    def _query(self) -> Query:
        from trainer.library.query import read

        return read(self.query_one(Field).value)

    def _fill(self) -> None:
        """Show what fits the search, in the mode that was chosen."""
        catalog, hint = self._catalog, ""
        if self.query_one(Field).value.strip():
            query = self._query
            found = catalog.search(query, among=("exercise",) if self._all_exercises else ("routine", "exercise"))
            routines, exercises = found.routines, found.exercises
            hint = "; ".join(map(str, found.complaints))
            if not hint and not routines and not exercises:
                hint = self._nearest(query)
        else:
            routines = [] if self._all_exercises else list(catalog.routines.values())
            exercises = list(catalog.exercises.values()) if self._all_exercises else []
        rows = list(home_list.routine_rows(routines, self._last, self._today))
        rows += home_list.exercise_rows(exercises, heading="" if self._all_exercises else "Exercises")
        self._list.show(rows or [home_list.note_row("Nothing fits. Escape shows all.")])
        self._hint(hint or (self._morning.text if self._morning is not None else ""))
        for problem in catalog.problems[:3]:
            if str(problem) not in self._told:
                self._told.add(str(problem))
                self.app.tell(str(problem), severity="warning")

    def _nearest(self, query: Query) -> str:
        from trainer.library.find import nearest

        near = nearest(query, self._catalog.entries)
        return f"Did you mean {near}?" if near else ""

    def _hint(self, text: str) -> None:
        """Say something below the field, which is rare: until then nothing stands there."""
        hints = self.query("#hint").results(Static)
        if (hint := next(hints, None)) is not None:
            hint.update(Content(text))
            hint.display = bool(text)
        elif text:
            self.mount(Static(Content(text), id="hint"), after="#search")

    def _plan(self, chosen: str | None) -> Plan | None:
        plans = self._catalog.exercises if is_exercise(chosen) else self._catalog.routines
        return plans.get((chosen or "").removeprefix(EXERCISE))

    def on_resize(self) -> None:
        """A screen that has become wide has room to tell of what is chosen."""
        self.call_after_refresh(self._tell_about)

    @on(OptionList.OptionHighlighted)
    def _tell_about(self) -> None:
        if (beside := self.query_one(Details)).display and (text := self._about()) is not None:
            chosen = self._list.chosen or ""  # a narrow screen has no room for it
            beside.tell(text, chosen.removeprefix(EXERCISE) if is_exercise(chosen) else None)

    def _about(self) -> Content | None:
        made = self._plan(chosen) if self._laid_out and (chosen := self._list.chosen) else None
        if made is None:
            return None
        from trainer.app import details

        return details.exercise(made, self._catalog) if is_exercise(chosen) else details.routine(made)

    def action_about(self) -> None:
        """Tell of what is chosen on a page of its own, which fits any terminal."""
        if (text := self._about()) is not None:
            from trainer.app.page import AboutScreen

            self.app.push_screen(AboutScreen(text))

    def action_scroll_about(self, pages: int) -> None:
        """Scroll what stands beside the list."""
        self.query_one(Details).scroll_pages(pages)

    # --- searching -------------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _search(self) -> None:
        self._fill()

    def action_search(self) -> None:
        """Go to the search field, which a low terminal has no room for otherwise."""
        field = self.query_one(Field)
        field.display = True
        field.focus()

    @on(Input.Submitted, "#search")
    def _leave_search(self) -> None:
        field = self.query_one(Field)
        self._list.focus()
        if not field.value:
            field.styles.clear_rule("display")

    def action_clear(self) -> None:
        """Show all routines again."""
        self._all_exercises = False
        self.remove_class("-exercises")
        field = self.query_one(Field)
        if field.value:
            field.value = ""
        else:
            self._fill()
        self._leave_search()

    def action_exercises(self) -> None:
        """Show the exercises by their kind, or the routines again."""
        self._all_exercises = not self._all_exercises
        self.set_class(self._all_exercises, "-exercises")
        self._fill()
        self._list.focus()

    def action_filter(self) -> None:
        """Choose what to look for; it is written into the search field."""
        from trainer.app.filters import FilterScreen

        self.app.push_screen(FilterScreen(self._query, self._catalog), self._filtered)

    def _filtered(self, text: str | None) -> None:
        if text is not None:
            field = self.query_one(Field)
            field.display = True
            field.value = text
            self._leave_search()

    # --- what comes next -------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _start(self, event: OptionList.OptionSelected) -> None:
        made = self._plan(event.option_id)
        if made is not None:
            from trainer.app.guide import GuideScreen

            self.app.push_screen(GuideScreen(made, self.app.kit.library.exercises_of(made.routine)))

    def action_short(self) -> None:
        """Ask for minutes, and start what is chosen in a form that fits into them."""
        from trainer.app.minutes import MinutesScreen, start_short

        made = self._plan(chosen := self._list.chosen)
        if made is not None:
            alone = is_exercise(chosen)
            self.app.push_screen(MinutesScreen(made), lambda minutes: start_short(self.app, made, minutes, alone=alone))

    def action_go(self, place: str) -> None:
        """Go to another screen, named by its module and its class."""
        from importlib import import_module

        module, _, name = place.partition(".")
        self.app.push_screen(getattr(import_module(f"trainer.app.{module}"), name)())

    def action_compose(self) -> None:
        """Compose a routine; the chosen one where it is the person's own, else a new one."""
        from trainer.app.compose import ComposeScreen

        made = self._plan(chosen := self._list.chosen)
        own = made is not None and not is_exercise(chosen) and self.app.kit.library.is_own(made.routine)
        self._composing = ComposeScreen(made.routine.id if made is not None and own else None)
        self.app.push_screen(self._composing)
