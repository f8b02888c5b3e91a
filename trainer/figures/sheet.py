"""Several pictures of one figure beside each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.figures.cells import EMPTY, Cell, Picture, Style
from trainer.figures.movement import LEAST, Movement

LABEL = "label"
"""The tone of what is written beside a figure."""
_BETWEEN = 2
"""Cells between two pictures."""


def poses_shown(movement: Movement, width: int) -> list[int]:
    """The numbers of the key poses that fit beside each other: the first and the goal before the others."""
    count = len(movement.figure.pose)
    most = max(1, (width + _BETWEEN) // (LEAST[0] - 4 + _BETWEEN))
    wanted = list(dict.fromkeys((0, movement.goal, *range(count))))[:most]
    return sorted(wanted)


def key_poses(movement: Movement, width: int, height: int, style: Style = "blocks", *, arrow: bool = True) -> Picture:
    """Key poses side by side, numbered, with arrows from one to the next, in exactly this many cells."""
    shown = poses_shown(movement, width)
    each = (width - _BETWEEN * (len(shown) - 1)) // len(shown)
    pictures = []
    for number, pose in enumerate(shown):
        wide, high = movement.size(each, height - 1)
        wide, high = min(wide, each), min(high, height - 1)
        with_arrow = arrow and pose == 0
        picture = movement.picture(pose, 1.0, wide, high, style, arrow=with_arrow)
        pictures.append(labelled(placed(picture, each, height - 1), _label(number, len(shown))))
    return beside(pictures, width)


def _label(number: int, count: int) -> str:
    return "" if count < 2 else f"{number + 1}" + (" →" if number + 1 < count else "")


def contact_sheet(
    movement: Movement, width: int, height: int, between: int, style: Style = "blocks"
) -> list[tuple[str, Picture]]:
    """Each key pose and `between` moments on the way to it, with what they are called."""
    wide, high = movement.size(width, height)
    found: list[tuple[str, Picture]] = []
    poses = movement.figure.pose
    for number in range(len(poses)):
        pose = (number + 1) % len(poses)  # the first comes last, as what the loop returns to
        for step in range(1, between + 1 if len(poses) > 1 else 1):
            share = step / (between + 1)
            found.append((f"{share:.0%} to {poses[pose].name}", movement.picture(pose, share, wide, high, style)))
        if pose:
            found.append((poses[pose].name, movement.picture(pose, 1.0, wide, high, style)))
    first = poses[0].name, movement.picture(0, 1.0, wide, high, style, arrow=True)
    return [first, *found]


def placed(picture: Picture, width: int, height: int) -> Picture:
    """A picture in the middle and at the bottom of so many cells."""
    wide = len(picture[0]) if picture else 0
    left = (width - wide) // 2
    rows = [tuple([EMPTY] * left + list(row) + [EMPTY] * (width - wide - left)) for row in picture]
    return tuple([tuple([EMPTY] * width)] * (height - len(picture)) + rows)


def labelled(picture: Picture, text: str) -> Picture:
    """A picture with a line of text, of one cell a character, below it."""
    width = len(picture[0])
    return (*picture, written(text, width))


def written(text: str, width: int) -> tuple[Cell, ...]:
    """A line of text in the middle of so many cells; cut where it is longer."""
    text = text[:width].center(width)
    return tuple((char, LABEL, "") if char != " " else EMPTY for char in text)


def beside(pictures: Sequence[Picture], width: int) -> Picture:
    """Pictures of one height beside each other, in so many cells."""
    rows = []
    for lines in zip(*pictures, strict=True):
        row: list[Cell] = []
        for line in lines:
            row += [*([EMPTY] * _BETWEEN if row else []), *line]
        rows.append(tuple(row + [EMPTY] * (width - len(row)))[:width])
    return tuple(rows)
