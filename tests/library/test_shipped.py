"""What ships: every exercise and routine file, its wording, and what the sources give, written out by hand.

A file has to stand in one of the tables below: `EXERCISES` and `ROUTINES` hold the five articles, `OWN_FORMS` the
program's own forms, `SECOND_SHELF` and `SECOND_SHELF_ROUTINES` what rests on public bodies alone.
"""

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.resources import files
from typing import NamedTuple

import msgspec
import pytest
import tomli

from trainer.guide.plan import plan
from trainer.library.model import OWN, Cues, Dose, Exercise, Repetitions, Routine
from trainer.library.sources import SOURCES, shelf

DATA = files("trainer.library") / "data"
FIGURES = ("reps", "hold_s", "time_s", "breaths", "about_s", "tempo_s", "in_s", "out_s", "sets", "rest_s")
CUE_GROUPS = ("set_up", "move", "feel", "mistakes", "stop_if", "breathing")
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
            if name not in ("id", "exercise", "routine", "easier", "harder", "source", "sources"):
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
    counted = {"times_a_week"} if found.times_a_week is not None else set()
    assert set(found.source) == {"frequency", "rest_after_s"} | counted


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


ONE_WAY = {
    ("curl-up", "easier", "pelvic-tilt"),  # whose harder form is the small bridge
    ("hip-abduction", "easier", "clam"),  # whose harder form has a band
    ("glute-bridge-small", "easier", "pelvic-tilt-standing"),  # rather than another exercise flat on the back
    ("pelvic-tilt", "harder", "glute-bridge-small"),
}
"""Forms that do not name each other, since each has but one easier and one harder form."""


def test_easier_and_harder_forms_name_each_other() -> None:
    """The easier form of an exercise names it as the harder one, and the other way round, but for those listed."""
    one_way = set()
    for id_ in EXERCISE_TEXTS:
        found = exercise(id_)
        if found.easier is not None and exercise(found.easier).harder != id_:
            one_way.add((id_, "easier", found.easier))
        if found.harder is not None and exercise(found.harder).easier != id_:
            one_way.add((id_, "harder", found.harder))
    assert one_way == ONE_WAY


@every_exercise
def test_an_easier_form_does_not_take_to_the_floor(id_: str) -> None:
    """Who exercises on their feet or on a chair is not sent to the floor for the easier form."""
    found = exercise(id_)
    if found.easier is not None and not found.on_floor:
        assert not exercise(found.easier).on_floor


@every_exercise
def test_parts_belong_to_a_hold_or_a_time(id_: str) -> None:
    """Only a hold or a time changes on its way, and one that does has at least two parts."""
    found = exercise(id_)
    if found.parts:
        assert len(found.parts) >= 2
        assert found.dose.hold_s is not None or found.dose.time_s is not None
        assert found.dose.reps is None


@every_routine
def test_a_short_form_knows_what_to_keep(id_: str) -> None:
    """Every routine of several exercises has one that a short form keeps long."""
    steps = routine(id_).step
    if len(steps) > 1:
        assert min(step.priority for step in steps) <= 2


TAGS = {
    *("back", "calves", "chest", "core", "eyes", "glutes", "hands", "hips", "legs", "neck", "shoulders", "wrists"),
    *("balance", "big three", "breathing", "gentle", "one-sided", "posture", "pregnancy", "walking"),
}
"""Parts of the body, and qualities."""

EQUIPMENT = {
    *("chair", "light resistance band", "mat", "mirror", "pillow", "steady support", "sturdy table", "table", "towel"),
    *("wall", "weight"),
}
"""What a thing is called, so that a person who lacks it names it once."""


@every_exercise
def test_an_exercise_is_found_by_known_words(id_: str) -> None:
    """Every exercise has muscles and tags, and names things as the others do."""
    found = exercise(id_)
    assert found.muscles
    assert found.tags
    assert set(found.tags) <= TAGS
    assert {*found.equipment, *found.optional} <= EQUIPMENT
    assert not set(found.equipment) & set(found.optional)
    for words in (found.tags, found.equipment, found.optional, found.aliases, found.muscles):
        assert len(words) == len(set(words))


@every_routine
def test_a_routine_is_found_by_known_words(id_: str) -> None:
    """Every routine has tags of the same words, and a place in the list that is not the person's own."""
    found = routine(id_)
    assert found.tags
    assert set(found.tags) <= TAGS
    assert found.group != "own"


def test_every_tag_is_in_use() -> None:
    """No word of the vocabulary finds nothing."""
    used = {tag for id_ in EXERCISE_TEXTS for tag in exercise(id_).tags}
    assert used | {tag for id_ in ROUTINE_TEXTS for tag in routine(id_).tags} == TAGS


