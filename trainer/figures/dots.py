"""A grid of dots, each row one whole number, and the areas that bodies are made of. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Rows = list[int]
"""One number for each row from the top; bit 0 is the leftmost dot."""
Disc = tuple[float, float, float]
"""x, y and radius, in dots."""
Ellipse = tuple[float, float, float, float, float]
"""x, y, and of the matrix that says how wide it is: xx, xy, yy, in dots squared."""
Flat = tuple[float, float]


class Spans:
    """Collects from where to where each row is covered; areas of one shape at a time."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.rows: Rows = [0] * height

    def span(self, y: int, left: float, right: float) -> None:
        """Cover the dots of a row whose middles lie between two places."""
        first, last = max(0, math.ceil(left)), min(self.width - 1, math.floor(right))
        if first <= last:
            self.rows[y] |= ((1 << (last - first + 1)) - 1) << first

    def _range(self, top: float, bottom: float) -> range:
        return range(max(0, math.ceil(top)), min(self.height - 1, math.floor(bottom)) + 1)

    def disc(self, x: float, y: float, radius: float) -> None:
        """A disc."""
        square = radius * radius
        for row in self._range(y - radius, y + radius):
            half = math.sqrt(max(0.0, square - (row - y) ** 2))
            self.span(row, x - half, x + half)

    def ellipse(self, x: float, y: float, xx: float, xy: float, yy: float) -> None:
        """An ellipse."""
        if yy <= 1e-9:
            return
        high = math.sqrt(yy)
        wide = max(0.0, xx - xy * xy / yy)
        for row in self._range(y - high, y + high):
            off = row - y
            half = math.sqrt(wide * max(0.0, 1 - off * off / yy))
            middle = x + xy / yy * off
            self.span(row, middle - half, middle + half)

    def polygon(self, points: Sequence[Flat]) -> None:
        """What lies within straight sides."""
        ys = [point[1] for point in points]
        edges = list(zip(points, [*points[1:], points[0]], strict=True))
        for row in self._range(min(ys), max(ys)):
            crossings = sorted(
                x0 + (row - y0) * (x1 - x0) / (y1 - y0) for (x0, y0), (x1, y1) in edges if (y0 <= row) != (y1 <= row)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=True):
                self.span(row, left, right)

    def limb(self, discs: Sequence[Disc]) -> None:
        """Discs, and what lies between each and the next."""
        for disc in discs:
            self.disc(*disc)
        for (x0, y0, r0), (x1, y1, r1) in pairwise(discs):
            far = math.hypot(x1 - x0, y1 - y0)
            if far <= abs(r0 - r1) + 1e-6:
                continue
            along, aside = math.atan2(y1 - y0, x1 - x0), math.acos((r0 - r1) / far)
            (ca, sa), (cb, sb) = _pair(along + aside), _pair(along - aside)
            self.polygon(
                [
                    (x0 + r0 * ca, y0 + r0 * sa),
                    (x1 + r1 * ca, y1 + r1 * sa),
                    (x1 + r1 * cb, y1 + r1 * sb),
                    (x0 + r0 * cb, y0 + r0 * sb),
                ]
            )


def _pair(angle: float) -> Flat:
    return math.cos(angle), math.sin(angle)


class Layers:
    """Areas drawn one over the other; of each dot it is known which tone it has."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.tones: dict[str, Rows] = {}

    def put(self, tone: str, rows: Rows) -> None:
        """Draw an area over what is there."""
        self.cut(rows, keep=tone)
        own = self.tones.setdefault(tone, [0] * self.height)
        for y, row in enumerate(rows):
            own[y] |= row

    def cut(self, rows: Rows, *, keep: str = "", spared: Iterable[str] = ()) -> None:
        """Clear an area of every tone but `keep` and those that are `spared`."""
        left = {keep, *spared}
        for tone, own in self.tones.items():
            if tone not in left:
                for y, row in enumerate(rows):
                    if row:
                        own[y] &= ~row
