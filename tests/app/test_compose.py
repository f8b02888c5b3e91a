"""Composing a routine: what the person presses, sees and finds in the file."""

import errno
import os

import pytest
from textual.widgets import Input

from tests.app.composing import Composing
from trainer.app.choose import ChooseScreen
from trainer.app.compose import ComposeScreen
from trainer.app.compose.dose_form import DoseForm
from trainer.app.compose.forms import NameForm, StepForm
from trainer.app.compose.lists import PickField, PickList, StepList
from trainer.app.home import HomeScreen
from trainer.library.model import Dose, Routine, Step
from trainer.library.reader import read

SIZE = (80, 24)
MINE = """\
#:schema ../schemas/routine.json
# My own.
id = "mine"
name = "Mine"
purpose = "Any."

# the squat
[[step]]
exercise = "squat" # slow

# the dog
[[step]]
exercise = "bird-dog"
[step.dose] # fewer and fewer
reps = [6, 4, 2]
hold_s = 8
"""


@pytest.fixture
def file(coach):
    """Writes a routine of the person's own, and gives its path."""

    def write(text=MINE, id="mine"):
        path = coach.paths.config / "routines" / f"{id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write


@pytest.fixture
async def composing(coach):
    """A composer of a new routine at the usual size."""
    async with coach.app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        yield await Composing(coach, pilot).open()


# --- from nothing to a routine that runs --------------------------------------------------------


async def test_home_opens_the_composer_and_shows_what_it_saved(coach):
    """c composes; after saving, the routine stands under one's own, is chosen, and begins by Enter."""
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
        await pilot.press("c")
        await pilot.pause()
        c = Composing(coach, pilot)
        assert "No exercise yet. Press a" in c.shown()
        await c.add("squat", "cat cow")
        await c.press("w")
        assert isinstance(coach.app.screen, NameForm)
        await c.type("Evening back")
        assert "Will be kept in routines/evening-back.toml" in c.shown()
        await c.press("enter")
        assert "Saved as routines/evening-back.toml." in c.notices()
        await c.press("escape")
        assert isinstance(coach.app.screen, HomeScreen)
        assert coach.app.screen.query_one("#routines").chosen == "evening-back"
        await c.press("enter")
        assert [item.exercise.id for item in coach.guide.plan.items] == ["squat", "cat-cow"]
    value = read(coach.paths.config / "routines/evening-back.toml", Routine)
    assert value.step == [Step("squat"), Step("cat-cow")]
    assert value.purpose == "A routine of my own."
    assert value.group == "own"


async def test_an_exercise_is_found_by_another_name_and_added_behind_the_chosen_step(composing):
    """Enter adds and stays; each goes behind the one before it."""
    c = composing
    await c.add("squat", "bird dog")
    await c.press("up")
    await c.press("a")
    await c.type("side bridge")
    assert c.screen.query_one(PickList).exercise == "side-plank"
    await c.press("enter")
    assert isinstance(c.screen.focused, PickField)
    assert c.ids == ["squat", "side-plank", "bird-dog"]
    await c.press("enter")
    assert c.ids == ["squat", "side-plank", "side-plank", "bird-dog"]
    await c.press("escape")
    assert isinstance(c.screen.focused, StepList)
    assert c.at == 2


async def test_the_next_search_takes_the_place_of_the_last(composing):
    """After an exercise was added, what is typed begins anew."""
    c = composing
    await c.press("a", *"squat", "enter", *"cat", "enter", "enter")
    assert c.ids == ["squat", "cat-cow", "cat-cow"]
    assert c.screen.query_one(PickField).value == "cat"


async def test_the_arrows_go_through_the_exercises_from_the_search(composing):
    """The field keeps the focus; what fits nothing adds nothing."""
    c = composing
    await c.press("a")
    first = c.screen.query_one(PickList).exercise
    await c.press("down", "down", "up")
    second = c.screen.query_one(PickList).exercise
    assert first != second
    await c.press("enter")
    assert c.ids == [second]
    await c.type("no such thing at all")
    assert "Nothing fits." in c.shown()
    await c.press("enter")
    assert c.ids == [second]