def test_a_name_means_one_exercise() -> None:
    """No id, name or alias stands for two exercises."""
    seen: dict[str, str] = {}
    for id_ in EXERCISE_TEXTS:
        found = exercise(id_)
        for name in {id_, found.name.casefold(), *(alias.casefold() for alias in found.aliases)}:
            assert seen.setdefault(name, id_) == id_, name


# --- self-checks -------------------------------------------------------------------------------


def test_a_check_asks_and_never_tells() -> None:
    """Every self-check looks at each side, and each answer leads to a question and to a shipped routine."""
    checks = [id_ for id_ in EXERCISE_TEXTS if exercise(id_).kind == "check"]
    assert set(checks) >= {"mirror-check", "thomas-test"}
    for id_ in checks:
        found = exercise(id_)
        assert found.sides == "both"
        assert found.dose.open
        assert found.check is not None
        assert found.check.question.endswith("?")
        assert 2 <= len(found.check.answer) <= 4
        assert "cannot-tell" in [answer.id for answer in found.check.answer]
        for answer in found.check.answer:
            assert answer.says is not None
            assert answer.says.endswith("?"), answer.says
            assert answer.routine in ROUTINE_TEXTS


@every_exercise
def test_only_a_check_asks(id_: str) -> None:
    """A question stands beside the kind "check", and only there."""
    assert (exercise(id_).check is not None) == (exercise(id_).kind == "check")


@pytest.mark.parametrize(
    ("id_", "answer", "to"),
    [("mirror-check", "shows", "desk-break"), ("thomas-test", "lifted", "tilted-pelvis")],
)
def test_a_check_points_to_the_routine_of_its_source(id_: str, answer: str, to: str) -> None:
    """What a look is meant to notice leads to the routine for it."""
    check = exercise(id_).check
    assert check is not None
    assert {one.id: one.routine for one in check.answer}[answer] == to


def test_the_thomas_test_is_on_a_table_and_careful() -> None:
    """The test on the table is not on the floor, and says how to get up, who is near and who leaves it out."""
    found = exercise("thomas-test")
    assert found.equipment == ["sturdy table"]
    assert not found.on_floor
    said = " ".join([*found.leave_out, *found.cues.move])
    for words in ("hip replacement", "someone near", "dizzy", "get up slowly"):
        assert words in said


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
    """Every exercise says how to begin, move and breathe, where to feel it, what to watch and when to stop."""
    assert set(CUE_GROUPS) == set(Cues.__struct_fields__)
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


UPRIGHT = {
    "cross-stretch": "seated-twist",
    "curl-up": "pelvic-tilt-standing",
    "double-knee-hug": "childs-pose",
    "figure-four": "childs-pose",
    "glute-bridge": "squat",
    "glute-bridge-small": "squat",
    "hamstring-stretch": "leaning-hamstring",
    "knee-rolls": "seated-twist",
    "knee-to-chest": "childs-pose",
    "pelvic-tilt": "pelvic-tilt-standing",
    "single-leg-bridge": "squat",
    "thomas-test": "deep-lunge",
}
"""What to take in pregnancy in the place of an exercise on the back."""


@every_exercise
def test_lying_on_the_back_is_marked_for_pregnancy(id_: str) -> None:
    """Every exercise on the back says what to do in pregnancy, and which other one is not on the back."""
    found = exercise(id_)
    if found.position == "on the back":
        instead = exercise(UPRIGHT[id_])
        assert instead.position != "on the back"
        assert any("pregnan" in line and instead.name.lower() in line.lower() for line in found.leave_out)


@pytest.mark.parametrize(
    ("position", "words"), [("hands and knees", ("wrists", "knees", "pregnan")), ("face down", ("shoulder", "surgery"))]
)
def test_what_a_position_loads_is_named(position: str, words: tuple[str, ...]) -> None:
    """Every exercise on hands and knees, or face down, says what to do with sore joints and after surgery."""
    for id_ in EXERCISE_TEXTS:
        found = exercise(id_)
        if found.position == position:
            for word in words:
                assert word in " ".join(found.leave_out), (id_, word)


SWEAT = {
    *("deadlift", "forearm-plank", "plank-knees", "side-plank", "side-plank-knees"),
    *("single-leg-bridge", "single-leg-deadlift", "squat"),
}
NOISE = {"deadlift", "mindful-walk", "single-leg-deadlift"}
FOR_THE_OFFICE = {
    *("leaning-hamstring", "mirror-check", "mountain-pose", "pelvic-tilt-standing", "seated-twist"),
}


