"""The end of a session: ratings that are still owed, pain after, a note, what was done, and what comes next."""

from __future__ import annotations

from collections.abc import Callable

from trainer.cli.lay import capital
from trainer.cli.plain.questions import Questions
from trainer.cli.plain.teller import label
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.outcome import pain_line


def close_session(
    conductor: Conductor, questions: Questions, write: Callable[[str], None], *, interactive: bool
) -> None:
    """Ask what is left to ask, and say how it went."""
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
        after = questions.pain("Pain now, after all of it, 0 to 10? Enter leaves it out.")
        if after is not None:
            conductor.rate_after(after)
        conductor.write_note(questions.text("A note? Enter leaves it out."))
    _summary(conductor, write)


def _summary(conductor: Conductor, write: Callable[[str], None]) -> None:
    engine = conductor.engine
    write("")
    how = "stopped" if conductor.stopped else "done"
    write(f"{engine.plan.routine.name}: {how}, {words.clock(engine.active_ms)} in all.")
    for result in conductor.results():
        pain = "" if not result.worked else " Not rated." if result.nrs is None else f" Pain {result.nrs}."
        write(f"{result.name}: {result.what}.{pain}")
    write(pain_line(conductor.pain_before, conductor.pain_after))
    write("")
    write("Tomorrow")
    for line in conductor.tomorrow():
        write(capital(line))
