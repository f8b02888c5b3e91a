"""Draws `docs/figures.svg`, every shipped figure on one sheet: `python docs/figures.py`, for maintainers.

Of each the start and the goal, as blocks in cells as the guide shows them, in the order of `docs/library.md`. A test
holds that the sheet was drawn from the pose files as they are.
"""

from __future__ import annotations

import html
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from docs.library_page import SHELVES
from docs.outlines import ACROSS, BLOCKS, DOWN, Area
from trainer.figures.cells import GROUND, Picture
from trainer.figures.model import Figure
from trainer.figures.movement import Movement
from trainer.figures.reading import read
from trainer.figures.sheet import placed
from trainer.library.model import Exercise
from trainer.library.shelf import Library
from trainer.library.sources import shelf

SHEET = Path(__file__).with_name("figures.svg")
COLUMNS = 3
CELLS = (40, 14)
CELL = (5, 10)
"""A cell on the sheet: width and height."""
GAP, MARGIN, CAPTION = 6, 24, 38
"""Between the poses of a figure, around figures, and what stands below them."""
GROUND_COLOUR = "#15191d"
COLOURS = {
    "near": "#e6e6e1",
    "trunk": "#abacaa",
    "far": "#6c6f6f",
    "hair": "#7d7f7f",
    "work": "#f0b866",
    "work_far": "#bf9555",
    "floor": "#2e3235",
    "prop": "#5f85a0",
    "arrow": "#9ccfa8",
}
"""The guide's, in its dark theme."""


def figures(library: Library) -> Iterator[tuple[Exercise, Figure]]:
    """Each exercise that has a figure of its own, with it, in the order of the library's page."""
    exercises, _ = library.exercises()
    own = library.figures()
    for name in SHELVES:
        for exercise in exercises:
            if shelf(exercise.sources) == name and exercise.id in own:
                figure = read(library, exercise.id)
                assert figure is not None
                yield exercise, figure


def mark(figure: Figure) -> str:
    """A short digest of all that a picture of a figure depends on."""
    shown = msgspec.structs.replace(figure, claim=[], contact=[], alt=" ")
    return f"{zlib.crc32(msgspec.json.encode(shown)):08x}"


def sheet(library: Library) -> str:
    """The whole sheet as SVG."""
    parts = [_panel(number, *both) for number, both in enumerate(figures(library))]
    lines = -(-len(parts) // COLUMNS)
    wide, high = _step()
    width, height = COLUMNS * wide + MARGIN, lines * high + MARGIN
    rules = [f".{tone}{{fill:{colour}}}" for tone, colour in COLOURS.items()]
    return "\n".join(
        [
            f'<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">',
            "<style>text{font:16px sans-serif;fill:#e6e6e1}.id{fill:#a1a3a4;font:14px monospace}",
            f"path{{shape-rendering:crispEdges}}{''.join(rules)}</style>",
            f'<rect width="{width}" height="{height}" fill="{GROUND_COLOUR}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _step() -> tuple[int, int]:
    """From one figure to the next, across and down."""
    return 2 * CELLS[0] * CELL[0] + GAP + MARGIN, CELLS[1] * CELL[1] + CAPTION + MARGIN


def _panel(number: int, exercise: Exercise, figure: Figure) -> str:
    movement = Movement(figure)
    down, across = divmod(number, COLUMNS)
    wide, high = _step()
    size = movement.size(*CELLS)
    parts = [
        f'<g id="{figure.id}" data-of="{mark(figure)}" transform="translate({MARGIN + across * wide}'
        f' {MARGIN + down * high})">',
        f"<title>{html.escape(figure.alt)}</title>",
    ]
    square = f"scale({CELL[0] / ACROSS:g} {CELL[1] / DOWN:g})"
    for place, pose in enumerate(dict.fromkeys((0, movement.goal))):
        picture = placed(movement.picture(pose, 1.0, *size, arrow=pose == 0), *CELLS)
        left = place * (CELLS[0] * CELL[0] + GAP)
        parts.append(f'<g transform="translate({left}) {square}">{_paths(picture)}</g>')
    line = CELLS[1] * CELL[1] + 24
    parts.append(
        f'<text y="{line}">{html.escape(exercise.name)} <tspan class="id" dx="8">{figure.id}</tspan></text></g>'
    )
    return "\n".join(parts)


def _paths(picture: Picture) -> str:
    """A path for each tone of a picture."""
    areas: dict[str, Area] = {}
    full = BLOCKS["█"]
    for line, row in enumerate(picture):
        for column, (char, front, back) in enumerate(row):
            for tone, dots in ((back, [own & ~bits for own, bits in zip(full, BLOCKS[char], strict=True)]),
                               (front, BLOCKS[char])):  # fmt: skip
                if tone and tone not in (GROUND, "eye"):
                    area = areas.setdefault(tone, Area(len(picture)))
                    area.put(column, line, dots)
    return "".join(f'<path class="{tone}" d="{area.path()}"/>' for tone, area in areas.items())


if __name__ == "__main__":
    SHEET.write_text(sheet(Library()), "utf-8")
    print(f"{SHEET.name}: {SHEET.stat().st_size:,} bytes")
