"""What data files cite. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from trainer.library.dose import OWN


class Source(Struct, frozen=True):
    """A text that figures and form come from."""

    title: str
    publisher: str
    article: bool = True
    """Whether it is one of the five articles that the program started from."""
    address: str = ""


SOURCES: dict[str, Source] = {
    "relief": Source("Corrective Exercises for Relief From Back, Neck, and Hip Pain", "article by trainers"),
    "lower-back": Source("Lower Back Corrective Exercises / Back Strengthening Exercises", "article by a coach"),
    "lasting": Source(
        "Corrective Exercise Routines Designed for Lasting Back Pain Relief (21 Jan 2026)",
        "guide by a chiropractic clinic",
    ),
    "imbalance": Source("Muscle imbalance and back pain", "article by a Pilates instructor"),
    "hip-back": Source("Hip and lower back pain: exercises", "guide by a maker of posture aids"),
}
"""By the key that data files cite them with."""

Shelf = Literal["articles", "public bodies", "own"]


def shelf(keys: Iterable[str]) -> Shelf:
    """Where an exercise or routine that cites `keys` belongs: the articles first, then public bodies, then neither."""
    known = [SOURCES[key] for key in keys if key in SOURCES]
    if any(one.article for one in known):
        return "articles"
    return "public bodies" if known else "own"


def title(key: str) -> str:
    """What a source's key stands for, in words."""
    if key == OWN:
        return "chosen by this program"
    source = SOURCES.get(key)
    if source is None:
        return key
    return source.title if source.article else f"{source.title}, {source.publisher}"
