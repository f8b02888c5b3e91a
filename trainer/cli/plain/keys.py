"""What may be typed while a session runs, and what it means. Pure."""

from __future__ import annotations

import re
from typing import Literal

from trainer.guide import events as e

COMMANDS: dict[str, e.Command] = {
    "n": e.Next(),
    "b": e.Back(),
    "r": e.Redo(),
    "s": e.Skip(),
    "+": e.More(),
    "-": e.Less(),
}
HELP = (
    "A key, then Enter:",
    "0 to 10: your pain after the last exercise; where a question is asked, the number of your answer",
    "4/1: the sides apart, the left one first",
    "p: pause, and go on",
    "n: next",
    "b: back",
    "r: again",
    "s: skip the rest of this exercise",
    "+ or -: more or less time",
    "e: easier form",
    "i: all about this exercise: how it is done, when to stop, when to leave it out",
    "m: sound off or on",
    "l: leave, and go on later today",
    "q: stop here",
)
RANGE = "0 to 10, please."
_WORDS = {
    "pause": "p",
    "next": "n",
    "back": "b",
    "redo": "r",
    "again": "r",
    "skip": "s",
    "more": "+",
    "less": "-",
    "easier": "e",
    "mute": "m",
    "leave": "l",
    "quit": "q",
    "stop": "q",
    "help": "h",
    "info": "i",
    "how": "i",
    "?": "h",
    "g": "p",
    "go on": "p",
}


def key(line: str) -> str:
    """The key that a line means: its first letter where it is a word that is known."""
    line = line.strip().lower()
    return _WORDS.get(line, line)


def sides(line: str) -> tuple[int, int] | None:
    """Two ratings from 0 to 10, of the left side and the right; None for anything else."""
    found = re.fullmatch(r"0*(10|[0-9])\s*/\s*0*(10|[0-9])", line.strip(), re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def rating(line: str) -> int | Literal["out of range"] | None:
    """A rating from 0 to 10; `out of range` for other numbers, None for what is no number."""
    line = line.strip()
    if re.fullmatch(r"0*(10|[0-9])", line, re.ASCII):
        return int(line)
    return "out of range" if re.fullmatch(r"[-+]?[.,]?\d[\d.,]*", line) else None
