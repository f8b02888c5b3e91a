"""`trainer stats`: whether pain changed, what was done, and what the week adds up to."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sessions.errors import LogbookError
from trainer.cli import asked, chart, streams
from trainer.cli.errors import Refusal
from trainer.cli.make import known_paths, open_existing
from trainer.coach.lookback import CHOICES, Measure, Period, Subject
from trainer.coach.lookback_words import said, sentences
from trainer.library.shelf import Library
from trainer.past import Past, period_said, plotted, streak_said, this_week
from trainer.trouble import with_way_out

if TYPE_CHECKING:
    from sessions.logbook import Logbook

FIRST_YEAR = 1970
_HEIGHT = 14
"""Lines of a plot (own)."""
_TABLE_FROM = 60
"""Columns from which exercises stand in a table (own)."""


def run(args: Namespace) -> int:
    """Look back over some weeks, at one exercise, or at a year. Raises `Refusal`."""
    if args.year is not None and (args.exercise or args.since):
        raise Refusal("stats: --year stands alone; allowed: --year, or --since and --exercise")
    paths = known_paths(args)
    try:
        logbook = open_existing(paths)
        if logbook is None:
            _nothing(args)
            return 0
        with logbook:
            past = Past(logbook, Library(paths.config), asked.today(logbook.day_starts_h))
            if args.year is not None:
                _year(past, _as_year(args.year, past.today), json=args.json)
            else:
                _weeks(past, logbook, args)
    except LogbookError as error:
        raise Refusal(*with_way_out(error, paths), status=1) from None
    return 0


def _nothing(args: Namespace) -> None:
    today = asked.today()
    year = None if args.year is None else _as_year(args.year, today)
    _since(args.since, today)
    if args.json:
        from trainer.cli import stats_json

        streams.say_json(stats_json.empty(today) if year is None else stats_json.of_year(year, {}))
    else:
        streams.say("No sessions yet.")


def _as_year(text: str, today: str) -> int:
    this = int(today[:4])
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= this:
        return int(text)
    raise Refusal(f"stats: --year: found {asked.shown(text)}; allowed: {FIRST_YEAR} to {this}")


def _since(text: str, today: str) -> tuple[str, int | None]:
    """The day that a person names, or how many weeks go back to it where they named these. Raises `Refusal`."""
    day = asked.day("stats: --since", text, today)
    if not day:
        return "", next(iter(CHOICES.values()))
    if day > today:
        raise Refusal(f"stats: --since: found {asked.shown(text)}; allowed: a day up to today, {today}")
    if day == text.strip():
        return day, None
    from datetime import date

    return "", max(1, (date.fromisoformat(today) - date.fromisoformat(day)).days // 7)


# --- some weeks ------------------------------------------------------------------------------------


def _weeks(past: Past, logbook: Logbook, args: Namespace) -> None:
    day, count = _since(args.since, past.today)
    over = past.since(day) if day else past.weeks(count)
    id = asked.called(logbook, "exercise", args.exercise)
    pain = past.pain(over)
    exercises = [one for one in (past.exercise(id, over),) if one is not None] if id else past.exercises(over)
    if args.json:
        from trainer.cli import stats_json

        streams.say_json(stats_json.of_weeks(past, over, pain, exercises))
    elif not past.first_day and not pain.strands:
        streams.say("No sessions yet.")
    elif id:
        _one(over, exercises)
    else:
        _all(past, over, pain, exercises)


def _one(over: Period, found: Sequence[Subject]) -> None:
    if not found:
        chart.say(chart.sentence("Nothing was done of it in these weeks."))
    for subject in found:
        chart.say(chart.sentence(subject.name, role="bold"))
        chart.say(chart.sentence(period_said(over), role="dim"))
        chart.say([(), *(line for text in sentences(subject) for line in chart.sentence(text, bullet=True))])
        # What it is dosed in: repetitions, or seconds where it is held.
        for measure in ("pain", subject.shown("reps") if "reps" in subject.strands else "seconds"):
            _plot(subject, measure)


def _plot(subject: Subject, measure: Measure) -> None:
    """A plot where there is a terminal to show it, and something to plot."""
    if measure in subject.strands and streams.is_terminal(sys.stdout):
        lines = plotted(subject, measure, width=streams.width(), height=_HEIGHT, ascii_only=chart.ascii_only())
        chart.say([(), *lines])


def _all(past: Past, over: Period, pain: Subject, exercises: Sequence[Subject]) -> None:
    chart.say(chart.sentence(period_said(over), role="dim"))
    chart.say([(), *chart.sentence(pain.name, role="bold")])
    for text in sentences(pain):
        chart.say(chart.sentence(text, bullet=True))
    _plot(pain, "pain")
    if exercises:
        chart.say([(), *chart.sentence("Exercises", role="bold")])
        _exercises(exercises)
    chart.say([()])
    _this_week(past)


def _exercises(exercises: Sequence[Subject]) -> None:
    if streams.is_terminal(sys.stdout) and streams.width() >= _TABLE_FROM:
        from trainer.cli.stats_table import say_exercises

        say_exercises(exercises)
        return
    for one in exercises:
        chart.say(chart.sentence(f"{one.name}. {' '.join(said(one, 'pain'))}", bullet=True))


def _this_week(past: Past) -> None:
    if streams.is_terminal(sys.stdout):
        lines = this_week(past.streak(), past.this_week(), width=streams.width(), ascii_only=chart.ascii_only())
        chart.say(lines)
        return
    from trainer.coach import week

    chart.say(chart.sentence(streak_said(past.streak())))
    chart.say(chart.sentence(week.in_words(past.this_week())))


# --- a year ----------------------------------------------------------------------------------------


def _year(past: Past, year: int, *, json: bool) -> None:
    minutes = past.minutes(year)
    if json:
        from trainer.cli import stats_json

        streams.say_json(stats_json.of_year(year, minutes))
        return
    from trainer.charts import year as calendar

    if not streams.is_terminal(sys.stdout):
        for number, text in enumerate(calendar.year_told(minutes, year=year, today=past.today)):
            chart.say(chart.sentence(text, bullet=number > 0))
        return
    ascii_only = chart.ascii_only()
    chart.say(calendar.year(minutes, year=year, today=past.today, width=streams.width(), ascii_only=ascii_only))
    if past.today[:4] == str(year):
        chart.say([()])
        _this_week(past)
