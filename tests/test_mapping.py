"""Other programs' tables, read by a mapping: what comes of a row, and what is wrong with a mapping or a table."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.exchange.misread import Misread
from sessions.exchange.moments import as_text
from sessions.facts import Draft, store
from sessions.logbook import Logbook
from sessions.records import ActivityLogged, Note, PainRated
from sessions.tally import tally
from trainer.library import reader
from trainer.library.errors import LibraryError
from trainer.mapping import form, times
from trainer.mapping.form import Mapping, understand
from trainer.mapping.taking import decode, take

DOCS = Path(__file__).parents[1] / "docs" / "mappings"
PLAIN = """\
name = "Plain"
[time]
columns = ["When"]
zone = "Europe/Berlin"
[duration]
column = "Minutes"
unit = "min"
[activity]
fixed = "walk"
"""


def mapping(text: str = PLAIN) -> Mapping:
    return understand(reader.parse(text, "m.toml"))


def mapping_table() -> dict[str, Any]:
    return reader.parse(PLAIN, "m.toml").table


def problems(text: str) -> list[str]:
    with pytest.raises(LibraryError) as caught:
        mapping(text)
    return [str(problem) for problem in caught.value.problems]


def faults(rows: str, text: str = PLAIN) -> list[str]:
    with pytest.raises(Misread) as caught:
        take(mapping(text), rows, "t.csv")
    return caught.value.message.splitlines()


def said(drafts: list[Draft]) -> list[tuple[str, str, Any]]:
    """Each fact with its local time and offset."""
    return [
        (as_text(draft.stamp.utc_ms, draft.stamp.offset_min)[:16], draft.stamp.zone, draft.parsed()) for draft in drafts
    ]


def walk(active_ms: int, intensity: Any = "moderate") -> ActivityLogged:
    return ActivityLogged("walk", "Walk", active_ms, intensity)


# A row each as the programs write them; names and figures are made up.
SAMPLES: dict[str, tuple[bytes, list[tuple[str, str, Any]]]] = {
    "strava": (
        # Strava writes several columns twice.
        b"Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
        b"Max Heart Rate,Elapsed Time,Moving Time,Distance\n"
        b'11,"Jan 5, 2026, 10:15:30 PM","Late, and ""wet""",Run,,1900,5.1,,1900.0,1830.5,5100.0\n'
        b'12,"Jul 5, 2026, 5:00:00 AM",Kite,Kitesurf,,600,1,,600.0,600.0,1000\n',
        [
            ("2026-01-05T23:15", "Europe/Berlin", ActivityLogged("run", "Run", 1_830_500, "vigorous")),
            ("2026-01-05T23:15", "Europe/Berlin", Note('Late, and "wet"')),
            ("2026-07-05T07:00", "Europe/Berlin", ActivityLogged("other", "Other", 600_000, "moderate")),
            ("2026-07-05T07:00", "Europe/Berlin", Note("Kite")),
        ],
    ),
    "toggl": (
        b"\xef\xbb\xbfUser,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
        b"Duration,Tags,Amount ()\n"
        b"Ann,ann@example.org,,Moving,,Walk the dog,No,2026-03-28,07:05:00,2026-03-28,07:35:30,00:30:30,,\n"
        b"Ann,ann@example.org,,Office,,Mail,No,2026-03-28,09:00:00,2026-03-28,09:10:00,00:10:00,,\n",
        [("2026-03-28T07:05", "Europe/Berlin", walk(1_830_000))],
    ),
    "garmin": (
        b"Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR\r\n"
        b'Pool Swimming,2026-02-03 18:20:00,false,"Baths","1,200","312","00:41:07.3","118","140"\r\n'
        b'Breathwork,2026-02-03 21:00:00,false,"Breathing","0.00","5","00:05:00","60","64"\r\n',
        [
            ("2026-02-03T18:20", "Europe/Berlin", ActivityLogged("swim", "Swim", 2_467_300, "moderate")),
            ("2026-02-03T18:20", "Europe/Berlin", Note("Baths")),
        ],
    ),
    "diary": (
        "Tag;Was;Stunden;Wie;Schmerz vorher;Schmerz nachher;Bemerkung\r\n"
        "14.02.2026;Spaziergang;0,75;leicht;45;20;schön, mit Hügeln\r\n"
        "15.02.2026;Schwimmen;1;;;;\r\n".encode("windows-1252"),
        [
            ("2026-02-14T12:00", "Europe/Berlin", walk(2_700_000, "light")),
            ("2026-02-14T12:00", "Europe/Berlin", PainRated("before", 5)),
            ("2026-02-14T12:45", "Europe/Berlin", PainRated("after", 2)),
            ("2026-02-14T12:00", "Europe/Berlin", Note("schön, mit Hügeln")),
            ("2026-02-15T12:00", "Europe/Berlin", ActivityLogged("swim", "Swim", 3_600_000, "moderate")),
        ],
    ),
}


