"""Makes folders, clock, logbook and sound."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from trainer.cli.errors import Refusal
from trainer.paths import HOMELESS, NAME_RULE, PERSON_VARIABLE, WAY_OUT, Paths, find, person

if TYPE_CHECKING:
    from sessions.logbook import Logbook
    from sessions.records import Stamp
    from trainer.cues.player import Player, SilentPlayer
    from trainer.journal import Journal
    from trainer.kit import Kit
    from trainer.settings import Settings
    from trainer.timekeeper import Hour

REHEARSAL_SPEED = 20
YOURSELF = "me"
"""What the person without a name is called where people are listed."""


def find_paths(args: Namespace) -> Paths:
    """The person's folders. Raises `Refusal` where a folder that was named cannot be told, or nobody is called so."""
    paths = find_folders(args)
    wanted, where = getattr(args, "person", None), "--person"
    if wanted is None:
        wanted, where = os.environ.get(PERSON_VARIABLE) or None, PERSON_VARIABLE
    return paths if wanted is None else of_person(paths, wanted, where)


def find_folders(args: Namespace) -> Paths:
    """The folders of whom the machine belongs to, whoever is named. Raises `Refusal` as `find_paths` does."""
    paths = find(os.environ, args.data_dir, args.config_dir)
    return known(paths) if args.data_dir or args.config_dir else paths


def known(paths: Paths) -> Paths:
    """The folders themselves. Raises `Refusal` where they are not known, and so nothing can be kept or read."""
    if not paths.known:
        raise Refusal(HOMELESS, WAY_OUT)
    return paths


def known_paths(args: Namespace) -> Paths:
    """As `find_paths`, and as `known`."""
    return known(find_paths(args))


def of_person(paths: Paths, wanted: str, where: str = "--person") -> Paths:
    """The folders of a person who was begun before, so that a slip of the hand begins no second logbook.

    `where` is what named them, for what is said where there is nobody.
    """
    from trainer.text import clean

    shown, name = repr(clean(wanted, limit=60)), person(wanted)
    if name is None:
        raise Refusal(f"{where}: found {shown}; allowed: {NAME_RULE}")
    if name == YOURSELF:
        return paths
    there = paths.people()
    if name not in there:
        raise Refusal(
            f"{where}: there is nobody called {shown} here",
            f"There is: {', '.join([YOURSELF, *there])}.",
            f"trainer people add {name} begins a logbook for them.",
        )
    return paths.of(name)


def make_kit(args: Namespace, *, rehearse: bool = False) -> Kit:
    """All that a front end needs. Raises `LibraryError` for settings that cannot be read."""
    from trainer.clock import SteadyClock
    from trainer.kit import Kit
    from trainer.settings import load

    paths = find_paths(args)
    settings = load(paths.settings)

    def make_player(wanted: Settings) -> Player | SilentPlayer:
        from trainer.cues.player import Player, SilentPlayer

        # At twenty times the speed the cues would run into each other.
        if not wanted.sound or rehearse:
            return SilentPlayer()
        return Player(volume=wanted.volume, speech=wanted.speech)

    kit = Kit(
        paths=paths,
        settings=settings,
        clock=SteadyClock(REHEARSAL_SPEED if rehearse else 1),
        make_journal=lambda: _journal(paths, settings, rehearse=rehearse),
        make_player=make_player,
        rehearsal=rehearse,
    )
    if not rehearse:
        kit.keep_hour = lambda: _hour(kit)
    if settings.sync_folder and not rehearse:
        kit.sync = lambda: _sync(kit)
    return kit


def _hour(kit: Kit) -> Hour:
    from trainer.breaks.desk import Desk
    from trainer.breaks.lock import Place
    from trainer.cli.breaks.ahead import keep_ahead
    from trainer.cli.streams import terminal_writer
    from trainer.timekeeper import Hour, Timekeeper

    wishes = kit.settings.breaks
    keeper = Timekeeper(
        wishes,
        journal=kit.journal,
        clock=kit.clock,
        offset=offset_min,
        place=Place(kit.paths.home),
        changed=lambda record: keep_ahead(kit, record),
    )

    def look_after() -> list[str]:
        from trainer.cli import upkeep

        logbook = kit.journal.logbook
        return [] if logbook is None else upkeep.look_after(kit.paths, kit.settings, logbook, at_ms=stamp().utc_ms)

    return Hour(keeper, Desk(wishes, os.environ, terminal_writer()), offset_min, look_after)


