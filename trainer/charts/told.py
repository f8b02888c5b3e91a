"""What a plot shows, in sentences: for a narrow terminal, a log, a screen reader. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trainer.charts import dates
from trainer.charts.lines import Line, words
from trainer.charts.numbers import counted, short
from trainer.charts.weeks import Series, Weeks
from trainer.text import clean


def sentence(series: Series, *, from_day: str, to_day: str) -> str:
    """`before: 6.5 in the week of 5 Jan 2026, 2.9 in the week of 22 Jun 2026; 23 weeks, from 1.9 to 7.`"""
    weeks = Weeks.between(from_day, to_day)
    means = weeks.means(series.points)
    name = clean(series.name)
    if not means:
        return f"{name}: nothing in these weeks."
    first, last = min(means), max(means)
    begin = f"{short(means[first], 1)} in the week of {dates.whole(weeks.monday(first))}"
    if first == last:
        return f"{name}: {begin}."
    low, high = (short(edge(means.values()), 1) for edge in (min, max))
    between = f"always {low}" if low == high else f"from {low} to {high}"
    return (
        f"{name}: {begin}, {short(means[last], 1)} in the week of {dates.whole(weeks.monday(last))}; "
        f"{counted(len(means), 'week')}, {between}."
    )


def in_short(series: Series, *, from_day: str, to_day: str) -> str:
    """`before 6.5, then 2.9`: the first week and the last."""
    means = [*Weeks.between(from_day, to_day).means(series.points).values()]
    said = ", then ".join(short(mean, 1) for mean in (means if len(means) < 2 else (means[0], means[-1])))
    return f"{clean(series.name)} {said or 'nothing'}"


def told(
    series: Sequence[Series], *, from_day: str, to_day: str, width: int, height: int, ascii_only: bool = False
) -> list[Line]:
    """A sentence for each series in at most `width` columns and `height` lines, shorter or cut where that is little."""
    end = "." if ascii_only else "…"
    low, high = sorted((date.fromisoformat(from_day), date.fromisoformat(to_day)))
    full = [sentence(one, from_day=from_day, to_day=to_day) for one in series]
    brief = [in_short(one, from_day=from_day, to_day=to_day) for one in series]
    nothing = [f"Nothing from {dates.whole(low)} to {dates.whole(high)}."]
    lines: list[Line] = []
    for sentences in (full or nothing, brief or nothing):
        lines = [line for text in sentences for line in words(text, width, end=end)]
        if len(lines) <= height:
            return lines
    return lines[: max(0, height)]
