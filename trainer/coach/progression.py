"""Which level of a routine that grows to take next, with the reason. Pure; the person chooses.

Figures: start low and progress slowly, only as far as is tolerated, with pain in exercise below 5 (`lasting`); repeat,
or raise slightly, only where the next day's pain is no worse, else reduce (physiotherapy practice pages); a difference
counts from 2 points (Farrar 2001); exercise should not make the pain worse than before it (`lasting`). Nothing is
raised by itself.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sessions.review import CHANGE_POINTS
from sessions.rows import SessionDetail


class LastTime(Struct, frozen=True):
    """What the last session at a level tells. Ratings are 0 to 10, None where they were not given."""

    level: int
    """From 1."""
    whole: bool
    """Whether all of it was done, in its usual form."""
    ratings: tuple[int, ...]
    """Pain after each exercise that was rated."""
    all_rated: bool
    """Whether every exercise was."""
    before: int | None = None
    after: int | None = None
    next_morning: int | None = None


class Suggestion(Struct, frozen=True):
    """A level, the reason, and what there is to choose from."""

    level: int
    why: str
    choices: tuple[int, ...]
    """The levels next to the last one and it itself, the suggested one first."""
    last: int | None
    """The level of the last session, None where there was none."""

    @property
    def asks(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.choices) > 1

    @property
    def unasked(self) -> int:
        """The level that is taken where the person chooses none: the suggested one, unless that lies higher."""
        if self.last is None:
            return self.level
        return next((one for one in self.choices if one <= self.last), self.level)


def last_time(detail: SessionDetail) -> LastTime | None:
    """What a recorded session tells, None where it had no level."""
    row = detail.row
    if row.level is None:
        return None
    ratings = {(r.index, r.exercise): r.nrs for r in detail.ratings if r.when == "after_exercise"}
    whole = row.how == "finished" and row.done >= row.works and not detail.eased and not detail.left_out
    return LastTime(
        level=row.level,
        whole=whole,
        ratings=tuple(ratings.values()),
        all_rated=all((one.index, one.exercise) in ratings for one in detail.exercises),
        before=row.pain_before,
        after=row.pain_after,
        next_morning=row.pain_next_morning,
    )


def suggest(levels: int, last: LastTime | None, limit: int = 5) -> Suggestion:
    """Which of `levels` to take, from 1. `limit` is the rating from which an exercise is too much, 5 at most."""
    if last is None:
        return Suggestion(1, "The first time begins at the first level.", (1,), None)
    here = min(max(last.level, 1), levels)
    by, why = _step(last, limit)
    if by > 0 and here == levels:
        by, why = 0, "This is the last level. Keep it in your week."
    elif by < 0 and here == 1:
        by, why = 0, f"{why} This is the first level: do less of it, or leave out what hurts."
    near = [level for level in (here, here + 1, here - 1) if 1 <= level <= levels]
    return Suggestion(here + by, why, tuple(sorted(near, key=lambda level: level != here + by)), here)


def _step(last: LastTime, limit: int) -> tuple[int, str]:
    worst = max(last.ratings, default=None)
    if worst is not None and worst >= limit:
        return -1, f"Last time an exercise was rated {worst} of 10; from {limit} on, do less."
    if _grew(last.before, last.after):
        return -1, f"Last time pain went from {last.before} to {last.after}; when it grows, do less."
    usual = last.before if last.before is not None else last.after
    if _grew(usual, last.next_morning):
        return -1, f"The next morning pain was {last.next_morning}, and {usual} before; when it is worse, do less."
    if worst is not None and _grew(last.before, worst):
        return (
            0,
            f"Last time pain rose from {last.before} to {worst} in an exercise. The same again, until it does not.",
        )
    if not last.whole:
        return 0, "Last time not all of it was done as it stands. The same again tells more."
    if not last.all_rated:
        return 0, "Not every exercise was rated last time. The same again tells more."
    if last.before is None or last.after is None:
        return 0, "Pain was not rated both before and after last time. The same again tells more."
    if last.next_morning is None:
        return 1, f"Last time all ratings were below {limit} and pain did not grow. Was the next morning no worse?"
    return 1, f"Last time all ratings were below {limit} and pain did not grow, nor by the next morning."


def _grew(before: int | None, after: int | None) -> bool:
    return before is not None and after is not None and after - before >= CHANGE_POINTS


def way(level: int, last: int) -> str:
    """How a level lies to the last one: `Same`, `One up`, `One down`."""
    if level == last:
        return "Same"
    return "One up" if level > last else "One down"


def within(suggestion: Suggestion, fits: Callable[[int], bool]) -> Suggestion | None:
    """`suggestion` with only those of its choices that fit, as in a short form not all do; None where none does.

    Where that leaves none but a higher level than the last one, it is the next lower level that fits, if there is one.
    """
    last = suggestion.last
    choices = tuple(level for level in suggestion.choices if fits(level))
    if last is not None and not any(level <= last for level in choices):
        level = next((one for one in range(min(suggestion.choices) - 1, 0, -1) if fits(one)), 0)
        if level:
            why = f"Level {last} does not fit into this form; level {level} is the next below that does."
            return Suggestion(level, why, (level,), last)
    if not choices:
        return None
    level = min(choices, key=lambda one: abs(one - suggestion.level))
    return Suggestion(level, suggestion.why, choices, last)
