"""What ships: every exercise and routine file, its wording, and the doses that the sources give."""

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.resources import files
from typing import NamedTuple

import msgspec
import pytest
import tomli

from trainer.library.model import OWN, Cues, Dose, Exercise, Repetitions, Routine

from trainer.library.sources import SOURCES

DATA = files("trainer.library") / "data"
FIGURES = ("reps", "hold_s", "breaths", "about_s", "tempo_s", "in_s", "out_s", "sets", "rest_s")
CUE_GROUPS = Cues.__struct_fields__
KNOWN_SOURCES = {*SOURCES, OWN}
LONGEST_CUE = 12
FORBIDDEN = re.compile(
    r"\b(safe|cure|fix|heal(s|ed)?\b|diagnos|(correct|proper) posture|guarantee|prevent|reliev|you have\b)",
    re.IGNORECASE,
)


def texts(folder: str) -> dict[str, str]:
    """The text of every file of a folder, by its name without the ending."""
    found = sorted((DATA / folder).iterdir(), key=lambda entry: entry.name)
    return {f.name.removesuffix(".toml"): f.read_text("utf-8") for f in found if f.name.endswith(".toml")}


EXERCISE_TEXTS = texts("exercises")
ROUTINE_TEXTS = texts("routines")


def exercise(id_: str) -> Exercise:
    return msgspec.convert(tomli.loads(EXERCISE_TEXTS[id_]), Exercise)


def routine(id_: str) -> Routine:
    return msgspec.convert(tomli.loads(ROUTINE_TEXTS[id_]), Routine)


every_exercise = pytest.mark.parametrize("id_", EXERCISE_TEXTS)
every_routine = pytest.mark.parametrize("id_", ROUTINE_TEXTS)


def prose(value: object, key: str = "") -> Iterator[str]:
    """Every text of a decoded file that a person reads or hears."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("id", "exercise", "easier", "harder", "source", "sources"):
                yield from prose(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from prose(inner, key)


def unsourced(dose: Dose) -> set[str]:
    """Figures without a source, and sources without a figure."""
    return {name for name in FIGURES if getattr(dose, name) is not None} ^ set(dose.source)


# --- files -------------------------------------------------------------------------------------


@every_exercise
def test_an_exercise_file_is_named_after_its_id(id_: str) -> None:
    """Every exercise file decodes without an unknown key, and its name is its id."""
    assert exercise(id_).id == id_


@every_routine
def test_a_routine_file_is_named_after_its_id(id_: str) -> None:
    """Every routine file decodes without an unknown key, and its name is its id."""
    assert routine(id_).id == id_


@every_exercise
def test_a_dose_does_not_contradict_itself(id_: str) -> None:
    """Every exercise has a dose that can be run."""
    dose = exercise(id_).dose
    assert dose.problem() is None
    assert dose.sets_of_work()


@every_routine
def test_every_step_can_be_run(id_: str) -> None:
    """Every step names a shipped exercise, and its dose with what differs can be run."""
    for step in routine(id_).step:
        assert step.exercise in EXERCISE_TEXTS
        dose = exercise(step.exercise).dose.replaced_by(step.dose)
        assert dose.problem() is None
        assert dose.sets_of_work()


@every_exercise
def test_every_figure_of_an_exercise_says_where_it_comes_from(id_: str) -> None:
    """Every figure of a dose names its source, the program's own choices included."""
    dose = exercise(id_).dose
    assert not unsourced(dose)
    assert set(dose.source.values()) <= KNOWN_SOURCES


@every_routine
def test_every_figure_of_a_step_says_where_it_comes_from(id_: str) -> None:
    """Every figure that a step changes names its source."""
    for step in routine(id_).step:
        if step.dose is not None:
            assert not unsourced(step.dose), step.exercise
            assert set(step.dose.source.values()) <= KNOWN_SOURCES, step.exercise


