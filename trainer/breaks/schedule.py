"""When the next break is, as a function of what the person wishes, what was taken down, and the time. Pure.

In each range of the working hours come at most one counted break and the fixed times that nothing became of. A counted
break shortly before or after a fixed time gives way to it; a fixed time takes the place of what still waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from trainer.breaks.hours import DAY_MS, MINUTE_MS, Offset, Slot, Span, day_over, local_day, moment, slots, spans
from trainer.breaks.record import Record
from trainer.breaks.settings import Breaks

FULFILLED_MS = 15 * MINUTE_MS
"""A break at a fixed time is taken to be done where a rest or a session ended so shortly before (own)."""
_AHEAD = 9
"""Days that are looked at: every weekday, and the same one again."""
_BACK = 31
"""Days before today from which hours that never stop are followed (own)."""
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

    def is_same(self, other: Break | None) -> bool:
        """Whether that is this break: a fixed time is known by its words, for its moment changes with the zone."""
        if other is None or self.slot != other.slot:
            return False
        return bool(self.slot) or self.due_ms == other.due_ms


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
    return standing(wishes, record, now_ms, offset)[0]


def unwatched(wishes: Breaks, record: Record) -> Record:
    """The record as whoever does not count reads it: without hours, and while nobody counts, only fixed times come."""
    return structs.replace(record, counts=wishes.hours is not None or record.watched_ms is not None)


def standing(wishes: Breaks, record: Record, now_ms: int, offset: Offset) -> tuple[State, int]:
    """How things stand at `now_ms`, and until when at least they stand so if nothing happens.

    Up to then, `missed` finds the same too.
    """
    found: Break | None = None
    within, opens_ms = False, None
    edges = [day_over(now_ms, offset)]
    pause = record.pause
    if pause is not None:
        edges.append(pause.until_ms)
    for number, (span, breaks) in enumerate(_ranges(wishes, record, now_ms, offset)):
        if number == 0:
            within, opens_ms = span.holds(now_ms), span.from_ms
        edges += [span.from_ms, span.until_ms]
        edges += [edge for one in breaks for edge in (one.due_ms, one.at_ms)]
        edges += [one.at_ms + interval_ms(wishes) for one in breaks if not record.counts]
        found = _next(breaks, span, now_ms)
        if found is not None:
            break
    if record.from_ms is not None and wishes.every_min:
        # What a long pause swallows comes due there.
        edges.append(record.from_ms + wishes.every_min * MINUTE_MS)
    until_ms = min(edge for edge in edges if edge > now_ms)
    if pause is not None and now_ms < pause.until_ms:
        return State("paused", found, pause.until_ms), until_ms
    if found is None or not within:
        return State("off", found, None if within else opens_ms), until_ms
    return State("due" if found.at_ms <= now_ms else "counting", found), until_ms


def ahead(wishes: Breaks, record: Record, now_ms: int, offset: Offset, until_ms: int) -> list[tuple[int, State]]:
    """How things will stand if nothing happens: from which moment on which state holds, up to `until_ms`."""
    found: list[tuple[int, State]] = []
    while now_ms < until_ms:
        stands, edge_ms = standing(wishes, record, now_ms, offset)
        if not found or found[-1][1] != stands:
            found.append((now_ms, stands))
        now_ms = edge_ms
    return found


def missed(wishes: Breaks, record: Record, now_ms: int, offset: Offset) -> list[tuple[Break, Span]]:
    """The breaks that came due and of which nothing became, each with the hours that it fell into; the last one waits.

    Those that wait for an answer or were put off are among them. Only those that somebody counted to, or that were
    offered or put off: what nobody watched is no break that was lost.
    """
    told = _told(record)
    known = [*(due_ms for due_ms, _ in told), *([] if record.since_ms is None else [record.since_ms])]
    if not known:
        return []
    # What came due before the end of a long pause counts from before it.
    from_ms, anew_ms = record.from_ms, counts_from(wishes, record)
    found = _came(wishes, record, from_ms, min(known), now_ms, offset)
    if anew_ms is not None and anew_ms != from_ms:
        found = [pair for pair in found if pair[0].due_ms < anew_ms]
        found += _came(wishes, record, anew_ms, anew_ms, now_ms, offset)
    for due_ms, slot in told:
        # In another zone it lies outside the hours: they were over right then.
        if not slot and due_ms <= now_ms and not any(one.due_ms == due_ms and not one.slot for one, _ in found):
            found.insert(0, (_as_break(wishes, record, due_ms, None, ""), Span(due_ms, due_ms + 1)))
    return [(one, span) for one, span in found if is_told(record, one) or _watched(record, one)]


def _came(
    wishes: Breaks, record: Record, from_ms: int | None, since_ms: int, now_ms: int, offset: Offset
) -> list[tuple[Break, Span]]:
    """What came due up to now, the counted break of the first range that has one only."""
    begin_ms = min([since_ms if from_ms is None else from_ms, *(due_ms for due_ms, slot in _told(record) if slot)])
    first = local_day(begin_ms, offset) - timedelta(1)
    days = max(0, min((now_ms - begin_ms) // DAY_MS, _LONGEST_DAYS)) + 3
    fixed = slots(wishes, first, days, offset) if wishes.at else []
    found: list[tuple[Break, Span]] = []
    counted = False
    for span in _hours(wishes, first, days, now_ms, offset):
        if span.until_ms <= begin_ms:
            continue
        if span.from_ms > now_ms:
            break
        for one in _breaks(wishes, record, from_ms, span, fixed):
            if one.due_ms <= now_ms and (one.slot or not counted):
                found.append((one, span))
                counted = counted or not one.slot
    return found


def is_told(record: Record, one: Break) -> bool:
    """Whether a break was offered or put off."""
    return (one.due_ms, one.slot) in _told(record)


def _told(record: Record) -> set[tuple[int, str]]:
    """The breaks that were offered or put off, by when they were due and their time in words."""
    return {(one.due_ms, one.slot) for one in (record.offered, record.postponed) if one is not None}


def _watched(record: Record, one: Break) -> bool:
    since_ms, left_ms = record.since_ms, record.left_ms
    return since_ms is not None and one.at_ms >= since_ms and (left_ms is None or one.at_ms <= left_ms)


def _hours(wishes: Breaks, first: date, days: int, now_ms: int, offset: Offset) -> Iterator[Span]:
    """The hours of so many days; without hours, all time."""
    if wishes.hours is None:
        return iter((Span(0, now_ms + 366 * DAY_MS),))
    return spans(wishes.hours, first, days, offset)


def _ranges(wishes: Breaks, record: Record, now_ms: int, offset: Offset) -> Iterator[tuple[Span, list[Break]]]:
    """The hours that are not over, in their order, each with what comes in it, as if nothing were paused."""
    today = local_day(now_ms, offset)
    from_ms = counts_from(wishes, record)
    back = 1 if from_ms is None else min(max((today - local_day(from_ms, offset)).days + 1, 1), _BACK)
    first = today - timedelta(back)
    fixed = slots(wishes, first, back + _AHEAD, offset) if wishes.at else []
    midnight_ms = moment(today, 0, offset) if wishes.hours is None else 0
    if not record.counts:
        midnight_ms = max(midnight_ms, now_ms - interval_ms(wishes) + 1)
    for span in _hours(wishes, first, back + _AHEAD, now_ms, offset):
        if span.until_ms > now_ms:
            breaks = _breaks(wishes, record, from_ms, span, fixed)
            # Without hours, a fixed time of yesterday is over at midnight; and where nobody counts, after an interval.
            yield span, [one for one in breaks if not one.slot or one.at_ms >= midnight_ms]


def _breaks(wishes: Breaks, record: Record, from_ms: int | None, span: Span, fixed: list[Slot]) -> list[Break]:
    """What comes in a range: a counted break if any, and then fixed times, which take its place."""
    open_ = [one for one in fixed if span.holds(one.at_ms) and _is_open(one, record, from_ms)]
    found = [_as_break(wishes, record, one.at_ms, one.routine, one.label) for one in open_]
    if wishes.every_min and record.counts and (from_ms is not None or wishes.hours is not None):
        due_ms = max(from_ms or 0, span.from_ms) + wishes.every_min * MINUTE_MS
        first = not open_ or due_ms < open_[0].at_ms - gives_way_ms(wishes)
        # A fixed time may come near afterwards, when clock or zone are changed.
        if (first or (due_ms, "") in _told(record)) and due_ms < span.until_ms:
            return [_as_break(wishes, record, due_ms, None, ""), *found]
    return found


def _next(breaks: list[Break], span: Span, now_ms: int) -> Break | None:
    """The one that comes first: of those that were due already, only the last counts."""
    over = [one for one in breaks if one.due_ms <= now_ms]
    left = [one for one in (*over[-1:], *(one for one in breaks if one.due_ms > now_ms)) if one.at_ms < span.until_ms]
    return min(left, key=lambda one: one.at_ms, default=None)


def counts_from(wishes: Breaks, record: Record) -> int | None:
    """From when the time counts. A pause longer than the interval is followed by a new hour (own)."""
    pause = record.pause
    if pause is None or not is_long(wishes, pause.until_ms - pause.from_ms):
        return record.from_ms
    return max(record.from_ms or 0, pause.until_ms)


def is_long(wishes: Breaks, pause_ms: int) -> bool:
    """Whether a pause, or a sleep, is longer than the time between two breaks; where none is counted, an hour."""
    return pause_ms > interval_ms(wishes)


def interval_ms(wishes: Breaks) -> int:
    """The time between two breaks; an hour where they come at fixed times only."""
    return (wishes.every_min or 60) * MINUTE_MS


def _is_open(one: Slot, record: Record, from_ms: int | None) -> bool:
    """Whether nothing became of a fixed time. One that waits does so also where the clock was set on since."""
    rested_ms = record.rested_ms
    if any(slot == one.label for _, slot in _told(record)):
        return one.label not in record.slots
    return (
        one.label not in record.slots
        and (from_ms is None or one.at_ms >= from_ms)
        and (rested_ms is None or one.at_ms - rested_ms >= FULFILLED_MS)
    )


def _as_break(wishes: Breaks, record: Record, due_ms: int, routine: str | None, slot: str) -> Break:
    put = record.postponed
    this = put is not None and put.slot == slot and (bool(slot) or put.due_ms == due_ms)
    at_ms, times = (max(due_ms, put.until_ms), put.times) if put is not None and this else (due_ms, 0)
    return Break(due_ms, at_ms, routine or _in_turn(wishes, record), slot, times)


def _in_turn(wishes: Breaks, record: Record) -> str:
    routines = wishes.routines
    if record.last_routine not in routines:
        return routines[0]
    return routines[(routines.index(record.last_routine) + 1) % len(routines)]
