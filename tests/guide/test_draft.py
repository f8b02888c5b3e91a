"""A routine while it is put together: whatever is done to it, it can be saved, and everything can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from trainer.guide.dosing import FORMS, kind_of, override, texts, typed
from trainer.guide.draft import MOST_STEPS, PURPOSE, Draft, History, Refused, begun, blank, lengths
from trainer.guide.plan import plan
from trainer.library.model import Dose, Routine, Step
from trainer.library.reader import decode, parse
from trainer.library.shelf import Library
from trainer.library.writing import to_toml

LIBRARY = Library()
EXERCISES = {one.id: one for one in LIBRARY.exercises()[0]}
IDS = sorted(EXERCISES)
PLANK, DOG, CHECK = EXERCISES["forearm-plank"], EXERCISES["bird-dog"], EXERCISES["mirror-check"]


def draft(*exercises: str) -> History:
    return begun(Routine(id="mine", name="Mine", purpose="p", step=[Step(exercise=one) for one in exercises]))


def order(value: Draft) -> list[tuple[int, str]]:
    return list(zip(value.keys, (step.exercise for step in value.routine.step), strict=True))


# --- single edits -------------------------------------------------------------------------------


def test_a_step_is_added_behind_the_chosen_one():
    """-1 puts it first; each has a key of its own."""
    history = draft("bird-dog", "squat").added("cat-cow", 0).added("childs-pose", -1)
    assert order(history.draft) == [(3, "childs-pose"), (0, "bird-dog"), (2, "cat-cow"), (1, "squat")]


@pytest.mark.parametrize(
    ("index", "by", "keys"),
    [(0, 1, (1, 0, 2)), (2, -1, (0, 2, 1)), (0, -1, (0, 1, 2)), (2, 1, (0, 1, 2)), (0, 9, (1, 2, 0))],
)
def test_a_step_moves_as_far_as_there_is_room(index, by, keys):
    """At an end it stays, and nothing is to be undone."""
    history = draft("bird-dog", "squat", "cat-cow")
    moved = history.changed(history.draft.moved(index, by))
    assert moved.draft.keys == keys
    assert bool(moved.past) == (keys != (0, 1, 2))


def test_a_step_twice_is_the_same_with_a_key_of_its_own():
    """Its dose comes along."""
    history = draft("bird-dog")
    history = history.changed(history.draft.with_dose(0, Dose(sets=3), DOG)).duplicated(0)
    assert history.draft.routine.step == [Step("bird-dog", dose=Dose(sets=3))] * 2
    assert history.draft.keys == (0, 1)


def test_a_key_is_never_given_twice():
    """Not even to a step that is added after an undo: comments of the first must not go to the second."""
    history = draft("bird-dog").added("squat", 0)
    first = history.draft.keys[1]
    assert history.undone().added("squat", 0).draft.keys[1] != first


@pytest.mark.parametrize(
    ("dose", "found", "allowed"),
    [
        (Dose(hold_s=0), "0", "1 to 3600"),
        (Dose(hold_s=10**9), "1000000000", "1 to 3600"),
        (Dose(sets=21), "21", "1 to 20"),
        (Dose(tempo_s=(1.0, 1.0)), "tempo_s beside hold_s", "only beside reps"),
        (Dose(hold_s=[1, 2], sets=3), "3", "2"),
    ],
)
def test_a_dose_that_no_file_may_hold_is_refused(dose, found, allowed):
    """What was found and what is allowed are said, and the draft is as it was."""
    history = draft("forearm-plank")
    with pytest.raises(Refused) as refused:
        history.draft.with_dose(0, dose, PLANK)
    assert found in refused.value.fault.found
    assert allowed in refused.value.fault.allowed


def test_a_look_at_oneself_keeps_its_own_dose():
    """It lasts until the question is answered."""
    history = draft(CHECK.id)
    with pytest.raises(Refused, match="self-check"):
        history.draft.with_dose(0, Dose(hold_s=5), CHECK)
    assert history.draft.with_dose(0, None, CHECK) == history.draft


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.with_step(0, rest_after_s=601),
        lambda d: d.with_step(0, why=""),
        lambda d: d.with_step(0, priority=6),
        lambda d: d.with_words(name=""),
        lambda d: d.with_words(name="x" * 81),
        lambda d: d.with_words(frequency="x" * 301),
        lambda d: d.with_words(rest_after_s=-1),
    ],
)
def test_figures_and_words_have_the_limits_of_files(change):
    """What a reader would refuse is refused at once."""
    with pytest.raises(Refused, match=r"found .*; allowed: "):
        change(draft("bird-dog").draft)


def test_a_routine_holds_a_hundred_exercises():
    """One more is refused."""
    history = draft(*["squat"] * MOST_STEPS)
    for edit in (lambda: history.added("squat", 0), lambda: history.duplicated(0)):
        with pytest.raises(Refused, match="100 at most"):
            edit()


def test_words_are_cleaned_on_their_way_in():
    """What a reader would replace is replaced before it is written."""
    assert draft("squat").draft.with_words(name="a\x1b[31m\u202eb\nc").routine.name == "a\ufffd[31m\ufffdb c"


def test_a_source_goes_with_the_figure_that_it_was_of():
    """A frequency of one's own is not the source's any more."""
    routine = LIBRARY.routine("desk-break")
    assert routine.source["frequency"] == "relief"
    changed = begun(routine).draft.with_words(frequency="Twice a day", name=routine.name).routine
    assert changed.source == {"rest_after_s": "own"}
    assert (routine.times_a_week, changed.times_a_week) == (5, None)


def test_nothing_yet_is_a_draft_too():
    """It has no length, and takes a first step."""
    history = blank()
    assert lengths(history.draft, EXERCISES).total_ms == 0
    assert [step.exercise for step in history.added("squat", -1).draft.routine.step] == ["squat"]


@pytest.mark.parametrize("id", LIBRARY.ids(Routine))
def test_the_length_is_that_of_the_guide(id):
    """The whole is the plan's, and ends when its last step does."""
    routine = LIBRARY.routine(id)
    laid = lengths(begun(routine).draft, EXERCISES)
    assert laid.total_ms == plan(routine, EXERCISES).reckoned_ms == laid.until_ms[-1]
    assert list(laid.until_ms) == sorted(set(laid.until_ms))
    assert len(laid.until_ms) == len(routine.step)


