"""Steps that a routine's file writes as a list in brackets, each in braces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import tomli

from trainer.library.model import Routine, Step
from trainer.library.tables import TOKEN, CannotKeep, lines, render, within
from trainer.library.writing import plain


class _Entry(NamedTuple):
    """One step of the list, with what stands around it."""

    lead: str
    """Blanks, line ends and comments above it."""
    body: str
    """From brace to brace."""
    beside: str
    """The comment behind it, on the same line."""


class ArrayOfSteps:
    """The list of steps in the text of a file. Raises `CannotKeep` where there is none."""

    def __init__(self, text: str) -> None:
        self._before, self._after = "", ""
        self._entries: list[_Entry] = []
        self._last_comma = False
        self._tail = ""
        all_lines = list(lines(text))
        for number, line in enumerate(all_lines):
            if line.kind == "pair" and isinstance(tomli.loads(line.text.replace("\r\n", "\n")).get("step"), list):
                self._before = "".join(one.text for one in all_lines[:number])
                self._after = "".join(one.text for one in all_lines[number + 1 :])
                self._parse(line.text)
                return
        raise CannotKeep("no list of steps was found")

    def _parse(self, text: str) -> None:
        depth, begin, body_at = 0, 0, 0
        bodies: list[tuple[int, int]] = []
        commas: list[int] = []
        end = len(text)
        for match in TOKEN.finditer(text):
            piece = match.group()
            if piece in ("[", "{"):
                depth += 1
                begin = match.end() if depth == 1 else begin
                body_at = match.start() if depth == 2 else body_at
            elif piece in ("]", "}"):
                depth -= 1
                if depth == 1:
                    bodies.append((body_at, match.end()))
                elif depth == 0:
                    end = match.start()
                    break
            elif piece == "," and depth == 1:
                commas.append(match.start())
        first = bodies[0][0] if bodies else end
        if (line_end := text.find("\n", begin, first)) >= 0:
            begin = line_end - text.startswith("\r", line_end - 1)  # a comment behind the bracket is the list's own
        self._before += text[:begin]
        self._after = text[end:] + self._after
        self._last_comma = len(commas) == len(bodies)
        at = begin
        for number, (start, stop) in enumerate(bodies):
            lead, behind = text[at:start], stop
            if number < len(commas):
                if text[stop : commas[number]].strip():
                    raise CannotKeep("a comment stands before a comma")
                behind = commas[number] + 1
            limit = bodies[number + 1][0] if number + 1 < len(bodies) else end
            line_end = text.find("\n", behind, limit)
            beside = text[behind : line_end if line_end >= 0 else behind].rstrip("\r")
            at = behind + len(beside)
            self._entries.append(_Entry(lead, text[start:stop], beside))
        self._tail = text[at:end]

    def changed(self, before: Routine, after: Routine, places: Sequence[int | None]) -> str:
        """The text with the steps of `after` in the place of those of `before`."""
        if len(self._entries) != len(before.step):
            raise CannotKeep("the steps do not stand one by one")
        on_lines = any("\n" in entry.lead for entry in self._entries)
        new: list[_Entry] = []
        for number, (step, place) in enumerate(zip(after.step, places, strict=True)):
            if place is None:
                entry = _Entry(self._lead(number, on_lines), render(plain(step)), "")
            else:
                entry = self._entries[place]
                entry = entry._replace(body=_body(entry.body, before.step[place], step))
                if not on_lines:
                    entry = entry._replace(lead=self._lead(number, on_lines))
            new.append(entry)
        out = [self._before]
        for number, entry in enumerate(new):
            last = number == len(new) - 1
            out.append(entry.lead + entry.body + ("," if self._last_comma or not last else "") + entry.beside)
        newline = "\r\n" if "\r\n" in self._before + self._after else "\n"
        broken = not new or "#" not in new[-1].beside or self._tail.lstrip(" \t").startswith(("\n", "\r\n"))
        return "".join(out) + ("" if broken else newline) + self._tail + self._after

    def _lead(self, number: int, on_lines: bool) -> str:
        if not on_lines:
            return self._entries[0].lead if not number else " "
        lead = self._entries[-1].lead
        indent = lead[lead.rfind("\n") + 1 :]
        return ("\r\n" if "\r\n" in lead else "\n") + (indent if not indent.strip() else "  ")


def _body(text: str, before: Step, after: Step) -> str:
    import tomlkit

    old, new = plain(before), plain(after)
    if old == new:
        return text
    document = tomlkit.parse("step = " + text.replace("\r\n", "\n") + "\n")
    return within(document["step"], old, new)