def test_what_warms_and_what_is_heard_is_marked() -> None:
    """Sweat, noise and the floor are marked; what is free of all three suits an office, unless one lies down for it."""
    ids = [id_ for id_ in EXERCISE_TEXTS if id_ not in SECOND_SHELF]
    # All of the second shelf is for the desk.
    assert all(exercise(id_).suits_office for id_ in SECOND_SHELF)
    assert {id_ for id_ in ids if exercise(id_).sweat} == SWEAT
    assert {id_ for id_ in ids if exercise(id_).noise} == NOISE
    assert {id_ for id_ in ids if exercise(id_).suits_office} == FOR_THE_OFFICE


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


class Listed(NamedTuple):
    """An exercise as its sources list it."""

    aliases: tuple[str, ...]
    kind: str
    position: str
    cites: tuple[str, ...]
    given: Given


NO_FIGURE = (None, 0, 0, OWN)
STARTS = ("reps", 2, 3, "lasting", ("two or three repetitions",))
"""The start that the clinic's guide gives."""
STRETCH = ("hold_s", 20, 30, "lower-back", ("20–30 s",))
SETS = ("sets", 1, 3, "lower-back", ("one to three sets", "rest"))

# Where the source is `own`, the figure lies within a cited range without being cited itself.
EXERCISES = {
    "bird-dog": Listed(
        (),
        "strength",
        "hands and knees",
        ("relief", "lasting"),
        Given("both", *NO_FIGURE, ("hold", "repetitions")),
    ),
    "bird-dog-crunch": Listed(
        (), "strength", "hands and knees", ("relief",), Given("both", *NO_FIGURE, ("several", "other side"))
    ),
    "forearm-plank": Listed(("plank",), "strength", "face down", ("relief", "hip-back"), Given("none", *NO_FIGURE)),
    "side-plank": Listed(("side bridge",), "strength", "on the side", ("lasting",), Given("both", *NO_FIGURE)),
    "curl-up": Listed((), "strength", "on the back", ("lasting",), Given("none", *NO_FIGURE)),
    "pelvic-tilt": Listed((), "strength", "on the back", ("lasting",), Given("none", *STARTS)),
    "glute-bridge": Listed(
        ("bridge", "hip lift"),
        "strength",
        "on the back",
        ("lasting", "imbalance", "hip-back"),
        Given("none", "reps", 2, 15, OWN, ("2 or 3", "two sets of 15", "15–20 s")),
    ),
    "single-leg-bridge": Listed((), "strength", "on the back", ("relief",), Given("both", "reps", 15, 15, "relief")),
    "deadlift": Listed(("hip hinge",), "strength", "standing", ("lower-back",), Given("none", *SETS)),
    "single-leg-deadlift": Listed((), "strength", "standing", ("lower-back",), Given("both", *SETS)),
    "squat": Listed((), "strength", "standing", ("relief",), Given("none", *NO_FIGURE)),
    "clam": Listed(
        ("clamshell",), "strength", "on the side", ("imbalance",), Given("both", "reps", 20, 20, "imbalance")
    ),
    "banded-clam": Listed((), "strength", "on the side", ("imbalance",), Given("both", "reps", 20, 20, "imbalance")),
    "hip-abduction": Listed(("side leg raise",), "strength", "on the side", ("hip-back",), Given("both", *NO_FIGURE)),
    "hip-extension": Listed(
        ("back leg raise",), "strength", "hands and knees", ("hip-back",), Given("both", *NO_FIGURE)
    ),
    "knee-to-chest": Listed(
        ("single knee hug", "knee to belly"),
        "stretch",
        "on the back",
        ("lower-back", "lasting"),
        Given("both", "hold_s", 20, 30, "lower-back", ("20–30 s", "two or three repetitions")),
    ),
    "double-knee-hug": Listed((), "stretch", "on the back", ("lasting",), Given("none", *STARTS)),
    "knee-rolls": Listed(
        ("lower back rotational stretch",), "mobility", "on the back", ("lasting",), Given("alternating", *STARTS)
    ),
    "cat-cow": Listed(
        ("cat-camel", "cat stretch"),
        "mobility",
        "hands and knees",
        ("lower-back", "lasting"),
        Given("none", "time_s", 20, 30, "lower-back", ("20–30 s", "repetitions")),
    ),
    "childs-pose": Listed((), "stretch", "kneeling", ("lower-back",), Given("none", *STRETCH)),
    "seated-twist": Listed(
        ("seated spinal twist", "seated rotational stretch"),
        "mobility",
        "seated",
        ("lasting", "hip-back"),
        Given("both", *STRETCH),
    ),
    "hamstring-stretch": Listed((), "stretch", "on the back", ("hip-back",), Given("both", *STRETCH)),
    "leaning-hamstring": Listed((), "stretch", "standing", ("lower-back",), Given("both", *STRETCH)),
    "cross-stretch": Listed(("cross",), "stretch", "on the back", ("lower-back",), Given("both", *STRETCH)),
    "deep-lunge": Listed(
        ("hip flexor stretch",),
        "stretch",
        "kneeling",
        ("imbalance",),
        Given("both", "hold_s", 20, 30, "imbalance", ("20–30 s", "longer")),
    ),
    "figure-four": Listed(
        ("supine pigeon", "piriformis stretch"),
        "stretch",
        "on the back",
        ("imbalance",),
        Given("both", "hold_s", 30, 30, "imbalance", ("30 s", "two parts")),
    ),
    "mountain-pose": Listed(
        ("tadasana",), "posture", "standing", ("relief",), Given("none", "breaths", 5, 5, "relief", ("deep", "hour"))
    ),
    "mindful-walk": Listed((), "aerobic", "walking", ("imbalance",), Given("none", "time_s", 480, 600, OWN)),
    "mirror-check": Listed((), "check", "standing", ("relief",), Given("both", "about_s", 10, 120, OWN)),
    "thomas-test": Listed((), "check", "on the back", ("relief",), Given("both", "about_s", 10, 120, OWN)),
}
"""All exercises and self-checks of the five articles."""

