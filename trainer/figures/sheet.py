"""Several pictures of one figure beside each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from trainer.figures.cells import EMPTY, Cell, Picture, Style
from trainer.figures.movement import LEAST, Movement

LABEL = "label"
"""The tone of what is written beside a figure."""
_BETWEEN = 2
"""Cells between two pictures."""
_LEAST_WIDE = LEAST[0] - 4
"""Cells across that one of several pictures needs at least."""


def poses_shown(movement: Movement, width: int) -> list[int]:
    """The numbers of the key poses that fit beside each other: the first and the goal, and others spread."""
    count = len(movement.figure.pose)
    most = max(1, (width + _BETWEEN) // (_LEAST_WIDE + _BETWEEN))
    if count <= most:
        return list(range(count))
    if most == 1:
        return [movement.goal]
    others = (round(number * count / most) for number in range(most))
    return sorted(list(dict.fromkeys((0, movement.goal, *others)))[:most])


def key_poses(movement: Movement, width: int, height: int, style: Style = "blocks", *, arrow: bool = True) -> Picture:
    """Key poses, numbered, with arrows from one to the next, in exactly this many cells.

    They stand side by side, in several rows where they are larger so.
    """
    shown = poses_shown(movement, width)
    across = max(range(1, len(shown) + 1), key=lambda count: _cells_of_one(movement, width, height, len(shown), count))
    down = -(-len(shown) // across)
    each_wide, each_high = _each(width, height, across, down)
    pictures = []
    for number, pose in enumerate(shown):
        wide, high = movement.size(each_wide, each_high - 1)
        picture = movement.picture(
            pose, 1.0, min(wide, each_wide), min(high, each_high - 1), style, arrow=arrow and pose == 0
        )
        pictures.append(labelled(placed(picture, each_wide, each_high - 1), _label(number, len(shown))))
    rows = [beside(pictures[start : start + across], width) for start in range(0, len(pictures), across)]
    empty = (tuple([EMPTY] * width),) * (height - down * each_high)
    return (*empty, *(line for row in rows for line in row))


def _each(width: int, height: int, across: int, down: int) -> tuple[int, int]:
    """Cells across and down for each of so many pictures."""
    return (width - _BETWEEN * (across - 1)) // across, height // down


def _cells_of_one(movement: Movement, width: int, height: int, count: int, across: int) -> tuple[float, int]:
    """How large one picture is where so many stand beside each other; of equals, the more beside each other win."""
    wide, high = _each(width, height, across, -(-count // across))
    return (movement.scale(wide, high - 1) if wide >= _LEAST_WIDE and high > 3 else 0.0), across


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


def trimmed(picture: Picture) -> Picture:
    """A picture without the empty rows above what it shows."""
    first = next((y for y, row in enumerate(picture) if any(cell != EMPTY for cell in row)), 0)
    return picture[first:]


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
    """A line of text in the middle of so many cells, cut where it is longer. What takes not one cell is a dot."""
    text = "".join(char if _is_narrow(char) else "·" for char in text)[:width].center(width)
    return tuple((char, LABEL, "") if char != " " else EMPTY for char in text)


def _is_narrow(char: str) -> bool:
    return east_asian_width(char) not in "WF" and not combining(char)


def beside(pictures: Sequence[Picture], width: int) -> Picture:
    """Pictures of one height beside each other, in so many cells."""
    rows = []
    for lines in zip(*pictures, strict=True):
        row: list[Cell] = []
        for line in lines:
            row += [*([EMPTY] * _BETWEEN if row else []), *line]
        rows.append(tuple(row + [EMPTY] * (width - len(row)))[:width])
    return tuple(rows)
