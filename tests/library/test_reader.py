"""What the reader says of a file: the place, what stands there, what may."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.library.errors import LibraryError
from trainer.library.model import Exercise, Routine
from trainer.library.reader import MAX_BYTES, check, decode, read

WHOLE = "a whole number from 1 to 3600"
HOLD = f"{WHOLE} or a list, each {WHOLE}"
HUGE = "0x" + "f" * 20_000


def problem(path: Path, kind: type = Exercise) -> tuple[str, str, str]:
    """The one problem of a file: place, found, allowed."""
    with pytest.raises(LibraryError) as caught:
        read(path, kind, name="own.toml")
    (found,) = caught.value.problems
    assert found.file == "own.toml"
    assert str(caught.value).startswith("own.toml: ")
    return found.place, found.found, found.allowed


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        ("hold_s = true", ("dose.hold_s", "true", HOLD)),
        ("hold_s = '5'", ("dose.hold_s", "'5'", HOLD)),
        ("hold_s = 5.5", ("dose.hold_s", "5.5", HOLD)),
        ("hold_s = 0", ("dose.hold_s", "0", HOLD)),
        ("hold_s = 3601", ("dose.hold_s", "3601", HOLD)),
        ("hold_s = nan", ("dose.hold_s", "nan", HOLD)),
        ("hold_s = inf", ("dose.hold_s", "inf", HOLD)),
        ("hold_s = {}", ("dose.hold_s", "a table", HOLD)),
        ("hold_s = 2026-11-21", ("dose.hold_s", "2026-11-21", HOLD)),
        ("hold_s = 99999999999999999999", ("dose.hold_s", "99999999999999999999", HOLD)),
        (f"hold_s = {HUGE}", ("dose.hold_s", "a figure that no number holds", HOLD)),
        ("hold_s = [10, true]", ("dose.hold_s 2", "true", WHOLE)),
        ("hold_s = []", ("dose.hold_s", "a list of 0", "1 to 20 sets")),
        ("reps = 3\ntempo_s = [nan, 1]", ("dose.tempo_s 1", "nan", "a number from 0 to 60")),
        ("reps = 3\ntempo_s = [1, -inf]", ("dose.tempo_s 2", "-inf", "a number from 0 to 60")),
        ("reps = 3\ntempo_s = [true, 1]", ("dose.tempo_s 1", "true", "a number from 0 to 60")),
        (
            f"reps = 3\ntempo_s = [{HUGE}, 1]",
            ("dose.tempo_s 1", "a figure that no number holds", "a number from 0 to 60"),
        ),
        ("reps = 3\ntempo_s = [1]", ("dose.tempo_s", "[1]", "a list of 2, each a number from 0 to 60")),
        ("open = 1", ("dose.open", "1", "true or false")),
        ("hold_s = 5\nsets = 21", ("dose.sets", "21", "a whole number from 1 to 20")),
        ("hold_s = 5\nsource = { hold_s = 3 }", ("dose.source.hold_s", "3", "text of 1 to 80 characters")),
        (
            "hold_s = 5\nsource = { hold_s = 'own', sets = '' }",
            ("dose.source.sets", "''", "text of 1 to 80 characters"),
        ),
        ("hold_s = 5\nsource = { '' = 'own' }", ("dose.source", "the key ''", "as a key, text of 1 to 80 characters")),
        ("sets = 2", ("dose", "no dose", "one of hold_s, reps, breaths or open = true")),
    ],
)
def test_a_wrong_figure_is_named(exercise_file, dose, expected):
    """A wrong type, a figure out of range, `true` for a number, NaN and infinity name the key and what is allowed."""
    assert problem(exercise_file(dose=dose)) == expected


@pytest.mark.parametrize(
    ("more", "place", "found", "allowed"),
    [
        ("kind2 = 1", "kind2", "an unknown key", "kind? Any of: id, name,"),
        ("zzz = 1", "zzz", "an unknown key", "id, name, kind"),
        ("easier = 'A/b'", "easier", "'A/b'", "lower-case letters, digits and hyphens"),
        ("easier = 'plank'", "easier", "'plank'", "another exercise"),
        ("sides = 'two'", "sides", "'two'", "'alternating', 'both', 'none'"),
        ("aliases = 'x'", "aliases", "'x'", "a list, each text of 1 to 80 characters"),
        ("aliases = ['x', 5]", "aliases 2", "5", "text of 1 to 80 characters"),
        (
            "side_names = { left = 'l', rihgt = 'r' }",
            "side_names.rihgt",
            "an unknown key",
            "right? Any of: left, right",
        ),
        ('"a` - at `$.zzz" = 1', "a` - at `$.zzz", "an unknown key", "id, name"),
        ('"a` - at `$.aliases[...]" = 1\naliases = []', "a` - at `$.aliases[...]", "an unknown key", "id, name"),
        (
            '"a` - at `$.side_names[...]" = 1\nside_names = {}',
            "a` - at `$.side_names[...]",
            "an unknown key",
            "id, name",
        ),
        ('"a` - at `$.dose" = 1', "a` - at `$.dose", "an unknown key", "id, name"),
        ("sides = 'a - at `$.zz`'", "sides", "'a - at `$.zz`'", "'alternating'"),
        ('"\\u001b[31m" = 1', "\ufffd[31m", "an unknown key", "id, name"),
    ],
)
def test_a_wrong_key_is_named(exercise_file, more, place, found, allowed):
    """An unknown key is named, with the nearest known one, whatever it is called."""
    said = problem(exercise_file(more=more))
    assert said[:2] == (place, found)
    assert said[2].startswith(allowed)


def test_parts_belong_to_a_hold(exercise_file):
    """Parts beside repetitions are refused."""
    assert problem(exercise_file(dose="reps = 5", more="parts = ['One.', 'Two.']"))[0] == "parts"


def test_a_missing_key_is_named(exercise_file):
    """A key that has to be there is named, with what it holds."""
    path = exercise_file()
    path.write_text(path.read_text().replace('name = "Any"\n', ""))
    assert problem(path) == ("name", "nothing", "text of 1 to 80 characters")


def test_an_empty_file_lacks_its_id(tmp_path):
    """An empty file is missing its first key."""
    (tmp_path / "plank.toml").write_bytes(b"")
    assert problem(tmp_path / "plank.toml") == ("id", "nothing", "lower-case letters, digits and hyphens")


def test_an_entry_of_a_list_counts_from_one(routine_file):
    """A wrong step is named as a person counts."""
    path = routine_file(more="[[step]]\nexercise = 'clam'\nrest_after_s = -1")
    assert problem(path, Routine) == ("step 2.rest_after_s", "-1", "a whole number from 0 to 600")
    empty = path.read_text().split("[[step]]")[0]
    path.write_text(empty + "step = []\n")
    assert problem(path, Routine) == ("step", "[]", "1 to 100 entries")


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("id = = 3", "line 1, column 6", "no valid TOML (Invalid value)"),
        ("\n\nid 3", "line 3, column 4", "no valid TOML (Expected '=' after a key in a key/value pair)"),
        ('id = "x', "end of document", "no valid TOML (Unterminated string)"),
        ("day = 2026-02-30", "line 1, column 7", "no valid TOML (Invalid date or datetime)"),
        ("x = " + "[" * 20_000, "", "tables or lists nested too deeply"),
        ("x = " + "[" * 5000 + "]" * 5000, "", "tables or lists nested too deeply"),
        ("a." * 5000 + "b = 1", "", "tables or lists nested too deeply"),
        ("x = " + "9" * 5000, "", "a figure that no number holds"),
    ],
)
def test_what_is_no_toml_is_shown_by_line_and_column(tmp_path, text, place, found):
    """A syntax error has its line and column; what is too deep or too great is said in words."""
    path = tmp_path / "plank.toml"
    path.write_text(text)
    said = problem(path)
    assert said[0] == place
    assert said[1].startswith(found)


@pytest.mark.parametrize(
    ("data", "place", "found"),
    [
        (b"id = 1\n# \xff", "line 2", "byte 0xff"),
        (b"\xef\xbb\xbfid = 1\n# \xfe", "line 2", "byte 0xfe"),
        ("id = 1".encode("utf-16"), "line 1", "byte 0xff"),
    ],
)
def test_what_is_not_utf_8_is_shown_by_line(tmp_path, data, place, found):
    """Text in another encoding is refused with the line and the byte."""
    path = tmp_path / "plank.toml"
    path.write_bytes(data)
    assert problem(path) == (place, found, "text in UTF-8")


def test_a_byte_order_mark_and_foreign_line_ends_are_read(exercise_file):
    """A file written by any editor is read."""
    path = exercise_file()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(path, Exercise).id == "plank"


def test_text_is_cleaned_on_the_way_in(exercise_file):
    """A control character in a file never becomes part of a value."""
    assert read(exercise_file(name="\\u001b[31mRed\\u202e"), Exercise).name == "\ufffd[31mRed\ufffd"


def test_a_file_is_named_after_its_id(exercise_file):
    """An id that is not the file's name is refused, with both."""
    path = exercise_file()
    other = path.rename(path.with_name("bridge.toml"))
    assert problem(other) == ("id", "'plank'", "'bridge', as the file is named; or rename the file")
    assert check(other).id == "plank"


