"""What a logbook said of some weeks, put into one page. Pure.

How much stands on it is bounded, so that it stays one page however much was done; what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from sessions.rows import AnswerRow
from sessions.trends import weeks
from trainer.charts.numbers import many
from trainer.coach.lookback import Period, Strand, Subject
from trainer.coach.lookback_words import counted, percent, rated, rated_in_short
from trainer.guide import logged
from trainer.report.model import Cell, Page, Section, Spark, Table, spark
from trainer.text import clean, cut

MOST_ROUTINES, MOST_EXERCISES, MOST_HIGHEST, MOST_ANSWERS, MOST_NOTES = 6, 12, 4, 3, 4
"""Lines of each kind that fit on one page together (own)."""
_NAME, _WHAT, _NOTE, _ANSWER = 28, 46, 130, 84
"""Columns of a name, of what a rating was given after, of a note, of an answer to a self-check."""
_SIDES = {"none": "both sides"}
"""Sides that have a shorter name here."""


class RoutineDone(Struct, frozen=True):
    """What was done of one routine; of what was logged by hand where `name` is empty."""

    name: str
    sessions: int
    days: int
    """On how many days."""
    active_ms: int
    times_a_week: int | None
    """On how many days of a week the routine is to be done; None where it does not say."""


class High(Struct, frozen=True):
    """One of the highest ratings."""

    day: str
    nrs: int
    what: str
    """What it was given after, or when."""


class Material(Struct, frozen=True):
    """All that a page is made of."""

    person: str
    """Empty where nobody is named."""
    over: Period
    until: str
    """The last day of it that has come."""
    days: int
    """From its first day to `until`."""
    sessions: int
    active_days: int
    routines: tuple[RoutineDone, ...]
    """What was done most first."""
    pain: Subject
    exercises: tuple[Subject, ...]
    highest: tuple[High, ...]
    answers: tuple[tuple[str, AnswerRow], ...]
    """Latest first, each with its day."""
    notes: tuple[tuple[str, str], ...]
    """The latest first, each with its day."""
    notes_in_all: int


def page(of: Material) -> Page:
    """The page."""
    who = f" of {_name(of.person)}" if of.person else ""
    sections = [_done(of), _pain(of), _exercises(of), _highest(of), _answers(of), _notes(of)]
    return Page(
        f"Exercise log{who}, {of.over.days[0]} to {of.until}",
        tuple(_lines(of)),
        tuple(section for section in sections if section is not None),
        tuple(_about(of.over)),
    )


def _about(over: Period) -> Iterator[str]:
    scale = 'Pain is the person\'s own rating on a numeric scale, 0 "no pain" to 10 "worst imaginable"'
    compared = (
        f' "At first" is the first third of these weeks (until {over.first_until}), "lately" the last (from '
        f"{over.lately_from}). A change is called less or more from 2 points or 30 % "
        "(Farrar 2001), of one point at least, otherwise "
        '"about the same". Curves run from 0 to 10, week by week.'
    )
    yield f"{scale}; numbers are means.{compared if over.weeks > 1 else ''}"
    yield (
        "All of this was entered or counted by the person's own exercise timer. It is no diagnosis and no assessment, "
        "and it holds only what was entered."
    )


def _lines(of: Material) -> Iterator[str]:
    minutes = sum(one.active_ms for one in of.routines) // 60_000
    yield (
        f"{many(of.over.weeks, 'week')}, Monday to Sunday: {many(of.sessions, 'session')} on "
        f"{many(of.active_days, 'day')}, {many(minutes, 'minute')} in all."
    )


def _done(of: Material) -> Section:
    rows = [
        (
            _name(one.name) or "Logged by hand",
            f"{one.sessions:,}",
            _days_a_week(one, of.days),
            "" if one.times_a_week is None else f"{one.times_a_week}",
            f"{one.active_ms // 60_000:,}",
        )
        for one in of.routines
    ]
    head = ("Routine", "Sessions", "Days a week", "Named by the routine", "Minutes")
    return Section(
        "What was done",
        table=Table(head, tuple(rows[:MOST_ROUTINES])),
        after=_more(len(rows) - MOST_ROUTINES, "routine"),
    )


def _days_a_week(one: RoutineDone, days: int) -> str:
    return f"{7 * one.days / max(7, days):.1f}"


def _pain(of: Material) -> Section:
    strands = of.pain.strands.get("pain", ())
    if not strands:
        return Section("Pain", ("Nothing was rated in these weeks.",))
    rows = tuple(
        (one.name.capitalize(), f"{_ratings(one):,}", rated(one.trend, of.over), _spark(one, of.over))
        for one in strands
    )
    return Section("Pain", table=Table(("Rated", "Ratings", "At first → lately", "By week"), rows))


def _exercises(of: Material) -> Section | None:
    rated_ones = [(subject, strands) for subject in of.exercises if (strands := subject.telling("pain"))]
    if not rated_ones:
        return None
    # What hurts more comes first, then what hurts less, then what was rated most; sides are never torn apart.
    rated_ones.sort(key=lambda pair: (_urgency(pair[1]), -sum(map(_ratings, pair[1]))))
    rows: list[tuple[Cell, ...]] = []
    shown = 0
    for subject, strands in rated_ones:
        if len(rows) + len(strands) > MOST_EXERCISES:
            break
        shown += 1
        for one in strands:
            name, change, whole = _of_side(subject, one), _change(one, of.over), _whole(subject, one)
            rows.append((name, f"{_ratings(one):,}", change, _spark(one, of.over), whole))
    head = ("After exercise", "Ratings", "At first → lately", "By week", "Sets done whole")
    return Section("Pain by exercise", table=Table(head, tuple(rows)), after=_more(len(rated_ones) - shown, "exercise"))


def _urgency(strands: Iterable[Strand]) -> int:
    verdicts = {one.trend.verdict for one in strands}
    return 0 if "more" in verdicts else 1 if "less" in verdicts else 2


def _of_side(subject: Subject, strand: Strand) -> str:
    side = _SIDES.get(strand.key, strand.name) if strand.name else ""
    return _name(subject.name) + (f", {side}" if side else "")


def _change(strand: Strand, over: Period) -> str:
    """How a rating changed; in few words where nothing can be said."""
    return (rated_in_short if strand.trend.verdict == "unknown" else rated)(strand.trend, over)


def _whole(subject: Subject, rated_of: Strand) -> str:
    """The sets of the side that was rated, or of both where these were rated together."""
    found = subject.strands.get("whole", ())
    own = [one for one in found if one.key == rated_of.key] or list(found)
    return ", ".join((f"{one.name} " if len(own) > 1 else "") + _share(one, subject.period) for one in own)


def _share(strand: Strand, over: Period) -> str:
    """At first and lately, or over all weeks where that would be too few."""
    if strand.trend.verdict != "unknown":
        return counted(strand.trend, over, percent)
    return percent(sum(point.total for point in strand.points) / sum(point.count for point in strand.points))


def _highest(of: Material) -> Section | None:
    items = tuple(f"{one.day}: {one.nrs} of 10, {cut(clean(one.what), _WHAT)}" for one in of.highest[:MOST_HIGHEST])
    return Section("Highest ratings", items=items, narrow=True) if items else None


def _answers(of: Material) -> Section | None:
    latest: dict[tuple[str, str, str], str] = {}
    for day, answer in of.answers:
        key = (answer.exercise, answer.side, answer.question)
        latest.setdefault(key, f"{day}: {cut(clean(logged.answered(answer)), _ANSWER)}")
    if not latest:
        return None
    items = tuple(latest.values())
    return Section(
        "Self-checks, the latest answers",
        items=items[:MOST_ANSWERS],
        after=_more(len(items) - MOST_ANSWERS, "answer"),
        narrow=True,
    )


def _notes(of: Material) -> Section | None:
    items = tuple(f"{day}: {cut(clean(text), _NOTE)}" for day, text in of.notes[:MOST_NOTES])
    if not items:
        return None
    return Section("The person's own notes", items=items, after=_more(of.notes_in_all - len(items), "note"))


def _ratings(strand: Strand) -> int:
    return sum(point.count for point in strand.points)


def _spark(strand: Strand, over: Period) -> Spark:
    means = {point.week: point.mean for point in strand.points}
    return spark([means.get(week) for week in weeks(over.since, over.until)])


def _name(text: str) -> str:
    return cut(clean(text).strip(), _NAME)


def _more(count: int, one: str) -> str:
    return f"and {many(count, one)} more in the logbook" if count > 0 else ""


def most(found: Sequence[RoutineDone]) -> tuple[RoutineDone, ...]:
    """What was done most first."""
    return tuple(sorted(found, key=lambda one: (-one.sessions, one.name)))
