"""Stores what the figures look like now. Look at each change of these files before you keep it.

python tests/figures/store_masks.py [ID ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.figures.masks import FOLDER, drawn, stored, text_of
from tests.figures.posing import IDS, movement


def main(ids: list[str]) -> None:
    """Write the files of these figures, of all where none is named, and take away those of figures that are gone."""
    FOLDER.mkdir(exist_ok=True)
    for id_ in ids or IDS:
        pictures = drawn(movement(id_))
        before = stored(id_)
        (FOLDER / f"{id_}.txt").write_text(text_of(pictures), "utf-8", newline="\n")
        if before != pictures:
            print(f"{id_}: {'changed' if before else 'new'}")
    for path in FOLDER.glob("*.txt"):
        if path.stem not in IDS:
            path.unlink()
            print(f"{path.stem}: gone")


if __name__ == "__main__":
    main(sys.argv[1:])
