"""Moments as text, and what a clock showed as moments: offsets, zones, hours that come twice or never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.exchange import moments
from sessions.records import Stamp

UTC_MS = st.integers(0, moments.LAST_MS)
OFFSETS = st.integers(-1440, 1440)


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000


@given(UTC_MS, OFFSETS)
def test_a_moment_comes_back_from_its_text(utc_ms: int, offset_min: int) -> None:
    """Every moment that a fact may have, with every offset, is read as it was written, to the millisecond."""
    clock = moments.from_text(moments.as_text(utc_ms, offset_min))
    assert clock.offset_min == offset_min
    assert moments.at_offset(clock.shown, offset_min, "z") == Stamp(utc_ms, offset_min, "z")


@given(UTC_MS, st.integers(-1439, 1439))
def test_the_text_is_that_of_the_standard_library(utc_ms: int, offset_min: int) -> None:
    """What is written is what Python's own reader understands."""
    found = datetime.fromisoformat(moments.as_text(utc_ms, offset_min))
    assert found - datetime(1970, 1, 1, tzinfo=UTC) == timedelta(milliseconds=utc_ms)
    assert found.utcoffset() == timedelta(minutes=offset_min)


@pytest.mark.parametrize(
    ("text", "utc_ms"),
    [
        ("2026-03-01T08:30:00.000+01:00", ms(2026, 3, 1, 7, 30)),
        ("2026-03-01 08:30Z", ms(2026, 3, 1, 8, 30)),
        (" 2026-03-01T08:30:15,5-0330 ", ms(2026, 3, 1, 12, 0, 15) + 500),
        ("2026-03-01T08:30:00.123456789 +00:00", ms(2026, 3, 1, 8, 30) + 123),
        ("2026-03-01Z", ms(2026, 3, 1, 12)),
    ],
)
def test_forms_that_are_read(text: str, utc_ms: int) -> None:
    """A letter or a space, with or without seconds, minutes or a colon; a day alone is its noon."""
    clock = moments.from_text(text)
    assert clock.offset_min is not None
    assert moments.at_offset(clock.shown, clock.offset_min, "").utc_ms == utc_ms


@pytest.mark.parametrize(
    "text",
    [
        *("", "1.3.2026", "2026-13-01T08:00Z", "2026-02-29T08:00Z", "2026-03-01T24:00Z", "2026-03-01T08:60Z"),
        *("2026-03-01T08:00+24:01", "2026-03-01T08:00+01:60", "2026-03-01T8:00Z", "2026-03-01T08:00Z x"),
        *("0000-01-01", "٢٠٢٦-٠٣-٠١"),
    ],
)
def test_forms_that_are_not(text: str) -> None:
    """Anything else is refused rather than guessed."""
    with pytest.raises(moments.NoMoment):
        moments.from_text(text)


@pytest.mark.parametrize("shown", [datetime(1, 1, 1), datetime(1969, 12, 31, 23), datetime(9999, 12, 31, 23)])
def test_moments_out_of_range(shown: datetime) -> None:
    """Before 1970 and in the last year there are no facts."""
    berlin = moments.zone("Europe/Berlin")
    assert berlin is not None
    with pytest.raises(moments.NoMoment):
        moments.in_zone(shown, berlin, "Europe/Berlin")
    with pytest.raises(moments.NoMoment):
        moments.at_offset(shown, 0, "")


@pytest.mark.parametrize(
    ("zone", "shown", "utc", "offset_min"),
    [
        ("Europe/Berlin", (2026, 1, 15, 8, 0), (2026, 1, 15, 7, 0), 60),
        ("Europe/Berlin", (2026, 7, 15, 8, 0), (2026, 7, 15, 6, 0), 120),
        # Left out as the clocks go forward: half past two is half past three.
        ("Europe/Berlin", (2026, 3, 29, 2, 30), (2026, 3, 29, 1, 30), 120),
        # Shown twice as they go back: the first of both.
        ("Europe/Berlin", (2026, 10, 25, 2, 30), (2026, 10, 25, 0, 30), 120),
        ("Europe/Berlin", (2026, 10, 25, 3, 0), (2026, 10, 25, 2, 0), 60),
        ("America/St_Johns", (2026, 1, 15, 8, 0), (2026, 1, 15, 11, 30), -210),
        ("Australia/Lord_Howe", (2026, 10, 4, 2, 15), (2026, 10, 3, 15, 45), 660),
        ("Asia/Kathmandu", (2026, 1, 15, 8, 0), (2026, 1, 15, 2, 15), 345),
    ],
)
def test_what_clocks_showed(zone: str, shown: tuple[int, ...], utc: tuple[int, ...], offset_min: int) -> None:
    """A time of a zone's clocks is the moment at which they showed it, with the offset that they had then."""
    known = moments.zone(zone)
    assert known is not None
    assert moments.in_zone(datetime(*shown), known, zone) == Stamp(ms(*utc), offset_min, zone)


@pytest.mark.parametrize(
    "name", ["", "Berlin", "../../etc/hosts", "/etc/hosts", "Europe", "localtime", "a\0b", "x" * 5000]
)
def test_names_of_no_zone(name: str) -> None:
    """What is no zone's name, or another one's on another machine, is none."""
    assert moments.zone(name) is None
