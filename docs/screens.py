"""Screens that Textual exported as one SVG, still or moving, without fonts from elsewhere.

Blocks and grounds are drawn as shapes. What moves does so by CSS alone, so that it does in a page's `<img>`; where
motion is reduced, or nothing is animated, one frame stands still.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from msgspec import Struct

from docs.outlines import ACROSS, BLOCKS, DOWN, Area

CELL_W, CELL_H = 12.2, 24.4
"""Of Rich's picture format."""
_LEFT, _TOP, _RIGHT, _BOTTOM = 9.0, 42.0, 9.0, 9.0
"""The window's edge around the cells."""
_BASELINE = 18.5
_FONTS = "Menlo, Consolas, DejaVu Sans Mono, monospace"
_SQUARE = f"scale({CELL_W / ACROSS:g} {CELL_H / DOWN:g})"

_STYLE = re.compile(r"\.terminal-[\w-]+-(r\d+) \{ ([^}]*?);? \}")
_TEXT = re.compile(r'<text class="terminal-[\w-]+-(r\d+)" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')
_GROUND = re.compile(r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+" shape-rendering')
_FILL = re.compile(r"fill: (#\w+)")


class Screen(Struct, frozen=True):
    """What stands on a screen."""

    columns: int
    lines: int
    ground: str
    """The colour behind most of it."""
    shapes: tuple[str, ...]
    """Blocks and grounds of each colour, as elements in dots."""
    texts: tuple[str, ...]
    """The rest, as elements in cells' measures."""


def read(svg: str) -> Screen:
    """The screen in a picture that Textual exported."""
    styles = dict(_STYLE.findall(svg))
    cells = [(int(float(x) / CELL_W + 0.5), _line(y, 1.5), int(float(w) / CELL_W + 0.5), fill) for fill, x, y, w in
             _GROUND.findall(svg)]  # fmt: skip
    columns = max(column + wide for column, _, wide, _ in cells)
    lines = 1 + max(line for _, line, _, _ in cells)
    share: dict[str, int] = {}
    for _, _, wide, fill in cells:
        share[fill] = share.get(fill, 0) + wide
    ground = max(share, key=lambda fill: share[fill])
    areas: dict[str, Area] = {}

    def cover(fill: str, column: int, line: int, dots: Sequence[int]) -> None:
        for other in areas.values():
            other.put(column, line, [*map(int.__and__, _cut(other, column, line), (~bits for bits in dots))])
        if fill != ground:
            area = areas.setdefault(fill, Area(lines))
            area.put(column, line, [*map(int.__or__, _cut(area, column, line), dots)])

    for column, line, wide, fill in cells:
        if fill != ground:
            for along in range(wide):
                cover(fill, column + along, line, BLOCKS["█"])
    texts = []
    for name, x, y, escaped in _TEXT.findall(svg):
        style, text = styles[name], html.unescape(escaped).replace("\xa0", " ")
        column, line = int(float(x) / CELL_W + 0.5), _line(y, 20)
        if set(text) <= set(BLOCKS):
            fill = _FILL.search(style)
            assert fill is not None
            for along, char in enumerate(text):
                if char != " ":
                    cover(fill[1], column + along, line, BLOCKS[char])
        elif text.strip():
            texts.append(_text(style, column, line, text))
    shapes = tuple(f'<path fill="{fill}" d="{path}"/>' for fill, area in areas.items() if (path := area.path()))
    return Screen(columns, lines, ground, shapes, tuple(texts))


def _line(y: str, first: float) -> int:
    return int((float(y) - first) / CELL_H + 0.5)


def _cut(area: Area, column: int, line: int) -> list[int]:
    """The dots of a cell that an area covers."""
    own = (1 << ACROSS) - 1
    return [row >> column * ACROSS & own for row in area.rows[line * DOWN : (line + 1) * DOWN]]


def _text(style: str, column: int, line: int, text: str) -> str:
    bare = text.rstrip()
    column += len(bare) - len(bare.lstrip())
    bare = bare.lstrip()
    place = f'x="{column * CELL_W:g}" y="{line * CELL_H + _BASELINE:g}" textLength="{len(bare) * CELL_W:g}"'
    return f'<text style="{style}" {place}>{html.escape(bare, quote=False).replace(" ", "&#160;")}</text>'


# --- one picture of them -------------------------------------------------------------------------


def still(screen: Screen, title: str) -> str:
    """The picture of one screen."""
    return _picture([screen], [1.0], 0, title)


def moving(screens: Sequence[Screen], seconds: Sequence[float], shown: int, title: str) -> str:
    """The picture of screens that follow each other, each for so long; `shown` is that which may stand for all."""
    return _picture(screens, seconds, shown, title)


def _picture(screens: Sequence[Screen], seconds: Sequence[float], shown: int, title: str) -> str:
    one = screens[0]
    width, height = one.columns * CELL_W, one.lines * CELL_H
    full = width + _LEFT + _RIGHT, height + _TOP + _BOTTOM
    rules = [
        f"text{{font-family:{_FONTS};font-size:20px;white-space:pre}}",
        ".title{font:bold 18px Arial,sans-serif}",
        "path{shape-rendering:crispEdges}",
    ]
    shapes = _layer([screen.shapes for screen in screens], seconds, shown, "s", rules)
    texts = _layer([screen.texts for screen in screens], seconds, shown, "t", rules)
    if len(screens) > 1:
        rules.append("@media (prefers-reduced-motion:reduce){g{animation:none!important}}")
    styles: dict[str, str] = {}

    def short(match: re.Match[str]) -> str:
        name = styles.setdefault(match[1], f"r{len(styles) + 1}")
        return f'<text class="{name}"'

    texts = re.sub(r'<text style="([^"]*)"', short, texts)
    rules += [f".{name}{{{style.replace(': ', ':')}}}" for style, name in styles.items()]
    lights = "".join(
        f'<circle cx="{26 + 22 * number}" cy="22" r="7" fill="{fill}"/>'
        for number, fill in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    return "\n".join(
        [
            f'<svg class="screen" viewBox="0 0 {full[0]:g} {full[1]:g}" xmlns="http://www.w3.org/2000/svg">',
            "<style>",
            *rules,
            "</style>",
            f'<rect fill="#292929" stroke="#fff" stroke-opacity=".35" x="1" y="1" width="{full[0] - 2:g}"'
            f' height="{full[1] - 2:g}" rx="8"/>{lights}',
            f'<text class="title" fill="#c5c8c6" text-anchor="middle" x="{full[0] / 2:g}" y="27">{title}</text>',
            f'<g transform="translate({_LEFT:g} {_TOP:g})">',
            f'<rect fill="{one.ground}" width="{width:g}" height="{height:g}"/>',
            f'<g transform="{_SQUARE}">\n{shapes}\n</g>',
            f"<g>\n{texts}\n</g>",
            "</g>",
            "</svg>",
            "",
        ]
    )


def _layer(frames: Sequence[Sequence[str]], seconds: Sequence[float], shown: int, name: str, rules: list[str]) -> str:
    """Each element once, in a group with all that is there in the same frames."""
    there: dict[str, list[int]] = {}
    for number, elements in enumerate(frames):
        for element in elements:
            there.setdefault(element, []).append(number)
    groups: dict[tuple[int, ...], list[str]] = {}
    for element, numbers in there.items():
        groups.setdefault(tuple(numbers), []).append(element)
    parts = []
    for count, (numbers, elements) in enumerate(groups.items()):
        if len(numbers) == len(frames):
            parts.append("\n".join(elements))
            continue
        rules += _rules(f"{name}{count}", numbers, seconds, shown)
        parts.append(f'<g class="{name}{count}">\n' + "\n".join(elements) + "\n</g>")
    return "\n".join(parts)


def _rules(name: str, numbers: Sequence[int], seconds: Sequence[float], shown: int) -> list[str]:
    """When a group is seen."""
    whole, passed, before, steps = sum(seconds), 0.0, None, []
    for number, long in enumerate(seconds):
        seen = number in numbers
        if seen != before:
            steps.append(f"{100 * passed / whole:.3g}%{{visibility:{'visible' if seen else 'hidden'}}}")
        before, passed = seen, passed + long
    usual = "visible" if shown in numbers else "hidden"
    return [
        f".{name}{{visibility:{usual};animation:{name} {whole:g}s step-end infinite}}",
        f"@keyframes {name}{{{''.join(steps)}}}",
    ]
