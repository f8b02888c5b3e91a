"""The logbook as a table for spreadsheets: what goes out comes in again, and what is wrong is told."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.breaks import BREAK_KINDS
from sessions.exchange import spreadsheet
from sessions.exchange.columns import COLUMNS, FIELDS
from sessions.exchange.misread import Misread
from sessions.facts import Draft, Fact, store
from sessions.ids import uuid7
from sessions.logbook import Logbook
from sessions.records import (
    KINDS,
    ActivityLogged,
    CheckAnswered,
    Correction,
    Eased,
    ExercisePlanned,
    Note,
    PainRated,
    SessionBegun,
    SessionEnded,
    SessionResumed,
    Stamp,
    Withdrawal,
    WorkDone,
    canonical_json,
    kind_of,
)
from sessions.standing import standing
from sessions.tally import tally

HOSTILE = [
    "[L] a [/b] c [/]",
    "\x1b]0;x\x07",
    "\u202eabc",
    "nul\0nul",
    "=cmd|' /C calc'!A0",
    'a"b',
    "a;b",
    "\r\n- x\n",
    " ",
]
SUMMER, WINTER = 120, 60


def stored(drafts: Iterable[Draft], device: str = "d1") -> list[Fact]:
    return [store(draft, device, seq) for seq, draft in enumerate(drafts, 1)]


def table(facts: Sequence[Fact]) -> str:
    return "".join(spreadsheet.text(spreadsheet.rows(facts)))


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def detail(facts: Sequence[Fact]) -> Any:
    found = tally(facts[0].session, [(fact, fact.parsed()) for fact in facts])
    return None if found is None else found.detail


def written(rows: Iterable[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def faults(text: str) -> list[str]:
    with pytest.raises(Misread) as caught:
        spreadsheet.read(text, "t.csv")
    return caught.value.message.splitlines()


# What a fact can be, whatever it says.

texts = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=20))
ids = st.one_of(st.sampled_from(["bird-dog", "clam"]), st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
counts, millis = st.integers(0, 1_000_000), st.integers(0, 1_000_000_000_000)
sides = st.sampled_from(["none", "left", "right", "alternating"])
nrs = st.integers(0, 10)
planned = st.builds(ExercisePlanned, counts, ids, texts, texts, counts)
begun = st.builds(
    SessionBegun,
    ids,
    texts,
    texts,
    st.lists(planned, max_size=2).map(tuple),
    counts,
    counts,
    st.none() | counts,
    st.none() | counts,
    st.sampled_from([None, "left", "right"]),
    st.lists(texts, max_size=2).map(tuple),
)
outcomes = st.sampled_from(["done", "cut_short", "skipped"])
maybe = st.none() | counts
works = st.builds(
    WorkDone, counts, counts, ids, texts, counts, counts, sides, outcomes, counts,
    st.none() | millis, millis, maybe, maybe, st.booleans(),
)  # fmt: skip
whens = st.sampled_from(["before", "after_exercise", "after", "next_morning"])
ratings = st.builds(PainRated, whens, nrs, maybe, st.none() | ids, st.none() | texts, st.none() | sides)
intensities = st.sampled_from(["light", "moderate", "vigorous"])
correctable = st.one_of(
    ratings,
    st.builds(CheckAnswered, counts, ids, texts, sides, texts, ids, texts),
    st.builds(ActivityLogged, ids, texts, millis, intensities),
    st.builds(Note, texts),
)
others = st.one_of(
    begun,
    works,
    st.builds(SessionResumed, counts),
    st.builds(Eased, counts, ids, ids, texts, texts),
    st.builds(SessionEnded, st.sampled_from(["finished", "stopped"]), texts, millis, millis),
)
stamps = st.builds(Stamp, st.integers(0, 253_370_764_800_000), st.integers(-1440, 1440), texts)


@st.composite
def histories(draw: st.DrawFn) -> list[Draft]:
    """A session of any facts, some corrected, some withdrawn, some of a kind or with a field of a later version."""
    drafts: list[Draft] = []

    def add(kind: str, body_json: str, stamp: Stamp) -> str:
        id_ = uuid7(stamp.utc_ms, len(drafts).to_bytes(10, "big"))
        drafts.append(Draft(id_, "s1", stamp, kind, body_json))
        return id_

    for body in draw(st.lists(st.one_of(others, correctable), min_size=1, max_size=6)):
        stamp = draw(stamps)
        kind, fields = kind_of(body), msgspec.to_builtins(body)
        if draw(st.integers(0, 9)) == 0:
            fields["later"] = draw(texts)
        id_ = add(kind, canonical_json(fields), stamp)
        if isinstance(body, PainRated | CheckAnswered | ActivityLogged | Note) and draw(st.booleans()):
            better = draw(correctable.filter(lambda one, kind=kind: kind_of(one) == kind))
            correction = Correction(id_, kind, msgspec.to_builtins(better))
            id_ = add("correction", canonical_json(correction), draw(stamps))
        if draw(st.integers(0, 9)) == 0:
            add("withdrawal", canonical_json(Withdrawal(id_)), draw(stamps))
    if draw(st.integers(0, 4)) == 0:
        add("kind of a later version", canonical_json({"a": [1, draw(texts)]}), draw(stamps))
    return drafts


@settings(max_examples=120, deadline=None)
@given(histories())
def test_what_goes_out_comes_in_again(drafts: list[Draft]) -> None:
    """Whatever a session holds: each fact that counts is read to the letter, and all of it amounts to the same."""
    facts = stored(drafts)
    before = detail(facts)
    back = spreadsheet.read(table(facts))
    if before.row.withdrawn:
        assert back == []
        return
    _, out = standing((fact, fact.parsed()) for fact in facts)
    counting = {draft.id: draft for draft in drafts if draft.id not in out and draft.kind != "withdrawal"}
    assert {draft.id: draft for draft in back} == counting
    if back:
        after = detail(stored(back, "another device"))
        assert msgspec.structs.replace(after, row=before.row) == before
        same = ("name", "routine", "done", "cut_short", "skipped", "pain_before", "pain_after", "active_ms", "activity")
        assert [getattr(after.row, name) for name in same] == [getattr(before.row, name) for name in same]


@settings(max_examples=50, deadline=None)
@given(histories())
def test_reading_twice_is_reading_once(drafts: list[Draft]) -> None:
    """A table with each row twice says what it says once, and what is written of it again is the same text."""
    first = table(stored(drafts))
    back = spreadsheet.read(first + first.split("\r\n", 1)[1])
    assert back == spreadsheet.read(first)
    # A session whose beginning was withdrawn began, for the table, at a moment that is not in it.
    if back and all(draft.kind != "withdrawal" for draft in drafts):
        assert table(stored(back)) == first


@pytest.fixture
def told(pen: Any) -> list[Draft]:
    """A session with a bit of everything, two zones and a correction."""
    rated = pen.draft(pen.rated(5))
    drafts = [
        pen.draft(pen.begun(level=2, levels=7, weaker="left")),
        pen.draft(PainRated("before", 4)),
        pen.draft(pen.work(1)),
        pen.draft(pen.work(2, "cut_short", side="right", actual_ms=12_345)),
        pen.draft(pen.work(2, "done", side="right", attempt=2, planned_reps=10, actual_reps=4, breaths=True)),
        rated,
        pen.draft(Eased(0, "bird-dog", "cat-cow", "Cat-cow", "asked for by the person")),
        pen.draft(pen.answered()),
        pen.draft(Note('=HYPERLINK("x")\r\n- and a line')),
        pen.draft(SessionEnded("finished", "", 754_321, 60_000)),
    ]
    pen.offset_min = SUMMER
    better = msgspec.structs.replace(pen.rated(2), side="left")
    return [*drafts, pen.draft(Correction(rated.id, "pain_rated", msgspec.to_builtins(better)))]


def test_a_row_for_each_fact_and_a_column_for_each_figure(told: list[Draft]) -> None:
    """Sets, sides, attempts, seconds and minutes stand where their headers say, in the units of their names."""
    rows = cells(table(stored(told)))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["kind"] for row in rows] == [draft.kind for draft in sorted(told, key=lambda one: one.stamp.utc_ms)]
    work = [row for row in rows if row["kind"] == "work_done"][1:]
    names = ("exercise", "set", "sets", "side", "outcome", "attempt", "planned_s", "actual_s", "actual_reps")
    assert [[row[name] for name in names] for row in work] == [
        ["bird-dog", "1", "2", "right", "cut_short", "1", "30", "12.345", ""],
        ["bird-dog", "1", "2", "right", "done", "2", "30", "30", "4"],
    ]
    (ended,) = (row for row in rows if row["kind"] == "session_ended")
    assert (ended["active_min"], ended["paused_min"], ended["how_ended"]) == ("12.57202", "1", "finished")
    (note,) = (row for row in rows if row["kind"] == "note")
    assert note["note"] == "'=HYPERLINK(\"x\")\r\n'- and a line"
    assert {row["session_name"] for row in rows} == {"Desk break"}
    assert rows[-1]["at_local"].endswith("+02:00")
    assert {row["day"] for row in rows} == {"2026-03-01"}


def test_a_corrected_rating_shows_what_counts(told: list[Draft]) -> None:
    """Whoever filters the ratings has the corrected one, once; what was said first is kept beside it."""
    rows = cells(table(stored(told)))
    (row,) = (row for row in rows if row["corrected"])
    assert (row["pain_nrs"], row["side"]) == ("2", "left")
    assert json.loads(row["fact_body"])["nrs"] == 5
    assert [row["kind"] for row in rows if row["fact_body"]] == ["pain_rated", "session_begun", "correction"]


def test_the_text_is_rfc_4180(told: list[Draft]) -> None:
    """Lines end in CRLF, quotes are doubled, records have the header's cells, and a mark of the byte order is first."""
    text = table(stored(told))
    assert text.startswith("\ufeffkind,day,at_local,")
    records = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
    assert {len(record) for record in records} == {len(COLUMNS)}
    assert text.endswith("\r\n")
    assert '""HYPERLINK' not in text
    assert '=HYPERLINK(""x"")' in text


