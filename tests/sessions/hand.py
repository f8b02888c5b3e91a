"""A second pair of hands: what the tests let another process do, or be killed doing."""

from __future__ import annotations

import hashlib  # noqa: F401 - loaded now, since it may be out of reach after the change of user
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from sessions import Logbook, LogbookBusy, LogbookError, Note, PainRated, Stamp, draft, schema
from sessions.files import write_whole
from sessions.safety import backups, restoring

STAMP = Stamp(1_772_352_000_000, 60, "Europe/Berlin")


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def open_patiently(path: Path) -> Logbook:
    while True:
        try:
            return Logbook.open(path, random=os.urandom)
        except LogbookBusy:
            continue


def append(path: Path, session: str, count: str) -> None:
    """Append ratings, and say the id of each once it is stored."""
    with open_patiently(path) as logbook:
        for number in range(int(count)):
            body = PainRated("after_exercise", number % 11, number, "bird-dog", "Bird dog")
            rating = draft(session, body, STAMP, os.urandom)
            while True:
                try:
                    logbook.append(rating)
                    break
                except LogbookBusy:
                    continue
            print(rating.id, flush=True)


def die_at_commit(path: Path) -> None:
    """Be killed at the end of a transaction of which pages are in the file already."""
    logbook = Logbook.open(path, random=os.urandom)
    connection = logbook._connection
    assert connection is not None
    connection.execute("PRAGMA cache_size = 1")
    connection.set_trace_callback(lambda statement: die() if statement == "COMMIT" else None)
    logbook.append(draft("s1", Note("x" * 9_000), STAMP, os.urandom))


def die_creating(path: Path, point: str) -> None:
    """Be killed just before a call of the system while a logbook is made."""
    setattr(os, point, die)
    Logbook.open(path, random=os.urandom)


def die_migrating(path: Path, point: str) -> None:
    """Be killed at a statement on the way from an older form, with pages in the file already."""
    migrate = schema.migrate

    def watched(connection, migrations, target):
        connection.execute("PRAGMA cache_size = 1")
        connection.set_trace_callback(lambda statement: die() if statement.startswith(point) else None)
        return migrate(connection, migrations, target)

    schema.migrate = watched
    Logbook.open(path, random=os.urandom)


def without_rights(path: Path) -> None:
    """Open and append as a user without rights, and say what came of it."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    answer: dict[str, object] = {}
    try:
        with Logbook.open(path, random=os.urandom) as logbook:
            answer["why"] = logbook.why_read_only
            answer["sessions"] = len(logbook.sessions())
            try:
                logbook.append(draft("s1", Note("hello"), STAMP, os.urandom))
            except LogbookError as error:
                answer["append"] = type(error).__name__
    except LogbookError as error:
        answer["open"], answer["message"] = type(error).__name__, error.message
    print(json.dumps(answer))


def fill(path: Path) -> None:
    """Append until no file may grow any more, then try the same draft with room again."""
    import resource

    with Logbook.open(path, random=os.urandom) as logbook:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 30_000, limits[1]))
        refused = None
        for number in range(100):
            refused = draft("s1", Note("x" * 2_000), Stamp(STAMP.utc_ms + number, 60, ""), os.urandom)
            try:
                logbook.append(refused)
            except LogbookError as error:
                kind = type(error).__name__
                break
        else:
            raise SystemExit("the disk never became full")
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        fact = logbook.append(refused)
        same = (fact.id, fact.stamp) == (refused.id, refused.stamp)
        print(json.dumps({"kind": kind, "same": same, "seq": fact.seq, "ok": logbook.health().ok}))


CALLS = ("open", "close", "chmod", "mkdir", "fsync", "link", "rename", "replace", "unlink")


def die_at_each_call(folder: Path, what: str) -> None:
    """Do something again and again, each time in a copy of `folder / "before"`, and be killed one call later.

    The copies are called 0, 1, 2 and so on, after the calls of the system that were made; the last one lived through
    it. Says how many there are.
    """
    number = 0
    while True:
        place = folder / str(number)
        shutil.copytree(folder / "before", place, symlinks=True)
        child = os.fork()
        if not child:
            _die_after(number)
            globals()[what](place)
            os._exit(0)
        number += 1
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status >= 0:
            print(json.dumps([number, status]))
            return


def _die_after(calls: int) -> None:
    made = 0

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def instead(*arguments: object, **options: object) -> object:
            nonlocal made
            made += 1
            if made > calls:
                die()
            return call(*arguments, **options)

        return instead

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))


def write_new(place: Path) -> None:
    write_whole(place / "new.csv", [b"a" * 10_000, b"b"], replace=False)


def write_over(place: Path) -> None:
    write_whole(place / "old.csv", [b"a" * 10_000, b"b"], replace=True)


def back_up_and_thin(place: Path) -> None:
    backups.back_up(place / "logbook.sqlite", place / "backups", at_ms=STAMP.utc_ms)
    backups.thin(place / "backups", STAMP.utc_ms)


def put_back(place: Path) -> None:
    def prepare(copy: Path) -> None:
        with Logbook.open(copy, random=os.urandom) as logbook:
            logbook.renew_device(os.urandom)

    path, backup = place / "logbook.sqlite", place / "backup.sqlite"
    restoring.restore(path, backup, why="damaged", at_ms=STAMP.utc_ms, random=os.urandom, prepare=prepare)


def may_write(path: Path) -> None:
    """Say whether this process may begin to write at once."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        print("yes")
    except sqlite3.OperationalError:
        print("no")


def write_too_much(path: Path) -> None:
    """Write a file, then a backup, that may not become as long as they are, and say what came of it."""
    import resource

    with Logbook.open(path, random=os.urandom) as logbook:
        logbook.append(draft("s1", Note("x" * 9_000), STAMP, os.urandom))
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
    answer = {}
    for name, act in {
        "file": lambda: write_whole(path.with_name("new.csv"), [b"x" * 1_000] * 100, replace=False),
        "backup": lambda: backups.back_up(path, path.parent / "backups", at_ms=STAMP.utc_ms),
    }.items():
        try:
            act()
        except LogbookError as error:
            answer[name] = [type(error).__name__, error.message]
    print(json.dumps(answer))


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