@every_exercise
def test_an_exercise_cites_known_sources(id_: str) -> None:
    """The form of every exercise comes from a known source, or is marked as the program's own."""
    assert exercise(id_).sources
    assert set(exercise(id_).sources) <= KNOWN_SOURCES


@every_routine
def test_a_routine_cites_known_sources(id_: str) -> None:
    """Every routine says where it, its frequency and its rests come from."""
    found = routine(id_)
    assert found.sources
    assert {*found.sources, *found.source.values()} <= KNOWN_SOURCES
    assert found.frequency is not None
    assert set(found.source) == {"frequency", "rest_after_s"}


def test_easier_and_harder_lead_somewhere() -> None:
    """Every easier or harder form is a shipped exercise, and following them never comes back round."""
    graph: TopologicalSorter[str] = TopologicalSorter()
    for id_ in EXERCISE_TEXTS:
        found = exercise(id_)
        if found.easier is not None:
            assert found.easier in EXERCISE_TEXTS, id_
            graph.add(id_, found.easier)
        if found.harder is not None:
            assert found.harder in EXERCISE_TEXTS, id_
            graph.add(found.harder, id_)
    graph.prepare()  # raises CycleError


@every_exercise
def test_parts_belong_to_a_hold(id_: str) -> None:
    """Only a hold changes on its way, and a hold that does has at least two parts."""
    found = exercise(id_)
    if found.parts:
        assert len(found.parts) >= 2
        assert found.dose.hold_s is not None
        assert found.dose.reps is None


# --- wording -----------------------------------------------------------------------------------


@every_exercise
def test_a_cue_is_short_enough_to_be_heard(id_: str) -> None:
    """Every cue and part has at most twelve words, and none shouts."""
    found = exercise(id_)
    cues = [cue for group in CUE_GROUPS for cue in getattr(found.cues, group)]
    for cue in [*cues, *found.parts]:
        assert len(cue.split()) <= LONGEST_CUE, cue
        assert "!" not in cue, cue


@every_exercise
def test_every_group_of_cues_is_there(id_: str) -> None:
    """Every exercise says how to begin, what to do, where to feel it, what to watch and when to stop."""
    for group in CUE_GROUPS:
        assert getattr(exercise(id_).cues, group), group


@pytest.mark.parametrize(
    "text",
    [
        *(pytest.param(text, id=f"exercises/{id_}") for id_, text in EXERCISE_TEXTS.items()),
        *(pytest.param(text, id=f"routines/{id_}") for id_, text in ROUTINE_TEXTS.items()),
    ],
)
def test_nothing_is_promised_or_diagnosed(text: str) -> None:
    """No text of a file promises an effect, gives the all-clear or names what a person has."""
    found = [line for line in prose(tomli.loads(text)) if FORBIDDEN.search(line)]
    assert not found


@every_exercise
def test_lying_on_the_back_is_marked_for_pregnancy(id_: str) -> None:
    """Every exercise on the back says what to do in pregnancy."""
    found = exercise(id_)
    if found.position == "on the back":
        assert any("pregnan" in line for line in found.leave_out)


# --- what the sources give ---------------------------------------------------------------------


class Given(NamedTuple):
    """A dose as a source gives it: the figure, within its range."""

    sides: str
    figure: str | None
    least: int
    most: int
    source: str
    says: tuple[str, ...] = ()
    """What the dose's own words have to hold, where the source gives more than the one figure."""


NO_FIGURE = (None, 0, 0, OWN)

