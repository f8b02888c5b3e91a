"""A routine or an exercise in full as JSON, for programs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from trainer.catalog import Catalog
from trainer.figures.reading import described
from trainer.guide import card, words
from trainer.guide.plan import Plan
from trainer.library.model import OWN, Exercise
from trainer.library.sources import SOURCES, shelf


def as_json(catalog: Catalog, value: Plan | Exercise) -> dict[str, object]:
    """All that the page tells, and the file's own keys."""
    return _exercise(catalog, value) if isinstance(value, Exercise) else _routine(catalog, value)


def _exercise(catalog: Catalog, value: Exercise) -> dict[str, object]:
    own = catalog.library.is_own(value)
    return {
        "kind_of_file": "exercise",
        "own": own,
        **msgspec.to_builtins(value),
        "dose_in_words": words.dose(value.dose, value),
        "looks": described(catalog.library, value.id) or None,
        "figures": card.sources_of(
            value.dose, several=value.dose.number_of_sets > 1, unsaid=card.YOURS if own else OWN
        ),
        "on_floor": value.on_floor,
        "suits_office": value.suits_office,
        "not_for_an_office": card.not_for_an_office(value),
        "used_by": [one.id for one in catalog.using(value.id)],
        "shelf": shelf(value.sources),
        "sources_in_full": _in_full(value.sources),
    }


def _routine(catalog: Catalog, value: Plan) -> dict[str, object]:
    own = catalog.library.is_own(value.routine)
    steps = [
        {
            "exercise": item.exercise.id,
            "name": item.name,
            "dose": msgspec.to_builtins(item.dose),
            "dose_in_words": words.dose(item.dose, item.exercise),
            "figures": card.sources_of_step(value, item, own=own, own_exercise=catalog.library.is_own(item.exercise)),
            "rest_after_s": item.rest_after_s,
            "why": step.why,
            "priority": step.priority,
            "extra_sets": step.extra_sets,
        }
        for item, step in zip(value.items, value.routine.step, strict=True)
    ]
    exercises = [item.exercise for item in value.items]
    return {
        "kind_of_file": "routine",
        "own": own,
        **msgspec.to_builtins(value.routine),
        "length_s": round(value.reckoned_ms / 1000),
        "positions": words.positions(value),
        "equipment": words.equipment(value),
        "optional": words.optional(value),
        "on_floor": any(one.on_floor for one in exercises),
        "suits_office": all(one.suits_office for one in exercises),
        "not_for_an_office": list(dict.fromkeys(why for one in exercises for why in card.not_for_an_office(one))),
        "shelf": shelf(value.routine.sources),
        "sources_in_full": _in_full(value.routine.sources),
        "step": steps,
    }


def _in_full(keys: Sequence[str]) -> dict[str, object]:
    return {key: msgspec.to_builtins(SOURCES[key]) for key in keys if key in SOURCES}