OWN_FORMS = {
    "bird-dog-leg": Listed((), "strength", "hands and knees", ("lasting",), Given("both", *STARTS)),
    "glute-bridge-small": Listed(("gentle bridge",), "strength", "on the back", ("lasting",), Given("none", *STARTS)),
    "pelvic-tilt-standing": Listed((), "strength", "standing", ("lasting",), Given("none", *STARTS)),
    "plank-knees": Listed((), "strength", "face down", (), Given("none", *NO_FIGURE)),
    "side-plank-knees": Listed((), "strength", "on the side", (), Given("both", *NO_FIGURE)),
}
"""Easier and adapted forms that the program adds."""

THREE_TO_FIVE_S = ("3–5 s", "three times")
UP_TO_TEN = ("up to 10", "count of three", "count of five")
SECOND_SHELF: dict[str, Listed] = {
    "calf-raise": Listed(
        ("heel raise",),
        "strength",
        "standing",
        ("nhs-tayside",),
        Given("none", "reps", 10, 10, "nhs-tayside", UP_TO_TEN),
    ),
    "calf-stretch": Listed(
        (),
        "stretch",
        "standing",
        ("nhs-fife-calf",),
        Given("both", "hold_s", 20, 30, "nhs-fife-calf", ("20–30 s", "three to five times")),
    ),
    "chin-tuck": Listed(
        ("head glide",), "mobility", "seated", ("worksafe-vic",), Given("none", *NO_FIGURE, ("several times",))
    ),
    "elbows-back": Listed((), "stretch", "seated", ("newcastle-oh",), Given("none", "hold_s", 10, 10, "newcastle-oh")),
    "eyes-closed": Listed(
        (), "relaxation", "seated", ("cal-osha-easy",), Given("none", "hold_s", 5, 5, "cal-osha-easy")
    ),
    "fist-and-fan": Listed((), "mobility", "seated", ("newcastle-oh",), Given("none", "reps", 3, 3, "newcastle-oh")),
    "head-turn": Listed(
        ("neck rotation",),
        "mobility",
        "seated",
        ("nia-neck",),
        Given("both", "hold_s", 10, 30, "nia-neck", ("10–30 s", "three to five times")),
    ),
    "look-far": Listed(
        ("20-20-20",),
        "relaxation",
        "seated",
        ("worksafebc-eyes",),
        Given("none", "hold_s", 20, 20, "worksafebc-eyes", ("20 minutes", "20 s", "20 feet")),
    ),
    "neck-side-bend": Listed(
        ("ear to shoulder",),
        "stretch",
        "seated",
        ("worksafe-vic",),
        Given("both", "hold_s", 10, 10, "worksafe-vic", ("10 s", "several times")),
    ),
    "prayer-stretch": Listed(
        (),
        "stretch",
        "seated",
        ("ccohs-stretching",),
        Given("none", "hold_s", 5, 7, "ccohs-stretching", ("5–7 s", "three times")),
    ),
    "shoulder-roll": Listed(
        (),
        "mobility",
        "seated",
        ("newcastle-oh",),
        Given("none", "reps", 6, 6, "newcastle-oh", ("three times forwards", "three times backwards")),
    ),
    "sit-to-stand": Listed(
        (), "strength", "seated", ("nhs-tayside",), Given("none", "reps", 1, 10, "nhs-tayside", ("up to 10",))
    ),
    "toe-raise": Listed(
        (), "strength", "standing", ("nhs-tayside",), Given("none", "reps", 10, 10, "nhs-tayside", UP_TO_TEN)
    ),
    "wrist-bend-down": Listed(
        (),
        "stretch",
        "seated",
        ("ccohs-stretching",),
        Given("both", "hold_s", 3, 5, "ccohs-stretching", THREE_TO_FIVE_S),
    ),
    "wrist-bend-up": Listed(
        (),
        "stretch",
        "seated",
        ("ccohs-stretching",),
        Given("both", "hold_s", 3, 5, "ccohs-stretching", THREE_TO_FIVE_S),
    ),
}
"""Exercises that rest on public bodies alone."""


