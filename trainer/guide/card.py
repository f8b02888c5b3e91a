"""What is told of a routine or an exercise beside its doses, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trainer.guide.plan import Item, Plan
from trainer.library.model import LYING, OWN, Breaths, Dose, Exercise, Repetitions
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

LEAVE_OUT = "Leave it out, or ask first"

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
    "times_a_week": "days a week",
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
    if (where := shelf(keys)) != "own":
        return "" if where == "articles" else BEYOND
    return "chosen by this program" if keys == [OWN] else "your own"


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


def sources_of_step(made: Plan, item: Item, *, own: bool, own_exercise: bool) -> dict[str, str]:
    """The figures of one step of a routine with their sources.

    `own` says whether the routine is the person's, `own_exercise` whether the exercise is. Where the step or the
    routine's level names a figure and no source, it is put down to whom the routine belongs to.
    """
    dose = made.routine.step[item.index].dose
    several = item.dose.number_of_sets > 1
    found = sources_of(item.dose, several=several, unsaid=YOURS if own_exercise else OWN)
    unsaid = set()
    if dose is not None:
        unsaid = {key for key in FIGURES if getattr(dose, key, None) is not None and key not in dose.source}
    if made.level is not None and item.dose.reps is not None:
        unsaid = (unsaid | {"reps", "sets"}) - made.routine.level[made.level - 1].source.keys()
    return {**found, **dict.fromkeys(unsaid & found.keys(), YOURS if own else OWN)}


def by_source(sources: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Figures in words under the source that they come from; what the program chose stands last."""
    figures: dict[str, list[str]] = {}
    for figure, key in sources.items():
        figures.setdefault(key, []).append(FIGURES.get(figure, figure))
    yield from sorted(figures.items(), key=lambda entry: entry[0] in (OWN, YOURS))


def in_full(made: Plan, item: Item, *, before: bool = False) -> Iterator[tuple[str, Sequence[str]]]:
    """All there is to say of how one exercise of a routine is done, as headings with their lines.

    What is to be known of the whole routine comes last, and first where it is still to begin (`before`).
    """
    exercise = item.exercise
    why = made.routine.step[item.index].why
    whole = {f"{made.routine.name}, as a whole": made.routine.notes}
    told = {
        **({"Left out": made.left_out, **whole} if before else {}),
        "Why": [why] if why and not item.eased else [],
        **{heading: getattr(exercise.cues, field) for field, heading in CUES.items()},
        "One after the other": exercise.parts,
        LEAVE_OUT: exercise.leave_out,
        **whole,
    }
    yield from ((heading, lines) for heading, lines in told.items() if lines)


def not_for_an_office(exercise: Exercise) -> list[str]:
    """Why an exercise does not suit a shared office; nothing where it does."""
    lying = exercise.position in LYING and not exercise.on_floor
    reasons = {
        "on the floor": exercise.on_floor,
        "lying down": lying,
        "makes you sweat": exercise.sweat,
        "can be heard": exercise.noise,
    }
    return [reason for reason, holds in reasons.items() if holds]


def office(exercises: Sequence[Exercise]) -> str:
    """Whether these suit a shared office, and why not."""
    reasons = dict.fromkeys(reason for one in exercises for reason in not_for_an_office(one))
    return f"not for an office: {', '.join(reasons)}" if reasons else "suits an office"