def test_what_was_withdrawn_is_not_in_it(pen: Any) -> None:
    """Neither a fact that was withdrawn nor its withdrawal is exported, and of a withdrawn session nothing is."""
    note = pen.draft(Note("gone"))
    drafts = [pen.draft(pen.begun()), note, pen.draft(Withdrawal(note.id))]
    assert [row["kind"] for row in cells(table(stored(drafts)))] == ["session_begun"]
    drafts.append(pen.draft(Withdrawal("s1")))
    assert cells(table(stored(drafts))) == []
    activity = pen.draft(pen.active())
    drafts = [activity, pen.draft(Note("of it")), pen.draft(Withdrawal(activity.id))]
    assert cells(table(stored(drafts))) == []


def test_damage_is_not_exported(pen: Any) -> None:
    """A fact that no longer matches its digest is in no table."""
    begun, note = stored([pen.draft(pen.begun()), pen.draft(Note("said"))])
    changed = msgspec.structs.replace(note, body='{"text":"never said"}')
    assert [row["kind"] for row in cells(table([begun, changed]))] == ["session_begun"]


def test_an_empty_table_says_nothing() -> None:
    """A header without rows is a table, and holds no facts."""
    assert spreadsheet.read("".join(spreadsheet.text([]))) == []
    assert list(spreadsheet.rows([])) == []


