"""A routine of the person's own is opened, and goes back into its file, or the file stays as it was."""

from __future__ import annotations

import errno
import os
import sys

import pytest
from msgspec import structs

from trainer.library.change import NotWritten
from trainer.library.errors import LibraryError
from trainer.library.folder import OwnFolder
from trainer.library.model import Dose, Routine, Step
from trainer.library.opened import ChangedMeanwhile, created, free_id, opened, saved
from trainer.library.reader import read
from trainer.library.shelf import Library
from trainer.library.tables import CannotKeep

TEXT = """\
# mine
id = "mine"
name = "Mine"
purpose = "Any."

# the squat
[[step]]
exercise = "squat" # slow

[[step]]
exercise = "cat-cow"
"""
ODD = TEXT[: TEXT.index('\n[[step]]\nexercise = "cat')] + '[source]\nfrequency = "own"\n[step.dose]\nreps = 3\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "routines").mkdir()
    return OwnFolder(tmp_path)


@pytest.fixture
def open_(folder):
    """Writes a text as `mine`, and opens it."""

    def write(text=TEXT):
        folder.path(Routine, "mine").write_bytes(text if isinstance(text, bytes) else text.encode())
        return opened(Library(folder.root), folder, "mine")

    return write


def content(folder, id="mine"):
    return folder.path(Routine, id).read_bytes().decode()


def files(folder):
    return sorted(str(path.relative_to(folder.root)) for path in folder.root.rglob("*") if path.is_file())


def test_an_untouched_routine_leaves_its_file_alone(folder, open_):
    """Nothing is written, and no backup made."""
    before = open_()
    stamp = folder.path(Routine, "mine").stat()
    assert saved(folder, before, before.routine, [0, 1]) == before
    assert folder.path(Routine, "mine").stat() == stamp
    assert files(folder) == ["routines/mine.toml"]


def test_a_change_is_written_and_what_was_there_kept_beside(folder, open_):
    """The file reads as the routine, its comments are there, and the old one is its backup."""
    before = open_("\ufeff" + TEXT)
    steps = [before.routine.step[1], structs.replace(before.routine.step[0], rest_after_s=5)]
    routine = structs.replace(before.routine, step=steps)
    after = saved(folder, before, routine, [1, 0])
    assert read(folder.path(Routine, "mine"), Routine) == routine == after.routine
    assert content(folder).startswith("\ufeff# mine\n")
    assert content(folder).endswith('# the squat\n[[step]]\nexercise = "squat" # slow\nrest_after_s = 5\n')
    assert files(folder) == ["routines/mine.toml", "routines/mine.toml.bak"]
    assert (folder.root / "routines/mine.toml.bak").read_text("utf-8") == "\ufeff" + TEXT
    # And once more, from what was written.
    again = saved(folder, after, structs.replace(routine, name="New"), [0, 1])
    assert content(folder).count("\n") == after.data.decode().count("\n")
    assert again.routine.name == "New"


def test_a_file_that_was_changed_meanwhile_is_not_replaced(folder, open_):
    """Somebody's editor was quicker; with the person's word it is replaced, and kept beside."""
    before = open_()
    folder.path(Routine, "mine").write_text(TEXT + "# more\n")
    routine = structs.replace(before.routine, name="New")
    with pytest.raises(ChangedMeanwhile) as changed:
        saved(folder, before, routine, [0, 1])
    assert changed.value.there
    assert content(folder) == TEXT + "# more\n"
    saved(folder, before, routine, [0, 1], whatever_is_there=True)
    assert content(folder) == TEXT.replace('"Mine"', '"New"')
    assert (folder.root / "routines/mine.toml.bak").read_text() == TEXT + "# more\n"


def test_a_file_that_is_gone_is_written_again_only_with_a_word(folder, open_):
    """Its loss is said."""
    before = open_()
    folder.path(Routine, "mine").unlink()
    with pytest.raises(ChangedMeanwhile) as changed:
        saved(folder, before, before.routine, [0, 1])
    assert not changed.value.there
    saved(folder, before, before.routine, [0, 1], whatever_is_there=True)
    assert content(folder) == TEXT


