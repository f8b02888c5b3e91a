"""What is said aloud at which event."""

from __future__ import annotations

import pytest

from tests.guide.conftest import Walk, make_exercise
from trainer.cues.script import AFTER_TONE_MS, HALF_WAY, Said, Script, phrases
from trainer.cues.tones import length_ms
from trainer.guide import events as e
from trainer.library.model import Cues, Dose

SET_UP = ["Stand tall.", "Look ahead."]
PARTS = ["First.", "Second.", "Third."]
WALKING = make_exercise(
    "stroll", Dose(hold_s=60), position="walking", cues=Cues(set_up=SET_UP, move=["Not said."]), parts=PARTS
)
PLANK = make_exercise(cues=Cues(set_up=["Not said."]), parts=["Not said.", "Nor this."])


class Told(Walk):
    """A walk through a plan, and what its script says."""

    def __init__(self, *exercises, **more):
        self.script = Script()
        self.told = []
        super().__init__(*exercises, **more)

    def _hear(self, events):
        self.told += [said for event in events if (said := self.script.said_at(event)) is not None]
        return events

    def send(self, *commands):
        return self._hear(super().send(*commands))

    def wait(self, ms):
        return self._hear(super().wait(ms))

    @property
    def texts(self):
        return [said.texts for said in self.told]


def test_a_walk_is_spoken_from_start_to_end():
    """Set-up while getting ready, to be over before the work; then each part when it begins, after its tone."""
    told = Told(WALKING)
    told.wait(200_000)
    assert told.told == [
        Said(AFTER_TONE_MS, ("Stand tall.", "Look ahead."), 6_000),
        Said(6_000 + AFTER_TONE_MS, ("First.",)),
        Said(26_000 + AFTER_TONE_MS, ("Second.",)),
        Said(46_000 + AFTER_TONE_MS, ("Third.",)),
        Said(66_000, ()),  # the walk is over
    ]


def test_half_of_a_walk_without_parts():
    """A walk that is one and the same throughout says when half of it is over."""
    told = Told(make_exercise("stroll", Dose(hold_s=60), position="walking"))
    told.wait(200_000)
    assert told.texts == [(HALF_WAY,), ()]


def test_only_walks_are_spoken():
    """Who does not walk can look at the screen: nothing is said, nor is anything to be ended."""
    told = Told(PLANK, make_exercise("other"))
    told.wait(50_000)
    told.send(e.Pause(), e.Resume())
    told.wait(200_000)
    assert told.told == []


@pytest.mark.parametrize("first", [WALKING, PLANK], ids=["walk first", "walk second"])
def test_each_exercise_of_a_routine_says_its_own(first):
    """Beside other exercises, only the walk is spoken."""
    told = Told(*((WALKING, PLANK) if first is WALKING else (PLANK, WALKING)))
    told.wait(300_000)
    assert [texts for texts in told.texts if texts] == [tuple(SET_UP), *((part,) for part in PARTS)]


def test_a_late_call_says_every_part_as_its_own():
    """Events that come together are each read with the step that they belong to."""
    told = Told(PLANK, WALKING)
    told.engine._gap_ms = 10**9
    told.wait(20_000)
    told._hear(told.engine.advance(200_000))
    assert [texts for texts in told.texts if texts] == [tuple(SET_UP), *((part,) for part in PARTS)]


def test_a_pause_ends_what_is_said_and_the_part_is_said_again():
    """Nothing is said to who stands still; who goes on hears what the present part is for, but no set-up."""
    told = Told(WALKING).to("work")
    told.wait(21_000)
    told.told.clear()
    told.send(e.Pause())
    assert told.texts == [()]
    told.send(e.Resume())
    told.wait(4_000)
    assert told.texts == [(), ("Second.",)]
    assert told.told[-1].at_ms == told.engine.now_ms - 1_000 + AFTER_TONE_MS


def test_a_walk_begun_again_says_its_parts_from_the_first():
    """Going back says the parts anew; the set-up was said."""
    told = Told(WALKING).to("work")
    told.wait(21_000)
    told.told.clear()
    told.send(e.Redo())
    told.wait(26_000)
    assert [texts for texts in told.texts if texts] == [("First.",), ("Second.",)]


def test_speech_ends_with_what_it_is_about():
    """Who goes on to another exercise, or stops, is not talked to about the last one."""
    for command in (e.Skip(), e.Stop()):
        told = Told(WALKING, PLANK).to("work")
        told.wait(1_000)
        told.told.clear()
        told.send(command)
        assert told.texts == [()]


def test_phrases_are_what_can_be_said():
    """All that a script may say, each once: what is to be recorded."""
    assert phrases([WALKING, PLANK, WALKING]) == (HALF_WAY, *SET_UP, *PARTS)


@pytest.mark.parametrize("cue", ["get_ready", "start", "half_way", "next_part"])
def test_the_tone_is_over_before_the_words(cue):
    """No tone that goes with words lasts longer than they wait for it."""
    assert length_ms(cue) <= AFTER_TONE_MS
