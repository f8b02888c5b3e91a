"""Rows of a timer's or tracker's table as facts, each activity in a session of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from sessions.exchange import cells
from sessions.exchange.derived import drafted, id_of
from sessions.exchange.misread import Faults, shown
from sessions.facts import Draft
from sessions.records import ActivityLogged, Intensity, Note, PainRated, Stamp
from trainer.coach import activities
from trainer.library.errors import nearest
from trainer.mapping import times
from trainer.mapping.form import Mapping, PainFrom
from trainer.text import clean

NOTE_CHARS = 10_000
MOST_NRS = 10
_FEW = 12
"""Names of columns and values that an error lists."""


class Taken(Struct, frozen=True):
    """What a table holds."""

    drafts: list[Draft]
    rows: int
    """Rows that were read."""
    passed_over: int
    """Rows that the mapping leaves out."""


def decode(data: bytes, mapping: Mapping, name: str = "") -> str:
    """Return the text of a table's file, which errors call `name`. Raises `Misread`."""
    encoding = mapping.table.encoding
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        before, faults = error.object[: error.start], Faults(name)
        byte = f"byte 0x{error.object[error.start]:02x}" if error.start < len(error.object) else "half a character"
        faults.add(before.count(b"\n") + 1, "", byte, f"text in {encoding}, or its encoding named under [table]")
        faults.done([])
        raise


def take(mapping: Mapping, text: str, name: str = "") -> Taken:
    """Return what the table that errors call `name` says.

    A row gives the same facts on any machine: its session and activity are named after moment, activity and length. So
    a row that says something else of the same activity is a conflict and never a second one. Raises `Misread` with
    every row that cannot be read; what the others hold is in its `drafts`.
    """
    reading = _Reading(mapping, name)
    rows = passed_over = 0
    for _ in reading.rows(text):
        if reading.passes_over():
            passed_over += 1
        else:
            rows += reading.takes()
    return Taken(reading.drafts(), rows, passed_over)


