"""The small file from which a prompt is answered: what it says, and when it says nothing."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions import Logbook
from sessions.facts import draft
from sessions.records import Note, Stamp
from tests.breaks.week import DAY, HOUR, MINUTE, OFFICE, at, offset_in
from trainer.breaks import due
from trainer.breaks.hours import local_day
from trainer.breaks.record import Pause, Postponed, Record
from trainer.breaks.schedule import state, unwatched
from trainer.breaks.settings import At, Breaks
from trainer.cli.breaks.ahead import rows

NOW = at("2026-03-02 11:00")
BERLIN = offset_in("Europe/Berlin")
ROW = (NOW, "counting", NOW + 25 * MINUTE, 0, "desk-break", "Desk break", "11:25")


@pytest.mark.parametrize(
    ("row", "later_min", "line"),
    [
        (ROW, 0, "Break in 25 min"),
        (ROW, 24.5, "Break in less than a minute"),
        ((NOW, "due", NOW, 0, "desk-break", "Desk break", "11:00"), 5, "Break due: Desk break"),
        ((NOW, "paused", NOW, NOW + HOUR, "x", "X", "12:00"), 0, "Breaks paused until 12:00"),
        ((NOW, "off", NOW + DAY, NOW + DAY, "x", "X", "tomorrow 09:00"), 0, "Next break tomorrow 09:00"),
        ((NOW, "off", 0, 0, "", "", ""), 0, "No break planned"),
    ],
)
def test_the_line(row, later_min, line):
    """One short line for each way in which things can stand."""
    assert due.line(row, NOW + round(later_min * MINUTE)) == line


def test_the_same_for_programs():
    """On one line, with moments in UTC, and nothing where there is none."""
    assert due.as_json(ROW, NOW) == (
        '{"due": false, "state": "counting", "routine": "desk-break", "name": "Desk break", '
        '"at": "2026-03-02T10:25:00Z", "in_s": 1500, "until": null, "line": "Break in 25 min"}'
    )
    nothing = due.as_json((NOW, "off", 0, 0, "", "", ""), NOW)
    assert '"routine": null, "name": null, "at": null, "in_s": null, "until": null' in nothing
    assert '"in_s": 0' in due.as_json((NOW, "due", NOW, 0, "x", "X", "11:00"), NOW + HOUR)


def test_what_was_written_is_read_at_its_time(tmp_path):
    """The last row that has begun; none before the first, and none from the end on."""
    later = (NOW + 25 * MINUTE, "due", NOW + 25 * MINUTE, 0, "desk-break", "Désk ☕", "11:25")
    due.write(str(tmp_path), "marks", [ROW, later], NOW + HOUR)
    assert [due.read(str(tmp_path), "marks", NOW + ms) for ms in (-1, 0, 25 * MINUTE - 1, 25 * MINUTE, HOUR)] == [
        None, ROW, ROW, later, None,
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == [due.NAME]
    if os.name == "posix":
        assert (tmp_path / due.NAME).stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_kept_nothing_is(tmp_path):
    """No folder, a folder in the file's place, a name that no file takes: no trace, and no error."""
    due.write(str(tmp_path / "none"), "marks", [ROW], NOW + HOUR)
    assert not (tmp_path / "none").exists()
    (tmp_path / due.NAME).mkdir()
    due.write(str(tmp_path), "marks", [ROW], NOW + HOUR)
    due.write(str(tmp_path), "marks", [(*ROW[:5], "\ud800", "11:25")], NOW + HOUR)
    assert [path.name for path in tmp_path.iterdir()] == [due.NAME]
    assert due.read(str(tmp_path), "marks", NOW) is None


GOOD = "marks\n9999999999999\n{from_ms}\tcounting\t{at}\t0\tdesk-break\t{name}\t11:25\n"


def written(folder, text):
    (folder / due.NAME).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return due.read(str(folder), "marks", NOW)


def test_a_good_file_is_read(tmp_path):
    """The form of those below is right."""
    assert written(tmp_path, GOOD.format(from_ms=NOW, at=NOW, name="Désk 🧘‍♀️")) is not None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n\n\n",
        b"marks",
        b"marks\n",
        b"marks\n9999999999999\n",
        b"other\n9999999999999\n0\tdue\t0\t0\tx\tX\t11:00\n",
        b"marks\nx\n0\tdue\t0\t0\tx\tX\t11:00\n",
        b"marks\n1\n0\tdue\t0\t0\tx\tX\t11:00\n",
        b"marks\n9999999999999\n0\tdue\t0\t0\tx\tX\t11:0",  # torn
        b"marks\n9999999999999\n0\tdue\t0\t0\tx\n",
        b"marks\n9999999999999\n0\tdue\t0\t0\tx\tX\t11:00\tmore\n",
        b"marks\n9999999999999\nx\tdue\t0\t0\tx\tX\t11:00\n",
        b"marks\n9999999999999\n0\tdue\t" + b"9" * 5000 + b"\t0\tx\tX\t11:00\n",
        b"marks\n9999999999999\n0\tdue\t" + b"9" * 30 + b"\t0\tx\tX\t11:00\n",
        b"marks\n9999999999999\n0\tdue\t-1\t0\tx\tX\t11:00\n",
        b"marks\n9999999999999\n0\tdue\t0\t-1\tx\tX\t11:00\n",
        b"\xff\xfe\x00",
        b"marks\n" * 100_000,
        b"x" * 300_000,
        *(GOOD.format(from_ms=0, at=0, name=f"a{char}b") for char in "\x1b\x07\x00\r\x85\x9b\u202e\u2066\u2028\ud800"),
    ],
    ids=range(29),
)
def test_a_file_that_is_torn_foreign_or_hostile_says_nothing(tmp_path, text):
    """So that the whole program is asked; nothing of it reaches a terminal."""
    assert written(tmp_path, text) is None


