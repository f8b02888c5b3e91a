"""`trainer sync`, and what happens at each start and end where a folder was kept for it."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from trainer.charts.numbers import many
from trainer.cli import streams
from trainer.cli.asked import shown
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, open_logbook
from trainer.paths import PEOPLE, Paths
from trainer.trouble import with_way_out

if TYPE_CHECKING:
    from sessions.exchange.syncing import Synced
    from sessions.logbook import Logbook
    from trainer.settings import Settings

_LONGEST = 1_000
"""Characters of a folder that the settings hold."""

RENEWED = "This logbook is a copy of another one, or came from a backup: it goes on as a device of its own."


def run(args: Namespace) -> int:
    """Sync once; keep the folder, or no longer."""
    from trainer.settings import load

    paths = known_paths(args)
    settings = load(paths.settings)
    if args.off:
        if args.keep or args.folder is not None:
            raise Refusal("sync: --off goes alone")
        return _keep_off(paths, settings)
    chosen = _folder(args, settings)
    try:
        with open_logbook(paths, settings) as logbook:
            found = sync_with(logbook, chosen, paths)
    except LogbookError as error:
        raise Refusal(*with_way_out(error, paths), status=1) from None
    tell(found)
    if args.keep:
        _keep(paths, settings, str(chosen))
        streams.say("From now on it syncs at each start and end. trainer sync --off ends that.")
    return 1 if found.trouble else 0


def _folder(args: Namespace, settings: Settings) -> Path:
    """The folder that is there. Raises `Refusal`."""
    named: str | None = args.folder
    if named is None and not settings.sync_folder:
        raise Refusal("sync: no folder is named, and none was kept", "trainer sync FOLDER syncs with one.")
    folder = settings.sync_folder or "" if named is None else named
    status = 1 if named is None else 2
    try:
        chosen = Path(folder).expanduser().absolute()
    except RuntimeError:  # the home folder of nobody
        raise Refusal(f"sync: found {shown(folder)}; allowed: a folder that is there", status=status) from None
    if not folder or not os.path.isdir(chosen):  # unlike Path.is_dir, this takes any name
        what = ", which is a file" if folder and os.path.lexists(chosen) else ""
        raise Refusal(f"sync: found {shown(folder)}{what}; allowed: a folder that is there", status=status)
    if args.keep and len(str(chosen)) > _LONGEST:
        raise Refusal(f"sync: a folder of {len(str(chosen)):,} characters cannot be kept; allowed: up to {_LONGEST:,}")
    return chosen


def _keep(paths: Paths, settings: Settings, folder: str | None) -> None:
    from trainer.settings import save

    try:
        save(paths.settings, settings, sync_folder=folder)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise Refusal(f"sync: {paths.settings} was not written: {why.lower()}", status=1) from None


def _keep_off(paths: Paths, settings: Settings) -> int:
    if settings.sync_folder is not None:
        _keep(paths, settings, None)
    streams.say("It no longer syncs by itself. What is in the folder stays there.")
    return 0


def sync_with(logbook: Logbook, folder: Path, paths: Paths) -> Synced:
    """Sync through a folder. A person with a name has a folder of their own in it, so that two histories never mix."""
    from sessions.exchange.syncing import sync

    if paths.person and folder.is_dir():
        from sessions.files import make_private

        folder = folder / PEOPLE / paths.person
        try:
            make_private(folder)
        except OSError as error:
            raise LogbookError(f"{folder} cannot be made: {(error.strerror or str(error)).lower()}.") from error
    return sync(logbook, folder, random=os.urandom)


def tell(found: Synced) -> None:
    """Say what came of it."""
    took = f"Took in {many(found.took, 'fact')} from {many(found.files, 'file')}."
    lines = [took if found.took else "Nothing new came in."]
    lines += ["Wrote what is new here." if found.wrote else "Nothing new here to write."]
    if found.renewed:
        lines.append(RENEWED)
    if found.bad_lines:
        lines.append(
            f"{many(found.bad_lines, 'line')} could not be read or proved. What stood there comes again, whole, "
            "when its own machine syncs."
        )
    if found.conflicts:
        ids = "1 id stands" if len(found.conflicts) == 1 else f"{len(found.conflicts):,} ids stand"
        lines.append(f"{ids} for different facts. All are kept; trainer log verify says more.")
    streams.say_lines([*lines, *found.trouble])
