"""What would come in with facts from elsewhere, told before anything is changed: the file is opened to be read only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct

from sessions import queries, readtables
from sessions.errors import translated
from sessions.facts import Draft, Fact, proven, store
from sessions.opening import IN_PROCESS, connect, is_there
from sessions.review import local_date
from sessions.rows import SessionRow
from sessions.tally import tally

_NOWHERE = "?"
"""The device of what was not stored anywhere yet."""


class Arriving(Struct, frozen=True):
    """What facts would bring."""

    new: int
    """Facts that are not here, nor anything that says the same."""
    known: int
    """Facts that are here already, or came twice."""
    again: int
    """Facts that say, as those of another device, what is here already: they are kept too, and change nothing."""
    ratings: int
    """Pain ratings among the new ones."""
    conflicts: tuple[str, ...]
    """Ids under which something else stands, here or in what comes."""
    sessions: tuple[str, ...]
    """The sessions of the new facts, in order of time."""
    since: str
    """The local day of the first of these sessions, as `2026-03-01`, as far as it is new; empty where nothing is."""
    until: str
    """That of the last."""


def arriving(path: Path, facts: Iterable[Fact | Draft], *, stop_at: int | None = None) -> Arriving:
    """Return what `facts` would bring to the logbook at `path`, which need not exist.

    `stop_at` ends the look at so many facts that would be stored. A fact has to match its digest, as
    `sessions.exchange.jsonl.Lines` sees to. Raises `LogbookError` where the logbook cannot be read.
    """
    new = known = again = ratings = 0
    conflicts: dict[str, None] = {}
    shas: set[str] = set()
    contents: dict[str, tuple[int, ...]] = {}
    moments: dict[str, tuple[int, int]] = {}
    with _open(path) as connection:
        for fact in facts:
            draft = fact if isinstance(fact, Draft) else fact.draft
            content = hash((draft.session, draft.stamp, draft.kind, draft.body_json))
            here = [] if connection is None else queries.facts_called(connection, draft.id)
            come = contents.get(draft.id, ())
            said = content in come or any(other.says_what(draft) for other in here)
            sha = None if isinstance(fact, Draft) else fact.sha256
            if (said and sha is None) or sha in shas or any(other.sha256 == sha for other in here):
                known += 1
                continue
            if sha is not None:
                shas.add(sha)
            if any(one != content for one in come) or not all(one.says_what(draft) for one in here):
                conflicts[draft.id] = None
            if content not in come:
                contents[draft.id] = (*come, content)
            if said:
                again += 1
            else:
                new += 1
                ratings += draft.kind == "pain_rated"
                moment = draft.stamp.utc_ms, draft.stamp.offset_min
                moments[draft.session] = min(moment, moments.get(draft.session, moment))
            if new + again == stop_at:
                break
        hour = 0 if connection is None else readtables.day_start(connection)
    sessions = tuple(sorted(moments, key=lambda session: (*moments[session], session)))
    since, until = (local_date(*moments[sessions[place]], hour) if sessions else "" for place in (0, -1))
    return Arriving(new, known, again, ratings, tuple(conflicts), sessions, since, until)


def amounting_to(path: Path, facts: Iterable[Fact | Draft], sessions: Iterable[str]) -> list[SessionRow]:
    """Return what some sessions would be with `facts` and with all that the logbook at `path` says of them already."""
    with _open(path) as connection:
        hour = 0 if connection is None else readtables.day_start(connection)
        found = {one: [] if connection is None else readtables.facts_of(connection, one) for one in sessions}
    for number, fact in enumerate(facts, 1):
        if fact.session in found:
            found[fact.session].append(store(fact, _NOWHERE, number) if isinstance(fact, Draft) else fact)
    rows = []
    for session, all_of in found.items():
        amount = tally(session, proven(all_of), hour)
        if amount is not None:
            rows.append(amount.detail.row)
    return rows


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection | None]:
    """A connection that changes nothing, whatever the form of the file; None where there is no logbook."""
    if not is_there(path):
        yield None
        return
    with IN_PROCESS, translated(path), closing(connect(path, "ro")) as connection:
        yield connection
