"""What is asked of a search for sessions. Pure."""

from __future__ import annotations

from msgspec import Struct


class Wanted(Struct, frozen=True):
    """What a session has to fulfil, all of it; what is empty asks for nothing."""

    words: str = ""
    """Each word has to be part of a name of its routine, activity or exercises, or of a note."""
    routine: str = ""
    """Id of its routine."""
    exercise: str = ""
    """Id of an exercise that was done or rated in it."""
    since: str = ""
    """The first local day, as `2026-03-01`."""
    until: str = ""
    """The last local day."""
    pain_from: int | None = None
    """The least that its highest rating is, 0 to 10."""