@given(st.binary(max_size=200))
@example(b"marks\n9999999999999\n")
def test_any_file_at_all(tmp_path_factory, data):
    """Whatever it holds, it is an answer that can be said or none."""
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    row = written(folder, b"marks\n9999999999999\n" + data)
    if row is not None:
        assert due.line(row, NOW)
        assert due.as_json(row, NOW)


# --- marks -------------------------------------------------------------------------------------------


@pytest.fixture
def marked(tmp_path):
    """Settings and a logbook, and what marks them."""
    wishes, book = tmp_path / "settings.toml", tmp_path / "logbook.sqlite"
    wishes.write_text("volume = 1\n")
    Logbook.open(book, random=os.urandom).close()
    return lambda **environ: due.mark(str(wishes), str(book), environ), wishes, book


def note(book):
    with Logbook.open(book, random=os.urandom) as logbook:
        logbook.append(draft("s", Note("x"), Stamp(NOW, 60, ""), os.urandom))


def test_the_marks_change_with_all_that_counts(marked):
    """With the settings, each fact, the file's being another, and the zone; and with nothing else."""
    mark, wishes, book = marked
    seen = [mark(), mark(TZ="Asia/Tokyo")]
    for _ in range(3):
        note(book)
        seen.append(mark())
    os.utime(wishes, ns=(1, 1))
    seen.append(mark())
    wishes.write_text("volume = 12\n")
    seen.append(mark())
    book.write_bytes(b"no logbook")
    seen.append(mark())
    book.unlink()
    seen.append(mark())
    wishes.unlink()
    seen.append(mark())
    assert len(set(seen)) == len(seen)
    assert mark() == seen[-1]
    assert all("\n" not in one for one in seen)


def test_reading_a_logbook_leaves_the_marks_as_they_are(marked):
    """So that looking costs the next prompt nothing."""
    mark, _, book = marked
    was = mark()
    with Logbook.open(book, random=os.urandom) as logbook:
        list(logbook.facts())
    assert mark() == was


def test_the_marks_are_one_line_whatever_the_zone_is_called(marked):
    """A variable with tabs and line ends makes no second line."""
    mark, *_ = marked
    assert mark(TZ="a\tb\nc").count("\t") == mark().count("\t")
    assert "\n" not in mark(TZ="a\tb\nc")


# --- ahead -------------------------------------------------------------------------------------------

WISHES = st.builds(
    Breaks,
    every_min=st.sampled_from([0, 25, 60, 90]),
    at=st.sampled_from([(), (At("15:00", "back-basics"),), (At("09:10"), At("00:00", days=("tue",)), At("23:59"))]),
    hours=st.sampled_from([None, OFFICE]),
    routines=st.sampled_from([("desk-break",), ("desk-break", "back-basics")]),
)
RECORDS = st.builds(
    Record,
    from_ms=st.none() | st.integers(-300, 60).map(lambda minutes: NOW + minutes * MINUTE),
    rested_ms=st.none() | st.integers(-300, 0).map(lambda minutes: NOW + minutes * MINUTE),
    postponed=st.none() | st.just(Postponed(NOW - 5 * MINUTE, NOW + 5 * MINUTE, 1)),
    pause=st.none() | st.integers(1, 1440).map(lambda minutes: Pause(NOW, NOW + minutes * MINUTE)),
    last_routine=st.sampled_from(["", "desk-break"]),
)


@settings(max_examples=20)
@given(WISHES, RECORDS, st.integers(0, 47 * 60 + 59))
def test_what_is_kept_agrees_with_the_schedule_at_any_moment(wishes, record, begins):
    """For a day on, over midnight and the change of the clock, the row of a moment is how things stand then."""
    now_ms = at("2026-03-27 12:00") + begins * MINUTE + 1234
    found = rows(wishes, record, now_ms, BERLIN, str.upper)
    assert [row[0] for row in found] == sorted({row[0] for row in found})
    edges = {row[0] for row in found} | {row[0] - 1 for row in found[1:]}
    for at_ms in sorted(edges | {now_ms + number * MINUTE for number in range(0, 24 * 60, 17)}):
        row = next(one for one in reversed(found) if one[0] <= at_ms)
        stands = state(wishes, unwatched(wishes, record), at_ms, BERLIN)
        coming = stands.next
        assert row[1] == stands.kind
        assert row[2] == (coming.at_ms if coming else 0)
        assert row[3] == (stands.until_ms or 0)
        assert row[4:6] == ((coming.routine, coming.routine.upper()) if coming else ("", ""))
        shown_ms = (row[3] if row[1] == "paused" else row[2]) or at_ms
        days = (local_day(shown_ms, BERLIN) - local_day(at_ms, BERLIN)).days
        assert row[6].startswith("tomorrow") == (days == 1)


def test_midnight_makes_tomorrow_today():
    """What is told before and after, with nothing else changed."""
    evening = at("2026-03-02 22:00")
    found = rows(Breaks(hours=OFFICE), Record(from_ms=evening), evening, BERLIN, str)
    assert [(row[0] - evening, row[6]) for row in found[:2]] == [(0, "tomorrow 10:00"), (2 * HOUR, "10:00")]


def test_a_day_of_23_hours_has_two_midnights_ahead():
    """On the evening before the clock is set forward, the one after counts too."""
    evening = at("2026-03-28 23:45")
    found = rows(Breaks(hours=OFFICE), Record(), evening, BERLIN, str)
    assert [row[6] for row in found] == ["Monday 10:00", "tomorrow 10:00", "10:00"]
    assert found[-1][0] < evening + DAY
    assert all(one[0] < other[0] for one, other in pairwise(found))
