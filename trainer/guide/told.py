"""One session in full, line by line: the log on the screen and in the shell tell the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from sessions.review import clock_time
from sessions.rows import RatingRow, SessionDetail, WorkRow
from trainer.guide import logged
from trainer.guide.amend import Rating
from trainer.guide.outcome import amount, moment, results
from trainer.guide.words import about
from trainer.text import clean

Look: TypeAlias = Literal["title", "text", "dim", "heading", "item", "blank"]

WHEN: dict[str, str] = {"before": "Before", "after": "After", "next_morning": "Next morning"}


class NoteMeant(Struct, frozen=True):
    """Which note a line tells; a new one where `id` is None."""

    id: str | None
    text: str


class Line(Struct, frozen=True):
    """One line, and what on it can be given or corrected."""

    text: str
    look: Look = "text"
    edits: Rating | NoteMeant | None = None


def told(detail: SessionDetail, *, editable: bool = False) -> Iterator[Line]:
    """All of a session. `editable` adds what could still be said: ratings that were not given, and a note."""
    row = detail.row
    yield Line(clean(logged.name(row)), "title")
    how = logged.how(row)
    zone = f" ({clean(row.zone)})" if row.zone else ""
    yield Line(f"{moment(row)}{zone}. {about(row.active_ms)}. {clean(how[:1].upper() + how[1:])}.")
    for line in logged.about_its_plan(detail):
        yield Line(f"{clean(line)}.")
    if row.withdrawn:
        yield Line("Withdrawn: it counts nowhere.")
    if detail.unproven:
        yield Line(f"{detail.unproven} facts of it are damaged and not shown. trainer log verify says more.")
    yield Line(clean(row.id), "dim")
    guided = not row.activity and not logged.only_looked(detail)
    for when in ("before", "after", "next_morning"):
        which = Rating(when)
        given = which.given(detail)
        if given is not None:
            yield Line(f"{WHEN[when]}: pain {_rated(given)}", "text", which)
        elif editable and guided:
            yield Line(f"{WHEN[when]}: not rated", "text", which)
    yield from _exercises(detail)
    yield from _works(detail.works)
    for eased in detail.eased:
        yield Line(clean(f"Went on in an easier form: {eased.name}"), "item")
    if detail.answers:
        yield Line("", "blank")
        yield Line("Your answers", "heading")
    for answer in detail.answers:
        yield Line(clean(logged.answered(answer)), "item")
    yield from _notes(detail, editable=editable)


def _exercises(detail: SessionDetail) -> Iterator[Line]:
    if detail.exercises or detail.works:
        yield Line("", "blank")
    looks = logged.looks(detail)
    for result in results(detail.exercises, detail.works, detail.ratings):
        which = Rating("after_exercise", result.index, result.exercise, result.name)
        own = (result.index, result.exercise)
        rated = {row.side: row for row in detail.ratings if (row.index, row.exercise) == own}
        unasked = not result.worked or (result.nrs is None and result.name in looks)
        if not any(rated):
            nrs = which.given(detail)
            pain = "Not rated" if nrs is None else f"Pain {_rated(nrs)}"
            rest = "" if unasked and nrs is None else f". {pain}"
            yield Line(clean(f"{result.name}: {result.what}{rest}"), "text", None if unasked else which)
            continue
        yield Line(clean(f"{result.name}: {result.what}"))
        for row in rated.values():
            named = Rating("after_exercise", result.index, result.exercise, result.name, row.side)
            yield Line(f"{f'{row.side} side' if row.side else 'both sides'}: pain {_rated(row)}", "item", named)


def _works(works: Sequence[WorkRow]) -> Iterator[Line]:
    if works:
        yield Line("", "blank")
        yield Line("Each work", "heading")
    for work in works:
        again = f", attempt {work.attempt}" if work.attempt > 1 else ""
        place = _where(work)
        done = "" if work.outcome == "skipped" else f", {amount(work)}"
        what = work.outcome.replace("_", " ")
        yield Line(clean(f"{work.name}{f' ({place})' if place else ''}: {what}{done}{again}"), "item")


def _where(work: WorkRow) -> str:
    parts = [f"set {work.set_no} of {work.sets}"] if work.sets > 1 else []
    if work.side in ("left", "right"):
        parts.append(f"{work.side} side")
    return ", ".join(parts)


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
