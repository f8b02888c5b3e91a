"""`trainer people`: who has a logbook here."""

from __future__ import annotations

from argparse import Namespace

from sessions.errors import LogbookError
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.lay import cells
from trainer.cli.make import YOURSELF, find_folders, known, open_existing
from trainer.guide.words import plural
from trainer.paths import NAME_RULE, Paths, person
from trainer.text import clean
from trainer.trouble import with_way_out


def run(args: Namespace) -> int:
    """List the people, or begin a logbook for one."""
    paths = known(find_folders(args))
    return _list(paths, json=args.json) if args.action is None else _add(paths, args.name)


def _list(paths: Paths, *, json: bool) -> int:
    rows = [_row(paths.of(name)) for name in ("", *paths.people())]
    if json:
        streams.say_json(rows)
        return 0
    wide = max(cells(str(row["name"])) for row in rows)
    for row in rows:
        name = str(row["name"])
        sessions = int(str(row["sessions"]))
        done = f"{plural(sessions, 'session')}, the last on {row['last']}" if sessions else "no sessions yet"
        streams.say_lines([str(row["trouble"]) or done], f"{name}{' ' * (wide - cells(name))}  ")
    if len(rows) == 1:
        streams.say("trainer people add NAME begins a logbook for somebody else.")
    return 0


def _row(paths: Paths) -> dict[str, object]:
    row: dict[str, object] = {"name": paths.person or YOURSELF, "folder": str(paths.home)}
    row |= {"sessions": 0, "last": None, "trouble": ""}
    try:
        logbook = open_existing(paths)
        if logbook is not None:
            with logbook:
                latest = logbook.sessions(limit=1)
                row |= {"sessions": logbook.count()[0], "last": latest[0].day if latest else None}
    except LogbookError as error:
        row["trouble"] = " ".join(with_way_out(error, paths))
    return row


def _add(paths: Paths, wanted: str | None) -> int:
    name = person(wanted or "")
    if wanted is None or name is None:
        found = "no name" if wanted is None else repr(clean(wanted, limit=60))
        raise Refusal(f"people add: found {found}; allowed: {NAME_RULE}")
    if name == YOURSELF:
        raise Refusal(f"people add: {YOURSELF} is whoever uses trainer without a name here; choose another")
    if name in paths.people():
        raise Refusal(f"people add: {name} is here already", f"trainer --person {name} opens their routines.")
    from sessions.files import make_private

    home = paths.of(name).home
    try:
        make_private(home)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Refusal(f"people add: {home} cannot be made: {reason}; check the folder", status=1) from None
    streams.say(f"{name} has a logbook of their own now. trainer --person {name} opens it.")
    return 0
