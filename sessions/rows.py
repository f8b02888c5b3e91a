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
    """Local date of the day to which it belongs, as `2026-03-01`: by its own offset and the hour that starts a day."""
    week: str
    """Local ISO 8601 week of that day, as `2026-W09`."""
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
    pain_most: int | None = None
    """The highest rating of all that were given in it; None where none was."""


class Moved(Struct, frozen=True):
    """A session in which something was done, as a part of a day."""

    id: str
    routine: str
    """Id of the routine; empty for an activity logged by hand."""
    name: str
    from_ms: int
    """When it began (UTC, milliseconds); an activity is taken to have ended when it was logged."""
    until_ms: int
    """When it ended, or when it broke off as far as that is known."""


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


class PracticeRow(Struct, frozen=True):
    """One exercise in one session in which it was done, cut short or rated."""

    exercise: str
    began_ms: int
    """When the session began."""
    session: str
    nrs: int | None
    """The last rating after it, the higher one where its sides were rated apart; None where none was given."""


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


class DayRow(Struct, frozen=True):
    """What was done of one routine on one local day."""

    day: str
    """As `2026-03-01`."""
    routine: str
    """Its id; empty for what was logged by hand."""
    sessions: int
    active_ms: int


class WeekPainRow(Struct, frozen=True):
    """Ratings of one kind in a local ISO week, such as `2026-W09`: that of the session that they belong to."""

    week: str
    when: When
    ratings: int
    nrs_sum: int

    @property
    def mean(self) -> float:
        """The mean rating, 0 to 10."""
        return self.nrs_sum / self.ratings


class WeekExerciseRow(Struct, frozen=True):
    """What was done of one side of an exercise in a local ISO week, such as `2026-W09`."""

    exercise: str
    week: str
    side: Side
    """`none` for an exercise without sides, and for a rating of both sides together."""
    ratings: int
    nrs_sum: int
    works: int
    """Attempts done or cut short."""
    actual_ms: int
    reps: int
    steps: int
    """Work steps that were come to, skipped ones included."""
    done: int
    """Those of them that were done."""


class NameRow(Struct, frozen=True):
    """A name under which something was done."""

    kind: Literal["routine", "exercise", "activity"]
    id: str
    name: str
    sessions: int


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
    unproven: int = 0
    """Facts of it whose content no longer matches their digest; nothing of them is among the rest."""


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
    missing: dict[str, int]
    """By device, how many facts are missing among those that it numbered; devices that miss none are left out.

    What another device has not handed over yet is missing likewise, and no damage.
    """
    device: str
    """This logbook's own device."""
    wrong_tables: list[str]
    """Read tables that are not what the facts amount to: `Logbook.rebuild` makes them anew."""
    conflicts: list[str]
    """Ids under which facts stand that say different things. All are kept; nothing is broken."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        whole = self.integrity == "ok" and not self.bad_digests and not self.wrong_tables
        return whole and self.device not in self.missing


class Taken(Struct, frozen=True):
    """What came of facts from elsewhere."""

    new: int
    """Facts that were not here before."""
    known: int
    """Facts that were here already."""
    unproven: int
    """Facts whose content does not match their digest, which were left out."""
    conflicts: list[str]
    """Ids under which another fact stands that says something else. Both are kept."""
    sessions: int
    """Sessions that the new facts belong to."""
    own: bool = False
    """Whether there was a new fact that bears this logbook's own device: what was taken in comes from a copy of it."""
