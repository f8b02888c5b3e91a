"""When the next break is, as a function of what the person wishes, what was taken down, and the time. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile
from typing import Literal, TypeAlias

from msgspec import Struct

from trainer.breaks.hours import DAY_MS, MINUTE_MS, Offset, Slot, Span, local_day, moment, slots, spans
from trainer.breaks.record import Record
from trainer.breaks.settings import Breaks

FULFILLED_MS = 15 * MINUTE_MS
"""A break at a fixed time is taken to be done where a rest or a session ended so shortly before (own)."""
_AHEAD = 9
"""Days that are looked at: every weekday, and the same one again."""
_LONGEST_DAYS = 400
"""Days of a sleep of which each break is told."""

Kind: TypeAlias = Literal["counting", "due", "paused", "off"]


class Break(Struct, frozen=True):
    """One break. Moments are milliseconds since 1970, UTC."""

    due_ms: int
    """When it was first due, by which it is known."""
    at_ms: int
    """When it comes: later than `due_ms` where it was postponed."""
    routine: str
    slot: str = ""
    """The time on the wall of a break at a fixed time, as `2026-03-01T15:00`; else empty."""
    times: int = 0
    """How often it was postponed."""


class State(Struct, frozen=True):
    """How things stand at a moment."""

    kind: Kind
    """Counting to the next break; due; paused; or off, outside the hours or with nothing to count from."""
    next: Break | None = None
    """The break that is due, or the next one as far as anything says."""
    until_ms: int | None = None
    """When a pause ends, or when the hours begin; None where that is not known."""


def gives_way_ms(wishes: Breaks) -> int:
    """How long before a fixed time a counted break gives way to it: half an interval, at most half an hour (own)."""
    return min(wishes.every_min * MINUTE_MS // 2, 30 * MINUTE_MS)


def state(wishes: Breaks, record: Record, now_ms: int, offset: Offset) -> State:
    """How things stand at `now_ms`."""
    found = _coming(wishes, record, now_ms, offset)
    pause = record.pause
    if pause is not None and now_ms < pause.until_ms:
        return State("paused", found, pause.until_ms)
    open_ = next(_ranges(wishes, now_ms, offset), None)
    within = open_ is not None and open_.holds(now_ms)
    if found is None or not within:
        return State("off", found, None if within or open_ is None else open_.from_ms)
    return State("due" if found.at_ms <= now_ms else "counting", found)


def ahead(wishes: Breaks, record: Record, now_ms: int, offset: Offset, until_ms: int) -> list[tuple[int, State]]:
    """How things will stand if nothing happens: from which moment on which state holds, up to `until_ms`."""
    edges = {now_ms, *(edge for one in _ranges(wishes, now_ms, offset) for edge in (one.from_ms, one.until_ms))}
    days = (until_ms - now_ms) // DAY_MS + 2
    edges |= {one.at_ms for one in slots(wishes, local_day(now_ms, offset), days, offset)}
    if record.pause is not None:
        edges.add(record.pause.until_ms)
    found: list[tuple[int, State]] = []
    waiting = sorted(edge for edge in edges if now_ms <= edge < until_ms)
    while waiting:
        at_ms = waiting.pop(0)
        stands = state(wishes, record, at_ms, offset)
        if not found or found[-1][1] != stands:
            found.append((at_ms, stands))
        comes = stands.next
        if comes is not None and at_ms < comes.at_ms < until_ms and comes.at_ms not in waiting:
            waiting = sorted([*waiting, comes.at_ms])
    return found


def missed(wishes: Breaks, record: Record, now_ms: int, offset: Offset) -> list[tuple[Break, Span]]:
    """The breaks that came due and of which nothing became, in their order, each with the hours that it fell into.

    Only those that somebody counted to or that were offered: what nobody watched is no break that was lost.
    """
    offered_ms = record.offered.due_ms if record.offered else None
    known = [at_ms for at_ms in (record.watched_ms, offered_ms) if at_ms is not None]
    if not known:
        return []
    # What came due in a pause is lost too, so that it is not looked at here.
    since_ms = min(known)
    from_ms = since_ms if record.from_ms is None else record.from_ms
    first = local_day(min(since_ms, from_ms), offset) - timedelta(1)
    days = min((now_ms - since_ms) // DAY_MS, _LONGEST_DAYS) + _AHEAD
    found: list[tuple[Break, Span]] = []
    all_time = [Span(0, now_ms + 366 * DAY_MS)]
    hours = all_time if wishes.hours is None else spans(wishes.hours, first, days, offset)
    open_ = list(takewhile(lambda one: one.from_ms <= now_ms, (one for one in hours if one.until_ms > from_ms)))
    counted = next(((due, one) for one in open_ if (due := _counted(wishes, from_ms, one)) is not None), None)
    if counted is not None:
        found.append((_as_break(wishes, record, counted[0], None, ""), counted[1]))
    for slot in _not_done(slots(wishes, first, days, offset), record, from_ms):
        held = next((one for one in open_ if one.holds(slot.at_ms)), None)
        if held is not None:
            found.append((_as_break(wishes, record, slot.at_ms, slot.routine, slot.label), held))
    came = [
        (one, span)
        for one, span in found
        if min(one.at_ms, span.until_ms) <= now_ms and (one.due_ms == offered_ms or _watched(record, one))
    ]
    return sorted(came, key=lambda pair: pair[0].due_ms)


def _watched(record: Record, one: Break) -> bool:
    return record.watched_ms is not None and one.at_ms >= record.watched_ms


def _ranges(wishes: Breaks, now_ms: int, offset: Offset) -> Iterator[Span]:
    """The hours that are not over, in their order; without hours, all time."""
    if wishes.hours is None:
        yield Span(0, now_ms + 366 * DAY_MS)
        return
    first = local_day(now_ms, offset) - timedelta(1)
    yield from (one for one in spans(wishes.hours, first, _AHEAD, offset) if one.until_ms > now_ms)


def _coming(wishes: Breaks, record: Record, now_ms: int, offset: Offset) -> Break | None:
    """The break that is due or comes next, as if nothing were paused."""
    today = local_day(now_ms, offset)
    fixed = slots(wishes, today - timedelta(1), _AHEAD, offset)
    from_ms = _from(wishes, record)
    for span in _ranges(wishes, now_ms, offset):
        # Without hours, what was due yesterday is over at midnight.
        since_ms = span.from_ms if wishes.hours is not None else moment(today, 0, offset)
        open_ = [one for one in fixed if span.holds(one.at_ms) and one.at_ms >= since_ms]
        found = _first(wishes, record, now_ms, _counted(wishes, from_ms, span), _not_done(open_, record, from_ms))
        if found is not None and found.at_ms < span.until_ms:
            return found
    return None


def _from(wishes: Breaks, record: Record) -> int | None:
    """From when the time counts. A pause longer than the interval is followed by a new hour."""
    pause = record.pause
    if pause is None or pause.until_ms - pause.from_ms <= wishes.every_min * MINUTE_MS:
        return record.from_ms
    return max(record.from_ms or 0, pause.until_ms)


def _counted(wishes: Breaks, from_ms: int | None, span: Span) -> int | None:
    """When the counted break of a range is due, None where it has none."""
    if not wishes.every_min or (from_ms is None and wishes.hours is None):
        return None
    due_ms = max(from_ms or 0, span.from_ms) + wishes.every_min * MINUTE_MS
    return due_ms if due_ms < span.until_ms else None


def _not_done(fixed: list[Slot], record: Record, from_ms: int | None) -> list[Slot]:
    rested_ms = record.rested_ms
    return [
        one
        for one in fixed
        if one.label not in record.slots
        and (from_ms is None or one.at_ms >= from_ms)
        and (rested_ms is None or one.at_ms - rested_ms >= FULFILLED_MS)
    ]


def _first(wishes: Breaks, record: Record, now_ms: int, counted: int | None, fixed: list[Slot]) -> Break | None:
    over = [one for one in fixed if one.at_ms <= now_ms]
    slot = over[-1] if over else next(iter(fixed), None)
    if counted is not None and (slot is None or (not over and counted < slot.at_ms - gives_way_ms(wishes))):
        due_ms, routine, label = counted, None, ""
    elif slot is not None:
        due_ms, routine, label = slot.at_ms, slot.routine, slot.label
    else:
        return None
    return _as_break(wishes, record, due_ms, routine, label)


def _as_break(wishes: Breaks, record: Record, due_ms: int, routine: str | None, slot: str) -> Break:
    put = record.postponed
    until_ms, times = (put.until_ms, put.times) if put is not None and put.due_ms == due_ms else (due_ms, 0)
    return Break(due_ms, until_ms, routine or _in_turn(wishes, record), slot, times)


def _in_turn(wishes: Breaks, record: Record) -> str:
    routines = wishes.routines
    if record.last_routine not in routines:
        return routines[0]
    return routines[(routines.index(record.last_routine) + 1) % len(routines)]
