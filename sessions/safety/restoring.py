"""Putting a whole logbook in the place of the present one, which is set aside untouched."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from sessions.creating import create
from sessions.errors import DamagedLogbook, LogbookBusy, LogbookError, NotALogbook, translated
from sessions.files import (
    COMPANIONS,
    make_private,
    not_written,
    place_new,
    staged,
    sweep,
    sync_file,
    sync_folder,
    write_whole,
)
from sessions.opening import IN_PROCESS, connect, is_there
from sessions.safety.backups import copy_logbook, prove
from sessions.safety.keeping import stamp

Why: TypeAlias = Literal["damaged", "before-restore"]
"""What the file that is set aside is called: `logbook.damaged-20261121T180905Z.sqlite`."""
_CHUNK = 1 << 20


def restore(
    path: Path,
    backup: Path | None,
    *,
    why: Why,
    at_ms: int,
    random: Callable[[int], bytes],
    prepare: Callable[[Path], object],
) -> Path | None:
    """Put a copy of `backup`, or a new logbook where that is None, in the place of the logbook at `path`.

    `prepare` is called with the copy's passing path before anybody else sees it. It has to give it a device id of its
    own (`Logbook.renew_device`: the logbook that goes may have stored facts which the backup does not know), and may
    carry facts over. The copy is proven before and after. What stood at `path`, with all that SQLite left beside it, is
    then found under a name with `why` and `at_ms` (UTC) in it, which is returned; None where nothing stood there.

    Killed at any moment, there is the old logbook or the new one at `path`, and no fact that either held is gone.
    Raises `DamagedLogbook` where the backup does not prove itself, `LogbookBusy` where another program is writing, and
    `LogbookUnwritable`; all is then as it was. The logbook at `path` must not be open in this process.
    """
    # A link that the person made stays one.
    path = Path(os.path.realpath(path))
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotALogbook(f"{path} is no ordinary file, so no logbook can take its place; move it away.")
    try:
        make_private(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    with staged(path) as beside:
        if backup is None:
            os.unlink(beside)
            create(beside, random)
        else:
            _copy_proven(backup, beside)
        prepare(beside)
        if not prove(beside).holds:
            raise DamagedLogbook(f"What was to take the place of {path} does not prove itself; nothing was changed.")
        with IN_PROCESS, translated(path):
            sync_file(beside)
            aside = _swap(beside, path, f"{why}-{stamp(at_ms)}")
        sweep(path, path)
    return aside


def _copy_proven(backup: Path, beside: Path) -> None:
    if not is_there(backup):
        raise NotALogbook(f"There is no backup at {backup}; name another one.")
    proof = prove(beside, copy_logbook(backup, beside))
    if not proof.holds:
        raise DamagedLogbook(
            f"The backup {backup} does not prove itself ({'; '.join(proof.problems)}); nothing was changed, "
            "choose another one."
        )


def _swap(beside: Path, path: Path, called: str) -> Path | None:
    """Set aside what is at `path` and put `beside` there.

    The present file gets a second name and is then replaced, so that there is a logbook at `path` at every moment.
    """
    with ExitStack() as held:
        _hold_writers_off(path, held)
        old = [suffix for suffix in ("", *COMPANIONS) if os.path.lexists(f"{path}{suffix}")]
        aside = _free_name(path, called)
        moved: list[str] = []
        try:
            if "" in old:
                _second_name(path, aside, held)
                moved.append("")
            # A journal that SQLite could not put back belongs to the old file. Beside the new one it would destroy it.
            for suffix in old:
                if suffix:
                    os.rename(f"{path}{suffix}", f"{aside}{suffix}")
                    moved.append(suffix)
            sync_folder(path.parent)
            if os.name == "nt":
                held.close()  # no file that is open can be replaced there
            (os.replace if "" in old else place_new)(beside, path)
            sync_folder(path.parent)
        except BaseException:
            # Not once the new one is in its place: what it replaced has one name only then.
            if os.path.lexists(beside) and os.path.lexists(path) == ("" in old):
                _undo(path, aside, moved)
            raise
    return aside if "" in old else None


def _undo(path: Path, aside: Path, moved: list[str]) -> None:
    for suffix in moved:
        with suppress(OSError):
            if suffix:
                os.rename(f"{aside}{suffix}", f"{path}{suffix}")
            else:
                os.unlink(aside)


def _hold_writers_off(path: Path, held: ExitStack) -> None:
    """Let no other program write from here on; SQLite puts back what was left half written, where it can."""
    try:
        if not is_there(path):
            return
        with translated(path):
            connection = connect(path, "rw")
            held.callback(connection.close)
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
    except LogbookBusy:
        raise
    except LogbookError:
        # So damaged that nobody can write to it.
        return


def _free_name(path: Path, called: str) -> Path:
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.{called}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not any(os.path.lexists(f"{aside}{suffix}") for suffix in ("", *COMPANIONS)):
            return aside
        number += 1


def _second_name(path: Path, aside: Path, held: ExitStack) -> None:
    try:
        os.link(path, aside)
    except FileExistsError:
        raise
    except OSError:
        # This file system has no hard links. Closing the file would free the lock on it (POSIX).
        file = held.enter_context(path.open("rb"))
        write_whole(aside, _chunks(file), replace=False)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
