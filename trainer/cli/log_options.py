"""The options of all that has to do with the logbook."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Callable

from trainer.cli import options


def listing(parser: ArgumentParser) -> None:
    """Which sessions to list."""
    parser.add_argument("--last", metavar="N", type=options.count, default=20, help="how many to list (20)")
    parser.add_argument("--find", metavar="WORDS", default="", help="words in names and notes, all of them")
    parser.add_argument("--routine", metavar="ID", default="", help="of one routine")
    _period(parser)
    parser.add_argument("--until", metavar="DATE", default="", help="up to a day")
    parser.add_argument("--pain", metavar="N", help="with a rating of at least N, 0 to 10")
    parser.add_argument("--withdrawn", action="store_true", help="those that count nowhere")


def _period(parser: ArgumentParser) -> None:
    parser.add_argument("--exercise", metavar="ID", default="", help="with an exercise: its id or a name of it")
    parser.add_argument("--since", metavar="DATE", default="", help="from a day on, as 2026-03-01, or 12w, 6m, 1y")


def _one(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="its number in the list, 1 being the latest, or its id")


def _json_too(parser: ArgumentParser) -> None:
    # No default: `log --json show 1` has said it already.
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON, for programs")


def show(parser: ArgumentParser) -> None:
    """Which session."""
    _one(parser)
    _json_too(parser)


def add(parser: ArgumentParser) -> None:
    """What was done, how long and when."""
    parser.add_argument("activity", metavar="ACTIVITY", help="what was done: walk, swim, cycle, run, other …")
    parser.add_argument("minutes", metavar="MINUTES", help="how long it took, 1 to 1440")
    parser.add_argument("--intensity", metavar="HOW", help="light, moderate or vigorous; else what is usual")
    parser.add_argument("--on", metavar="DATE", help="the day, as 2026-03-01; else today")
    parser.add_argument("--note", metavar="TEXT", help="a note of your own")


def rate(parser: ArgumentParser) -> None:
    """Which rating, and what it should have been."""
    _one(parser)
    parser.add_argument("nrs", metavar="N", help="the pain, 0 to 10")
    parser.add_argument("--before", action="store_true", help="before the session")
    parser.add_argument("--after", action="store_true", help="after the session")
    parser.add_argument("--morning", action="store_true", help="the next morning")
    parser.add_argument("--exercise", metavar="ID", default="", help="after an exercise of it: its id or its name")
    parser.add_argument("--side", metavar="SIDE", help="left or right, where the sides were rated apart")


def note(parser: ArgumentParser) -> None:
    """Of which session, and the words."""
    _one(parser)
    parser.add_argument("text", metavar="TEXT", help="the note; it takes the place of the one that is there")


def withdraw(parser: ArgumentParser) -> None:
    """Which session."""
    _one(parser)
    parser.add_argument("--undo", action="store_true", help="bring it back; ID is then what withdrawing it said")


def export(parser: ArgumentParser) -> None:
    """In which form, of when, and where to."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="the file to write; else standard output")
    parser.add_argument(
        "--as", dest="form", metavar="FORM", help="jsonl, csv, report, html or fhir; else by the file's name"
    )
    parser.add_argument("--since", metavar="DATE", default="", help="from a day on, as 2026-03-01, or 12w, 6m, 1y")
    parser.add_argument("--until", metavar="DATE", default="", help="up to a day")
    parser.add_argument("--html", action="store_true", help="the report as a page for a browser")
    parser.add_argument("--force", action="store_true", help="over a file that is there")


def take(parser: ArgumentParser) -> None:
    """From where, and how carefully."""
    parser.add_argument("file", metavar="FILE", help="JSON Lines or CSV; - is standard input")
    parser.add_argument("--mapping", metavar="TOML", help="how another program's CSV is to be read")
    parser.add_argument("--dry-run", action="store_true", help="only say what would come in")
    parser.add_argument("--skip-bad", action="store_true", help="leave out rows that cannot be read, and say so")


def verify(parser: ArgumentParser) -> None:
    """For whom."""
    _json_too(parser)


def backup(parser: ArgumentParser) -> None:
    """Whether only to list."""
    parser.add_argument("--list", action="store_true", help="only list the backups that there are")


def restore(parser: ArgumentParser) -> None:
    """From which backup."""
    parser.add_argument(
        "backup", metavar="BACKUP", nargs="?", help="its number in the list, or a file; else the newest"
    )
    parser.add_argument("--yes", action="store_true", help="ask nothing")


def erase(parser: ArgumentParser) -> None:
    """Nothing of its own: what is to be typed is asked for."""


def none(parser: ArgumentParser) -> None:
    """A command that takes none of its own."""


COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None]]] = {
    "show": ("show one session", show),
    "add": ("log minutes of walking, swimming, cycling and so on", add),
    "rate": ("give a rating, or correct one; the old one is kept", rate),
    "note": ("write a note to a session, or correct it; the old one is kept", note),
    "withdraw": ("let a session count nowhere, or bring it back", withdraw),
    "export": ("write the logbook as JSON Lines, CSV, a report or FHIR", export),
    "import": ("take in another machine's logbook or a table", take),
    "verify": ("prove every fact and the whole file", verify),
    "rebuild": ("make all that is derived from the facts anew", none),
    "backup": ("make a backup and prove it", backup),
    "restore": ("put a backup in the logbook's place, with all that can be saved", restore),
    "erase": ("remove a person's data for good", erase),
}
"""What each command under `log` does, and what gives it its options, in the order of the help."""


def stats(parser: ArgumentParser) -> None:
    """Of what, and since when."""
    _period(parser)
    parser.add_argument("--year", metavar="YEAR", help="the calendar of a year")
    options.as_json(parser)
    parser.epilog = (
        "Without --since it is the last 12 weeks. --json prints one object with period, pain (by when it was rated), "
        "exercises (by side), week and streak. Of what was measured it has at_first and lately (means of the first and "
        "the last third of the weeks, null where there is nothing), how many each is of, and weeks; a verdict is less, "
        "same, more or unknown. With --year it has year, days, minutes and minutes_by_day."
    )


def sync(parser: ArgumentParser) -> None:
    """Through which folder, and whether from now on."""
    parser.add_argument("folder", metavar="FOLDER", nargs="?", help="the folder; else the one that was kept")
    parser.add_argument("--keep", action="store_true", help="from now on at each start and end")
    parser.add_argument("--off", action="store_true", help="no longer at each start and end")


def people(parser: ArgumentParser) -> None:
    """Whether to begin one."""
    parser.add_argument("action", metavar="add", nargs="?", choices=("add",), help="begin a logbook for somebody")
    parser.add_argument("name", metavar="NAME", nargs="?", help="what they are called")
    options.as_json(parser)


ALL = (
    *COMMANDS,
    *("--find", "--routine", "--exercise", "--since", "--until", "--pain", "--intensity", "--on", "--note"),
    *("--before", "--after", "--morning", "--side", "--undo", "--as", "--html", "--force", "--mapping", "--dry-run"),
    *("--withdrawn", "--skip-bad", "--list", "--yes", "--year", "--keep", "--off"),
)
"""What a mistyped word is compared with."""
