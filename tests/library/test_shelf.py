"""Shipped files and a person's own."""

from __future__ import annotations

import pytest

from trainer.library.errors import LibraryError
from trainer.library.model import Exercise, Routine
from trainer.library.shelf import Library


@pytest.fixture
def library(tmp_path, exercise_file, routine_file):
    """A library of one shipped exercise and routine, and an empty folder of the person's own."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    exercise_file("plank", shipped, name="Shipped")
    routine_file("day", shipped, name="Shipped")
    return Library(own, shipped=shipped)


@pytest.fixture
def own(tmp_path):
    return tmp_path / "own"


def problems(call, *args):
    """The problems that a call raises, in short."""
    with pytest.raises(LibraryError) as caught:
        call(*args)
    return [(problem.place, problem.found, problem.allowed) for problem in caught.value.problems]


def test_a_person_without_files_has_what_ships(library):
    """Without a folder of one's own the shipped files are there."""
    assert [one.name for one in library.exercises()[0]] == ["Shipped"]
    assert [one.name for one in library.routines()[0]] == ["Shipped"]
    assert not library.is_own(library.exercise("plank"))


def test_an_own_file_adds(library, own, exercise_file, routine_file):
    """A file with a new id stands beside what ships."""
    exercise_file("clam", own)
    routine_file("night", own, exercise="clam")
    assert [one.id for one in library.exercises()[0]] == ["clam", "plank"]
    assert [one.id for one in library.routines()[0]] == ["day", "night"]
    assert library.is_own(library.exercise("clam"))


def test_an_own_file_replaces(library, own, exercise_file):
    """A file with a known id takes the place of the shipped one, in routines too."""
    exercise_file("plank", own, name="Mine")
    assert [one.name for one in library.exercises()[0]] == ["Mine"]
    assert library.exercises_of(library.routine("day"))["plank"].name == "Mine"
    assert library.is_own(library.exercise("plank"))


@pytest.mark.parametrize("broken", ["syntax", "folder", "link", "other"])
def test_a_broken_file_never_hides_the_others(library, own, exercise_file, broken):
    """Whatever is wrong with one file, the others are there, and its problem is said."""
    path = exercise_file("clam", own)
    path.unlink()
    if broken == "folder":
        path.mkdir()
    elif broken == "link":
        path.symlink_to(own / "nowhere.toml")
    else:
        path.write_text("id = = 1" if broken == "syntax" else "id = 1")
    found, wrong = library.exercises()
    assert [one.id for one in found] == ["plank"]
    assert {problem.file for problem in wrong} == {str(path)}
    assert len(wrong) <= 4


def test_a_broken_replacement_is_no_reason_to_show_the_shipped_one(library, own, exercise_file):
    """An own file that replaces and cannot be read is an error, not silently the shipped exercise."""
    exercise_file("plank", own, dose="hold_s = 0")
    assert problems(library.exercise, "plank")[0][0] == "dose.hold_s"
    assert library.exercises()[0] == []


def test_files_that_are_no_toml_are_left_alone(library, own, exercise_file):
    """Notes, backups and hidden files in a folder are no exercises."""
    folder = exercise_file("clam", own).parent
    for name in ("readme.md", ".hidden.toml", "clam.toml~"):
        (folder / name).write_text("x")
    assert [one.id for one in library.exercises()[0]] == ["clam", "plank"]


@pytest.mark.parametrize(
    "id",
    ["", ".", "..", "../secret", "/etc/passwd", "a/b", "a\\b", "C:x", "\0", "a\0b", ".hidden", "\ud800", "x" * 5000],
)
def test_an_id_never_leaves_the_folder(library, own, id):
    """An id is a name: whatever would lead elsewhere is simply not there."""
    own.mkdir()
    (own / "secret.toml").write_text("x = 1")
    ((place, found, _),) = problems(library.exercise, id)
    assert (place, found) == ("", "none")


