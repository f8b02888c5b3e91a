"""`trainer log erase`: removes what is kept of a person, for good, once they have typed their name."""

from __future__ import annotations

import os
import stat
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sessions.errors import LogbookError
from trainer.charts.numbers import many
from trainer.cli import asking, streams
from trainer.cli.errors import Refusal
from trainer.cli.make import YOURSELF, known_paths
from trainer.cli.trust import in_words
from trainer.paths import DATA_DIR_VARIABLE, PEOPLE, Paths, person
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.safety.belongings import Belongings
    from trainer.settings import Settings

_UNSAVED = "trainer-unsaved-"
"""How the names begin of files into which went what no logbook took."""
_LONGEST_BYTES = 10_000_000


class Found(Struct):
    """All that is to go, and what is not."""

    belongings: Belongings
    unsaved: list[Path]
    """What no logbook took of this person."""
    unclear: list[Path]
    """What no logbook took of somebody here, nobody can tell of whom."""
    settings: list[Path]
    timer: list[Path]
    """What `trainer breaks install` wrote for this person."""

    def groups(self) -> Iterator[tuple[str, list[Path]]]:
        """Yield the files by what they are, in the order in which they go: the logbook last."""
        one = self.belongings
        yield "The timer that reminds of breaks", self.timer
        yield "Written into folders that were synced with", one.synced
        yield "What could not be saved, in the temporary folder", self.unsaved
        yield "Set aside, or left half done", one.set_aside
        yield "Backups", one.backups
        yield "What breaks left", one.beside
        yield "Settings", self.settings
        yield "The logbook", one.logbook

    @property
    def files(self) -> list[Path]:
        """All of them in that order."""
        return [file for _, files in self.groups() for file in files]


def run(args: Namespace) -> int:
    """Show every file, ask for the name, and remove them."""
    from sessions.safety.belongings import hold
    from trainer.cli.breaks.leaving import refuse_open, take_timer_away
    from trainer.settings import load

    paths = known_paths(args)
    refuse_open(paths, "log erase")
    name = paths.person or YOURSELF
    settings = load(paths.settings)
    try:
        if os.path.lexists(paths.logbook):
            hold(paths.logbook)
        found = _found(paths, settings, usual=not (args.data_dir or os.environ.get(DATA_DIR_VARIABLE)))
    except LogbookError as error:
        raise Refusal(error.message, "Nothing was removed.", status=1) from None
    if not found.files and not paths.person and _nothing_of(settings):
        streams.say_lines([f"There is nothing of {name} here."])
        return 0
    _show(found, name)
    streams.say_lines(_stays(paths, found), "- ")
    if _typed(name) != name:
        streams.say("That is not the name. Nothing was removed.")
        return 1
    _forget_settings(paths, settings)
    streams.say_lines(take_timer_away(paths), "! ", streams.RED)
    left = _remove(found, paths)
    if left:
        again = "Run it again once these can be removed: what is kept tells which are its own."
        streams.say_lines([*left, f"The rest is gone. {again}"])
        return 1
    streams.say_lines([f"What was kept of {name} here is gone."])
    streams.say_lines(_beyond(found), "- ")
    return 0


# --- what there is -----------------------------------------------------------------------------------


def _found(paths: Paths, settings: Settings, *, usual: bool) -> Found:
    from sessions.safety.belongings import belongings
    from trainer.cli.breaks.leaving import BESIDE, timer_files

    kept = []
    if settings.sync_folder:
        folder = Path(settings.sync_folder)
        kept.append(folder / PEOPLE / paths.person if paths.person else folder)
    everything = belongings(paths.logbook, paths.backups, kept, beside=BESIDE)
    own, unclear = _unsaved(paths, alone=usual and not paths.person and not paths.people())
    home = paths.settings.parent
    files = [one for one in _names(home) if one.name.startswith(".settings.toml.") or one == paths.settings]
    if paths.person:
        everything.folders += [*_own_folders(everything, paths.person), paths.home, home]
    return Found(everything, own, unclear, files if paths.person else [], timer_files(paths))


def _own_folders(one: Belongings, name: str) -> list[Path]:
    """Folders of this person alone among those that were synced with."""
    return sorted({file.parent for file in one.synced if file.parent.parts[-2:] == (PEOPLE, name)})


def _names(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder / name for name in os.listdir(folder))
    return []


def _unsaved(paths: Paths, *, alone: bool) -> tuple[list[Path], list[Path]]:
    """Files of what no logbook took: this person's, and those of which that cannot be told.

    A file is this person's where their logbook knows one of its sessions, or where they are `alone`: nobody else has a
    logbook here, and it lies in the usual folder, not in one that was named and may be one of several.
    """
    import tempfile

    from sessions.safety.belongings import holds_any

    own, unclear = [], []
    for file in _names(Path(tempfile.gettempdir())):
        if file.name.startswith(_UNSAVED) and file.name.endswith(".jsonl") and _is_mine(file):
            if alone or holds_any(paths.logbook, _sessions_in(file)):
                own.append(file)
            elif not any(holds_any(paths.of(one).logbook, _sessions_in(file)) for one in ("", *paths.people())):
                unclear.append(file)
    return own, unclear