async def test_the_whole_time_changes_with_every_edit(composing):
    """Adding, a dose, a rest, removing and undoing each show the new length at once."""
    c = composing
    assert "0 exercises · 0:00" in c.top()
    await c.add("squat")
    assert "1 exercise · 1:01 · not saved" in c.top()
    assert "to 1:01 · 8 repetitions" in c.shown()
    await c.press("r")
    await c.type("40")
    assert "40 s rest; the whole 1:26" in c.shown()
    await c.press("enter")
    assert "1:26" in c.top()
    await c.press("y")
    assert "2 exercises · 2:52" in c.top()
    await c.press("d")
    assert "1 exercise · 1:26" in c.top()
    await c.press("u", "u")
    assert "1 exercise · 1:26" in c.top()
    await c.press("u")
    assert "1 exercise · 1:01" in c.top()


@pytest.mark.parametrize(("up", "down"), [("K", "J"), ("shift+up", "shift+down")])
async def test_steps_are_moved_and_the_choice_goes_along(composing, up, down):
    """At an end nothing happens."""
    c = composing
    await c.add("squat", "bird dog", "cat cow")
    assert (c.ids, c.at) == (["squat", "bird-dog", "cat-cow"], 2)
    await c.press(up)
    assert (c.ids, c.at) == (["squat", "cat-cow", "bird-dog"], 1)
    await c.press(up, up)
    assert (c.ids, c.at) == (["cat-cow", "squat", "bird-dog"], 0)
    await c.press(down, down, down)
    assert (c.ids, c.at) == (["squat", "bird-dog", "cat-cow"], 2)


async def test_everything_can_be_undone_and_redone(composing):
    """u goes back to nothing, U and ctrl+r come forward again, and the choice is where the change was."""
    c = composing
    await c.add("squat", "bird dog", "cat cow")
    await c.press("up", "d")
    assert c.ids == ["squat", "cat-cow"]
    await c.press("u")
    assert (c.ids, c.at) == (["squat", "bird-dog", "cat-cow"], 1)
    await c.press("u", "u", "u", "u")
    assert c.ids == []
    assert not c.screen.unsaved
    await c.press("U", "ctrl+r", "U", "U", "U")
    assert c.ids == ["squat", "cat-cow"]
    assert c.screen.unsaved


# --- forms --------------------------------------------------------------------------------------


async def test_a_dose_is_set_and_seen_at_once(composing):
    """The kinds by the arrows, figures with what is allowed, and the length of step and whole."""
    c = composing
    await c.add("side plank")
    await c.press("enter")
    assert isinstance(c.app.screen, DoseForm)
    assert "Its own dose: 3 repetitions held 10 s each side" in c.shown()
    await c.press("right")
    assert "← Hold →" in c.shown()
    await c.field("hold_s", "0")
    assert "Hold, s: found 0; allowed: a whole number from 1 to 3600" in c.shown()
    await c.press("down", "enter")
    assert isinstance(c.app.screen, DoseForm)
    await c.field("hold_s", "30 20")
    assert "2 sets: 30 s hold, then 20 s hold each side" in c.shown()
    await c.field("rest_s", "x")
    assert "Rest between, s: found 'x'; allowed: a whole number from 0 to 600" in c.said()
    await c.field("rest_s", "")
    before = c.screen.draft
    await c.press("enter")
    assert c.screen.draft.routine.step[0].dose == Dose(hold_s=[30, 20])
    assert c.screen.history.past[-1] == before
    assert "2 sets: 30 s hold, then" in c.shown()


async def test_the_exercises_own_dose_is_one_of_the_choices(composing, file):
    """Choosing it takes the step's dose away."""
    file()
    c = await composing.open("mine")
    await c.press("down", "enter")
    assert c.app.screen.kind == "reps"
    assert c.app.screen.query_one("#ask-reps", Input).value == "6 4 2"
    await c.press("left", "left", "left")
    assert "Its own dose" in c.shown()
    await c.press("enter")
    assert c.screen.draft.routine.step[1].dose is None


