"""What a player says of itself."""

from typing import Literal, NamedTuple

State = Literal["off", "starting", "ready", "silent", "failed"]


class Status(NamedTuple):
    """Whether cues can be heard now, and through what."""

    state: State
    """`off`: not started, or closed. `starting`: the child looks for what plays. `ready`: cues play.
    `silent`: the child found nothing that plays. `failed`: the child does not run."""
    backend: str = ""
    """What plays: `miniaudio`, `simpleaudio`, the name of a program; empty where nothing does."""
    detail: str = ""
    """What stands behind it, or why nothing plays, for a person who asks."""


OFF = Status("off")