def test_a_layout_that_cannot_be_followed_is_left_until_the_person_agrees(folder, open_):
    """Written anew, it says the same without its comments."""
    before = open_(ODD)
    routine = structs.replace(before.routine, step=[*before.routine.step, Step(exercise="cat-cow")])
    with pytest.raises(CannotKeep):
        saved(folder, before, routine, [0, None])
    assert content(folder) == ODD
    saved(folder, before, routine, [0, None], rewrite=True)
    assert read(folder.path(Routine, "mine"), Routine) == routine
    assert content(folder).startswith("#:schema ")
    assert (folder.root / "routines/mine.toml.bak").read_text() == ODD


def test_a_result_that_does_not_read_back_is_not_written(folder, open_, monkeypatch):
    """Whatever went wrong in the text, the file stays."""
    before = open_()
    routine = structs.replace(before.routine, name="New")
    for wrong in (TEXT, "id = ", TEXT.replace("squat", "plank")):
        monkeypatch.setattr("trainer.library.opened.edited", lambda *_, wrong=wrong: wrong)
        with pytest.raises(CannotKeep):
            saved(folder, before, routine, [0, 1])
    assert content(folder) == TEXT
    assert files(folder) == ["routines/mine.toml"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("id = ", "no valid TOML"),
        (TEXT.replace("squat", "sqat"), "'sqat'"),
        (TEXT + "[step.dose]\nhold_s = 0\n", "found 0"),
        (TEXT.replace('"mine"', '"other"'), "'other'"),
        (b'name = "\xff"', "byte 0xff"),
    ],
)
def test_a_broken_file_is_not_opened(open_, text, found):
    """The reader's problems are the answer."""
    with pytest.raises(LibraryError, match=found):
        open_(text)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_not_followed(folder, tmp_path_factory):
    """What it leads to is neither opened nor written."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "mine.toml"
    elsewhere.write_text(TEXT)
    folder.path(Routine, "mine").symlink_to(elsewhere)
    with pytest.raises(LibraryError, match="a link"):
        opened(Library(folder.root), folder, "mine")
    new = Routine(id="mine", name="M", purpose="p", step=[Step(exercise="squat")])
    with pytest.raises(LibraryError):
        created(folder, new)
    assert elsewhere.read_text() == TEXT


def test_a_new_file_is_tidy_and_read_back(folder):
    """It names its schema, and leaves out what is as usual."""
    routine = Routine(id="new", name="New", purpose="p", step=[Step(exercise="squat"), Step("cat-cow", Dose(reps=3))])
    assert created(folder, routine).routine == routine == read(folder.path(Routine, "new"), Routine)
    first, rest = content(folder, "new").split("\n", 1)
    assert first == "#:schema ../schemas/routine.json"
    assert rest == (
        'id = "new"\nname = "New"\npurpose = "p"\n\n[[step]]\nexercise = "squat"\n\n'
        '[[step]]\nexercise = "cat-cow"\n\n[step.dose]\nreps = 3\n'
    )


def test_a_new_file_replaces_none(folder, open_):
    """Not even one that came there meanwhile."""
    open_()
    with pytest.raises(LibraryError, match="there already"):
        created(folder, Routine(id="mine", name="M", purpose="p", step=[Step(exercise="squat")]))
    assert content(folder) == TEXT


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_system_that_does_not_take_it_is_said(folder, open_, monkeypatch, code):
    """A full or read-only disk leaves the file as it was."""
    before = open_()

    def refused(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("trainer.library.openfolder.OpenFolder.stage", refused)
    with pytest.raises(NotWritten, match=os.strerror(code).lower()):
        saved(folder, before, structs.replace(before.routine, name="New"), [0, 1])
    with pytest.raises(NotWritten):
        created(folder, structs.replace(before.routine, id="other"))
    assert content(folder) == TEXT
    assert files(folder) == ["routines/mine.toml"]


@pytest.mark.parametrize(
    ("name", "id", "wanted"),
    [
        ("Evening back", "evening-back", "evening-back"),
        ("Mine", "mine-2", "mine"),
        ("Desk break", "desk-break-2", "desk-break"),
        ("Bird dog", "bird-dog-2", "bird-dog"),
        ("Übung für Zuhause", "ubung-fur-zuhause", "ubung-fur-zuhause"),
        ("夜", "routine", "routine"),
        ("../../etc", "etc", "etc"),
        ("con", "con-2", "con"),
        ("x" * 80, "x" * 64, "x" * 64),
    ],
)
def test_an_id_comes_from_the_name_and_is_nobody_elses(folder, open_, name, id, wanted):
    """Shipped ones, own ones and exercises count."""
    open_()
    assert free_id(Library(folder.root), name) == (id, wanted)