def _is_mine(file: Path) -> bool:
    """Whether a file is an ordinary one of whoever runs the program: the folder is everybody's."""
    with suppress(OSError):
        found = file.lstat()
        mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        return mine and stat.S_ISREG(found.st_mode) and found.st_size <= _LONGEST_BYTES
    return False


def _sessions_in(file: Path) -> set[str]:
    from sessions.exchange.jsonl import Lines

    with suppress(OSError), file.open("rb") as stream:
        lines = Lines(stream)
        return {fact.session for fact in lines} | {draft.session for draft in lines.drafts}
    return set()


# --- what is said ------------------------------------------------------------------------------------


def _show(found: Found, name: str) -> None:
    total = 0
    streams.say(f"This removes for good what trainer keeps of {name}:", streams.BOLD)
    for title, files in found.groups():
        if files:
            streams.say(f"{title}:")
        for file in files:
            size = _size(file)
            total += size
            link = " (the link itself)" if file.is_symlink() else ""
            streams.say_lines([f"{file}{link}, {in_words(size)}"], "  ")
    streams.say_lines([f"In all {many(len(found.files), 'file')}, {in_words(total)}. Close trainer elsewhere first."])
    streams.say("What stays, and is yours to remove:")


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _stays(paths: Paths, found: Found) -> Iterator[str]:
    one = found.belongings
    if paths.person:
        yield f"Routines and exercises in {paths.config}, which are everybody's here."
    else:
        yield f"Settings and routines of your own in {paths.config}, but for the sync folder and the weaker side."
    for link, target in one.links:
        yield f"{target}, to which the link {link} leads."
    for folder, number in one.of_others.items():
        yield f"{many(number, 'file')} of other machines in {folder}, with what they did and took over."
    for folder in one.out_of_reach:
        yield f"What was written into {folder}, which is not there now."
    known = {*found.files, *one.folders, paths.home / PEOPLE}
    if foreign := [file for file in _names(paths.home) if file not in known]:
        yield f"{many(len(foreign), 'file')} in {paths.home} that trainer did not write, the first {foreign[0].name}."
    for file in found.unclear:
        yield f"{file}, which may be somebody else's here."
    people = paths.people() if not paths.person else []
    if people:
        yield f"The logbooks of {', '.join(people)}."


def _beyond(found: Found) -> Iterator[str]:
    yield "Other machines keep what they took over, and write it into their own sync files. Erase there too."
    if found.belongings.synced or found.belongings.of_others:
        yield "Syncthing, Dropbox, git and the like may keep earlier versions of sync files."
    yield "Exported files and reports, and backups of this whole machine, are as they were."
    yield "A disk may hold what was removed until it writes over it; an encrypted one protects that."


def _typed(name: str) -> str | None:
    """The name that was typed, as a folder would bear it."""
    sys.stdout.flush()
    try:
        return person(asking.line(f"Type the name {name} to go on: ") or "")
    except UnicodeDecodeError:
        return None
    finally:
        if not streams.is_terminal(sys.stdin):
            streams.say()  # where a person types, Enter ends the line


def _nothing_of(settings: Settings) -> bool:
    """Whether the settings say nothing of a person but what they prefer."""
    return settings.sync_folder is None and settings.weaker_side is None


# --- removing ----------------------------------------------------------------------------------------


def _forget_settings(paths: Paths, settings: Settings) -> None:
    """Sync no longer, before anything goes: the next start would bring all back from the folder."""
    from trainer.settings import save

    if _nothing_of(settings):
        return
    try:
        save(paths.settings, settings, sync_folder=None, weaker_side=None)
    except (OSError, ValueError) as error:
        reason = clean(str(getattr(error, "strerror", None) or error)).lower()
        lines = f"log erase: {paths.settings} cannot be written: {reason}", "Nothing was removed: "
        raise Refusal(lines[0], f"{lines[1]}the next sync would bring it back.", status=1) from None


def _remove(found: Found, paths: Paths) -> list[str]:
    """Remove all; what could not be removed, each in a line.

    What tells which other files are its own stays until they are gone, so that it can be tried again: the logbook, and
    for what was synced under an earlier device the backups and what was set aside.
    """
    from sessions.files import sync_folder
    from sessions.safety.belongings import empty

    left: list[str] = []
    one = found.belongings
    needed: set[Path] = set()
    for file in found.files:
        if file in needed:
            left.append(f"Kept until then: {file}")
            continue
        try:
            if file == paths.logbook:
                with suppress(FileNotFoundError):
                    empty(file)
            file.unlink(missing_ok=True)
        except OSError as error:
            left.append(f"Not removed: {file}: {(error.strerror or str(error)).lower()}.")
            needed |= {*one.logbook, *([*one.backups, *one.set_aside] if file in one.synced else [])}
    for folder in {file.parent for file in found.files}:
        sync_folder(folder)
    for folder in found.belongings.folders:
        # A link stays, and so does what somebody else put there.
        with suppress(OSError):
            folder.rmdir()
    return left
