"""A dose as a person types it: the kinds, the figures of each, and what a step then names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, structs

from trainer.guide.draft import fault_in
from trainer.guide.plan import REST_BETWEEN_SETS_S
from trainer.library.dose import DEFAULT_TEMPO_S, Dose


class Ask(Struct, frozen=True):
    """One figure or text that a form asks for."""

    key: str
    """The file's own key."""
    label: str
    hint: str = ""
    """What holds where nothing is typed, or an example."""
    begin: str = ""
    """What stands in it at first where nothing is known yet (own)."""


_SETS = (Ask("sets", "Sets", "1, or by the figures"), Ask("rest_s", "Rest between, s", str(REST_BETWEEN_SETS_S)))
_TEMPO = " ".join(f"{part:g}" for part in DEFAULT_TEMPO_S)

FORMS: dict[str, tuple[Ask, ...]] = {
    "hold": (Ask("hold_s", "Hold, s", "20, or 30 20 10", "20"), *_SETS),
    "time": (Ask("time_s", "Time, s", "30, or 60 30", "30"), *_SETS),
    "reps": (
        Ask("reps", "Repetitions", "10, or 6 4 2", "10"),
        Ask("hold_s", "Hold of each, s", "none"),
        Ask("tempo_s", "Out and back, s", _TEMPO),
        *_SETS,
    ),
    "pace": (Ask("reps", "Repetitions", "10, or 6 4 2", "10"), *_SETS),
    "breaths": (
        Ask("breaths", "Breaths", "5, or 8 5", "5"),
        Ask("in_s", "In, s", "4"),
        Ask("out_s", "Out, s", "6"),
        *_SETS,
    ),
    "open": (Ask("about_s", "About, s", "60"), *_SETS),
}
"""What each kind of dose asks for; the first figure is what makes the kind."""
KINDS: dict[str, str] = {
    "hold": "Hold",
    "time": "Keep moving for a time",
    "reps": "Repetitions",
    "pace": "Repetitions at your own pace",
    "breaths": "Breaths",
    "open": "As long as you like",
}

_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_DECIMAL = re.compile(r"[+-]?[0-9]{0,9}\.[0-9]{1,9}")
_FIGURES = tuple(key for key in Dose.__struct_fields__ if key not in ("says", "source"))


class Wrong(Struct, frozen=True):
    """What is wrong with one field of a form."""

    key: str
    """Empty where it is the whole that is wrong."""
    label: str
    found: str
    allowed: str

    def __str__(self) -> str:
        text = f"found {self.found}; allowed: {self.allowed}"
        return f"{self.label}: {text}" if self.label else text


def kind_of(dose: Dose) -> str:
    """The key of `FORMS` that `dose` belongs to."""
    if dose.reps is not None:
        return "pace" if dose.self_paced else "reps"
    if dose.breaths is not None:
        return "breaths"
    if dose.hold_s is not None:
        return "hold"
    return "time" if dose.time_s is not None else "open"


def texts(dose: Dose, kind: str) -> dict[str, str]:
    """What stands in the fields of `kind` when the form opens on `dose`."""
    same = kind_of(dose) == kind
    shared = {ask.key for ask in _SETS}
    return {ask.key: _shown(getattr(dose, ask.key)) if same or ask.key in shared else ask.begin for ask in FORMS[kind]}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(f"{one:g}" for one in value)
    return f"{value:g}"


def figure(text: str) -> Any:
    """The figure that `text` is, None where it is blank, and the text itself where it is no figure."""
    text = text.strip()
    if not text:
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _value(key: str, text: str) -> Any:
    parts = text.replace(",", " ").split()
    if key == "tempo_s":
        return [figure(part) for part in parts * (2 if len(parts) == 1 else 1)] or None
    if key in Dose.LISTS and len(parts) > 1:
        return [figure(part) for part in parts]
    return figure(text)


