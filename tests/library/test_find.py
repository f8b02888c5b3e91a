"""Searching: what fits which words and terms, and what a name stands for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.library import find
from trainer.library.model import Answer, Check, Cues, Dose, Exercise, Routine, Step
from trainer.library.query import KEYS, Complaint, Query, Term, checked, fold, near, read, read_words
from trainer.library.shelf import Library


def exercise(id, **more):
    values = {
        "name": id.replace("-", " ").capitalize(),
        "kind": "strength",
        "position": "standing",
        "purpose": "Any.",
        "dose": Dose(hold_s=20),
        "cues": Cues(),
        "sources": ["own"],
    }
    return Exercise(id=id, **{**values, **more})


def routine(id, *exercises, **more):
    values = {"name": id.replace("-", " ").capitalize(), "purpose": "Any.", "sources": ["own"]}
    return Routine(id=id, step=[Step(one.id) for one in exercises], **{**values, **more})


PLANK = exercise(
    "side-plank",
    aliases=["side bridge"],
    position="on the side",
    equipment=["mat"],
    tags=["core"],
    muscles=["trunk"],
    sweat=True,
    sources=["lasting"],
)
BRIDGE = exercise(
    "glute-bridge", position="on the back", equipment=["mat"], tags=["hips", "core"], sources=["imbalance"]
)
ROLL = exercise(
    "shoulder-roll",
    kind="mobility",
    position="seated",
    equipment=["chair"],
    tags=["shoulders"],
    sources=["nhs-tayside"],
)
LOOK = exercise("mirror-look", kind="check", check=Check("Any?", [Answer("yes", "Yes"), Answer("no", "No")]))
STAMP = exercise("stamp", noise=True, purpose="Wakes the legs.")

CORE = routine("core-work", PLANK, BRIDGE, group="back", sources=["lasting"])
DESK = routine("desk-time", ROLL, group="at the desk", tags=["shoulders", "gentle"], sources=["nhs-tayside"])
MIXED = routine("mixed", ROLL, STAMP, BRIDGE)
LENGTHS_S = {"core-work": 560, "desk-time": 45, "mixed": 330}
USED = {"core-work": [PLANK, BRIDGE], "desk-time": [ROLL], "mixed": [ROLL, STAMP, BRIDGE]}

ENTRIES = [
    *(
        find.of_routine(one, USED[one.id], length_ms=LENGTHS_S[one.id] * 1000, own=one is MIXED)
        for one in (DESK, CORE, MIXED)
    ),
    *(find.of_exercise(one, length_ms=30_000, own=False) for one in (PLANK, BRIDGE, ROLL, LOOK, STAMP)),
]
KNOWN = find.known(ENTRIES)


def found(text, entries=ENTRIES):
    query, complaints = checked(read(text), KNOWN)
    assert not complaints
    return [one.id for one in find.search(query, entries)]


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("  ", []),
        ("plank", [("", "plank")]),
        ("side  bridge", [("", "side"), ("", "bridge")]),
        ('"side bridge"', [("", "side bridge")]),
        ("tag:hips under:5", [("tag", "hips"), ("under", "5")]),
        ("TAG:Hips", [("tag", "Hips")]),
        ('position:"hands and knees" back', [("position", "hands and knees"), ("", "back")]),
        ('position:"hands and', [("position", "hands and")]),
        ("tag:", [("tag", "")]),
        ("tag: hips", [("tag", ""), ("", "hips")]),
        ('tag:""', [("tag", "")]),
        ("10:30", [("", "10:30")]),
        ("- … !", []),
    ],
)
def test_a_text_is_read_as_words_and_terms(text, terms):
    assert [(term.key, term.value) for term in read(text).terms] == terms


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["side", "bridge"], "side bridge"),
        (["side bridge"], "side bridge"),
        (["position:hands and knees"], 'position:"hands and knees"'),
        (["tag:hips floor:no"], "tag:hips floor:no"),
        (['position:"on the back" plank'], 'position:"on the back" plank'),
    ],
)
def test_arguments_are_read_though_the_shell_took_their_quotes(words, text):
    assert str(read_words(words)) == text


VALUES = st.text(st.characters(blacklist_characters='"', blacklist_categories=("Cs",)), max_size=20).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(st.builds(Term, st.sampled_from(list(KEYS)), VALUES)))
def test_a_query_of_terms_that_is_written_out_is_read_as_the_same(terms):
    query = Query(tuple(terms))
    assert read(str(query)) == query


@given(st.text())
def test_whatever_is_typed_is_read_and_checked(text):
    """Nothing typed raises, and what remains can be searched for."""
    query, complaints = checked(read(text), KNOWN)
    find.search(query, ENTRIES)
    find.nearest(query, ENTRIES)
    assert all(str(one) for one in complaints)


# --- wrong terms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("floor:maybe", "floor: found maybe; allowed: yes or no"),
        ("floor:", "floor: found nothing after it; allowed: yes or no"),
        ("tag:hps", "tag: found hps; allowed: did you mean hips? one of: core, gentle, hips, shoulders"),
        ("tag:sh", "tag: found sh; allowed: did you mean shoulders? one of: core, gentle, hips, shoulders"),
        ("needs:sofa", "needs: found sofa; allowed: chair, mat, nothing"),
        ("without:nothing", "without: found nothing; allowed: chair, mat"),
        ("under:0", "under: found 0; allowed: whole minutes, 1 to 600"),
        ("under:601", "under: found 601; allowed: whole minutes, 1 to 600"),
        ("under:5m", "under: found 5m; allowed: whole minutes, 1 to 600"),
        ("under:²", "under: found ²; allowed: whole minutes, 1 to 600"),
        ("group:desk", "group: found desk; allowed: at the desk, back, own"),
        ("source:nhs", "source: found nhs; allowed: did you mean nhs-tayside? one of: "),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(text, said):
    good, complaints = checked(read(text), KNOWN)
    assert not good.terms
    assert [str(one)[: len(said)] for one in complaints] == [said]


def test_an_unknown_key_is_told_with_what_was_meant():
    _, (complaint,) = checked(read("flor:no"), KNOWN)
    assert str(complaint).startswith("found flor:; allowed: did you mean floor:? one of: tag:, position:, ")


def test_what_is_right_beside_something_wrong_can_be_asked():
    good, complaints = checked(read("plank floor:maybe needs:mat"), KNOWN)
    assert str(good) == "plank needs:mat"
    assert complaints == [Complaint("floor", "maybe", "", "yes or no")]


# --- finding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (
            "",
            ["desk-time", "core-work", "mixed", "side-plank", "glute-bridge", "shoulder-roll", "mirror-look", "stamp"],
        ),
        ("side bridge", ["core-work", "side-plank"]),  # not the routine whose exercises hold one word each
        ("SIDE-bridge", ["core-work", "side-plank"]),
        ("sïde brídge", ["core-work", "side-plank"]),
        ("trunk", ["core-work", "side-plank"]),
        ("chair", ["desk-time", "mixed", "shoulder-roll"]),
        ("mobility", ["desk-time", "mixed", "shoulder-roll"]),
        ("wakes", ["stamp"]),  # a purpose
        ("lasting", ["core-work", "side-plank"]),  # a source's key
        ("houl", []),  # from the beginning of a word
        ("plank roll", []),
        ("stamp bridge", ["mixed"]),  # two exercises together
        ("tag:core", ["core-work", "side-plank", "glute-bridge"]),
        ("tag:hips", ["glute-bridge"]),  # not each exercise of the routine has it
        ("tag:gentle", ["desk-time"]),
        ("position:seated", ["desk-time", "mixed", "shoulder-roll"]),
        ('position:"on the back"', ["core-work", "mixed", "glute-bridge"]),
        ("position:on-the-back", ["core-work", "mixed", "glute-bridge"]),
        ("needs:chair", ["desk-time", "mixed", "shoulder-roll"]),
        ("needs:nothing", ["mirror-look", "stamp"]),
        ("without:mat", ["desk-time", "shoulder-roll", "mirror-look", "stamp"]),
        ("without:mat without:chair", ["mirror-look", "stamp"]),
        ("source:nhs-tayside", ["desk-time", "shoulder-roll"]),
        ("under:1", ["desk-time", "side-plank", "glute-bridge", "shoulder-roll", "mirror-look", "stamp"]),
        ("under:6 group:own", ["mixed"]),  # 5 min 30 s is shown as 6 min, or 5
        ("under:9 plank", ["core-work", "side-plank"]),
        ("under:8 plank", ["side-plank"]),
        ("group:back", ["core-work"]),
        ("kind:check", ["mirror-look"]),
        ("floor:no", ["desk-time", "shoulder-roll", "mirror-look", "stamp"]),
        ("floor:yes", ["core-work", "mixed", "side-plank", "glute-bridge"]),
        ("quiet:no", ["mixed", "stamp"]),
        ("office:yes", ["desk-time", "shoulder-roll", "mirror-look"]),
        ("own:yes", ["mixed"]),
        ("tayside scotland", ["desk-time", "shoulder-roll"]),  # a publisher, where nothing else fits
    ],
)
def test_what_fits(text, ids):
    """Each word and each term has to hold."""
    assert found(text) == ids


def test_a_source_title_counts_only_where_nothing_fits_otherwise():
    """The title names the neck; so does an exercise, and that is what is meant."""
    turn = exercise("turn", tags=["neck"])
    titled = exercise("titled", sources=["relief"])
    entries = [find.of_exercise(one, length_ms=1, own=False) for one in (turn, titled)]
    assert found("neck", entries) == ["turn"]
    assert found("neck", entries[1:]) == ["titled"]


def test_words_of_two_names_are_no_phrase():
    """What stands apart is not read across."""
    assert found('"bridge on the side"') == []
    assert found('"side bridge"') == ["core-work", "side-plank"]


def test_a_script_without_blanks_is_found_by_a_part():
    entries = [find.of_exercise(exercise("odd", name="長い橋の形"), length_ms=1, own=True)]
    assert found("橋", entries) == ["odd"]


@pytest.mark.parametrize(("text", "near"), [("brigde", "bridge"), ("sholder", "shoulder"), ("bridge", ""), ("zzz", "")])
def test_a_word_near_one_that_is_nowhere(text, near):
    assert find.nearest(read(text), ENTRIES) == near


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Child's  Pose", "childs pose"), ("Child’s pose", "childs pose"), ("cat-cow", "cat cow"), ("Ähre_1", "ahre 1")],
)
def test_folding(text, folded):
    assert fold(text) == folded


def test_near_is_a_beginning_or_what_is_spelled_alike():
    assert near("pla", ["roll", "plank"]) == "plank"
    assert near("palnk", ["roll", "plank"]) == "plank"
    assert near("", ["roll"]) == ""


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("side-plank", "side-plank"),
        ("side bridge", "side-plank"),
        ("Side Bridge", "side-plank"),
        ("Child's pose", "childs-pose"),
        ("DESK BREAK", "desk-break"),
        ("hip flexor stretch", "deep-lunge"),
        ("clamshell", "clam"),
        ("no such thing", None),
        ("", None),
        ("/", None),
        ("../routines/desk-break", None),
        ("../desk-break", None),
        ("desk\\break", None),
        ("desk\0break", None),
        ("\x1b[2J", None),
    ],
)
def test_a_name_stands_for_an_id(text, id):
    """An id, another name or the name itself, in any case."""
    assert find.named(Library(), text) == id


def test_an_id_comes_before_another_name(tmp_path: Path, exercise_file, routine_file):
    """What is called as another is also called is still found by its id."""
    exercise_file("plank", tmp_path, more='aliases = ["board", "day"]')
    exercise_file("board", tmp_path)
    routine_file("day", tmp_path)
    library = Library(tmp_path)
    assert find.named(library, "board") == "board"
    assert find.named(library, "day") == "day"


def test_of_two_with_one_name_the_routine_is_meant(tmp_path: Path, exercise_file, routine_file):
    exercise_file("plank", tmp_path, name="Morning")
    routine_file("day", tmp_path, name="Morning")
    assert find.named(Library(tmp_path), "morning") == "day"


def test_a_file_that_cannot_be_read_is_known_by_its_id(tmp_path: Path):
    """So that its fault is told, and not that there is none."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "bad.toml").write_text("id =")
    assert find.named(Library(tmp_path), "bad") == "bad"


@pytest.mark.parametrize(("text", "id"), [("brid-dog", "bird-dog"), ("side brigde", "side-plank"), ("zzzz", "")])
def test_a_near_name_is_suggested(text, id):
    assert find.suggested(Library(), text) == id


def test_words_that_follow_each_other_in_a_name_mean_it():
    """`side bridge` is the side plank, and no bridge with the word side somewhere else; apart, all that has both."""
    other = exercise("one-leg-bridge", position="on the back", tags=["weaker side"])
    work = routine("weak-work", other)
    entries = [
        find.of_routine(one, used, length_ms=60_000, own=False)
        for one, used in [(CORE, [PLANK, BRIDGE]), (work, [other])]
    ]
    entries += [find.of_exercise(one, length_ms=60_000, own=False) for one in (PLANK, other)]
    assert [one.id for one in find.search(read("side bridge"), entries)] == ["core-work", "side-plank"]
    assert [one.id for one in find.search(read("bridge side"), entries)] == [
        "core-work",
        "weak-work",
        "side-plank",
        "one-leg-bridge",
    ]