@pytest.mark.parametrize("name", sorted(path.stem for path in DOCS.glob("*.toml")))
def test_a_documented_mapping_reads_its_program(name: str) -> None:
    """Each mapping under docs has no problem, and reads rows as its program writes them."""
    known = understand(reader.document(DOCS / f"{name}.toml"))
    data, expected = SAMPLES[name]
    assert said(take(known, decode(data, known)).drafts) == expected


def test_every_key_is_named() -> None:
    """docs/tables.md names every key that a mapping may hold, and every unit, delimiter and encoding."""
    page = (DOCS.parent / "tables.md").read_text("utf-8").split("\n## Other programs' tables\n")[1]
    kinds = (form.Table, form.Time, form.Duration, form.ActivityFrom, form.IntensityFrom, form.NoteFrom, form.PainFrom)
    for kind in (*kinds, form.Match):
        for key in kind.__struct_fields__:
            assert f"`{key}`" in page, key
    for key in Mapping.__struct_fields__:
        assert re.search(rf"`\[*{key}\]*`", page), key
    for word in (*get_args(form.Unit), "tab", "utf-16", "windows-1252", "latin-1", "unix_s", "unix_ms"):
        assert f'`"{word}"`' in page, word


def test_rows_are_counted() -> None:
    """What was read and what the mapping leaves out are told apart."""
    known = understand(reader.document(DOCS / "toggl.toml"))
    taken = take(known, decode(SAMPLES["toggl"][0], known))
    assert (taken.rows, taken.passed_over, len(taken.drafts)) == (1, 1, 1)


BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


@pytest.mark.parametrize(
    ("time", "cell", "clock"),
    [
        ({"zone": BERLIN}, "2026-03-01T08:30:00", "2026-03-01T08:30:00.000+01:00"),
        ({"zone": BERLIN}, "2026-03-01T08:30:00Z", "2026-03-01T09:30:00.000+01:00"),
        ({"zone": BERLIN}, "2026-03-01", "2026-03-01T12:00:00.000+01:00"),
        ({"zone": "+05:30"}, "2026-03-01 08:30", "2026-03-01T08:30:00.000+05:30"),
        ({}, "2026-03-01T08:30:00-05:00", "2026-03-01T08:30:00.000-05:00"),
        ({"zone": BERLIN, "format": "unix_s"}, "1772350200.5", "2026-03-01T08:30:00.500+01:00"),
        ({"zone": BERLIN, "format": "unix_ms"}, "1772350200000", "2026-03-01T08:30:00.000+01:00"),
        ({"format": "%d/%m/%y %H.%M %z"}, "01/03/26 08.30 -0330", "2026-03-01T08:30:00.000-03:30"),
        ({"zone": BERLIN, "format": "%Y %j"}, "2026 060", "2026-03-01T12:00:00.000+01:00"),
        ({"zone": NEW_YORK, "written_in": "UTC"}, "2026-03-01 03:30", "2026-02-28T22:30:00.000-05:00"),
        ({"zone": BERLIN, "written_in": "+09:00"}, "2026-03-01 16:30", "2026-03-01T08:30:00.000+01:00"),
        # Left out as the clocks go forward, and shown twice as they go back: see sessions.exchange.moments.in_zone.
        ({"zone": BERLIN}, "2026-03-29T02:30", "2026-03-29T03:30:00.000+02:00"),
        ({"zone": BERLIN}, "2026-10-25T02:30", "2026-10-25T02:30:00.000+02:00"),
        ({"zone": BERLIN}, "2026-10-25T02:30+01:00", "2026-10-25T02:30:00.000+01:00"),
    ],
)
def test_moments(time: dict[str, str], cell: str, clock: str) -> None:
    """Each way to write a time ends in the moment, with the offset that the person's clock had."""
    lines = "\n".join(f'{key} = "{value}"' for key, value in time.items())
    (draft,) = take(mapping(PLAIN.replace('zone = "Europe/Berlin"', lines)), f"When,Minutes\n{cell},20\n").drafts
    assert as_text(draft.stamp.utc_ms, draft.stamp.offset_min) == clock
    assert draft.stamp.zone == ("" if "/" not in time.get("zone", "") else time["zone"])


