"""What comes next, with its reason."""

from __future__ import annotations

import pytest

from trainer.coach.tomorrow import AGAIN, NOTHING_SEEN, heading, tomorrow

SAME = "The same again next time. Add a little only if tomorrow morning is no worse than today."
NOTHING = "No exercise was rated, so there is nothing to go by yet. Notice how tomorrow morning feels."


def lines(before=None, after=None, ratings=(), **more):
    return tomorrow(frequency=None, before=before, after=after, ratings=ratings, **more)


@pytest.mark.parametrize(
    ("before", "after", "ratings", "expected"),
    [
        (None, None, [], [NOTHING]),
        (3, None, [], [NOTHING]),
        (None, 2, [], [SAME]),
        (None, None, [("Plank", 2)], [SAME]),
        (3, 3, [("Plank", 4)], [SAME]),
        (3, 4, [], [SAME]),
        (5, 1, [], [SAME]),
        (3, 5, [], ["Pain went from 3 to 5. Do less next time; if it stays worse, ask a provider."]),
        (
            None,
            None,
            [("Plank", 5)],
            ["Plank: rated 5 or more. Next time take the easier form, do less, or leave it out."],
        ),
    ],
)
def test_the_next_time_follows_from_the_ratings(before, after, ratings, expected):
    """Less after pain that was high or grew, the same where it did neither, and nothing to go by without ratings."""
    assert lines(before, after, ratings) == expected


def test_high_and_worse_are_both_said():
    """An exercise at the limit and a session that made it worse are two reasons; neither then says "the same"."""
    found = lines(2, 4, [("Plank", 6)])
    assert len(found) == 2
    assert SAME not in found


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["A"], "A: "), (["A", "B"], "A and B: "), (["A", "B", "C"], "A, B and C: "), (["A", "B", "A"], "A and B: ")],
)
def test_each_exercise_is_named_once(names, expected):
    """All exercises at the limit are named, each once, in order."""
    assert lines(ratings=[(name, 5) for name in names])[0].startswith(expected)


@pytest.mark.parametrize(("limit", "nrs", "high"), [(5, 4, False), (3, 3, True), (3, 2, False), (1, 1, True)])
def test_the_own_limit_counts(limit, nrs, high):
    """What counts as high is the person's own limit, and the line says it."""
    found = lines(ratings=[("Plank", nrs)], limit=limit)
    assert (found != [SAME]) == high
    assert not high or f"rated {limit} or more" in found[0]


def test_stopping_early_is_no_fault():
    """Who stopped early is told that a part counts; who finished is not."""
    early = "You stopped early. A part counts as what it is; take it up again when it suits you."
    assert lines(finished=False)[-1] == early
    assert early not in lines()


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [("Every day.", "How often: every day."), ("Two or three times a week", "How often: two or three times a week.")],
)
def test_how_often(frequency, expected):
    """The routine's own frequency comes last, as one sentence."""
    found = tomorrow(frequency=frequency, before=None, after=None, ratings=[], finished=False)
    assert found[-1] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"answered": True}, AGAIN),
        ({"answered": False}, NOTHING_SEEN),
        ({"ratings": [("Thomas test", 6)], "answered": True}, "Thomas test: rated 5 or more."),
    ],
)
def test_after_nothing_but_self_checks(given, expected):
    """Looks alone tell of looking again, and of no pain that nobody asked for; what was rated all the same counts."""
    first, *rest = lines(only_looked=True, **given)
    assert first.startswith(expected)
    assert not rest
    assert "ratings" in given or not {"pain", "rated", "sore"} & set(first.lower().split())


@pytest.mark.parametrize(("only_looked", "expected"), [(True, "Next time"), (False, "Tomorrow")])
def test_the_heading_fits(only_looked, expected):
    """What was only looked at is looked at again some time, not tomorrow."""
    assert heading(only_looked=only_looked) == expected
