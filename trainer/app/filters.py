"""The filter: choices that are written into the search field as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from trainer.app.widgets.dialog import Dialog
from trainer.app.widgets.key_bar import KeyBar
from trainer.catalog import Catalog
from trainer.guide.words import plural
from trainer.library.query import Query, Term, fold

T = TypeVar("T")
ANY = "any"
_WIDEST = 24
MINUTES = ("2", "5", "10", "15", "20", "30")


class Choice(Struct, frozen=True):
    """One row: what is chosen, among which values. The first value asks for nothing."""

    name: str
    terms: tuple[Term | None, ...]
    """What each value writes."""
    values: tuple[str, ...]
    at: int = 0

    @property
    def term(self) -> Term | None:
        """What the chosen value writes."""
        return self.terms[self.at]

    def moved(self, by: int) -> Choice:
        """The next or the last value, round and round."""
        return Choice(self.name, self.terms, self.values, (self.at + by) % len(self.values))


def choices(query: Query, catalog: Catalog) -> tuple[list[Choice], Query]:
    """The rows as `query` has them, and what of it is no row's."""
    known = catalog.known.values
    rows = [
        _among("For", "tag", known["tag"].values()),
        _among("Position", "position", known["position"].values()),
        _among("Longest", "under", MINUTES, after=" min"),
        _among("Source", "source", known["source"].values()),
        Choice("Floor", (None, Term("floor", "no")), (ANY, "none")),
        Choice("Noise", (None, Term("quiet", "yes")), (ANY, "none")),
        Choice("In an office", (None, Term("office", "yes")), (ANY, "yes")),
        *(
            Choice(thing.capitalize(), (None, Term("without", thing)), ("at hand", "not here"))
            for thing in known["without"].values()
        ),
    ]
    rest: list[Term] = []
    for term in query.terms:
        place = next(((n, at) for n, row in enumerate(rows) for at in _places(row, term)), None)
        if place is not None and rows[place[0]].at == 0:
            rows[place[0]] = rows[place[0]].moved(place[1])
        else:
            rest.append(term)
    return rows, Query(tuple(rest))


def _among(name: str, key: str, values: Iterable[str], after: str = "") -> Choice:
    told = list(values)
    return Choice(name, (None, *(Term(key, value) for value in told)), (ANY, *(value + after for value in told)))


def _places(row: Choice, wanted: Term) -> Iterator[int]:
    for at, term in enumerate(row.terms):
        if term is not None and term.key == wanted.key and fold(term.value) == fold(wanted.value):
            yield at


class Rows(OptionList):
    """The rows. Their keys are the list's own: those of the screen would overtake up and down."""

    BINDINGS = [
        Binding("right,space", "screen.move(1)", "Next", key_display="→"),
        Binding("left", "screen.move(-1)", "Last", key_display="←"),
        Binding("enter", "select", "Show", key_display="Enter"),
    ]


def line(name: str, widest: int, value: str, *, chosen: bool) -> Content:
    """One row: what is asked, and what is chosen of it."""
    return Content.assemble(f" {name:<{widest}} ", (f"‹ {value} ›", "bold" if chosen else "dim"))


class RowsDialog(Dialog[T]):
    """Asks what to look for, a row for each thing that can be asked. Dismissed with None where nothing is to change."""

    HELP = "Up and down choose a row, left and right what it asks for. Enter shows what fits."
    BINDINGS = [
        Binding("x", "clear", "Clear"),
        Binding("escape,f", "back", "Back", key_display="Esc"),
    ]
    AUTO_FOCUS = "Rows"
    DEFAULT_CSS = """
    RowsDialog Rows, RowsDialog Rows:focus {
        height: auto; max-height: 1fr; border: none; background: $panel; padding: 0;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    RowsDialog #fits { height: 1; }
    """

    def compose(self) -> ComposeResult:
        """What fits, and the rows."""
        with Vertical():
            yield Static(Content.assemble(("Show only", "bold")), id="fits")
            yield Rows(*map(Option, self.lines()))
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the first row."""
        self.query_one(Rows).highlighted = 0
        self.changed()

    def lines(self) -> list[Content]:
        """The rows as they stand."""
        raise NotImplementedError

    def change(self, index: int, by: int) -> None:
        """Take the next or the last value of a row."""
        raise NotImplementedError

    def clear(self) -> None:
        """Ask for nothing in any row."""
        raise NotImplementedError

    def changed(self) -> None:
        """What the rows ask for is another thing now."""

    def action_move(self, by: int) -> None:
        """Take the next or the last value of the chosen row."""
        if (index := self.query_one(Rows).highlighted) is not None:
            self.change(index, by)
            self._show()

    def action_clear(self) -> None:
        """Ask for nothing; words of the search stay."""
        self.clear()
        self._show()

    def _show(self) -> None:
        options = self.query_one(Rows)
        for index, line in enumerate(self.lines()):
            options.replace_option_prompt_at_index(index, line)
        self.changed()

    def action_back(self) -> None:
        """Back, with the search as it was."""
        self.dismiss(None)


class FilterScreen(RowsDialog[str | None]):
    """Asks which routines and exercises to show. Dismissed with the text for the search field."""

    def __init__(self, query: Query, catalog: Catalog) -> None:
        super().__init__()
        self.catalog = catalog
        self.rows, self.rest = choices(query, catalog)
        self._widest = min(_WIDEST, max(len(row.name) for row in self.rows))

    def lines(self) -> list[Content]:
        """Each row's name and value."""
        return [
            Content.assemble(
                f" {row.name:<{self._widest}} ", (f"‹ {row.values[row.at]} ›", "bold" if row.at else "dim")
            )
            for row in self.rows
        ]

    @property
    def query_now(self) -> Query:
        """What the rows ask for, and the rest of the search."""
        return Query((*self.rest.terms, *(row.term for row in self.rows if row.term is not None)))

    def changed(self) -> None:
        """Say how much fits."""
        found = self.catalog.search(self.query_now)
        fits = f"{plural(len(found.routines), 'routine')}, {plural(len(found.exercises), 'exercise')}"
        self.query_one("#fits", Static).update(Content.assemble(("Show only", "bold"), f"  {fits}"))

    def change(self, index: int, by: int) -> None:
        """Take the next or the last value of a row."""
        self.rows[index] = self.rows[index].moved(by)

    def clear(self) -> None:
        """Ask for nothing; words of the search stay."""
        self.rows = [Choice(row.name, row.terms, row.values) for row in self.rows]
        self.rest = Query(tuple(term for term in self.rest.terms if not term.key))

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        self.dismiss(str(self.query_now))
