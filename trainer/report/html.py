"""A page as HTML: one file that loads nothing, runs nothing and prints on one sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from trainer.report.model import TOP, Cell, Page, Section, Spark, Table
from trainer.text import clean

_WIDTH, _HEIGHT = 100, 22
"""Of a small curve, in its own units."""

_STYLE = """\
:root { color-scheme: light dark; --ink: #1c2024; --quiet: #5a626b; --line: #c9cfd6; --paper: #fff; --curve: #1f5fa8 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --quiet: #a3abb4; --line: #444c56; --paper: #16191d; --curve: #7db4f0 }
}
* { box-sizing: border-box }
body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 0.95rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; margin: 0 0 0.3rem }
h2 { font-size: 1.05rem; margin: 1.2rem 0 0.3rem }
p { margin: 0 0 0.3rem }
ul { margin: 0; padding-left: 1.1rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: 0.2rem 0.7rem 0.2rem 0; text-align: left; vertical-align: top }
thead th { color: var(--quiet); font-weight: normal; white-space: nowrap }
tbody th { font-weight: 600 }
svg { display: block; width: 100px; height: 22px }
svg line { stroke: var(--line); stroke-width: 1 }
polyline { fill: none; stroke: var(--curve); stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round }
circle { fill: var(--curve) }
.quiet, footer { color: var(--quiet) }
footer { border-top: 1px solid var(--line); margin-top: 1.2rem; padding-top: 0.5rem; font-size: 0.85rem }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); column-gap: 2rem }
@media print {
  @page { margin: 10mm 12mm }
  :root { --ink: #000; --quiet: #444; --line: #bbb; --paper: #fff; --curve: #1f5fa8 }
  body { margin: 0; max-width: none; padding: 0; font-size: 8pt; line-height: 1.2 }
  h1 { font-size: 13pt; margin: 0 0 1mm }
  h2 { font-size: 9.5pt; margin: 2mm 0 0.4mm }
  p { margin: 0 0 0.5mm }
  th, td { padding: 0.35mm 2mm 0.35mm 0 }
  tbody th { font-weight: normal }
  svg { width: 20mm; height: 3.6mm }
  footer { margin-top: 1.5mm; padding-top: 0.8mm; font-size: 7.2pt }
  .beside { grid-template-columns: repeat(auto-fit, minmax(55mm, 1fr)); column-gap: 6mm }
  tr, li { break-inside: avoid }
}
"""


def html(page: Page) -> Iterator[str]:
    """Yield the page piece by piece."""
    title = plain(page.title)
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    yield from _paragraphs(page.lines)
    beside = False
    for section in page.sections:
        if section.narrow != beside:
            yield '<div class="beside">\n' if section.narrow else "</div>\n"
            beside = section.narrow
        yield from _section(section)
    if beside:
        yield "</div>\n"
    yield "</main>\n<footer>\n"
    yield from _paragraphs(page.about)
    yield "</footer>\n</body>\n</html>\n"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{plain(section.title)}</h2>\n"
    yield from _paragraphs(section.lines)
    if section.table is not None:
        yield from _table(section.table)
    if section.items:
        yield "<ul>\n"
        yield from (f"<li>{plain(item)}</li>\n" for item in section.items)
        yield "</ul>\n"
    if section.after:
        yield f'<p class="quiet">{plain(section.after)}</p>\n'
    yield "</section>\n"


def _paragraphs(lines: tuple[str, ...]) -> Iterator[str]:
    yield from (f"<p>{plain(line)}</p>\n" for line in lines)


def _table(table: Table) -> Iterator[str]:
    yield "<table>\n<thead><tr>"
    yield from (f'<th scope="col">{plain(name)}</th>' for name in table.head)
    yield "</tr></thead>\n<tbody>\n"
    for first, *others in table.rows:
        cells = "".join(f"<td>{_cell(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{_cell(first)}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _cell(cell: Cell) -> str:
    return _curve(cell) if isinstance(cell, Spark) else plain(cell)


def _curve(spark: Spark) -> str:
    """A curve, broken where a week has no value. What it shows is said in words beside it, so that nobody needs it."""
    step = (_WIDTH - 4) / max(1, len(spark.values) - 1)
    parts: list[list[str]] = [[]]
    for number, value in enumerate(spark.values):
        if value is None:
            parts.append([])
            continue
        parts[-1].append(f"{2 + number * step:.1f},{1 + (_HEIGHT - 3) * (1 - value / TOP):.1f}")
    drawn = "".join(map(_part, filter(None, parts)))
    floor = f'<line x1="0" y1="{_HEIGHT - 1}" x2="{_WIDTH}" y2="{_HEIGHT - 1}"/>'
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">{floor}{drawn}</svg>'


def _part(points: list[str]) -> str:
    if len(points) > 1:
        return f'<polyline points="{" ".join(points)}"/>'
    x, y = points[0].split(",")
    return f'<circle cx="{x}" cy="{y}" r="1.2"/>'


def plain(text: str) -> str:
    """Text on one line that shows as it is."""
    return escape(clean(text))
