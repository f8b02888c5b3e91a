"""A mapping as frozen values, and the check of what their types cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from sessions.exchange import moments
from sessions.records import Intensity
from trainer.coach import activities
from trainer.library import reader
from trainer.library.contradictions import Fault
from trainer.library.dose import FileValue, Short
from trainer.library.errors import LibraryError, nearest

Column: TypeAlias = Annotated[
    Annotated[str, Meta(min_length=1, max_length=200)] | Annotated[int, Meta(ge=1, le=1000)],
    Meta(description="a column's name in the header, or its number from 1"),
]
Columns: TypeAlias = Annotated[list[Column], Meta(min_length=1, max_length=4)]
Word: TypeAlias = Annotated[str, Meta(max_length=200)]
"""What a cell holds."""
Unit: TypeAlias = Literal["ms", "s", "min", "h", "h:mm", "h:mm:ss", "mm:ss"]

ISO, UNIX_S, UNIX_MS = "iso", "unix_s", "unix_ms"
_DIRECTIVES = frozenset("YymdbBjHIMSfpzaA%")
"""What `datetime.strptime` reads alike on every machine."""
_OFFSET = re.compile(r"([+-])(\d\d):([0-5]\d)", re.ASCII)
_ZONE = "a time zone that this system knows, such as 'Europe/Berlin', or an offset, such as '+01:00'"


class Table(FileValue, frozen=True):
    """How the table is written."""

    delimiter: Literal[",", ";", "tab", "|"] = ","
    encoding: Literal["utf-8", "utf-16", "windows-1252", "latin-1"] = "utf-8"
    decimal: Literal[".", ","] = "."
    """What stands before the fraction of a number."""
    header: bool = True
    """Whether the first line names the columns; otherwise they are numbers."""
    skip_lines: Annotated[int, Meta(ge=0, le=100)] = 0
    """Lines above the header, or above the first row where there is none."""


class Time(FileValue, frozen=True):
    """When it began."""

    columns: Columns
    """One column, or date and time apart; they are joined by a space."""
    format: Annotated[str, Meta(min_length=1, max_length=100)] = ISO
    """`iso`, `unix_s`, `unix_ms`, or as `datetime.strptime` has it; what has no hour means noon."""
    zone: Short | None = None
    """The zone in which the person was. Needed where the times name no offset."""
    written_in: Short | None = None
    """The zone of the clock that the times show, where it is another, as `UTC`."""


class Duration(FileValue, frozen=True):
    """How long it took: a column with its unit, or when it ended."""

    column: Column | None = None
    unit: Unit | None = None
    end: Columns | None = None
    """The columns of its end, written as those of the time."""


class ActivityFrom(FileValue, frozen=True):
    """What was done: always the same, or by a column."""

    fixed: Short | None = None
    column: Column | None = None
    values: dict[Word, Short] = {}
    """What each value of the column means: the id of an activity. Case does not matter."""
    otherwise: Short | None = None
    """What any other value means; without it such a row is told and not taken."""


class IntensityFrom(FileValue, frozen=True):
    """How hard it was: always the same, or by a column. An empty cell means what is usual for the activity."""

    fixed: Intensity | None = None
    column: Column | None = None
    values: dict[Word, Intensity] = {}
    otherwise: Intensity | None = None


class NoteFrom(FileValue, frozen=True):
    """What becomes a note; an empty cell is none."""

    column: Column


class PainFrom(FileValue, frozen=True):
    """A pain rating from 0 to 10; an empty cell is none."""

    when: Literal["before", "after"]
    column: Column
    divide_by: Annotated[int, Meta(ge=1, le=1000)] = 1
    """10 for a scale that ends at 100."""
    rounded: bool = False
    """Whether a rating between two whole numbers becomes the nearer one, and from the middle the higher."""


class Match(FileValue, frozen=True):
    """Rows in which a column holds one of these values. Case does not matter."""

    column: Column
    values: Annotated[list[Word], Meta(min_length=1, max_length=200)]


class Mapping(FileValue, frozen=True):
    """What the columns of a timer's or tracker's table mean."""

    name: Short
    """What program the table comes from."""
    time: Time
    duration: Duration
    activity: ActivityFrom
    table: Table = Table()
    intensity: IntensityFrom = IntensityFrom()
    note: NoteFrom | None = None
    pain: Annotated[list[PainFrom], Meta(max_length=2)] = []
    only: Annotated[list[Match], Meta(max_length=20)] = []
    """Rows are passed over unless all of these hold."""
    leave_out: Annotated[list[Match], Meta(max_length=20)] = []
    """Rows are passed over where any of these holds."""

    def columns(self) -> Iterator[tuple[tuple[str | int, ...], str | int]]:
        """Yield every column that is named, with the way to it in the file."""
        yield from ((("time", "columns", place), column) for place, column in enumerate(self.time.columns))
        yield from ((("duration", "end", place), column) for place, column in enumerate(self.duration.end or ()))
        ones = {
            "duration": self.duration.column,
            "activity": self.activity.column,
            "intensity": self.intensity.column,
            "note": None if self.note is None else self.note.column,
        }
        yield from (((key, "column"), column) for key, column in ones.items() if column is not None)
        several: dict[str, Sequence[PainFrom | Match]] = {
            "pain": self.pain,
            "only": self.only,
            "leave_out": self.leave_out,
        }
        for key, tables in several.items():
            yield from (((key, place, "column"), one.column) for place, one in enumerate(tables))


def understand(document: reader.Document) -> Mapping:
    """Return what a file says (`trainer.library.reader.document`). Raises `LibraryError` with every fault of it."""
    mapping = reader.decode(document.table, Mapping, document.name, text=document.text)
    if faults := list(_contradictions(mapping)):
        from trainer.library.explain import place

        raise LibraryError(*place(faults, document.name, document.text))
    return mapping


def offset_of(zone: str) -> int | None:
    """Return the minutes of an offset such as `+01:00`; None where it is the name of a zone."""
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return -minutes if found[1] == "-" else minutes


def has_offset(format: str) -> bool:
    """Whether times in this format may name their offset."""
    return format == ISO or "z" in _directives(format)


def has_hour(format: str) -> bool:
    """Whether times in this format, one of `strptime`'s, name an hour."""
    return bool({"H", "I"} & _directives(format))