# --- a dose as it is typed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "given", "label", "found", "allowed"),
    [
        ("hold", {"hold_s": "0"}, "Hold, s", "0", "a whole number from 1 to 3600"),
        ("hold", {"hold_s": ""}, "Hold, s", "nothing", "a whole number from 1 to 3600"),
        ("hold", {"hold_s": "nan"}, "Hold, s", "'nan'", "a whole number from 1 to 3600"),
        ("hold", {"hold_s": "1e3"}, "Hold, s", "'1e3'", "a whole number from 1 to 3600"),
        ("hold", {"hold_s": "²"}, "Hold, s", "'²'", "a whole number from 1 to 3600"),
        ("hold", {"hold_s": "5", "sets": "2 3"}, "Sets", "'2 3'", "a whole number from 1 to 20"),
        ("hold", {"hold_s": "5", "rest_s": "601"}, "Rest between, s", "601", "a whole number from 0 to 600"),
        ("time", {"time_s": "3601"}, "Time, s", "3601", "a whole number from 1 to 3600"),
        ("reps", {"reps": "6 4 0"}, "Repetitions", "0", "a whole number from 1 to 200"),
        ("reps", {"reps": "6 4", "sets": "3"}, "Sets", "3, beside reps with 2 figures", "2, or nothing"),
        ("reps", {"reps": "5", "tempo_s": "0 0.5"}, "Out and back, s", "less than a second", "at least one second"),
        ("reps", {"reps": "5", "tempo_s": "61 1"}, "Out and back, s", "61", "a number from 0 to 60"),
        ("pace", {"reps": "201"}, "Repetitions", "201", "a whole number from 1 to 200"),
        ("breaths", {"breaths": "2.5"}, "Breaths", "2.5", "a whole number from 1 to 200"),
        ("breaths", {"breaths": "2", "in_s": "0", "out_s": "0"}, "In, s", "less than a second", "at least one second"),
        ("open", {"about_s": "-1"}, "About, s", "-1", "a whole number from 1 to 3600"),
    ],
)
def test_a_figure_that_may_not_be_is_told_with_what_may(kind, given, label, found, allowed):
    """The field, what was found, and what is allowed."""
    dose, (wrong, *_) = typed(kind, given)
    assert dose is None
    assert wrong.label == label
    assert wrong.found.startswith(found)
    assert wrong.allowed.startswith(allowed)


