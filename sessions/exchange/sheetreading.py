"""Reads the logbook's own table in again: see `sessions.exchange.spreadsheet`. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import partial
from typing import Any, NoReturn

import msgspec
from msgspec import Struct

from sessions.errors import InvalidFact
from sessions.exchange import cells, moments
from sessions.exchange.cells import given_back
from sessions.exchange.columns import COLUMNS, FIELDS, of_kind, said
from sessions.exchange.derived import id_of
from sessions.exchange.misread import Faults, shown
from sessions.exchange.sheetbodies import body_of, planned
from sessions.facts import Draft, store
from sessions.records import KINDS, Body, SessionBegun, Stamp, WorkDone, canonical_json, read_body
from sessions.standing import standing

_FACT = "the fact as JSON, to the letter"
_ID = "1 to 100 characters"


class _Row(Struct, frozen=True):
    line: int
    kind: str
    given: dict[str, str]
    """The cells that are not empty, by column."""
    stamp: Stamp
    corrected: bool


class _Wrong(Exception):
    """A row that cannot be taken, its faults told."""


class Table:
    """A text that is read as a table."""

    def __init__(self, text: str, name: str) -> None:
        """Take a text that the person calls `name`."""
        self._text = text
        self._faults = Faults(name)
        self._drafts: dict[str, Draft] = {}
        self._corrected: dict[str, list[_Row]] = {}
        """Rows that show a later word, by session."""
        self._begun: dict[str, list[tuple[_Row, SessionBegun]]] = {}
        """Beginnings of which only the cells are known, by session."""

    def drafts(self) -> list[Draft]:
        """Return what it says. Raises `Misread`."""
        for line, given in self._rows():
            self._guarded(line, partial(self._take, line, given))
        self._plan()
        self._compare()
        return self._faults.done(list(self._drafts.values()))

    def _guarded(self, line: int, take: Any) -> None:
        try:
            take()
        except _Wrong:
            pass
        except InvalidFact:
            self._faults.add(line, "", "half a character (a lone surrogate)", "whole characters")

    def _refuse(self, line: int, column: str, found: str, allowed: str) -> NoReturn:
        self._faults.add(line, column, found, allowed)
        raise _Wrong

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        delimiter = _delimiter(self._text)
        table = cells.records(self._text, self._faults, delimiter)
        line, header = next(table, (1, []))
        if not self._fits(line, header):
            return
        for line, row in table:
            if len(row) > len(header) and any(row[len(header) :]):
                self._faults.add(line, "", f"{len(row)} cells", f"{len(header)}, as in the header")
                continue
            given = {name: cell for name, cell in zip(header, row, strict=False) if cell}
            yield line, given if delimiter == "," else {name: _with_point(name, cell) for name, cell in given.items()}

    def _fits(self, line: int, header: list[str]) -> bool:
        before = self._faults.count
        if missing := [name for name in ("kind", "at_local") if name not in header]:
            allowed = "the logbook's own table; that of another program takes a mapping"
            self._faults.add(line, "", f"no column {' and no column '.join(missing)}", allowed)
            return False
        for place, name in enumerate(header):
            if name not in COLUMNS:
                close = difflib.get_close_matches(name[:80], COLUMNS, n=1)
                self._faults.add(line, "", f"the column {shown(name)}", close[0] if close else ", ".join(COLUMNS))
            elif name in header[:place]:
                self._faults.add(line, "", f"the column {name} twice", "each column once")
        return self._faults.count == before

    def _take(self, line: int, given: dict[str, str]) -> None:
        kind = given_back(given.get("kind", ""))
        if kind not in FIELDS and (kind in KINDS or not kind or "fact_body" not in given):
            self._refuse(line, "kind", shown(kind), ", ".join(FIELDS))
        if others := given.keys() - of_kind(kind):
            for name in sorted(others, key=list(COLUMNS).index):
                self._faults.add(line, name, shown(given[name]), f"nothing in a row of {kind}")
            raise _Wrong
        corrected = given.get("corrected", "").strip().lower() == "yes"
        row = _Row(line, kind, given, self._stamp(line, given), corrected)
        if "fact_body" in given:
            session = self._session(row)
            self._keep(row, session, self._as_written(row))
            if corrected:
                self._corrected.setdefault(session, []).append(row)
            return
        if corrected or kind == "correction":
            self._refuse(line, "fact_body", "nothing", _FACT)
        body = self._said(row)
        session = self._session(row, body)
        if isinstance(body, SessionBegun):
            self._begun.setdefault(session, []).append((row, body))
        else:
            self._keep(row, session, canonical_json(body))

    def _stamp(self, line: int, given: dict[str, str]) -> Stamp:
        zone = given_back(given.get("zone", ""))
        if len(zone) > 100:
            self._refuse(line, "zone", shown(zone), COLUMNS["zone"].allowed)
        return self._moment(line, "at_local", given.get("at_local", ""), zone)

    def _moment(self, line: int, column: str, cell: str, zone: str) -> Stamp:
        try:
            clock = moments.from_text(given_back(cell))
            if clock.offset_min is not None:
                return moments.at_offset(clock.shown, clock.offset_min, zone)
            if not zone:
                self._refuse(line, column, shown(cell), "a time with its offset, or with a zone beside it")
            known = moments.zone(zone)
            if known is None:
                self._refuse(line, "zone", shown(zone), "a zone that this system knows, such as Europe/Berlin")
            return moments.in_zone(clock.shown, known, zone)
        except moments.NoMoment:
            self._refuse(line, column, shown(cell), COLUMNS[column].allowed)

    def _session(self, row: _Row, body: Body | None = None) -> str:
        """The session of a row; where it names none, that which began then, and an activity is one of its own."""
        if "session" in row.given:
            return given_back(row.given["session"])
        if "fact" in row.given:
            self._refuse(row.line, "session", "nothing", "the session's id, beside that of the fact")
        if row.kind == "activity_logged":
            return id_of(row.stamp.utc_ms, "activity", body, row.given.get("fact_body"))
        began = row.given.get("began_local")
        stamp = self._moment(row.line, "began_local", began, row.stamp.zone) if began else row.stamp
        return id_of(stamp.utc_ms, "session", row.given.get("routine"), row.given.get("session_name"))

    def _said(self, row: _Row) -> Body:
        body = body_of(row.kind, row.given, partial(self._faults.add, row.line))
        if body is None:
            raise _Wrong
        return body

    def _as_written(self, row: _Row) -> str:
        """The body that stands in the row, to the letter."""
        written = given_back(row.given["fact_body"])
        try:
            body = read_body(row.kind, written)
            if body is None:
                msgspec.json.decode(written, type=dict[str, Any])
        except (InvalidFact, msgspec.MsgspecError, ValueError, RecursionError):
            self._refuse(row.line, "fact_body", shown(written), _FACT)
        if not row.corrected:
            self._agrees(row, said(row.kind, body))
        return written

    def _agrees(self, row: _Row, expected: dict[str, str]) -> None:
        """Tell where the cells of a row say something else than its fact, since an edit of them would be lost."""
        for column in FIELDS.get(row.kind, {}).values():
            cell, right = row.given.get(column, ""), expected.get(column, "")
            if cell and cell.strip() != right.strip():
                self._faults.add(row.line, column, shown(cell), f"{shown(right)}, as in fact_body")

    def _keep(self, row: _Row, session: str, body_json: str) -> None:
        stamp = row.stamp
        content = (session, row.kind, stamp.utc_ms, stamp.offset_min, stamp.zone, body_json)
        id_ = given_back(row.given.get("fact", "")) or id_of(stamp.utc_ms, "fact", *content)
        canonical_json((id_, session, row.kind, stamp.zone))
        for column, value in (("fact", id_), ("session", session), ("kind", row.kind)):
            if not 1 <= len(value) <= 100:
                self._refuse(row.line, column, shown(value), _ID)
        draft = Draft(id_, session, stamp, row.kind, body_json)
        if self._drafts.setdefault(id_, draft) != draft:
            self._refuse(row.line, "fact", shown(id_), "each fact once: another row says something else under this one")

    def _plan(self) -> None:
        """Keep the beginnings of which only the cells are known, with what was worked for a plan."""
        works: dict[str, list[WorkDone]] = {session: [] for session in self._begun}
        for draft in self._drafts.values() if works else ():
            body = draft.parsed() if draft.session in works else None
            if isinstance(body, WorkDone):
                works[draft.session].append(body)
        for session, begun in self._begun.items():
            for row, body in begun:
                whole = planned(body, works[session])
                self._guarded(
                    row.line,
                    lambda row=row, session=session, whole=whole: self._keep(row, session, canonical_json(whole)),
                )

    def _compare(self) -> None:
        """Tell where the cells of a corrected row are not what its corrections say."""
        sessions: dict[str, list[Draft]] = {session: [] for session in self._corrected}
        for draft in self._drafts.values() if sessions else ():
            if draft.session in sessions:
                sessions[draft.session].append(draft)
        for session, drafts in sessions.items():
            facts = [store(draft, "table", seq) for seq, draft in enumerate(drafts, 1)]
            bodies = {entry.fact.id: entry.body for entry in standing((fact, fact.parsed()) for fact in facts)[0]}
            for row in self._corrected[session]:
                body = bodies.get(given_back(row.given.get("fact", "")))
                self._agrees(row, said(row.kind, body))


def _delimiter(text: str) -> str:
    header = text.removeprefix(cells.BOM).lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _with_point(column: str, cell: str) -> str:
    return cell.replace(",", ".") if column.endswith(("_s", "_min")) else cell
