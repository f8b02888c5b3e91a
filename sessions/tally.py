"""What the facts of one session amount to: its rows, and its share of the roll-ups. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct, structs

from sessions.breaks import BREAK_KINDS
from sessions.facts import Fact
from sessions.records import (
    ActivityLogged,
    CheckAnswered,
    Eased,
    Note,
    Outcome,
    PainRated,
    SessionBegun,
    SessionEnded,
    WorkDone,
)
from sessions.review import last_nrs, local_date, week_of
from sessions.rows import AnswerRow, NoteRow, PracticeRow, RatingRow, SessionDetail, SessionRow, WorkRow
from sessions.standing import Read, Standing, standing

RollupKey: TypeAlias = tuple[str, tuple[str, ...]]
"""Name of the roll-up's table, and the key within it."""

_RANK: dict[Outcome, int] = {"skipped": 0, "cut_short": 1, "done": 2}


class Tally(Struct, frozen=True):
    """One session's rows, and what it adds to each roll-up."""

    detail: SessionDetail
    practice: tuple[PracticeRow, ...]
    rollups: Mapping[RollupKey, tuple[int, ...]]


def tally(session: str, read: Sequence[Read], day_starts_h: int = 0) -> Tally | None:
    """Return what the facts read, all of `session` and in any order, amount to.

    None where there are none, and where they tell of a break, which is no session.

    A withdrawn session keeps its rows here, and adds nothing to any roll-up. `day_starts_h`: see
    `sessions.review.local_date`.
    """
    if not read or _of_a_break(read):
        return None
    entries, out = standing(read)
    begun = next((entry for entry in entries if isinstance(entry.body, SessionBegun)), None)
    activity = None if begun is not None else _activity(entries)
    first = begun or activity
    start = first.fact if first is not None else min((fact for fact, _ in read), key=lambda fact: fact.order)
    works = tuple(_work(entry.fact, body) for entry in entries if isinstance(body := entry.body, WorkDone))
    ratings = tuple(_rating(entry, body) for entry in entries if isinstance(body := entry.body, PainRated))
    notes = tuple(
        NoteRow(entry.fact.id, session, entry.fact.utc_ms, body.text, entry.corrected)
        for entry in entries
        if isinstance(body := entry.body, Note)
    )
    snapshot = begun.body if begun is not None and isinstance(begun.body, SessionBegun) else None
    # Where nothing else was a session's beginning, it goes with the activity that it was.
    gone = first is None and any(isinstance(body, ActivityLogged) for _, body in read)
    day = local_date(start.utc_ms, start.offset_min, day_starts_h)
    row = _row(session, start, day, snapshot, entries, works, ratings, withdrawn=session in out or gone)
    if activity is not None:
        row = _as_activity(row, activity)
    detail = SessionDetail(
        row,
        () if snapshot is None else snapshot.exercises,
        works,
        ratings,
        notes,
        tuple(entry.body for entry in entries if isinstance(entry.body, Eased)),
        _answers(entries),
        None if snapshot is None else snapshot.weaker,
        () if snapshot is None else snapshot.left_out,
    )
    return Tally(detail, _practice(row, works, ratings), _rollups(row, works, ratings))


def _of_a_break(read: Iterable[Read]) -> bool:
    kinds = {fact.kind for fact, _ in read} - {"withdrawal"}
    return bool(kinds) and kinds <= BREAK_KINDS.keys()


def _activity(entries: Iterable[Standing]) -> Standing | None:
    return next((entry for entry in entries if isinstance(entry.body, ActivityLogged)), None)


def _as_activity(row: SessionRow, entry: Standing) -> SessionRow:
    body = entry.body
    assert isinstance(body, ActivityLogged), "found by its type"
    return structs.replace(
        row,
        name=body.name,
        ended_ms=entry.fact.utc_ms,
        how="finished",
        active_ms=body.active_ms,
        activity=body.activity,
        intensity=body.intensity,
    )


def _answers(entries: Iterable[Standing]) -> tuple[AnswerRow, ...]:
    last: dict[tuple[int, str, str], AnswerRow] = {}
    for entry in entries:
        if isinstance(body := entry.body, CheckAnswered):
            fact = entry.fact
            last[body.index, body.exercise, body.side] = AnswerRow(
                fact.id, fact.session, fact.utc_ms, corrected=entry.corrected, **structs.asdict(body)
            )
    return tuple(last.values())


def _work(fact: Fact, body: WorkDone) -> WorkRow:
    # The row's later fields are the body's, in its order.
    return WorkRow(fact.id, fact.session, fact.utc_ms, *structs.astuple(body))


def _rating(entry: Standing, body: PainRated) -> RatingRow:
    fact = entry.fact
    return RatingRow(
        fact.id,
        fact.session,
        fact.utc_ms,
        fact.offset_min,
        corrected=entry.corrected,
        **structs.asdict(body),
    )


