"""`trainer care`: the notes on care as text."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from trainer.cli import streams
from trainer.cli.lay import paragraphs, wrap


def care_lines(width: int) -> Iterator[tuple[str, str]]:
    """Lines of the notes with their style."""
    from trainer.coach.care import CARE

    for number, section in enumerate(CARE):
        if number:
            yield "", ""
        yield from ((line, streams.BOLD) for line in wrap(section.title, width))
        yield from ((line, "") for line in paragraphs(section.lines, width))
        yield from ((line, streams.DIM) for line in wrap(f"From: {section.source}", width, "  "))


def run(args: Namespace) -> int:  # noqa: ARG001  # the interface of a command
    """Print the notes."""
    for line, style in care_lines(streams.width()):
        streams.say(line, style)
    return 0
