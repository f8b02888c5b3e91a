"""What the reader says of a file: the place, what stands there, what may."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.library.errors import LibraryError, Problem
from trainer.library.model import Exercise, Routine
from trainer.library.reader import MAX_BYTES, check, decode, kind_of, parse, read

WHOLE = "a whole number from 1 to 3600"
HOLD = f"{WHOLE} or a list, each {WHOLE}"
HUGE = "0x" + "f" * 20_000


def problems(path: Path, kind: type = Exercise) -> list[Problem]:
    """The problems of a file."""
    with pytest.raises(LibraryError) as caught:
        read(path, kind, name="own.toml")
    assert all(one.file == "own.toml" and str(one).startswith("own.toml:") for one in caught.value.problems)
    return list(caught.value.problems)


def problem(path: Path, kind: type = Exercise) -> tuple[str, str, str]:
    """The one problem of a file: place, found, allowed."""
    (found,) = problems(path, kind)
    return found.place, found.found, found.allowed


def told(path: Path, kind: type = Exercise) -> list[str]:
    """The problems of a file as a person reads them."""
    return [str(one) for one in problems(path, kind)]


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
        ("sets = 2", ("dose", "no dose", "one of hold_s, time_s, reps, breaths or open = true")),
    ],
)
def test_a_wrong_figure_is_named(exercise_file, dose, expected):
    """A wrong type, a figure out of range, `true` for a number, NaN and infinity name the key and what is allowed."""
    assert problem(exercise_file(dose=dose)) == expected


@pytest.mark.parametrize(
    ("more", "place", "found", "allowed"),
    [
        ("kind2 = 1", "kind2", "an unknown key", "id, name, kind"),
        ("zzz = 1", "zzz", "an unknown key", "id, name, kind"),
        ("easier = 'A/b'", "easier", "'A/b'", "lower-case letters, digits and hyphens"),
        ("easier = 'plank'", "easier", "'plank'", "another exercise"),
        ("sides = 'two'", "sides", "'two'", "'alternating', 'both', 'none'"),
        ("aliases = 'x'", "aliases", "'x'", "a list, each text of 1 to 80 characters"),
        ("aliases = ['x', 5]", "aliases 2", "5", "text of 1 to 80 characters"),
        ("side_names = { left = 'l', rihgt = 'r' }", "side_names.rihgt", "an unknown key", "left, right"),
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


def test_a_missing_key_is_named(exercise_file):
    """A key that has to be there is named, with what it holds."""
    path = exercise_file()
    path.write_text(path.read_text().replace('name = "Any"\n', ""))
    assert problem(path) == ("name", "nothing", "text of 1 to 80 characters")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"# nothing yet\r\n"])
def test_an_empty_file_lacks_what_it_needs(tmp_path, data):
    """A file that holds nothing is missing each key that has to be there, from its first line on."""
    (tmp_path / "plank.toml").write_bytes(data)
    found = problems(tmp_path / "plank.toml")
    assert [one.place for one in found] == ["id", "name", "kind", "position", "purpose", "dose", "cues"]
    assert {(one.line, one.column, one.found) for one in found} == {(1, 1, "nothing")}


def test_an_entry_of_a_list_counts_from_one(routine_file):
    """A wrong step is named as a person counts."""
    path = routine_file(more="[[step]]\nexercise = 'clam'\nrest_after_s = -1")
    assert problem(path, Routine) == ("step 2.rest_after_s", "-1", "a whole number from 0 to 600")
    empty = path.read_text().split("[[step]]")[0]
    path.write_text(empty + "step = []\n")
    assert problem(path, Routine) == ("step", "[]", "1 to 100 entries")


# --- all at once, each in its place ----------------------------------------------------------------

MANY = """\
id = "plnk"   # the file is called otherwise
"nåme" = "Any"
kind = "strenght"
position = "standing"
aliases = [
  "å", 3,     # one of them is a number
  "",
]
side_names = { left = "l", "up" = "u" }
easier = "Side Plank"

[dose]
hold_s = 0
sets = true
source.hold_s = 5

[cues]
move = "Lift."

