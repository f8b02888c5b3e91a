"""`trainer log` and `trainer log show`: what was done."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from importlib import import_module

from sessions.errors import LogbookError
from sessions.folding import fold
from sessions.logbook import Logbook
from sessions.rows import SessionDetail, SessionRow
from sessions.wanted import Wanted
from trainer.cli import asked, streams
from trainer.cli.errors import Refusal
from trainer.cli.lay import cells, wrap
from trainer.cli.make import known_paths, open_logbook
from trainer.guide import logged
from trainer.guide.outcome import moment
from trainer.guide.told import NoteMeant, sets, told
from trainer.paths import Paths
from trainer.text import clean
from trainer.trouble import raise_if_gone, with_way_out

_ELSEWHERE = {
    "add": ("activity", "add"),
    "rate": ("correcting", "rate"),
    "note": ("correcting", "note"),
    "withdraw": ("correcting", "withdraw"),
    "export": ("exporting", "run"),
    "import": ("importing", "run"),
    "verify": ("verifying", "run"),
    "rebuild": ("trust", "rebuild"),
    "backup": ("trust", "backup"),
    "restore": ("trust", "restore"),
    "erase": ("erasing", "run"),
}


def run(args: Namespace) -> int:
    """List the sessions that are asked for, show one, or do what another command under `log` says."""
    if args.log_command in _ELSEWHERE:
        module, function = _ELSEWHERE[args.log_command]
        status: int = getattr(import_module(f"trainer.cli.{module}"), function)(args)
        return status
    id = args.id if args.log_command == "show" else None
    paths = known_paths(args)
    try:
        logbook = opened(paths)
        if logbook is None:
            if id is not None:
                raise Refusal(f"log show: no session {asked.shown(id)}: there are no sessions yet")
            return _nothing(json=args.json)
        with logbook:
            return _latest(logbook, args) if id is None else _one(logbook, id, json=args.json)
    except LogbookError as error:
        raise Refusal(*with_way_out(error, paths), status=1) from None


def opened(paths: Paths) -> Logbook | None:
    """The person's logbook, None where there is none yet. Raises `LogbookError`, and `LibraryError` for settings."""
    from sessions.opening import is_there
    from trainer.settings import load

    if is_there(paths.logbook):
        return open_logbook(paths, load(paths.settings))
    raise_if_gone(paths)
    return None


def _nothing(*, json: bool) -> int:
    if json:
        streams.say_json([])
    else:
        streams.say("No sessions yet.")
    return 0


def _latest(logbook: Logbook, args: Namespace) -> int:
    wanted = _wanted(logbook, args)
    if args.withdrawn:
        if wanted != Wanted():
            raise Refusal("log: --withdrawn goes alone, with --last and --json")
        rows, nothing = logbook.withdrawn(args.last), "Nothing is withdrawn."
    else:
        nothing = "No sessions yet." if wanted == Wanted() else "No session fits."
        rows = logbook.find(wanted, limit=args.last)
    if args.json:
        import msgspec

        streams.say_json(msgspec.to_builtins(rows))
    elif not rows:
        streams.say(nothing)
    else:
        # A number stands for a place among all; what was searched is named by its id.
        _say_rows(rows, numbered=wanted == Wanted() and not args.withdrawn)
    return 0


def _say_rows(rows: Sequence[SessionRow], *, numbered: bool) -> None:
    if numbered and streams.is_terminal(sys.stdout) and streams.width() >= _TABLE_FROM:
        from trainer.cli.tables import say_table

        cells = [(str(number), *_cells(row)) for number, row in enumerate(rows, 1)]
        say_table(("", "When", "Session", "What", "Pain"), cells, wide=3)
        return
    column = len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        first = f"{number:>{column}}  " if numbered else "- "
        for line, style in _row_lines(row, first, streams.width()):
            streams.say(line, style)
        if not numbered:
            streams.say(f"  {clean(row.id)}", streams.DIM)


def _cells(row: SessionRow) -> tuple[str, str, str, str]:
    before, after = ("?" if nrs is None else str(nrs) for nrs in (row.pain_before, row.pain_after))
    pain = "" if before == after == "?" else f"{before} → {after}"
    return moment(row), logged.name(row), logged.in_short(row, pain=False), pain


def _wanted(logbook: Logbook, args: Namespace) -> Wanted:
    if args.find and not fold(args.find):
        raise Refusal(f"--find: found {asked.shown(args.find)}; allowed: words, of letters or digits")
    now = asked.today(logbook.day_starts_h)
    return Wanted(
        args.find,
        asked.called(logbook, "routine", args.routine),
        asked.called(logbook, "exercise", args.exercise),
        asked.day("--since", args.since, now),
        asked.day("--until", args.until, now),
        None if args.pain is None else asked.rating("--pain", args.pain),
    )


def _row_lines(row: SessionRow, first: str, width: int) -> Iterator[tuple[str, str]]:
    for line in wrap(f"{moment(row)} {logged.name(row)}", width, first):
        yield line, streams.BOLD
    for line in wrap(logged.in_short(row), width, " " * cells(first)):
        yield line, ""


def _one(logbook: Logbook, id: str, *, json: bool) -> int:
    detail = found(logbook, id)
    if json:
        import msgspec

        streams.say_json(msgspec.to_builtins(detail))
        return 0
    _say_detail(detail)
    return 0


def found(logbook: Logbook, id: str, command: str = "show") -> SessionDetail:
    """The session that a number of the list or an id names. Raises `Refusal`."""
    if id.isascii() and id.isdigit() and len(id) <= 7:
        rows = logbook.sessions(limit=int(id) or _ALL)
        if not 1 <= int(id) <= len(rows):
            raise Refusal(
                f"log {command}: no session {asked.shown(id)}; "
                + (f"allowed: 1 to {len(rows)}, 1 being the latest, or an id" if rows else "there are no sessions yet")
            )
        id = rows[int(id) - 1].id
    detail = logbook.session(id) if len(id) <= 100 else None
    if detail is None:
        raise Refusal(f"log {command}: no session {asked.shown(id)}; trainer log lists them, each with its number")
    return detail


_ALL = 10_000_000
_TABLE_FROM = 70
"""Columns from which a table reads better than lines (own)."""
_LOOKS = {"title": streams.BOLD, "heading": streams.BOLD, "dim": streams.DIM}


def _say_detail(detail: SessionDetail) -> None:
    table = streams.is_terminal(sys.stdout) and streams.width() >= _TABLE_FROM
    for line in told(detail, works=not table):
        first = "- " if line.look == "item" else "  " if isinstance(line.edits, NoteMeant) else ""
        streams.say_lines([line.text], first, _LOOKS.get(line.look, ""))
    if table and detail.works:
        from trainer.cli.tables import say_table

        streams.say()
        say_table(("Exercise", "Set", "Side", "What was done"), sets(detail.works), wide=3)
