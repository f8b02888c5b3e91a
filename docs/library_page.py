"""Writes `docs/library.md` from the shipped library: `python docs/library_page.py`, for maintainers.

A test holds that the page is what this would write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from trainer.coach.rules import RULES
from trainer.guide import card, words
from trainer.guide.plan import Plan, plan
from trainer.library.model import OWN, Dose, Exercise, Group
from trainer.library.shelf import Library
from trainer.library.sources import SOURCES, Shelf, shelf

PAGE = Path(__file__).with_name("library.md")
HEAD = """\
# The library

What ships with the program, with the source of every figure. `trainer show ID` tells more of each: cues, what to leave
out and when, easier and harder forms. This page is written from the data by `docs/library_page.py`.

A figure's source is a key of the table below; `own` marks a figure that the program chose because no source gives one.
Exercises and routines that rest on a public body alone go beyond the five articles, and say so.
"""
SHELVES: Mapping[Shelf, str] = {
    "articles": "From the five articles",
    "public bodies": "Beyond the five articles: from public bodies",
    "own": "Forms of the program's own",
}


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_sources(), *_rules(), *_routines(Library()), *_exercises(Library())]).rstrip() + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    heads = tuple(heads)
    yield _row(*heads)
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield _row(*row)
    yield ""


def _sources() -> Iterator[str]:
    yield "## Sources\n"
    yield from _table(
        ("key", "title", "publisher"), ((f"`{key}`", one.title, one.publisher) for key, one in SOURCES.items())
    )


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    yield from _table(
        ("about", "rule", "from"),
        ((topic.title, rule.text, ", ".join(rule.sources)) for topic in RULES for rule in topic.rules),
    )


def _routines(library: Library) -> Iterator[str]:
    routines, problems = library.routines()
    assert not problems
    yield "## Routines\n"
    for group in get_args(Group):
        plans = [plan(one, library.exercises_of(one)) for one in routines if one.group == group]
        if not plans:
            continue
        yield f"### {group[0].upper()}{group[1:]}\n"
        for made in plans:
            yield from _routine(made)


def _routine(made: Plan) -> Iterator[str]:
    routine = made.routine
    yield f"**{routine.name}** (`{routine.id}`). {routine.purpose}\n"
    often = f"{routine.frequency or 'As it suits'} ({_key(routine.source.get('frequency', OWN))})"
    key = routine.source.get("times_a_week", OWN)
    if routine.times_a_week is not None and key != routine.source.get("frequency"):
        often += f", read as {words.plural(routine.times_a_week, 'day')} a week ({_key(key)})"
    yield (
        f"{words.about(made.reckoned_ms)}; {', '.join(words.positions(made))}; needs {words.needs(made)}. "
        f"{often}. From: {_keys(routine.sources)}.\n"
    )
    for number, (item, step) in enumerate(zip(made.items, routine.step, strict=True), 1):
        more = f", {words.plural(step.extra_sets, 'set')} more on the weaker side" if step.extra_sets else ""
        says = f". The source: {item.dose.says[0].lower()}{item.dose.says[1:]}" if item.dose.says else ""
        yield f"{number}. {item.name}: {words.dose(item.dose, item.exercise)}{more} ({_figures(item.dose)}){says}"
    if routine.level:
        rungs = [f"{rung.reps} × {rung.sets}" if rung.sets > 1 else str(rung.reps) for rung in routine.level]
        cited = [rung for rung in routine.level if rung.source.get("reps", OWN) != OWN]
        keys = sorted({rung.source["reps"] for rung in cited})
        ends = f" ({', '.join(str(rung.reps) for rung in cited)} from {_keys(keys)}; the others own)" if cited else ""
        yield f"\nRungs, in repetitions × sets: {', '.join(rungs)}{ends}."
    yield ""


def _exercises(library: Library) -> Iterator[str]:
    exercises, problems = library.exercises()
    assert not problems
    yield "## Exercises\n"
    for name, heading in SHELVES.items():
        found = [one for one in exercises if shelf(one.sources) == name]
        if found:
            yield f"### {heading}\n"
            yield from _table(
                ("id", "name", "kind, position", "dose", "source of each figure", "form from", "office"),
                map(_exercise, found),
            )


def _exercise(one: Exercise) -> tuple[str, ...]:
    aliases = f" ({', '.join(one.aliases)})" if one.aliases else ""
    says = f"; the source: {one.dose.says[0].lower()}{one.dose.says[1:]}" if one.dose.says else ""
    return (
        f"`{one.id}`",
        f"{one.name}{aliases}",
        f"{one.kind}, {one.position}",
        f"{words.dose(one.dose, one)}{says}",
        _figures(one.dose),
        _keys(one.sources),
        "yes" if one.suits_office else "no",
    )


def _figures(dose: Dose) -> str:
    by_key: dict[str, list[str]] = {}
    for figure in card.FIGURES:
        if getattr(dose, figure, None) is not None:
            by_key.setdefault(dose.source.get(figure, OWN), []).append(card.FIGURES[figure])
    return "; ".join(f"{_key(key)}: {', '.join(names)}" for key, names in by_key.items())


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(map(_key, keys)) or "own"


def _key(key: str) -> str:
    return f"`{key}`"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
