"""Which backups there are, going by their names, and which of them are kept. Pure.

An ordinary backup is called `logbook-20261121T180905Z.sqlite`, by its moment in UTC. One that was made before the file
was brought to a newer form has `-form-2` in its name, the form that it still has, and `-unproven` where not all of it
could be proven. A number behind tells apart what would bear one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

_DAY_MS = 86_400_000
_ALL_DAYS = 2
"""Of today and of so many days before, everything is kept: two days at the least."""
_DAILY_DAYS = 14
_WEEKLY_DAYS = 56
_MONDAY = 3
"""Days from a Monday to the first day of 1970, a Thursday."""
_NAME = re.compile(
    r"logbook-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-form-(\d{1,9})(-unproven)?)?(?:-(\d{1,9}))?\.sqlite", re.ASCII
)


class Backup(Struct, frozen=True):
    """A backup, as its name tells of it."""

    path: Path
    at_ms: int
    """When it was made: milliseconds since 1970, UTC, in whole seconds."""
    size_bytes: int
    form: int | None = None
    """The form of a file that was about to be brought to a newer one; None for an ordinary backup."""
    proven: bool = True
    """Whether all of it was proven when it was made. Only what was copied before a change of form may not be."""
    number: int = 1
    """Tells apart those of one second."""

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands in time."""
        return (self.at_ms, self.number)

    @property
    def ordinary(self) -> bool:
        """Whether it is one of those that are thinned."""
        return self.form is None


def stamp(at_ms: int) -> str:
    """Return a moment as it stands in names: `20261121T180905Z`."""
    return datetime.fromtimestamp(at_ms // 1_000, UTC).strftime("%Y%m%dT%H%M%SZ")


def name_of(at_ms: int, form: int | None = None, *, proven: bool = True, number: int = 1) -> str:
    """Return the name of a backup."""
    what = "" if form is None else f"-form-{form}{'' if proven else '-unproven'}"
    return f"logbook-{stamp(at_ms)}{what}{f'-{number}' if number > 1 else ''}.sqlite"


def read_name(path: Path, size_bytes: int) -> Backup | None:
    """Return the backup that a file is by its name; None where it is something else."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    *moment, form, unproven, number = found.groups()
    try:
        at = datetime(*map(int, moment), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
    return Backup(
        path,
        int(at.timestamp()) * 1_000,
        size_bytes,
        None if form is None else int(form),
        unproven is None,
        1 if number is None else int(number),
    )


def to_thin(backups: Iterable[Backup], now_ms: int) -> list[Backup]:
    """Return the ordinary backups that are no longer needed, oldest first.

    All of the last two days are kept, then the newest of each day for two weeks, of each week for eight, and of each
    month for ever; days are those of UTC. What is the newest of its month today will be tomorrow, so that thinning
    often and thinning once end with the same. Never among the answer: the newest of all, whatever is called later than
    now (the clock was wrong once), and what was copied before a change of form.
    """
    kept: set[tuple[str, int]] = set()
    gone = []
    for backup in sorted((one for one in backups if one.ordinary), key=lambda one: one.order, reverse=True):
        if backup.at_ms > now_ms:
            continue
        day = backup.at_ms // _DAY_MS
        age_days = now_ms // _DAY_MS - day
        month = datetime.fromtimestamp(backup.at_ms // 1_000, UTC)
        spans = {("month", month.year * 12 + month.month)}
        if age_days <= _WEEKLY_DAYS:
            spans.add(("week", (day + _MONDAY) // 7))
        if age_days <= _DAILY_DAYS:
            spans.add(("day", day))
        if spans <= kept and age_days > _ALL_DAYS:
            gone.append(backup)
        kept |= spans
    return gone[::-1]
