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
from trainer.library.dose import Dose as Dose
from trainer.library.dose import FileValue, Line, Short
from trainer.library.dose import Hold as Hold
from trainer.library.dose import Open as Open
from trainer.library.dose import Prescription as Prescription
from trainer.library.dose import Repetitions as Repetitions
from trainer.library.dose import SelfPaced as SelfPaced

SOURCES: dict[str, str] = {
    "relief": "Corrective Exercises for Relief From Back, Neck, and Hip Pain",
    "lower-back": "Lower Back Corrective Exercises / Back Strengthening Exercises",
    "lasting": "Corrective Exercise Routines Designed for Lasting Back Pain Relief (21 Jan 2026)",
    "imbalance": "Muscle imbalance and back pain",
    "hip-back": "Hip and lower back pain: exercises",
}
"""Source keys that data files cite, with the title of the article behind each."""

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}\Z", description="lower-case letters, digits and hyphens")]
Side = Literal["none", "left", "right", "alternating"]
Sides = Literal["none", "both", "alternating"]
Kind = Literal["strength", "stretch", "mobility", "posture", "aerobic"]
Position = Literal[
    "standing", "seated", "walking", "kneeling", "hands and knees", "face down", "on the back", "on the side"
]
Group = Literal["at the desk", "before a workout", "back", "hips", "checks", "own"]


class Cues(FileValue, frozen=True):
    """What to say of form, in the order in which a person needs it. One thing each, in few words."""

    set_up: list[Line] = []
    move: list[Line] = []
    feel: list[Line] = []
    mistakes: list[Line] = []
    stop_if: list[Line] = []


class SideNames(FileValue, frozen=True):
    """What each side is called where "left" and "right" would not say it."""

    left: Short = "left side"
    right: Short = "right side"


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
    muscles: list[Short] = []
    parts: list[Line] = []
    """What each equal part of a hold is for, where the hold changes on its way."""
    easier: Id | None = None
    harder: Id | None = None
    leave_out: list[Line] = []
    """When to leave the exercise out, or to ask first."""
    sources: list[Short] = []
    """Where the form comes from: keys of `SOURCES`, or `own`."""


class Step(FileValue, frozen=True):
    """One exercise in a routine, with what differs from the exercise's own dose."""

    exercise: Id
    dose: Dose | None = None
    rest_after_s: Annotated[int, Meta(ge=0, le=600)] | None = None
    """Seconds of rest after the exercise, in which its rating is asked."""
    why: Line | None = None
    """What the step is there for, where it needs saying."""


class Routine(FileValue, frozen=True):
    """A programme: exercises in order."""

    id: Id
    name: Short
    purpose: Line
    step: Annotated[list[Step], Meta(min_length=1, max_length=100)]
    group: Group = "own"
    frequency: Line | None = None
    rest_after_s: Annotated[int, Meta(ge=0, le=600)] = 15
    """Seconds of rest after each exercise, in which its rating is asked (15: own)."""
    sources: list[Short] = []
    source: dict[Short, Short] = {}
    """Which source the frequency and the rest come from."""
    notes: list[Line] = []
