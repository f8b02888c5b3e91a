"""Sessions in a list by day, the latest first; more are read as the person comes to the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeAlias

from textual.content import Content
from textual.geometry import Region
from textual.widgets.option_list import Option

from sessions.rows import SessionRow
from trainer.app.widgets.headed_list import HeadedList
from trainer.charts import dates
from trainer.guide import logged
from trainer.text import clean

PAGE = 200
"""Sessions that are read at a time."""
_AHEAD = 30
"""Lines before the end at which the next are read: more than a screen's."""

Read: TypeAlias = Callable[[int, SessionRow | None], list[SessionRow] | None]
"""Gives up to so many sessions, those older than the one named; None where they cannot be read just now."""


class SessionList(HeadedList):
    """Sessions, each on one line below the day that it belongs to. A day itself is never chosen."""

    DEFAULT_CSS = """
    SessionList, SessionList:focus {
        height: 1fr; border: none; background: $background; padding: 0;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def __init__(self, read: Read, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._read = read
        self._rows: dict[str, SessionRow] = {}
        self._oldest: SessionRow | None = None
        self._whole = False
        self._failed_at: int | None = None
        """What was highlighted when the next could not be read: the same place does not try again."""

    def on_mount(self) -> None:
        """Look further as the wheel turns, too."""
        self.watch(self, "scroll_y", self._more_if_near, init=False)

    @property
    def chosen(self) -> SessionRow | None:
        """The session that is highlighted."""
        option = self.highlighted_option
        return None if option is None else self._rows.get(option.id or "")

    def begin(self) -> None:
        """List the latest, with the first of them chosen."""
        self._fill(PAGE)
        self.choose(next(iter(self._rows), None))

    def again(self, choose: str | None) -> None:
        """List as many as before as they are now, and choose one where it is among them, in the place where it was."""
        stood = self.scroll_offset.y
        self._fill(max(PAGE, len(self._rows) + 1))
        self.scroll_to(y=stood, animate=False, immediate=True)
        self.choose(choose if choose in self._rows else next(iter(self._rows), None))

    def beside(self, id: str) -> str | None:
        """The session that follows one in the list, the one before it where it is the last; None where it is alone."""
        ids = list(self._rows)
        at = ids.index(id) if id in self._rows else len(ids)
        return next(iter((*ids[at + 1 : at + 2], *ids[max(0, at - 1) : at])), None)

    def choose(self, id: str | None) -> None:
        """Highlight a session."""
        self.highlighted = None if id is None else self.get_option_index(id)

    def renew(self, row: SessionRow) -> None:
        """Show a session as it is now."""
        if row.id in self._rows:
            self._rows[row.id] = row
            self.replace_option_prompt(row.id, _line(row))

    def _fill(self, limit: int) -> None:
        self._rows, self._oldest, self._whole = {}, None, False
        rows = self._next(limit)
        self.set_options(self._options_of(rows, ""))

    def _next(self, limit: int) -> list[SessionRow]:
        found = self._read(limit, self._oldest)
        self._failed_at = self.highlighted if found is None else None
        if found is None:
            return []
        self._whole = len(found) < limit
        self._oldest = found[-1] if found else self._oldest
        # One that came to be older while the list was open, by what another machine knew, is listed already.
        new = [row for row in found if row.id not in self._rows]
        self._rows.update((row.id, row) for row in new)
        return new

    def _options_of(self, rows: Iterable[SessionRow], day: str) -> Iterator[Option]:
        for row in rows:
            if row.day != day:
                day = row.day
                yield Option(_heading(day), disabled=True)
            yield Option(_line(row), id=row.id)

    def _more_if_near(self) -> None:
        if self._whole or self.highlighted is None or self.highlighted == self._failed_at:
            return
        last = self.scroll_offset.y + self.size.height
        if max(last, self.highlighted) >= self.option_count - _AHEAD:
            day = next(reversed(self._rows.values())).day
            self.add_options(self._options_of(self._next(PAGE), day))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Read more near the end."""
        super().watch_highlighted(highlighted)
        self._more_if_near()

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Show what is highlighted, and the day above it."""
        super().scroll_to_highlight(top)
        at = self.highlighted
        if at and self.options[at - 1].disabled:
            # Each option is one line.
            self.scroll_to_region(Region(0, at - 1, 1, 2), animate=False, force=True, immediate=True)


def _line(row: SessionRow) -> Content:
    minutes = (row.began_ms // 60_000 + row.offset_min) % 1440
    what = clean(logged.in_short(row, pain=False))
    return Content.assemble(
        f"  {minutes // 60:02}:{minutes % 60:02}  {_pain(row)}  ",
        (clean(logged.name(row)), "bold"),
        (f"  {what}", "dim"),
    )


def _pain(row: SessionRow) -> str:
    if row.pain_before is None and row.pain_after is None:
        return " " * 7
    before, after = ("?" if nrs is None else nrs for nrs in (row.pain_before, row.pain_after))
    return f"{before:>2} → {after:<2}"


def _heading(day: str) -> Content:
    found = date.fromisoformat(day)
    return Content.assemble((f" {dates.WEEKDAYS[found.weekday()]} {dates.whole(found)}", "bold $text-primary"))
