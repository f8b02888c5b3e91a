"""Hours and times for the tests, and what they mean, read in the plainest way."""

from __future__ import annotations

from hypothesis import strategies as st

from trainer.breaks.settings import DAYS, At, Breaks, Hours

DAY_MIN, WEEK_MIN = 1440, 10_080
OFFICE = Hours(**dict.fromkeys(DAYS[:5], ("09:00-12:30", "13:30-17:30")))

_times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
_ranges = st.builds("{}-{}".format, _times, _times | st.just("24:00"))
_some = st.lists(_ranges, max_size=3).map(tuple)
hours = st.builds(Hours, **dict.fromkeys(DAYS, _some))
ats = st.lists(
    st.builds(At, _times, st.none(), st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True).map(tuple)),
    max_size=5,
).map(tuple)
wishes = st.builds(Breaks, every_min=st.sampled_from([0, 25, 60]), at=ats, hours=st.none() | hours)


def minute(text: str) -> int:
    """Minutes since midnight."""
    return int(text[:2]) * 60 + int(text[3:])


def within(hours: Hours) -> set[int]:
    """The minutes of the week in the hours, one after the other."""
    found = set()
    for number, day in enumerate(DAYS):
        for one in getattr(hours, day):
            begin, end = (minute(text) for text in one.split("-"))
            at = begin
            while True:
                found.add((number * DAY_MIN + at) % WEEK_MIN)
                at += 1
                if at % DAY_MIN == end % DAY_MIN:
                    break
    return found
