"""The logbook as a table for spreadsheets (CSV, RFC 4180), out and in again. Pure: text in, text out.

A row is a fact that counts: each work step with its set, side and attempt, each rating, answer, note and activity, and
how the session began and ended. What was withdrawn is not in the table, and what the table does not hold is never taken
for deleted.

The rule of what comes in again: **a row that bears the name of its fact says that fact word for word.** Where the cells
say all of it, `fact_body` is empty. Where they cannot (the snapshot of a routine, a kind or a field of a later version)
it holds the fact's own text. Where the fact was corrected, the cells show what counts now, `fact_body` holds what was
said first, and each correction follows in a row of its own. So the table changes nothing in the logbook it came from,
and in an empty one it amounts to the same. A row without a name is a fact of its own, named after what it says.

Times stand with their offset and a letter between date and hour, since a spreadsheet rewrites what it takes for a date.
The text begins with a byte order mark: without one Excel reads it in the machine's code page and spoils every letter
beyond ASCII, while what reads such tables in programs (pandas, readr, LibreOffice, `utf-8-sig`) passes it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sessions.breaks import BREAK_KINDS
from sessions.exchange import cells
from sessions.exchange.columns import COLUMNS, FIELDS, said
from sessions.exchange.misread import Misread as Misread
from sessions.exchange.moments import as_text
from sessions.facts import Draft, Fact, digest
from sessions.records import KINDS, Body, Correction, Withdrawal, canonical_json
from sessions.review import local_date
from sessions.standing import Read, Standing, standing
from sessions.tally import tally

HEADER = tuple(COLUMNS)
_PLACE = {name: place for place, name in enumerate(HEADER)}


def rows(facts: Iterable[Fact]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one session, cell by cell as in `HEADER`; none where it is withdrawn.

    `facts` are all of its facts, in any order. One that no longer matches its digest is left out, since it may say
    anything.
    """
    read = _one_of_each_id(fact for fact in facts if digest(fact) == fact.sha256)
    found = tally(read[0][0].session, read) if read else None
    if found is None or found.detail.row.withdrawn:
        return
    row = found.detail.row
    same = {
        "day": local_date(row.began_ms, row.offset_min),
        "began_local": as_text(row.began_ms, row.offset_min),
        "session": cells.defused(row.id),
        "routine": cells.defused(row.routine),
        "session_name": cells.defused(row.name),
    }
    entries, out = standing(read)
    counting = {entry.fact.id: entry for entry in entries}
    for fact, body in read:
        # Breaks are no part of a session, whatever a forged file says.
        told = not isinstance(body, Withdrawal) and fact.kind not in BREAK_KINDS
        if fact.id in out or not told or (body is None and fact.kind in KINDS):
            continue
        yield _row(fact, body, counting.get(fact.id), same)


def _one_of_each_id(facts: Iterable[Fact]) -> list[Read]:
    """Read the facts, in their order; of two of one id that one which stands (`sessions.standing`)."""
    one: dict[str, Read] = {}
    for fact in facts:
        read, before = (fact, fact.parsed()), one.get(fact.id)
        if before is None or (read[1] is None, fact.sha256) < (before[1] is None, before[0].sha256):
            one[fact.id] = read
    return sorted(one.values(), key=lambda pair: pair[0].order)


def _row(fact: Fact, body: Body | None, counting: Standing | None, same: dict[str, str]) -> tuple[str, ...]:
    corrected = counting is not None and counting.corrected
    given = said(fact.kind, counting.body if counting is not None else body)
    whole = not corrected and _says_all(fact, body)
    given = {name: cell for name, cell in same.items() if name not in FIELDS.get(fact.kind, {}).values()} | given
    given |= {
        "kind": cells.defused(fact.kind),
        "at_local": as_text(fact.utc_ms, fact.offset_min),
        "zone": cells.defused(fact.zone),
        "corrected": "yes" if corrected else "",
        "fact": cells.defused(fact.id),
        "fact_body": "" if whole else cells.defused(fact.body),
    }
    row = [""] * len(HEADER)
    for name, cell in given.items():
        row[_PLACE[name]] = cell
    return tuple(row)


def _says_all(fact: Fact, body: Body | None) -> bool:
    """Whether the cells alone give the body again, to the letter."""
    if body is None or isinstance(body, Correction) or FIELDS[fact.kind].keys() != set(body.__struct_fields__):
        return False
    # An empty cell is no name at all, rather than an empty one.
    unnamed = fact.kind == "pain_rated" and getattr(body, "name", None) == ""
    return not unnamed and canonical_json(body) == fact.body


def text(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the whole table as text, line by line: mark of the byte order, header, then the rows."""
    yield cells.BOM
    yield from cells.lines([HEADER])
    yield from cells.lines(rows)


def read(text: str, name: str = "") -> list[Draft]:
    """Return what a table says. `name` is how errors call it.

    Commas may be semicolons or tabs, with decimal commas then, as a spreadsheet may write them. Columns may stand in
    any order, and those that no row needs may be missing. A row without a session belongs to the one that began at its
    `began_local`, or then; an activity is one of its own. Raises `Misread` with every fault.
    """
    from sessions.exchange.sheetreading import Table

    return Table(text, name).drafts()