[extra]
x = 1
"""


def test_every_problem_is_told_at_once_in_the_order_of_its_lines(tmp_path):
    """A file with many faults names each, with line and column of the key or the value that is meant."""
    path = tmp_path / "plank.toml"
    path.write_text(MANY, "utf-8")
    known = ", ".join(Exercise.__struct_fields__)
    assert told(path) == [
        "own.toml:1:1: name: found nothing; allowed: text of 1 to 80 characters",
        "own.toml:1:1: purpose: found nothing; allowed: text of 1 to 300 characters",
        "own.toml:1:6: id: found 'plnk'; allowed: 'plank', as the file is named; or rename the file",
        f"own.toml:2:1: nåme: found an unknown key; allowed: {known}; did you mean name?",
        "own.toml:3:8: kind: found 'strenght'; allowed: 'aerobic', 'check', 'mobility', 'posture', 'relaxation', "
        "'strength', 'stretch'; did you mean strength?",
        "own.toml:6:8: aliases 2: found 3; allowed: text of 1 to 80 characters",
        "own.toml:7:3: aliases 3: found ''; allowed: text of 1 to 80 characters",
        "own.toml:9:28: side_names.up: found an unknown key; allowed: left, right",
        "own.toml:10:10: easier: found 'Side Plank'; allowed: lower-case letters, digits and hyphens; "
        "did you mean side-plank?",
        f"own.toml:13:10: dose.hold_s: found 0; allowed: {HOLD}",
        "own.toml:14:8: dose.sets: found true; allowed: a whole number from 1 to 20",
        "own.toml:15:17: dose.source.hold_s: found 5; allowed: text of 1 to 80 characters",
        "own.toml:18:8: cues.move: found 'Lift.'; allowed: a list, each text of 1 to 300 characters",
        f"own.toml:20:2: extra: found an unknown key; allowed: {known}",
    ]


STEPS = """\
id = "day"
name = "Any"
purpose = "Any."
step = [{ exercise = "a" }, 5]
"""
TABLES = """\
id = "day"
name = "Any"
purpose = "Any."
[[step]]
exercise = "a"
[step.dose]
reps = [3, 0]
[[step]]
why = "x"
[[ "step" ]]
exercise = "b"
dose.source.repz = "own"
[[level]]
reps = 5
[[level]]
reps = 5
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STEPS, [(4, 29, "step 2")]),
        (
            TABLES,
            [
                (7, 12, "step 1.dose.reps 2"),
                (8, 3, "step 2.exercise"),
                (12, 13, "step 3.dose.source.repz"),
                (15, 3, "level 2"),
            ],
        ),
        (STEPS.replace("\n", "\r\n"), [(4, 29, "step 2")]),
        ("\ufeff" + STEPS, [(4, 29, "step 2")]),
    ],
    ids=["inline", "tables", "foreign line ends", "byte order mark"],
)
def test_a_place_is_found_in_any_form_of_table(tmp_path, text, expected):
    """Inline tables, lists of tables, dotted and quoted keys lead to line and column; what is missing, to its table."""
    path = tmp_path / "day.toml"
    path.write_bytes(text.encode())
    assert [(one.line, one.column, one.place) for one in problems(path, Routine)] == expected


def test_without_a_parser_of_places_the_problem_is_told(exercise_file, monkeypatch):
    """Where the parser that knows places is missing, a problem is told by its key alone."""
    monkeypatch.setitem(sys.modules, "tree_sitter_toml", None)
    assert told(exercise_file(dose="hold_s = 0")) == [f"own.toml: dose.hold_s: found 0; allowed: {HOLD}"]


def test_with_a_parser_of_another_age_the_problem_is_told(exercise_file, monkeypatch):
    """Where the parser does not know the grammar's form, a problem is told by its key alone."""
    import tree_sitter

    def refuse(_):
        raise ValueError("Incompatible Language version 99")

    monkeypatch.setattr(tree_sitter, "Language", refuse)
    assert told(exercise_file(dose="hold_s = 0")) == [f"own.toml: dose.hold_s: found 0; allowed: {HOLD}"]


