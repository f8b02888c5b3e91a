"""Results: figures of this program, of the bare one, and their ratio, against a limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    ours: float
    unit: str
    bare: float | None = None
    ratios: tuple[float, ...] = ()
    """Of each pair of runs; empty where nothing is compared."""
    limit: float | None = None
    """The most that the median ratio, or where there is none `ours`, may be; None where it is only told."""

    @property
    def value(self) -> float:
        """What is held against the limit."""
        return median(self.ratios) if self.ratios else self.ours

    @property
    def over(self) -> bool:
        """Whether the limit is missed."""
        return self.limit is not None and self.value > self.limit


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of all stay below, or equal."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def compare(
    name: str,
    ours: Callable[[], float],
    bare: Callable[[], float],
    *,
    unit: str,
    limit: float | None,
    pairs: int = 10,
) -> Row:
    """Measure both in turns, first one and then the other in front, after a run of each that is not counted."""
    ours(), bare()  # compiled files and the disk's cache
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(pairs):
        if number % 2:
            theirs.append(bare())
            mine.append(ours())
        else:
            mine.append(ours())
            theirs.append(bare())
    ratios = tuple(a / b for a, b in zip(mine, theirs, strict=True))
    return Row(name, median(mine), unit, median(theirs), ratios, limit)


def line(row: Row) -> str:
    """A row as text."""
    verdict = "" if row.limit is None else "OVER" if row.over else "ok"
    limit = "" if row.limit is None else f"{row.limit:g}{'×' if row.ratios else ''}"
    ratio = f"{median(row.ratios):.2f} ({min(row.ratios):.2f}-{max(row.ratios):.2f})" if row.ratios else ""
    bare = "" if row.bare is None else f"{row.bare:.2f}"
    return f"{row.name:<44}{row.ours:>9.2f} {row.unit:<7}{bare:>9}  {ratio:<18}{limit:>7}  {verdict}"


HEAD = f"{'name':<44}{'ours':>9} {'':<7}{'bare':>9}  {'ratio':<18}{'limit':>7}"
