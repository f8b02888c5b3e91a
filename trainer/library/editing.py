"""Changes the text of a routine's file and leaves all else of it as its author wrote it.

The text is parted into what stands before the steps, one part for each step with the comments that belong to it, and
other tables. Parts are moved whole; only a part in which something changes is edited, and there only what changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from trainer.library.inline import ArrayOfSteps
from trainer.library.model import Routine, Step
from trainer.library.tables import CannotKeep, apply, changed, insert, lines, render
from trainer.library.writing import plain

if TYPE_CHECKING:
    from trainer.library.tables import Line

__all__ = ["CannotKeep", "edited"]

_DIRECTLY = re.compile(r"\s*dose\s*=\s*\{")


class _Part(NamedTuple):
    """Some lines of a file that stay together."""

    key: str
    """The first key of the table that it holds; empty for what stands before all tables, and for the end."""
    text: str


def edited(text: str, before: Routine, after: Routine, places: Sequence[int | None]) -> str:
    """`text`, which reads as `before`, so changed that it reads as `after`.

    `places` says for each step of `after` which step of `before` it was, from 0; None where it is new.
    Raises `CannotKeep` where the text is laid out in a way that this cannot follow. Whether the result does read as
    `after` is for the caller to look at.
    """
    if before == after and list(places) == list(range(len(before.step))):
        return text
    try:
        return _edited(text, before, after, places)
    except CannotKeep:
        raise
    except Exception as error:  # a library's fault over a strange layout must not cost the person the file
        raise CannotKeep(f"{type(error).__name__}: {error}") from error


def _edited(text: str, before: Routine, after: Routine, places: Sequence[int | None]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = _parts(text)
    slots = [number for number, part in enumerate(parts) if part.key == "step"]
    _other_keys(parts, plain(before), plain(after), newline)
    if slots:
        if len(slots) != len(before.step):
            raise CannotKeep("the steps do not stand one by one")
        _blocks(parts, slots, before, after, places, newline)
    else:
        array = ArrayOfSteps(parts[0].text)
        parts[0] = parts[0]._replace(text=array.changed(before, after, places))
    return _joined([part.text for part in parts], newline, text.endswith("\n"))


def _joined(texts: Sequence[str], newline: str, ended: bool) -> str:
    texts = [text for text in texts if text]
    whole = "".join(text if text.endswith("\n") else text + newline for text in texts)
    return whole if ended else whole.removesuffix("\n").removesuffix("\r")


# --- parts ------------------------------------------------------------------------------------


def _parts(text: str) -> list[_Part]:
    """The parts of a file, in order; together they are the text."""
    found: list[tuple[str, list[Line]]] = [("", [])]
    waiting: list[Line] = []
    for line in lines(text):
        if line.kind in ("blank", "comment"):
            waiting.append(line)
            continue
        key, begins = _header(line, found[-1][0]) if line.kind == "header" else ("", False)
        if begins:
            above, below = _parted(waiting, at_end=False)
            found[-1][1].extend(above)
            found.append((key, [*below, line]))
        else:
            found[-1][1].extend((*waiting, line))
        waiting = []
    above, below = _parted(waiting, at_end=True)
    found[-1][1].extend(above)
    return [_Part(key, "".join(line.text for line in block)) for key, block in (*found, ("", below))]


def _header(line: Line, current: str) -> tuple[str, bool]:
    """The first key of a table's header, and whether a part begins with it."""
    ((key, value),) = tomli.loads(line.text).items()
    if key != "step" or isinstance(value, list):
        return key, True
    if current != "step":
        raise CannotKeep("a table of a step stands apart from it")
    return key, False


def _parted(waiting: list[Line], *, at_end: bool) -> tuple[list[Line], list[Line]]:
    """Which of the lines between two parts belong to the upper, and which to the lower.

    What touches only the upper is the upper's; at the end of a file there is no lower that it could touch.
    """
    blank = next((number for number, line in enumerate(waiting) if line.kind == "blank"), None)
    if blank is None:
        return (waiting, []) if at_end else ([], waiting)
    return waiting[:blank], waiting[blank:]


# --- what is no step --------------------------------------------------------------------------


def _other_keys(parts: list[_Part], before: dict[str, Any], after: dict[str, Any], newline: str) -> None:
    keys = [key for key in after.keys() | before.keys() if key != "step" and before.get(key) != after.get(key)]
    for key in sorted(keys, key=list(Routine.__struct_fields__).index):
        number = next((n for n, part in enumerate(parts) if part.key == key), 0)
        old = {k: v for k, v in before.items() if k == key}
        new = {k: v for k, v in after.items() if k == key}
        parts[number] = parts[number]._replace(text=changed(parts[number].text, old, new, newline))


# --- steps that are tables --------------------------------------------------------------------


def _blocks(
    parts: list[_Part],
    slots: Sequence[int],
    before: Routine,
    after: Routine,
    places: Sequence[int | None],
    newline: str,
) -> None:
    """Put the blocks of the steps into their new order, each changed where its step is."""
    texts = [parts[number].text for number in slots]
    inline = _inline_doses(texts)
    spaced = len(texts) < 2 or any(text.lstrip(" \t").startswith(("\n", "\r\n")) for text in texts[1:])
    new = []
    for step, place in zip(after.step, places, strict=True):
        if place is None:
            new.append((newline if spaced else "") + _new(step, inline).replace("\n", newline))
        else:
            new.append(_block(texts[place], before.step[place], step, newline, inline))
    for number, slot in enumerate(slots):
        # The steps that are more than there were stand where the last one stood.
        mine = new[number:] if slot == slots[-1] else new[number : number + 1]
        text = "".join(one if one.endswith("\n") else one + newline for one in mine)
        parts[slot] = parts[slot]._replace(text=text)


def _block(text: str, before: Step, after: Step, newline: str, inline: bool) -> str:
    old, new = plain(before), plain(after)
    if old == new:
        return text
    mine = "\r\n" if "\r\n" in text else "\n" if "\n" in text else newline
    document = _parsed(text.replace("\r\n", "\n"))
    additions = apply(document["step"][0], old, new)
    out: str = document.as_string()
    for way, key, value in additions:
        if key == "dose" and not way and not inline:
            out = (out if out.endswith("\n") else out + "\n") + _dose_table(value)
        else:
            out = insert(out, way, key, value)
    return out.replace("\n", mine)


def _parsed(text: str) -> Any:
    import tomlkit

    return tomlkit.parse(text)


def _new(step: Step, inline: bool) -> str:
    table = plain(step)
    dose = table.pop("dose", None)
    out = ["[[step]]\n", *(f"{key} = {render(value)}\n" for key, value in table.items())]
    if dose is not None:
        out.append(f"dose = {render(dose)}\n" if inline else _dose_table(dose))
    return "".join(out)


def _dose_table(dose: dict[str, Any]) -> str:
    return "[step.dose]\n" + "".join(f"{key} = {render(value)}\n" for key, value in dose.items())


def _inline_doses(texts: Sequence[str]) -> bool:
    """Whether the file writes a step's dose on one line, in braces."""
    every: Iterator[Line] = (line for text in texts for line in lines(text))
    kinds = [line.kind for line in every if _DIRECTLY.match(line.text) or _is_dose_header(line)]
    return "pair" in kinds and "header" not in kinds


def _is_dose_header(line: Line) -> bool:
    return line.kind == "header" and "step" in (table := tomli.loads(line.text)) and isinstance(table["step"], dict)