def everything(logbook: Logbook) -> str:
    rows = (row for session in logbook.sessions(1_000) for row in spreadsheet.rows(list(logbook.facts(session.id))))
    return "".join(spreadsheet.text(rows))


def test_into_the_same_logbook_and_into_an_empty_one(
    logbook: Logbook, tmp_path: Path, told: list[Draft], pen: Any
) -> None:
    """The table changes nothing where it came from; in an empty logbook list, works, ratings and notes match."""
    for draft in (*told, pen.draft(pen.active(), "s2"), pen.draft(Note("out and back"), "s2")):
        logbook.append(draft)
    text = everything(logbook)
    count = len(list(logbook.facts()))
    for draft in spreadsheet.read(text):
        logbook.append(draft)
    assert len(list(logbook.facts())) == count
    with Logbook.open(tmp_path / "other" / "logbook.sqlite", random=os.urandom) as other:
        for draft in spreadsheet.read(text):
            other.append(draft)
        assert other.sessions() == logbook.sessions()
        assert [other.session(row.id) for row in other.sessions()] == [
            logbook.session(row.id) for row in logbook.sessions()
        ]
        assert everything(other) == text


def test_two_machines_read_the_same(told: list[Draft]) -> None:
    """Rows without names give the same facts in another process, with another seed and another zone of the machine."""
    rows = [
        {"kind": "activity_logged", "at_local": "2026-10-25T02:30", "zone": "Europe/Berlin", "activity": "walk"}
        | {"active_min": "20", "intensity": "moderate"}
    ]
    code = (
        "import sys; from sessions.exchange import spreadsheet; "
        "print([one.id for one in spreadsheet.read(sys.stdin.read())])"
    )
    found = set()
    for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=written(rows),
            env=os.environ
            | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(spreadsheet.__file__).parents[1])},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    (draft,) = spreadsheet.read(written(rows))
    assert found == {f"[{draft.id!r}]\n"}


