"""The guidance where nobody is at a terminal: pipes, files, nothing at all."""

from __future__ import annotations

from typing import Any


def test_no_input_at_all(plain: Any, trial: str) -> None:
    """Without input the guidance goes to its end by itself; ratings stay open and nothing is invented."""
    assert plain(trial, interactive=False, ended=True) == 0
    detail = plain.last()
    assert detail.ratings == ()
    assert detail.row.how == "finished"
    text = plain.person.text
    assert text.count("Nothing more can be typed") == 1
    assert "pain now" not in text
    assert "it goes on after 20 s" in text
    assert "Reach: done. Not rated." in text


def test_numbers_that_come_early_wait(plain: Any, trial: str) -> None:
    """Numbers from a pipe are taken in order, each for the next rating that falls due."""
    answers = [("Trial: 3 exercises", "3"), ("", "1"), ("", "0")]
    assert plain(trial, *answers, interactive=False, end_after_answers=True) == 0
    assert [(one.exercise, one.nrs) for one in plain.last().ratings] == [("reach", 3), ("nod", 1), ("wait", 0)]


def test_an_open_pipe_is_not_waited_for(plain: Any, trial: str) -> None:
    """A pipe that stays open and says nothing ends neither the guidance nor its end."""
    assert plain(trial, interactive=False) == 0
    assert plain.last().row.how == "finished"
    assert "Reach: pain after it" in plain.person.text


def test_owed_ratings_through_a_pipe(plain: Any, trial: str) -> None:
    """At the end a pipe may still rate what is owed."""
    plain(trial, ("Reach: pain after it", "x"), ("0 to 10", "2"), ("Nod: pain after it", ""), interactive=False)
    assert [(one.exercise, one.nrs) for one in plain.last().ratings] == [("reach", 2)]


def test_a_pipe_full_of_nonsense(plain: Any, trial: str) -> None:
    """What is not understood is told once, and no question is asked for ever."""
    plain(trial, *[("", "foo")] * 300, interactive=False)
    assert plain.person.text.count("Not understood") == 1


def test_a_high_rating_through_a_pipe(plain: Any, trial: str) -> None:
    """A high rating waits for an answer through the pipe, for half a minute at most."""
    assert plain(trial, ("Reach: pain now", "8"), interactive=False) == 0
    assert "No answer came; going on." in plain.person.output
    assert 30_000 <= plain.last().row.paused_ms <= 32_000


def test_a_high_rating_and_no_more_input(plain: Any, trial: str) -> None:
    """Where no answer can come, time does not stand."""
    assert plain(trial, ("Reach: pain now", "8"), interactive=False, end_after_answers=True) == 0
    assert plain.last().row.paused_ms <= 2000


def test_a_pause_that_nobody_can_end(plain: Any, trial: str) -> None:
    """A pause whose end nobody can type keeps what was done and leaves."""
    assert plain(trial, ("Half way", "p"), interactive=False, end_after_answers=True) == 1
    assert plain.last().row.how is None
    assert "goes on from here today" in plain.person.text


def test_a_gap_without_a_person(plain: Any, trial: str) -> None:
    """After a gap the guidance goes on by itself where nobody can say so."""
    assert plain(trial, ("Half way", "<wait 60000>"), interactive=False) == 0
    assert "Going on." in plain.person.output


def test_the_terminal_goes(plain: Any, trial: str) -> None:
    """The end of input at a terminal leaves ratings open and stops nothing."""
    assert plain(trial, ("before you begin", ""), ("Half way", "<end>")) == 0
    assert plain.last().row.how == "finished"


def test_unfinished_session_is_left_alone(plain: Any, trial: str) -> None:
    """Without a terminal nothing is taken up again; that is said."""
    plain(trial, ("before you begin", ""), ("Half way", "l"))
    first = plain.last().row.id
    plain.clock.ms += 5000
    plain(trial, interactive=False, ended=True)
    assert "Starting anew. What you did before stays in the log." in plain.person.output
    assert plain.last().row.id != first


def test_commands_through_a_pipe(plain: Any, trial: str) -> None:
    """Commands work through a pipe as at a terminal."""
    assert plain(trial, ("Get ready", "n"), ("Half way", "q"), interactive=False) == 1
    assert plain.last().row.how == "stopped"


def test_a_pipe_full_of_ratings(plain: Any, trial: str) -> None:
    """Each exercise takes one rating from a pipe that never stops; the rest is passed over."""
    assert plain(trial, *[("", "5")] * 3000, interactive=False) == 0
    assert [one.exercise for one in plain.last().ratings] == ["reach", "nod", "wait"]


def test_a_late_number_rates_what_was_asked_last(plain: Any, trial: str) -> None:
    """A number that comes after its rest is over still belongs to the exercise that was asked about."""
    plain(trial, ("Reach: left to rate", "3"), ("2 of 3", "q"), interactive=False)
    assert [(one.exercise, one.nrs) for one in plain.last().ratings] == [("reach", 3)]
