"""What is said of breaks: plain, short, and without a word of blame. Pure."""

from __future__ import annotations

from trainer.breaks.day import Day, Mark
from trainer.breaks.hours import MINUTE_MS, Offset, clock, local_day
from trainer.breaks.lengths import minutes
from trainer.breaks.schedule import State

TITLE = "Time to move"
"""Heads a notice, and the screen, when a break is due."""
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def when(at_ms: int, now_ms: int, offset: Offset) -> str:
    """When that is, as the clock on the wall shows it: `15:00`, `tomorrow 09:00`, `Monday 09:00`."""
    today, day = local_day(now_ms, offset), local_day(at_ms, offset)
    time = clock(at_ms, offset)
    if day == today:
        return time
    if (day - today).days == 1:
        return f"tomorrow {time}"
    return f"{_DAY_NAMES[day.weekday()]} {time}" if 0 < (day - today).days < 7 else f"{day} {time}"


def headline(found: State, now_ms: int, offset: Offset) -> str:
    """How things stand, in a line."""
    coming = found.next
    match found.kind:
        case "due":
            return TITLE
        case "paused":
            return f"Paused until {when(found.until_ms or now_ms, now_ms, offset)}"
        case "counting" if coming is not None:
            return f"Next break in {minutes(coming.at_ms - now_ms)}"
        case _:
            if coming is None:
                return "No break is planned"
            return f"Next break {when(coming.at_ms, now_ms, offset)}"


def detail(found: State, name: str, now_ms: int, offset: Offset) -> str:
    """What the break offers, and when; empty where there is none. `name` is that of its routine."""
    coming = found.next
    if coming is None:
        return ""
    put = "" if not coming.times else f", postponed {_times(coming.times)}"
    if found.kind == "due":
        since = "" if now_ms - coming.at_ms < MINUTE_MS else f", due since {when(coming.at_ms, now_ms, offset)}"
        return f"{name}{since}{put}"
    if found.kind == "off":
        return name if found.until_ms is None else f"{name}. Your hours begin {when(found.until_ms, now_ms, offset)}."
    return f"{name}, {when(coming.at_ms, now_ms, offset)}{put}"


def _times(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


_SUMS = {
    "taken": "taken",
    "by_hand": "by a session of your own",
    "away": "away",
    "postponed": "postponed",
    "skipped": "skipped",
    "dropped": "dropped",
}
_WHYS = {
    "asleep": "machine or program stood still",
    "paused": "breaks were paused",
    "hours_over": "your hours were over",
    "unanswered": "no answer",
    "quiet": "not to be disturbed",
    "replaced": "the next one came",
}


def sums(day: Day) -> str:
    """What became of a day's breaks, in words; empty where there were none."""
    return ", ".join(f"{count} {_SUMS[how]}" for how, count in day.sums())


def spent(day: Day) -> str:
    """How a day was spent, as far as that was watched; empty where nothing is known."""
    parts = [f"{kind} {minutes(ms)}" for kind in ("worked", "moved", "away") if (ms := day.spent_ms(kind))]
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def mark_line(mark: Mark, name: str, offset: Offset) -> str:
    """What became of one break, in a line. `name` is that of its routine, empty where it is not known."""
    what = name or "Break"
    many = f" ({mark.count} breaks)" if mark.count > 1 else ""
    match mark.how:
        case "taken":
            says = f"{what}: taken"
        case "by_hand":
            says = f"{what}: a session of your own instead"
        case "away":
            says = "Away from the machine: counts as a break"
        case "postponed":
            says = f"Postponed until {clock(mark.until_ms, offset)}"
        case "skipped":
            says = f"{what}: skipped"
        case _:
            says = f"{what}: dropped, {_WHYS.get(mark.why, mark.why)}"
    return f"{clock(mark.at_ms, offset)}  {says}{many}"


def over_line(how: str) -> str:
    """What is said when a break that was offered needs no answer any more."""
    match how:
        case "away":
            return "You were away from the machine: that counts as a break."
        case "by_hand":
            return "You did a session meanwhile: that counts as the break."
        case "taken" | "skipped":
            return "The break was settled elsewhere."
        case _:
            return "This break is over; the next one comes."
