"""The logbook: what was done and how it felt, kept on the person's own machine and never lost.

    from pathlib import Path
    from sessions import Logbook

    logbook = Logbook.open_existing(Path("logbook.sqlite"))
    if logbook is not None:
        for row in logbook.sessions(limit=10):
            print(row.day, row.name, row.done, "of", row.works)
        logbook.close()

Names are loaded when they are first used, so that the facts can be had without SQLite.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sessions.errors import DamagedLogbook as DamagedLogbook
    from sessions.errors import EmptyFile as EmptyFile
    from sessions.errors import FileInTheWay as FileInTheWay
    from sessions.errors import InvalidFact as InvalidFact
    from sessions.errors import LogbookBusy as LogbookBusy
    from sessions.errors import LogbookError as LogbookError
    from sessions.errors import LogbookUnreadable as LogbookUnreadable
    from sessions.errors import LogbookUnwritable as LogbookUnwritable
    from sessions.errors import NewerLogbook as NewerLogbook
    from sessions.errors import NotALogbook as NotALogbook
    from sessions.facts import Draft as Draft
    from sessions.facts import Fact as Fact
    from sessions.facts import draft as draft
    from sessions.logbook import Logbook as Logbook
    from sessions.records import ActivityLogged as ActivityLogged
    from sessions.records import Body as Body
    from sessions.records import CheckAnswered as CheckAnswered
    from sessions.records import Correction as Correction
    from sessions.records import Eased as Eased
    from sessions.records import ExercisePlanned as ExercisePlanned
    from sessions.records import Note as Note
    from sessions.records import PainRated as PainRated
    from sessions.records import SessionBegun as SessionBegun
    from sessions.records import SessionEnded as SessionEnded
    from sessions.records import SessionResumed as SessionResumed
    from sessions.records import Stamp as Stamp
    from sessions.records import Withdrawal as Withdrawal
    from sessions.records import WorkDone as WorkDone
    from sessions.rows import AnswerRow as AnswerRow
    from sessions.rows import DayRow as DayRow
    from sessions.rows import Health as Health
    from sessions.rows import NameRow as NameRow
    from sessions.rows import NoteRow as NoteRow
    from sessions.rows import PracticeRow as PracticeRow
    from sessions.rows import RatingRow as RatingRow
    from sessions.rows import SessionDetail as SessionDetail
    from sessions.rows import SessionRow as SessionRow
    from sessions.rows import Taken as Taken
    from sessions.rows import WeekActivityRow as WeekActivityRow
    from sessions.rows import WeekExerciseRow as WeekExerciseRow
    from sessions.rows import WeekPainRow as WeekPainRow
    from sessions.rows import WorkRow as WorkRow
    from sessions.wanted import Wanted as Wanted

_ROOMS = {
    "sessions.errors": (
        "DamagedLogbook EmptyFile FileInTheWay InvalidFact LogbookBusy LogbookError LogbookUnreadable "
        "LogbookUnwritable NewerLogbook NotALogbook"
    ),
    "sessions.facts": "Draft Fact draft",
    "sessions.wanted": "Wanted",
    "sessions.logbook": "Logbook",
    "sessions.records": (
        "ActivityLogged Body CheckAnswered Correction Eased ExercisePlanned Note PainRated SessionBegun SessionEnded "
        "SessionResumed Stamp Withdrawal WorkDone"
    ),
    "sessions.rows": (
        "AnswerRow DayRow Health NameRow NoteRow PracticeRow RatingRow SessionDetail SessionRow Taken WeekActivityRow "
        "WeekExerciseRow WeekPainRow WorkRow"
    ),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
