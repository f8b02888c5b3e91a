"""`trainer doctor`: what the program finds on this machine."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from trainer.cli import streams
from trainer.cli.lay import wrap
from trainer.cli.make import find_paths
from trainer.figures.styles import style_for
from trainer.library.errors import LibraryError
from trainer.paths import HOMELESS, WAY_OUT, Paths
from trainer.settings import Settings, load

_LIBRARIES = ("textual", "rich", "platformdirs", "msgspec", "tomli", "tomlkit", "tzlocal", "shtab")
_SOUND_LIBRARIES = {"miniaudio": "miniaudio", "simpleaudio": "simpleaudio-patched"}
_WAIT_S = 3.0
"""How long sound may take to say what plays."""
_HEARD_S = 0.8
"""How long the sound that is played lasts, with the output's own delay."""
_SAID_S = 2.0
"""The same for the phrase that is said after it."""

Entry = tuple[str, str, bool]
"""A name, what was found, and whether that is in order."""


def run(args: Namespace) -> int:
    """Look, say what there is, and return 1 where something is broken."""
    paths = find_paths(args)
    if not paths.known:
        streams.warn(f"trainer: {HOMELESS}", WAY_OUT)
    settings, wrong = _settings(paths)
    broken = False
    sections = {
        "Versions": _versions(),
        "Folders": _folders(paths, wrong),
        "Logbook": _logbook(paths, settings),
        "Own files": _own_files(paths),
        "Terminal": _terminal(settings),
        "Sound": _sound(settings, quiet=args.quiet),
        "Notices": _notices(settings, quiet=args.quiet),
    }
    for number, (title, entries) in enumerate(sections.items()):
        if number:
            streams.say()
        streams.say(title, streams.BOLD)
        for name, found, good in entries:
            broken = broken or not good
            mark = "  " if good else "! "
            for line in wrap(_tilde(f"{name}: {found}"), streams.width(), mark, "    "):
                streams.say(line, "" if good else streams.RED)
        sys.stdout.flush()
    streams.say()
    streams.say("Something needs a look: the lines marked with !" if broken else "Nothing broken was found.")
    return 1 if broken else 0


def _tilde(text: str) -> str:
    home = os.path.expanduser("~")
    return text.replace(home + os.sep, "~" + os.sep) if len(home) > 1 else text


def _settings(paths: Paths) -> tuple[Settings, list[str]]:
    try:
        return load(paths.settings), []
    except LibraryError as error:
        return Settings(), [str(problem) for problem in error.problems]


def _versions() -> Iterator[Entry]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from trainer import __version__

    yield "trainer", __version__, True
    yield "Python", f"{platform.python_version()} on {platform.platform()}", True
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            yield name, "not installed", False
    yield "Libraries", ", ".join(found), True
    import sqlite3

    yield "SQLite", sqlite3.sqlite_version, True


def _folders(paths: Paths, wrong: list[str]) -> Iterator[Entry]:
    yield "Settings and own files", _state(paths.config), _usable(paths.config)
    yield "Logbook", _state(paths.data), _usable(paths.data)
    for problem in wrong:
        yield "Settings", problem, False
    if not wrong:
        yield "Settings", f"{paths.settings}" if paths.settings.exists() else "none yet; the usual ones hold", True


def _state(folder: Path) -> str:
    if not os.path.lexists(folder):
        return f"{folder} (made when it is needed)" if _usable(folder) else f"{folder} (cannot be made)"
    if not folder.is_dir():
        return f"{folder} (not a folder)"
    return f"{folder}" if _usable(folder) else f"{folder} (may not be written to)"


def _usable(folder: Path) -> bool:
    """Whether the folder can be written to, or made where it is not there."""
    for one in (folder, *folder.parents):
        if os.path.lexists(one):
            return one.is_dir() and os.access(one, os.W_OK | os.X_OK)
    return False


def _logbook(paths: Paths, settings: Settings) -> Iterator[Entry]:
    if paths.person:
        yield "Person", paths.person, True
    yield from _file(paths)
    yield from _backups(paths)
    if settings.sync_folder:
        there = Path(settings.sync_folder).is_dir()
        yield "Sync", f"{settings.sync_folder}{'' if there else ' (not there now)'}", there


def _file(paths: Paths) -> Iterator[Entry]:
    from sessions.errors import LogbookError
    from sessions.logbook import Logbook
    from trainer.charts.numbers import many
    from trainer.trouble import command, raise_if_gone, with_way_out

    try:
        logbook = Logbook.open_existing(paths.logbook)
        if logbook is None:
            raise_if_gone(paths)
            yield "File", "none yet; the first session makes it", True
            return
        with logbook:
            health = logbook.health()
            yield "File", f"{paths.logbook} ({health.size_bytes:,} bytes)", True
            yield "Holds", f"{health.sessions} sessions, {health.facts} facts; form {health.schema}", True
            yield "Check", health.integrity, health.integrity == "ok"
            if health.bad_digests:
                bad = len(health.bad_digests)
                yield "Facts", f"{bad} changed since they were written, the first {health.bad_digests[0]}", False
            if not health.ok:
                yield "More", f"{command(paths, 'verify')} says what helps", False
            if health.conflicts:
                yield "Conflicts", f"{many(len(health.conflicts), 'id')} with two contents; both are kept", True
            if logbook.read_only:
                yield "Writing", logbook.why_read_only, False
    except LogbookError as error:
        yield "File", " ".join(with_way_out(error, paths)), False


