"""Poses for the tests of figures: hand-made ones, any that Hypothesis draws, and those that ship."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli
from hypothesis import strategies as st

from trainer.figures.body import LIMBS
from trainer.figures.model import Figure
from trainer.figures.movement import Movement
from trainer.figures.reading import read
from trainer.figures.skeleton import Body, solve
from trainer.figures.stance import TURNS, Free, Pinned, Stance, stances
from trainer.library.shelf import SHIPPED, Library

LIBRARY = Library()
FILES = sorted((SHIPPED / "figures").glob("*.toml"))
IDS = [path.stem for path in FILES]

every_figure = pytest.mark.parametrize("id_", IDS)

STANDING = {
    "anchor": "pelvis",
    "at": [0, 52.4],
    "legs": {"upper": 270, "lower": 270},
    "arms": {"upper": 270, "lower": 270},
}
"""Upright, seen from the side, the arms hanging."""


@cache
def shipped(id_: str) -> Figure:
    """The figure of a shipped exercise."""
    figure = read(LIBRARY, id_)
    assert figure is not None
    return figure


@cache
def movement(id_: str, *, mirror: bool = False) -> Movement:
    """The movement of a shipped exercise."""
    return Movement(shipped(id_), mirror=mirror)


@cache
def table(path: Path) -> dict[str, Any]:
    """What stands in a pose file."""
    return tomli.loads(path.read_text("utf-8"))


def figure_of(*poses: dict[str, Any], **more: Any) -> Figure:
    """A figure of these poses, named `1`, `2` and so on where they have no name."""
    named = [{"name": str(number), **pose} for number, pose in enumerate(poses, 1)]
    return msgspec.convert({"id": "any", "alt": "Any.", "pose": named, **more}, Figure)


def taken(*poses: dict[str, Any]) -> list[Stance]:
    """The stances of these poses."""
    return stances(figure_of(*poses))


def body_of(**pose: Any) -> Body:
    """The body that stands upright, but for what is named."""
    return solve(taken({**STANDING, **pose})[0])


# --- any pose ------------------------------------------------------------------------------------

degrees = st.integers(-36, 72).map(lambda ten: ten * 10.0) | st.floats(-360, 720)
tilts = st.sampled_from([0.0, 0.0, 90.0, -90.0]) | st.floats(-90, 90)
slants = st.tuples(degrees, tilts)
spread = st.none() | st.floats(0, 1)
free = st.builds(Free, slants, slants, st.none() | slants, spread)
within = st.floats(-60, 60)
places = st.tuples(within, within, within)
pinned = st.builds(Pinned, places, slants, st.none() | slants, st.just(""), spread)
trunk = st.sampled_from(["pelvis", "chest", "head", "nose"])
on_the_body = st.builds(Pinned, places, slants, st.none() | slants, trunk, spread)
between_joints = st.builds(
    Pinned, places, slants, st.none() | slants, trunk, spread, st.sampled_from(["pelvis", "head"]), st.floats(0, 1)
)
limbs = free | pinned | on_the_body | between_joints
small = st.floats(-60, 60)
turns = st.fixed_dictionaries({key: degrees if key in ("torso", "roll") else small for key in TURNS})
any_stance = st.builds(
    Stance,
    st.sampled_from(["pelvis", "chest", "head", "right_hip", "left_shoulder"]),
    places,
    turns,
    st.tuples(st.floats(-4, 4), st.floats(-4, 4)),
    st.fixed_dictionaries(dict.fromkeys(LIMBS, limbs)),
    st.sampled_from(["open", "closed"]),
    st.sampled_from(["in-out", "linear", "in", "out", "breath"]),
)