async def test_each_kind_keeps_what_was_typed_in_it(composing):
    """Going on through the kinds and back loses nothing."""
    c = composing
    await c.add("squat")
    await c.press("enter", "right")
    await c.field("hold_s", "33")
    await c.press("right", "left")
    assert c.app.screen.query_one("#ask-hold_s", Input).value == "33"
    await c.press("escape")
    assert c.screen.draft.routine.step[0].dose is None


@pytest.mark.parametrize(
    ("kind", "figures", "dose"),
    [
        ("time", {"time_s": "45"}, Dose(time_s=45)),
        ("reps", {"reps": "9", "hold_s": "3", "tempo_s": "1.5 2"}, Dose(reps=9, hold_s=3, tempo_s=(1.5, 2.0))),
        ("pace", {"reps": "9", "sets": "2"}, Dose(reps=9, self_paced=True, sets=2)),
        ("breaths", {"breaths": "4", "in_s": "3", "out_s": ""}, Dose(breaths=4, in_s=3.0)),
        ("open", {"about_s": "90"}, Dose(open=True, about_s=90)),
    ],
)
async def test_every_kind_of_dose_can_be_had(composing, kind, figures, dose):
    """What is typed is what the step names."""
    c = composing
    await c.add("childs pose")
    await c.press("enter")
    while c.app.screen.kind != kind:
        await c.press("right")
    for key, text in figures.items():
        await c.field(key, text)
    await c.press("enter")
    assert c.screen.draft.routine.step[0].dose == dose


async def test_a_look_at_oneself_has_no_other_dose(composing):
    """Its form offers its own alone."""
    c = composing
    await c.add("mirror check")
    await c.press("enter", "right")
    assert c.app.screen.kind == "own"
    await c.press("enter")
    assert c.screen.draft.routine.step[0].dose is None


async def test_rest_reason_and_priority_of_a_step(composing):
    """Blank fields are as usual; what may not be is told, and not taken."""
    c = composing
    await c.add("bird dog")
    await c.press("r")
    assert isinstance(c.app.screen, StepForm)
    for key, text in {"rest_after_s": "601", "why": "It helps.", "priority": "1", "extra_sets": "2"}.items():
        await c.field(key, text)
    assert "Rest after, s: found 601; allowed: a whole number from 0 to 600" in c.shown()
    await c.press("enter")
    assert isinstance(c.app.screen, StepForm)
    await c.field("rest_after_s", "")
    await c.press("enter")
    assert c.screen.draft.routine.step == [Step("bird-dog", why="It helps.", priority=1, extra_sets=2)]


async def test_name_and_purpose(composing):
    """The name's limits are a file's; an id that is taken is said before anything is written."""
    c = composing
    await c.press("n")
    assert "Give it a name, of up to 80 characters." in c.shown()
    await c.type("x" * 81)
    assert "allowed: text of 1 to 80 characters" in c.shown()
    await c.type("Desk break")
    assert "Will be kept in routines/desk-break-2.toml, since desk-break is" in c.shown()
    await c.field("purpose", "To move.")
    await c.field("frequency", "Every hour")
    await c.field("rest_after_s", "5")
    await c.press("enter")
    routine = c.screen.draft.routine
    assert (routine.name, routine.purpose, routine.frequency, routine.rest_after_s) == (
        "Desk break", "To move.", "Every hour", 5,
    )  # fmt: skip
    assert "Desk break" in c.top()


# --- files --------------------------------------------------------------------------------------


