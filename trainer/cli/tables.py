"""Tables for a terminal. The one part of the commands that loads Rich."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trainer.cli import chart, streams
from trainer.text import clean


def say_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, wide: int = 0) -> None:
    """Print a table. The column numbered `wide` takes the room that is left. Every cell is cleaned, and plain text."""
    console = Console(
        file=sys.stdout,
        width=streams.width(),
        color_system="standard" if streams.coloured(sys.stdout) else None,
        force_terminal=streams.coloured(sys.stdout),
        markup=False,
        emoji=False,
        highlight=False,
    )
    plain = chart.ascii_only()
    table = Table(box=box.ASCII if plain else box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, overflow="fold", ratio=1 if number == wide else None)
    for row in rows:
        cells = (clean(cell) for cell in row)
        table.add_row(*(Text(chart.as_ascii(cell) if plain else cell) for cell in cells))
    console.print(table)
