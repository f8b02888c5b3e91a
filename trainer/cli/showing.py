"""`trainer show ID`: a routine or an exercise in full, with the source of each figure."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.lay import capital, paragraphs, wrap
from trainer.cli.make import find_paths
from trainer.guide import words
from trainer.guide.plan import Plan, plan
from trainer.library.errors import LibraryError
from trainer.library.model import OWN, Dose, Exercise
from trainer.library.shelf import Library
from trainer.library.sources import title
from trainer.text import clean

_FIGURES = {
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
_CUES = {
    "set_up": "Set up",
    "move": "Move",
    "feel": "Feel",
    "mistakes": "Watch for",
    "stop_if": "Stop if",
    "breathing": "Breathe",
}
Styled = Iterator[tuple[str, str]]


def run(args: Namespace) -> int:
    """Show it."""
    library = Library(find_paths(args).config)
    value = _found(library, args.id)
    if args.json:
        streams.say_json(_as_json(library, value))
        return 0
    page = _Page(streams.width())
    for line, style in page.routine(value) if isinstance(value, Plan) else page.exercise(value):
        streams.say(line, style)
    return 0


def _found(library: Library, id: str) -> Plan | Exercise:
    try:
        routine = library.routine(id)
        return plan(routine, library.exercises_of(routine))
    except LibraryError as error:
        if not _missing(error, "routine"):
            raise
    try:
        return library.exercise(id)
    except LibraryError as error:
        if not _missing(error, "exercise"):
            raise
    import difflib

    routines = [one.id for one in library.routines()[0]]
    exercises = [one.id for one in library.exercises()[0]]
    close = difflib.get_close_matches(id, [*routines, *exercises], n=1, cutoff=0.5)
    raise Refusal(
        f"show: found {clean(id, limit=64)!r}, which is neither a routine nor an exercise",
        *([f"Did you mean {close[0]}?"] if close else []),
        f"Routines: {', '.join(routines)}",
        f"Exercises: {', '.join(exercises)}",
    )


def _missing(error: LibraryError, word: str) -> bool:
    return any(one.found == "none" and one.file.startswith(f"{word} ") for one in error.problems)


def _as_json(library: Library, value: Plan | Exercise) -> dict[str, object]:
    import msgspec

    if isinstance(value, Exercise):
        return {"kind_of_file": "exercise", "own": library.is_own(value), **msgspec.to_builtins(value)}
    steps = [
        {
            "exercise": item.exercise.id,
            "name": item.name,
            "dose": msgspec.to_builtins(item.dose),
            "dose_in_words": words.dose(item.dose, item.exercise),
            "rest_after_s": item.rest_after_s,
            "why": step.why,
        }
        for item, step in zip(value.items, value.routine.step, strict=True)
    ]
    return {
        "kind_of_file": "routine",
        "own": library.is_own(value.routine),
        **msgspec.to_builtins(value.routine),
        "length_s": round(value.reckoned_ms / 1000),
        "positions": words.positions(value),
        "equipment": words.equipment(value),
        "optional": words.optional(value),
        "step": steps,
    }


class _Page:
    """Lines of a page of a certain width."""

    def __init__(self, width: int) -> None:
        self.width = width

    def routine(self, value: Plan) -> Styled:
        routine = value.routine
        yield from self._head(routine.name, routine.id, routine.purpose)
        yield from self._text(f"{capital(routine.group)}. About {words.about(value.reckoned_ms)}.")
        if routine.frequency:
            yield from self._text(f"How often: {routine.frequency}")
        rest = words.seconds(routine.rest_after_s)
        yield from self._text(f"Rest after each exercise where a step names no other: {rest}")
        yield from self._text(f"Positions: {', '.join(words.positions(value))}")
        yield from self._text(f"Needs: {words.needs(value)}")
        yield from self._sources(routine.source)
        yield from self._list("Notes", routine.notes)
        yield from self._title("Steps")
        for number, (item, step) in enumerate(zip(value.items, routine.step, strict=True), 1):
            yield from self._text(f"{item.name} ({item.exercise.id})", f"{number}. ", streams.BOLD)
            yield from self._dose(item.dose, item.exercise, "   ")
            if item.rest_after_s != routine.rest_after_s:
                yield from self._text(f"Then {words.seconds(item.rest_after_s)} of rest (by this routine)", "   ")
            if step.why:
                yield from self._text(f"Why: {step.why}", "   ")
        yield from self._from(routine.sources)

    def exercise(self, value: Exercise) -> Styled:
        yield from self._head(value.name, value.id, value.purpose)
        if value.aliases:
            yield from self._text(f"Also called: {', '.join(value.aliases)}")
        yield from self._text(f"{capital(value.kind)}, {value.position}")
        if value.sides == "both":
            yield from self._text(f"Sides: {value.side_names.left}; {value.side_names.right}")
        yield from self._text(f"Needs: {', '.join(value.equipment) or 'nothing'}")
        if value.muscles:
            yield from self._text(f"Works: {', '.join(value.muscles)}")
        yield from self._title("Dose")
        yield from self._dose(value.dose, value, "")
        for field, heading in _CUES.items():
            yield from self._list(heading, getattr(value.cues, field))
        yield from self._list("Its parts", value.parts)
        yield from self._list("Leave it out, or ask first", value.leave_out)
        if value.easier or value.harder:
            yield from self._title("Other forms")
            for word, id in (("Easier", value.easier), ("Harder", value.harder)):
                if id:
                    yield from self._text(f"{word}: {id}")
        yield from self._from(value.sources)

    def _text(self, text: str, first: str = "", style: str = "") -> Styled:
        return ((line, style) for line in wrap(text, self.width, first))

    def _head(self, name: str, id: str, purpose: str) -> Styled:
        yield from self._text(f"{name} ({id})", style=streams.BOLD)
        yield from self._text(purpose)
        yield "", ""

    def _title(self, text: str) -> Styled:
        yield "", ""
        yield from self._text(text, style=streams.BOLD)

    def _list(self, heading: str, lines: Sequence[str]) -> Styled:
        if lines:
            yield from self._title(heading)
            yield from ((line, "") for line in paragraphs(lines, self.width))

    def _dose(self, dose: Dose, exercise: Exercise, first: str) -> Styled:
        yield from self._text(capital(words.dose(dose, exercise)), first)
        paces = dict.fromkeys(words.tempo(work) for work in dose.sets_of_work())
        for pace in paces:
            if pace:
                yield from self._text(f"Pace: {pace}", first)
        if dose.rest_s is not None:
            yield from self._text(f"Rest between sets: {words.seconds(dose.rest_s)}", first)
        if dose.says:
            yield from self._text(f"The source says: {dose.says}", first)
        named = {key for key in dose.__struct_fields__ if getattr(dose, key) is not None} - {"says", "source"}
        yield from self._sources({**dict.fromkeys(sorted(named), OWN), **dose.source}, first)

    def _sources(self, source: Mapping[str, str], first: str = "") -> Styled:
        by_source: dict[str, list[str]] = {}
        for figure, key in source.items():
            by_source.setdefault(key, []).append(_FIGURES.get(figure, figure))
        for key, figures in sorted(by_source.items(), key=lambda entry: entry[0] == OWN):
            origin = capital(title(key)) if key == OWN else f"From {title(key)}"
            yield from self._text(f"{origin}: {', '.join(figures)}", first, streams.DIM)

    def _from(self, sources: Sequence[str]) -> Styled:
        titles = [capital(title(key)) for key in sources if key != OWN]
        if OWN in sources:
            titles.append("Chosen by this program")
        yield from self._list("Sources", titles)