async def test_ones_own_routine_is_changed_in_its_file(composing, file):
    """Comments go with their steps, and nothing else changes."""
    path = file()
    c = await composing.open("mine")
    assert "Mine" in c.top()
    await c.press("J")
    await c.press("up", "enter")
    await c.field("hold_s", "9")
    await c.press("enter", "ctrl+s")
    assert "Saved in routines/mine.toml." in c.notices()
    head, squat, dog = MINE.split("\n# the ")
    assert path.read_text() == (head + "\n# the " + dog.replace("hold_s = 8", "hold_s = 9") + "\n# the " + squat)
    assert not c.screen.unsaved


async def test_saving_twice_and_undoing_between_keeps_the_comments(composing, file):
    """What was saved is what the next save goes out from."""
    path = file()
    c = await composing.open("mine")
    await c.press("J", "w")
    assert path.read_text() != MINE
    await c.press("u", "w")
    assert path.read_text() == MINE


async def test_saving_what_was_not_touched_writes_nothing(composing, file):
    """Byte for byte the same, and no backup."""
    path = file(MINE.replace("\n", "\r\n")[:-2])
    before = path.read_bytes()
    c = await composing.open("mine")
    await c.press("w")
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["mine.toml"]


async def test_a_shipped_routine_is_copied(composing, coach):
    """The copy has a name and an id of its own, and says so."""
    c = await composing.open("desk-break")
    assert "Desk break comes with the program. This is a copy of your own." in c.notices()
    assert "My desk break" in c.top()
    await c.press("w")
    value = read(coach.paths.config / "routines/my-desk-break.toml", Routine)
    assert (value.group, value.step[0].exercise) == ("own", "mountain-pose")
    assert [one.name for one in (coach.paths.config / "routines").iterdir()] == ["my-desk-break.toml"]


async def test_a_name_that_is_taken_gets_another_id_and_says_so(composing, file):
    """No file is replaced, not even one that came meanwhile."""
    path = file()
    c = composing
    await c.add("squat")
    await c.press("n")
    await c.type("Mine")
    await c.press("enter", "w")
    assert "Saved as routines/mine-2.toml, since mine is taken." in c.notices()
    assert path.read_text() == MINE
    assert read(path.with_name("mine-2.toml"), Routine).name == "Mine"


async def test_a_file_that_somebody_changed_is_asked_about(composing, file):
    """It is kept unless the person says otherwise; reading it again drops the draft."""
    path = file()
    c = await composing.open("mine")
    await c.press("d")
    path.write_text(MINE.replace('"Mine"', '"Theirs"'))
    await c.press("w")
    assert "The file was changed since it was opened" in c.shown()
    await c.press("g")
    assert c.screen.unsaved
    assert "Theirs" in path.read_text()
    await c.press("w", "f")
    assert "Theirs" in c.top()
    assert c.ids == ["squat", "bird-dog"]
    assert not c.screen.unsaved


async def test_a_file_that_somebody_changed_is_replaced_or_left_by_the_persons_word(composing, file):
    """Save as new leaves it; replacing keeps it as a backup."""
    path = file()
    theirs = MINE.replace('"Mine"', '"Theirs"')
    c = await composing.open("mine")
    await c.press("d")
    path.write_text(theirs)
    await c.press("w", "r")
    assert read(path, Routine).step == [read(path, Routine).step[0]]
    assert path.with_name("mine.toml.bak").read_text() == theirs
    path.write_text(theirs)
    await c.press("y", "w", "n")
    assert path.read_text() == theirs
    assert len(read(path.with_name("mine-2.toml"), Routine).step) == 2


async def test_a_file_that_is_gone_is_written_again(composing, file):
    """After a question."""
    path = file()
    c = await composing.open("mine")
    path.unlink()
    await c.press("y", "w")
    assert "The file is gone" in c.shown()
    await c.press("w")
    assert len(read(path, Routine).step) == 3


ODD = MINE.replace("[step.dose]", '[source]\nrest_after_s = "own"\n[step.dose]')


