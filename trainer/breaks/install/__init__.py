"""A timer of the system that reminds while no loop is open: what it takes, put in place, and taken away again.

`plan` and `place` are pure: they tell what would be written and run. `working` does it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from trainer.breaks.install import launchd, moments, systemd, tasks
from trainer.breaks.install.model import Command, File, NoHours, NoPlan, Place, Plan, Whose
from trainer.breaks.settings import Breaks
from trainer.text import clean

__all__ = ["Command", "File", "NoHours", "NoPlan", "Place", "Plan", "Whose", "place", "plan"]

_PLACES: dict[str, Callable[[Whose, PurePath, int], Place]] = {
    "linux": systemd.place,
    "darwin": launchd.place,
    "win32": tasks.place,
}


def place(system: str, whose: Whose, folder: PurePath, uid: int = 0) -> Place:
    """Where the timer lies on `system` (as `sys.platform`), and how it is switched off.

    `folder` is where such files go, `uid` the person's number on macOS. Raises `NoPlan` for a system without one.
    """
    if system not in _PLACES:
        raise NoPlan("there is no timer that could be set on this system", "trainer breaks reminds while it is open.")
    return _PLACES[system](whose, folder, uid)


def plan(
    system: str,
    program: tuple[str, ...],
    wishes: Breaks,
    whose: Whose,
    folder: PurePath,
    *,
    uid: int = 0,
    user: str = "",
) -> Plan:
    """Exactly what would be written and run, so that `program` is asked at the moments that `wishes` name.

    `user` is the account on Windows, as `DOMAIN\\name`. Raises `NoHours` where the timer would remind at night,
    `NoPlan` for what cannot be planned.
    """
    here = place(system, whose, folder, uid)
    moments.check(wishes)
    words = (*program, *whose.options, "breaks", "remind")
    if odd := next((word for word in words if clean(word) != word), None):
        raise NoPlan(f"found {odd!r}; allowed: a name without line ends and other control characters")
    if system == "win32":
        return tasks.plan(here, words, wishes, user)
    return systemd.plan(here, words, wishes) if system == "linux" else launchd.plan(here, words, wishes)
