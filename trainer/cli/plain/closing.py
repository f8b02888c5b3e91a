"""The end of a session: ratings that are still owed, pain after, a note, what was done, and what comes next."""

from __future__ import annotations

from collections.abc import Callable

from trainer.cli.lay import capital
from trainer.cli.plain.questions import Questions
from trainer.cli.plain.teller import label
from trainer.coach.tomorrow import heading
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.outcome import pain_line

LEAVES_OUT = "A number, then Enter. Enter leaves it out."


def close_session(
    conductor: Conductor, questions: Questions, write: Callable[[str], None], *, interactive: bool
) -> None:
    """Ask what is left to ask, and say how it went."""
    for item, side in conductor.engine.unanswered:
        check = item.exercise.check
        assert check is not None, "only a self-check is unanswered"
        options = [answer.text for answer in check.answer]
        chosen = questions.choice(f"{words.looked_at(item, side)}: {check.question}", options, LEAVES_OUT)
        if chosen is not None:
            conductor.send(e.Answer(item.place, side, check.answer[chosen].id))
            write(f"{words.looked_at(item, side)}: {options[chosen]}")
    for item in conductor.engine.owed:
        nrs = questions.pain(f"{label(item)}: pain after it, 0 to 10? Enter leaves it out.")
        if nrs is None:
            continue
        conductor.send(e.Rate(item.place, nrs))
        write(f"{label(item)}: {nrs} of 10.")
        if conductor.advice is not None:
            write(conductor.advice.says)
            conductor.advice = None
    if interactive and any(result.worked for result in conductor.results()):
        # After nothing but looks there is no pain to compare.
        if not conductor.only_looked:
            after = questions.pain("Pain now, after all of it, 0 to 10? Enter leaves it out.")
            if after is not None:
                conductor.rate_after(after)
        conductor.write_note(questions.text("A note? Enter leaves it out."))
    _summary(conductor, write)


def _summary(conductor: Conductor, write: Callable[[str], None]) -> None:
    engine = conductor.engine
    write("")
    write(f"{words.title(engine.plan)}: {conductor.how}, {words.clock(conductor.active_ms)} in all.")
    if engine.plan.left_out:
        write(f"Left out: {'; '.join(engine.plan.left_out)}.")
    looks = {item.name for item in engine.plan.items if item.exercise.check is not None}
    open_looks = {item.name for item, _ in engine.unanswered}
    for result in conductor.results():
        missing = "" if result.name in looks else " Not rated."
        missing = " Not answered." if result.name in open_looks else missing if result.worked else ""
        pain = missing if result.nrs is None else f" Pain {result.nrs}."
        write(f"{result.name}: {result.what}.{pain}")
    if not conductor.only_looked:
        write(pain_line(conductor.pain_before, conductor.pain_after))
    for told in conductor.checked():
        write("")
        write(told.name)
        for line in told.lines:
            write(line)
    write("")
    write(heading(only_looked=conductor.only_looked))
    for line in conductor.tomorrow():
        write(capital(line))
