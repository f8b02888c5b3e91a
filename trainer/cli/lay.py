"""Text laid out in columns of a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from trainer.text import clean


def cells(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """`text` in lines of at most `width` columns, the first after `first`, the others after `rest`.

    A word that is longer than a line is cut. `rest` is as many spaces as `first` is wide where it is not given.
    """
    rest = " " * cells(first) if rest is None else rest
    lines: list[str] = []
    line, empty = first, True
    # Cleaned before it is measured: what steers a terminal has no width until it is replaced.
    for word in clean(text).split():
        if not empty and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line, empty = rest, True
        while cells(line if empty else line + " ") + cells(word) > width:
            room = max(1, width - cells(line))
            head = _head(word, room)
            lines.append(line + head)
            word, line = word[len(head) :], rest
        line = line + word if empty else f"{line} {word}"
        empty = empty and not word
    if line.strip() or not lines:
        lines.append(line)
    return [one.rstrip() for one in lines]


def _head(word: str, room: int) -> str:
    if word.isascii():
        return word[:room]
    taken = 0
    for number, char in enumerate(word):
        taken += cells(char)
        if taken > room and number:
            return word[:number]
    return word


def paragraphs(lines: Iterable[str], width: int, bullet: str = "- ") -> list[str]:
    """Each of `lines` wrapped behind a bullet."""
    return [one for line in lines for one in wrap(line, width, bullet)]


def capital(text: str) -> str:
    """`text` with its first letter large."""
    return text[:1].upper() + text[1:]
