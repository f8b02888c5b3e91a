"""A plot of what was measured by week: axes with numbers and dates, a mark for each series, gaps left open. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from trainer.charts.area import Area
from trainer.charts.axes import Height, labels
from trainer.charts.lines import Line, Role, Span, flowed, joined
from trainer.charts.marks import MOST, SEVERAL, marks
from trainer.charts.numbers import short
from trainer.charts.told import told
from trainer.charts.weeks import Series, Weeks
from trainer.text import clean

_LEAST_ROWS, _LEAST_COLUMNS = 2, 4
_EMPTY = "nothing in these weeks"
_SHARED: Line = (Span(f"{SEVERAL} several", "several"),)


def plot(
    series: Sequence[Series],
    *,
    width: int,
    height: int,
    from_day: str,
    to_day: str,
    y_max: float,
    y_min: float = 0,
    unit: str = "",
    ascii_only: bool = False,
) -> list[Line]:
    """Draw `series` by week, from one local day to another, in at most `width` columns and `height` lines.

    The axis reaches from `y_min` to `y_max`, and farther where a value does. Weeks that follow each other are joined; a
    week without a value is a gap. With more weeks than columns a mark is the mean of several, and the legend says so.
    Where there is no room for a plot, the same is told in words: below 20 by 6, or a little above with many series.
    """
    frame = _Frame(tuple(series[:MOST]), width, height, (from_day, to_day), (y_min, y_max), ascii_only)
    # What a small plot can do without goes first: the unit, then what the legend says beside the names.
    for said, with_notes in ((unit, True), ("", True), ("", False)):
        notes: list[Line] = []
        legend = frame.legend(said, notes)
        while drawn := frame.drawn(len(legend)):
            lines, found = drawn
            notes += [note for note in found if with_notes and note not in notes]
            above, legend = len(legend), frame.legend(said, notes)
            if len(legend) == above:
                return [*legend, *lines]
            # A longer legend leaves fewer rows, and in fewer rows other marks may come together.
    return told(frame.series, from_day=from_day, to_day=to_day, width=width, height=height, ascii_only=ascii_only)


class _Frame(msgspec.Struct, frozen=True):
    """What a plot was asked for: see `plot`."""

    series: tuple[Series, ...]
    width: int
    height: int
    days: tuple[str, str]
    limits: tuple[float, float]
    ascii_only: bool

    def marks(self) -> list[str]:
        """The mark of each series."""
        return marks([one.role for one in self.series], ascii_only=self.ascii_only)

    def legend(self, unit: str, notes: Sequence[Line]) -> list[Line]:
        """What the numbers are, and whose each mark is."""
        items: list[Line] = [(Span(clean(unit), "dim"),)] if unit else []
        for mark, one in zip(self.marks(), self.series, strict=True):
            items.append((Span(f"{mark} {clean(one.name)}", one.role),))
        return flowed([*items, *notes], self.width, end="." if self.ascii_only else "…")

    def drawn(self, above: int) -> tuple[list[Line], list[Line]] | None:
        """The axes and what is between them, `above` lines left for the legend, and what that should say of it.

        None where there is no room.
        """
        rows = self.height - above - 2
        if rows < _LEAST_ROWS:
            return None
        weekly = Weeks.between(*self.days)
        values = [mean for one in self.series for mean in weekly.means(one.points).values()]
        y = Height.over(self.limits, values, rows)
        numbers = [short(tick) for tick in y.ticks]
        margin = max(map(len, numbers)) + 2
        columns = self.width - margin
        if columns < _LEAST_COLUMNS:
            return None

        weeks = Weeks.between(*self.days, columns)
        at = weeks.columns(columns)
        area = Area(columns, rows, y.low, y.high)
        means = [weeks.means(one.points) for one in self.series]
        layers = [area.layer(*one) for one in zip(means, [at] * len(means), self.marks(), strict=True)]
        roles: list[Role] = [one.role for one in self.series]
        cells = area.merged(list(zip(layers, roles, strict=True)), ascii_only=self.ascii_only)
        if not any(means):
            begin = (columns - len(_EMPTY)) // 2
            if begin >= 0:
                cells[rows // 2][begin : begin + len(_EMPTY)] = [(char, "dim") for char in _EMPTY]

        texts = dict(zip(area.rows_of(y.ticks), numbers, strict=True))
        upright, tick, corner, level, tee = "||+-+" if self.ascii_only else "│┤└─┬"
        lines = []
        for row, line in enumerate(cells):
            text = texts.get(row, "")
            lines.append(joined([(f"{text:>{margin - 2}} {tick if text else upright}", "axis"), *line]))

        days = labels([weeks.monday(n) for n in range(weeks.count)], at, margin, self.width)
        ticks = {column for column, _, _ in days}
        axis = "".join(tee if column in ticks else level for column in range(columns))
        lines.append((Span(" " * (margin - 1) + corner + axis, "axis"),))
        below = ""
        for _, begin, text in days:
            below = below.ljust(begin) + text
        lines.append(joined([(below, "axis")]))

        notes: list[Line] = []
        if weeks.per > 1:
            notes.append((Span(f"means of {weeks.per} weeks", "dim"),))
        if any((SEVERAL, "several") in line for line in cells):
            notes.append(_SHARED)
        return lines, notes
