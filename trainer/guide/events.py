"""What goes into the engine and what comes out of it, as frozen values."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trainer.guide.plan import Item, Step
from trainer.library.model import Side

Outcome = Literal["done", "cut_short", "skipped"]

# --- commands ------------------------------------------------------------------------------------


class Start(Struct, frozen=True):
    """Begin at a position of the plan's steps, from 0; behind the last of them it ends at once."""

    step: int = 0


class Pause(Struct, frozen=True):
    """Stop the time."""


class Resume(Struct, frozen=True):
    """Let the time go on."""


class Next(Struct, frozen=True):
    """End the present step here."""


class Skip(Struct, frozen=True):
    """Leave out the rest of the present exercise."""


class Back(Struct, frozen=True):
    """Go to the work before the present one."""


class Redo(Struct, frozen=True):
    """Do the present work, or the last one, again."""


class More(Struct, frozen=True):
    """Ten seconds, or one repetition or breath, more."""


class Less(Struct, frozen=True):
    """Ten seconds, or one repetition or breath, less."""


class Rate(Struct, frozen=True):
    """Pain after an exercise, 0 to 10 (NRS)."""

    place: int
    nrs: int
    right: int | None = None
    """That of the right side, where the sides are rated apart; `nrs` is then that of the left."""

    @property
    def worst(self) -> int:
        """The higher one of both sides."""
        return self.nrs if self.right is None else max(self.nrs, self.right)


class Answer(Struct, frozen=True):
    """The person's own answer to a self-check's question, by the answer's id."""

    place: int
    side: Side
    answer: str


class RateLater(Struct, frozen=True):
    """Leave a rating owed."""

    place: int


class Ease(Struct, frozen=True):
    """Go on with the easier form of an exercise."""

    place: int


class Stop(Struct, frozen=True):
    """End the session here."""


Command = Start | Pause | Resume | Next | Skip | Back | Redo | More | Less | Rate | RateLater | Answer | Ease | Stop

# --- events --------------------------------------------------------------------------------------


class Event(Struct, frozen=True):
    """Something that happened at `at_ms`: the moment it was due, however late the call that noticed."""

    at_ms: int


class StepBegan(Event, frozen=True):
    """A step begins."""

    step: Step


class StepContinued(Event, frozen=True):
    """A step goes on after a pause and a short lead-in."""

    step: Step


class StepEnded(Event, frozen=True):
    """A step other than work is over."""

    step: Step


class WorkEnded(Event, frozen=True):
    """Work is over: how, and what was really done. Said once for each time that work began."""

    step: Step
    outcome: Outcome
    attempt: int
    """From 1; more where the work was done again."""
    actual_ms: int
    actual_count: int | None
    """Whole repetitions or breaths, None where they do not apply or nobody counted."""


class HalfWay(Event, frozen=True):
    """Half of a hold is over."""


class SecondsLeft(Event, frozen=True):
    """Three, two or one seconds are left."""

    seconds: int


class PartBegan(Event, frozen=True):
    """The next part of a hold begins (from 2: the first begins with the step)."""

    number: int


class RepetitionBegan(Event, frozen=True):
    """A repetition begins, on its way out."""

    number: int
    count: int


class RepetitionHeld(Event, frozen=True):
    """A repetition has come to its hold."""

    number: int


class RepetitionReturned(Event, frozen=True):
    """A repetition begins its way back."""

    number: int


class BreathIn(Event, frozen=True):
    """Breathing in begins."""

    number: int
    count: int


class BreathOut(Event, frozen=True):
    """Breathing out begins."""

    number: int


class TimeChanged(Event, frozen=True):
    """The person made the present step longer or shorter."""

    length_ms: int


class RatingDue(Event, frozen=True):
    """The pain after an exercise may now be rated."""

    item: Item


class RatingOwed(Event, frozen=True):
    """The guide went on without the rating; it is asked again at the end."""

    item: Item


class Rated(Event, frozen=True):
    """A rating was given."""

    item: Item
    nrs: int
    side: Side = "none"
    """The side where the sides are rated apart."""


class Answered(Event, frozen=True):
    """A self-check's question was answered for one side."""

    item: Item
    side: Side
    answer: str


class Eased(Event, frozen=True):
    """An exercise goes on in an easier form."""

    item: Item
    easier: Item


class Paused(Event, frozen=True):
    """Time stands still: by the person, or because nobody called for too long."""

    by: Literal["person", "gap"]
    gap_ms: int = 0


class Resumed(Event, frozen=True):
    """Time goes on."""


class Finished(Event, frozen=True):
    """The session is over."""

    how: Literal["finished", "stopped"]
    active_ms: int
    paused_ms: int