@pytest.mark.parametrize(("size", "fine"), [(MAX_BYTES, True), (MAX_BYTES + 1, False), (MAX_BYTES * 4, False)])
def test_a_file_has_a_greatest_size(exercise_file, size, fine):
    """A file of 256 KB is read, a greater one refused with its size."""
    path = exercise_file()
    text = path.read_text()
    path.write_text(text + "#" * (size - len(text)))
    if fine:
        assert read(path, Exercise).id == "plank"
    else:
        assert problem(path) == ("", f"{size:,} bytes", "262,144 at most")


def test_a_folder_is_no_file(tmp_path):
    """A folder with a file's name is said to be one."""
    (tmp_path / "plank.toml").mkdir()
    assert problem(tmp_path / "plank.toml") == ("", "a folder", "a TOML file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    """A named pipe that nobody writes to is refused at once."""
    os.mkfifo(tmp_path / "plank.toml")
    assert problem(tmp_path / "plank.toml") == ("", "something that is no plain file", "a TOML file")


@pytest.mark.parametrize("name", ["plank.toml", "nul\0.toml", "x" * 300 + ".toml", "\ud800.toml"])
def test_a_missing_file_is_said_to_be_missing(tmp_path, name):
    """A file that is not there, or cannot be, is an error of the library and no other."""
    place, _, allowed = problem(tmp_path / name)
    assert (place, allowed) == ("", "a file that can be read")


def test_check_tells_the_kinds_apart(exercise_file, routine_file):
    """A table with steps is a routine, any other an exercise."""
    assert isinstance(check(exercise_file()), Exercise)
    assert isinstance(check(routine_file()), Routine)


# --- whatever is in a file -----------------------------------------------------------------------

KEYS = [
    *Exercise.__struct_fields__,
    *Routine.__struct_fields__,
    "hold_s",
    "reps",
    "left",
    "move",
    "sources",
    "exercise",
]
keys = st.sampled_from(KEYS) | st.text(max_size=8) | st.just("x` - at `$.dose[...]")
leaves = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.text(max_size=8)
    | st.sampled_from(["plank", "strength", "standing", "own", 10**4200, 2.5, 5])
)
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4))
GOOD = tomli.loads(
    "id='plank'\nname='P'\nkind='strength'\nposition='standing'\npurpose='p'\n[dose]\nhold_s=5\n[dose.source]\n[cues]\n"
)


@given(st.dictionaries(keys, values, max_size=6), st.sampled_from([Exercise, Routine]))
def test_any_table_gives_a_value_or_a_library_error(table, kind):
    """Whatever a table holds, there is a value or an error of the library, with a place that can be shown."""
    for whole in (table, GOOD | table, GOOD | {"dose": {"hold_s": 5} | table}):
        said = []
        try:
            assert isinstance(decode(whole, kind, "own.toml"), kind)
        except LibraryError as error:
            said = error.problems
        assert all(problem.found and problem.allowed for problem in said)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(st.sampled_from("[]{}='\"\\\n.,#ab10-:_ \r\t"), max_size=60).map(str.encode))
def test_any_bytes_give_a_value_or_a_library_error(tmp_path, data):
    """Whatever a file holds, reading it ends in a value or in an error of the library."""
    path = tmp_path / "plank.toml"
    path.write_bytes(data)
    with pytest.raises(LibraryError):
        read(path, Exercise)
