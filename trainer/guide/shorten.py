"""Short and filtered forms of a plan: what is kept, and what was left out, in words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct, structs

from trainer.guide import words
from trainer.guide.plan import Item, Plan, with_items


class Wish(Struct, frozen=True):
    """What a person wants of a routine today."""

    minutes: int | None = None
    """Greatest length of the whole, in minutes."""
    no_floor: bool = False
    quiet: bool = False
    """Nothing that others nearby hear."""
    without: tuple[str, ...] = ()
    """Equipment that is not at hand."""


class NothingLeft(Exception):
    """The wish leaves nothing of the routine. `found` and `allowed` say why, and what would leave something."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(f"found {found}; allowed: {allowed}")
        self.found = found
        self.allowed = allowed


def wished(made: Plan, wish: Wish) -> Plan:
    """`made` as the wish has it. Raises `NothingLeft`."""
    kept = filtered(made, no_floor=wish.no_floor, quiet=wish.quiet, without=wish.without)
    return kept if wish.minutes is None else fitted(kept, wish.minutes * 60_000)


def filtered(made: Plan, *, no_floor: bool, quiet: bool, without: Collection[str]) -> Plan:
    """`made` without what takes place on the floor, is heard nearby, or needs equipment that is not there."""
    kept: list[Item] = []
    out: list[str] = []
    for item in made.items:
        reason = _reason(item, no_floor=no_floor, quiet=quiet, without=without)
        if reason:
            out.append(f"{item.name} ({reason})")
        else:
            kept.append(item)
    if not kept:
        raise NothingLeft(
            f"nothing left of {made.routine.name}: " + ", ".join(out), "a routine with exercises that fit"
        )
    return with_items(made, kept, out) if out else made


def _reason(item: Item, *, no_floor: bool, quiet: bool, without: Collection[str]) -> str:
    exercise = item.exercise
    if no_floor and exercise.on_floor:
        return "on the floor"
    if quiet and exercise.noise:
        return "can be heard nearby"
    missing = [thing for thing in exercise.equipment if thing in without]
    return f"needs {', '.join(missing)}" if missing else ""


def fitted(made: Plan, limit_ms: int) -> Plan:
    """`made` within `limit_ms`: sets are dropped first, then exercises, those of the least priority before others.

    What turns out to have room after all comes back, the last dropped first. Raises `NothingLeft` where even the
    shortest form is longer.
    """
    if made.reckoned_ms <= limit_ms:
        return made
    sets = {item.place: item.dose.number_of_sets + item.extra_sets for item in made.items}
    dropped: list[int] = []
    while (short := _with_sets(made, sets)).reckoned_ms > limit_ms:
        place = _least(made, sets)
        if place is None:
            raise NothingLeft(
                f"{limit_ms // 60_000} min for {made.routine.name}",
                f"{-(-short.reckoned_ms // 60_000)} min or more, which its shortest form takes",
            )
        dropped.append(place)
        sets[place] -= 1
    for place in reversed(dropped):
        more = {**sets, place: sets[place] + 1}
        if _with_sets(made, more).reckoned_ms <= limit_ms:
            sets = more
    return with_items(_with_sets(made, sets), _items(made, sets), _said(made, sets))


def _least(made: Plan, sets: dict[int, int]) -> int | None:
    """The item to take a set from; None where only one set of one item is left."""
    kept = [item for item in made.items if sets[item.place]]
    several = [item for item in kept if sets[item.place] > 1]
    if several:
        return max(several, key=lambda item: (_priority(made, item), sets[item.place], item.place)).place
    if len(kept) == 1:
        return None
    return max(kept, key=lambda item: (_priority(made, item), item.place)).place


def _priority(made: Plan, item: Item) -> int:
    return made.routine.step[item.index].priority


def _items(made: Plan, sets: dict[int, int]) -> Sequence[Item]:
    return [_cut(item, sets[item.place]) for item in made.items if sets[item.place]]


def _cut(item: Item, sets: int) -> Item:
    own = item.dose.number_of_sets
    more = max(0, sets - own)
    return structs.replace(item, dose=item.dose if sets >= own else item.dose.with_sets(sets), extra_sets=more)


def _with_sets(made: Plan, sets: dict[int, int]) -> Plan:
    return with_items(made, _items(made, sets), ())


def _said(made: Plan, sets: dict[int, int]) -> list[str]:
    out = []
    for item in made.items:
        planned, left = item.dose.number_of_sets + item.extra_sets, sets[item.place]
        if not left:
            out.append(item.name)
        elif left < planned:
            out.append(f"{words.plural(planned - left, 'set')} of {item.name}")
    return out
