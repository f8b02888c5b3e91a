"""`trainer care` and `trainer rules`: the notes on care, and the rules of the sources, as text."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from trainer.cli import streams
from trainer.cli.lay import capital, paragraphs, wrap


def care_lines(width: int) -> Iterator[tuple[str, str]]:
    """Lines of the notes with their style."""
    from trainer.coach.care import CARE

    for number, section in enumerate(CARE):
        if number:
            yield "", ""
        yield from ((line, streams.BOLD) for line in wrap(section.title, width))
        yield from ((line, "") for line in paragraphs(section.lines, width))
        yield from ((line, streams.DIM) for line in wrap(f"From: {section.source}", width, "  "))


def rule_lines(width: int) -> Iterator[tuple[str, str]]:
    """Lines of the rules with their style, and what each source is at the end."""
    from trainer.coach.rules import ARTICLES, RULES
    from trainer.library.sources import SOURCES, title

    for topic in RULES:
        yield from ((line, streams.BOLD) for line in wrap(topic.title, width))
        for rule in topic.rules:
            yield from ((line, "") for line in wrap(rule.text, width, "- "))
            yield from ((line, streams.DIM) for line in wrap(f"From: {', '.join(rule.sources)}", width, "  "))
        yield "", ""
    yield from ((line, streams.BOLD) for line in wrap("The sources", width))
    for key in ARTICLES:
        text = f"{key}: {title(key)}. {capital(SOURCES[key].publisher)}."
        yield from ((line, "") for line in wrap(text, width, "- "))


def run(args: Namespace) -> int:
    """Print the notes or the rules."""
    lines = rule_lines if args.command == "rules" else care_lines
    for line, style in lines(streams.width()):
        streams.say(line, style)
    return 0
