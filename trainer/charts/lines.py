"""A line of styled text, and lines laid out within a width. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

import msgspec

from trainer.text import cells, cut

# fmt: off
Role: TypeAlias = Literal[
    "plain", "bold", "dim", "axis", "today",
    "before", "after", "morning", "left", "right", "amount", "several",
    "shade-0", "shade-1", "shade-2", "shade-3", "shade-4",
]
# fmt: on
"""What a part of a line is. A front end maps each to a style; no meaning hangs on it alone."""


class Span(msgspec.Struct, frozen=True):
    """A part of a line: text that is `clean`, and what it is."""

    text: str
    role: Role = "plain"


Line: TypeAlias = tuple[Span, ...]


def text_of(line: Line) -> str:
    """The line without its styles."""
    return "".join(span.text for span in line)


def width_of(line: Line) -> int:
    """Columns that the line takes."""
    return sum(cells(span.text) for span in line)


def joined(parts: Iterable[tuple[str, Role]]) -> Line:
    """Parts, often single characters, as a line: neighbours of one role are one span, blanks at the end are gone."""
    spans = [Span("".join(text for text, _ in run), role) for role, run in groupby(parts, key=lambda part: part[1])]
    while spans and not spans[-1].text.rstrip():
        spans.pop()
    if spans:
        spans[-1] = Span(spans[-1].text.rstrip(), spans[-1].role)
    return tuple(spans)


def shortened(line: Line, width: int, end: str = "…") -> Line:
    """The line in at most `width` columns; what is longer ends in `end`."""
    if width_of(line) <= width:
        return line
    kept: list[Span] = []
    room = width
    for span in line:
        text = cut(span.text, room, end)
        if text:
            kept.append(Span(text, span.role))
        room -= cells(text)
        if text != span.text or room < 1:
            break
    return tuple(kept)


def flowed(items: Sequence[Line], width: int, gap: int = 2, end: str = "…") -> list[Line]:
    """Items one after another with `gap` blanks between, in lines of at most `width` columns.

    An item is never parted; one that is longer than a line is shortened.
    """
    lines: list[Line] = []
    for item in (shortened(one, width, end) for one in items):
        if not item:
            continue
        if lines and width_of(lines[-1]) + gap + width_of(item) <= width:
            lines[-1] = (*lines[-1], Span(" " * gap), *item)
        else:
            lines.append(item)
    return lines


def words(text: str, width: int, role: Role = "plain", end: str = "…") -> list[Line]:
    """A sentence in lines of at most `width` columns."""
    return [
        joined((span.text, role) for span in line)
        for line in flowed([(Span(word, role),) for word in text.split()], width, 1, end)
    ]
