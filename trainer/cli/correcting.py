"""`trainer log rate`, `log note` and `log withdraw`: what is said of a session afterwards."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator

from sessions.errors import LogbookError
from sessions.facts import draft
from sessions.folding import fold
from sessions.logbook import Logbook
from sessions.records import Body, Correction, Side, When, Withdrawal
from sessions.rows import SessionDetail
from trainer.cli import asked, streams
from trainer.cli.errors import Refusal
from trainer.cli.history import found, opened
from trainer.cli.make import known_paths, stamp
from trainer.guide import amend, logged
from trainer.guide.amend import Rating
from trainer.guide.outcome import moment
from trainer.guide.told import WHEN
from trainer.text import clean
from trainer.trouble import with_way_out

NOTE_LIMIT = 10_000
"""Characters of a note, as many as a fact holds."""
_ALREADY = "That is what it says already."


def rate(args: Namespace) -> int:
    """Give or correct one rating."""
    nrs = asked.rating("log rate", args.nrs)
    when, side = _when(args), _side(args)

    def bodies(detail: SessionDetail, _: Logbook) -> Iterator[tuple[Body, str]]:
        which = Rating(when) if when in WHEN else _exercise(args.exercise, side, detail)
        if which.exercise is not None and which.side is None and _apart(which, detail):
            raise Refusal(
                "log rate: its sides were rated apart", "--side left or --side right says which rating is meant."
            )
        body = amend.rate(detail, which, nrs)
        if body is not None:
            before = which.given(detail)
            yield body, f"Kept: {nrs} of 10." + (f" It said {before.nrs}, which is kept too." if before else "")

    return _say(args, bodies, _ALREADY)


def _apart(which: Rating, detail: SessionDetail) -> bool:
    rated = amend.counting(detail, which.when, which.index, which.exercise)
    return bool(rated) and None not in rated


def note(args: Namespace) -> int:
    """Write the session's note, or correct it."""
    text = clean(args.text, lines=True).strip()
    if not 0 < len(text) <= NOTE_LIMIT:
        raise Refusal(f"log note: found {len(text):,} characters; allowed: 1 to {NOTE_LIMIT:,}")

    def bodies(detail: SessionDetail, _: Logbook) -> Iterator[tuple[Body, str]]:
        body = amend.note(detail, text, detail.notes[-1].id if detail.notes else None)
        if body is not None:
            corrects = isinstance(body, Correction)
            yield body, "The note is corrected; what it said is kept too." if corrects else "The note is kept."

    return _say(args, bodies, _ALREADY)


def withdraw(args: Namespace) -> int:
    """Withdraw a session, or bring it back."""

    def out(detail: SessionDetail, _: Logbook) -> Iterator[tuple[Body, str]]:
        if not detail.row.withdrawn:
            undo = f"trainer log withdraw {clean(detail.row.id)} --undo brings it back."
            yield Withdrawal(detail.row.id), f"Withdrawn: it counts nowhere. Its facts are kept.\n{undo}"

    def back(detail: SessionDetail, logbook: Logbook) -> Iterator[tuple[Body, str]]:
        # It may have been withdrawn on several machines.
        for withdrawal in logbook.withdrawals(detail.row.id):
            yield Withdrawal(withdrawal), "It counts again."

    if args.undo:
        return _say(args, back, "It counts already. One that was withdrawn has no number; its id names it.")
    return _say(args, out, "It is withdrawn already.")


def _say(args: Namespace, bodies: Callable[[SessionDetail, Logbook], Iterator[tuple[Body, str]]], already: str) -> int:
    """Store what `bodies` gives, and say what it says of it; `already` where there is nothing."""
    import os

    paths = known_paths(args)
    done = already
    try:
        logbook = opened(paths)
        if logbook is None:
            raise Refusal(f"log {args.log_command}: there are no sessions yet")
        with logbook:
            detail = found(logbook, args.id, args.log_command)
            for body, done in bodies(detail, logbook):  # noqa: B007  # the last one is said
                logbook.append(draft(detail.row.id, body, stamp(), os.urandom))
    except LogbookError as error:
        raise Refusal(*with_way_out(error, paths), status=1) from None
    streams.say_lines([f"{logged.name(detail.row)}, {moment(detail.row)}"], style=streams.BOLD)
    streams.say_lines(done.split("\n"))
    return 0


def _when(args: Namespace) -> When:
    """Which rating the options name."""
    said = {"before": args.before, "after": args.after, "next_morning": args.morning, "after_exercise": args.exercise}
    named: list[When] = [when for when in (*WHEN, "after_exercise") if said[when]]
    if len(named) != 1:
        raise Refusal("log rate: say which rating it is: one of --before, --after, --morning or --exercise ID")
    return named[0]


def _side(args: Namespace) -> Side | None:
    if args.side is None:
        return None
    if args.side not in ("left", "right"):
        raise Refusal(f"log rate: --side: found {asked.shown(args.side)}; allowed: left or right")
    if not args.exercise:
        raise Refusal("log rate: --side goes with --exercise")
    side: Side = args.side
    return side


def _exercise(text: str, side: Side | None, detail: SessionDetail) -> Rating:
    """The rating after an exercise: named by id or name, or by its place in the session, from 1."""
    names = {(one.index, one.exercise): one.name for one in detail.exercises}
    names |= {(work.index, work.exercise): work.name for work in detail.works}
    places = sorted(names)
    words = fold(text)
    fits = [place for place in places if text == place[1] or (words and words in (fold(names[place]), fold(place[1])))]
    if not fits and text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(places):
        fits = [places[int(text) - 1]]
    if not fits:
        there = ", ".join(dict.fromkeys(clean(exercise) for _, exercise in places)) or "none"
        raise Refusal(f"log rate: no exercise {asked.shown(text)} in this session; there is: {there}")
    if len(fits) > 1:
        numbers = " or ".join(str(places.index(place) + 1) for place in fits)
        raise Refusal(f"log rate: {asked.shown(text)} comes {len(fits)} times in it; --exercise {numbers} says which")
    which = Rating("after_exercise", *fits[0], names[fits[0]], side)
    sides = {work.side for work in which.works(detail)}
    if side is not None and sides and side not in sides:
        raise Refusal(f"log rate: {clean(names[fits[0]])} was not done on the {side} side in this session")
    return which
