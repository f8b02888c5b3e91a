"""`trainer log` and `trainer log show`: what was done."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from sessions.errors import LogbookError
from sessions.logbook import Logbook
from sessions.rows import RatingRow, SessionDetail, SessionRow, WorkRow
from trainer.cli import streams
from trainer.cli.errors import Refusal
from trainer.cli.lay import capital, cells, wrap
from trainer.cli.make import find_paths
from trainer.guide import logged
from trainer.guide.outcome import amount, moment, results
from trainer.guide.words import about
from trainer.paths import HOMELESS, WAY_OUT
from trainer.text import clean

_WHEN = {"before": "Before", "after": "After", "next_morning": "Next morning"}


def run(args: Namespace) -> int:
    """List the latest sessions, show one, or log an activity."""
    if args.log_command == "add":
        from trainer.cli.activity import add

        return add(args)
    id = args.id if args.log_command == "show" else None
    paths = find_paths(args)
    if not paths.known:
        raise Refusal(HOMELESS, WAY_OUT)
    path = paths.logbook
    try:
        logbook = Logbook.open_existing(path)
        if logbook is None:
            if id is not None:
                raise Refusal(f"log show: no session {_shown(id)}: there are no sessions yet")
            return _nothing(json=args.json)
        with logbook:
            return _latest(logbook, args) if id is None else _one(logbook, id, json=args.json)
    except LogbookError as error:
        raise Refusal(error.message, status=1) from None


def _nothing(*, json: bool) -> int:
    if json:
        streams.say_json([])
    else:
        streams.say("No sessions yet.")
    return 0


def _latest(logbook: Logbook, args: Namespace) -> int:
    rows = logbook.sessions(limit=args.last)
    if not rows:
        return _nothing(json=args.json)
    if args.json:
        import msgspec

        streams.say_json(msgspec.to_builtins(rows))
        return 0
    column = len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        for line, style in _row_lines(row, f"{number:>{column}}  ", streams.width()):
            streams.say(line, style)
    return 0


def _row_lines(row: SessionRow, first: str, width: int) -> Iterator[tuple[str, str]]:
    for line in wrap(f"{moment(row)} {logged.name(row)}", width, first):
        yield line, streams.BOLD
    for line in wrap(logged.in_short(row), width, " " * cells(first)):
        yield line, ""


def _shown(id: str) -> str:
    return repr(clean(id, limit=60))


def _one(logbook: Logbook, id: str, *, json: bool) -> int:
    detail = _found(logbook, id)
    if json:
        import msgspec

        streams.say_json(msgspec.to_builtins(detail))
        return 0
    width = streams.width()
    for line, style in _detail_lines(detail, width):
        streams.say(line, style)
    return 0


def _found(logbook: Logbook, id: str) -> SessionDetail:
    if id.isascii() and id.isdigit() and len(id) <= 7:
        rows = logbook.sessions(limit=max(1, int(id)))
        if not 1 <= int(id) <= len(rows):
            raise Refusal(f"log show: no session {_shown(id)}; allowed: 1 to {len(rows)}, 1 being the latest, or an id")
        id = rows[int(id) - 1].id
    detail = logbook.session(id) if len(id) <= 100 else None
    if detail is None:
        raise Refusal(f"log show: no session {_shown(id)}; trainer log lists them, each with its number")
    return detail


def _detail_lines(detail: SessionDetail, width: int) -> Iterator[tuple[str, str]]:
    row = detail.row

    def text(line: str, first: str = "", style: str = "") -> Iterator[tuple[str, str]]:
        return ((one, style) for one in wrap(line, width, first))

    yield from text(logged.name(row), style=streams.BOLD)
    how = capital(logged.how(row))
    yield from text(f"{moment(row)}{f' ({row.zone})' if row.zone else ''}. {about(row.active_ms)}. {how}.")
    for line in logged.about_its_plan(detail):
        yield from text(f"{line}.")
    if row.withdrawn:
        yield from text("Withdrawn: it counts nowhere.")
    yield from text(row.id, style=streams.DIM)
    for rating in detail.ratings:
        if rating.when != "after_exercise":
            yield from text(f"{_WHEN[rating.when]}: pain {_rated(rating)}")
    if detail.exercises or detail.works:
        yield "", ""
    looks = logged.looks(detail)
    for result in results(detail.exercises, detail.works, detail.ratings):
        nrs = "Not rated" if result.nrs is None else f"Pain {result.nrs} of 10"
        unasked = not result.worked or (result.nrs is None and result.name in looks)
        yield from text(f"{result.name}: {result.what}{'' if unasked else f'. {nrs}'}")
    if detail.works:
        yield "", ""
        yield from text("Each work", style=streams.BOLD)
    for work in detail.works:
        again = f", attempt {work.attempt}" if work.attempt > 1 else ""
        place = _where(work)
        what = work.outcome.replace("_", " ")
        done = "" if work.outcome == "skipped" else f", {amount(work)}"
        yield from text(f"{work.name}{f' ({place})' if place else ''}: {what}{done}{again}", "- ")
    for eased in detail.eased:
        yield from text(f"Went on in an easier form: {eased.name}", "- ")
    if detail.answers:
        yield "", ""
        yield from text("Your answers", style=streams.BOLD)
    for answer in detail.answers:
        yield from text(logged.answered(answer), "- ")
    if detail.notes:
        yield "", ""
        yield from text("Notes", style=streams.BOLD)
    for note in detail.notes:
        for line in clean(note.text, lines=True).split("\n"):
            yield from text(line, "  ")


def _where(work: WorkRow) -> str:
    parts = [f"set {work.set_no} of {work.sets}"] if work.sets > 1 else []
    if work.side in ("left", "right"):
        parts.append(f"{work.side} side")
    return ", ".join(parts)


def _rated(rating: RatingRow) -> str:
    return f"{rating.nrs} of 10{' (corrected)' if rating.corrected else ''}"
