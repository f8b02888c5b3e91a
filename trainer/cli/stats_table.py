"""Exercises in a table, for a terminal. The one part of `trainer stats` that loads Rich."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trainer.cli import chart, streams
from trainer.coach.lookback import MEASURES, Measure, Strand, Subject
from trainer.coach.lookback_words import FORMS, counted_in_short, rated_in_short

_HEADS: dict[Measure, str] = {"pain": "Pain", "reps": "Repetitions", "seconds": "Seconds", "whole": "Done whole"}


def say_table(exercises: Sequence[Subject]) -> None:
    """A row for each side: pain, repetitions and seconds a set, sets done whole; each at first and lately."""
    console = Console(
        file=sys.stdout,
        width=streams.width(),
        color_system="standard" if streams.coloured(sys.stdout) else None,
        force_terminal=streams.coloured(sys.stdout),
        markup=False,
        emoji=False,
        highlight=False,
    )
    table = Table(box=box.ASCII if chart.ascii_only() else box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("Exercise", overflow="fold", ratio=1)
    table.add_column("Side")
    measures = [one for one in MEASURES if any(one in subject.strands for subject in exercises)]
    for measure in measures:
        table.add_column(_HEADS[measure], overflow="fold")
    for subject in exercises:
        for number, (side, cells) in enumerate(_rows(subject, measures)):
            table.add_row(*map(Text, (subject.name if not number else "", side, *cells)))
    console.print(table)


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
        text = rated_in_short(one.trend, subject.period, brief=True)
    else:
        text = counted_in_short(one.trend, subject.period, FORMS[measure])
    return chart.as_ascii(text) if chart.ascii_only() else text
