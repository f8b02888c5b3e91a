"""`trainer people`: who has a logbook here."""

from __future__ import annotations

from argparse import Namespace

from sessions.errors import LogbookError
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.make import YOURSELF, find_paths
from trainer.paths import HOMELESS, NAME_RULE, WAY_OUT, Paths, person
from trainer.text import clean


def run(args: Namespace) -> int:
    """List the people, or begin a logbook for one."""
    paths = find_paths(args).of("")
    if not paths.known:
        raise Refusal(HOMELESS, WAY_OUT)
    if args.action == "add":
        return _add(paths, args.name)
    if args.name:
        raise Refusal("people: a name goes with add", f"trainer people add {clean(args.name, limit=40)}")
    rows = [_row(paths.of(name)) for name in ("", *paths.people())]
    if args.json:
        streams.say_json(rows)
        return 0
    wide = max(len(str(row["name"])) for row in rows)
    for row in rows:
        sessions = row["sessions"]
        what = row["trouble"] or (f"{sessions} sessions, the last on {row['last']}" if sessions else "no sessions yet")
        streams.say(f"{row['name']:<{wide}}  {what}")
    if len(rows) == 1:
        streams.say("trainer people add NAME begins a logbook for somebody else.")
    return 0


def _row(paths: Paths) -> dict[str, object]:
    from sessions.logbook import Logbook

    row: dict[str, object] = {"name": paths.person or YOURSELF, "folder": str(paths.home)}
    row |= {"sessions": 0, "last": None, "trouble": ""}
    try:
        logbook = Logbook.open_existing(paths.logbook)
        if logbook is not None:
            with logbook:
                latest = logbook.sessions(limit=1)
                row |= {"sessions": logbook.count()[0], "last": latest[0].day if latest else None}
    except LogbookError as error:
        row["trouble"] = error.message
    return row


def _add(paths: Paths, wanted: str | None) -> int:
    name = person(wanted or "")
    if wanted is None or name is None or name == YOURSELF:
        found = "no name" if wanted is None else repr(clean(wanted, limit=60))
        raise Refusal(f"people add: found {found}; allowed: {NAME_RULE}, but not {YOURSELF}, which is who has no name")
    if name in paths.people():
        raise Refusal(f"people add: {name} is here already", f"trainer --person {name} opens their routines.")
    from sessions.files import make_private

    home = paths.of(name).home
    try:
        make_private(home)
    except OSError as error:
        raise Refusal(f"people add: {home} cannot be made: {error.strerror}", status=1) from None
    streams.say(f"{name} has a logbook of their own now. trainer --person {name} opens it.")
    return 0
