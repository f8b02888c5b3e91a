"""Cells of a table that is text (RFC 4180): formulas defused and given back, records written and read. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from sessions.exchange.misread import Faults

MAX_CELL_CHARS = 1_000_000
"""The longest cell that is read."""
BOM = "\ufeff"

# What spreadsheets take for the beginning of a formula, also as full-width, small or raised forms; and what they may
# pass over before it: white space, controls, what is invisible, quotes.
_STARTER = r"=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−⩵⩶﬩"
_LEAD = r"\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff'\"`´‘’‚‛“”„‟«»‹›＇＂"
# A run begins only where no run goes on, and gives nothing back: its time grows with its length alone.
_RUN = re.compile(rf"(?<![{_LEAD}])[{_LEAD}]*+(?=[{_STARTER}])")
_OPENS = re.compile(rf"'*+[\t\r\n\0]|[{_LEAD}]*+[{_STARTER}]")
_BREAK, _GUARDED_BREAK = re.compile(r"(\r\n|[\t\r\n])"), re.compile(r"(\r\n|[\t\r\n])'")


def defused(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula; `given_back` returns any text as it was.

    An apostrophe goes before what could be taken for a formula where the cell begins, and wherever a program that
    splits cells at a semicolon, a tab or a line end would let one begin (see OWASP's page on CSV injection). It is one
    of the characters that may be passed over, so that what has one already gets another.
    """
    if _plain(text):
        return text
    return ("'" if _OPENS.match(text) else "") + _RUN.sub(_guard, text)


def given_back(cell: str) -> str:
    """Return the text that `defused` made `cell` of; a cell that it would not make stays as it is."""
    if _plain(cell):
        return cell
    return _RUN.sub(_unguard, cell[1:] if cell[0] == "'" and _OPENS.match(cell, 1) else cell)


def _plain(text: str) -> bool:
    """Whether there is certainly nothing to guard: most texts, found out fast."""
    return not text or (text[0].isalnum() and text.isprintable() and ";" not in text)


def _guard(run: re.Match[str]) -> str:
    return ("'" if _splits(run) else "") + _BREAK.sub(r"\1'", run[0])


def _unguard(run: re.Match[str]) -> str:
    text = run[0]
    return _GUARDED_BREAK.sub(r"\1", text[1:] if text[:1] == "'" and _splits(run) else text)


def _splits(run: re.Match[str]) -> bool:
    return run.start() > 0 and run.string[run.start() - 1] == ";"


class _Echo:
    """Hands on what is written, so that a record is had without a file."""

    def write(self, text: str) -> str:
        return text


def lines(records: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield each record as text that ends in CRLF. The cells are written as they are: see `defused`."""
    write = csv.writer(_Echo(), lineterminator="\r\n").writerow
    for cells in records:
        yield write(cells)


def records(text: str, faults: Faults, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield each record of a text with the line on which it begins, from 1; lines without anything are passed over.

    Where the text is no such table any more, that is added to `faults` and nothing follows. A mark of the byte order
    at the beginning is passed over.
    """
    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=delimiter, strict=True)
    # The module has one limit for all readers.
    before = csv.field_size_limit(MAX_CELL_CHARS)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(line, "", *_told(str(error)))
    finally:
        csv.field_size_limit(before)


def _told(message: str) -> tuple[str, str]:
    if "field larger" in message:
        return f"a cell of more than {MAX_CELL_CHARS:,} characters", f"{MAX_CELL_CHARS:,} at most"
    if "unexpected end" in message:
        return "a quote that is never closed", 'a cell between quotes ends in one; a quote in it is doubled: ""'
    return "text after a closing quote", 'a quote within a cell doubled: ""'