def _backups(paths: Paths) -> Iterator[Entry]:
    from sessions.errors import LogbookError
    from sessions.safety.backups import backups
    from trainer.trouble import when

    try:
        found = backups(paths.backups)
    except LogbookError as error:
        yield "Backups", error.message, False
        return
    yield "Backups", f"{len(found)}, the newest of {when(found[0].at_ms)}" if found else "none yet", True


def _own_files(paths: Paths) -> Iterator[Entry]:
    from trainer.library.shelf import Library

    library = Library(paths.config)
    routines, routine_problems = library.routines()
    exercises, exercise_problems = library.exercises()
    own = [one.id for one in routines if library.is_own(one)]
    own += [one.id for one in exercises if library.is_own(one)]
    yield "In use", ", ".join(own) or "none", True
    for problem in dict.fromkeys([*routine_problems, *exercise_problems]):
        yield problem.file, str(problem).removeprefix(f"{problem.file}: "), False


def _terminal(settings: Settings) -> Iterator[Entry]:
    import shutil

    size = shutil.get_terminal_size()
    if streams.is_terminal(sys.stdin) and streams.is_terminal(sys.stdout):
        yield "Size", f"{size.columns} columns, {size.lines} lines", True
    else:
        yield "Size", "no terminal here; trainer run ID --plain works without one", True
    term = os.environ.get("TERM", "")
    yield "TERM", term or "not set", True
    yield "Colours", _colours(term), True
    yield "Encoding", str(getattr(sys.stdout, "encoding", None) or "not known"), True
    reduced = settings.motion == "reduced" or os.environ.get("TEXTUAL_ANIMATIONS") == "none"
    yield "Motion", "reduced" if reduced else "full", True
    style = style_for(settings.figures, os.environ, str(getattr(sys.stdout, "encoding", None) or ""))
    chosen = "as the terminal can" if settings.figures == "auto" else "by your settings"
    yield "Figures", f"{_STYLES.get(style, style)}, {chosen}; trainer figure --sample shows each style", True


_STYLES = {"shades": "blocks without colour", "half": "half blocks"}


def _colours(term: str) -> str:
    if os.environ.get("NO_COLOR"):
        return "none, since NO_COLOR is set"
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256color" in term else "none" if term in ("", "dumb") else "16"


def _sound(settings: Settings, *, quiet: bool) -> Iterator[Entry]:
    from importlib.metadata import PackageNotFoundError, version

    from trainer.cues.doctor import probe
    from trainer.guide import words

    report = probe(_WAIT_S)
    found = []
    for name in report.libraries:
        try:
            found.append(f"{name} {version(_SOUND_LIBRARIES[name])}")
        except PackageNotFoundError:
            found.append(name)
    yield "Libraries", ", ".join(found) or "none", True
    yield "Players", ", ".join(report.programs) or "none", True
    status = report.status
    # A machine without sound is not broken: the screen and the bell say the same.
    if status.state == "ready":
        yield "Plays through", f"{status.backend}{f' ({status.detail})' if status.detail else ''}", True
    else:
        yield "Plays through", f"nothing; the terminal's bell rings instead. {status.detail}".rstrip(), True
    if not report.recordings:
        yield "Speech", "the recordings that came with the program are not there", False
    elif status.state == "ready":
        yield "Speech", f"{words.plural(report.recordings, 'phrase')} can be said", True
    else:
        yield "Speech", "nothing can be said; the screen shows the words", True
    speech = f"speech {'on' if settings.speech else 'off'}"
    yield "Setting", f"{'on' if settings.sound else 'off'}, volume {settings.volume}, {speech}", True
    if quiet:
        yield "Test", "not played (--quiet)", True
    elif status.state == "ready":
        says = settings.speech and report.recordings > 0
        _play(settings.volume, says=says)
        yield "Test", "one sound was played and one phrase said" if says else "one sound was played", True


def _notices(settings: Settings, *, quiet: bool) -> Iterator[Entry]:
    from trainer.cli.breaks.doctor import entries

    return entries(settings.breaks, quiet=quiet)


def _play(volume: int, *, says: bool) -> None:
    import time

    from trainer.cues.player import Player
    from trainer.cues.script import AFTER_TONE_MS, HALF_WAY

    player = Player(volume=volume)
    player.start()
    try:
        player.wait_settled(_WAIT_S)
        now_ns = time.monotonic_ns()
        player.play("start", now_ns)
        if says:
            player.say([HALF_WAY], now_ns + AFTER_TONE_MS * 1_000_000)
        time.sleep(_SAID_S if says else _HEARD_S)
    finally:
        player.close()
