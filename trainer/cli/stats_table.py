"""Exercises in a table, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.cli.tables import say_table
from trainer.coach.lookback import MEASURES, Measure, Strand, Subject
from trainer.coach.lookback_words import FORMS, counted_in_short, rated_in_short

_HEADS: dict[Measure, str] = {"pain": "Pain", "reps": "Repetitions", "seconds": "Seconds", "whole": "Done whole"}


def say_exercises(exercises: Sequence[Subject]) -> None:
    """A row for each side: pain, repetitions and seconds a set, sets done whole; each at first and lately."""
    measures = [one for one in MEASURES if any(one in subject.strands for subject in exercises)]
    rows = [
        (subject.name if not number else "", side, *cells)
        for subject in exercises
        for number, (side, cells) in enumerate(_rows(subject, measures))
    ]
    say_table(("Exercise", "Side", *(_HEADS[measure] for measure in measures)), rows)


def _rows(subject: Subject, measures: Sequence[Measure]) -> Iterator[tuple[str, list[str]]]:
    of: dict[str, dict[Measure, Strand]] = {}
    names: dict[str, str] = {}
    for measure, strands in subject.strands.items():
        for one in strands:
            of.setdefault(one.key, {})[measure] = one
            names[one.key] = one.short and {"L": "left", "R": "right"}.get(one.short, one.short)
    for key in sorted(of, key=["left", "right", "alternating", "none"].index):
        yield names[key], [_cell(subject, of[key].get(measure), measure) for measure in measures]


def _cell(subject: Subject, one: Strand | None, measure: Measure) -> str:
    if one is None:
        return ""
    if measure == "pain":
        return rated_in_short(one.trend, subject.period, brief=True)
    return counted_in_short(one.trend, subject.period, FORMS[measure])
