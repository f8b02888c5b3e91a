"""What the figures that ship look like, as text: small pictures of their key poses and of two moments on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from trainer.figures.canvas import draw
from trainer.figures.movement import Movement

FOLDER = Path(__file__).parent / "masks"
ACROSS, DOWN = 40, 14
"""Cells; the guide's usual room. A cell is one letter wide and two high."""
LETTERS = {
    "work": "W",
    "work_far": "w",
    "near": "n",
    "far": "f",
    "trunk": "t",
    "hair": "h",
    "eye": "e",
    "prop": "p",
    "floor": " ",
}
BODY, WORK, PROP = frozenset("Wwnfthe"), frozenset("Ww"), frozenset("p")
LEAST = {BODY: 0.96, WORK: 0.93, PROP: 0.9}
"""Which share of what one of two pictures covers both have to cover."""
FEW = 3
"""Letters that may differ all the same: a thing of few letters has a large edge."""

Mask = tuple[str, ...]


def moments(movement: Movement) -> Iterator[tuple[str, int, float]]:
    """The key poses, and two moments on the way: what each is called, its pose and its share of the way."""
    poses = movement.figure.pose
    for number, pose in enumerate(poses):
        yield pose.name, number, 1.0
    if len(poses) > 1:
        goal = movement.goal or 1
        yield f"on the way to {poses[goal].name}", goal, 0.4
        yield f"on the way to {poses[0].name}", 0, 0.7


def mask(movement: Movement, pose: int, share: float) -> Mask:
    """A moment as lines of letters."""
    across, down = movement.size(ACROSS, DOWN)
    name = movement.figure.pose[pose].name
    layers = draw(movement.body(pose, share), movement.drawing(pose), movement.box, across, down, 1, pose=name)
    lines = []
    for y in range(layers.height):
        letters = [" "] * layers.width
        for tone, rows in layers.tones.items():
            for x in range(layers.width):
                if rows[y] >> x & 1:
                    letters[x] = LETTERS[tone]
        lines.append("".join(letters).rstrip())
    return tuple(lines)


def drawn(movement: Movement) -> dict[str, Mask]:
    """All pictures of a figure."""
    return {name: mask(movement, pose, share) for name, pose, share in moments(movement)}


def stored(id_: str) -> dict[str, Mask]:
    """The pictures that are stored of a figure; none where nobody has stored any."""
    path = FOLDER / f"{id_}.txt"
    found: dict[str, Mask] = {}
    name, lines = "", list[str]()
    for line in (*(path.read_text("utf-8").splitlines() if path.exists() else ()), "== "):
        if line.startswith("== "):
            if name:
                found[name] = tuple(lines)
            name, lines = line[3:], []
        else:
            lines.append(line)
    return found


def text_of(pictures: dict[str, Mask]) -> str:
    """Pictures as `stored` reads them."""
    return "".join("\n".join((f"== {name}", *lines, "")) for name, lines in pictures.items())


def differing(before: Mask, now: Mask) -> str:
    """In what two pictures of a moment differ by more than an edge; empty where they do not."""
    if len(before) != len(now):
        return f"{len(now)} lines instead of {len(before)}"
    for letters, what in ((BODY, "the body"), (WORK, "what works"), (PROP, "the things beside it")):
        both = either = 0
        for old, new in zip(before, now, strict=True):
            a, b = ({x for x, letter in enumerate(line) if letter in letters} for line in (old, new))
            both, either = both + len(a & b), either + len(a | b)
        if both < LEAST[letters] * either and either - both > FEW:
            return f"{what} covers {both / either:.0%} of the same letters"
    return ""