@pytest.mark.parametrize(
    ("unit", "decimal", "cell", "ms"),
    [
        ("ms", ".", "1500", 1_500),
        ("s", ".", "90.0004", 90_000),
        ("s", ",", "90,5", 90_500),
        ("min", ".", " 20 ", 1_200_000),
        ("h", ",", "0,75", 2_700_000),
        ("h:mm", ".", "1:05", 3_900_000),
        ("h:mm:ss", ".", "0:00:07", 7_000),
        ("h:mm:ss", ",", "24:00:00", 86_400_000),
        ("h:mm:ss", ",", "00:00:07,25", 7_250),
        ("mm:ss", ".", "75:30.5", 4_530_500),
    ],
)
def test_lengths(unit: Any, decimal: str, cell: str, ms: int) -> None:
    """Each unit is exact to the millisecond."""
    assert times.length_ms(cell, unit, decimal) == ms


@pytest.mark.parametrize(
    ("unit", "decimal", "cell"),
    [
        *(("s", ".", cell) for cell in ("", "x", "1,5", "1.234.5", "1e3", "nan", "inf", "٣", "1 000", "--")),
        *(("s", ",", cell) for cell in ("1.5", "1.234,5")),
        *(("h:mm", ".", cell) for cell in ("1:5", "1:60", "1:05:07", "-1:05", "1:05.5")),
        *(("h:mm:ss", ".", cell) for cell in ("1:05", "0:61:00", "0:00:61", "0:00:07,5")),
        *(("mm:ss", ".", cell) for cell in ("0:00:07", "7", "5:60")),
    ],
)
def test_lengths_that_are_refused(unit: Any, decimal: str, cell: str) -> None:
    """What is written otherwise than the mapping says is never guessed at."""
    with pytest.raises(ValueError, match=f"^{re.escape(cell)}$"):
        times.length_ms(cell, unit, decimal)


def test_an_end_in_place_of_a_length() -> None:
    """Where a table has an end, the length is what lies between, also over the change of the clocks."""
    text = PLAIN.replace('column = "Minutes"\nunit = "min"', 'end = ["Day", "To"]')
    text = text.replace('columns = ["When"]', 'columns = ["Day", "From"]\nformat = "%Y-%m-%d %H:%M"')
    (draft,) = take(mapping(text), "Day,From,To\n2026-03-29,01:30,03:30\n").drafts
    assert draft.parsed() == walk(3_600_000)
    assert faults("Day,From,To\n2026-03-01,10:00,09:00\n", text) == [
        "t.csv:2: column 'Day': found '2026-03-01 09:00'; allowed: an end after the beginning, within 24 h"
    ]


