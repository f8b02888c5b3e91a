"""One session in full, line by line: the log on the screen and in the shell tell the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct, structs

from sessions.records import Side, When
from sessions.review import clock_time
from sessions.rows import RatingRow, SessionDetail, WorkRow
from trainer.guide import logged
from trainer.guide.amend import Rating, counting
from trainer.guide.outcome import amount, moment, results
from trainer.guide.words import about, plural
from trainer.text import clean

Look: TypeAlias = Literal["title", "text", "dim", "heading", "item", "blank"]

_ZONE_CHARS = 60

WHEN: dict[When, str] = {"before": "Before", "after": "After", "next_morning": "Next morning"}


Place: TypeAlias = tuple[When, int | None, str | None]
"""What is rated: when, and of an exercise its place in the routine and its id."""


class NoteMeant(Struct, frozen=True):
    """Which note a line tells; a new one where `id` is None."""

    id: str | None
    text: str


class Line(Struct, frozen=True):
    """One line, and what on it can be given or corrected."""

    text: str
    look: Look = "text"
    edits: Rating | NoteMeant | None = None


def told(detail: SessionDetail, *, editable: bool = False, works: bool = True) -> Iterator[Line]:
    """All of a session. `editable` adds what could still be said: ratings that were not given, and a note.

    Without `works`, each single one of them is left out: see `sets`.
    """
    row = detail.row
    yield Line(clean(logged.name(row)), "title")
    how = logged.how(row)
    zone = f" ({clean(row.zone, limit=_ZONE_CHARS)})" if row.zone else ""
    yield Line(f"{moment(row)}{zone}. {about(row.active_ms)}. {clean(how[:1].upper() + how[1:])}.")
    for line in logged.about_its_plan(detail):
        yield Line(f"{clean(line)}.")
    if row.withdrawn:
        yield Line("Withdrawn: it counts nowhere.")
    if detail.unproven:
        lost = plural(detail.unproven, "fact")
        yield Line(f"Damaged, and so not shown: {lost} of it. trainer log verify says more.")
    yield Line(clean(row.id), "dim")
    guided = not row.activity and not logged.only_looked(detail)
    for when, name in WHEN.items():
        which = Rating(when)
        given = which.given(detail)
        if given is not None:
            yield Line(f"{name}: pain {_rated(given)}", "text", which)
        elif editable and guided:
            yield Line(f"{name}: not rated", "text", which)
    yield from _exercises(detail, editable=editable)
    if works:
        yield from _works(detail.works)
    for eased in detail.eased:
        yield Line(clean(f"Went on in an easier form: {eased.name}"), "item")
    if detail.answers:
        yield Line("", "blank")
        yield Line("Your answers", "heading")
    for answer in detail.answers:
        yield Line(clean(logged.answered(answer)), "item")
    yield from _notes(detail, editable=editable)


def _exercises(detail: SessionDetail, *, editable: bool) -> Iterator[Line]:
    done = results(detail.exercises, detail.works, detail.ratings)
    if done:
        yield Line("", "blank")
    looks = logged.looks(detail)
    for result in done:
        meant = Rating("after_exercise", result.index, result.exercise, result.name)
        rated = counting(detail, meant.when, meant.index, meant.exercise)
        unasked = not result.worked or result.name in looks
        what = clean(f"{result.name}: {result.what}")
        if not rated:
            yield Line(what if unasked else f"{what}. Not rated", "text", None if unasked else meant)
        elif None in rated:
            yield Line(f"{what}. Pain {_rated(rated[None])}", "text", meant)
        else:
            yield Line(what)
            for side, row in rated.items():
                yield Line(f"{_side(side)}: pain {_rated(row)}", "item", structs.replace(meant, side=side))
            for side in sorted(_sides(detail, meant) - rated.keys()) if editable else ():
                yield Line(f"{_side(side)}: not rated", "item", structs.replace(meant, side=side))
    yield from _elsewhere(detail, {("after_exercise", result.index, result.exercise) for result in done})


def _elsewhere(detail: SessionDetail, told: set[Place]) -> Iterator[Line]:
    """Ratings that belong to nothing told so far, as where the session's beginning is not in this logbook."""
    places: dict[Place, None] = {(row.when, row.index, row.exercise): None for row in detail.ratings}
    left = [place for place in places if place[0] not in WHEN and place not in told]
    if left:
        yield Line("", "blank")
        yield Line("Other ratings", "heading")
    for when, index, exercise in left:
        for side, row in counting(detail, when, index, exercise).items():
            name = clean(row.name or row.exercise or "after an exercise")
            which = Rating(when, index, exercise, row.name, side)
            yield Line(f"{name}{f' ({_side(side)})' if side else ''}: pain {_rated(row)}", "item", which)


def _sides(detail: SessionDetail, meant: Rating) -> set[Side]:
    """The sides on which an exercise was done."""
    done = (work.side for work in meant.works(detail) if work.outcome != "skipped")
    return {side for side in done if side in ("left", "right")}


def _side(side: Side | None) -> str:
    return f"{side} side" if side in ("left", "right") else "both sides"


def _works(works: Sequence[WorkRow]) -> Iterator[Line]:
    if works:
        yield Line("", "blank")
        yield Line("Each work", "heading")
    for name, number, side, what in sets(works):
        place = ", ".join([*([f"set {number}"] if number else []), *([f"{side} side"] if side else [])])
        yield Line(clean(f"{name}{f' ({place})' if place else ''}: {what}"), "item")


def sets(works: Sequence[WorkRow]) -> Iterator[tuple[str, str, str, str]]:
    """Each work as cells: its exercise, set, side and what was done."""
    for work in works:
        number = f"{work.set_no} of {work.sets}" if work.sets > 1 else ""
        done = "" if work.outcome == "skipped" else f", {amount(work)}"
        again = f", attempt {work.attempt}" if work.attempt > 1 else ""
        side = work.side if work.side in ("left", "right") else ""
        yield work.name, number, side, f"{work.outcome.replace('_', ' ')}{done}{again}"


def _notes(detail: SessionDetail, *, editable: bool) -> Iterator[Line]:
    if detail.notes or editable:
        yield Line("", "blank")
        yield Line("Notes", "heading")
    for note in detail.notes:
        meant = NoteMeant(note.id, note.text)
        for line in clean(note.text, lines=True).split("\n"):
            yield Line(line, "text", meant)
        if note.corrected:
            yield Line(f"(corrected; written {clock_time(note.utc_ms, detail.row.offset_min)})", "dim")
    if editable:
        yield Line("Add a note", "dim", NoteMeant(None, ""))


def _rated(rating: RatingRow) -> str:
    return f"{rating.nrs} of 10{' (corrected)' if rating.corrected else ''}"