def test_every_exercise_stands_in_one_table() -> None:
    """What ships is what the tables hold: nothing is lost, and nothing comes without its source written out."""
    assert set(EXERCISE_TEXTS) == {*EXERCISES, *OWN_FORMS, *SECOND_SHELF}
    assert len(EXERCISE_TEXTS) == len(EXERCISES) + len(OWN_FORMS) + len(SECOND_SHELF)
    assert {id_ for id_ in EXERCISE_TEXTS if shelf(exercise(id_).sources) == "public bodies"} == set(SECOND_SHELF)
    for id_ in OWN_FORMS:
        assert OWN in exercise(id_).sources


def assert_dose(dose: Dose, given: Given) -> None:
    """The dose holds the given figure, from the given source, and says what the source says."""
    if given.figure is not None:
        found = getattr(dose, given.figure)
        assert isinstance(found, int)
        assert given.least <= found <= given.most
        assert dose.source[given.figure] == given.source
    for words in given.says:
        assert words in (dose.says or "").lower()


ALL_EXERCISES = {**EXERCISES, **OWN_FORMS, **SECOND_SHELF}


@pytest.mark.parametrize(("id_", "listed"), ALL_EXERCISES.items(), ids=ALL_EXERCISES)
def test_an_exercise_keeps_what_its_sources_give(id_: str, listed: Listed) -> None:
    """Every exercise has the names, the kind, the position, the sides and the dose that its sources give."""
    found = exercise(id_)
    assert set(listed.aliases) <= set(found.aliases)
    assert found.kind == listed.kind
    assert found.position == listed.position
    assert set(listed.cites) <= set(found.sources)
    assert found.sides == listed.given.sides
    assert_dose(found.dose, listed.given)


def test_figure_four_has_two_parts() -> None:
    """Figure four shares its hold between drawing the legs in and pressing the knee away."""
    first, second = exercise("figure-four").parts
    assert "legs in" in first
    assert "knee away" in second


def test_a_walk_gives_each_cue_of_the_gait_twice() -> None:
    """Toes, heel, roll and hamstrings come in turn, each twice and in other words."""
    parts = exercise("mindful-walk").parts
    assert len(parts) == len(set(parts)) == 8
    for number, words in enumerate(
        (("toes", "feet point"), ("heel",), ("roll",), ("backs of your thighs", "hamstrings"))
    ):
        for part in (parts[number], parts[number + 4]):
            assert any(word in part.lower() for word in words), part


def test_what_is_spoken_is_short() -> None:
    """The lines said before a walk fit into the few seconds before its first step, and none holds two things."""
    found = exercise("mindful-walk")
    assert sum(len(line.split()) for line in found.cues.set_up) <= 12
    for line in [*found.cues.set_up, *found.parts]:
        assert line.count(".") == 1
        assert re.fullmatch(r"[A-Za-z ,]+\.", line), line


def test_cat_cow_counts_where_its_source_counts() -> None:
    """Where the clinic's guide has cat-cow, it is counted from two or three repetitions; its own dose is a time."""
    for id_ in ("back-basics", "quick-relief", "physio-ladder"):
        (step,) = [step for step in routine(id_).step if step.exercise == "cat-cow"]
        (work,) = exercise("cat-cow").dose.replaced_by(step.dose).sets_of_work()
        assert isinstance(work, Repetitions)
        assert work.count in (2, 3)


def test_the_short_holds_of_the_big_three_stay_short() -> None:
    """Bird dog, curl-up and side plank hold each repetition for ten seconds at most, in sets that shrink."""
    for id_ in ("bird-dog", "curl-up", "side-plank"):
        hold = exercise(id_).dose.hold_s
        assert isinstance(hold, int)
        assert hold <= 10
    for step in routine("big-three").step:
        assert step.dose is not None
        assert isinstance(step.dose.hold_s, int)
        assert 8 <= step.dose.hold_s <= 10
        assert step.dose.reps == [6, 4, 2]
        assert set(step.dose.source.values()) == {OWN}


class Programme(NamedTuple):
    """A routine as its source gives it."""

    group: str
    frequency: str
    frequency_source: str
    source: str
    steps: tuple[str, ...]
    doses: dict[str, Given]
    notes: tuple[str, ...] = ()
    """Words that its notes have to hold."""