# Where the source is `own`, the figure lies within a cited range without being cited itself.
EXERCISES = {
    "banded-clam": Given("both", "reps", 20, 20, "imbalance"),
    "bird-dog": Given("both", *NO_FIGURE, ("hold", "repetitions")),
    "bird-dog-crunch": Given("both", *NO_FIGURE, ("several", "other side")),
    "cat-cow": Given("none", *NO_FIGURE, ("20–30 s", "repetitions")),
    "childs-pose": Given("none", "hold_s", 20, 30, "lower-back", ("20–30 s",)),
    "clam": Given("both", "reps", 20, 20, "imbalance"),
    "cross-stretch": Given("both", "hold_s", 20, 30, "lower-back", ("20–30 s",)),
    "deadlift": Given("none", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
    "deep-lunge": Given("both", "hold_s", 20, 30, "imbalance", ("20–30 s", "longer")),
    "figure-four": Given("both", "hold_s", 30, 30, "imbalance", ("30 s", "two parts")),
    "forearm-plank": Given("none", *NO_FIGURE),
    "glute-bridge": Given("none", "reps", 2, 15, OWN, ("2 or 3", "two sets of 15", "15–20 s")),
    "hip-extension": Given("both", *NO_FIGURE),
    "knee-to-chest": Given("both", "hold_s", 20, 30, "lower-back", ("20–30 s", "two or three repetitions")),
    "leaning-hamstring": Given("both", "hold_s", 20, 30, "lower-back", ("20–30 s",)),
    "mountain-pose": Given("none", "breaths", 5, 5, "relief", ("deep", "hour")),
    "pelvic-tilt": Given("none", "reps", 2, 3, "lasting", ("two or three repetitions",)),
    "plank-knees": Given("none", *NO_FIGURE),
    "side-plank": Given("both", *NO_FIGURE),
    "side-plank-knees": Given("both", *NO_FIGURE),
    "single-leg-bridge": Given("both", "reps", 15, 15, "relief"),
    "single-leg-deadlift": Given("both", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
    "squat": Given("none", *NO_FIGURE),
}


def assert_dose(dose: Dose, given: Given) -> None:
    """The dose holds the given figure, from the given source, and says what the source says."""
    if given.figure is not None:
        found = getattr(dose, given.figure)
        assert isinstance(found, int)
        assert given.least <= found <= given.most
        assert dose.source[given.figure] == given.source
    for words in given.says:
        assert words in (dose.says or "").lower()


@pytest.mark.parametrize(("id_", "given"), EXERCISES.items(), ids=EXERCISES)
def test_an_exercise_keeps_the_dose_of_its_source(id_: str, given: Given) -> None:
    """Every exercise has the sides and the dose that its source gives."""
    found = exercise(id_)
    assert found.sides == given.sides
    assert_dose(found.dose, given)


def test_figure_four_has_two_parts() -> None:
    """Figure four shares its hold between drawing the legs in and pressing the knee away."""
    first, second = exercise("figure-four").parts
    assert "legs in" in first
    assert "knee away" in second


def test_cat_cow_moves_for_as_long_as_a_stretch() -> None:
    """Cat-cow's repetitions come to the 20 to 30 seconds of its source."""
    (work,) = exercise("cat-cow").dose.sets_of_work()
    assert isinstance(work, Repetitions)
    assert 20 <= work.reckoned_s <= 30


def test_the_short_holds_of_the_big_three_stay_short() -> None:
    """Bird dog and side plank hold each repetition for ten seconds at most."""
    for id_ in ("bird-dog", "side-plank"):
        hold = exercise(id_).dose.hold_s
        assert isinstance(hold, int)
        assert hold <= 10


class Programme(NamedTuple):
    """A routine as its source gives it."""

    group: str
    frequency: str
    frequency_source: str
    source: str
    steps: tuple[str, ...]
    doses: dict[str, Given]


STRENGTH_LIST = ("bird-dog", "forearm-plank", "side-plank", "glute-bridge", "deadlift")
STRETCH_LIST = ("leaning-hamstring", "childs-pose", "cat-cow", "cross-stretch", "knee-to-chest")

ROUTINES = {
    "desk-break": Programme(
        "at the desk",
        "every hour",
        "relief",
        "relief",
        ("mountain-pose",),
        {"mountain-pose": Given("none", "breaths", 5, 5, "relief")},
    ),
    "warm-up": Programme(
        "before a workout",
        "before a workout",
        "relief",
        "relief",
        ("mountain-pose", "bird-dog", "bird-dog-crunch", "single-leg-bridge", "squat"),
        {"mountain-pose": Given("none", "breaths", 5, 5, "relief")},
    ),
    "core-spine-glutes": Programme(
        "back",
        "every day",
        "relief",
        "relief",
        ("bird-dog", "mountain-pose", "single-leg-bridge", "squat"),
        {
            "mountain-pose": Given("none", "breaths", 5, 5, "relief"),
            "single-leg-bridge": Given("both", "reps", 15, 15, "relief"),
        },
    ),
    "lower-back-list": Programme(
        "back",
        "every day, or every other day",
        "lower-back",
        "lower-back",
        (*STRENGTH_LIST, *STRETCH_LIST),
        {
            "bird-dog": Given("both", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
            "forearm-plank": Given("none", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
            "side-plank": Given("both", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
            "glute-bridge": Given("none", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
            "deadlift": Given("none", "sets", 1, 3, "lower-back", ("one to three sets", "rest")),
            "leaning-hamstring": Given("both", "hold_s", 20, 30, "lower-back"),
            "childs-pose": Given("none", "hold_s", 20, 30, "lower-back"),
            "cross-stretch": Given("both", "hold_s", 20, 30, "lower-back"),
            "knee-to-chest": Given("both", "hold_s", 20, 30, "lower-back"),
        },
    ),
    "uneven-hips": Programme(
        "hips",
        "two or three times a week",
        OWN,
        "imbalance",
        ("figure-four", "clam"),
        {
            "figure-four": Given("both", "hold_s", 30, 30, "imbalance", ("two parts",)),
            "clam": Given("both", "reps", 20, 20, "imbalance"),
        },
    ),
    "tilted-pelvis": Programme(
        "hips",
        "two or three times a week",
        OWN,
        "imbalance",
        ("deep-lunge", "glute-bridge"),
        {
            "deep-lunge": Given("both", "hold_s", 20, 30, "imbalance", ("20–30 s", "longer")),
            "glute-bridge": Given("none", "hold_s", 15, 20, "imbalance", ("15–20 s", "again")),
        },
    ),
}


@pytest.mark.parametrize(("id_", "given"), ROUTINES.items(), ids=ROUTINES)
def test_a_routine_keeps_what_its_source_gives(id_: str, given: Programme) -> None:
    """Every routine has the exercises of its source in order, with their doses and how often."""
    found = routine(id_)
    assert found.group == given.group
    assert given.source in found.sources
    assert given.frequency in (found.frequency or "").lower()
    assert found.source["frequency"] == given.frequency_source
    assert tuple(step.exercise for step in found.step) == given.steps
    for step in found.step:
        if step.exercise in given.doses:
            shipped = exercise(step.exercise)
            assert shipped.sides == given.doses[step.exercise].sides
            assert_dose(shipped.dose.replaced_by(step.dose), given.doses[step.exercise])


def test_the_lower_back_list_rests_between_sets() -> None:
    """Wherever the lower back list asks for a second set, it rests first."""
    for step in routine("lower-back-list").step:
        dose = exercise(step.exercise).dose.replaced_by(step.dose)
        if len(dose.sets_of_work()) > 1:
            assert dose.rest_s, step.exercise


def test_the_tilted_pelvis_bridge_is_repeated() -> None:
    """The held bridge of the tilted pelvis routine is done more than once."""
    bridge = routine("tilted-pelvis").step[1].dose
    assert bridge is not None
    assert isinstance(bridge.reps, int)
    assert bridge.reps > 1


def test_plank_is_offered_when_bird_dog_is_steady() -> None:
    """The daily practice says that plank may take bird dog's place."""
    assert any("plank" in note for note in routine("core-spine-glutes").notes)


def test_a_desk_break_is_short() -> None:
    """A desk break is under two minutes of work and rest."""
    found = routine("desk-break")
    work = sum(w.reckoned_s for step in found.step for w in exercise(step.exercise).dose.sets_of_work())
    assert work + found.rest_after_s < 120
