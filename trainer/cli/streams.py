"""Standard input, output and error: made fit to use, and written to in one way."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, TextIO

from trainer.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BOLD, DIM, RED = "1", "2", "31"
NARROWEST, WIDEST = 20, 100
"""Columns between which text is laid out; longer lines than these are hard to read (own)."""


def prepare() -> None:
    """Let every stream be one that can be used, and let no character that it lacks end the program."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started the program
            # Not closed again: it is the process's stream from here on. Another file would take its number.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def abandon() -> None:
    """Give up a standard output that takes nothing, so that Python's own last flush is quiet too."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is at the other end."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def terminal_writer() -> Callable[[str], None] | None:
    """What writes to the terminal at once and past all buffers, None where standard output is none.

    One call is one write, which nothing else that is written meanwhile can part.
    """
    if not is_terminal(sys.stdout):
        return None
    descriptor = sys.stdout.fileno()

    def write(text: str) -> None:
        with contextlib.suppress(OSError):
            os.write(descriptor, text.encode())

    return write


def coloured(stream: TextIO) -> bool:
    """Whether `stream` takes colour: a terminal that is not dumb, and nobody asked for none."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns to lay text out in."""
    import shutil

    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def say(text: str = "", style: str = "") -> None:
    """Print lines of text, cleaned; in `style` where colour is taken."""
    text = clean(text, lines=True)
    if style and text and coloured(sys.stdout):
        text = f"\x1b[{style}m{text}\x1b[0m"
    print(text)


def say_lines(lines: Iterable[str], first: str = "", style: str = "") -> None:
    """Print each of `lines`, laid out in the width there is: its first line after `first`, in `style` as with `say`."""
    from trainer.cli.lay import wrap

    for line in lines:
        for one in wrap(line, width(), first):
            say(one, style)


def warn(*lines: str) -> None:
    """Print lines to standard error, each cleaned; where that takes nothing, nothing is lost by it."""
    with contextlib.suppress(OSError, ValueError):
        for line in lines:
            print(clean(line, lines=True), file=sys.stderr)
        sys.stderr.flush()


def say_json(value: object) -> None:
    """Print `value` as JSON in ASCII: whole in any encoding, and nothing in it steers a terminal."""
    import json

    print(json.dumps(value, indent=2))
