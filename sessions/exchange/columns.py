"""The columns of the logbook's own table: which field of which fact stands where, and how it is written. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from sessions.exchange.cells import defused, given_back
from sessions.exchange.moments import ALLOWED
from sessions.records import Body

_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,15}(?:\.\d{1,9})?", re.ASCII)


class Column(Struct, frozen=True):
    """How the values of a column are written and read. Empty cells are neither: they are None, or an empty text."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]
    """Raises `ValueError`; whether the value is in range is its fact's matter."""
    allowed: str


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell.strip()):
        raise ValueError(cell)
    return int(cell)


def _decimal(cell: str) -> Decimal:
    if not _DECIMAL.fullmatch(cell.strip()):
        raise ValueError(cell)
    return Decimal(cell.strip())


def _shortest(number: str) -> str:
    return number.rstrip("0").rstrip(".")


def _seconds(ms: int) -> str:
    return _shortest(f"{ms // 1000}.{ms % 1000:03}")


def _ms_of_seconds(cell: str) -> int:
    return int((_decimal(cell) * 1000).to_integral_value(ROUND_HALF_UP))


def _minutes(ms: int) -> str:
    """Five decimals: a millisecond is 1.67 of the last, so that each is told from the next."""
    parts = (ms * 10 + 3) // 6
    return _shortest(f"{parts // 100_000}.{parts % 100_000:05}")


def _ms_of_minutes(cell: str) -> int:
    return int((_decimal(cell) * 60_000).to_integral_value(ROUND_HALF_UP))


def _yes(cell: str) -> bool:
    return {"yes": True, "no": False, "true": True, "false": False}[cell.strip().lower()]


def _text(allowed: str) -> Column:
    return Column(defused, given_back, allowed)


def _number(allowed: str) -> Column:
    return Column(str, _whole, f"a whole number{allowed}")


def _choice(*words: str) -> Column:
    return Column(str, str.strip, ", ".join(words))


_ID = _text("1 to 100 characters")
_LINE = _text("up to 1,000 characters")
_COUNT = _number(" from 0 to 1,000,000")
_SECONDS = Column(_seconds, _ms_of_seconds, "seconds, such as 30 or 12.5")
_MINUTES = Column(_minutes, _ms_of_minutes, "minutes, such as 20 or 12.5")
_YES = Column(lambda yes: "yes" if yes else "no", _yes, "yes, no")

COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        "kind": _text("the kind of a fact, such as pain_rated"),
        "day": _text("any text: it is not read"),
        "at_local": _text(ALLOWED),
        "zone": _text("up to 100 characters, such as Europe/Berlin"),
        "session_name": _LINE,
        "routine": _ID,
        "exercise": _ID,
        "exercise_name": _LINE,
        "set": _COUNT,
        "sets": _COUNT,
        "side": _choice("none", "left", "right", "alternating"),
        "outcome": _choice("done", "cut_short", "skipped"),
        "attempt": _COUNT,
        "planned_s": _SECONDS,
        "actual_s": _SECONDS,
        "planned_reps": _COUNT,
        "actual_reps": _COUNT,
        "reps_are_breaths": _YES,
        "pain_when": _choice("before", "after_exercise", "after", "next_morning"),
        "pain_nrs": _number(" from 0 to 10"),
        "question": _LINE,
        "answer": _ID,
        "answer_text": _LINE,
        "eased_to": _ID,
        "eased_to_name": _LINE,
        "activity": _ID,
        "activity_name": _LINE,
        "intensity": _choice("light", "moderate", "vigorous"),
        "active_min": _MINUTES,
        "paused_min": _MINUTES,
        "how_ended": _choice("finished", "stopped"),
        "why": _LINE,
        "level": _COUNT,
        "levels": _COUNT,
        "weaker_side": _choice("left", "right"),
        "note": _text("up to 10,000 characters"),
        "exercise_index": _COUNT,
        "step_index": _COUNT,
        "corrected": _YES,
        "began_local": _text(ALLOWED),
        "session": _ID,
        "fact": _ID,
        "fact_body": _text("the fact as JSON"),
    }
)
"""Every column, in the order in which they are written. Units stand in the names; an index counts from 0."""

OF_EVERY_ROW = frozenset(
    {"kind", "day", "at_local", "zone", "session_name", "routine", "corrected", "began_local", "session", "fact"}
    | {"fact_body"}
)
"""Columns that say to which fact and session a row belongs."""

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "session_begun": {
            "routine": "routine",
            "name": "session_name",
            "level": "level",
            "levels": "levels",
            "weaker": "weaker_side",
        },
        "session_resumed": {"from_step": "step_index"},
        "work_done": {
            "step": "step_index",
            "index": "exercise_index",
            "exercise": "exercise",
            "name": "exercise_name",
            "set_no": "set",
            "sets": "sets",
            "side": "side",
            "outcome": "outcome",
            "attempt": "attempt",
            "planned_ms": "planned_s",
            "actual_ms": "actual_s",
            "planned_reps": "planned_reps",
            "actual_reps": "actual_reps",
            "breaths": "reps_are_breaths",
        },
        "pain_rated": {
            "when": "pain_when",
            "nrs": "pain_nrs",
            "index": "exercise_index",
            "exercise": "exercise",
            "name": "exercise_name",
            "side": "side",
        },
        "eased": {
            "index": "exercise_index",
            "exercise": "exercise",
            "to": "eased_to",
            "name": "eased_to_name",
            "reason": "why",
        },
        "check_answered": {
            "index": "exercise_index",
            "exercise": "exercise",
            "name": "exercise_name",
            "side": "side",
            "question": "question",
            "answer": "answer",
            "text": "answer_text",
        },
        "activity_logged": {
            "activity": "activity",
            "name": "activity_name",
            "active_ms": "active_min",
            "intensity": "intensity",
        },
        "note": {"text": "note"},
        "session_ended": {
            "how": "how_ended",
            "why": "why",
            "active_ms": "active_min",
            "paused_ms": "paused_min",
        },
        "correction": {},
    }
)
"""By kind of fact, the column of each field. What has none, as a routine's snapshot, stands in `fact_body` alone."""


def said(kind: str, body: Body | None) -> dict[str, str]:
    """Return what the columns of its kind say of a body, each cell as it is written; empty ones are left out."""
    found = {}
    for field, column in FIELDS.get(kind, {}).items() if body is not None else ():
        value = getattr(body, field)
        if value is not None and (cell := COLUMNS[column].write(value)):
            found[column] = cell
    return found


@cache
def of_kind(kind: str) -> frozenset[str]:
    """Return the columns that may be filled in a row of this kind."""
    return OF_EVERY_ROW | set(FIELDS.get(kind, {}).values())