STRENGTH_LIST = ("bird-dog", "forearm-plank", "side-plank", "glute-bridge", "deadlift")
STRETCH_LIST = ("leaning-hamstring", "childs-pose", "cat-cow", "cross-stretch", "knee-to-chest")
LASTING_NOTES = ("no higher than it began", "six weeks")

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
        ("forearm plank may take its place", "fewer repetitions"),
    ),
    "posture-check": Programme(
        "checks", "now and then", "relief", "relief", ("mirror-check", "thomas-test"), {}, ("question", "professional")
    ),
    "lower-back-list": Programme(
        "back",
        "every day, or every other day",
        "lower-back",
        "lower-back",
        (*STRENGTH_LIST, *STRETCH_LIST),
        {
            "bird-dog": Given("both", *SETS),
            "forearm-plank": Given("none", *SETS),
            "side-plank": Given("both", *SETS),
            "glute-bridge": Given("none", *SETS),
            "deadlift": Given("none", *SETS),
            "leaning-hamstring": Given("both", *STRETCH),
            "childs-pose": Given("none", *STRETCH),
            "cat-cow": Given("none", "time_s", 20, 30, "lower-back"),
            "cross-stretch": Given("both", *STRETCH),
            "knee-to-chest": Given("both", *STRETCH),
        },
        ("once the pain is gone", "one side is weaker"),
    ),
    "weaker-side": Programme(
        "back",
        "with the lower back list",
        "lower-back",
        "lower-back",
        ("single-leg-bridge", "single-leg-deadlift"),
        {"single-leg-bridge": Given("both", *SETS), "single-leg-deadlift": Given("both", *SETS)},
        ("weaker side", "begin at once"),
    ),
    "back-basics": Programme(
        "back",
        "every day",
        "lasting",
        "lasting",
        ("knee-rolls", "pelvic-tilt", "knee-to-chest", "double-knee-hug", "cat-cow"),
        {
            "knee-rolls": Given("alternating", *STARTS),
            "pelvic-tilt": Given("none", *STARTS),
            "knee-to-chest": Given("both", *STARTS),
            "double-knee-hug": Given("none", *STARTS),
            "cat-cow": Given("none", *STARTS),
        },
        LASTING_NOTES,
    ),
    "big-three": Programme(
        "back",
        "every day",
        "lasting",
        "lasting",
        ("bird-dog", "curl-up", "side-plank"),
        {},
        (*LASTING_NOTES, "back basics feel comfortable"),
    ),
    "stretch-and-strengthen": Programme(
        "back",
        "every day",
        "lasting",
        "lasting",
        (
            *("knee-to-chest", "cat-cow", "childs-pose", "seated-twist", "hamstring-stretch"),
            *("glute-bridge", "bird-dog", "side-plank"),
        ),
        {
            "knee-to-chest": Given("both", *STRETCH),
            "cat-cow": Given("none", "time_s", 20, 30, "lower-back"),
            "childs-pose": Given("none", *STRETCH),
            "seated-twist": Given("both", *STRETCH),
            "hamstring-stretch": Given("both", *STRETCH),
        },
        (*LASTING_NOTES, "150 minutes", "75"),
    ),
    "quick-relief": Programme(
        "back",
        "twice a day",
        "lasting",
        "lasting",
        ("knee-to-chest", "knee-rolls", "seated-twist", "cat-cow", "glute-bridge"),
        {
            "knee-to-chest": Given("both", *STARTS),
            "knee-rolls": Given("alternating", *STARTS),
            "seated-twist": Given("both", *STARTS),
            "cat-cow": Given("none", *STARTS),
            "glute-bridge": Given("none", *STARTS),
        },
        LASTING_NOTES,
    ),
    "physio-ladder": Programme(
        "back",
        "every day",
        "lasting",
        "lasting",
        ("knee-to-chest", "glute-bridge", "knee-rolls", "cat-cow"),
        {
            "knee-to-chest": Given("both", "reps", 2, 3, "lasting", ("two sets of 15", "as tolerated")),
            "glute-bridge": Given("none", "reps", 2, 3, "lasting", ("two sets of 15", "as tolerated")),
            "knee-rolls": Given("alternating", "reps", 2, 3, "lasting", ("two sets of 15",)),
            "cat-cow": Given("none", "reps", 2, 3, "lasting", ("two sets of 15", "as tolerated")),
        },
        (*LASTING_NOTES, "0 to 5"),
    ),
    "chronic-core": Programme(
        "back",
        "several times a week",
        "lasting",
        "lasting",
        ("bird-dog", "pelvic-tilt", "glute-bridge"),
        {
            "bird-dog": Given("both", *STARTS),
            "pelvic-tilt": Given("none", *STARTS),
            "glute-bridge": Given("none", *STARTS),
        },
        (*LASTING_NOTES, "swimming or cycling", "trainer log add walk 20"),
    ),
    "pregnancy": Programme(
        "back",
        "as agreed with your provider",
        "lasting",
        "lasting",
        ("pelvic-tilt-standing", "bird-dog-leg", "glute-bridge-small", "mindful-walk"),
        {
            "pelvic-tilt-standing": Given("none", *STARTS),
            "bird-dog-leg": Given("both", *STARTS),
            "glute-bridge-small": Given("none", *STARTS),
        },
        ("no higher than it began", "propped"),
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
    "walking-reset": Programme(
        "hips", "every day", "imbalance", "imbalance", ("mindful-walk",), {}, ("spoken", "trainer log add walk 20")
    ),
    "hip-and-back": Programme(
        "hips",
        "two or three times a week",
        "hip-back",
        "hip-back",
        (
            *("hamstring-stretch", "deep-lunge", "figure-four"),
            *("glute-bridge", "forearm-plank", "hip-abduction", "hip-extension"),
        ),
        {
            "hamstring-stretch": Given("both", *STRETCH),
            "deep-lunge": Given("both", "hold_s", 20, 30, "imbalance"),
            "figure-four": Given("both", "hold_s", 30, 30, "imbalance"),
        },
        ("a few weeks to several months", "twisting", "sit-ups", "toe touches", "numbness or weakness"),
    ),
}
"""All programmes of the five articles."""

