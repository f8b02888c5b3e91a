"""What follows from a pain rating."""

from __future__ import annotations

import pytest

from trainer.coach.pain import after_rating


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("nrs", range(11))
def test_from_the_limit_on_there_is_advice(nrs, limit):
    """Advice comes from the person's own limit on, 5 where they set none, and never below it by itself."""
    advice = after_rating(nrs, None, limit)
    assert (advice is not None) == (nrs >= limit)
    if advice is not None:
        assert advice.nrs == nrs
        assert advice.reason.startswith(f"You rated {nrs} of 10.")
        assert (f"Your own limit is {limit}." in advice.reason) == (limit < 5)
        assert "below 5" in advice.says


def test_the_usual_limit_is_five():
    """Where nothing was set, 4 goes on and 5 asks."""
    assert after_rating(4) is None
    assert after_rating(5) is not None


@pytest.mark.parametrize(
    ("before", "nrs", "asked"),
    [
        (0, 0, False),
        (0, 1, False),
        (0, 2, True),
        (1, 2, False),  # twice as much, and one point
        (1, 3, True),
        (2, 3, False),
        (2, 4, True),
        (4, 4, False),
        (4, 1, False),
        (None, 4, False),
    ],
)
def test_growing_pain_asks_below_the_limit(before, nrs, asked):
    """Pain that grew by two points since before the session asks too; less than that does not."""
    advice = after_rating(nrs, before)
    assert (advice is not None) == asked
    if advice is not None:
        assert advice.reason == f"You rated {nrs} of 10, and {before} before you began."
        assert "grows" in advice.says


def test_the_limit_speaks_first():
    """A rating at the limit that also grew is answered once, by the limit."""
    advice = after_rating(7, 1)
    assert advice is not None
    assert advice.reason == "You rated 7 of 10."


def test_high_pain_that_did_not_grow_is_still_high():
    """Who began at 6 and rates 6 is asked all the same."""
    assert after_rating(6, 6) is not None
