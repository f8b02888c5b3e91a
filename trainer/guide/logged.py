"""A session as the log tells it, in words: a guided one, or an activity logged by hand. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from sessions.rows import AnswerRow, SessionDetail, SessionRow
from trainer.guide import outcome, words


def name(row: SessionRow) -> str:
    """What a session is called, also where its beginning is not in the logbook."""
    return row.name or row.routine or row.activity or "(its beginning is not in this logbook)"


def in_short(row: SessionRow, *, pain: bool = True) -> str:
    """A session on one line: an activity's length and intensity, else what became of a routine, and its level.

    With `pain`, that before and after too.
    """
    if row.activity:
        return f"{words.about(row.active_ms)}, {row.intensity}"
    found = level(row)
    return outcome.in_short(row, pain=pain) + (f", {found}" if found else "")


def level(row: SessionRow) -> str:
    """The rung of a ladder, `level 3 of 7`; empty where the routine is none."""
    if row.level is None:
        return ""
    return f"level {row.level}" + (f" of {row.levels}" if row.levels else "")


def how(row: SessionRow) -> str:
    """How a session went, in a few words: how it ended and at which level; an activity's intensity."""
    if row.activity:
        return f"{row.intensity}, logged by hand"
    return ", ".join(part for part in (outcome.ENDED[row.how], level(row)) if part)


def about_its_plan(detail: SessionDetail) -> Iterator[str]:
    """What was said of the plan before it began: the weaker side, and what a short form left out."""
    if detail.weaker is not None:
        yield f"Weaker side, as you called it: {detail.weaker}"
    if detail.left_out:
        yield f"Left out in this short form: {'; '.join(detail.left_out)}"


def looks(detail: SessionDetail) -> frozenset[str]:
    """Names of the self-checks that were answered, after which no pain was asked for."""
    return frozenset(row.name or row.exercise for row in detail.answers)


def only_looked(detail: SessionDetail) -> bool:
    """Whether nothing but self-checks that were answered was done."""
    done = {row.name for row in detail.works if row.outcome != "skipped"}
    return bool(done) and done <= looks(detail)


def answered(row: AnswerRow) -> str:
    """An answer to a self-check with its side and question."""
    side = f" ({row.side} side)" if row.side in ("left", "right") else ""
    return f"{row.name or row.exercise}{side}: {row.question} {row.text}{' (corrected)' if row.corrected else ''}"
