"""What looking back shows, in words: for the screen, the command line and the report alike. Pure.

Only pain is judged, by `sessions.review.change`: from 2 points or 30 % (Farrar 2001), of one point at least, it is less
or more, otherwise about the same. Of what was counted the numbers are told and no more. Nothing here says that a person
is better or worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sessions.trends import FEWEST, Sides, Trend
from trainer.coach.lookback import ALL_PAIN, MEASURES, Measure, Period, Subject


def sentences(subject: Subject) -> Iterator[str]:
    """All that is to be said of it, a sentence or two for each measure."""
    for measure in MEASURES:
        yield from said(subject, measure)


def said(subject: Subject, measure: Measure) -> Iterator[str]:
    """What is to be said of one measure of it: how it changed, and of pain how the sides compare."""
    strands, over = subject.strands.get(measure, ()), subject.period
    if measure == "pain" and subject.id == ALL_PAIN:
        yield from (f"{one.name.capitalize()}: {rated(one.trend, over)}." for one in strands)
        if not strands:
            yield "Nothing was rated in these weeks."
    elif measure == "pain":
        yield f"Pain: {'; '.join(_joined(one.name, rated(one.trend, over)) for one in strands) or 'not rated'}."
        if subject.sides is not None:
            yield sides_said(subject.sides)
    elif strands:
        numbers = "; ".join(_joined(one.name, counted(one.trend, over, FORMS[measure])) for one in strands)
        yield f"{_HEADS[measure]}: {numbers}."


_HEADS: Mapping[Measure, str] = {
    "reps": "Repetitions a set",
    "seconds": "Seconds a set",
    "whole": "Sets done whole",
}


def _joined(name: str, text: str) -> str:
    return f"{name} {text}" if name else text


def number(value: float) -> str:
    """A number with one decimal where it needs one: `3`, `3.6`."""
    return f"{round(value, 1) + 0.0:g}"


def whole_number(value: float) -> str:
    """`28`"""
    return f"{value:.0f}"


def percent(share: float) -> str:
    """`55 %`"""
    return f"{100 * share:.0f} %"


FORMS: Mapping[Measure, Callable[[float], str]] = {"reps": number, "seconds": whole_number, "whole": percent}
"""How the numbers of each measure without a verdict are written."""


def rated(found: Trend, over: Period) -> str:
    """A trend of pain in words: `less, 5.8 → 3.6`."""
    if found.verdict == "unknown" or found.before is None or found.after is None:
        return _unknown(found, over, "rating")
    word = "about the same" if found.verdict == "same" else found.verdict
    return f"{word}, {_from_to(found.before, found.after, number)}"


def rated_in_short(found: Trend, over: Period, *, brief: bool = False) -> str:
    """The same for a list: `less 5.8→3.6`."""
    if found.verdict == "unknown" or found.before is None or found.after is None:
        return "too early" if over.weeks < 2 else "too few"
    if found.verdict == "same":
        return f"{'same' if brief else 'about the same'} {number(found.after)}"
    return f"{found.verdict} {number(found.before)}→{number(found.after)}"


def counted(found: Trend, over: Period, shown: Callable[[float], str] = number) -> str:
    """What was counted, without a verdict: `9.5 → 13.1`."""
    if over.weeks < 2 and found.after is not None:
        return shown(found.after)
    if found.before is None or found.after is None or min(found.before_count, found.after_count) < FEWEST:
        return _unknown(found, over, "set")
    return _from_to(found.before, found.after, shown)


def counted_in_short(found: Trend, over: Period, shown: Callable[[float], str] = number) -> str:
    """The same for a table: `9.5→13.1`."""
    if over.weeks < 2 and found.after is not None:
        return shown(found.after)
    if found.before is None or found.after is None or min(found.before_count, found.after_count) < FEWEST:
        return "too few"
    return _from_to(found.before, found.after, shown, "→")


def _from_to(before: float, after: float, shown: Callable[[float], str], arrow: str = " → ") -> str:
    one, two = shown(before), shown(after)
    return two if one == two else f"{one}{arrow}{two}"


def _unknown(found: Trend, over: Period, one: str) -> str:
    if over.weeks < 2:
        return f"too early to say ({found.after_count} {one}{'' if found.after_count == 1 else 's'})"
    first, last = (str(count or "none") for count in (found.before_count, found.after_count))
    return f"too few {one}s to say ({first} at first, {last} lately)"


def sides_said(sides: Sides) -> str:
    """Left against right in one sentence, by the ratings given lately."""
    left, right = sides.left.after, sides.right.after
    if sides.pain == "unknown" or left is None or right is None:
        counts = sides.left.after_count, sides.right.after_count
        if not any(counts):
            return "The sides were not rated apart lately."
        return f"Too few ratings lately to compare the sides ({counts[0] or 'none'} left, {counts[1] or 'none'} right)."
    if sides.pain == "same":
        return f"Lately left and right hurt about the same: {number(left)} and {number(right)}."
    if sides.pain == "less":
        return f"Lately left hurts more than right: {number(left)} and {number(right)}."
    return f"Lately right hurts more than left: {number(right)} and {number(left)}."


def verdicts(subject: Subject, *, brief: bool = False) -> list[str]:
    """What is to be said of its pain on one line, in parts: `L less 4.2→1.8`, `R about the same 1.2`."""
    told = subject.telling("pain")
    return [_joined(one.short, rated_in_short(one.trend, subject.period, brief=brief)) for one in told] or ["not rated"]
