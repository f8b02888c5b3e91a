"""What a page is made of, whatever it is written in. Every text is plain text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

MOST_VALUES = 26
"""Of a small curve (own): half a year by week; a longer time is drawn coarser."""
TOP = 10.0
"""The end of the scale."""


class Spark(Struct, frozen=True):
    """A small curve of means from 0 to `TOP`, week by week; None for a week without any."""

    values: tuple[float | None, ...]


Cell: TypeAlias = str | Spark


class Table(Struct, frozen=True):
    """Rows under a head; the first cell of each names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Section(Struct, frozen=True):
    """A heading with what stands under it, in this order."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    items: tuple[str, ...] = ()
    after: str = ""
    """What is not on the page."""
    narrow: bool = False
    """Whether it may stand beside another one."""


class Page(Struct, frozen=True):
    """A report on one page."""

    title: str
    lines: tuple[str, ...]
    """Who, when and how much."""
    sections: tuple[Section, ...]
    about: tuple[str, ...]
    """What the figures are, and what they are not."""


def spark(values: Sequence[float | None]) -> Spark:
    """A curve of at most `MOST_VALUES` values, each the mean of the weeks that it stands for."""
    width = max(1, -(-len(values) // MOST_VALUES))
    parts = [[value for value in values[at : at + width] if value is not None] for at in range(0, len(values), width)]
    return Spark(tuple(sum(part) / len(part) if part else None for part in parts))
