"""What is asked of a routine's form before it begins: its level, and the weaker side."""

from __future__ import annotations

from collections.abc import Callable

from trainer.cli.plain.questions import Questions
from trainer.guide import words
from trainer.guide.plan import Plan
from trainer.kit import Kit, Order
from trainer.library.model import Exercise, Weaker

ENTER_TAKES = "A number, then Enter. Enter alone takes {}."


def settle(
    kit: Kit,
    prepared: Plan,
    exercises: dict[str, Exercise],
    order: Order,
    questions: Questions,
    write: Callable[[str], None],
    *,
    interactive: bool,
) -> tuple[Plan, dict[str, Exercise]]:
    """`prepared` at the level and with the weaker side that the person says, or that were said before."""
    if kit.rehearsal:  # which looks back at nothing, and keeps no answer
        if prepared.asks_weaker and order.weaker is None:
            write(words.NO_WEAKER)
        return prepared, exercises
    level = order.level
    if prepared.routine.level and level is None:
        level = _level(kit, prepared, order, questions, write, interactive=interactive)
    weaker = None if order.weaker == "none" else order.weaker
    if prepared.asks_weaker and order.weaker is None:
        weaker = _weaker(kit, questions, write, interactive=interactive)
    if (level, weaker) == (prepared.level, prepared.weaker):
        return prepared, exercises
    return kit.prepare(prepared.routine.id, order.wish, level=level, weaker=weaker)


def _level(
    kit: Kit, prepared: Plan, order: Order, questions: Questions, write: Callable[[str], None], *, interactive: bool
) -> int | None:
    from trainer.coach.progression import way

    found = kit.suggestion(prepared, order.wish)
    if found is None:
        return prepared.level
    last, rungs, unasked = found.last, prepared.routine.level, found.unasked
    if last is None or not found.asks:
        write(found.why)
        return found.level
    if not interactive:
        if unasked != last:
            write(found.why)
        return unasked
    options = [f"{way(one, last)} ({one}): {words.rung(rungs[one - 1])}" for one in found.choices]
    otherwise = ENTER_TAKES.format(f"level {unasked}")
    chosen = questions.choice(f"Level {last} of {len(rungs)} last time. {found.why}", options, otherwise)
    return unasked if chosen is None else found.choices[chosen]


def _weaker(kit: Kit, questions: Questions, write: Callable[[str], None], *, interactive: bool) -> Weaker | None:
    known = kit.settings.weaker_side
    if not interactive:
        write(f"Weaker side: {known}, as you said before." if known is not None else words.NO_WEAKER)
        return known
    answers = words.weaker_answers(known)
    texts = [text for _, text in answers]
    chosen = questions.choice(words.WEAKER, texts, ENTER_TAKES.format("the first"))
    side = answers[chosen or 0][0]
    if side != known and (trouble := kit.save(weaker_side=side)):
        write(trouble)
    return side
