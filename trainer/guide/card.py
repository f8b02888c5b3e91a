"""What is told of a routine or an exercise beside its doses, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trainer.library.model import OWN, Breaths, Dose, Exercise, Repetitions
from trainer.library.sources import SOURCES, shelf

CUES: dict[str, str] = {
    "set_up": "Set up",
    "move": "Move",
    "breathing": "Breathe",
    "feel": "Feel",
    "mistakes": "Watch for",
    "stop_if": "Stop if",
}
"""The kinds of cues with their headings, in the order in which they are told."""

FIGURES: dict[str, str] = {
    "reps": "repetitions",
    "hold_s": "hold",
    "time_s": "time",
    "breaths": "breaths",
    "open": "open end",
    "about_s": "length",
    "tempo_s": "tempo",
    "self_paced": "own pace",
    "in_s": "breath in",
    "out_s": "breath out",
    "sets": "sets",
    "rest_s": "rest between sets",
    "frequency": "how often",
    "rest_after_s": "rest after each exercise",
}
"""What a figure is called."""

YOURS = "yours"
"""The source of a figure in a person's own file that names none."""

BEYOND = "beyond the five articles"


def mark(sources: Iterable[str]) -> str:
    """What sets a routine or an exercise apart from those that follow the articles; empty for these.

    A shipped file names its sources always, so one without is the person's.
    """
    keys = list(sources)
    if not keys:
        return "your own"
    return {"articles": "", "public bodies": BEYOND, "own": "chosen by this program"}[shelf(keys)]


def cited(key: str) -> str:
    """A source in words: its title and key."""
    if key == OWN:
        return "Chosen by this program"
    if key == YOURS:
        return "Set in your own file"
    return f"{SOURCES[key].title} ({key})" if key in SOURCES else key


def cited_in_full(key: str, *, address: bool = True) -> str:
    """A source in words: title and key, publisher, and where it is found."""
    source = SOURCES.get(key)
    if source is None:
        return cited(key)
    return ", ".join(part for part in (cited(key), source.publisher, source.address if address else "") if part)


def sources_of(dose: Dose, *, several: bool, unsaid: str = OWN) -> dict[str, str]:
    """Each figure of `dose` that a person is told, with the source that it comes from.

    `several` says whether there are sets to rest between, `unsaid` what a figure without a source is put down to.
    What the dose leaves open the program chose.
    """
    named = [key for key in FIGURES if key in dose.__struct_fields__ and getattr(dose, key) is not None]
    chosen = []
    works = dose.sets_of_work()
    if isinstance(works[0], Repetitions):
        chosen.append("tempo_s")
    elif isinstance(works[0], Breaths):
        chosen += ["in_s", "out_s"]
    elif dose.open:
        chosen.append("about_s")
    if several:
        chosen.append("rest_s")
    found = {key: dose.source.get(key, unsaid) for key in named}
    return {**found, **{key: OWN for key in chosen if key not in found}}


def by_source(sources: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Figures in words under the source that they come from; what the program chose stands last."""
    figures: dict[str, list[str]] = {}
    for figure, key in sources.items():
        figures.setdefault(key, []).append(FIGURES.get(figure, figure))
    yield from sorted(figures.items(), key=lambda entry: entry[0] in (OWN, YOURS))


def not_for_an_office(exercise: Exercise) -> list[str]:
    """Why an exercise does not suit a shared office; nothing where it does."""
    reasons = {"on the floor": exercise.on_floor, "makes you sweat": exercise.sweat, "can be heard": exercise.noise}
    return [reason for reason, holds in reasons.items() if holds]


def office(exercises: Sequence[Exercise]) -> str:
    """Whether these suit a shared office, and why not."""
    reasons = dict.fromkeys(reason for one in exercises for reason in not_for_an_office(one))
    return f"not for an office: {', '.join(reasons)}" if reasons else "suits an office"
