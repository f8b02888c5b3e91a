"""Events as the logbook would give them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from sessions.records import PainRated, WorkDone
from sessions.rows import RatingRow, SessionRow, WorkRow
from trainer.guide import events as e
from trainer.guide.record import facts
from trainer.guide.state import Position

NOON_MS = 1_772_366_400_000  # 2026-03-01 12:00 UTC

ROW = SessionRow(
    id="s",
    routine="desk",
    name="Desk",
    began_ms=NOON_MS,
    offset_min=60,
    zone="",
    day="2026-03-01",
    week="2026-W09",
    ended_ms=1_772_367_060_000,
    how="finished",
    active_ms=660_000,
    paused_ms=0,
    steps=9,
    next_step=9,
    works=4,
    done=4,
    cut_short=0,
    skipped=0,
    pain_before=None,
    pain_after=None,
    pain_next_morning=None,
    withdrawn=False,
)


def stored(body: WorkDone, at_ms: int = 0) -> WorkRow:
    """The row of a work."""
    return WorkRow("w", "s", NOON_MS + at_ms, *structs.astuple(body))


def rated(index: int, exercise: str, nrs: int = 2, at_ms: int = 0, when: str = "after_exercise") -> RatingRow:
    """The row of a rating."""
    return RatingRow("r", "s", NOON_MS + at_ms, 60, when, nrs, index, exercise, exercise, None, False)  # type: ignore[arg-type]


def works_of(position: Position, events: Iterable[e.Event]) -> list[WorkRow]:
    """The rows of all works that ended."""
    return [
        stored(body, event.at_ms)
        for event in events
        for body in facts(event, step_number=_number(position, event))
        if isinstance(body, WorkDone)
    ]


def ratings_of(events: Iterable[e.Event]) -> list[RatingRow]:
    """The rows of all ratings."""
    return [
        rated(body.index, body.exercise, body.nrs, event.at_ms)
        for event in events
        for body in facts(event)
        if isinstance(body, PainRated) and body.index is not None and body.exercise is not None
    ]


def names(works: Sequence[WorkRow]) -> list[tuple[int, int, str, str]]:
    """Each work in short: exercise, set, side, outcome."""
    return [(row.index, row.set_no, row.side, row.outcome) for row in works]


def _number(position: Position, event: e.Event) -> int:
    step = getattr(event, "step", None)
    return next((n for n, one in enumerate(position.steps) if one is step), 0)
