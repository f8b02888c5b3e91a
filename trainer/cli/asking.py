"""Questions at the terminal, each with a few answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from trainer.cli import streams
from trainer.text import clean


def can_ask() -> bool:
    """Whether a person can see a question and answer it."""
    return streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stdout)


def choose(choices: Mapping[str, str], otherwise: str) -> str:
    """Ask until one of `choices` (letter: what it does) is given; `otherwise` where nobody answers any more."""
    for key, words in choices.items():
        streams.say(f"  {key}  {words}")
    while True:
        answer = line(f"{', '.join(choices)}: ")
        if answer is None:
            return otherwise
        if answer.lower() in choices:
            return answer.lower()
        streams.say(f"Found {clean(answer, limit=40)!r}; allowed: {', '.join(choices)}.")


def line(question: str) -> str | None:
    """What a person types; None where nobody answers any more."""
    try:
        return clean(input(question)).strip()
    except EOFError:
        streams.say()
        return None
