"""Several files put into their places: all of them or none."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from trainer.library.openfolder import OpenFolder
from trainer.text import clean

BACKUP = ".bak"
"""Added to the name of what was replaced."""


class NotWritten(Exception):
    """The system did not take the files."""

    def __init__(self, path: Path, reason: str, stuck: Sequence[Path] = ()) -> None:
        after = "Nothing was changed."
        if stuck:
            after = f"Part of it could not be taken back; look at {clean(', '.join(map(str, stuck)))}."
        self.lines = (f"{clean(str(path))}: {clean(reason).lower()}", after)
        """What happened, and what became of the files."""
        super().__init__(" ".join(self.lines))


class Change:
    """One file on its way into its place."""

    def __init__(self, place: OpenFolder, name: str, data: bytes, *, replace: bool) -> None:
        self.place = place
        self.name = name
        self.replace = replace
        self._data = data
        self._new: str | None = None
        self._old: str | None = None
        self._moved = False

    def stage(self) -> None:
        """Write the new beside, and give the old a second name."""
        status = self.place.status(self.name)
        self._new = self.place.stage(self.name, self._data, status.st_mode if status else None)
        if status is not None and self.replace:
            self._old = self.place.keep(self.name)

    def move(self) -> None:
        """Put the new into its place."""
        assert self._new is not None
        if self._old is None:
            self.place.move_to_new(self._new, self.name)
        else:
            self.place.move(self._new, self.name)
        self._moved = True

    def back_up(self) -> Path | None:
        """Give the old its lasting name."""
        if self._old is None:
            return None
        backup = self.name + BACKUP
        self.place.move(self._old, backup)
        self._old = backup
        return self.place.path / backup

    def undo(self) -> Path | None:
        """Put the old back into its place. Returns the file that the system did not let it undo."""
        if not self._moved:
            return None
        try:
            if self._old is not None:
                self.place.move(self._old, self.name)
            else:
                self.place.remove(self.name)
        except OSError:
            stuck, self._old = self._old or self.name, None  # what is there is the person's now, and stays
            return self.place.path / stuck
        return None

    def clear(self, *, done: bool) -> None:
        """Leave nothing beside."""
        for name in (self._new, None if done else self._old):
            if name is not None:
                with contextlib.suppress(OSError):
                    self.place.remove(name)


def put(changes: Sequence[Change]) -> list[Path]:
    """Make every change or none. Returns where the old is kept.

    Raises OSError where the system refuses, all being as it was; `NotWritten` where it could not be taken back.
    """
    done = False
    try:
        for one in changes:
            one.stage()
        try:
            for one in changes:
                one.move()
            backups = [path for one in changes if (path := one.back_up())]
        except BaseException as error:
            stuck = [path for one in reversed(changes) if (path := one.undo())]
            if stuck:
                raise NotWritten(stuck[0], str(error), stuck) from error
            raise
        done = True
        for one in changes:
            one.place.settle()
        return backups
    finally:
        for one in changes:
            one.clear(done=done)
