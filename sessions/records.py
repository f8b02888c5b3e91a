"""What can be said of a session, as frozen values: one class for each kind of fact.

What can be said of breaks stands in `sessions.breaks`. Times are in milliseconds (`…_ms`). A value is checked when it
becomes a draft (`sessions.facts.draft`) and when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from sessions.breaks import BREAK_KINDS, BreakFact
from sessions.errors import InvalidFact
from sessions.units import Count, Id, Line, Millis, Nrs, OffsetMin, UtcMs

Side: TypeAlias = Literal["none", "left", "right", "alternating"]
Outcome: TypeAlias = Literal["done", "cut_short", "skipped"]
When: TypeAlias = Literal["before", "after_exercise", "after", "next_morning"]
How: TypeAlias = Literal["finished", "stopped"]
Intensity: TypeAlias = Literal["light", "moderate", "vigorous"]


class Stamp(Struct, frozen=True):
    """When and where on the clock something happened."""

    utc_ms: UtcMs
    """Milliseconds since 1970, UTC."""
    offset_min: OffsetMin
    """Minutes that the local clock was ahead of UTC at that moment."""
    zone: Annotated[str, Meta(max_length=100)]
    """Name of the time zone, such as `Europe/Berlin`; empty where it is not known."""


class ExercisePlanned(Struct, frozen=True):
    """One exercise of the routine as it stood when the session began."""

    index: Count
    """Place in the routine, from 0."""
    exercise: Id
    name: Line
    dose: Line
    """The dose in words, as it was shown."""
    works: Count
    """How many work steps it takes: sets times sides."""


class SessionBegun(Struct, frozen=True):
    """A session began: a snapshot of its routine, so that a later edit changes no history."""

    routine: Id
    name: Line
    content_hash: Annotated[str, Meta(max_length=200)]
    """Hash of the routine's content; its meaning is the caller's."""
    exercises: tuple[ExercisePlanned, ...]
    steps: Count
    """Steps in the whole plan: rests and getting ready included."""
    from_step: Count = 0
    """The step it began at, from 0."""
    level: Count | None = None
    """The rung of a ladder, from 1; None where the routine is none."""
    levels: Count | None = None
    """How many rungs the ladder has."""
    weaker: Literal["left", "right"] | None = None
    """Which side the person called the weaker; None where nobody was asked or none is."""
    left_out: tuple[Line, ...] = ()
    """What a short form of the routine left out, in words."""


class SessionResumed(Struct, frozen=True):
    """A session that had broken off went on."""

    from_step: Count


class WorkDone(Struct, frozen=True):
    """One work step ended: a set on a side, really done, cut short or skipped."""

    step: Count
    index: Count
    """Place of the exercise in the routine, from 0."""
    exercise: Id
    name: Line
    set_no: Count
    """Which set this was, from 1."""
    sets: Count
    side: Side
    outcome: Outcome
    attempt: Count
    """Which attempt at this step this was, from 1."""
    planned_ms: Millis | None
    """None where the time was open or self-paced."""
    actual_ms: Millis
    planned_reps: Count | None
    """Repetitions, or breaths where `breaths` is true; None where nothing was counted."""
    actual_reps: Count | None
    breaths: bool = False


class PainRated(Struct, frozen=True):
    """A pain rating on the numeric scale: 0 is no pain, 10 the worst imaginable."""

    when: When
    nrs: Nrs
    index: Count | None = None
    exercise: Id | None = None
    name: Line | None = None
    side: Side | None = None


class Eased(Struct, frozen=True):
    """The easier form of an exercise was chosen for the rest of the session."""

    index: Count
    exercise: Id
    to: Id
    """The exercise that took its place."""
    name: Line
    """Name of the one that took its place."""
    reason: Line


class CheckAnswered(Struct, frozen=True):
    """The person's own answer to the question of a self-check, for one side.

    A later one of the same index, exercise and side in the session counts instead of it.
    """

    index: Count
    """Place of the check in the routine, from 0."""
    exercise: Id
    name: Line
    side: Side
    question: Line
    """The question as it was asked."""
    answer: Id
    """Id of the answer chosen; its meaning is the caller's."""
    text: Line
    """The answer as it was shown."""