def typed(kind: str, given: Mapping[str, str]) -> tuple[Dose | None, tuple[Wrong, ...]]:
    """The dose that the fields of `kind` say, or None and what is wrong with them, each by the limits of a file."""
    table = {ask.key: _value(ask.key, given.get(ask.key, "")) for ask in FORMS[kind]}
    wrong = tuple(_wrong(kind, table))
    if wrong:
        return None, wrong
    dose = msgspec.convert(_table(kind, table), Dose)
    labels = {ask.key: ask.label for ask in FORMS[kind]}
    if contradiction := dose.problem():
        key, found, allowed = contradiction
        return None, (Wrong(key, labels.get(key, ""), found, allowed.replace("no sets key", "nothing")),)
    return dose, ()


def _wrong(kind: str, table: Mapping[str, Any]) -> Iterator[Wrong]:
    for number, ask in enumerate(FORMS[kind]):
        value = table[ask.key]
        missing = value is None and not number and kind != "open"
        if value is None and not missing:
            continue
        value = "" if missing else value
        # A single figure is looked at as one of a list, so that what is allowed is said of a figure.
        single = ask.key in Dose.LISTS and not isinstance(value, list)
        fault = fault_in({ask.key: [value] if single else value}, Dose)
        if fault is not None:
            yield Wrong(ask.key, ask.label, "nothing" if missing else fault.found, fault.allowed)


def _table(kind: str, table: Mapping[str, Any]) -> dict[str, Any]:
    named = {key: value for key, value in table.items() if value is not None}
    if kind == "open":
        named["open"] = True
    if kind == "pace":
        named["self_paced"] = True
    return named


_COUNTED = frozenset({"rest_after_s", "priority", "extra_sets"})


def fields(kind: type[Struct], asks: tuple[Ask, ...], given: Mapping[str, str]) -> tuple[dict[str, Any], list[Wrong]]:
    """What the fields of a form say, by key, and what is wrong with them by the limits of `kind`; blank is None."""
    values: dict[str, Any] = {}
    wrong = []
    for ask in asks:
        text = given.get(ask.key, "").strip()
        value = figure(text) if ask.key in _COUNTED else text or None
        values[ask.key] = value
        if value is not None and (fault := fault_in({ask.key: value}, kind, ask.key)):
            wrong.append(Wrong(ask.key, ask.label, fault.found, fault.allowed))
    return values, wrong


# --- what a step names ------------------------------------------------------------------------


def override(base: Dose, old: Dose | None, wanted: Dose) -> Dose | None:
    """What a step has to name so that its exercise's `base` dose becomes `wanted`; None where that is the base itself.

    `old` is what it names now: all of it stays that still holds, so that a change of one figure changes one line.
    What a source says of a figure stays with the figure, and goes with it.
    """
    now = base.replaced_by(old)
    if _effect(now) == _effect(wanted):
        return old
    if _effect(base) == _effect(wanted):
        return None
    whole = _named(wanted)
    lists = any(isinstance(value, list) for value in whole.values())
    counted = whole if lists else {**whole, "sets": wanted.number_of_sets}
    full = {**counted, "rest_s": _rest_s(wanted)}
    kept = {} if old is None else _named(old)
    for values in (whole, counted, full):
        for table in (
            {key: v for key, v in values.items() if key in kept or v != getattr(now, key)},
            {key: v for key, v in values.items() if v != getattr(base, key)},
            values,
        ):
            made = Dose(**table)
            merged = base.replaced_by(made)
            if merged.problem() is None and _effect(merged) == _effect(wanted):
                return made if old is None else _with_sources(made, old)
    raise AssertionError("naming everything always leads there")


def _with_sources(made: Dose, old: Dose) -> Dose:
    same = {key for key in _FIGURES if getattr(made, key) is not None and getattr(made, key) == getattr(old, key)}
    source = {key: v for key, v in old.source.items() if key in same}
    says = old.says if _named(made).keys() == same == _named(old).keys() else None
    return structs.replace(made, says=says, source=source)


def _named(dose: Dose) -> dict[str, Any]:
    return {key: value for key in _FIGURES if (value := getattr(dose, key)) is not None}


def _rest_s(dose: Dose) -> int:
    return REST_BETWEEN_SETS_S if dose.rest_s is None else dose.rest_s


def _effect(dose: Dose) -> tuple[object, int]:
    return dose.sets_of_work(), _rest_s(dose)
