"""`trainer log export`: the logbook as JSON Lines, a table, a report or FHIR."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from sessions.errors import FileInTheWay, LogbookError
from sessions.logbook import Logbook
from sessions.spans import Span
from trainer.charts.numbers import many
from trainer.cli import asked, streams
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, open_existing
from trainer.paths import Paths
from trainer.text import clean
from trainer.trouble import with_way_out

Form: TypeAlias = Literal["jsonl", "csv", "report", "html", "fhir"]
_OF_SUFFIX: dict[str, Form] = {
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "report",
    ".html": "html",
    ".htm": "html",
    ".json": "fhir",
}
_NAMES: dict[Form, str] = {
    "jsonl": "JSON Lines",
    "csv": "a table",
    "report": "a report",
    "html": "a report",
    "fhir": "FHIR Observations",
}
OUTPUT = "-"


class _Export(Struct, frozen=True):
    """What is to be written."""

    form: Form
    logbook: Logbook
    paths: Paths
    person: str
    """As they are called; empty where nobody is named."""
    since: str
    until: str
    """Local days; empty where none is named."""


def run(args: Namespace) -> int:
    """Write the logbook into a file or to standard output."""
    form = _form(args)
    file = None if args.file in (None, OUTPUT) else Path(args.file)
    paths = known_paths(args)
    try:
        logbook = open_existing(paths)
        if logbook is None:
            raise Refusal("log export: there are no sessions yet, so nothing was written", status=1)
        with logbook:
            return _export(_asked(args, form, logbook, paths), file, force=args.force)
    except FileInTheWay as error:
        more = ["--force puts the new one in its place."] if "is there already" in error.message else []
        raise Refusal(f"log export: {error.message}", *more) from None
    except LogbookError as error:
        raise Refusal(*with_way_out(error, paths), status=1) from None


def _form(args: Namespace) -> Form:
    named = next((one for one in get_args(Form) if one == args.form), None)
    if args.form is not None and named is None:
        raise Refusal(f"--as: found {asked.shown(args.form)}; allowed: {', '.join(get_args(Form))}")
    if args.html:
        if named not in (None, "report", "html"):
            raise Refusal(f"--html: the report as a page for a browser; found --as {named} beside it")
        return "html"
    if args.file in (None, OUTPUT):
        return named or "jsonl"
    by_name = _OF_SUFFIX.get(Path(args.file).suffix.lower())
    if named == "report" and by_name == "html":
        return "html"
    form: Form | None = named or by_name
    if form is None:
        raise Refusal(
            f"log export: found the name {asked.shown(args.file)}; allowed: one that ends in {', '.join(_OF_SUFFIX)}",
            f"Or say which form is meant: --as {', '.join(get_args(Form))}.",
        )
    return form


def _asked(args: Namespace, form: Form, logbook: Logbook, paths: Paths) -> _Export:
    now = asked.today(logbook.day_starts_h)
    since, until = asked.day("--since", args.since, now), asked.day("--until", args.until, now)
    if since and until and since > until:
        raise Refusal(f"--until: found {until}; allowed: {since}, as --since says, or later")
    person = clean((args.person or paths.person).strip(), limit=60) if paths.person else ""
    return _Export(form, logbook, paths, person, since, until)


def _export(asked_for: _Export, file: Path | None, *, force: bool) -> int:
    chunks, span = _content(asked_for)
    if not span.sessions:
        raise _nothing(asked_for.since, asked_for.until)
    holds = f"{_NAMES[asked_for.form]} of {many(span.sessions, 'session')}, {span.since} to {span.until}"
    if file is None:
        _print(chunks)
        streams.warn(f"Written: {holds}.")
        return 0
    from sessions.files import write_whole

    write_whole(file, chunks, replace=force)
    streams.say(f"Written: {file}")
    streams.say(f"{holds[0].upper()}{holds[1:]}.")
    streams.say(f"It holds health data; {_who_reads(file)}")
    return 0


def _nothing(since: str, until: str) -> Refusal:
    when = "".join(f" {word} {day}" for word, day in (("from", since), ("up to", until)) if day)
    return Refusal(f"log export: there is no session{when or ' that counts'}, so nothing was written", status=1)


def _who_reads(file: Path) -> str:
    if os.name == "posix" and not file.stat().st_mode & 0o077:
        return "on this machine, only you can read it."
    return "keep it where only you can read it."


def _content(of: _Export) -> tuple[Iterator[bytes], Span]:
    """What is to be written, piece by piece, and what of the logbook it is."""
    if of.form in ("report", "html"):
        return _report(of)
    span = of.logbook.span(of.since, of.until, withdrawn=of.form == "jsonl")
    if of.form == "jsonl":
        return _lines(of), span
    return (_table(of) if of.form == "csv" else _fhir(of)), span


def _lines(of: _Export) -> Iterator[bytes]:
    """Every fact, or all of each session of the period: what is withdrawn, too, since that is a fact."""
    from sessions.exchange.jsonl import lines

    if not of.since and not of.until:
        return lines(of.logbook.facts())
    return lines(fact for id in of.logbook.session_ids(of.since, of.until) for fact in of.logbook.facts(id))


def _table(of: _Export) -> Iterator[bytes]:
    from sessions.exchange import spreadsheet

    ids = of.logbook.session_ids(of.since, of.until)
    rows = (row for id in ids for row in spreadsheet.rows(of.logbook.facts(id)))
    return (part.encode() for part in spreadsheet.text(rows))


def _fhir(of: _Export) -> Iterator[bytes]:
    from sessions.exchange.fhir import bundle

    details = (of.logbook.session(id) for id in of.logbook.session_ids(of.since, of.until))
    ratings = (rating for one in details if one is not None and not one.row.withdrawn for rating in one.ratings)
    return (part.encode() for part in bundle(ratings, of.person))


def _report(of: _Export) -> tuple[Iterator[bytes], Span]:
    from trainer.cli.reporting import material, period
    from trainer.library.shelf import Library
    from trainer.past import Past
    from trainer.report.html import html
    from trainer.report.markdown import markdown
    from trainer.report.page import page

    library = Library(of.paths.config)
    past = Past(of.logbook, library, asked.today(of.logbook.day_starts_h))
    over = period(past, of.since, of.until)
    first, last = over.days
    span = of.logbook.span(first, min(last, past.today))
    if not span.sessions:
        raise _nothing(first, min(last, past.today))
    made = page(material(of.logbook, library, past, over, of.person))
    return (part.encode() for part in (html if of.form == "html" else markdown)(made)), span


def _print(chunks: Iterator[bytes]) -> None:
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None or streams.is_terminal(sys.stdout):
        for chunk in chunks:
            print(clean(chunk.decode(), lines=True), end="")
        return
    # As bytes: a file is UTF-8 with plain line ends, whatever the system would make of text.
    sys.stdout.flush()
    for chunk in chunks:
        binary.write(chunk)
    binary.flush()