async def test_comments_that_cannot_be_kept_are_asked_about(composing, file):
    """Nothing is written before the person has chosen; with a changed file both questions are asked."""
    path = file(ODD)
    c = await composing.open("mine")
    await c.press("y", "w")
    assert "Comments of this file cannot be kept" in c.shown()
    await c.press("escape")
    assert path.read_text() == ODD
    path.write_text(ODD + "# more\n")
    await c.press("w")
    assert "The file was changed" in c.shown()
    await c.press("r")
    assert "Comments of this file cannot be kept" in c.shown()
    await c.press("r")
    assert len(read(path, Routine).step) == 3
    assert path.with_name("mine.toml.bak").read_text() == ODD + "# more\n"


async def test_a_broken_file_is_not_opened(coach, file):
    """What is wrong is told, with a way out, and the file stays."""
    path = file('id = "mine"\nname = 5\n')
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        c = await Composing(coach, pilot).open("mine")
        for text in (
            "This routine cannot be opened",
            "found 5; allowed: text of 1 to 80 characters",
            "trainer edit mine opens it in your editor.",
        ):
            assert text in c.said()
        await c.press("enter")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
    assert path.read_text() == 'id = "mine"\nname = 5\n'


async def test_an_id_that_is_not_there_is_told(coach):
    """Nothing is made up."""
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        c = await Composing(coach, pilot).open("../settings")
        assert "This routine cannot be opened" in c.shown()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
async def test_a_disk_that_takes_nothing_leaves_the_draft(composing, coach, monkeypatch, code):
    """What went wrong is said; once there is room, the same key saves."""

    def refused(*_):
        raise OSError(code, os.strerror(code))

    c = composing
    await c.add("squat")
    with monkeypatch.context() as patched:
        patched.setattr("trainer.library.openfolder.OpenFolder.stage", refused)
        await c.press("w")
        await c.type("New")
        await c.press("enter")
        assert "Not saved." in c.notices()
        assert os.strerror(code).lower() in c.notices()
        assert "Your draft stays here." in c.notices()
    assert (c.ids, c.screen.unsaved) == (["squat"], True)
    await c.press("w")
    assert read(coach.paths.config / "routines/new.toml", Routine).step == [Step("squat")]


async def test_a_settings_folder_that_is_a_file_is_said(composing, coach):
    """Nothing is written elsewhere."""
    coach.paths.config.write_text("")
    c = composing
    await c.add("squat")
    await c.press("w")
    await c.type("New")
    await c.press("enter")
    assert "Not saved." in c.notices()
    assert c.screen.unsaved


# --- leaving ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_unsaved_changes_are_asked_about(composing, coach, key):
    """Going on keeps the draft, discarding drops it."""
    c = composing
    await c.add("squat")
    await c.press(key)
    assert isinstance(c.app.screen, ChooseScreen)
    await c.press("g")
    assert c.ids == ["squat"]
    await c.press(key, "d")
    assert not any(isinstance(screen, ComposeScreen) for screen in c.app.screen_stack) or not c.app.is_running
    assert not (coach.paths.config / "routines").exists()


async def test_save_and_leave_is_one_answer(composing, coach):
    """A routine without a name is asked for one on the way; going back from that leaves nothing lost."""
    c = composing
    await c.add("squat")
    await c.press("escape", "s")
    assert isinstance(c.app.screen, NameForm)
    await c.press("escape")
    assert isinstance(c.app.screen, ComposeScreen)
    await c.press("escape", "s")
    await c.type("New")
    await c.press("enter")
    await c.pilot.pause()
    assert isinstance(c.app.screen, HomeScreen)
    assert (coach.paths.config / "routines/new.toml").exists()


async def test_nothing_changed_is_left_without_a_question(composing):
    """Escape leads home."""
    await composing.press("escape")
    await composing.pilot.pause()
    assert isinstance(composing.app.screen, HomeScreen)


async def test_nothing_to_save_is_said(composing, coach):
    """An empty routine is no file."""
    await composing.press("w")
    assert "There is nothing to save yet: press a to add an exercise." in composing.notices()
    assert not coach.paths.config.exists()


# --- mouse, sizes, no colour --------------------------------------------------------------------