def test_a_table_without_a_header_and_with_lines_above() -> None:
    """Columns may be numbers, and lines above the table passed over; lines keep their numbers."""
    text = (
        PLAIN.replace('"When"', "2").replace('"Minutes"', "1")
        + '[table]\nheader = false\nskip_lines = 2\ndelimiter = "|"\n'
    )
    taken = take(mapping(text), "My walks\n\n20|2026-03-01T08:00\n")
    assert said(taken.drafts) == [("2026-03-01T08:00", "Europe/Berlin", walk(1_200_000))]
    assert faults("x\ny\n20|2026-03-01T08:00\n21\n", text)[0].startswith(
        "t.csv:4: column '2': found nothing; allowed: a time"
    )


def test_values_are_found_whatever_their_case() -> None:
    """Values of activity and intensity are those of the mapping, in any case, with white space around."""
    text = PLAIN.replace(
        'fixed = "walk"', 'column = "What"\nvalues = { "SWIMMING laps" = "swimming", "Übung" = "yoga" }'
    )
    text += '[intensity]\ncolumn = "How"\nvalues = { Hard = "vigorous" }\notherwise = "light"\n'
    rows = "When,Minutes,What,How\n2026-03-01T08:00,20, swimming LAPS ,HARD\n2026-03-01T09:00,20,übung,soft\n"
    rows += "2026-03-01T10:00,20,Übung,\n"
    assert [draft.parsed() for draft in take(mapping(text), rows).drafts] == [
        ActivityLogged("swim", "Swim", 1_200_000, "vigorous"),
        ActivityLogged("yoga", "Yoga", 1_200_000, "light"),
        ActivityLogged("yoga", "Yoga", 1_200_000, "light"),
    ]


PAIN = PLAIN + '[[pain]]\nwhen = "before"\ncolumn = "Pain"\n'


@pytest.mark.parametrize(
    ("more", "cell", "nrs"),
    [
        ("", "0", 0),
        ("", "10", 10),
        ("", "7.0", 7),
        ("divide_by = 10", "70", 7),
        ("divide_by = 10\nrounded = true", "45", 5),
        ("divide_by = 10\nrounded = true", "100", 10),
        ("divide_by = 10\nrounded = true", "3", 0),
    ],
)
def test_pain(more: str, cell: str, nrs: int) -> None:
    """A rating is a whole number from 0 to 10, divided and rounded only where the mapping says so."""
    taken = take(mapping(PAIN + more), f"When,Minutes,Pain\n2026-03-01T08:00,20,{cell}\n")
    assert taken.drafts[1].parsed() == PainRated("before", nrs)


@pytest.mark.parametrize(
    ("more", "cell", "allowed"),
    [
        ("", "11", "a whole number from 0 to 10"),
        ("", "45", "a whole number from 0 to 10"),
        ("", "4.5", "a whole number from 0 to 10"),
        ("", "-1", "a whole number from 0 to 10"),
        ("", "none", "a whole number from 0 to 10"),
        ("", "7/10", "a whole number from 0 to 10"),
        ("divide_by = 10", "45", "a whole number from 0 to 10, once divided by 10"),
        ("divide_by = 10\nrounded = true", "105", "a number from 0 to 10, once divided by 10"),
    ],
)
def test_pain_that_is_no_rating(more: str, cell: str, allowed: str) -> None:
    """A scale is never guessed: what is no rating as the mapping has it is told."""
    (line,) = faults(f"When,Minutes,Pain\n2026-03-01T08:00,20,{cell}\n", PAIN + more)
    assert line == f"t.csv:2: column 'Pain': found '{cell}'; allowed: {allowed}"


def test_the_same_table_twice_changes_nothing(tmp_path: Path) -> None:
    """Ids come from what a row says: taken twice, and in a longer table later, each activity is there once."""
    rows = "When,Minutes\n2026-03-01T08:00,20\n2026-03-01T08:00,20\n2026-03-02T08:00,25\n"
    first = take(mapping(), rows).drafts
    later = take(mapping(), rows + "2026-03-03T08:00,30\n").drafts
    assert later[:2] == first
    with Logbook.open(tmp_path / "logbook.sqlite", random=os.urandom) as logbook:
        for draft in (*first, *first, *later):
            logbook.append(draft)
        assert [(row.day, row.activity, row.active_ms) for row in logbook.sessions()] == [
            ("2026-03-03", "walk", 1_800_000),
            ("2026-03-02", "walk", 1_500_000),
            ("2026-03-01", "walk", 1_200_000),
        ]


