"""The library laid out and searched."""

from __future__ import annotations

from trainer.catalog import Catalog
from trainer.library.query import read
from trainer.library.shelf import Library
from trainer.library.sources import shelf

ROUTINE = 'id = "{id}"\nname = "N"\npurpose = "P"\n[[step]]\nexercise = "{exercise}"\n'


def catalog(folder, **routines):
    (folder / "routines").mkdir()
    for id, exercise in routines.items():
        (folder / "routines" / f"{id}.toml").write_text(ROUTINE.format(id=id, exercise=exercise))
    return Catalog(Library(folder))


def test_routines_stand_by_group_then_by_shelf_then_by_id():
    """What follows the articles comes first in its group."""
    shelves = ("articles", "public bodies", "own")
    groups = ("at the desk", "before a workout", "back", "hips", "checks", "own")
    order = [(groups.index(r.group), shelves.index(shelf(r.sources)), r.id) for r in Catalog(Library()).headings]
    assert order == sorted(order)
    assert order[0][2] == "desk-break"


def test_headings_are_read_without_an_exercise(monkeypatch):
    """A list can be painted before any exercise is read."""

    def never(self, id):
        raise AssertionError(id)

    monkeypatch.setattr(Library, "exercise", never)
    assert len(Catalog(Library()).headings) > 10


def test_every_heading_is_laid_out_in_the_same_place():
    made = Catalog(Library())
    assert list(made.routines) == [one.id for one in made.headings]
    assert not made.problems


def test_a_routine_whose_exercise_is_missing_is_a_heading_and_then_a_problem(tmp_path):
    """It is told once, however often it is asked for, and hides nothing else."""
    made = catalog(tmp_path, mine="squat", wrong="squatt")
    assert {"mine", "wrong"} <= {one.id for one in made.headings}
    assert "mine" in made.routines
    assert "wrong" not in made.routines
    made.search(read("squat"))
    assert ["step 1.exercise" in str(one) for one in made.problems] == [True]


def test_an_exercise_is_laid_out_alone_and_knows_where_it_is_used(tmp_path):
    made = catalog(tmp_path, mine="clam")
    assert {step.item.exercise.id for step in made.exercises["clam"].steps} == {"clam"}
    assert [one.id for one in made.using("clam")] == ["uneven-hips", "mine"]


def test_a_search_gives_plans_and_says_what_it_could_not_ask():
    found = Catalog(Library()).search(read("clam floor:maybe"))
    assert [one.routine.id for one in found.routines] == ["uneven-hips"]
    assert [one.routine.id for one in found.exercises] == ["banded-clam", "clam"]
    assert [one.key for one in found.complaints] == ["floor"]


def test_every_routine_and_exercise_is_found_by_its_own_id():
    """By the id as words, among whatever else fits."""
    made = Catalog(Library())
    for one in made.entries:
        found = made.search(read(one.id))
        assert one.id in [plan.routine.id for plan in (*found.routines, *found.exercises)]