async def test_the_mouse_adds_chooses_opens_and_presses_keys(composing):
    """A click adds; the first on a step chooses it, the second opens it; a click on the line of keys presses."""
    c = composing
    await c.pilot.click(PickList, offset=(4, 1))
    await c.pilot.click(PickList, offset=(4, 3))
    await c.pilot.pause()
    assert len(c.ids) == 2
    assert c.at == 1
    await c.pilot.click(StepList, offset=(4, 0))
    await c.pilot.pause()
    assert (c.at, c.app.screen) == (0, c.screen)
    await c.pilot.click(StepList, offset=(4, 1))
    await c.pilot.pause()
    assert isinstance(c.app.screen, DoseForm)
    await c.pilot.click("#kind", offset=(40, 0))
    await c.pilot.pause()
    assert c.app.screen.kind == "hold"
    await c.pilot.click("#kind", offset=(1, 0))
    await c.press("escape")
    at = c.shown().splitlines()[-1].index("Remove")
    await c.pilot.click("KeyBar", offset=(at, 0))
    await c.pilot.pause()
    assert len(c.ids) == 1


async def test_a_narrow_screen_shows_one_side_at_a_time(coach):
    """a shows the exercises, Escape the steps; the whole time is seen on both."""
    async with coach.app.run_test(size=(40, 15), notifications=True) as pilot:
        c = await Composing(coach, pilot).open()
        assert "Search exercises" not in c.shown()
        await c.press("a")
        assert "Search exercises" in c.shown()
        await c.type("squat")
        await c.press("enter")
        assert "1 · 1:01 · not saved" in c.top()
        assert "8 repetitions" in c.shown()
        await c.press("escape")
        assert "to 1:01 · 8 repetitions" in c.shown()
        assert "Nothing needed" not in c.shown()
        await c.press("enter", "right", "right", "right")
        for text in ("Repetitions", "Out and back, s", "This exercise"):
            assert text in c.shown(), text


SIZES = [(80, 24), (120, 40), (200, 50), (40, 15), (30, 8), (20, 5), (10, 3), (2, 2), (1, 1)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_part_at_every_size(coach, size):
    """All of it is painted without a fault, and works by the same keys."""
    async with coach.app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        c = await Composing(coach, pilot).open()
        await c.add("squat", "bird dog")
        await c.press("enter", "right", "right", "right")
        await c.press("escape", "r")
        await c.press("escape", "n")
        await c.press("escape", "question_mark")
        await c.press("question_mark", "escape")
        assert isinstance(c.app.screen, ChooseScreen)
        await c.press("g")
        assert c.ids == ["squat", "bird-dog"]


async def test_without_colour_the_choice_is_still_seen(make_coach, monkeypatch):
    """What is chosen differs by more than colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    coach = make_coach()
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        c = await Composing(coach, pilot).open()
        await c.add("squat", "bird dog")
        strips = c.screen._compositor.render_strips()

        def styles(line):
            return {str(s.style) for s in strips[line] if s.text.strip() and "▊" not in s.text}

        assert styles(1) != styles(3)


# --- pictures -----------------------------------------------------------------------------------


async def two_steps(c):
    await c.open("mine")
    c.screen.query_one(PickField).value = "cat cow"  # so that the picture is not one of the whole library
    await c.press("down")


async def a_dose(c):
    await two_steps(c)
    await c.press("enter", "down")
    await c.field("hold_s", "0")


@pytest.mark.parametrize(("scene", "size"), [(two_steps, SIZE), (a_dose, (40, 15))], ids=["steps", "dose"])
def test_the_screen_looks_as_before(make_coach, snap_compare, scene, size):
    """The picture is the stored one; where the change is meant, `--snapshot-update` stores it anew."""
    coach = make_coach(motion="reduced")
    path = coach.paths.config / "routines" / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text(MINE)
    assert snap_compare(coach.begin(), terminal_size=size, run_before=lambda pilot: scene(Composing(coach, pilot)))
