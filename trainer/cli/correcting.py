"""`trainer log rate`, `log note` and `log withdraw`: what is said of a session afterwards."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from sessions.errors import LogbookError
from sessions.facts import draft
from sessions.folding import fold
from sessions.logbook import Logbook
from sessions.records import Body, Withdrawal
from sessions.rows import SessionDetail
from trainer.cli import asked, streams
from trainer.cli.errors import Refusal
from trainer.cli.history import found
from trainer.cli.make import find_paths, open_logbook, stamp
from trainer.guide import amend, logged
from trainer.guide.amend import Rating
from trainer.guide.outcome import moment
from trainer.guide.told import WHEN
from trainer.paths import HOMELESS, WAY_OUT
from trainer.text import clean

NOTE_LIMIT = 10_000
"""Characters of a note, as many as a fact holds."""


def rate(args: Namespace) -> int:
    """Give or correct one rating."""
    nrs = asked.rating("log rate", args.nrs)

    def body(detail: SessionDetail, _: Logbook) -> Body | None:
        return amend.rate(detail, _meant(args, detail), nrs)

    return _say(args, body, "That is what it says already.", f"Kept: {nrs} of 10.")


def note(args: Namespace) -> int:
    """Write the session's note, or correct it."""
    text = clean(args.text, lines=True).strip()
    if not text or len(text) > NOTE_LIMIT:
        raise Refusal(f"log note: found {len(text)} characters; allowed: 1 to {NOTE_LIMIT}")

    def body(detail: SessionDetail, _: Logbook) -> Body | None:
        return amend.note(detail, text, detail.notes[-1].id if detail.notes else None)

    return _say(args, body, "That is what it says already.", "The note is kept.")


def withdraw(args: Namespace) -> int:
    """Withdraw a session, or bring it back."""

    def body(detail: SessionDetail, logbook: Logbook) -> Body | None:
        standing = logbook.withdrawals(detail.row.id)
        if args.undo:
            return Withdrawal(standing[0]) if standing else None
        return None if detail.row.withdrawn else Withdrawal(detail.row.id)

    if args.undo:
        return _say(args, body, "It counts already.", "It counts again.")
    return _say(args, body, "It is withdrawn already.", "Withdrawn: it counts nowhere. Its facts are kept.", back=True)


def _say(
    args: Namespace,
    body: Callable[[SessionDetail, Logbook], Body | None],
    already: str,
    done: str,
    *,
    back: bool = False,
) -> int:
    import os

    from trainer.settings import load

    paths = find_paths(args)
    if not paths.known:
        raise Refusal(HOMELESS, WAY_OUT)
    try:
        if Logbook.open_existing(paths.logbook) is None:
            raise Refusal(f"log {args.log_command}: there are no sessions yet")
        with open_logbook(paths, load(paths.settings)) as logbook:
            detail = found(logbook, args.id, args.log_command)
            said = body(detail, logbook)
            # Withdrawals of a session that was withdrawn twice, on two machines, are undone one by one.
            while said is not None:
                logbook.append(draft(detail.row.id, said, stamp(), os.urandom))
                again = body(detail, logbook) if isinstance(said, Withdrawal) and args.undo else None
                said = again if again != said else None
                already = ""
    except LogbookError as error:
        raise Refusal(error.message, status=1) from None
    streams.say(clean(f"{logged.name(detail.row)}, {moment(detail.row)}"), streams.BOLD)
    streams.say(already or done)
    if back and not already:
        streams.say(f"trainer log withdraw {clean(detail.row.id)} --undo brings it back.")
    return 0


def _meant(args: Namespace, detail: SessionDetail) -> Rating:
    """Which rating the options name."""
    named = [
        when for when, said in (("before", args.before), ("after", args.after), ("next_morning", args.morning)) if said
    ]
    if args.exercise:
        named.append("after_exercise")
    if len(named) != 1:
        raise Refusal("log rate: say which rating it is", "One of --before, --after, --morning or --exercise ID.")
    if named[0] in WHEN:
        if args.side:
            raise Refusal("log rate: --side goes with --exercise")
        return Rating(named[0])  # type: ignore[arg-type]  # a key of WHEN
    if args.side not in (None, "left", "right"):
        raise Refusal(f"log rate: --side: found {asked.shown(args.side)}; allowed: left or right")
    words = fold(args.exercise)
    places = {(one.index, one.exercise): one.name for one in detail.exercises}
    places |= {(work.index, work.exercise): work.name for work in detail.works}
    fits = [
        (place, name)
        for place, name in places.items()
        if args.exercise == place[1] or words in (fold(name), fold(place[1]))
    ]
    if not fits:
        there = ", ".join(dict.fromkeys(clean(exercise) for _, exercise in places)) or "none"
        raise Refusal(f"log rate: no exercise {asked.shown(args.exercise)} in this session", f"There is: {there}.")
    (index, exercise), name = fits[0]
    return Rating("after_exercise", index, exercise, name, args.side)
