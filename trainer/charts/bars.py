"""Bars beside their numbers in words: minutes of a week against what is advised, time by exercise. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from trainer.charts.lines import Line, Role, joined, words
from trainer.text import cells, clean

_LEAST, _MOST = 8, 40
"""Columns of a bar."""
_PARTS = " ▏▎▍▌▋▊▉█"


class Bar(msgspec.Struct, frozen=True):
    """A row: `value` of `of`, or where that is None, of the largest value among such rows. `said` is it in words."""

    name: str
    value: float
    said: str
    of: float | None = None
    role: Role = "amount"


def bars(rows: Sequence[Bar], *, width: int, ascii_only: bool = False) -> list[Line]:
    """Draw rows below each other, in at most `width` columns: the name, a bar, and what it is in words.

    A bar is full when the value is all of `of` or more, and never before; any value above 0 shows. Where there is no
    room for bars, names and words are left.
    """
    end = "." if ascii_only else "…"
    names, said = [clean(row.name) for row in rows], [clean(row.said) for row in rows]
    wide = max(map(cells, names), default=0)
    room = min(_MOST, width - wide - max(map(cells, said), default=0) - 4)
    if room < _LEAST:
        return [
            line for name, text in zip(names, said, strict=True) for line in words(f"{name}: {text}", width, end=end)
        ]
    largest = max((row.value for row in rows if row.of is None and math.isfinite(row.value)), default=0.0)
    lines = []
    for row, name, text in zip(rows, names, said, strict=True):
        bar, rest = _bar(row.value, largest if row.of is None else row.of, room, ascii_only)
        padded = name + " " * (wide - cells(name))
        lines.append(joined([(f"{padded}  ", "plain"), (bar, row.role), (rest, "dim"), (f"  {text}", "plain")]))
    return lines


def _bar(value: float, of: float, room: int, ascii_only: bool) -> tuple[str, str]:
    """The filled part of a bar and the part left, `room` columns together."""
    parts = 0
    fine = 1 if ascii_only else 8
    if 0 < value < math.inf and of < math.inf:
        parts = max(1, int(min(1.0, value / of if of > 0 else 1.0) * room * fine))
    full, part = divmod(parts, fine)
    filled = ("#" if ascii_only else _PARTS[8]) * full + (_PARTS[part] if part else "")
    return filled, ("." if ascii_only else "·") * (room - len(filled))
