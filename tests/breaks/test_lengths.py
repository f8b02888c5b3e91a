"""Lengths of time in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.breaks.lengths import minutes


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (-5, "less than a minute"),
        (0, "less than a minute"),
        (59_999, "less than a minute"),
        (60_000, "1 min"),
        (60_001, "2 min"),
        (25 * 60_000, "25 min"),
        (59 * 60_000, "59 min"),
        (59 * 60_000 + 1, "1 h"),
        (60 * 60_000, "1 h"),
        (61 * 60_000, "1 h 1 min"),
        (65 * 60_000, "1 h 5 min"),
        (600 * 60_000, "10 h"),
        (26 * 3_600_000 + 1, "26 h 1 min"),
    ],
)
def test_a_length_in_words(ms, words):
    """Whole minutes, counted up, so that nobody waits longer than they read."""
    assert minutes(ms) == words


@given(st.integers(60_000, 10**11))
def test_nobody_waits_longer_than_they_read(ms):
    """The words are the length, rounded up to a minute."""
    found = re.fullmatch(r"(?:(\d+) h)?(?: ?(\d+) min)?", minutes(ms))
    said = int(found[1] or 0) * 60 + int(found[2] or 0)
    assert 0 <= said * 60_000 - ms < 60_000