def test_every_field_that_is_wrong_is_told():
    """Not the first alone."""
    _, wrong = typed("hold", {"hold_s": "x", "sets": "0", "rest_s": "-1"})
    assert [one.label for one in wrong] == ["Hold, s", "Sets", "Rest between, s"]


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=IDS)
def test_a_form_shows_the_dose_that_it_was_opened_on(exercise):
    """Taking it as it stands changes nothing."""
    kind = kind_of(exercise.dose)
    dose, wrong = typed(kind, texts(exercise.dose, kind))
    assert not wrong
    assert override(exercise.dose, None, dose) is None


@pytest.mark.parametrize("kind", FORMS)
def test_another_kind_begins_with_figures_that_may_be(kind):
    """A change of kind alone is a dose already."""
    dose, wrong = typed(kind, texts(DOG.dose, kind))
    assert not wrong
    assert kind_of(dose) == kind


OLD = Dose(reps=6, hold_s=8, sets=2, says="six", source={"reps": "relief", "hold_s": "own", "sets": "relief"})


@pytest.mark.parametrize(
    ("base", "old", "wanted", "named"),
    [
        (Dose(hold_s=20), None, Dose(hold_s=20, sets=1, rest_s=20), None),
        (Dose(hold_s=20), Dose(hold_s=30), Dose(hold_s=20), None),
        (Dose(hold_s=20), None, Dose(hold_s=20, sets=3), Dose(sets=3)),
        (Dose(hold_s=20, sets=3), None, Dose(hold_s=20), Dose(sets=1)),
        (Dose(hold_s=20), Dose(sets=3), Dose(hold_s=20, sets=3, rest_s=30), Dose(sets=3, rest_s=30)),
        (Dose(hold_s=20, rest_s=30, sets=2), None, Dose(hold_s=20, sets=2), Dose(rest_s=20)),
        (Dose(reps=8), None, Dose(reps=8, tempo_s=(1.0, 1.0)), Dose(tempo_s=(1.0, 1.0))),
        (Dose(reps=8, tempo_s=(3.0, 2.0)), None, Dose(reps=8, self_paced=True), Dose(reps=8, self_paced=True)),
        (Dose(reps=8, hold_s=5), None, Dose(reps=8), Dose(reps=8)),
        (Dose(reps=[6, 4]), None, Dose(reps=5, sets=3), Dose(reps=5, sets=3)),
        (Dose(reps=6, sets=3), None, Dose(reps=[6, 4]), Dose(reps=[6, 4])),
        (Dose(open=True), None, Dose(open=True, about_s=30), Dose(about_s=30)),
        (
            Dose(reps=1),
            OLD,
            Dose(reps=6, hold_s=9, sets=2),
            structs.replace(OLD, hold_s=9, says=None, source={"reps": "relief", "sets": "relief"}),
        ),
        (Dose(reps=1), OLD, Dose(reps=6, hold_s=8, sets=2), OLD),
    ],
)
def test_a_step_names_no_more_than_what_differs(base, old, wanted, named):
    """And keeps what it named before where that still holds, with what a source says of it."""
    assert override(base, old, wanted) == named


seconds = st.integers(1, 60)
sets = st.none() | st.integers(1, 4)
rests = st.none() | st.integers(0, 60)
several = st.integers(1, 30) | st.lists(st.integers(1, 30), min_size=1, max_size=4)
some = {"sets": sets, "rest_s": rests}
tempos = st.none() | st.tuples(st.just(1.5), st.just(2.0))
any_dose = st.one_of(
    st.builds(Dose, hold_s=several, **some),
    st.builds(Dose, time_s=several, **some),
    st.builds(Dose, reps=several, hold_s=st.none() | seconds, tempo_s=tempos, **some),
    st.builds(Dose, reps=several, self_paced=st.just(True), **some),
    st.builds(Dose, breaths=several, in_s=st.none() | st.just(3.5), out_s=st.none() | st.just(7.0), **some),
    st.builds(Dose, open=st.just(True), about_s=st.none() | seconds, **some),
).filter(lambda dose: dose.problem() is None)


