"""Short and filtered forms of a plan: what is kept, and what was left out, in words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import accumulate

from msgspec import Struct, structs

from trainer.guide import words
from trainer.guide.plan import Item, Plan, get_ready_s, with_items
from trainer.library.model import Exercise


class Wish(Struct, frozen=True):
    """What a person wants of a routine today."""

    minutes: int | None = None
    """Greatest length of the whole, in minutes."""
    no_floor: bool = False
    quiet: bool = False
    """Nothing that others nearby hear."""
    without: tuple[str, ...] = ()
    """Equipment that is not at hand."""


_SLACK_MS = 2_000
"""Nobody misses these of a minute, and a length is only reckoned (own)."""


class NothingLeft(Exception):
    """The wish leaves nothing of the routine. `found` and `allowed` say why, and what would leave something."""

    def __init__(self, found: str, allowed: str) -> None:
        super().__init__(f"found {found}; allowed: {allowed}")
        self.found = found
        self.allowed = allowed


def wished(made: Plan, wish: Wish) -> Plan:
    """`made` as the wish has it. Raises `NothingLeft`."""
    kept = filtered(made, no_floor=wish.no_floor, quiet=wish.quiet, without=wish.without)
    return kept if wish.minutes is None else fitted(kept, wish.minutes * 60_000 + _SLACK_MS)


def fits(exercise: Exercise, wish: Wish) -> bool:
    """Whether an exercise is one that the wish leaves, whatever its length."""
    return not _reason(exercise, no_floor=wish.no_floor, quiet=wish.quiet, without=wish.without)


def filtered(made: Plan, *, no_floor: bool, quiet: bool, without: Collection[str]) -> Plan:
    """`made` without what takes place on the floor, is heard nearby, or needs equipment that is not there."""
    kept: list[Item] = []
    out: list[str] = []
    for item in made.items:
        reason = _reason(item.exercise, no_floor=no_floor, quiet=quiet, without=without)
        if reason:
            out.append(f"{item.name} ({reason})")
        else:
            kept.append(item)
    if not kept:
        raise NothingLeft(
            f"nothing left of {made.routine.name}: {', '.join(out)}", "a routine with an exercise that fits"
        )
    return with_items(made, kept, out) if out else made


def _reason(exercise: Exercise, *, no_floor: bool, quiet: bool, without: Collection[str]) -> str:
    if no_floor and exercise.on_floor:
        return "on the floor"
    if quiet and exercise.noise:
        return "can be heard nearby"
    away = {thing.casefold() for thing in without}
    missing = [thing for thing in exercise.equipment if thing.casefold() in away] if away else []
    return f"needs {', '.join(missing)}" if missing else ""


def fitted(made: Plan, limit_ms: int) -> Plan:
    """`made` within `limit_ms`: sets are dropped first, then exercises, those of the least priority before others.

    What turns out to have room after all comes back, the last dropped first, so that nothing that is left out would
    still fit. Raises `NothingLeft` where not even one set of one exercise does.
    """
    if made.reckoned_ms <= limit_ms:
        return made
    lengths = _Lengths(made)
    sets = {item.place: item.dose.number_of_sets + item.extra_sets for item in made.items}
    dropped: list[int] = []
    while lengths.of(sets) > limit_ms:
        place = _least(made, sets)
        dropped.append(place)
        sets[place] -= 1
    for place in reversed(dropped):
        sets[place] += 1
        if lengths.of(sets) > limit_ms:
            sets[place] -= 1
    if not any(sets.values()):
        least_ms = min(lengths.of({item.place: 1}) for item in made.items)
        raise NothingLeft(
            f"{limit_ms // 60_000} min for {made.routine.name}",
            f"{-(-least_ms // 60_000)} min or more, as its shortest form takes {words.clock(least_ms)}",
        )
    kept = [_cut(item, sets[item.place]) for item in made.items if sets[item.place]]
    return with_items(made, kept, _said(made, sets))


class _Lengths:
    """How long a plan is with so many sets of each item, without laying it out anew each time."""

    def __init__(self, made: Plan) -> None:
        self._items = made.items
        self._of_sets = {item.place: [0] * (item.dose.number_of_sets + item.extra_sets + 1) for item in made.items}
        for step in made.steps:
            if step.kind != "get_ready":  # that depends on what comes before
                self._of_sets[step.item.place][0 if step.kind == "rate" else step.set_no] += step.reckoned_ms
        for own in self._of_sets.values():
            own[:] = accumulate(own)

    def of(self, sets: Mapping[int, int]) -> int:
        """Milliseconds with this number of sets by place; an item without any is left out."""
        total_ms, before = 0, None
        for item in self._items:
            if number := sets.get(item.place, 0):
                total_ms += get_ready_s(item.exercise.position, before) * 1000 + self._of_sets[item.place][number]
                before = item.exercise.position
        return total_ms


def _least(made: Plan, sets: Mapping[int, int]) -> int:
    """The item to take a set from, while any has one."""
    kept = [item for item in made.items if sets[item.place]]
    several = [item for item in kept if sets[item.place] > 1]
    return max(several or kept, key=lambda item: (_priority(made, item), sets[item.place], item.place)).place


def _priority(made: Plan, item: Item) -> int:
    return made.routine.step[item.index].priority


def _cut(item: Item, sets: int) -> Item:
    own = item.dose.number_of_sets
    more = max(0, sets - own)
    return structs.replace(item, dose=item.dose if sets >= own else item.dose.with_sets(sets), extra_sets=more)


def _said(made: Plan, sets: Mapping[int, int]) -> list[str]:
    out = []
    for item in made.items:
        planned, left = item.dose.number_of_sets + item.extra_sets, sets[item.place]
        if not left:
            worse = any(_priority(made, one) > _priority(made, item) for one in made.items if sets[one.place])
            out.append(f"{item.name} (too long)" if worse else item.name)
        elif left < planned:
            out.append(f"{words.plural(planned - left, 'set')} of {item.name}")
    return out