def test_more_problems_than_anyone_reads_are_counted(exercise_file):
    """After a hundred problems of one file, only the number of the others is told."""
    path = exercise_file(more=f"aliases = [{'0, ' * 20_000}]")
    found = told(path)
    assert len(found) == 101
    assert found[-1] == "own.toml: found 19,900 more problems; allowed: none"


# --- contradictions --------------------------------------------------------------------------------

CHECK = """
[check]
question = "How is it?"
[[check.answer]]
id = "{first}"
text = "Yes"
[[check.answer]]
id = "no"
text = "No"
"""


@pytest.mark.parametrize(
    ("kind", "dose", "more", "check", "expected"),
    [
        ("check", "open = true", "", CHECK.format(first="yes"), []),
        ("strength", "time_s = 40", "parts = ['One.', 'Two.']", "", []),
        ("strength", "reps = 5", "parts = ['One.']", "", [("parts", "parts beside reps")]),
        ("strength", "reps = 5\nhold_s = 3", "parts = ['One.']", "", [("parts", "parts beside reps")]),
        ("strength", "open = true", "parts = ['One.']", "", [("parts", "parts beside open")]),
        ("check", "open = true", "", "", [("check", "nothing")]),
        ("strength", "open = true", "", CHECK.format(first="yes"), [("kind", "'strength' beside check")]),
        ("check", "hold_s = 5", "", CHECK.format(first="yes"), [("dose", "a dose that is not open, beside check")]),
        ("check", "open = true", "", CHECK.format(first="no"), [("check.answer 2.id", "'no' once more")]),
        (
            "strength",
            "hold_s = 5\ntempo_s = [1, 1]\nin_s = 3",
            "",
            "",
            [("dose.tempo_s", "tempo_s beside hold_s"), ("dose.in_s", "in_s beside hold_s")],
        ),
        (
            "strength",
            "hold_s = [5, 6]\nsets = 3\nsource = { hodl_s = 'own' }",
            "easier = 'plank'\nharder = 'plank'",
            "",
            [
                ("easier", "'plank'"),
                ("harder", "'plank'"),
                ("dose.sets", "3, beside hold_s with 2 figures"),
                ("dose.source", "hodl_s"),
            ],
        ),
    ],
)
def test_what_contradicts_itself_is_named(exercise_file, kind, dose, more, check, expected):
    """What each key allows by itself, but not beside another, is named; all of it at once."""
    path = exercise_file(dose=dose, more=more)
    path.write_text(path.read_text().replace('"strength"', f'"{kind}"') + check)
    assert ([(one.place, one.found) for one in problems(path)] if expected else [read(path, Exercise) and ()]) == (
        expected or [()]
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("[[level]]\nreps = 8\nsets = 2\n[[level]]\nreps = 6\nsets = 3", None),
        ("[[level]]\nreps = 8\nsets = 2\n[[level]]\nreps = 8\nsets = 2", "level 2"),
        ("[[level]]\nreps = 8\n[[level]]\nreps = 6", "level 2"),
        ("[[level]]\nreps = 8\nsource = { rest = 'own' }", "level 1.source.rest"),
        ("dose = { source = { hodl_s = 'own' } }", "step 1.dose.source.hodl_s"),
    ],
)
def test_levels_go_up_and_sources_name_figures(routine_file, more, expected):
    """A level is more than the one before; a source is of a figure that is there."""
    path = routine_file(more=more)
    if expected is None:
        assert len(read(path, Routine).level) == 2
    else:
        assert problem(path, Routine)[0] == expected


def test_a_file_of_the_other_kind_is_said_to_be_one(exercise_file, routine_file):
    """A routine among the exercises is told as such, instead of by its keys one by one."""
    assert problem(routine_file(), Exercise) == ("", "a routine", "an exercise; routines lie in the folder routines")
    assert problem(exercise_file(), Routine)[1] == "an exercise"


# --- what is no TOML -------------------------------------------------------------------------------

