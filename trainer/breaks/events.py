"""What the loop is told and what it answers with, as frozen values. Pure."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from sessions.breaks import BreakFact, Settled
from trainer.breaks.schedule import Break


class Moment(Struct, frozen=True):
    """A moment on both clocks."""

    utc_ms: int
    """Milliseconds since 1970 by the system's clock, which somebody may set."""
    steady_ms: int
    """Milliseconds by a clock that nobody sets and that goes on while the machine sleeps."""


class Sensed(Struct, frozen=True):
    """What the system tells of the person."""

    idle_ms: int | None = None
    """For how long nothing was typed or moved; None where that is not known."""
    exact: bool = True
    """Whether that is known to the second, so that typing can be told from a pause."""


class Noted(Struct, frozen=True):
    """A fact, to be taken down before anything else is done."""

    body: BreakFact


class HeadsUp(Struct, frozen=True):
    """A break comes soon."""

    next: Break


class Offer(Struct, frozen=True):
    """A break is due: start, postpone or skip it."""

    due: Break


class Over(Struct, frozen=True):
    """A break that was offered needs no answer any more."""

    was: Break
    how: Settled


Event: TypeAlias = Noted | HeadsUp | Offer | Over
