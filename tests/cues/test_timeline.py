"""Deadlines and frames, in virtual time, with devices that ask unevenly."""

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cues.mixer import RATE_HZ
from trainer.cues.pending import LATE_NS, MOST, Pending, Waiting
from trainer.cues.timeline import Timeline

MS = 1_000_000
PERIOD = RATE_HZ // 50


def play(timeline, requests, added=()):
    """The samples of a device that asks for frames at moments in ms; cues come at moments in ms too."""
    added = sorted(added)
    heard = array("h")
    for at_ms, frames in requests:
        while added and added[0][0] <= at_ms:
            timeline.add(added.pop(0)[1])
        heard.frombytes(timeline.read(frames, round(at_ms * MS)))
    return heard


def onsets(heard, quiet_frames=2000):
    """The frames at which a sound begins after silence."""
    found, last = [], -quiet_frames
    for i, sample in enumerate(heard):
        if sample:
            if i - last >= quiet_frames:
                found.append(i)
            last = i
    return found


def count(at_ms):
    return Waiting(round(at_ms * MS), "count", 70)


def steady(seconds, jitter_ms=()):
    """Three periods at once, then one each 20 ms, each late by its jitter."""
    jitter = list(jitter_ms)
    filled = [(0, PERIOD)] * 3
    return filled + [(20 * i + (jitter[i % len(jitter)] if jitter else 0), PERIOD) for i in range(1, seconds * 50)]


@given(st.lists(st.floats(0, 15), min_size=1, max_size=30))
def test_intervals_hold_however_the_device_asks(jitter_ms):
    """Cues a second apart sound a second apart, within 15 ms of jitter to a third of a millisecond."""
    timeline = Timeline()
    cues = [(0, count(at_ms)) for at_ms in (1000, 2000, 3000, 4000)]
    found = onsets(play(timeline, steady(5, [0.0, *jitter_ms]), cues))
    assert len(found) == 4
    for one, other in pairwise(found):
        assert abs(other - one - RATE_HZ) <= RATE_HZ // 3000


@given(st.floats(0, 20))
def test_a_cue_for_now_is_delayed_as_one_foretold(into_period_ms):
    """A cue that comes at its very deadline, anywhere in a period, sounds as if it had been known before."""
    now_ms = 1500 + into_period_ms
    foretold = onsets(play(Timeline(), steady(2), [(0, count(now_ms))]))
    at_once = onsets(play(Timeline(), steady(2), [(now_ms, count(now_ms))]))
    assert foretold == pytest.approx(at_once, abs=1)


def test_a_first_cue_waits_for_the_buffers():
    """While the device fills its buffers nothing sounds; otherwise the first cue would come early."""
    heard = play(Timeline(), steady(1), [(0, count(0))])
    assert not any(heard[: 3 * PERIOD])
    assert any(heard[3 * PERIOD : 5 * PERIOD])


def test_a_device_that_never_waits_still_plays():
    """A device without a clock, which asks as fast as it can, plays all the same."""
    hasty = [(i / 100, PERIOD) for i in range(50)]
    assert any(play(Timeline(), hasty, [(0, count(0))]))


def test_a_stall_is_learnt():
    """After the device stood still for 100 ms, cues meet its new pace at once."""
    stalled = [(at_ms + (100 if at_ms > 1000 else 0), frames) for at_ms, frames in steady(4)]
    found = onsets(play(Timeline(), stalled, [(0, count(at_ms)) for at_ms in (2000, 3000)]))
    late = [frame - round((at_ms - 100) * RATE_HZ / 1000) for frame, at_ms in zip(found, (2000, 3000), strict=True)]
    usual = onsets(play(Timeline(), steady(4), [(0, count(2000))]))[0] - 2 * RATE_HZ
    assert late == pytest.approx([usual, usual], abs=2)


def test_a_late_cue_is_dropped():
    """A cue that the device could not play within 250 ms is never heard: a stall is followed by no burst."""
    before = steady(1)
    stalled = [*before, *((2000 + 20 * i, PERIOD) for i in range(100))]
    cues = [(0, count(at_ms)) for at_ms in (1100, 1300, 1500, 2200)]
    found = onsets(play(Timeline(), stalled, cues))
    assert len(found) == 1


def test_hush_forgets():
    """Nothing that waited sounds after a hush."""
    timeline = Timeline()
    timeline.add(count(500))
    timeline.hush()
    assert timeline.idle
    assert not any(play(timeline, steady(1)))


@pytest.mark.parametrize(("late_ns", "kept"), [(-1, 1), (0, 1), (LATE_NS, 1), (LATE_NS + 1, 0)])
def test_what_is_late(late_ns, kept):
    """Late is more than a quarter of a second after the deadline."""
    pending = Pending()
    pending.add(Waiting(10**9, "count", 70))
    assert len(pending.due(10**9 + 1, 10**9 + late_ns)) == kept


def test_earliest_first_and_bounded():
    """Cues come out by deadline, whatever order they came in; beyond a bound they are dropped."""
    pending = Pending()
    for i in reversed(range(2 * MOST)):
        pending.add(Waiting(i, "count", 70))
    deadlines = [waiting.deadline_ns for waiting in pending.due(10**9, 0)]
    assert deadlines == sorted(deadlines)
    assert len(deadlines) == MOST
    assert pending.next_ns is None
