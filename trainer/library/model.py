"""Exercises and routines as frozen values. Pure: no file, clock or device.

A file's table decodes into `Exercise` or `Routine`; both carry `Dose` tables in the flat form that a person writes.
`Dose.sets_of_work()` resolves a dose into the typed prescriptions that the guide runs.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from trainer.library.dose import DEFAULT_TEMPO_S as DEFAULT_TEMPO_S
from trainer.library.dose import OWN as OWN
from trainer.library.dose import SELF_PACED_REPETITION_S as SELF_PACED_REPETITION_S
from trainer.library.dose import Breaths as Breaths
from trainer.library.dose import Count, FileValue, Line, Short
from trainer.library.dose import Dose as Dose
from trainer.library.dose import Hold as Hold
from trainer.library.dose import Open as Open
from trainer.library.dose import Prescription as Prescription
from trainer.library.dose import Repetitions as Repetitions
from trainer.library.dose import SelfPaced as SelfPaced
from trainer.library.dose import Timed as Timed

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}\Z", description="lower-case letters, digits and hyphens")]
Side = Literal["none", "left", "right", "alternating"]
Sides = Literal["none", "both", "alternating"]
Kind = Literal["strength", "stretch", "mobility", "posture", "aerobic", "relaxation", "check"]
Position = Literal[
    "standing", "seated", "walking", "kneeling", "hands and knees", "face down", "on the back", "on the side"
]
Group = Literal["at the desk", "before a workout", "back", "hips", "checks", "own"]
Weaker = Literal["left", "right"]

LYING: frozenset[Position] = frozenset({"face down", "on the back", "on the side"})
FLOOR: frozenset[Position] = LYING | {"kneeling", "hands and knees"}
"""Positions that are taken on the floor unless an exercise says otherwise."""


REST_AFTER_S = 15
"""Rest after each exercise where a routine names none (own)."""


class Cues(FileValue, frozen=True):
    """What to say of form, in the order in which a person needs it. One thing each, in few words."""

    set_up: list[Line] = []
    move: list[Line] = []
    feel: list[Line] = []
    mistakes: list[Line] = []
    stop_if: list[Line] = []
    breathing: list[Line] = []


class SideNames(FileValue, frozen=True):
    """What each side is called where "left" and "right" would not say it."""

    left: Short = "left side"
    right: Short = "right side"


class Answer(FileValue, frozen=True):
    """One answer to a self-check's question."""

    id: Id
    text: Short
    says: Line | None = None
    """What to ask oneself after this answer. A question, never a finding."""
    routine: Id | None = None
    """A routine to try after this answer."""


class Check(FileValue, frozen=True):
    """What a self-check asks, on each side where it has sides."""

    question: Line
    answer: Annotated[list[Answer], Meta(min_length=2, max_length=9)]


class Exercise(FileValue, frozen=True):
    """One exercise as its file describes it."""

    id: Id
    name: Short
    kind: Kind
    position: Position
    purpose: Line
    dose: Dose
    cues: Cues
    sides: Sides = "none"
    side_names: SideNames = SideNames()
    aliases: list[Short] = []
    equipment: list[Short] = []
    """What the exercise cannot be done without."""
    optional: list[Short] = []
    """What helps where it is at hand."""
    muscles: list[Short] = []
    tags: list[Short] = []
    floor: bool | None = None
    """Whether it takes place on the floor; by its position where nothing is said."""
    sweat: bool = False
    """Whether it makes most people warm enough to sweat."""
    noise: bool = False
    """Whether others nearby hear it."""
    parts: list[Line] = []
    """What each equal part of a hold or of a time is for, where the work changes on its way."""
    check: Check | None = None
    """What a self-check asks; only beside an open dose."""
    easier: Id | None = None
    harder: Id | None = None
    figure: Id | None = None
    """The exercise whose figure shows this one, too, where it has none of its own."""
    leave_out: list[Line] = []
    """When to leave the exercise out, or to ask first."""
    sources: list[Short] = []
    """Where the form comes from: keys of `SOURCES`, or `own`."""

    @property
    def on_floor(self) -> bool:
        """Whether it takes place on the floor."""
        return self.position in FLOOR if self.floor is None else self.floor

    @property
    def suits_office(self) -> bool:
        """Whether it can be done in a shared office: off the floor, without lying down, sweat or noise."""
        return not (self.on_floor or self.position in LYING or self.sweat or self.noise)


class Step(FileValue, frozen=True):
    """One exercise in a routine, with what differs from the exercise's own dose."""

    exercise: Id
    dose: Dose | None = None
    rest_after_s: Annotated[int, Meta(ge=0, le=600)] | None = None
    """Seconds of rest after the exercise, in which its rating is asked."""
    why: Line | None = None
    """What the step is there for, where it needs saying."""
    priority: Annotated[int, Meta(ge=1, le=5)] = 3
    """1 to 5: a short form keeps 1 the longest and drops 5 first."""
    extra_sets: Annotated[int, Meta(ge=0, le=5)] = 0
    """Sets more on the side that the person calls the weaker."""


class Level(FileValue, frozen=True):
    """One rung of a routine that grows: what every step counted in repetitions takes."""

    reps: Count
    sets: Annotated[int, Meta(ge=1, le=20)] = 1
    source: dict[Short, Short] = {}
    """Which source each figure comes from: figure → a key of `SOURCES`, or `own`."""


class Routine(FileValue, frozen=True):
    """A programme: exercises in order."""

    id: Id
    name: Short
    purpose: Line
    step: Annotated[list[Step], Meta(min_length=1, max_length=100)]
    group: Group = "own"
    tags: list[Short] = []
    frequency: Line | None = None
    times_a_week: Annotated[int, Meta(ge=1, le=7)] | None = None
    """On how many days of a week that is, 1 to 7: as many rest days as are left break no streak."""
    rest_after_s: Annotated[int, Meta(ge=0, le=600)] = REST_AFTER_S
    """Seconds of rest after each exercise, in which its rating is asked (15: own)."""
    sources: list[Short] = []
    source: dict[Short, Short] = {}
    """Which source the frequency, the times a week and the rest come from."""
    notes: list[Line] = []
    level: Annotated[list[Level], Meta(max_length=20)] = []
    """Rungs from the easiest on. The person climbs them; nothing is raised by itself."""
