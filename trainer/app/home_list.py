"""The home screen's list, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from trainer.app.widgets.headed_list import HeadedList
from trainer.app.widgets.preview import FigurePreview
from trainer.guide import card, words
from trainer.guide.plan import Plan
from trainer.library.model import OWN, Routine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sessions.rows import SessionRow

HEADINGS: dict[str, str] = {
    "at the desk": "At the desk",
    "before a workout": "Before a workout",
    "back": "Back",
    "hips": "Hips",
    "checks": "Checks",
    "own": "Your own",
}
EXERCISE = "exercise:"
"""What an exercise's row has before its id: a routine may be called the same."""


def is_exercise(chosen: str | None) -> bool:
    """Whether a row is that of an exercise."""
    return chosen is not None and chosen.startswith(EXERCISE)


class Details(VerticalScroll, can_focus=False):
    """What stands beside the list: the chosen routine or exercise in short, with the figure of an exercise."""

    DEFAULT_CSS = "Details FigurePreview { height: 30vh; min-height: 8; margin: 0 0 1 0; }"

    def compose(self) -> ComposeResult:
        """A figure, and one text."""
        yield FigurePreview()
        yield Static()

    def tell(self, text: Content, exercise: str | None = None) -> None:
        """Show another text from its beginning, and the figure of an exercise, by its id."""
        self.query_one(FigurePreview).show(exercise)
        self.query_one(Static).update(text)
        self.scroll_home(animate=False)

    def scroll_pages(self, pages: int) -> None:
        """Scroll by pages, up where negative."""
        self.scroll_relative(y=pages * max(1, self.size.height - 2), animate=False)


class HomeList(HeadedList):
    """Rows of two lines under headings; what is chosen stays chosen when they change."""

    @property
    def chosen(self) -> str | None:
        """The id of the chosen row."""
        option = self.highlighted_option
        return option.id if option is not None else None

    def choose(self, id: str | None) -> None:
        """Choose the row of this id, where there is one."""
        index = next((n for n, row in enumerate(self.options) if id is not None and row.id == id), None)
        if index is not None:
            self.highlighted = index

    def show(self, rows: list[Option]) -> None:
        """Put `rows` in the place of those that are there. The same rows again keep the place, too."""
        if [row.id for row in rows] == [row.id for row in self.options]:
            for index, row in enumerate(rows):
                self.replace_option_prompt_at_index(index, row.prompt)
            return
        chosen = self.chosen
        self.set_options(rows)
        ids = [row.id for row in rows]
        first = next((n for n, row in enumerate(rows) if not row.disabled), None)
        self.highlighted = ids.index(chosen) if chosen is not None and chosen in ids else first


def bare_rows(routines: Iterable[Routine]) -> Iterator[Option]:
    """Routines by name alone, in the places that `routine_rows` gives them."""
    for group, members in groupby(routines, lambda one: one.group):
        yield _heading(HEADINGS[group])
        for one in members:
            yield Option(Content.assemble((f"  {one.name}", "bold"), "\n"), id=one.id)


def routine_rows(plans: Iterable[Plan], last: Mapping[str, SessionRow], today: str) -> Iterator[Option]:
    """Routines under what they are for, with what one chooses by."""
    for group, members in groupby(plans, lambda one: one.routine.group):
        yield _heading(HEADINGS[group])
        for one in members:
            yield Option(_routine(one, last.get(one.routine.id), today), id=one.routine.id)


def exercise_rows(plans: Iterable[Plan], *, heading: str = "") -> Iterator[Option]:
    """Exercises under one heading, or by their kind where none is given."""
    for kind, members in groupby(plans, lambda one: heading or one.items[0].exercise.kind.capitalize()):
        yield _heading(kind)
        for one in members:
            yield Option(_exercise(one), id=EXERCISE + one.routine.id)


def note_row(text: str) -> Option:
    """A line that cannot be chosen."""
    return Option(Content(f"  {text}"), disabled=True)


def _heading(text: str) -> Option:
    return Option(Content.assemble((text, "bold $text-primary")), disabled=True)


def _routine(made: Plan, last: SessionRow | None, today: str) -> Content:
    when = f" · last {'today' if last.day == today else last.day}" if last else ""
    needs = ", ".join(words.equipment(made)) or "nothing needed"
    return Content.assemble(
        (f"  {made.routine.name}", "bold"),
        f"  {words.about(made.reckoned_ms)} · {_from(made.routine.sources)}{when}\n",
        (f"    {needs} · {', '.join(words.positions(made))}", "dim"),
    )


def _exercise(made: Plan) -> Content:
    item = made.items[0]
    needs = ", ".join(item.exercise.equipment) or "nothing needed"
    return Content.assemble(
        (f"  {item.name}", "bold"),
        f"  {words.dose(item.dose, item.exercise)}\n",
        (f"    {needs} · {item.exercise.position} · {_from(item.exercise.sources)}", "dim"),
    )


def _from(sources: list[str]) -> str:
    """Where it comes from; what stands beyond the articles says that instead of its sources' keys."""
    return card.mark(sources) or "from " + ", ".join(source for source in sources if source != OWN)
