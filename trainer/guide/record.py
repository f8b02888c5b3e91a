"""What happened, as facts for the logbook. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sessions.digest import sha256_hex
from sessions.records import (
    Body,
    CheckAnswered,
    Eased,
    ExercisePlanned,
    PainRated,
    SessionBegun,
    SessionEnded,
    WorkDone,
)
from sessions.rows import AnswerRow, RatingRow, WorkRow
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.plan import Item, Plan, Step
from trainer.library.model import Breaths, Repetitions, SelfPaced, Side
from trainer.text import clean

LONGEST_LINE = 1000
"""Characters of a line of a fact."""


def content_hash(plan: Plan) -> str:
    """A hash of all that the plan was made of, so that a changed routine is not taken for the same."""
    more = [(item.place, item.extra_sets, item.weaker) for item in plan.items if item.weaker is not None]
    content = (plan.routine, [(item.exercise, item.dose) for item in plan.items], *more)
    return sha256_hex(msgspec.json.encode(content, order="sorted"))


def begun(plan: Plan, from_step: int = 0) -> SessionBegun:
    """The fact that a session began."""
    exercises = tuple(
        ExercisePlanned(
            index=item.index,
            exercise=item.exercise.id,
            name=item.name,
            dose=words.whole_dose(item),
            works=sum(1 for step in plan.steps if step.kind == "work" and step.item is item),
        )
        for item in plan.items
    )
    routine = plan.routine
    return SessionBegun(
        routine.id,
        routine.name,
        content_hash(plan),
        exercises,
        len(plan.steps),
        from_step,
        level=plan.level,
        levels=len(routine.level) or None,
        weaker=plan.weaker,
        left_out=tuple(clean(text, limit=LONGEST_LINE) for text in plan.left_out),
    )


def facts(event: e.Event, *, step_number: int = 0, before_active_ms: int = 0) -> Iterator[Body]:
    """The facts in one event. `before_active_ms` is time spent before the session was resumed."""
    match event:
        case e.WorkEnded():
            yield _work(event, step_number)
        case e.Rated(_, item, nrs, side):
            on_side = None if side == "none" else side
            yield PainRated("after_exercise", nrs, item.index, item.exercise.id, item.name, on_side)
        case e.Answered(_, item, side, answer):
            yield _answer(item, side, answer)
        case e.Eased(_, item, easier):
            yield Eased(item.index, item.exercise.id, easier.exercise.id, easier.name, "asked for by the person")
        case e.Finished(_, how, active_ms, paused_ms):
            yield SessionEnded(how, "", active_ms + before_active_ms, paused_ms)


def _work(event: e.WorkEnded, step_number: int) -> WorkDone:
    step, planned_reps = event.step, _planned_reps(event.step)
    counted = planned_reps is not None
    return WorkDone(
        step=step_number,
        index=step.item.index,
        exercise=step.item.exercise.id,
        name=step.item.name,
        set_no=step.set_no,
        sets=step.sets,
        side=step.side,
        outcome=event.outcome,
        attempt=event.attempt,
        planned_ms=step.length_ms,
        actual_ms=event.actual_ms,
        planned_reps=planned_reps,
        actual_reps=event.actual_count if counted and event.outcome != "skipped" else (0 if counted else None),
        breaths=isinstance(step.work, Breaths),
    )


def _answer(item: Item, side: Side, answer: str) -> CheckAnswered:
    check = item.exercise.check
    assert check is not None, "only a self-check is answered"
    text = next(one.text for one in check.answer if one.id == answer)
    return CheckAnswered(item.index, item.exercise.id, item.name, side, check.question, answer, text)


def _planned_reps(step: Step) -> int | None:
    return step.work.count if isinstance(step.work, Repetitions | Breaths | SelfPaced) else None


def resume_at(plan: Plan, works: Sequence[WorkRow]) -> int:
    """Where a broken-off session goes on: before the work after the last recorded one, as a step's position.

    A last work that was cut short is begun again; what was done once is not, also where the person had gone back
    before it. The position is that of the plan's length where nothing is left.
    """
    if not works:
        return 0
    last = works[-1]
    own = _position(plan, last)
    if own is None:  # an easier form stood in its place: on to the next exercise
        first = next((n for n, step in enumerate(plan.steps) if step.item.index > last.index), len(plan.steps))
    else:
        first = own if last.outcome == "cut_short" else own + 1
    done = [n for row in works if row.outcome == "done" and (n := _position(plan, row)) is not None]
    first = max(first, *(n + 1 for n in done), 0)
    work = next((n for n in range(first, len(plan.steps)) if plan.steps[n].kind == "work"), None)
    return len(plan.steps) if work is None else work - 1


def _position(plan: Plan, row: WorkRow) -> int | None:
    def fits(step: Step) -> bool:
        return (
            step.kind == "work"
            and step.item.index == row.index
            and step.item.exercise.id == row.exercise
            and step.set_no == row.set_no
            and step.side == row.side
            # An easier form may be the same exercise with a smaller dose.
            and (step.sets, step.length_ms, _planned_reps(step)) == (row.sets, row.planned_ms, row.planned_reps)
        )

    return next((n for n, step in enumerate(plan.steps) if fits(step)), None)


def owed_places(plan: Plan, works: Sequence[WorkRow], ratings: Sequence[RatingRow]) -> tuple[int, ...]:
    """Places of the plan's items of which something was recorded, and no rating since it began."""
    rated = {(row.index, row.exercise): row.utc_ms for row in ratings if row.when == "after_exercise"}
    worked: dict[int, None] = {}
    for row in works:
        began_ms = row.utc_ms - row.actual_ms
        if row.outcome == "skipped" or rated.get((row.index, row.exercise), began_ms) > began_ms:
            continue
        for item in plan.items:
            # A self-check asks a question of its own.
            if item.index == row.index and item.exercise.id == row.exercise and item.exercise.check is None:
                worked[item.place] = None
    return tuple(worked)


def looked_before(
    plan: Plan, works: Sequence[WorkRow], answers: Sequence[AnswerRow]
) -> dict[tuple[int, Side], str | None]:
    """Self-checks of the plan that were done, by place and side, each with its answer where there is one."""
    given = {(row.index, row.exercise, row.side): row.answer for row in answers}
    return {
        (item.place, row.side): given.get((row.index, row.exercise, row.side))
        for row in works
        for item in plan.items
        if row.outcome != "skipped"
        and item.exercise.check is not None
        and (item.index, item.exercise.id) == (row.index, row.exercise)
    }
