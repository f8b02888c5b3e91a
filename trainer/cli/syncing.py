"""`trainer sync`, and what happens at each start and end where a folder was kept for it."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.lay import wrap
from trainer.cli.make import find_paths, open_logbook
from trainer.paths import HOMELESS, PEOPLE, WAY_OUT, Paths

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from sessions.syncing import Synced


def run(args: Namespace) -> int:
    """Sync once; keep the folder, or no longer."""
    from trainer.settings import load, save

    paths = find_paths(args)
    if not paths.known:
        raise Refusal(HOMELESS, WAY_OUT)
    settings = load(paths.settings)
    if args.off:
        if args.keep or args.folder:
            raise Refusal("sync: --off goes alone")
        return _keep_off(paths)
    folder = args.folder or settings.sync_folder
    if not folder:
        raise Refusal("sync: no folder is named, and none was kept", "trainer sync FOLDER syncs with one.")
    chosen = Path(folder).expanduser().absolute()
    try:
        with open_logbook(paths, settings) as logbook:
            found = sync_with(logbook, chosen, paths)
    except LogbookError as error:
        raise Refusal(error.message, status=1) from None
    tell(found)
    if args.keep:
        try:
            save(paths.settings, settings, sync_folder=str(chosen))
        except (OSError, ValueError) as error:
            raise Refusal(f"sync: the folder could not be kept: {error}", status=1) from None
        streams.say("From now on it syncs at each start and end. trainer sync --off ends that.")
    return 1 if found.trouble else 0


def _keep_off(paths: Paths) -> int:
    from trainer.settings import load, save

    try:
        save(paths.settings, load(paths.settings), sync_folder=None)
    except (OSError, ValueError) as error:
        raise Refusal(f"sync: the settings could not be written: {error}", status=1) from None
    streams.say("It no longer syncs by itself. What is in the folder stays there.")
    return 0


def sync_with(logbook: Logbook, folder: Path, paths: Paths) -> Synced:
    """Sync through a folder. A person with a name has a folder of their own in it, so that two histories never mix."""
    from sessions.syncing import sync

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
    lines = [f"Took in {found.took:,} facts from {found.files} files." if found.took else "Nothing new came in."]
    lines += ["Wrote what is new here." if found.wrote else "Nothing new here to write."]
    if found.renewed:
        lines.append("This logbook is a copy of another one, or came from a backup: it goes on as a device of its own.")
    if found.bad_lines:
        lines.append(
            f"{found.bad_lines:,} lines could not be read or did not prove themselves. They come again, whole, when "
            "their own machine syncs."
        )
    if found.conflicts:
        lines.append(f"{len(found.conflicts)} ids stand for two different facts; both are kept. trainer log verify.")
    for line in (*lines, *found.trouble):
        for one in wrap(line, streams.width()):
            streams.say(one)
