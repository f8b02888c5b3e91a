"""What became of a session, exercise by exercise, in words. Pure; the summary, the plain lines and the log use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from sessions.records import ExercisePlanned, PainRated, WorkDone
from sessions.review import clock_time, last_nrs
from sessions.rows import RatingRow, SessionRow, WorkRow
from trainer.guide import words

Work = WorkDone | WorkRow
"""A work as it is recorded, or as the logbook gives it back; both have the same fields."""
Rating = PainRated | RatingRow
"""Likewise a rating."""

_BEST = {"done": 2, "cut_short": 1, "skipped": 0}


class Result(Struct, frozen=True):
    """One exercise of a session."""

    index: int
    """Its place in the routine, from 0."""
    exercise: str
    name: str
    what: str
    """`done`, `cut short`, `skipped`, `not reached`, or a mixture in words."""
    nrs: int | None
    """Pain rated after it, 0 to 10; None where it was not rated."""
    worked: bool
    """Whether anything of it was done."""


def results(planned: Sequence[ExercisePlanned], works: Sequence[Work], ratings: Sequence[Rating]) -> list[Result]:
    """What became of each exercise, in the routine's order; easier forms follow what they replaced."""
    out: list[Result] = []
    for exercise in planned:
        own = [row for row in works if row.index == exercise.index]
        names = list(dict.fromkeys([(exercise.exercise, exercise.name), *((row.exercise, row.name) for row in own)]))
        for id, name in names:
            rows = [row for row in own if row.exercise == id]
            count = exercise.works if id == exercise.exercise else 0
            if not rows and id != exercise.exercise:
                continue
            nrs = last_nrs((r.side, r.nrs) for r in ratings if (r.index, r.exercise) == (exercise.index, id))
            worked = any(row.outcome != "skipped" for row in rows)
            out.append(Result(exercise.index, id, name, _what(rows, count), nrs, worked))
    return out


def _what(rows: Sequence[Work], planned: int) -> str:
    best: dict[tuple[int, str], Work] = {}
    for row in rows:
        known = best.get((row.set_no, row.side))
        if known is None or _merit(row) >= _merit(known):
            best[row.set_no, row.side] = row
    total = max(planned, len(best))
    done = [row for row in best.values() if row.outcome == "done"]
    cut = [row for row in best.values() if row.outcome == "cut_short"]
    skipped = [row for row in best.values() if row.outcome == "skipped"]
    if not best:
        return "not reached"
    if len(done) == total:
        return "done"
    if len(skipped) == total:
        return "skipped"
    parts = []
    if done:
        parts.append(f"{len(done)} of {total} done")
    if cut:
        parts.append("cut short: " + ", ".join(amount(row) for row in cut))
    if skipped:
        parts.append(f"{len(skipped)} skipped")
    if total > len(best):
        parts.append(f"{total - len(best)} not reached")
    return "; ".join(parts)


def _merit(row: Work) -> tuple[int, int]:
    return _BEST[row.outcome], row.actual_ms


def amount(row: Work) -> str:
    """What was really done of one work, against what was planned: `8 of 15 repetitions`, `14 of 30 s`."""
    if row.actual_reps is not None and row.planned_reps is not None:
        unit = "breaths" if row.breaths else "repetitions"
        return f"{row.actual_reps} of {row.planned_reps} {unit}"
    actual_s = row.actual_ms // 1000
    return f"{actual_s} of {row.planned_ms // 1000} s" if row.planned_ms is not None else words.seconds(actual_s)


def pain_line(before: int | None, after: int | None) -> str:
    """Pain before and after, in words; a change is one as `sessions.review.change` has it."""
    from sessions.review import change

    if before is None and after is None:
        return "Pain was not rated before or after."
    if before is None or after is None:
        return f"Pain before: {before}." if after is None else f"Pain after: {after}."
    word = {"less": "less", "same": "about the same", "more": "more"}[change(before, after)]
    return f"Pain before {before}, after {after}: {word}."


def rated(rows: Iterable[Rating]) -> list[tuple[str, int]]:
    """Names and ratings after exercises, for the coach."""
    return [(row.name or row.exercise or "", row.nrs) for row in rows if row.when == "after_exercise"]


ENDED = {"finished": "finished", "stopped": "stopped early", None: "not ended"}


def moment(row: SessionRow) -> str:
    """The date and time at which a session began, on the person's own clock at that moment."""
    return clock_time(row.began_ms, row.offset_min)


def in_short(row: SessionRow, *, pain: bool = True) -> str:
    """A session on one line: time spent, what became of its works, and, with `pain`, pain before and after."""
    parts = [words.about(row.active_ms), f"{row.done} of {max(row.works, row.done)} done"]
    parts += [f"{row.cut_short} cut short"] if row.cut_short else []
    parts += [f"{row.skipped} skipped"] if row.skipped else []
    parts += [] if row.how == "finished" else [ENDED[row.how]]
    if pain and (row.pain_before is not None or row.pain_after is not None):
        before, after = ("?" if nrs is None else nrs for nrs in (row.pain_before, row.pain_after))
        parts.append(f"pain {before} → {after}")
    return ", ".join(parts)
