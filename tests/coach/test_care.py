"""The notes on care, and what no text of the coach may say."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import trainer
from trainer.coach.care import CARE
from trainer.coach.pain import NO_PAIN, WORST_PAIN, after_rating
from trainer.coach.tomorrow import tomorrow
from trainer.figures import reading
from trainer.library.reader import check
from trainer.library.shelf import Library

NOTES = {section.title: " ".join(section.lines).lower() for section in CARE}
NOW, SOON, BEFORE = "Call your emergency number now", "See a doctor soon", "Before you start"


@pytest.mark.parametrize(
    ("title", "sign"),
    [
        *product(
            [NOW],
            [
                "both legs",
                "pain",
                "tingling",
                "weakness",
                "numbness",
                "genitals",
                "buttocks",
                "urine",
                "bladder",
                "bowel",
                "chest pain",
                "accident",
            ],
        ),
        *product([SOON], ["fever", "weight", "lump", "shape", "night", "cough", "shoulder blades", "six weeks"]),
        *product([BEFORE], ["professional", "pregnancy", "injury", "surgery"]),
        *product(["While you exercise"], ["5 of 10", "stop", "numbness", "weakness", "medical attention"]),
        ("What this program is", "examines nobody"),
    ],
)
def test_each_sign_is_named_where_it_belongs(title, sign):
    """Every sign that needs help is named, under how soon it needs it."""
    assert sign in NOTES[title]


def test_the_most_urgent_comes_before_what_can_wait():
    """What needs help now stands before what needs it soon, and both before what the program is."""
    titles = list(NOTES)
    assert titles.index(NOW) < titles.index(SOON) < titles.index("What this program is")


def test_no_country_is_taken_for_granted():
    """No number to call is given: it differs from country to country."""
    assert not re.search(r"\b(112|911|999|111)\b", " ".join(NOTES.values()))


def test_each_note_has_its_source():
    """Every section says where it comes from."""
    assert all(section.source and section.lines for section in CARE)


# --- what no text says -----------------------------------------------------------------------------

FORBIDDEN = re.compile(
    r"\b(safe(ly|ty)?|cures?|cured|fix(es|ed)?|heal(s|ed|ing)?|diagnos\w*|guarantee\w*)\b"
    r"|correct(s|ed)? (your )?posture|!",
    re.IGNORECASE,
)


def said() -> list[str]:
    """All that the coach can say."""
    numbers = (None, 0, 2, 5, 10)
    texts = [NO_PAIN, WORST_PAIN, *(text for section in CARE for text in (section.title, *section.lines))]
    for nrs, before, limit in product(range(11), numbers, range(1, 6)):
        if (advice := after_rating(nrs, before, limit)) is not None:
            texts += [advice.reason, advice.says]
    for before, after, rating, finished in product(numbers, numbers, numbers, (True, False)):
        ratings = [] if rating is None else [("Plank", rating)]
        texts += tomorrow(frequency="Daily", before=before, after=after, ratings=ratings, finished=finished)
    return sorted(set(texts))


@pytest.mark.parametrize("text", said())
def test_the_coach_promises_nothing(text):
    """No text promises, diagnoses, clears or shouts."""
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize(
    "text", ["It is safe.", "Cures pain", "heals", "No diagnosis", "We guarantee", "correct posture", "Well done!"]
)
def test_what_is_forbidden_would_be_found(text):
    """The pattern finds what it is for."""
    assert FORBIDDEN.search(text)


FILES = sorted(Path(trainer.__file__).parent.glob("library/**/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_library_promises_nothing(path):
    """Nor does what a shipped exercise, routine or figure says; a source's own title is only its title."""
    if path.parent.name == "figures":
        figure = reading.read(Library(), path.stem)
        lines = [figure.alt, *(pose.name for pose in figure.pose), *(pose.say or "" for pose in figure.pose)]
        assert not [line for line in lines if FORBIDDEN.search(line)]
        return
    value = check(path)
    lines = [value.purpose, *getattr(value, "notes", [])]
    if hasattr(value, "cues"):
        lines += [line for name in value.cues.__struct_fields__ for line in getattr(value.cues, name)]
        lines += [*value.leave_out, *value.parts]
    assert not [line for line in lines if FORBIDDEN.search(line)]


def test_there_are_files_to_look_at():
    """The shipped library was found."""
    assert len(FILES) > 20