DEEP = "tables or lists nested too deeply"


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        pytest.param("id = = 3", 1, 6, "no valid TOML: no value that can be read: = 3", id="value"),
        pytest.param("\n\nid 3", 3, 4, "no valid TOML: a key without = behind it", id="no equals"),
        pytest.param('a = 1\nid = "x', 2, 8, "no valid TOML: a text without its closing quote", id="open text"),
        pytest.param("day = 2026-02-30", 1, 7, "no valid TOML: Invalid date or datetime", id="no such day"),
        pytest.param(
            "id = 'a'\nid = 'b'", 2, 9, "no valid TOML: id a second time; it stands in line 1 already", id="twice"
        ),
        pytest.param("'ä' = = 1", 1, 7, "no valid TOML: no value that can be read: = 1", id="characters, not bytes"),
        pytest.param("x = " + "[" * 20_000, None, None, DEEP, id="deep"),
        pytest.param("x = " + "[" * 5000 + "]" * 5000, None, None, DEEP, id="deep and closed"),
        pytest.param("a." * 3000 + "b = 1", None, None, DEEP, id="dotted"),
        pytest.param("\n\n" + "a." * 5000 + "b = 1", 3, None, "a key of too many parts", id="huge dotted"),
        pytest.param("\nx = " + "9" * 5000, 2, None, "a figure that no number holds", id="figure"),
    ],
)
def test_what_is_no_toml_is_shown_by_line_and_column(tmp_path, text, line, column, found):
    """A syntax error has its line and column; what is too deep or too great is said in words."""
    path = tmp_path / "plank.toml"
    path.write_text(text, "utf-8")
    (said,) = problems(path)
    assert (said.line, said.column, said.place) == (line, column, "")
    assert said.found.startswith(found)


@pytest.mark.parametrize(
    ("data", "line", "column", "found"),
    [
        (b"id = 1\n# \xff", 2, 3, "byte 0xff"),
        (b"\xef\xbb\xbfid = 1\n# \xfe", 2, 3, "byte 0xfe"),
        ("# é".encode() + b"\xfe", 1, 4, "byte 0xfe"),
        ("id = 1".encode("utf-16"), 1, 1, "byte 0xff"),
    ],
)
def test_what_is_not_utf_8_is_shown_by_line_and_column(tmp_path, data, line, column, found):
    """Text in another encoding is refused with the place and the byte."""
    path = tmp_path / "plank.toml"
    path.write_bytes(data)
    assert told(path) == [f"own.toml:{line}:{column}: found {found}; allowed: text in UTF-8"]


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
    spaced = other.rename(path.with_name("Big Plank.toml"))
    assert problem(spaced) == ("id", "'plank'", "a file called plank.toml")


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
            assert said
        assert all(problem.found and problem.allowed for problem in said)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(st.sampled_from("[]{}='\"\\\n.,#ab10-:_ \r\t"), max_size=60).map(str.encode))
def test_any_bytes_give_a_value_or_a_library_error(tmp_path, data):
    """Whatever a file holds, reading it ends in a value or in an error of the library."""
    path = tmp_path / "plank.toml"
    path.write_bytes(data)
    with pytest.raises(LibraryError):
        read(path, Exercise)