def test_two_machines_take_the_same() -> None:
    """The ids are those of another process, whatever its zone, its locale and its seed."""
    code = (
        "import sys; from pathlib import Path; from trainer.library import reader; from trainer.mapping.form import *;"
        "from trainer.mapping.taking import *; m = understand(reader.document(Path(sys.argv[1])));"
        "print([d.id for d in take(m, decode(sys.stdin.buffer.read(), m)).drafts])"
    )
    path = DOCS / "diary.toml"
    known = understand(reader.document(path))
    data = SAMPLES["diary"][0]
    expected = [draft.id for draft in take(known, decode(data, known)).drafts]
    for zone, seed, locale in (("UTC", "1", "C"), ("Asia/Tokyo", "2", "C.UTF-8")):
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        command = [sys.executable, "-c", code, str(path)]
        done = subprocess.run(
            command, input=data, env=environment, cwd=DOCS.parents[1], capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == str(expected)


def test_another_word_on_the_same_activity_is_no_second_one() -> None:
    """A mapping that says another intensity names the same facts, so that the merge reports a conflict."""
    rows = "When,Minutes\n2026-03-01T08:00,20\n"
    (first,) = take(mapping(), rows).drafts
    (other,) = take(mapping(PLAIN + '[intensity]\nfixed = "light"\n'), rows).drafts
    assert (first.id, first.session) == (other.id, other.session)
    assert first != other


def test_two_rows_that_contradict_each_other_are_told() -> None:
    """Within one table one activity has one word."""
    text = PLAIN + '[intensity]\ncolumn = "How"\nvalues = { easy = "light", hard = "vigorous" }\n'
    rows = "When,Minutes,How\n2026-03-01T08:00,20,easy\n2026-03-01T08:00,20,hard\n"
    assert faults(rows, text) == ["t.csv:3: found another word on the activity of line 2; allowed: one row of each"]


def test_each_row_is_a_session_of_its_own() -> None:
    """What is taken stands in the log as an activity logged by hand does, with its ratings and its note."""
    known = understand(reader.document(DOCS / "diary.toml"))
    drafts = take(known, decode(SAMPLES["diary"][0], known)).drafts
    assert len({draft.session for draft in drafts}) == 2
    facts = [store(draft, "d", seq) for seq, draft in enumerate(drafts[:4], 1)]
    found = tally(facts[0].session, [(fact, fact.parsed()) for fact in facts])
    assert found is not None
    row = found.detail.row
    assert (row.activity, row.intensity, row.active_ms, row.pain_before, row.pain_after) == (
        "walk",
        "light",
        2_700_000,
        5,
        2,
    )
    assert [note.text for note in found.detail.notes] == ["schön, mit Hügeln"]


HOSTILE = ["[L] a [/b] c [/]", "\x1b]0;x\x07", "\u202eabc", "nul\0nul", "half \ud800", 'two\nlines "quoted"', "=1+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_cleaned_and_kept(text: str) -> None:
    """Text from elsewhere goes through the one door: nothing in it steers a terminal, and nothing else is changed."""
    quoted = text.replace('"', '""')
    rows = f'When,Minutes,Note\n2026-03-01T08:00,20,"{quoted}"\n'
    note = take(mapping(PLAIN + '[note]\ncolumn = "Note"\n'), rows).drafts[1].parsed()
    assert isinstance(note, Note)
    assert all(char.isprintable() or char == "\n" for char in note.text)
    assert note.text.replace("\ufffd", "") == "".join(char for char in text if char.isprintable() or char == "\n")
    (line,) = faults(f'When,Minutes\n"{quoted}",20\n')
    assert line.isprintable()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Wen,Minutes\n", "t.csv:1: found no column 'When'; allowed: 'Wen'"),
        ("Day,Minutes\n", "t.csv:1: found no column 'When'; allowed: 'Day', 'Minutes'"),
        ("When,Minutes,When\n", "t.csv:1: found 'When' 2 times; allowed: its number, 1 or 3"),
        (
            "When,Minutes\n1.3.2026,20\n",
            "t.csv:2: column 'When': found '1.3.2026'; allowed: a time as iso, from 1970 on",
        ),
        (
            "When,Minutes\n1969-12-31T08:00,20\n",
            "t.csv:2: column 'When': found '1969-12-31T08:00'; allowed: a time as iso",
        ),
        (
            "When,Minutes\n9999-12-31T08:00,20\n",
            "t.csv:2: column 'When': found '9999-12-31T08:00'; allowed: a time as iso",
        ),
        (
            "When,Minutes\n2026-03-01T08:00\n",
            "t.csv:2: column 'Minutes': found nothing; allowed: a length in min, more than 0",
        ),
        (
            "When,Minutes\n2026-03-01T08:00,0\n",
            "t.csv:2: column 'Minutes': found '0'; allowed: a length in min, more than 0",
        ),
        ("When,Minutes\n2026-03-01T08:00,1441\n", "t.csv:2: column 'Minutes': found '1441'; allowed: a length in min"),
        ('When,Minutes\n"2026-03-01T08:00,20\n', "t.csv:2: found a quote that is never closed"),
        ("When,Minutes\nx" + "x" * 10_000_000, "t.csv:2: found a cell of more than 1,000,000 characters"),
    ],
    ids=lambda value: value[:40],
)
def test_a_table_that_cannot_be_read_is_told(rows: str, told: str) -> None:
    """Line, column, what was found and what is allowed; nothing is taken."""
    (line,) = faults(rows)
    assert line.startswith(told)