SECOND_SHELF_ROUTINES: dict[str, Programme] = {
    "neck-and-shoulders": Programme(
        "at the desk",
        "a few times every day",
        "worksafe-vic",
        "worksafe-vic",
        ("shoulder-roll", "head-turn", "neck-side-bend", "chin-tuck", "elbows-back"),
        {"head-turn": SECOND_SHELF["head-turn"].given, "elbows-back": SECOND_SHELF["elbows-back"].given},
        ("beyond the five articles",),
    ),
    "wrists-and-hands": Programme(
        "at the desk",
        "each hour",
        "ccohs-stretching",
        "ccohs-stretching",
        ("fist-and-fan", "wrist-bend-down", "wrist-bend-up", "prayer-stretch"),
        {"prayer-stretch": SECOND_SHELF["prayer-stretch"].given},
        ("beyond the five articles",),
    ),
    "eye-break": Programme(
        "at the desk",
        "every 20 minutes",
        "worksafebc-eyes",
        "worksafebc-eyes",
        ("look-far", "eyes-closed"),
        {"look-far": SECOND_SHELF["look-far"].given, "eyes-closed": SECOND_SHELF["eyes-closed"].given},
        ("beyond the five articles",),
    ),
    "calves-and-legs": Programme(
        "at the desk",
        "three times a week",
        "nhs-tayside",
        "nhs-tayside",
        ("sit-to-stand", "calf-raise", "toe-raise", "calf-stretch"),
        {"calf-raise": SECOND_SHELF["calf-raise"].given, "calf-stretch": SECOND_SHELF["calf-stretch"].given},
        ("beyond the five articles", "not written for desk work"),
    ),
    "half-hour-break": Programme(
        "at the desk",
        "every 30 minutes",
        "newcastle-oh",
        "newcastle-oh",
        ("sit-to-stand", "shoulder-roll", "elbows-back", "calf-raise", "look-far"),
        {"shoulder-roll": SECOND_SHELF["shoulder-roll"].given, "look-far": SECOND_SHELF["look-far"].given},
        ("beyond the five articles",),
    ),
}
"""Routines that rest on public bodies alone."""


def test_every_routine_stands_in_one_table() -> None:
    """What ships is what the tables hold, and a routine of public bodies is in theirs."""
    assert set(ROUTINE_TEXTS) == {*ROUTINES, *SECOND_SHELF_ROUTINES}
    assert not set(ROUTINES) & set(SECOND_SHELF_ROUTINES)
    found = {id_ for id_ in ROUTINE_TEXTS if shelf(routine(id_).sources) == "public bodies"}
    assert found == set(SECOND_SHELF_ROUTINES)


ALL_ROUTINES = {**ROUTINES, **SECOND_SHELF_ROUTINES}

TIMES_A_WEEK: dict[str, tuple[int, str] | None] = {
    "desk-break": (5, OWN),
    "eye-break": (5, OWN),
    "half-hour-break": (5, OWN),
    "wrists-and-hands": (5, OWN),
    "neck-and-shoulders": (7, "worksafe-vic"),
    "calves-and-legs": (3, "nhs-tayside"),
    "warm-up": None,
    "core-spine-glutes": (7, "relief"),
    "posture-check": None,
    "lower-back-list": (3, OWN),
    "weaker-side": (3, OWN),
    "back-basics": (7, "lasting"),
    "big-three": (7, "lasting"),
    "stretch-and-strengthen": (7, "lasting"),
    "quick-relief": (7, "lasting"),
    "physio-ladder": (7, "lasting"),
    "chronic-core": (3, OWN),
    "pregnancy": None,
    "uneven-hips": (2, OWN),
    "tilted-pelvis": (2, OWN),
    "hip-and-back": (2, "hip-back"),
    "walking-reset": (7, "imbalance"),
}
"""On how many days of a week each frequency asks for its routine, and whose figure that is.

The lower one of a range. Breaks of each hour are for the days of a working week; "several" and "every other day" are
read as three; both are our own readings.
"""


