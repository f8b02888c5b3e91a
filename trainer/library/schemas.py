"""The JSON Schemas of all kinds of file, for editors. `docs/schemas.py` writes them from the types."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

Kind = Literal["exercise", "routine", "figure"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOLDER = Path(__file__).parent / "schema"


def schema_path(kind: Kind) -> Path:
    """The file that holds the schema of a kind of file."""
    return FOLDER / f"{kind}.json"


def schema_text(kind: Kind) -> str:
    """The schema of a kind of file, as JSON."""
    return schema_path(kind).read_text("utf-8")