def _row(
    session: str,
    start: Fact,
    day: str,
    begun: SessionBegun | None,
    entries: Iterable[Standing],
    works: Sequence[WorkRow],
    ratings: Sequence[RatingRow],
    *,
    withdrawn: bool,
) -> SessionRow:
    ended: SessionEnded | None = None
    ended_ms: int | None = None
    for entry in entries:
        if isinstance(entry.body, SessionEnded):
            ended, ended_ms = entry.body, entry.fact.utc_ms
    best: dict[int, Outcome] = {}
    for work in works:
        earlier = best.get(work.step)
        if earlier is None or _RANK[work.outcome] > _RANK[earlier]:
            best[work.step] = work.outcome
    outcomes = list(best.values())
    pain = {rating.when: rating.nrs for rating in ratings}
    reached = [step + 1 for step, outcome in best.items() if outcome != "skipped"]
    return SessionRow(
        id=session,
        routine="" if begun is None else begun.routine,
        name="" if begun is None else begun.name,
        began_ms=start.utc_ms,
        offset_min=start.offset_min,
        zone=start.zone,
        day=day,
        week=week_of(day),
        ended_ms=ended_ms,
        how=None if ended is None else ended.how,
        active_ms=sum(work.actual_ms for work in works) if ended is None else ended.active_ms,
        paused_ms=0 if ended is None else ended.paused_ms,
        steps=0 if begun is None else begun.steps,
        next_step=max(reached, default=0 if begun is None else begun.from_step),
        works=0 if begun is None else sum(exercise.works for exercise in begun.exercises),
        done=outcomes.count("done"),
        cut_short=outcomes.count("cut_short"),
        skipped=outcomes.count("skipped"),
        pain_before=pain.get("before"),
        pain_after=pain.get("after"),
        pain_next_morning=pain.get("next_morning"),
        withdrawn=withdrawn,
        level=None if begun is None else begun.level,
        levels=None if begun is None else begun.levels,
        pain_most=max((rating.nrs for rating in ratings), default=None),
    )


def _practice(row: SessionRow, works: Sequence[WorkRow], ratings: Sequence[RatingRow]) -> tuple[PracticeRow, ...]:
    given: dict[str, list[tuple[str | None, int]]] = {work.exercise: [] for work in works if work.outcome != "skipped"}
    for rating in ratings:
        if rating.exercise is not None:
            given.setdefault(rating.exercise, []).append((rating.side, rating.nrs))
    return tuple(PracticeRow(exercise, row.began_ms, row.id, last_nrs(pairs)) for exercise, pairs in given.items())


def _rollups(
    row: SessionRow, works: Sequence[WorkRow], ratings: Sequence[RatingRow]
) -> dict[RollupKey, tuple[int, ...]]:
    """Return what a session adds; the numbers of each key are in the order of its table's columns.

    A session in which nothing was done counts for no day and no total; its ratings count all the same. An activity
    logged by hand was done.
    """
    if row.withdrawn:
        return {}
    rollups: dict[RollupKey, tuple[int, ...]] = {}
    reached = row.done + row.cut_short
    counts = bool(reached or row.activity)
    if counts:
        rollups["day_routine", (row.day, row.routine)] = (1, row.active_ms)
    if counts or ratings:
        rollups["total", ("all",)] = (1, reached, len(ratings), row.active_ms) if counts else (0, 0, len(ratings), 0)
    if row.activity:
        rollups["week_activity", (row.week, row.activity, row.intensity or "")] = (1, row.active_ms)
        rollups["name", ("activity", row.activity, row.name)] = (1,)
    elif row.routine:
        rollups["name", ("routine", row.routine, row.name)] = (1,)
    rollups |= _pain(row.week, ratings)
    rollups |= _exercises(row.week, works, ratings)
    for work in works:
        rollups["name", ("exercise", work.exercise, work.name)] = (1,)
    for rating in ratings:
        if rating.exercise is not None:
            rollups["name", ("exercise", rating.exercise, rating.name or "")] = (1,)
    return rollups


def _pain(week: str, ratings: Iterable[RatingRow]) -> dict[RollupKey, tuple[int, ...]]:
    sums: dict[str, list[int]] = {}
    for rating in ratings:
        numbers = sums.setdefault(rating.when, [0, 0])
        numbers[0] += 1
        numbers[1] += rating.nrs
    return {("week_pain", (week, when)): tuple(numbers) for when, numbers in sums.items()}


def _exercises(week: str, works: Iterable[WorkRow], ratings: Iterable[RatingRow]) -> dict[RollupKey, tuple[int, ...]]:
    sums: dict[tuple[str, str], list[int]] = {}
    best: dict[tuple[str, str, int], Outcome] = {}
    for work in works:
        numbers = sums.setdefault((work.exercise, work.side), [0] * 7)
        if work.outcome != "skipped":
            numbers[2] += 1
            numbers[3] += work.actual_ms
            numbers[4] += 0 if work.breaths else work.actual_reps or 0
        step = (work.exercise, work.side, work.step)
        if step not in best or _RANK[work.outcome] > _RANK[best[step]]:
            best[step] = work.outcome
    for (exercise, side, _), outcome in best.items():
        numbers = sums[exercise, side]
        numbers[5] += 1
        numbers[6] += outcome == "done"
    for rating in ratings:
        if rating.exercise is not None:
            numbers = sums.setdefault((rating.exercise, rating.side or "none"), [0] * 7)
            numbers[0] += 1
            numbers[1] += rating.nrs
    return {("week_exercise", (exercise, week, side)): tuple(numbers) for (exercise, side), numbers in sums.items()}