@pytest.mark.parametrize(("id_", "given"), ALL_ROUTINES.items(), ids=ALL_ROUTINES)
def test_a_routine_keeps_what_its_source_gives(id_: str, given: Programme) -> None:
    """Every routine has the exercises of its source in order, with their doses and how often."""
    found = routine(id_)
    assert found.group == given.group
    assert given.source in found.sources
    assert given.frequency in (found.frequency or "").lower()
    assert found.source["frequency"] == given.frequency_source
    times = None if found.times_a_week is None else (found.times_a_week, found.source["times_a_week"])
    assert times == TIMES_A_WEEK[id_]
    assert tuple(step.exercise for step in found.step) == given.steps
    for step in found.step:
        if step.exercise in given.doses:
            shipped = exercise(step.exercise)
            assert shipped.sides == given.doses[step.exercise].sides
            assert_dose(shipped.dose.replaced_by(step.dose), given.doses[step.exercise])
    notes = " ".join(found.notes).lower()
    for words in given.notes:
        assert words in notes


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


def laid_out(id_: str, level: int | None = None) -> list[tuple[str, Dose]]:
    """The exercises of a routine with the doses that a person gets."""
    found = routine(id_)
    made = plan(found, {step.exercise: exercise(step.exercise) for step in found.step}, level=level)
    return [(item.exercise.id, item.dose) for item in made.items]


RUNGS = [(3, 1), (5, 1), (8, 1), (10, 1), (12, 1), (15, 1), (8, 2), (10, 2), (12, 2), (15, 2)]


def test_the_ladder_climbs_from_the_start_to_the_top_of_its_source() -> None:
    """From three repetitions to two sets of 15, each rung more work than the one before; only the ends are cited."""
    rungs = routine("physio-ladder").level
    assert [(rung.reps, rung.sets) for rung in rungs] == RUNGS
    work = [rung.reps * rung.sets for rung in rungs]
    assert work == sorted(set(work))
    cited = [set(rung.source.values()) for rung in rungs]
    assert cited == [{"lasting"}, *[{OWN}] * (len(rungs) - 2), {"lasting"}]
    assert all(set(rung.source) == {"reps", "sets"} for rung in rungs)


@pytest.mark.parametrize(("number", "rung"), enumerate(RUNGS, 1))
def test_every_exercise_of_the_ladder_climbs(number: int, rung: tuple[int, int]) -> None:
    """On every rung each exercise has its repetitions and sets, and a rest between two sets."""
    for id_, dose in laid_out("physio-ladder", number):
        assert (dose.reps, dose.number_of_sets) == rung, id_
        assert dose.rest_s, id_


def test_only_the_ladder_has_rungs() -> None:
    """No other routine of the articles has levels."""
    assert [id_ for id_ in ROUTINES if routine(id_).level] == ["physio-ladder"]


def test_the_weaker_side_gets_one_set_more() -> None:
    """The side that the person names has three sets where the other has two, within what the source allows."""
    found = routine("weaker-side")
    made = plan(found, {step.exercise: exercise(step.exercise) for step in found.step}, weaker="right")
    for item in made.items:
        works = [step.side for step in made.steps if step.item is item and step.kind == "work"]
        assert (works.count("right"), works.count("left")) == (3, 2)
    assert [id_ for id_ in ROUTINES if any(step.extra_sets for step in routine(id_).step)] == ["weaker-side"]


def test_pregnancy_begins_with_asking_and_never_lies_flat() -> None:
    """Its first note sends to the provider; only the small, propped bridge is on the back, for under a minute."""
    found = routine("pregnancy")
    assert found.notes[0].startswith("Only after asking your provider")
    lying = [(id_, dose) for id_, dose in laid_out("pregnancy") if exercise(id_).position == "on the back"]
    assert [id_ for id_, _ in lying] == ["glute-bridge-small"]
    assert sum(work.reckoned_s for work in lying[0][1].sets_of_work()) < 60
    assert any("Prop" in cue for cue in exercise("glute-bridge-small").cues.set_up)
    for step in found.step:
        easier = exercise(step.exercise).easier
        assert easier is None or exercise(easier).position != "on the back"


def test_a_desk_break_is_short() -> None:
    """A desk break is under two minutes of work and rest."""
    found = routine("desk-break")
    work = sum(w.reckoned_s for step in found.step for w in exercise(step.exercise).dose.sets_of_work())
    assert work + found.rest_after_s < 120