@pytest.mark.parametrize(
    ("text", "line", "found", "allowed"),
    [
        pytest.param('a = "x\nb = 1', 1, "a text without its closing quote", "a quote at each end", id="no end quote"),
        pytest.param('a = x"', 1, 'no value that can be read: x"', "text in quotes", id="no first quote"),
        pytest.param("a = squat", 1, "no value that can be read: squat", "text in quotes", id="no quotes"),
        pytest.param("a =", 1, "no value", "text in quotes", id="nothing"),
        pytest.param("a = “x”", 1, "curly quotation marks", "straight ones", id="curly"),
        pytest.param("a = 20s", 1, "more behind the value: s", "a figure stands without its unit", id="unit"),
        pytest.param('a = ["x" "y"]', 1, "a list that lacks a comma, a quote or its end", "commas between", id="comma"),
        pytest.param("a = { b = 1 c = 2 }", 1, "a table that lacks a comma, or its end", "commas between", id="inline"),
        pytest.param(
            "a = 1\nb = 2\na = 3", 3, "a a second time; it stands in line 1 already", "each key once", id="twice"
        ),
        pytest.param(
            "a = 1\n[t]\nb = 1\n[u]\nb = 2\nb = 3", 6, "it stands in line 5 already", "each key once", id="here"
        ),
        pytest.param("[step]\na = 1\n[step]", 3, "[step] a second time", "[[step]]", id="one bracket"),
        pytest.param("a = 3,5", 1, "more behind the value: ,5", "a point in a figure", id="comma in a figure"),
        pytest.param('a = "a "good" one"', 1, "more behind the value", "none of its own quotes", id="quotes within"),
        pytest.param(
            'a = ["x, "y"]', 1, "a list that lacks a comma, a quote or its end", "commas between", id="list quote"
        ),
        pytest.param("[cues\na = 1", 1, "a bracket that is not closed", "[table]", id="open header"),
        pytest.param(
            "[[step]]\na=1\n[dose]\nb=1\n[[step]]\n[dose]", 6, "[dose] a second time", "[step.dose]", id="dose"
        ),
        pytest.param(
            "[step]\na = 1\n[[step]]\na = 2", 3, "[step] in line 1, and [[step]] here", "[[step]] each", id="first"
        ),
        pytest.param(
            "[[steps]]\n[step.dose]\n[[steps]]\n[step.dose]", 4, "[step.dose] a second", "not [[steps]]", id="steps"
        ),
        pytest.param("= 1", 1, "a line that begins with neither a key nor a bracket", "key = value", id="line"),
    ],
)
def test_a_slip_is_told_in_plain_words(text, line, found, allowed):
    """Who does not know TOML learns what to mend: quotes, commas, units, brackets, a key that is there twice."""
    with pytest.raises(LibraryError) as raised:
        parse(text, "own.toml")
    (problem,) = raised.value.problems
    assert problem.line == line
    assert problem.found.startswith("no valid TOML: ")
    assert found in problem.found
    assert allowed in problem.allowed


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        (Routine, '[[step]]\nexercise = "squat"\n[dose]\nreps = 3', "[step.dose]"),
        (Routine, 'why = "x"', "why below a [[step]]"),
        (Routine, '[[step]]\nexercise = "squat"\nnotes = ["x"]', "notes above the first [[step]]"),
        (Routine, '[[step]]\nexercise = "squat"\nhold_s = 3', "hold_s below [step.dose]"),
        (Routine, '[[step]]\nexercise = "squat"\n[step.dose]\nreps = 3\npriority = 2', "priority above [step.dose]"),
        (Routine, '[[step]]\nexercise = "squat"\n[step.dose]\nreps = 3\nnotes = []', "notes above the first [[step]]"),
        (Routine, '[[step]]\nexercise = "squat"\n[[step.dose]]\nreps = 3', "[step.dose] in single brackets"),
        (Exercise, "[step.dose]\nreps = 3", "[dose]"),
        (Exercise, "[dose]\nreps = 3\nequipment = []", "equipment above [dose]"),
        (Exercise, "reps = 3", "reps below [dose]"),
        (Exercise, 'set_up = ["x"]', "set_up below [cues]"),
    ],
)
def test_a_key_in_the_wrong_place_is_told_its_place(kind, text, meant):
    """A key that is right elsewhere in the file is no mere unknown key."""
    with pytest.raises(LibraryError) as raised:
        decode(parse(text, "own").table, kind, "own")
    assert meant in [problem.suggestion for problem in raised.value.problems]


def test_a_routine_without_steps_is_told_how_one_begins():
    """What has neither steps nor anything of an exercise is a routine, and its steps are missing."""
    table = parse('id = "own"\nname = "Own"\npurpose = "Any."', "own").table
    assert kind_of(table) is Routine
    with pytest.raises(LibraryError) as raised:
        decode(table, Routine, "own")
    (problem,) = raised.value.problems
    assert (problem.place, problem.found) == ("step", "nothing")
    assert problem.allowed.startswith("[[step]], a list")