def _directives(format: str) -> set[str]:
    return set(re.findall(r"%(.)", format))


def _contradictions(mapping: Mapping) -> Iterator[Fault]:
    yield from _time(mapping.time)
    duration = mapping.duration
    if (duration.column is None) == (duration.end is None):
        found = "nothing" if duration.end is None else "column beside end"
        yield Fault(("duration",), found, "either column with unit, or end", at_key=True)
    elif (duration.column is None) != (duration.unit is None):
        found = "nothing" if duration.unit is None else "a unit beside end"
        allowed = "ms, s, min, h, h:mm, h:mm:ss or mm:ss" if duration.unit is None else "no unit beside end"
        yield Fault(("duration", "unit"), found, allowed)
    yield from _activity(mapping.activity)
    yield from _fixed_or_column("intensity", mapping.intensity, needed=False)
    for place, pain in enumerate(mapping.pain):
        if any(pain.when == before.when for before in mapping.pain[:place]):
            yield Fault(("pain", place, "when"), f"{pain.when!r} once more", "each of before, after once")
    for keys, column in mapping.columns():
        if isinstance(column, str) and not mapping.table.header:
            yield Fault(keys, repr(column), "a column's number from 1, since header is false")


def _time(time: Time) -> Iterator[Fault]:
    format = time.format
    if format not in (ISO, UNIX_S, UNIX_MS):
        given = _directives(format)
        unknown = sorted(given - _DIRECTIVES)
        dated = given & {"Y", "y"} and ("j" in given or (given & {"m", "b", "B"} and "d" in given))
        if unknown or not dated:
            found = f"%{unknown[0]}" if unknown else repr(format)
            allowed = "iso, unix_s, unix_ms, or a form with year, month and day, such as '%d.%m.%Y %H:%M'"
            yield Fault(("time", "format"), found, allowed)
    if time.zone is None and not has_offset(format):
        yield Fault(("time", "zone"), "nothing", _ZONE)
    for key, zone in (("zone", time.zone), ("written_in", time.written_in)):
        if zone is not None and offset_of(zone) is None and moments.zone(zone) is None:
            yield Fault(("time", key), repr(zone), _ZONE)
    if time.written_in is not None and time.zone is None:
        yield Fault(("time", "written_in"), repr(time.written_in), "written_in beside zone only", at_key=True)


def _fixed_or_column(key: str, one: ActivityFrom | IntensityFrom, *, needed: bool) -> Iterator[Fault]:
    if one.fixed is not None and one.column is not None:
        yield Fault((key,), "fixed beside column", "either fixed, or column with values", at_key=True)
    elif one.column is None and (one.values or one.otherwise is not None):
        yield Fault((key,), "values without column", "a column whose values they are", at_key=True)
    elif needed and one.fixed is None and one.column is None:
        yield Fault((key,), "nothing", "either fixed, or column with values", at_key=True)


def _activity(one: ActivityFrom) -> Iterator[Fault]:
    yield from _fixed_or_column("activity", one, needed=True)
    named: list[tuple[tuple[str | int, ...], str | None]] = [
        (("activity", "fixed"), one.fixed),
        (("activity", "otherwise"), one.otherwise),
        *((("activity", "values", value), id_) for value, id_ in one.values.items()),
    ]
    for keys, id_ in named:
        if id_ is not None and activities.resolve(id_) is None:
            ids = [known.id for known in activities.ACTIVITIES]
            yield Fault(keys, repr(id_), ", ".join(ids), nearest(id_, ids))