class _Reading:
    """A table that is being read: which column stands where, what was wrong, what was found."""

    def __init__(self, mapping: Mapping, name: str) -> None:
        self._mapping = mapping
        self._faults = Faults(name)
        self._stamp = times.stamper(mapping.time)
        self._activities = {_folded(word): activities.resolve(id_) for word, id_ in mapping.activity.values.items()}
        self._intensities = {_folded(word): one for word, one in mapping.intensity.values.items()}
        self._only = [(one.column, set(map(_folded, one.values))) for one in mapping.only]
        self._leave_out = [(one.column, set(map(_folded, one.values))) for one in mapping.leave_out]
        self._places: dict[str | int, int] = {}
        self._drafts: dict[str, tuple[int, Draft]] = {}
        self._line, self._row = 0, list[str]()

    def drafts(self) -> list[Draft]:
        """What was found. Raises `Misread`."""
        return self._faults.done([draft for _, draft in self._drafts.values()])

    def rows(self, text: str) -> Iterator[None]:
        """Go from row to row."""
        table = self._mapping.table
        skipped, rest = _after(text.removeprefix(cells.BOM), table.skip_lines)
        found = cells.records(rest, self._faults, "\t" if table.delimiter == "tab" else table.delimiter)
        line, header = next(found, (1, [])) if table.header else (1, [])
        if self._finds(skipped + line, [clean(name).strip() for name in header]):
            for line, self._row in found:
                self._line = skipped + line
                yield

    def _finds(self, line: int, header: list[str]) -> bool:
        """Whether all columns are there that the mapping names."""
        before = self._faults.count
        for column in dict.fromkeys(column for _, column in self._mapping.columns()):
            if isinstance(column, int):
                self._places[column] = column - 1
                if column > len(header) > 0:
                    self._faults.add(line, "", f"{len(header)} columns", f"{column} at least, as the mapping names it")
                continue
            places = [place for place, name in enumerate(header) if name == column.strip()]
            self._places[column] = places[0] if places else 0
            if not places:
                close = nearest(column, header)
                allowed = shown(close) if close else ", ".join(map(shown, header[:_FEW])) or "a header"
                self._faults.add(line, "", f"no column {shown(column)}", allowed)
            elif len(places) > 1:
                numbers = " or ".join(str(place + 1) for place in places)
                self._faults.add(line, "", f"{shown(column)} {len(places)} times", f"its number, {numbers}")
        return self._faults.count == before

    def passes_over(self) -> bool:
        """Whether the mapping leaves this row out."""

        def holds(column: str | int, words: set[str]) -> bool:
            return _folded(self._cell(column)) in words

        return not all(holds(*one) for one in self._only) or any(holds(*one) for one in self._leave_out)

    def takes(self) -> bool:
        """Whether this row says what can be taken; what is wrong with it is told."""
        before = self._faults.count
        drafts = self._said()
        for draft in drafts:
            first, known = self._drafts.get(draft.id, (0, draft))
            if known != draft:
                self._faults.add(self._line, "", f"another word on the activity of line {first}", "one row of each")
        if self._faults.count > before:
            return False
        for draft in drafts:
            self._drafts.setdefault(draft.id, (self._line, draft))
        return True

    def _said(self) -> list[Draft]:
        stamp = self._moment(self._mapping.time.columns)
        length_ms = self._length(stamp)
        activity, intensity = self._activity(), self._intensity()
        ratings = [(one.when, self._nrs(one)) for one in self._mapping.pain]
        note = self._note()
        if stamp is None or length_ms is None or activity is None:
            return []
        session = id_of(stamp.utc_ms, "activity", activity.id, length_ms)
        body = ActivityLogged(activity.id, activity.name, length_ms, intensity or activity.usual)
        drafts = [drafted(session, body, stamp, session, "activity")]
        for when, nrs in ratings:
            if nrs is not None:
                moment = stamp if when == "before" else times.later(stamp, length_ms, self._mapping.time)
                drafts.append(drafted(session, PainRated(when, nrs), moment, session, when))
        if note:
            drafts.append(drafted(session, Note(note), stamp, session, "note", note))
        return drafts

    def _cell(self, column: str | int, *, lines: bool = False) -> str:
        place = self._places[column]
        return clean(self._row[place], lines=lines).strip() if place < len(self._row) else ""

    def _tell(self, column: str | int, found: str, allowed: str) -> None:
        self._faults.add(self._line, f"column {shown(str(column))}", shown(found), allowed)

    def _moment(self, columns: Sequence[str | int]) -> Stamp | None:
        text = " ".join(self._cell(column) for column in columns).strip()
        try:
            stamp = self._stamp(text)
            times.later(stamp, times.MOST_MS, self._mapping.time)
            return stamp
        except (ValueError, OverflowError):
            time = self._mapping.time
            zone = "" if time.zone else " with its offset, or zone under [time]"
            self._tell(columns[0], text, f"a time as {time.format}{zone}, from 1970 on")
            return None

    def _length(self, begun: Stamp | None) -> int | None:
        duration = self._mapping.duration
        if duration.end is not None:
            column = duration.end[0]
            ended = self._moment(duration.end)
            length_ms = None if ended is None or begun is None else ended.utc_ms - begun.utc_ms
            text, allowed = " ".join(map(self._cell, duration.end)), "an end after the beginning, within 24 h"
        else:
            assert duration.column is not None, "a mapping has the one or the other"
            assert duration.unit is not None, "a column has its unit"
            column = duration.column
            text, allowed = self._cell(column), f"a length in {duration.unit}, more than 0 and up to 24 h"
            try:
                length_ms = times.length_ms(text, duration.unit, self._mapping.table.decimal)
            except ValueError:
                length_ms = 0
        if length_ms is not None and not 0 < length_ms <= times.MOST_MS:
            self._tell(column, text, allowed)
            return None
        return length_ms

    def _activity(self) -> activities.Activity | None:
        one = self._mapping.activity
        if one.column is None:
            return activities.resolve(one.fixed or "")
        text = self._cell(one.column)
        found = self._activities.get(_folded(text)) or activities.resolve(one.otherwise or "")
        if found is None:
            self._tell(one.column, text, _told(one.values, "activity"))
        return found

    def _intensity(self) -> Intensity | None:
        one = self._mapping.intensity
        text = "" if one.column is None else self._cell(one.column)
        if one.column is None or not text:
            return one.fixed
        found = self._intensities.get(_folded(text), one.otherwise)
        if found is None:
            self._tell(one.column, text, _told(one.values, "intensity"))
        return found

    def _nrs(self, pain: PainFrom) -> int | None:
        text = self._cell(pain.column)
        if not text:
            return None
        try:
            nrs = times.number(text, self._mapping.table.decimal) / pain.divide_by
        except ValueError:
            nrs = Decimal(-1)
        if pain.rounded:
            nrs = nrs.to_integral_value(ROUND_HALF_UP)
        if nrs != nrs.to_integral_value() or not 0 <= nrs <= MOST_NRS:
            kind = "a number" if pain.rounded else "a whole number"
            divided = f", once divided by {pain.divide_by}" if pain.divide_by > 1 else ""
            self._tell(pain.column, text, f"{kind} from 0 to {MOST_NRS}{divided}")
            return None
        return int(nrs)

    def _note(self) -> str:
        if self._mapping.note is None:
            return ""
        text = self._cell(self._mapping.note.column, lines=True)
        if len(text) > NOTE_CHARS:
            self._tell(self._mapping.note.column, text, f"up to {NOTE_CHARS:,} characters")
            return ""
        return text


def _folded(word: str) -> str:
    return word.strip().casefold()


def _told(values: Iterable[str], what: str) -> str:
    known = ", ".join(map(shown, list(values)[:_FEW])) or "nothing"
    return f"a value that the mapping knows ({known}), or otherwise under [{what}]"


def _after(text: str, count: int) -> tuple[int, str]:
    """The lines that were passed over, at most `count`, and the text that follows them."""
    parts = text.split("\n", count)
    return len(parts) - 1, parts[-1]
