"""Which activities can be logged, what their words are, and what each counts toward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.records import ActivityLogged
from trainer.coach.activities import (
    ACTIVITIES,
    INTENSITIES,
    counts_for,
    in_words,
    logged,
    minutes,
    resolve,
    starting,
    suggestions,
)

USUAL = {
    "walk": "moderate",
    "brisk-walk": "moderate",
    "swim": "moderate",
    "cycle": "moderate",
    "run": "vigorous",
    "row": "moderate",
    "hike": "moderate",
    "dance": "moderate",
    "climb-stairs": "vigorous",
    "garden": "moderate",
    "housework": "moderate",
    "ball-games": "vigorous",
    "strength-class": "moderate",
    "yoga": "light",
    "other": "moderate",
}


def test_the_table():
    """Each activity is there with its usual intensity and a source for it."""
    assert {one.id: one.usual for one in ACTIVITIES} == USUAL
    assert {one.source for one in ACTIVITIES} == {"WHO", "NHS", "own"}
    assert INTENSITIES == ("light", "moderate", "vigorous")


def test_every_word_means_one_activity():
    """No id, name or alias stands for two, and each leads to its own."""
    words = [(word, one) for one in ACTIVITIES for word in {one.id.replace("-", " "), one.name.lower(), *one.aliases}]
    assert len({word for word, _ in words}) == len(words)
    for word, one in words:
        assert resolve(word) is one
        assert starting(word) is not None


@pytest.mark.parametrize(
    ("word", "id"),
    [
        ("walk", "walk"),
        ("Walking", "walk"),
        ("cycling", "cycle"),
        ("BIKE", "cycle"),
        ("run", "run"),
        ("jogging", "run"),
        ("brisk walk", "brisk-walk"),
        ("brisk-walk", "brisk-walk"),
        ("  Brisk_Walk ", "brisk-walk"),
        ("football", "ball-games"),
        ("stairs", "climb-stairs"),
        ("weights", "strength-class"),
    ],
)
def test_a_word_is_resolved(word, id):
    """By id, name or alias, whatever the case and whatever joins the words."""
    found = resolve(word)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    ("word", "first"), [("wlak", "walk"), ("swiming", "swim"), ("runing", "run"), ("jpgging", "run"), ("cycl", "cycle")]
)
def test_a_mistyped_word_suggests_the_nearest(word, first):
    """What is nearly an activity is not one, and the one that was meant comes first."""
    assert resolve(word) is None
    assert suggestions(word)[0].id == first


@pytest.mark.parametrize("word", ["", "   ", "xyzzy", "\x1b[2J", "膝", "x" * 10_000])
def test_a_word_for_nothing(word):
    """Any other text is no activity, and suggests none."""
    assert resolve(word) is None
    assert suggestions(word) == []


@given(st.text(max_size=30))
def test_any_word(word):
    """Any text is resolved, suggested from and typed without a fault."""
    found = resolve(word)
    assert found is None or found in ACTIVITIES
    assert len(suggestions(word)) <= 3
    assert starting(word) is None or starting(word) in ACTIVITIES


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("s", "swim"),
        ("st", "strength-class"),
        ("sta", "climb-stairs"),
        ("b", "brisk-walk"),
        ("jo", "run"),
        ("w", "walk"),
    ],
)
def test_letters_choose(typed, id):
    """A name that begins with what was typed comes before an alias, and an alias before a word inside."""
    found = starting(typed)
    assert found is not None
    assert found.id == id


def test_no_letters_choose_nothing():
    """Nothing typed, or nothing that begins so, is no choice."""
    assert starting("") is starting(" ") is starting("xy") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("1440", 1440),
        (" 20 ", 20),
        ("020", 20),
        ("0", None),
        ("1441", None),
        ("-5", None),
        ("+5", None),
        ("20.5", None),
        ("1e2", None),
        ("", None),
        ("٢٠", None),
        ("²", None),
        ("2_0", None),
        ("9" * 5_000, None),
    ],
)
def test_minutes(text, expected):
    """Minutes are 1 to 1440 in ASCII digits, and nothing else."""
    assert minutes(text) == expected


def test_what_is_logged():
    """The usual intensity counts where none is said; minutes become milliseconds."""
    run = resolve("run")
    assert run is not None
    assert logged(run, 20) == ActivityLogged("run", "Run", 1_200_000, "vigorous")
    assert logged(run, 20, "light").intensity == "light"
    assert in_words(logged(run, 20)) == "Run, 20 min, vigorous"


@pytest.mark.parametrize(
    ("id", "expected"),
    [("walk", "minutes"), ("strength-class", "strength"), ("yoga", "flexibility"), ("from-later", "minutes")],
)
def test_what_an_activity_counts_toward(id, expected):
    """Minutes, strength or flexibility; what is not known here counts by its minutes."""
    assert counts_for(id) == expected
