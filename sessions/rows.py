"""What the logbook answers with: frozen rows, each a reading of facts and never their source."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from sessions.records import Eased, ExercisePlanned, How, Intensity, Outcome, Side, When


class SessionRow(Struct, frozen=True):
    """One session in short. Times are milliseconds (UTC where they are moments)."""

    id: str
    routine: str
    """Id of the routine; empty for an activity, and where the fact of its beginning is not here."""
    name: str
    began_ms: int
    offset_min: int
    """Minutes that the local clock was ahead of UTC when it began."""
    zone: str
    day: str
    """Local date on which it began, by its own offset, as `2026-03-01`."""
    ended_ms: int | None
    """When it ended; None while it has not, or broke off."""
    how: How | None
    """How it ended; None while it has not, or broke off."""
    active_ms: int
    """Time spent; where no end was recorded, the time of its works."""
    paused_ms: int
    steps: int
    """Steps of the plan, rests included."""
    next_step: int
    """Where it would go on: the step after the last one done or cut short, or where it began.

    As great as `steps` where nothing is left.
    """
    works: int
    """Work steps planned."""
    done: int
    """Work steps done. A step tried more than once counts once, by its best attempt."""
    cut_short: int
    skipped: int
    pain_before: int | None
    pain_after: int | None
    pain_next_morning: int | None
    withdrawn: bool
    activity: str = ""
    """Id of an activity logged by hand, whose `name` and `active_ms` these are; empty for a guided session."""
    intensity: Intensity | None = None
    """How hard the activity was; None for a guided session."""
    level: int | None = None
    """The rung of a ladder, from 1; None where the routine is none."""
    levels: int | None = None


class WorkRow(Struct, frozen=True):
    """One attempt at a work step; fields as in `sessions.records.WorkDone`."""

    id: str
    session: str
    utc_ms: int
    step: int
    index: int
    exercise: str
    name: str
    set_no: int
    sets: int
    side: Side
    outcome: Outcome
    attempt: int
    planned_ms: int | None
    actual_ms: int
    planned_reps: int | None
    actual_reps: int | None
    breaths: bool


class RatingRow(Struct, frozen=True):
    """One pain rating as it stands, corrections applied; fields as in `sessions.records.PainRated`."""

    id: str
    """Id of the first fact of it, which corrections leave alone."""
    session: str
    utc_ms: int
    """When it was first given."""
    offset_min: int
    when: When
    nrs: int
    index: int | None
    exercise: str | None
    name: str | None
    side: Side | None
    corrected: bool


class NoteRow(Struct, frozen=True):
    """One note as it stands, corrections applied."""

    id: str
    """Id of the first fact of it, which corrections leave alone."""
    session: str
    utc_ms: int
    """When it was first written."""
    text: str
    corrected: bool


class AnswerRow(Struct, frozen=True):
    """One answer to a self-check that counts, corrections applied; fields as in `sessions.records.CheckAnswered`."""

    id: str
    """Id of the first fact of it, which corrections leave alone."""
    session: str
    utc_ms: int
    """When it was first given."""
    index: int
    exercise: str
    name: str
    side: Side
    question: str
    answer: str
    text: str
    corrected: bool


class WeekActivityRow(Struct, frozen=True):
    """What was logged of one activity at one intensity in a local ISO week, such as `2026-W09`."""

    week: str
    activity: str
    intensity: Intensity
    times: int
    active_ms: int


class SessionDetail(Struct, frozen=True):
    """One session with all that stands in it, in the order in which it happened."""

    row: SessionRow
    exercises: tuple[ExercisePlanned, ...]
    works: tuple[WorkRow, ...]
    ratings: tuple[RatingRow, ...]
    notes: tuple[NoteRow, ...]
    eased: tuple[Eased, ...]
    answers: tuple[AnswerRow, ...] = ()
    """Answers to self-checks: the last of each check and side."""
    weaker: Literal["left", "right"] | None = None
    """Which side the person called the weaker."""
    left_out: tuple[str, ...] = ()
    """What a short form of the routine left out, in words."""


class Health(Struct, frozen=True):
    """What an inspection of the whole file found."""

    path: Path
    facts: int
    """Facts that could be read."""
    sessions: int
    schema: int
    """Number of the file's form (`user_version`)."""
    integrity: str
    """`ok`, or what SQLite found broken."""
    bad_digests: list[str]
    """Ids of facts whose content does not match their digest."""
    size_bytes: int

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.integrity == "ok" and not self.bad_digests
