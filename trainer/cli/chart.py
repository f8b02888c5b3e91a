"""Lines of styled text in a terminal: the one place where what a part is becomes a colour."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from trainer.charts.lines import Line, Role, Span, text_of, words
from trainer.cli import streams

_STYLES: dict[Role, str] = {
    "plain": "",
    "bold": "1",
    "dim": "2",
    "axis": "2",
    "today": "1;33",
    "before": "33",
    "after": "36",
    "morning": "32",
    "left": "36",
    "right": "33",
    "amount": "32",
    "several": "1",
    "shade-0": "2",
    "shade-1": "32",
    "shade-2": "32",
    "shade-3": "32",
    "shade-4": "32",
}
"""Of the sixteen colours, which each person's terminal has as they like. Marks and shades differ by their shapes."""
_AS_ASCII = str.maketrans({"→": "->", "–": "-", "·": "-", "…": "...", "’": "'"})


def ascii_only() -> bool:
    """Whether standard output knows no more than ASCII for sure."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def as_ascii(text: str) -> str:
    """Text of the program's own with ASCII in the place of its arrows and dashes."""
    return text.translate(_AS_ASCII)


def say(lines: Iterable[Line]) -> None:
    """Print lines, in colour where colour is taken. Their text is clean."""
    coloured = streams.coloured(sys.stdout)
    for line in lines:
        print("".join(map(_coloured, line)) if coloured else text_of(line))


def _coloured(span: Span) -> str:
    style = _STYLES[span.role]
    return f"\x1b[{style}m{span.text}\x1b[0m" if style else span.text


def sentence(text: str, *, bullet: bool = False, role: Role = "plain") -> list[Line]:
    """A clean sentence in lines as wide as the terminal, behind a bullet where it is one of several."""
    ascii = ascii_only()
    text = as_ascii(text) if ascii else text
    found = words(text, streams.width() - (2 if bullet else 0), role, end="." if ascii else "…")
    return [(Span("  " if number else "- "), *line) for number, line in enumerate(found)] if bullet else found
