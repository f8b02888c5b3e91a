"""The guide's clock."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.clock import SteadyClock


class Still(SteadyClock):
    """A clock whose source is set by hand."""

    source_ns = 5_000_000_000

    @classmethod
    def _read_ns(cls) -> int:
        return cls.source_ns


@pytest.fixture
def still(monkeypatch):
    """A clock at its origin, and the means to move its source and the monotonic clock with it."""
    now = {"ns": 900_000_000_000}
    monkeypatch.setattr(time, "monotonic_ns", lambda: now["ns"])

    def make(speed: int = 1):
        Still.source_ns = 5_000_000_000
        clock = Still(speed)

        def pass_ms(ms: float) -> None:
            Still.source_ns += round(ms * 1_000_000)
            now["ns"] += round(ms * 1_000_000)

        return clock, pass_ms

    return make


@pytest.mark.parametrize(("speed", "ms", "expected"), [(1, 0, 0), (1, 1500, 1500), (1, 0.9, 0), (20, 1500, 30_000)])
def test_time_counts_from_the_clock_on_at_its_speed(still, speed, ms, expected):
    """A clock starts at 0 and passes as fast as it was told to."""
    clock, pass_ms = still(speed)
    pass_ms(ms)
    assert clock.now_ms() == expected


@pytest.mark.parametrize(
    ("speed", "until_ms", "expected"),
    [(1, 3000, 2.0), (1, 1000, 0.0), (1, 999, 0.0), (1, -5000, 0.0), (20, 60_000, 2.0), (20, 0, 0.0)],
)
def test_a_wait_is_in_real_seconds_and_never_below_none(still, speed, until_ms, expected):
    """Waiting for a moment takes its real seconds, and none where it is over."""
    clock, pass_ms = still(speed)
    pass_ms(1000)
    assert clock.wait_s(until_ms) == expected


@pytest.mark.parametrize(("speed", "at_ms", "ahead_ms"), [(1, 3000, 2000), (1, 0, -1000), (20, 60_000, 2000)])
def test_a_moment_is_found_on_the_other_clock(still, speed, at_ms, ahead_ms):
    """A moment of this clock has its place on the one that the sound plays by, however fast this one is."""
    clock, pass_ms = still(speed)
    pass_ms(1000)
    assert clock.monotonic_ns(at_ms) - time.monotonic_ns() == ahead_ms * 1_000_000


@given(st.integers(1, 60), st.integers(-(10**12), 10**12))
def test_no_wait_is_negative(speed, until_ms):
    """Whatever is waited for, the seconds are none or more."""
    assert SteadyClock(speed).wait_s(until_ms) >= 0


def test_the_real_clock_never_goes_back():
    """Read again and again, the machine's own clock stands or goes on."""
    clock = SteadyClock()
    read = [clock.now_ms() for _ in range(1000)]
    assert read == sorted(read)
    assert read[0] >= 0