@given(any_dose, any_dose, st.none() | any_dose | st.builds(Dose, **some))
def test_whatever_is_wanted_is_what_the_step_comes_to(base, wanted, old):
    """Any dose over any other: the sets of work and the rest between them are those that were typed."""
    if base.replaced_by(old).problem() is not None:
        old = None
    made = base.replaced_by(override(base, old, wanted))
    assert made.problem() is None
    assert made.sets_of_work() == wanted.sets_of_work()
    assert (20 if made.rest_s is None else made.rest_s) == (20 if wanted.rest_s is None else wanted.rest_s)


@given(any_dose)
def test_a_dose_survives_its_form(dose):
    """What stands in the fields is read as the same dose."""
    again, wrong = typed(kind_of(dose), texts(dose, kind_of(dose)))
    assert not wrong
    assert again.sets_of_work() == dose.sets_of_work()


# --- any edits ----------------------------------------------------------------------------------

words = st.text(max_size=30)
edits = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(IDS), st.integers(-1, 8)),
    st.tuples(st.just("remove"), st.integers(0, 8)),
    st.tuples(st.just("move"), st.integers(0, 8), st.integers(-3, 3)),
    st.tuples(st.just("twice"), st.integers(0, 8)),
    st.tuples(st.just("dose"), st.integers(0, 8), st.none() | any_dose | st.builds(Dose, hold_s=st.integers(-1, 9999))),
    st.tuples(st.just("rest"), st.integers(0, 8), st.none() | st.integers(-1, 700)),
    st.tuples(st.just("why"), st.integers(0, 8), st.none() | words),
    st.tuples(st.just("name"), words, words),
    st.just(("undo",)),
    st.just(("redo",)),
)


def edited(history: History, edit: tuple) -> History:
    """The history after one edit of a person who has as many steps as there are."""
    now, (name, *args) = history.draft, edit
    count = len(now.routine.step)
    if name in ("undo", "redo"):
        return history.undone() if name == "undo" else history.redone()
    if name == "add":
        return history.added(args[0], min(args[1], count - 1))
    if name == "name":
        return history.changed(now.with_words(name=args[0], purpose=args[1]))
    if not count:
        return history
    at = args[0] % count
    if name == "twice":
        return history.duplicated(at)
    return history.changed(
        {
            "remove": lambda: now.removed(at),
            "move": lambda: now.moved(at, args[1]),
            "dose": lambda: now.with_dose(at, args[1], EXERCISES[now.routine.step[at].exercise]),
            "rest": lambda: now.with_step(at, rest_after_s=args[1]),
            "why": lambda: now.with_step(at, why=args[1]),
        }[name]()
    )


@given(st.sampled_from([None, *LIBRARY.ids(Routine)]), st.lists(edits, max_size=25))
def test_any_edits_leave_a_routine_that_can_be_saved_and_taken_back(id, sequence):
    """Saved and read again it is the same; undone, it is as it began, and redone, as it was."""
    first = history = blank() if id is None else begun(LIBRARY.routine(id))
    for edit in sequence:
        before = history
        try:
            history = edited(history, edit)
        except Refused:
            assert history is before
        now = history.draft
        assert len(now.keys) == len(set(now.keys)) == len(now.routine.step)
        lengths(now, EXERCISES)
        if now.routine.step:
            routine = structs.replace(
                now.routine, id="mine", name=now.routine.name or "x", purpose=now.routine.purpose or PURPOSE
            )
            text = to_toml(routine)
            assert decode(parse(text, "mine").table, Routine, "mine", text=text, stem="mine") == routine
            assert not [
                one for step in routine.step if (one := EXERCISES[step.exercise].dose.replaced_by(step.dose).problem())
            ]
    last, steps = history, len(history.past)
    for _ in range(steps):
        history = history.undone()
    assert history.undone() is history
    assert history.draft == first.draft
    for _ in range(steps):
        history = history.redone()
    assert history.draft == last.draft


def test_an_edit_after_an_undo_forgets_what_was_undone():
    """There is one way forward."""
    history = draft("squat").added("bird-dog", 0).undone().added("cat-cow", 0)
    assert history.redone() is history
    assert not history.future
