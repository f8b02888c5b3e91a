"""How many wrong numbers of pose files are noticed.

Each number of a pose, of the camera and of a thing is changed by 20 degrees or 8 units, one at a time, up and down.
A change is caught where the file no longer decodes, where the checks find a fault, or where the pictures differ from
the stored ones. All of them take about two minutes:

    python tests/figures/mutate.py [ID ...]
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

import msgspec

from tests.figures.masks import differing, mask, moments, stored
from tests.figures.posing import FILES, table
from trainer.figures.checks import faults
from trainer.figures.contradictions import contradictions
from trainer.figures.model import Figure
from trainer.figures.movement import Movement

DEGREES, UNITS = 20.0, 8.0
TURNS = ("torso", "roll", "lumbar", "thoracic", "side_bend", "twist", "neck", "neck_side", "neck_turn")
DIRECTIONS = ("upper", "lower", "end", "bend", "yaw", "pitch")
PLACES = ("at", "to", "off", "chin", "shoulders", "size", "points", "arrow_off")

Keys = tuple[str | int, ...]


class Mutation(NamedTuple):
    """One number of one file, changed."""

    path: Path
    keys: Keys
    by: float

    def made(self) -> dict[str, Any]:
        """The file's table with the change."""
        found = copy.deepcopy(table(self.path))
        at = found
        for key in self.keys[:-1]:
            at = at[key]
        at[self.keys[-1]] += self.by
        return found


def mutations(path: Path) -> Iterator[Mutation]:
    """Every change of a file."""
    for keys in _numbers({key: table(path)[key] for key in ("pose", "camera", "prop") if key in table(path)}, ()):
        by = DEGREES if any(key in (*TURNS, *DIRECTIONS) for key in keys) else UNITS
        yield Mutation(path, keys, by)
        yield Mutation(path, keys, -by)


def _numbers(value: Any, keys: Keys) -> Iterator[Keys]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _numbers(one, (*keys, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _numbers(one, (*keys, index))
    elif isinstance(value, int | float) and any(key in (*TURNS, *DIRECTIONS, *PLACES) for key in keys):
        yield keys


def caught(mutation: Mutation, *, all_ways: bool = False) -> set[str]:
    """By which of `decode`, `checks` and `masks` a change is noticed; the cheapest alone is enough."""
    try:
        figure = msgspec.convert(mutation.made(), Figure)
    except msgspec.ValidationError:
        return {"decode"}
    if any(contradictions(figure)):
        return {"checks"}
    ways = set()
    if _looks_otherwise(figure):
        ways.add("masks")
    if (all_ways or not ways) and any(faults(figure)):
        ways.add("checks")
    return ways


def _looks_otherwise(figure: Figure) -> bool:
    movement, before = Movement(figure), stored(figure.id)
    goal_first = sorted(moments(movement), key=lambda one: one[1] != movement.goal)
    return any(differing(before[name], mask(movement, pose, share)) for name, pose, share in goal_first)


def main(ids: list[str]) -> None:
    """Print how many changes of each file are caught, by the checks alone and with the stored pictures."""
    total = without = together = 0
    missed: list[Mutation] = []
    print(f"{'':24} changes  checks  with pictures")
    for path in FILES:
        if ids and path.stem not in ids:
            continue
        ways = {mutation: caught(mutation, all_ways=True) for mutation in mutations(path)}
        checks, either = sum(bool(way - {"masks"}) for way in ways.values()), sum(map(bool, ways.values()))
        print(f"{path.stem:24} {len(ways):7} {checks / len(ways):7.0%} {either / len(ways):14.0%}", flush=True)
        total, without, together = total + len(ways), without + checks, together + either
        missed += [mutation for mutation, way in ways.items() if not way]
    print(f"{'all':24} {total:7} {without / total:7.1%} {together / total:14.1%}")
    if ids:
        for mutation in missed:
            print(f"missed: {mutation.path.stem} {'.'.join(map(str, mutation.keys))} {mutation.by:+g}")


if __name__ == "__main__":
    main(sys.argv[1:])