WALK = {
    "kind": "activity_logged",
    "at_local": "2026-03-01T08:00+01:00",
    "activity": "walk",
    "activity_name": "Walk",
    "active_min": "20",
    "intensity": "moderate",
}
WORK = {
    "kind": "work_done",
    "at_local": "2026-03-01T08:05+01:00",
    "began_local": "2026-03-01T08:00+01:00",
    "exercise": "clam",
    "exercise_index": "0",
    "step_index": "1",
    "set": "1",
    "sets": "1",
    "side": "left",
    "outcome": "done",
    "attempt": "1",
    "actual_s": "12.5",
}


def test_a_table_written_by_hand() -> None:
    """Rows without names: an activity is a session of its own, and a beginning is planned from what was worked."""
    begun = {"kind": "session_begun", "at_local": "2026-03-01T08:00+01:00", "routine": "hips", "session_name": "Hips"}
    work = WORK | {"routine": "hips", "session_name": "Hips"}
    drafts = spreadsheet.read(written([WALK, begun, work, work | {"side": "right", "step_index": "3"}]))
    walk, *rest = drafts
    assert walk.parsed() == ActivityLogged("walk", "Walk", 1_200_000, "moderate")
    assert walk.session not in {draft.session for draft in rest}
    found = detail(stored(rest))
    assert (found.row.routine, found.row.name, found.row.works, found.row.done) == ("hips", "Hips", 2, 2)
    assert found.exercises == (ExercisePlanned(0, "clam", "", "", 2),)
    assert found.row.next_step == found.row.steps == 4
    assert spreadsheet.read(written([begun, work, WALK])) != []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_otherwise(delimiter: str, told: list[Draft]) -> None:
    """Semicolons or tabs, decimal commas and columns in another order are read like the table they came from."""
    rows = [
        {name: row[name].replace(".", ",") if name.endswith(("_s", "_min")) else row[name] for name in reversed(row)}
        for row in cells(table(stored(told)))
    ]
    assert {draft.id: draft for draft in spreadsheet.read(written(rows, delimiter))} == {one.id: one for one in told}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "walking"}, "kind: found 'walking'; allowed: session_begun, "),
        ({"kind": "withdrawal", "fact_body": "{}"}, "kind: found 'withdrawal'; allowed: session_begun, "),
        ({"at_local": "yesterday"}, "at_local: found 'yesterday'; allowed: a time such as 2026-03-01T08:30"),
        ({"at_local": "1969-03-01T08:00+01:00"}, "at_local: found '1969-03-01T08:00+01:00'; allowed: a time"),
        ({"at_local": "2026-02-30T08:00+01:00"}, "at_local: found '2026-02-30T08:00+01:00'; allowed: a time"),
        ({"at_local": "2026-03-01T08:00"}, "at_local: found '2026-03-01T08:00'; allowed: a time with its offset, or"),
        ({"at_local": "2026-03-01T08:00", "zone": "Berlin"}, "zone: found 'Berlin'; allowed: a zone that this system"),
        ({"at_local": "2026-03-01T08:00", "zone": "../../etc/hosts"}, "zone: found '../../etc/hosts'; allowed: a zone"),
        ({"at_local": "2026-03-01T08:00", "zone": "localtime"}, "zone: found 'localtime'; allowed: a zone"),
        ({"active_min": "-3"}, "active_min: found '-3'; allowed: minutes, such as 20 or 12.5"),
        ({"active_min": "1e3"}, "active_min: found '1e3'; allowed: minutes"),
        ({"active_min": "99999999999999"}, "active_min: found '99999999999999'; allowed: minutes"),
        ({"active_min": "٣"}, "active_min: found '٣'; allowed: minutes"),
        ({"active_min": ""}, "active_min: found nothing; allowed: minutes"),
        ({"intensity": "hard"}, "intensity: found 'hard'; allowed: light, moderate, vigorous"),
        ({"pain_nrs": "3"}, "pain_nrs: found '3'; allowed: nothing in a row of activity_logged"),
        ({"activity": "x" * 101}, "activity: found 'xxx"),
        ({"fact": "f1"}, "session: found nothing; allowed: the session's id, beside that of the fact"),
        ({"session": "x" * 101}, "session: found 'xxx"),
        ({"corrected": "yes"}, "fact_body: found nothing; allowed: the fact as JSON"),
        ({"fact_body": "{"}, "fact_body: found '{'; allowed: the fact as JSON"),
        ({"fact_body": "[" * 100_000}, "fact_body: found '[[["),
        ({"fact_body": '{"activity":"walk"}'}, "fact_body: found '{\"activity\":\"walk\"}'; allowed: the fact"),
        ({"activity_name": "half \udc80"}, "found half a character (a lone surrogate); allowed: whole characters"),
        ({"session": "half \udc80", "fact": "f"}, "found half a character (a lone surrogate); allowed"),
        ({"activity_name": "\x1b[31m\u202e" * 2, "activity": ""}, "activity: found nothing; allowed: 1 to 100"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_its_place(change: dict[str, str], told: str) -> None:
    """Line, column, what was found and what is allowed; nothing of the table is taken."""
    (line,) = faults(written([WALK, WALK | change]))
    assert line.startswith(f"t.csv:3: {told}")
    assert line.isprintable()


def test_every_fault_is_told_at_once() -> None:
    """Several wrong cells of a row and several wrong rows are told together, the first twenty of them."""
    wrong = WORK | {"set": "one", "side": "up", "actual_s": "long"}
    told = faults(written([wrong, WALK, wrong | {"outcome": ""}]))
    places = ["2: set", "2: side", "2: actual_s", "4: set", "4: side", "4: outcome", "4: actual_s"]
    assert [line.split(": found")[0] for line in told] == [f"t.csv:{place}" for place in places]
    assert faults(written([wrong] * 30))[-1].startswith("and ")


def test_a_rating_out_of_range_is_told() -> None:
    """An 11 is told with what is allowed."""
    row = {"kind": "pain_rated", "at_local": "2026-03-01T08:00Z", "pain_when": "before", "pain_nrs": "11"}
    assert faults(written([row])) == ["t.csv:2: pain_nrs: found '11'; allowed: a whole number from 0 to 10"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "t.csv:1: found no column kind and no column at_local; allowed: the logbook's own table; that of another"),
        ("\r\n\r\nDate;Steps\r\n1;2", "t.csv:3: found no column kind and no column at_local; allowed: "),
        ("kind,at_local,pain_nr\r\nx,y,z", "t.csv:1: found the column 'pain_nr'; allowed: pain_nrs"),
        ("kind,at_local,kind\r\nx,y,z", "t.csv:1: found the column kind twice; allowed: each column once"),
        ("kind,at_local,\x1b[31m", "t.csv:1: found the column '\\x1b[31m'; allowed: kind, day, at_local"),
    ],
)
def test_a_wrong_header_is_told(text: str, told: str) -> None:
    """Columns that are not ours are named, with what may have been meant, and nothing else is complained of."""
    (line,) = faults(text)
    assert line.startswith(told)