def test_every_column_that_is_not_there_is_told() -> None:
    """A table of another program, or none at all, is told by all the columns that it lacks."""
    assert faults("") == [
        "t.csv:1: found no column 'When'; allowed: a header",
        "t.csv:1: found no column 'Minutes'; allowed: a header",
    ]
    assert len(faults("Date;Steps\n1;2\n")) == 2


def test_every_row_that_cannot_be_read_is_told_and_the_others_are_at_hand() -> None:
    """All wrong cells of all rows are told; whoever chooses to leave those rows out finds the rest in the error."""
    text = PLAIN.replace('fixed = "walk"', 'column = "What"\nvalues = { Walk = "walk" }') + '[note]\ncolumn = "Note"\n'
    rows = "When,Minutes,What,Note\nx,y,Fly,\n2026-03-01T08:00,20,Walk,\n2026-03-02T08:00,20,Walk," + "n" * 10_001
    with pytest.raises(Misread) as caught:
        take(mapping(text), rows, "t.csv")
    told = [line.split("; allowed")[0] for line in caught.value.message.splitlines()]
    assert told[:3] == [
        "t.csv:2: column 'When': found 'x'",
        "t.csv:2: column 'Minutes': found 'y'",
        "t.csv:2: column 'What': found 'Fly'",
    ]
    assert told[3].startswith("t.csv:4: column 'Note': found 'nnn")
    assert "allowed: a value that the mapping knows ('Walk'), or otherwise under [activity]" in caught.value.message
    assert [draft.parsed() for draft in caught.value.drafts] == [walk(1_200_000)]


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        (
            b"When,Minutes\nl\xe4uft,20",
            "utf-8",
            "t.csv:2: found byte 0xe4; allowed: text in utf-8, or its encoding named",
        ),
        (b"\xef\xbb\xbfWhen\n\xff", "utf-8", "t.csv:2: found byte 0xff"),
        (b"\xff\xfeW\x00x", "utf-16", "t.csv:1: found byte 0x78; allowed: text in utf-16"),
        (b"a\x81", "windows-1252", "t.csv:1: found byte 0x81; allowed: text in windows-1252"),
    ],
)
def test_bytes_that_are_no_text_are_told(data: bytes, encoding: str, told: str) -> None:
    """A wrong encoding is told with its place, and what to do."""
    known = mapping(PLAIN + f'[table]\nencoding = "{encoding}"\n')
    with pytest.raises(Misread) as caught:
        decode(data, known, "t.csv")
    assert caught.value.message.startswith(told)


