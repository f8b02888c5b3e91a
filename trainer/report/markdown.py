"""A page as Markdown. Nothing that a person or a file named can become markup in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.report.model import TOP, Cell, Page, Section, Spark, Table
from trainer.text import clean

_BLOCKS = "▁▂▃▄▅▆▇█"
_NONE = "·"
_SPECIAL = re.compile(r"[\\`*_\[\]{}<>#|~&!$^@]")
_LINK = re.compile(r":(?=//)|(?<=\bwww)\.|:(?=\w+:)", re.IGNORECASE)
_MARKER = re.compile(r"([-+=](?=[-+=\s]|$)|\d+(?=[.)](?:\s|$)))")


def markdown(page: Page) -> Iterator[str]:
    """Yield the page, line by line, each with its end."""
    for line in _lines(page):
        yield line + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {plain(page.title)}"
    yield ""
    yield from _paragraph(page.lines)
    for section in page.sections:
        yield from _section(section)
    yield "---"
    yield ""
    yield from _paragraph(page.about, last=True)


def _section(section: Section) -> Iterator[str]:
    yield f"## {plain(section.title)}"
    yield ""
    yield from _paragraph(section.lines)
    if section.table is not None:
        yield from _table(section.table)
        yield ""
    for item in section.items:
        yield f"- {plain(item)}"
    if section.items:
        yield ""
    if section.after:
        yield from _paragraph((section.after,))


def _paragraph(lines: tuple[str, ...], *, last: bool = False) -> Iterator[str]:
    if not lines:
        return
    for number, line in enumerate(lines, 1):
        # A backslash at its end breaks a line.
        yield plain(line) + ("\\" if number < len(lines) else "")
    if not last:
        yield ""


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield "|" + " --- |" * len(table.head)
    for row in table.rows:
        yield _row(row)


def _row(cells: tuple[Cell, ...]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(cell: Cell) -> str:
    return "".join(map(_block, cell.values)) if isinstance(cell, Spark) else plain(cell)


def _block(value: float | None) -> str:
    if value is None:
        return _NONE
    return _BLOCKS[min(len(_BLOCKS) - 1, max(0, int(value / TOP * len(_BLOCKS))))]


def plain(text: str) -> str:
    """Text on one line that reads the same once Markdown has been made of it, GitHub's with its links included."""
    escaped = _SPECIAL.sub(r"\\\g<0>", clean(text).strip())
    escaped = _LINK.sub(r"\\\g<0>", escaped)
    found = _MARKER.match(escaped)
    if found is None:
        return escaped
    at = found.end() if found[0].isdigit() else 0
    return f"{escaped[:at]}\\{escaped[at:]}"
