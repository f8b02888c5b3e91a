"""The composer's two lists: the steps of the routine, and the exercises to pick from."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from trainer.app.home_list import EXERCISE, HomeList, exercise_rows, note_row
from trainer.app.widgets.field import Field
from trainer.catalog import Catalog
from trainer.guide import words
from trainer.guide.draft import Lengths
from trainer.library.query import read


class StepList(OptionList):
    """The steps in order. The first click on one chooses it, the next opens it."""

    BINDINGS = [Binding("enter", "select", "Dose", key_display="Enter")]

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._pressed: int | None = None
        self._by_mouse = False

    def on_mouse_down(self) -> None:
        """What was chosen before the click."""
        self._pressed, self._by_mouse = self.highlighted, True

    def opens(self, index: int) -> bool:
        """Whether a selection means to open the step rather than to choose it."""
        opens = not self._by_mouse or self._pressed == index
        self._by_mouse = False
        return opens

    def on_key(self) -> None:
        """A key is no click."""
        self._by_mouse = False

    def show(self, laid: Lengths, at: int) -> None:
        """Show the steps, with the one at `at` chosen."""
        rows = list(_rows(laid))
        if len(rows) == self.option_count and rows:
            for index, row in enumerate(rows):
                self.replace_option_prompt_at_index(index, row)
        else:
            self.set_options([Option(row) for row in rows])
        self.highlighted = at if rows else None


def _rows(laid: Lengths) -> Iterator[Content]:
    for number, (item, until_ms) in enumerate(zip(laid.plan.items, laid.until_ms, strict=True), 1):
        yield Content.assemble(
            (f"{number:>2}  ", "dim"),
            (item.name, "bold"),
            (f"  rest {words.seconds(item.rest_after_s)}\n", "dim"),
            f"    to {words.clock(until_ms)} · {words.dose(item.dose, item.exercise)}",
        )


class PickList(HomeList):
    """Exercises to add. Enter or a click adds one."""

    BINDINGS = [Binding("enter", "select", "Add it", key_display="Enter")]

    @property
    def exercise(self) -> str | None:
        """The id of the chosen exercise."""
        return self.chosen.removeprefix(EXERCISE) if self.chosen is not None else None


class PickField(Field):
    """What to look for. The arrows go through what was found, without leaving the field."""

    BINDINGS = [
        Binding("enter", "submit", "Add it", key_display="Enter"),
        Binding("up", "go('cursor_up')", "Up", show=False),
        Binding("down", "go('cursor_down')", "Down", show=False),
        Binding("pageup", "go('page_up')", "Page up", show=False),
        Binding("pagedown", "go('page_down')", "Page down", show=False),
    ]

    class Moved(Message):
        """The choice in the list is to be moved."""

        def __init__(self, how: str) -> None:
            super().__init__()
            self.how = how

    def action_go(self, how: str) -> None:
        """Move the choice in the list."""
        self.post_message(self.Moved(how))


class Picker(Vertical):
    """The exercises, with a search above them. Posts `Picker.Picked`."""

    DEFAULT_CSS = """
    Picker #search { border: none; height: 1; padding: 0 1; background: $surface; }
    """

    class Picked(Message):
        """An exercise is to be added."""

        def __init__(self, exercise: str) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self) -> None:
        super().__init__()
        self._catalog: Catalog | None = None

    def compose(self) -> ComposeResult:
        """The search, and what it finds."""
        yield PickField(placeholder="Search exercises", compact=True, id="search")
        yield PickList(id="pick")

    def fill(self, catalog: Catalog) -> None:
        """Offer the exercises of a library."""
        self._catalog = catalog
        self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        if self._catalog is None:
            return
        query = read(self.query_one(PickField).value)
        found = list(self._catalog.exercises.values())
        if query.terms:
            found = self._catalog.search(query, among=("exercise",)).exercises
        self.query_one(PickList).show(list(exercise_rows(found)) or [note_row("Nothing fits.")])

    @on(PickField.Moved)
    def _move(self, message: PickField.Moved) -> None:
        getattr(self.query_one(PickList), f"action_{message.how}")()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _pick(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        event.stop()
        exercise = self.query_one(PickList).exercise
        if exercise is not None:
            self.query_one(PickField).action_select_all()  # so that the next search needs no clearing
            self.post_message(self.Picked(exercise))