def test_utf_16_as_spreadsheets_save_it() -> None:
    """A table in UTF-16 with tabs is read."""
    known = mapping(PLAIN + '[table]\nencoding = "utf-16"\ndelimiter = "tab"\n')
    data = "When\tMinutes\r\n2026-03-01T08:00\t20\r\n".encode("utf-16")
    assert len(take(known, decode(data, known)).drafts) == 1


def changed(old: str, new: str) -> str:
    assert old in PLAIN
    return PLAIN.replace(old, new)


IDS = "walk, brisk-walk, swim, "
UNIT, ZONE, FIXED = 'unit = "min"', 'zone = "Europe/Berlin"', 'fixed = "walk"'
COLUMN = 'column = "Minutes"'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (changed(UNIT, 'unit = "hours"'), "7:8: duration.unit: found 'hours'; allowed: 'h', 'h:mm', 'h:mm:ss', 'min'"),
        (changed(UNIT, ""), "5:2: duration.unit: found nothing; allowed: ms, s, min, h, h:mm, h:mm:ss or mm:ss"),
        (changed(f"{COLUMN}\n{UNIT}", ""), "5:2: duration: found nothing; allowed: either column with unit, or end"),
        (changed(UNIT, f'{UNIT}\nend = ["To"]'), "5:2: duration: found column beside end; allowed: either"),
        (changed(COLUMN, 'end = ["To"]'), "7:8: duration.unit: found a unit beside end; allowed: no unit"),
        (changed('"When"', "0"), "3:12: time.columns 1: found 0; allowed: a column's name in the header, or its"),
        (changed('["When"]', "[]"), "3:11: time.columns: found []; allowed: 1 to 4 entries"),
        (changed('"Europe/Berlin"', '"Berlin"'), "4:8: time.zone: found 'Berlin'; allowed: a time zone that"),
        (changed('"Europe/Berlin"', '"../x"'), "4:8: time.zone: found '../x'; allowed: a time zone that"),
        (changed(ZONE, 'format = "%d.%m.%Y"'), "2:2: time.zone: found nothing; allowed: a time zone"),
        (changed(ZONE, 'format = "unix_s"'), "2:2: time.zone: found nothing; allowed: a time zone"),
        (changed(ZONE, 'written_in = "UTC"'), "4:1: time.written_in: found 'UTC'; allowed: written_in beside"),
        (changed(ZONE, f'{ZONE}\nformat = "%d.%m. %H"'), "5:10: time.format: found '%d.%m. %H'; allowed: iso, unix_s"),
        (changed(ZONE, f'{ZONE}\nformat = "%c"'), "5:10: time.format: found %c; allowed: iso, unix_s, unix_ms, or"),
        (changed(FIXED, 'fixed = "walkk"'), f"9:9: activity.fixed: found 'walkk'; allowed: {IDS}"),
        (changed(FIXED, ""), "8:2: activity: found nothing; allowed: either fixed, or column with values"),
        (changed(FIXED, f'{FIXED}\ncolumn = "W"'), "8:2: activity: found fixed beside column"),
        (changed(FIXED, f'{FIXED}\nvalues = {{ a = "run" }}'), "8:2: activity: found values without column"),
        (
            changed(FIXED, 'column = "W"\nvalues = { a = "fly" }'),
            f"10:16: activity.values.a: found 'fly'; allowed: {IDS}",
        ),
        (PLAIN + '[intensity]\nfixed = "hard"\n', "11:9: intensity.fixed: found 'hard'; allowed: 'light', 'moderate'"),
        (PLAIN + '[pain]\ncolumn = "P"\n', "10:2: pain: found a table; allowed: [[pain]], a list, each a table with"),
        (PAIN + '[[pain]]\nwhen = "before"\ncolumn = "P"\n', "14:8: pain 2.when: found 'before' once more; allowed:"),
        (PAIN.replace("before", "during"), "11:8: pain 1.when: found 'during'; allowed: 'after', 'before'"),
        (PAIN + "divide_by = 0\n", "13:13: pain 1.divide_by: found 0; allowed: a whole number from 1 to 1000"),
        (PLAIN + '[[only]]\ncolumn = "P"\n', "10:3: only 1.values: found nothing; allowed: a list, each text"),
        (PLAIN + '[table]\ndelimiter = "\\t"\n', "11:13: table.delimiter: found ' '; allowed: ',', ';', 'tab', '|'"),
        (PLAIN + "[tabel]\n", "10:2: tabel: found an unknown key; allowed: name, time, duration, activity, table"),
        (PLAIN + "[note]\ncolumn = 1001\n", "11:10: note.column: found 1001; allowed: a column's name in the header"),
        ("name = 'x'\nname = 'y'\n", "2:"),
    ],
    ids=lambda value: value[:40] if value[0].isdigit() else "",
)
def test_a_mapping_that_cannot_be_used_is_told(text: str, told: str) -> None:
    """File, line, column, key, what was found and what is allowed, as for routines."""
    (line,) = problems(text)
    assert line.startswith(f"m.toml:{told}")


