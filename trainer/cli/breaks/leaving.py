"""What breaks leave beside a logbook, for whoever erases it: small files, and the timer that was installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trainer.breaks.due import NAME
from trainer.breaks.install.model import NoPlan
from trainer.breaks.lock import LOCK, SEEN, Place
from trainer.cli.breaks.timer import placed
from trainer.cli.errors import Refusal

if TYPE_CHECKING:
    from trainer.paths import Paths

BESIDE = (LOCK, SEEN, NAME)
"""Names of files in the logbook's folder."""


def refuse_open(paths: Paths, command: str) -> None:
    """Raise `Refusal` where a loop is open, which would write anew what is removed."""
    holder = Place(paths.home).holder()
    if holder is not None:
        which = f" (process {holder})" if holder else ""
        raise Refusal(f"{command}: trainer breaks is open{which}", "Close it first. Nothing was removed.", status=1)


def timer_files(paths: Paths) -> list[Path]:
    """The files of this person's timer, empty where there is none. Runs nothing."""
    from trainer.breaks.install.working import installed

    try:
        return list(installed(placed(paths)).there)
    except NoPlan:
        return []


def take_timer_away(paths: Paths) -> list[str]:
    """Switch this person's timer off and remove its files; what did not work, each in a sentence."""
    from trainer.breaks.install.working import take_away

    try:
        trouble = take_away(placed(paths)).trouble
    except NoPlan:
        return []
    still = "Where the system could not be asked, a timer that it still holds ends with the next login."
    return [*trouble, still] if trouble else []
