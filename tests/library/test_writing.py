"""Values as the text of files."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.library.values import exercises, routines
from trainer.library.errors import LibraryError
from trainer.library.model import Dose, Exercise, Routine, Step
from trainer.library.reader import check, decode, parse
from trainer.library.shelf import SHIPPED
from trainer.library.writing import directed, directive, plain, reads_as, renamed, to_toml, undirected

FILES = sorted(path for kind in ("exercises", "routines") for path in (SHIPPED / kind).glob("*.toml"))
TEMPLATES = sorted((SHIPPED.parent / "templates").glob("*.toml"))
ROUTINE = Routine(id="day", name="Day", purpose="Any.", step=[Step(exercise="cat-cow")])


def read(text: str, kind: type[Exercise] | type[Routine]) -> Exercise | Routine:
    return decode(parse(text, "test").table, kind, "test", text=text)


@settings(max_examples=80, deadline=None)
@given(value=st.one_of(exercises, routines))
def test_any_value_reads_back_as_itself(value):
    """What is written for a value is a file that the reader takes, and that holds the value."""
    assert read(to_toml(value), type(value)) == value


@settings(max_examples=60, deadline=None)
@given(value=st.one_of(exercises, routines))
def test_no_text_steers_a_terminal_or_is_very_wide_for_nothing(value):
    """Nothing but line ends and text that can be shown is written."""
    text = to_toml(value)
    assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_reads_back_as_itself(path):
    """Each shipped file's value can be written and read."""
    value = check(path)
    assert read(to_toml(value), type(value)) == value


def test_what_is_as_usual_is_left_out():
    """A small routine is a small file, in the order in which a person writes it."""
    assert to_toml(ROUTINE) == 'id = "day"\nname = "Day"\npurpose = "Any."\n\n[[step]]\nexercise = "cat-cow"\n'


def test_whole_seconds_are_written_whole():
    """A tempo of two seconds is 2, as a person writes it; a fraction stays."""
    step = Step(exercise="squat", dose=Dose(reps=3, tempo_s=(2.0, 1.5)))
    text = to_toml(structs.replace(ROUTINE, step=[step]))
    assert "tempo_s = [2, 1.5]" in text


@pytest.mark.parametrize(
    "changes", [{"rest_after_s": 601}, {"id": "Day"}, {"name": ""}, {"step": []}, {"name": "a\x1b[2J" * 40}]
)
def test_a_value_that_no_file_holds_is_refused(changes):
    """A value that breaks its own type's limits is an error, and no file."""
    with pytest.raises(ValueError, match="no file holds"):
        to_toml(structs.replace(ROUTINE, **changes))


@pytest.mark.parametrize("path", [*FILES, *TEMPLATES], ids=lambda path: path.stem)
def test_a_copy_has_another_id_and_name_and_all_else(path):
    """Under a new id and name every other key and every comment stays; a routine is of one's own group."""
    text = path.read_text("utf-8")
    before = check(path)
    kind = type(before)
    copy = renamed(text, kind, id="copy", name="A “copy”")
    wanted = {"id": "copy", "name": "A “copy”"} | ({"group": "own"} if kind is Routine else {})
    assert read(copy, kind) == structs.replace(before, **wanted)
    assert re.findall(r"#.*", text) == re.findall(r"#.*", copy)[1:]
    assert copy.startswith(directive(kind))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('#:schema ../schemas/routine.json\nid = "a"\n', 'id = "a"\n'),
        ('\ufeff\n\n#:schema https://x/y.json\nid = "a"\n', 'id = "a"\n'),
        ("#:schema", ""),
        ('# note\n#:schema x\nid = "a"\n', '# note\n#:schema x\nid = "a"\n'),
        ("#:schemas\n", "#:schemas\n"),
        ("", ""),
    ],
)
def test_the_line_for_editors(text, left):
    """The first line that names a schema is taken off, and put on once."""
    assert undirected(text) == left
    assert directed(directed(text, Routine), Routine) == directive(Routine) + left


def test_reads_as():
    """A text that is no TOML, or another value, or nested beyond reason, does not read as a value."""
    assert reads_as(to_toml(ROUTINE), ROUTINE)
    for text in (
        "=",
        "id = 1",
        to_toml(structs.replace(ROUTINE, name="Other")),
        "a = " + "[" * 5000,
        "a = " + "9" * 5000,
    ):
        assert not reads_as(text, ROUTINE)


def test_plain_has_no_values_of_ours():
    """A plain table holds only what TOML knows."""
    table = plain(check(SHIPPED / "routines" / "lower-back-list.toml"))
    assert tomli.loads(Path(SHIPPED / "routines" / "lower-back-list.toml").read_text("utf-8")) == table


def test_a_copy_of_a_hostile_text_is_refused_by_the_reader():
    """A copy is only as good as its text; whoever writes it reads it first."""
    with pytest.raises(LibraryError):
        read(renamed('id = "x"\n', Routine, id="y", name="Y"), Routine)
