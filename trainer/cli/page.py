"""A routine or an exercise as a page of text, each figure with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from trainer.catalog import Catalog
from trainer.cli import streams
from trainer.cli.lay import capital, paragraphs, wrap
from trainer.guide import card, words
from trainer.guide.plan import REST_BETWEEN_SETS_S, Item, Plan
from trainer.library.errors import LibraryError
from trainer.library.model import OWN, REST_AFTER_S, Check, Dose, Exercise, Level, Step
from trainer.library.shelf import Library

Styled = Iterator[tuple[str, str]]


class Page:
    """Lines of a page of a certain width, each with its style."""

    def __init__(
        self, catalog: Catalog, width: int, *, looks: Callable[[Library, str], str] = lambda _, __: ""
    ) -> None:
        """`looks` tells how an exercise looks, by its id; nothing where nobody drew it."""
        self.catalog = catalog
        self.width = width
        self._looks = looks

    def routine(self, value: Plan) -> Styled:
        """A routine: what it is for, what it takes, its steps."""
        routine = value.routine
        own = self.catalog.library.is_own(routine)
        yield from self._head(routine.name, routine.id, routine.purpose, routine.sources)
        yield from self._text(f"{capital(routine.group)}. About {words.about(value.reckoned_ms)}.")
        if routine.frequency:
            yield from self._text(f"How often: {routine.frequency}")
        rest = words.seconds(routine.rest_after_s)
        yield from self._text(f"Rest after each exercise where a step names no other: {rest}")
        yield from self._text(f"Positions: {', '.join(words.positions(value))}")
        yield from self._needs(words.equipment(value), words.optional(value))
        yield from self._text(f"{capital(card.office([item.exercise for item in value.items]))}.")
        yield from self._tags(routine.tags)
        unsaid = card.YOURS if own else OWN
        usual = own and routine.rest_after_s == REST_AFTER_S  # then the file need not name it
        told = {"rest_after_s": OWN if usual else unsaid, **({"frequency": unsaid} if routine.frequency else {})}
        yield from self._sources({**told, **routine.source})
        yield from self._list("Notes", routine.notes)
        yield from self._levels(routine.level, unsaid)
        yield from self._title("Steps")
        if value.level is not None:
            yield from self._text(f"As level {value.level} has them.")
        for number, (item, step) in enumerate(zip(value.items, routine.step, strict=True), 1):
            yield from self._step(number, item, step, value, own)
        yield from self._from(routine.sources)

    def exercise(self, value: Exercise) -> Styled:
        """An exercise: what it is for, its dose, its cues, its other forms."""
        own = self.catalog.library.is_own(value)
        yield from self._head(value.name, value.id, value.purpose, value.sources)
        if value.aliases:
            yield from self._text(f"Also called: {', '.join(value.aliases)}")
        yield from self._text(f"{capital(value.kind)}, {value.position}")
        if value.sides == "both":
            yield from self._text(f"Sides: {value.side_names.left}; {value.side_names.right}")
        yield from self._needs(value.equipment, value.optional)
        yield from self._text(f"{capital(card.office([value]))}.")
        yield from self._tags(value.tags)
        if value.muscles:
            yield from self._text(f"Works: {', '.join(value.muscles)}")
        if looks := self._looks(self.catalog.library, value.id):
            yield from self._list("Looks", [looks])
        yield from self._title("Dose")
        several = value.dose.number_of_sets > 1
        sources = card.sources_of(value.dose, several=several, unsaid=card.YOURS if own else OWN)
        yield from self._dose(value.dose, value, "", sources)
        for field, heading in card.CUES.items():
            yield from self._list(heading, getattr(value.cues, field))
        yield from self._list("Its parts", value.parts)
        if value.check is not None:
            yield from self._check(value.check)
        yield from self._list(card.LEAVE_OUT, value.leave_out)
        forms = [f"{word}: {self._called(id)}" for word, id in _forms(value) if id]
        yield from self._list("Other forms", forms)
        used = [f"{one.name} ({one.id})" for one in self.catalog.using(value.id)]
        yield from self._list("Part of", used)
        yield from self._from(value.sources)

    def _step(self, number: int, item: Item, step: Step, value: Plan, own: bool) -> Styled:
        indent = "   "
        yield from self._text(f"{item.name} ({item.exercise.id})", f"{number}. ", streams.BOLD)
        own_exercise = self.catalog.library.is_own(item.exercise)
        sources = card.sources_of_step(value, item, own=own, own_exercise=own_exercise)
        yield from self._dose(item.dose, item.exercise, indent, sources)
        if step.extra_sets:
            more = words.plural(step.extra_sets, "set")
            yield from self._text(f"{capital(more)} more on the side that you call the weaker", indent)
        if item.rest_after_s != value.routine.rest_after_s:
            by = "you" if own else "this routine"
            yield from self._text(f"Then {words.seconds(item.rest_after_s)} of rest, set by {by}", indent)
        if step.why:
            yield from self._text(f"Why: {step.why}", indent)
        priorities = {one.priority for one in value.routine.step}
        if len(priorities) > 1 and step.priority == min(priorities):
            yield from self._text("Kept longest in a short form", indent)
        elif len(priorities) > 1 and step.priority == max(priorities):
            yield from self._text("Left out first in a short form", indent)

    def _levels(self, levels: Sequence[Level], unsaid: str) -> Styled:
        if not levels:
            return
        yield from self._title("Levels")
        for number, one in enumerate(levels, 1):
            first = f"{number}. "
            text = f"{words.plural(one.reps, 'repetition')}, {words.plural(one.sets, 'set')}"
            yield from self._text(text, first)
            figures = {key: one.source.get(key, unsaid) for key in ("reps", "sets")}
            yield from self._sources(figures, " " * len(first))
        yield from self._text("You choose when to go up; nothing rises by itself.")

    def _check(self, check: Check) -> Styled:
        yield from self._title("What it asks")
        yield from self._text(check.question)
        for answer in check.answer:
            yield from self._text(answer.text, "- ")
            if answer.says:
                yield from self._text(answer.says, "    ")
            if answer.routine:
                yield from self._text(f"To try: {self._called(answer.routine, routine=True)}", "    ")

    def _called(self, id: str, *, routine: bool = False) -> str:
        library = self.catalog.library
        try:
            return f"{(library.routine(id) if routine else library.exercise(id)).name} ({id})"
        except LibraryError:
            return f"{id} (not there)"

    def _text(self, text: str, first: str = "", style: str = "") -> Styled:
        return ((line, style) for line in wrap(text, self.width, first))

    def _head(self, name: str, id: str, purpose: str, sources: Sequence[str]) -> Styled:
        yield from self._text(f"{name} ({id})", style=streams.BOLD)
        yield from self._text(purpose)
        if mark := card.mark(sources):
            yield from self._text(f"{capital(mark)}.", style=streams.BOLD if mark == card.BEYOND else "")
        yield "", ""

    def _title(self, text: str) -> Styled:
        yield "", ""
        yield from self._text(text, style=streams.BOLD)

    def _list(self, heading: str, lines: Sequence[str]) -> Styled:
        if lines:
            yield from self._title(heading)
            yield from ((line, "") for line in paragraphs(lines, self.width))

    def _needs(self, needed: Sequence[str], optional: Sequence[str]) -> Styled:
        yield from self._text(f"Needs: {', '.join(needed) or 'nothing'}")
        if optional:
            yield from self._text(f"Helps: {', '.join(optional)}")

    def _tags(self, tags: Sequence[str]) -> Styled:
        if tags:
            yield from self._text(f"Tags: {', '.join(tags)}")

    def _dose(self, dose: Dose, exercise: Exercise, first: str, sources: Mapping[str, str]) -> Styled:
        yield from self._text(capital(words.dose(dose, exercise)), first)
        for pace in dict.fromkeys(words.tempo(work) for work in dose.sets_of_work()):
            if pace:
                yield from self._text(f"Pace: {pace}", first)
        if dose.open:
            yield from self._text(f"Reckoned at {words.about((dose.about_s or 60) * 1000)}", first)
        several = dose.number_of_sets > 1
        if several or dose.rest_s is not None:
            rest_s = REST_BETWEEN_SETS_S if dose.rest_s is None else dose.rest_s
            yield from self._text(f"Rest between sets: {words.seconds(rest_s)}", first)
        if dose.says:
            yield from self._text(f"The source says: {dose.says}", first)
        yield from self._sources(sources, first)

    def _sources(self, source: Mapping[str, str], first: str = "") -> Styled:
        for key, figures in card.by_source(source):
            origin = card.cited(key)
            yield from self._text(f"{origin}: {', '.join(figures)}", first, streams.DIM)

    def _from(self, sources: Sequence[str]) -> Styled:
        yield from self._list("Sources", [card.cited_in_full(key) for key in sources])


def _forms(value: Exercise) -> tuple[tuple[str, str | None], ...]:
    return ("Easier", value.easier), ("Harder", value.harder)
