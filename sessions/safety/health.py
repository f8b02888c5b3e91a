"""The inspection of a whole file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sessions import queries, readtables, schema
from sessions.errors import DamagedLogbook, translated
from sessions.facts import digest
from sessions.rows import Health

if TYPE_CHECKING:
    from sessions.answers import Answers


def inspect(logbook: Answers, reading: Callable[[], AbstractContextManager[sqlite3.Connection]]) -> Health:
    """See `Logbook.health`. `reading` gives the connection for as long as it is held."""
    integrity, facts, sessions, number = "ok", 0, 0, 0
    bad: list[str] = []
    wrong: list[str] = []
    missing: dict[str, int] = {}
    conflicts: list[str] = []
    try:
        with reading() as connection:
            integrity = queries.integrity(connection)
            number = schema.version(connection)
            sessions = queries.count_sessions(connection)
        for fact in logbook.facts():
            facts += 1
            if digest(fact) != fact.sha256:
                bad.append(fact.id)
        with reading() as connection:
            missing = {
                device: highest - numbers
                for device, (_, numbers, highest) in queries.devices(connection).items()
                if highest > numbers
            }
            conflicts = queries.conflicts(connection, 0)
            # What a newer form calls its read tables cannot be known.
            wrong = readtables.wrong(connection) if number == schema.SCHEMA else []
    except DamagedLogbook as error:
        integrity = error.message if integrity == "ok" else integrity
    with translated(logbook.path):
        size_bytes = logbook.path.stat().st_size
    return Health(
        logbook.path,
        facts,
        sessions,
        number,
        integrity,
        bad,
        size_bytes,
        missing,
        logbook.device,
        wrong,
        conflicts,
    )