class ActivityLogged(Struct, frozen=True):
    """Minutes of an activity, logged by hand: the one such fact of a session of its own, stamped when it happened."""

    activity: Id
    name: Line
    active_ms: Millis
    intensity: Intensity


class Note(Struct, frozen=True):
    """What the person wrote; at most 10,000 characters."""

    text: Annotated[str, Meta(max_length=10_000)]


class SessionEnded(Struct, frozen=True):
    """A session ended. The times are those of the whole session, not only since it was resumed."""

    how: How
    why: Line = ""
    active_ms: Millis = 0
    paused_ms: Millis = 0


class Correction(Struct, frozen=True):
    """A rating, note, answer or activity of the same session is to be read as `body`; what it replaces is kept.

    It may supersede an earlier correction too. The moment of what was corrected stays.
    """

    supersedes: Id
    """Id of the fact it replaces."""
    kind: Literal["pain_rated", "note", "check_answered", "activity_logged"]
    """The kind of the fact it replaces."""
    body: dict[str, Any]
    """The body that counts from now on, whole."""


class Withdrawal(Struct, frozen=True):
    """A session, or one fact of it, is to be left out. Withdrawing a withdrawal undoes it.

    A session that is nothing but an activity goes with that activity.
    """

    target: Id
    """The id of the session that this fact belongs to, or of one of that session's facts."""


Body: TypeAlias = (
    SessionBegun
    | SessionResumed
    | WorkDone
    | PainRated
    | Eased
    | CheckAnswered
    | ActivityLogged
    | Note
    | SessionEnded
    | Correction
    | Withdrawal
    | BreakFact
)

KINDS: Mapping[str, type[Body]] = MappingProxyType(
    {
        "session_begun": SessionBegun,
        "session_resumed": SessionResumed,
        "work_done": WorkDone,
        "pain_rated": PainRated,
        "eased": Eased,
        "check_answered": CheckAnswered,
        "activity_logged": ActivityLogged,
        "note": Note,
        "session_ended": SessionEnded,
        "correction": Correction,
        "withdrawal": Withdrawal,
        **BREAK_KINDS,
    }
)
"""The name under which each body is stored. A name, once given out, is never given to another."""

_KIND_OF = {body_type: kind for kind, body_type in KINDS.items()}
_READERS: dict[str, msgspec.json.Decoder[Body]] = {}
"""Made when the first of a kind is read: few programs meet all kinds."""


def kind_of(body: Body) -> str:
    """Return the kind under which `body` is stored; `InvalidFact` where it is no body at all."""
    try:
        return _KIND_OF[type(body)]
    except KeyError:
        raise InvalidFact(f"A {type(body).__name__} is not a fact that the logbook knows.") from None


def read_body(kind: str, body_json: str) -> Body | None:
    """Return the body, or None where the kind is not known.

    Fields that are not known are passed over. Raises `InvalidFact` where a field of a known kind
    is missing, out of range or of another type.
    """
    reader = _READERS.get(kind)
    if reader is None:
        if kind not in KINDS:
            return None
        reader = _READERS[kind] = msgspec.json.Decoder(KINDS[kind])
    try:
        body: Body = reader.decode(body_json)
    # A deeply nested unknown field ends in RecursionError, a lone surrogate in UnicodeEncodeError.
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InvalidFact(f"The {kind} cannot be stored: {error}.") from error
    if isinstance(body, Correction):
        read_body(body.kind, canonical_json(body.body))
    return body


def canonical_json(value: object) -> str:
    """Return `value` as the one JSON text that stands for it: sorted keys, no spaces.

    Raises `InvalidFact` where it has no JSON form.
    """
    try:
        return msgspec.json.encode(value, order="sorted").decode()
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise InvalidFact(f"The {type(value).__name__} has no JSON form: {error}.") from error
