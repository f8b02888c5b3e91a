"""Puts a timer in place, takes it away, and looks at what is there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from msgspec import Struct

from sessions.errors import LogbookError
from sessions.files import write_whole
from trainer.breaks.install.model import MARK, NAME, Command, File, Place, Plan

_LIMIT_S = 30
"""How long a command of the system may take."""
_LONGEST_BYTES = 1_000_000
_SAID_CHARS = 300


class Standing(Struct, frozen=True):
    """What is there of a timer."""

    there: tuple[Path, ...] = ()
    """Files and links that are ours."""
    foreign: tuple[Path, ...] = ()
    """What has the name of one of ours and is not."""
    current: bool = False
    """Whether the files say what the plan says now."""


class Ran(Struct, frozen=True):
    """How a command ended."""

    good: bool
    said: str = ""


class NotPutInPlace(Exception):
    """The timer could not be put in place, and what was written was taken back. `lines` say why."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


class Taken(Struct):
    """What was taken away."""

    gone: list[Path]
    trouble: list[str]
    """What did not work, each in a sentence."""


# --- looking -----------------------------------------------------------------------------------------


def installed(place: Place, plan: Plan | None = None) -> Standing:
    """What is there, and whether it is what `plan` says. Looks at files alone and runs nothing."""
    there: list[Path] = []
    foreign: list[Path] = []
    for file in map(Path, place.files):
        if os.path.lexists(file):
            (there if _is_ours(file) else foreign).append(file)
    there += [link for link in map(Path, place.links) if _leads_to_ours(link, place)]
    current = plan is not None and not foreign and all(_read(file.path) == file.content for file in plan.files)
    return Standing(tuple(there), tuple(foreign), current)


def is_on(place: Place) -> bool:
    """Whether the system says that the timer is on: asks it, which takes some hundredths of a second."""
    return all(_run(words).good for words in place.asks)


def kept_inside(place: Place) -> bool | None:
    """Whether a task that the system keeps itself is ours; None where it keeps none of that name."""
    if not place.kept_inside:
        return None
    ran = _run(place.asks[0])
    return MARK in ran.said.replace("\0", "") if ran.good else None


def others(place: Place) -> list[str]:
    """The names of files in the same folder that are of other people's timers, or of other folders'."""
    folder, kind = Path(place.files[-1]).parent, place.files[-1].suffix
    with suppress(OSError):
        names = sorted(name for name in os.listdir(folder) if name.startswith(NAME) and name.endswith(kind))
        return [name for name in names if folder / name not in map(Path, place.files) and _is_ours(folder / name)]
    return []


def _is_ours(file: Path) -> bool:
    content = _read(file) or b""
    return MARK.encode() in content or MARK.encode("utf-16-le") in content


def _read(file: PurePath) -> bytes | None:
    """What is in an ordinary file of no great size."""
    with suppress(OSError):
        found = os.lstat(file)
        if stat.S_ISREG(found.st_mode) and found.st_size <= _LONGEST_BYTES:
            return Path(file).read_bytes()
    return None


def _leads_to_ours(link: Path, place: Place) -> bool:
    with suppress(OSError):
        return os.path.normpath(link.parent / os.readlink(link)) in {os.path.normpath(file) for file in place.files}
    return False


# --- putting in place --------------------------------------------------------------------------------


def put(plan: Plan) -> None:
    """Write the files and switch the timer on. Raises `NotPutInPlace`, having taken back what was written.

    What is there and not ours is never written over.
    """
    if foreign := installed(plan.place).foreign:
        raise NotPutInPlace(f"{foreign[0]} is there, and was not written by trainer")
    before = {file.path: _read(file.path) for file in plan.files}
    made: list[Path] = []
    written: list[PurePath] = []
    started = False
    try:
        for file in plan.files:
            _write(file, made)
            written.append(file.path)
        for command in plan.on:
            ran = _run_where_meant(command)
            if not ran.good:
                raise NotPutInPlace(f"{' '.join(command.words)} did not work: {ran.said}")
            started = True
    except BaseException as error:
        _take_back(plan, {path: before[path] for path in written}, made, started=started)
        if isinstance(error, LogbookError):
            raise NotPutInPlace(error.message) from error
        if isinstance(error, OSError):
            raise NotPutInPlace(f"{error.filename}: {(error.strerror or str(error)).lower()}") from error
        raise


def _write(file: File, made: list[Path]) -> None:
    path = Path(file.path)
    for folder in reversed([path.parent, *path.parent.parents]):
        if not folder.exists():
            folder.mkdir(0o755)
            made.append(folder)
    write_whole(path, [file.content], replace=True)
    with suppress(OSError):
        path.chmod(0o644)


def _take_back(plan: Plan, before: dict[PurePath, bytes | None], made: list[Path], *, started: bool) -> None:
    """Let each file that was written be what it was before, None being no file; likewise whether the timer is on."""
    place = plan.place
    if started:
        for command in place.off:
            _run_where_meant(command)
    for path, content in before.items():
        with suppress(OSError, LogbookError):
            if content is None:
                Path(path).unlink()
            else:
                _write(File(path, content), made)
    if started:
        _unlink((link for link in map(Path, place.links) if _leads_to_ours(link, place)), [])
    _remove_empty([*map(Path, place.folders[:1]), *reversed(made)])
    if started:
        again = before and None not in before.values()
        for command in plan.on if again else place.after:
            _run_where_meant(command)


# --- taking away -------------------------------------------------------------------------------------


def switching_off(place: Place) -> tuple[Command, ...]:
    """What switches the timer off; nothing where the system has none by that name that is ours."""
    return place.off if Path(place.files[-1]) in installed(place).there or kept_inside(place) else ()


def take_away(place: Place) -> Taken:
    """Switch the timer off and remove all of it that is ours."""
    taken = Taken([], [])
    there = installed(place).there
    taken.trouble += _troubles(switching_off(place))
    taken.gone += _unlink(there, taken.trouble)
    _remove_empty(map(Path, place.folders))
    if taken.gone:
        taken.trouble += _troubles(place.after)
    return taken


def _troubles(commands: Iterable[Command]) -> Iterator[str]:
    for command in commands:
        ran = _run_where_meant(command)
        if not ran.good:
            yield f"{' '.join(command.words)} did not work: {ran.said}"


def _unlink(files: Iterable[Path], trouble: list[str]) -> list[Path]:
    gone = []
    for file in files:
        try:
            file.unlink(missing_ok=True)  # systemd takes away its links itself
        except OSError as error:
            trouble.append(f"{file} was not removed: {(error.strerror or str(error)).lower()}.")
            continue
        gone.append(file)
    return gone


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


# --- running -----------------------------------------------------------------------------------------


def _run_where_meant(command: Command) -> Ran:
    return _run(command.words) if not command.where or _run(command.where).good else Ran(True)


def _run(words: tuple[str, ...]) -> Ran:
    import subprocess

    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=_LIMIT_S
        )
    except subprocess.TimeoutExpired:
        return Ran(False, f"it took longer than {_LIMIT_S} s")
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        return Ran(False, "it is not on this machine" if missing else str(error).lower())
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode == 0:
        return Ran(True, said)
    return Ran(False, " ".join(said.split())[:_SAID_CHARS] or f"it ended with status {done.returncode}")
