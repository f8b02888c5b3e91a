"""The first screen: routines by what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from trainer.app.widgets.field import Field
from trainer.app.widgets.key_bar import KeyBar
from trainer.guide import words
from trainer.guide.plan import Plan, plan
from trainer.library.model import OWN, Group, Routine

if TYPE_CHECKING:
    from sessions.rows import SessionRow
    from trainer.app.app import TrainerApp

HEADINGS: dict[str, str] = {
    "at the desk": "At the desk",
    "before a workout": "Before a workout",
    "back": "Back",
    "hips": "Hips",
    "checks": "Checks",
    "own": "Your own",
}


class HomeScreen(Screen[None]):
    """Lists the routines; Enter starts one."""

    HELP = "Type after / to search by name, purpose, exercise, position or equipment."
    BINDINGS = [
        Binding("slash", "search", "Search", key_display="/", id="home.search"),
        Binding("l", "history", "Log", id="home.log"),
        Binding("escape", "clear", "All", show=False),
        Binding("q", "app.quit", "Quit", id="home.quit"),
    ]
    AUTO_FOCUS = "#routines"
    app: TrainerApp

    def __init__(self) -> None:
        super().__init__()
        self._plans: dict[str, Plan] = {}
        self._found: dict[str, str] = {}
        self._last: dict[str, SessionRow] = {}
        self._today = ""

    def compose(self) -> ComposeResult:
        """Search, the list, and beside it the chosen routine where there is room."""
        yield Field(placeholder="Search: press /", compact=True, id="search")
        with Horizontal():
            yield OptionList(id="routines")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list; the logbook is asked after the first paint."""
        library = self.app.kit.library
        routines, problems = library.routines()
        for routine in routines:
            self._plans[routine.id] = made = plan(routine, library.exercises_of(routine))
            self._found[routine.id] = _searched(made)
        self._fill()
        for problem in problems[:3]:
            self.app.tell(str(problem), severity="warning")
        self.call_after_refresh(self.refresh_routines)

    def refresh_routines(self) -> None:
        """Look again at when each was last done, and make the sound ready."""
        from sessions.errors import LogbookError

        kit = self.app.kit
        _ = kit.player
        journal = kit.journal
        try:
            self._last = journal.logbook.last_done() if journal.logbook is not None else {}
        except LogbookError as error:
            self.app.tell(str(error), severity="warning")
        self._today = journal.today()
        if journal.trouble and journal.logbook is None and not kit.rehearsal:
            self.app.tell(f"Sessions are not kept now: {journal.trouble}", severity="warning")
        if self._last:
            self._fill()

    def _fill(self, search: str = "") -> None:
        options = self.query_one(OptionList)
        chosen = self._chosen()
        terms = search.casefold().split()
        rows: list[Option] = []
        for group in get_args(Group):
            plans = [
                p
                for p in self._plans.values()
                if p.routine.group == group and all(term in self._found[p.routine.id] for term in terms)
            ]
            if plans:
                rows.append(Option(Content.assemble((HEADINGS[group], "bold $text-primary")), disabled=True))
                rows.extend(Option(self._line(p), id=p.routine.id) for p in plans)
        options.clear_options()
        options.add_options(rows or [Option(Content("Nothing fits. Escape shows all."), disabled=True)])
        ids = [row.id for row in rows]
        first = next((n for n, row in enumerate(rows) if not row.disabled), None)
        options.highlighted = ids.index(chosen) if chosen is not None and chosen in ids else first

    def _chosen(self) -> str | None:
        options = self.query_one(OptionList)
        if options.highlighted is None or not options.option_count:
            return None
        return options.get_option_at_index(options.highlighted).id

    def _line(self, made: Plan) -> Content:
        last = self._last.get(made.routine.id)
        when = f" · last {_day(last, self._today)}" if last else ""
        needs = ", ".join(words.equipment(made)) or "nothing needed"
        return Content.assemble(
            (f"  {made.routine.name}", "bold"),
            f"  {words.about(made.reckoned_ms)} · from {_from(made.routine)}{when}\n",
            (f"    {needs} · {', '.join(words.positions(made))}", "dim"),
        )

    @on(OptionList.OptionHighlighted)
    def _about(self, event: OptionList.OptionHighlighted) -> None:
        made = self._plans.get(event.option_id or "")
        if made is None:
            return
        routine = made.routine
        parts: list[Content | str | tuple[str, str]] = [
            (f"{routine.name}\n", "bold $text-primary"),
            f"{routine.purpose}\n",
            (f"{routine.frequency}\n\n" if routine.frequency else "\n", "$text-muted"),
        ]
        for number, item in enumerate(made.items, 1):
            parts.append((f"{number:>2}  {item.name}\n", "bold"))
            parts.append((f"    {words.dose(item.dose, item.exercise)}\n", ""))
        if routine.notes:
            parts.append("\n" + "\n".join(f"· {note}" for note in routine.notes))
        self.query_one("#detail", Static).update(Content.assemble(*parts))

    @on(OptionList.OptionSelected)
    def _start(self, event: OptionList.OptionSelected) -> None:
        made = self._plans.get(event.option_id or "")
        if made is not None:
            from trainer.app.guide import GuideScreen

            self.app.push_screen(GuideScreen(made, self.app.kit.library.exercises_of(made.routine)))

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _found_it(self) -> None:
        self.query_one(OptionList).focus()

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one(Field).focus()

    def action_clear(self) -> None:
        """Show all routines again."""
        self.query_one(Field).value = ""
        self.query_one(OptionList).focus()

    def action_history(self) -> None:
        """Show past sessions."""
        from trainer.app.history import HistoryScreen

        self.app.push_screen(HistoryScreen())


def _from(routine: Routine) -> str:
    return ", ".join(source for source in routine.sources if source != OWN) or "you"


def _day(row: SessionRow, today: str) -> str:
    return "today" if row.day == today else row.day


def _searched(made: Plan) -> str:
    routine = made.routine
    parts = [routine.id, routine.name, routine.purpose, routine.group, *routine.sources]
    for item in made.items:
        exercise = item.exercise
        parts += [exercise.id, exercise.name, *exercise.aliases, exercise.position, exercise.kind, *exercise.equipment]
    return " ".join(parts).casefold()
