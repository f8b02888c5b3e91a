"""A dose in the flat form of a file, and the work that it stands for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct, structs

from trainer.library.prescriptions import SELF_PACED_REPETITION_S as SELF_PACED_REPETITION_S
from trainer.library.prescriptions import Breaths as Breaths
from trainer.library.prescriptions import Hold as Hold
from trainer.library.prescriptions import Open as Open
from trainer.library.prescriptions import Prescription as Prescription
from trainer.library.prescriptions import Repetitions as Repetitions
from trainer.library.prescriptions import SelfPaced as SelfPaced
from trainer.library.prescriptions import Timed as Timed

OWN = "own"
"""The source key of a figure that the program chose, since no source gives one."""

Line = Annotated[str, Meta(min_length=1, max_length=300)]
SHORT = 80
Short = Annotated[str, Meta(min_length=1, max_length=SHORT)]
Seconds = Annotated[float, Meta(ge=0, le=60)]
"""Seconds of a movement or a breath."""
HoldSeconds = Annotated[int, Meta(ge=1, le=3600)]
Count = Annotated[int, Meta(ge=1, le=200)]

DEFAULT_TEMPO_S = (2.0, 2.0)
"""Out and back of a repetition where the file names no tempo (own)."""


class FileValue(Struct, frozen=True, forbid_unknown_fields=True):
    """A frozen table in which a misspelt key is an error."""


class Dose(FileValue, frozen=True):
    """A dose in the flat form of a file: one of `hold_s`, `time_s`, `reps`, `breaths` or `open`.

    `reps` with `hold_s` are repetitions that each hold. A list in `reps`, `hold_s`, `time_s` or `breaths`
    gives each set its own figure (`reps = [6, 4, 2]`) and so also the number of sets.
    """

    reps: Count | list[Count] | None = None
    """Repetitions of a set, a side each where the exercise has sides."""
    hold_s: HoldSeconds | list[HoldSeconds] | None = None
    """Seconds of a hold, or of each repetition's hold."""
    time_s: HoldSeconds | list[HoldSeconds] | None = None
    """Seconds of moving on and on, such as a walk."""
    breaths: Count | list[Count] | None = None
    """Breaths of a set."""
    open: bool | None = None
    """True: it lasts until the person says so."""
    about_s: HoldSeconds | None = None
    """Open-ended work only: seconds to reckon with (60 where nothing is said)."""
    tempo_s: tuple[Seconds, Seconds] | None = None
    """Repetitions only: seconds out and seconds back."""
    self_paced: bool | None = None
    """Repetitions only: true where the person sets the pace."""
    in_s: Seconds | None = None
    """Breaths only: seconds of breathing in."""
    out_s: Seconds | None = None
    """Breaths only: seconds of breathing out."""
    sets: Annotated[int, Meta(ge=1, le=20)] | None = None
    rest_s: Annotated[int, Meta(ge=0, le=600)] | None = None
    """Seconds of rest between sets."""
    says: Line | None = None
    """The dose as its source gives it, where that is a range or is worded otherwise."""
    source: dict[Short, Short] = {}
    """Which source each figure comes from: figure → a key of `SOURCES`, or `own`."""

    KINDS = ("reps", "hold_s", "time_s", "breaths", "open")
    LISTS = ("reps", "hold_s", "time_s", "breaths")
    """The figures that may differ from set to set."""
    # What belongs to the kind of work; an override that names a kind replaces all of these at once.
    _OF_THE_KIND = (*KINDS, "about_s", "tempo_s", "self_paced", "in_s", "out_s", "says")

    def problem(self) -> tuple[str, str, str] | None:
        """The first thing that contradicts itself in this dose: (key, found, allowed), or None."""
        return next(self.problems(), None)

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """All that contradicts itself in this dose, each as (key, found, allowed); no key means the whole dose."""
        named = [key for key in self.KINDS if getattr(self, key) not in (None, False)]
        if not named:
            yield "", "no dose", "one of hold_s, time_s, reps, breaths or open = true"
        elif len(named) > 1 and set(named) != {"reps", "hold_s"}:
            yield named[1], " and ".join(named), "one of hold_s, time_s, reps, breaths, open; or reps with hold_s"
        else:
            yield from self._beside("reps" if "reps" in named else named[0])
        yield from self._lists()
        for key in self.source:
            if key not in self.__struct_fields__ or key in ("source", "says"):
                yield "source", key, "the name of a figure of this dose"

    def _beside(self, kind: str) -> Iterator[tuple[str, str, str]]:
        belongs = {"tempo_s": "reps", "self_paced": "reps", "in_s": "breaths", "out_s": "breaths", "about_s": "open"}
        for key, wanted in belongs.items():
            if getattr(self, key) is not None and wanted != kind:
                yield key, f"{key} beside {kind}", f"{key} only beside {wanted}"
        if kind == "reps" and self.self_paced and (self.tempo_s is not None or self.hold_s is not None):
            yield "self_paced", "self_paced with tempo_s or hold_s", "one of them"
        if kind == "reps" and self.tempo_s is not None and sum(self.tempo_s) < 1 and not self.hold_s:
            yield "tempo_s", "less than a second in all", "at least one second a repetition"
        in_s, out_s = (usual if given is None else given for given, usual in ((self.in_s, 4), (self.out_s, 6)))
        if kind == "breaths" and in_s + out_s < 1:
            yield "in_s", "less than a second in all", "at least one second a breath"

    def _lists(self) -> Iterator[tuple[str, str, str]]:
        lists = {key: len(v) for key in self.LISTS if isinstance(v := getattr(self, key), list)}
        for key, length in lists.items():
            if not 1 <= length <= 20:
                yield key, f"a list of {length}", "1 to 20 sets"
            elif self.sets is not None and self.sets != length:
                yield "sets", f"{self.sets}, beside {key} with {length} figures", f"{length}, or no sets key"
        if len(set(lists.values())) > 1:
            yield "hold_s", "lists of different lengths", "one figure for each set in both"

    def replaced_by(self, other: Dose | None) -> Dose:
        """This dose with what `other` names in its place.

        Where `other` names a kind of work, all that belongs to the kind is its own.
        """
        if other is None:
            return self
        values = {key: getattr(self, key) for key in self.__struct_fields__}
        source = dict(self.source)
        if any(getattr(other, key) is not None for key in self.KINDS):
            for key in self._OF_THE_KIND:
                values[key] = None
                source.pop(key, None)
            if any(isinstance(getattr(other, key), list) for key in self.LISTS):
                values["sets"] = None
                source.pop("sets", None)
        for key in self.__struct_fields__:
            if key != "source" and (value := getattr(other, key)) is not None:
                values[key] = value
                source[key] = other.source.get(key, OWN)
        source.pop("says", None)
        return Dose(**{**values, "source": source})

    def sets_of_work(self) -> tuple[Prescription, ...]:
        """The prescription of each set, in order. The dose has no `problem()`."""
        return tuple(self._set(number) for number in range(self.number_of_sets))

    @property
    def number_of_sets(self) -> int:
        """How many sets there are."""
        lengths = [len(v) for key in self.LISTS if isinstance(v := getattr(self, key), list)]
        return lengths[0] if lengths else self.sets or 1

    def with_sets(self, sets: int) -> Dose:
        """The same work in the first `sets` of its sets, from 1 to as many as there are."""
        values: dict[str, object] = {}
        for key in self.LISTS:
            if isinstance(value := getattr(self, key), list):
                values[key] = value[:sets]
        if not values or self.sets is not None:
            values["sets"] = sets
        return structs.replace(self, **values)

    def at_level(self, reps: int, sets: int, source: dict[str, str]) -> Dose:
        """The same movement with so many repetitions and sets; `source` is theirs. A dose without repetitions stays."""
        if self.reps is None:
            return self
        hold_s = self.hold_s[0] if isinstance(self.hold_s, list) else self.hold_s
        kept = {key: value for key, value in self.source.items() if key not in ("reps", "sets")}
        return structs.replace(self, reps=reps, hold_s=hold_s, sets=sets, says=None, source={**kept, **source})

    def _set(self, number: int) -> Prescription:
        def figure(value: int | list[int]) -> int:
            return value[number] if isinstance(value, list) else value

        if self.reps is not None:
            count = figure(self.reps)
            if self.self_paced:
                return SelfPaced(count)
            out_s, back_s = self.tempo_s or DEFAULT_TEMPO_S
            return Repetitions(count, out_s, float(figure(self.hold_s)) if self.hold_s is not None else 0.0, back_s)
        if self.breaths is not None:
            in_s = self.in_s if self.in_s is not None else 4.0
            out_s = self.out_s if self.out_s is not None else 6.0
            return Breaths(figure(self.breaths), in_s, out_s)
        if self.hold_s is not None:
            return Hold(figure(self.hold_s))
        if self.time_s is not None:
            return Timed(figure(self.time_s))
        return Open(self.about_s or 60)

    def halved(self) -> Dose:
        """The same work with half of it left, at least one of each: the easier form where no other is known."""

        def half(value: int | list[int] | None) -> int | list[int] | None:
            if value is None:
                return None
            return [max(1, figure // 2) for figure in value] if isinstance(value, list) else max(1, value // 2)

        reps, hold_s = half(self.reps), self.hold_s if self.reps is not None else half(self.hold_s)
        return structs.replace(
            self, reps=reps, hold_s=hold_s, time_s=half(self.time_s), breaths=half(self.breaths), says=None, source={}
        )
