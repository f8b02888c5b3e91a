"""Block characters as shapes: which part of a cell each covers, and the outline of what cells cover together.

A font leaves hairlines between cells, and draws some of these characters out of place; a shape does neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

ACROSS = DOWN = 8
"""Dots of a cell: as many as these characters tell apart."""
_ROW = (1 << ACROSS) - 1
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


def _eighths() -> Iterator[tuple[str, tuple[int, ...]]]:
    for count, char in enumerate("▁▂▃▄▅▆▇█", 1):
        yield char, (0,) * (DOWN - count) + (_ROW,) * count
    for count, char in enumerate("▏▎▍▌▋▊▉", 1):
        yield char, ((1 << count) - 1,) * DOWN
    yield "▔", (_ROW,) + (0,) * (DOWN - 1)
    yield "▕", (1 << (ACROSS - 1),) * DOWN
    for number, char in enumerate(_QUADRANTS):
        halves = [(0xF if number >> bit & 1 else 0) | (0xF0 if number >> bit & 2 else 0) for bit in (0, 2)]
        yield char, (halves[0],) * 4 + (halves[1],) * 4


BLOCKS: dict[str, tuple[int, ...]] = dict(_eighths())
"""Each block character and the blank, row by row; bit 0 is the dot at the left."""


class Area:
    """What one colour covers of so many cells, in dots."""

    def __init__(self, rows: int) -> None:
        self.rows = [0] * (rows * DOWN)

    def put(self, column: int, row: int, dots: Sequence[int]) -> None:
        """Cover these dots of a cell, and uncover its others."""
        for line, bits in enumerate(dots, row * DOWN):
            self.rows[line] = self.rows[line] & ~(_ROW << column * ACROSS) | bits << column * ACROSS

    def path(self) -> str:
        """The outline as a path in dots; empty where nothing is covered."""
        return outline(self.rows)


def outline(rows: Sequence[int]) -> str:
    """A path around all set bits: whole numbers, relative, to be filled by either rule."""
    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def edge(x0: int, y0: int, x1: int, y1: int) -> None:
        ways.setdefault((x0, y0), []).append((x1, y1))

    padded = [0, *rows, 0]
    for y, row in enumerate(rows):
        for x in _bits(row & ~padded[y]):
            edge(x, y, x + 1, y)
        for x in _bits(row & ~padded[y + 2]):
            edge(x + 1, y + 1, x, y + 1)
        for x in _bits(row & ~(row << 1)):
            edge(x, y + 1, x, y)
        for x in _bits(row & ~(row >> 1)):
            edge(x + 1, y, x + 1, y + 1)
    parts, at = [], (0, 0)
    while ways:
        start = min(ways, key=lambda corner: (corner[1], corner[0]))
        corners = _loop(ways, start)
        parts.append(f"m{corners[0][0] - at[0]} {corners[0][1] - at[1]}")
        at = corners[0]
        for (ax, ay), (bx, by) in pairwise(corners):
            parts.append(f"h{bx - ax}" if ay == by else f"v{by - ay}")
        parts.append("z")
    return "".join(parts).replace("m", "M", 1).replace(" -", "-")


def _loop(ways: dict[tuple[int, int], list[tuple[int, int]]], start: tuple[int, int]) -> list[tuple[int, int]]:
    """The corners from `start` around and back, whose edges are taken out; the last edge is left to the `z`."""
    corners, place, before = [start], start, (0, 0)
    while True:
        following = ways[place]
        # Where two areas touch at a corner, each keeps to itself: turn with the clock.
        turn = place[0] - before[1], place[1] + before[0]
        way = turn if turn in following else following[0]
        following.remove(way)
        if not following:
            del ways[place]
        step = way[0] - place[0], way[1] - place[1]
        if step != before and place != start:
            corners.append(place)
        place, before = way, step
        if place == start:
            return corners


def _bits(row: int) -> Iterator[int]:
    while row:
        low = row & -row
        yield low.bit_length() - 1
        row ^= low
