"""The rules that the program follows, against a table written out here."""

from __future__ import annotations

import pytest

from trainer.coach.pain import after_rating
from trainer.coach.rules import ARTICLES, RULES, Rule
from trainer.library.shelf import Library
from trainer.library.sources import SOURCES

BY_ID: dict[str, Rule] = {rule.id: rule for topic in RULES for rule in topic.rules}
GIVEN = {
    "ask-first": (("provider", "ongoing pain", "injury", "pregnancy"), {"lasting", "hip-back"}),
    "red-flags": (("numbness", "weakness", "medical attention"), {"hip-back"}),
    "take-care": (("running", "jumping", "forced twisting", "full sit-ups", "toe touches"), {"hip-back"}),
    "scale": (("0 to 10",), {"relief", "lower-back", "lasting", "imbalance", "hip-back"}),
    "acceptable": (("mild", "below 5", "0 to 5"), {"lasting"}),
    "no-worse": (("worse", "before", "start"), {"lasting"}),
    "change-or-stop": (("new", "change the exercise or stop"), {"lasting"}),
    "six-weeks": (("6 weeks", "professional"), {"lasting"}),
    "start": (("2 or 3 repetitions",), {"lasting"}),
    "progress": (("slowly", "2 sets of 15"), {"lasting"}),
    "sets": (("1 to 3 sets", "rest"), {"lower-back"}),
    "stretch": (("20 to 30 s",), {"lower-back", "imbalance"}),
    "quality": (("quality", "less", "right muscles", "in line"), {"relief"}),
    "sides": (("grows", "weaker side", "at once"), {"lower-back"}),
    "hips": (("uneven-hips", "tilted-pelvis"), {"imbalance"}),
    "activity": (
        ("150 min", "moderate", "75 min", "vigorous", "strength twice", "balance", "flexibility"),
        {"lasting"},
    ),
    "hip-routine": (("2 or 3",), {"hip-back"}),
    "when-to-expect": (("few weeks", "several months"), {"hip-back"}),
    "keep-going": (("after the pain is gone",), {"lower-back"}),
}


def test_no_rule_is_lost_or_added_unseen() -> None:
    """The rules are those written out here."""
    assert BY_ID.keys() == GIVEN.keys()
    assert len(BY_ID) == sum(len(topic.rules) for topic in RULES)


@pytest.mark.parametrize("id_", GIVEN)
def test_a_rule_keeps_its_figure_and_source(id_: str) -> None:
    """Every rule holds the figure of its source and names it."""
    words, sources = GIVEN[id_]
    for word in words:
        assert word in BY_ID[id_].text.lower()
    assert set(BY_ID[id_].sources) == sources


def test_the_articles_are_those_that_rules_cite() -> None:
    """The five articles are the sources that are articles."""
    assert set(ARTICLES) == {key for key, source in SOURCES.items() if source.article}


def test_the_routines_that_a_rule_names_are_there() -> None:
    """What a rule sends a person to can be run."""
    library = Library()
    for id_ in ("uneven-hips", "tilted-pelvis"):
        assert library.routine(id_).id in BY_ID["hips"].text


def test_the_guide_keeps_to_the_limit_that_is_told() -> None:
    """From 5 of 10 the guide answers, below it does not."""
    assert after_rating(4) is None
    assert after_rating(5) is not None