def test_more_cells_than_columns_are_told() -> None:
    """A row with a cell too many, as an unquoted comma makes it, is told and not cut."""
    assert faults("kind,at_local,note\r\nnote,2026-03-01T08:00Z,left, right\r\n") == [
        "t.csv:2: found 4 cells; allowed: 3, as in the header"
    ]


def test_an_edit_that_would_be_lost_is_told(told: list[Draft]) -> None:
    """Where `fact_body` is what is read, a cell that says something else is told, in corrected rows too."""
    rows = cells(table(stored(told)))
    begun = next(row for row in rows if row["kind"] == "session_begun")
    rated = next(row for row in rows if row["corrected"])
    begun["session_name"], rated["pain_nrs"] = "Other name", "1"
    told_of = faults(written(rows))
    assert any("session_name: found 'Other name'; allowed: 'Desk break', as in fact_body" in line for line in told_of)
    assert any("pain_nrs: found '1'; allowed: '2', as in fact_body" in line for line in told_of)
    assert len(told_of) == 2


def test_an_edited_row_keeps_its_name(told: list[Draft]) -> None:
    """A changed cell of an ordinary row is another word under the same name: a conflict that the merge will report."""
    rows = cells(table(stored(told)))
    work = next(row for row in rows if row["kind"] == "work_done")
    work["actual_s"] = "31"
    back = {draft.id: draft for draft in spreadsheet.read(written(rows))}
    changed = [draft for draft in told if back[draft.id] != draft]
    assert [draft.id for draft in changed] == [work["fact"]]


