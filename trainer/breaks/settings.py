"""What a person prefers of their breaks: the table `[breaks]` of the settings' file."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"

Time: TypeAlias = Annotated[str, Meta(pattern=rf"^{_TIME}$", description="a time of the clock, such as 15:00")]
Range: TypeAlias = Annotated[
    str, Meta(pattern=rf"^{_TIME}-(?:{_TIME}|24:00)$", description="from one time to another, such as 09:00-12:30")
]
Routine: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100, description="the id of a routine")]
Day: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Some: TypeAlias = Annotated[tuple[Range, ...], Meta(max_length=12)]


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """The working hours of each weekday. One that ends before it begins ends on the day after."""

    mon: Some = ()
    tue: Some = ()
    wed: Some = ()
    thu: Some = ()
    fri: Some = ()
    sat: Some = ()
    sun: Some = ()


class At(Struct, frozen=True, forbid_unknown_fields=True):
    """A break at a fixed time of the clock."""

    time: Time
    routine: Routine | None = None
    """What is offered then; without it, the next of `routines`."""
    days: Annotated[tuple[Day, ...], Meta(min_length=1, max_length=7)] = DAYS


class Breaks(Struct, frozen=True, forbid_unknown_fields=True):
    """When breaks come, what they offer, and what counts as one."""

    every_min: Annotated[int, Meta(ge=0, le=480)] = 60
    """Minutes of work between breaks (60: `relief`); 0 where they come at fixed times only."""
    routines: Annotated[tuple[Routine, ...], Meta(min_length=1, max_length=20)] = ("desk-break",)
    """What the breaks offer, in turn."""
    at: Annotated[tuple[At, ...], Meta(max_length=50)] = ()
    """Breaks at fixed times."""
    hours: Hours | None = None
    """The working hours; without them, breaks count whenever the loop is open."""
    postpone_min: Annotated[int, Meta(ge=1, le=60)] = 5
    """For how long a break is postponed."""
    postpone_most: Annotated[int, Meta(ge=0, le=20)] = 3
    """How often in a row one may be postponed."""
    heads_up_s: Annotated[int, Meta(ge=0, le=300)] = 30
    """How long before a break it is announced; 0: not at all."""
    watch_idle: bool = True
    """Whether to ask the system how long nothing was typed or moved."""
    away_min: Annotated[int, Meta(ge=1, le=120)] = 5
    """From how many minutes on being away counts as a break."""
    desktop: bool = True
    """Whether a notice of the desktop is sent."""
    bell: bool = True
    """Whether the terminal may notify and ring where the desktop cannot."""