def test_every_problem_of_a_mapping_is_told_at_once() -> None:
    """Several contradictions are told together, in the order of their lines."""
    text = changed('zone = "Europe/Berlin"', 'zone = "Berlin"\nformat = "%x"').replace('unit = "min"', "")
    assert [line.split(": found")[0] for line in problems(text.replace('"walk"', '"fly"'))] == [
        "m.toml:4:8: time.zone",
        "m.toml:5:10: time.format",
        "m.toml:6:2: duration.unit",
        "m.toml:10:9: activity.fixed",
    ]


def test_columns_by_name_need_a_header() -> None:
    """Without a header each name is told, at its place."""
    told = problems(PLAIN + "[table]\nheader = false\n")
    assert [line.split(": found")[0] for line in told] == [
        "m.toml:3:12: time.columns 1",
        "m.toml:6:10: duration.column",
    ]


@given(st.text(alphabet='0123456789-:T+Z ,;"\n\r\tWhenMi\0\x1b\ud800é', max_size=60))
def test_any_table_is_read_or_told(rows: str) -> None:
    """Whatever stands in a table, it is taken or told, and nothing else is raised."""
    for text in ("When,Minutes\n" + rows, rows):
        with contextlib.suppress(Misread):
            assert take(mapping(), text).passed_over == 0


WORDS = st.sampled_from(["column", "columns", "values", "zone", "end", "unit", "x"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from(Mapping.__struct_fields__), VALUES)
def test_a_mapping_with_anything_in_it_is_told(key: str, value: Any) -> None:
    """Whatever stands under a key, it is told where it does not fit, and nothing else is raised."""
    table = mapping_table() | {key: value}
    with contextlib.suppress(LibraryError):
        assert isinstance(understand(reader.Document("m.toml", "", table)), Mapping)


def test_a_long_table_is_taken() -> None:
    """Twenty thousand rows are taken, each as a session of its own."""
    rows = "".join(f"{1_700_000_000 + 600 * n},{n % 50 + 1}\n" for n in range(20_000))
    taken = take(mapping(changed("zone =", 'format = "unix_s"\nzone =')), "When,Minutes\n" + rows)
    assert taken.rows == 20_000
    assert len({draft.session for draft in taken.drafts}) == 20_000


def test_what_a_format_names() -> None:
    """Offsets and hours are looked for in the directives, not in the letters between."""
    assert form.has_offset("%Y-%m-%d %z")
    assert not form.has_offset("z%Y")
    assert form.has_hour("%I %p")
    assert not form.has_hour("%Y-%m-%d H")
    assert form.offset_of("-03:30") == -210
    assert form.offset_of("Europe/Berlin") is None