def test_two_rows_of_one_name_are_told(told: list[Draft]) -> None:
    """One name with two contents in a table is told; the same row twice is one fact."""
    rows = [row for row in cells(table(stored(told))) if row["kind"] == "work_done"][:1]
    assert len(spreadsheet.read(written(rows * 2))) == 1
    assert faults(written([rows[0], rows[0] | {"actual_s": "1"}]))[0].startswith("t.csv:3: fact: found '")


def test_what_the_rest_says_is_at_hand() -> None:
    """For whoever chooses to leave out what is wrong, the error holds what the other rows say."""
    with pytest.raises(Misread) as caught:
        spreadsheet.read(written([WALK, WALK | {"intensity": "hard"}]))
    (draft,) = caught.value.drafts
    assert draft.kind == "activity_logged"


def test_the_columns_name_every_field() -> None:
    """Each field of each kind has a column, or its kind is always told in `fact_body` too. Breaks are not told of."""
    for kind, body in KINDS.items():
        if kind == "withdrawal" or kind in BREAK_KINDS:
            continue
        fields = set(FIELDS[kind])
        assert fields <= set(body.__struct_fields__)
        assert fields == set(body.__struct_fields__) or kind in ("session_begun", "correction")
        assert set(FIELDS[kind].values()) <= set(COLUMNS)
        assert len(set(FIELDS[kind].values())) == len(FIELDS[kind])


def test_the_page_names_every_column() -> None:
    """docs/tables.md names every column and every kind of row."""
    page = (
        (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8").split("\n## Other programs' tables\n")[0]
    )
    for word in (*COLUMNS, *FIELDS):
        assert f"`{word}`" in page, word


def test_a_long_history_goes_through(new_pen: Any) -> None:
    """Twenty thousand rows of one session are written and read, each as it was."""
    pen = new_pen()
    works = stored(pen.draft(pen.work(step)) for step in range(20_000))
    back = spreadsheet.read("".join(spreadsheet.text(spreadsheet.rows(works))))
    assert len(back) == 20_000
    assert all(fact.says_what(draft) for fact, draft in zip(works, back, strict=True))
