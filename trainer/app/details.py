"""What stands beside the home screen's list: a routine or an exercise in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from trainer.catalog import Catalog
from trainer.guide import card, words
from trainer.guide.plan import Plan
from trainer.library.errors import LibraryError
from trainer.library.model import Exercise

Part = str | tuple[str, str]
_TOLD = ("set_up", "move", "stop_if")
"""The cues that tell in short how it is done."""


def routine(made: Plan) -> Content:
    """A routine: what it is for, what it takes, and its exercises with their doses."""
    value = made.routine
    exercises = [item.exercise for item in made.items]
    return Content.assemble(
        *_head(value.name, value.purpose, value.sources),
        f"{words.about(made.reckoned_ms)}{f' · {value.frequency}' if value.frequency else ''}\n",
        *_what_it_takes(words.equipment(made), words.optional(made), exercises),
        "\n",
        *(
            part
            for number, item in enumerate(made.items, 1)
            for part in ((f"{number:>2}  {item.name}\n", "bold"), f"    {words.dose(item.dose, item.exercise)}\n")
        ),
        *_grows(made),
        *_list("Notes", value.notes),
        *_list("Sources", (card.cited_in_full(key, address=False) for key in value.sources)),
    )


def exercise(made: Plan, catalog: Catalog) -> Content:
    """An exercise: what it is for, its dose, how it is done in short, and when to leave it out."""
    item = made.items[0]
    value = item.exercise
    also = [(f"Also called {', '.join(value.aliases)}\n", "$text-muted")] if value.aliases else []
    return Content.assemble(
        *_head(value.name, value.purpose, value.sources),
        *also,
        f"{value.kind.capitalize()}, {value.position}\n",
        (f"{words.dose(item.dose, value)}\n", "bold"),
        *_what_it_takes(value.equipment, value.optional, [value]),
        *(part for field in _TOLD for part in _list(card.CUES[field], getattr(value.cues, field))),
        *_list(card.LEAVE_OUT, value.leave_out),
        *_list("Other forms", _forms(value, catalog)),
        *_list("Sources", (card.cited_in_full(key, address=False) for key in value.sources)),
    )


def _head(name: str, purpose: str, sources: Iterable[str]) -> Iterator[Part]:
    yield f"{name}\n", "bold $text-primary"
    yield f"{purpose}\n"
    if mark := card.mark(sources):
        yield f"{mark.capitalize()}\n", "italic"
    yield "\n"


def _what_it_takes(needed: list[str], optional: list[str], exercises: list[Exercise]) -> Iterator[Part]:
    yield f"Needs {', '.join(needed) or 'nothing'}"
    yield f"; helps: {', '.join(optional)}\n" if optional else "\n"
    yield f"{card.office(exercises).capitalize()}\n", "$text-muted"


def _grows(made: Plan) -> Iterator[Part]:
    levels = made.routine.level
    if levels:
        first, last = levels[0], levels[-1]
        yield (
            f"\n{words.plural(len(levels), 'level')}: {words.plural(first.reps, 'repetition')} at first, "
            f"{last.sets} × {last.reps} in the end\n"
        )
    if made.asks_weaker:
        yield "\nThe side that you call the weaker gets more\n"


def _forms(value: Exercise, catalog: Catalog) -> Iterator[str]:
    for word, id in (("Easier", value.easier), ("Harder", value.harder)):
        if id:
            try:
                yield f"{word}: {catalog.library.exercise(id).name}"
            except LibraryError:
                continue  # no such form; `trainer check` says so


def _list(heading: str, lines: Iterable[str]) -> Iterator[Part]:
    told = list(lines)
    if told:
        yield f"\n{heading}\n", "bold"
        yield from (f"· {line}\n" for line in told)