@pytest.mark.parametrize(("id", "meant"), [("plnak", "plank"), ("zzz", ""), ("p" * 5000, "")])
def test_a_near_id_is_suggested(library, id, meant):
    """A misspelt id gets the nearest one, and where all can be seen."""
    with pytest.raises(LibraryError) as caught:
        library.exercise(id)
    (found,) = caught.value.problems
    assert (found.found, found.suggestion) == ("none", meant)
    assert "trainer list" in found.allowed
    assert len(str(found)) < 250


def test_a_file_name_is_cleaned_before_it_is_shown(library, own, exercise_file):
    """A file name that would steer a terminal does not come through in a list of ids."""
    folder = exercise_file("clam", own).parent
    (folder / "\x1b[31m.toml").write_text("x")
    assert "\x1b" not in str(problems(library.exercise, "zzz"))
    assert all("\x1b" not in str(problem) for problem in library.exercises()[1])


@pytest.mark.parametrize(
    ("exercise", "more", "place", "found"),
    [
        ("clam", "", "step 1.exercise", "'clam'"),
        ("plank", "dose = { tempo_s = [1, 1] }", "step 1.dose.tempo_s", "tempo_s beside hold_s"),
        ("plank", "dose = { hold_s = [5, 6], sets = 3 }", "step 1.dose.sets", "3, beside hold_s with 2 figures"),
    ],
)
def test_a_routine_is_checked_against_its_exercises(library, own, routine_file, exercise, more, place, found):
    """A step that names no exercise, or makes its dose contradict itself, is named; other routines are there."""
    routine_file("night", own, exercise=exercise, more=more)
    assert problems(library.routine, "night")[0][:2] == (place, found)
    assert [one.id for one in library.routines()[0]] == ["day"]


def test_a_wrong_step_is_told_with_its_line(library, own, routine_file):
    """What is wrong with a step beside its exercise has the line and column in the routine's file."""
    path = routine_file("night", own, exercise="plnk", more="dose = { hold_s = 5, sets = 3, in_s = 4 }")
    with pytest.raises(LibraryError) as caught:
        library.routine("night")
    assert str(caught.value) == (
        f"{path}:5:12: step 1.exercise: found 'plnk'; allowed: the id of an exercise (trainer list --exercises); "
        "did you mean plank?"
    )
    path.write_text(path.read_text().replace("plnk", "plank"))
    with pytest.raises(LibraryError) as caught:
        Library(own, shipped=own.parent / "shipped").routine("night")
    assert (
        str(caught.value)
        == f"{path}:6:32: step 1.dose.in_s: found in_s beside hold_s; allowed: in_s only beside breaths"
    )


def test_a_broken_exercise_is_told_once_however_often_a_routine_names_it(library, own, exercise_file, routine_file):
    """A routine that names a broken exercise in every step is answered in a few lines."""
    path = exercise_file("clam", own, dose="hold_s = 0")
    routine_file("night", own, exercise="clam", more="[[step]]\nexercise = 'clam'\n" * 99)
    with pytest.raises(LibraryError) as caught:
        library.routine("night")
    step, cause = map(str, caught.value.problems)
    assert "night.toml:5:12: step 1.exercise: found 'clam', whose file has problems" in step
    assert cause.startswith(f"{path}:8:10: dose.hold_s: found 0")


def test_easier_forms_come_along_where_they_can_be_read(library, own, exercise_file, routine_file):
    """A routine's exercises come with their easier forms; one that is missing or broken is left out."""
    exercise_file("plank", own, more="easier = 'knees'")
    exercise_file("clam", own, more="easier = 'nowhere'")
    exercise_file("knees", own)
    routine_file("night", own, more="[[step]]\nexercise = 'clam'")
    assert set(library.exercises_of(library.routine("night"))) == {"plank", "knees", "clam"}


def test_what_ships_can_all_be_read():
    """Every shipped file is there without a problem, and is not the person's own."""
    library = Library()
    for values, wrong in (library.exercises(), library.routines()):
        assert values
        assert not wrong
        assert not any(library.is_own(value) for value in values)
    assert {type(value) for value in (library.exercise("squat"), library.routine("warm-up"))} == {Exercise, Routine}