def offset_min(utc_ms: int) -> int:
    """How many minutes the local clock is ahead of UTC at a moment (milliseconds since 1970)."""
    import time

    try:
        return time.localtime(utc_ms // 1000).tm_gmtoff // 60
    except (OverflowError, OSError, ValueError):  # beyond what this system's clock knows
        return 0


def _sync(kit: Kit) -> tuple[int, str]:
    from trainer.cli.upkeep import syncing

    logbook = kit.journal.logbook
    return (0, "") if logbook is None else syncing(kit.paths, kit.settings, logbook)


def _journal(paths: Paths, settings: Settings, *, rehearse: bool) -> Journal:
    from sessions.errors import LogbookError
    from trainer.journal import Journal, Rehearsal

    def told(error: LogbookError) -> str:
        from trainer import trouble

        return " ".join(trouble.with_way_out(error, paths))

    if rehearse:
        return Rehearsal(stamp=stamp, random=os.urandom)
    if not paths.known:
        return Journal(None, stamp=stamp, random=os.urandom, trouble=f"{HOMELESS[0].upper()}{HOMELESS[1:]}. {WAY_OUT}")
    try:
        logbook = open_logbook(paths, settings)
    except LogbookError as error:
        from trainer.trouble import repairable

        damaged = error.message if repairable(error, paths) else ""
        return Journal(None, stamp=stamp, random=os.urandom, trouble=told(error), damaged=damaged, told=told)
    return Journal(logbook, stamp=stamp, random=os.urandom, day_starts_h=settings.day_starts_h, told=told)


def open_logbook(paths: Paths, settings: Settings) -> Logbook:
    """The person's logbook, begun where there is none, with days that start as they set. Raises `LogbookError`."""
    from contextlib import suppress

    from sessions.errors import LogbookError
    from sessions.logbook import Logbook
    from trainer.cli.machine import machine

    if not paths.logbook.exists():
        from trainer.trouble import raise_if_gone

        raise_if_gone(paths)
    logbook = Logbook.open(paths.logbook, random=os.urandom, here=machine())
    # Where that cannot be done now, days are those that they were.
    with suppress(LogbookError):
        if not logbook.read_only and logbook.day_starts_h != settings.day_starts_h:
            logbook.start_days_at(settings.day_starts_h)
    return logbook


def open_existing(paths: Paths) -> Logbook | None:
    """The person's logbook as it is, None where none was begun. Raises `LogbookError`, also where it is gone."""
    from sessions.logbook import Logbook
    from trainer.trouble import raise_if_gone

    logbook = Logbook.open_existing(paths.logbook)
    if logbook is None:
        raise_if_gone(paths)
    return logbook


def stamp() -> Stamp:
    """This moment."""
    import time

    from sessions.records import Stamp

    utc_ns = max(0, time.time_ns())
    offset_s = time.localtime(utc_ns // 1_000_000_000).tm_gmtoff
    return Stamp(utc_ns // 1_000_000, offset_s // 60, _zone())


def _zone() -> str:
    import warnings

    global _zone_name
    if _zone_name is None:
        _zone_name = _linked_zone()
    if _zone_name is None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from tzlocal import get_localzone_name

                _zone_name = (get_localzone_name() or "")[:100]
        except Exception:  # whatever is odd about the machine's zone, a rating is not lost for it
            _zone_name = ""
    return _zone_name


def _linked_zone() -> str | None:
    """The zone that the system's own clock follows, where a link says so; tzlocal takes a megabyte to say the same."""
    if os.environ.get("TZ"):
        return None
    try:
        name = os.readlink("/etc/localtime").partition("/zoneinfo/")[2]
    except OSError:
        return None
    return name[:100] if name and not name.startswith(("posix/", "right/")) else None


_zone_name: str | None = None
