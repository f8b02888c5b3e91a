"""The log's filter: routine, exercise, period and pain, each one of a few."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, structs
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from sessions.rows import NameRow
from sessions.wanted import Wanted
from trainer.app.filters import ANY, RowsDialog, line
from trainer.text import clean

_PERIODS = (("last 4 weeks", 28), ("last 12 weeks", 84), ("last 6 months", 182), ("last year", 365))
_PAINS = (3, 4, 5, 6, 7, 8, 9, 10)
_WIDEST = 9


class _Row(Struct, frozen=True):
    """One thing to choose: what it is called, what it may be, and what each asks for."""

    name: str
    field: str
    words: tuple[str, ...]
    values: tuple[Any, ...]
    at: int = 0


class HistoryFilter(RowsDialog[Wanted | None]):
    """Asks which sessions to show. Dismissed with that."""

    def __init__(self, wanted: Wanted, names: Iterable[NameRow], today: str) -> None:
        super().__init__()
        self._wanted = wanted
        self.rows = _rows(wanted, list(names), today)

    def lines(self) -> list[Content]:
        """Each row's name and value."""
        return [line(row.name, _WIDEST, row.words[row.at], chosen=bool(row.at)) for row in self.rows]

    def change(self, index: int, by: int) -> None:
        """Take the next or the last value of a row."""
        row = self.rows[index]
        self.rows[index] = structs.replace(row, at=(row.at + by) % len(row.values))

    def clear(self) -> None:
        """Ask for nothing; words of the search stay."""
        self.rows = [structs.replace(row, at=0) for row in self.rows]
        self._wanted = Wanted(self._wanted.words)

    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        self.dismiss(structs.replace(self._wanted, **{row.field: row.values[row.at] for row in self.rows}))


def _rows(wanted: Wanted, names: list[NameRow], today: str) -> list[_Row]:
    periods = [(word, (date.fromisoformat(today) - timedelta(days=days)).isoformat()) for word, days in _PERIODS]
    rows = [
        _row("Routine", "routine", _called(names, "routine"), wanted.routine),
        _row("Exercise", "exercise", _called(names, "exercise"), wanted.exercise),
        _row("Since", "since", periods, wanted.since),
    ]
    if wanted.until:
        rows.append(_row("Until", "until", [], wanted.until))
    pains = [(f"{nrs} or more" if nrs < 10 else "10", nrs) for nrs in _PAINS]
    rows.append(_row("Pain", "pain_from", pains, wanted.pain_from))
    return rows


def _called(names: list[NameRow], kind: str) -> list[tuple[str, Any]]:
    """Those done most come first."""
    last: dict[str, tuple[str, int]] = {}
    for row in names:
        if row.kind == kind:
            last[row.id] = (row.name or row.id, last.get(row.id, ("", 0))[1] + row.sessions)
    order = sorted(last.items(), key=lambda item: -item[1][1])
    return [(clean(name, limit=40), id) for id, (name, _) in order]


def _row(name: str, field: str, choices: list[tuple[str, Any]], now: Any) -> _Row:
    nothing: Any = None if field == "pain_from" else ""
    if now != nothing and now not in [value for _, value in choices]:
        choices = [(clean(str(now), limit=40), now), *choices]
    words, values = (ANY, *(word for word, _ in choices)), (nothing, *(value for _, value in choices))
    return _Row(name, field, words, values, values.index(now))
