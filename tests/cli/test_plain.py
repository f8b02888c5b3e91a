"""The guidance line by line, with a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions.errors import LogbookUnwritable
from trainer.cli.errors import Refusal, Signalled
from trainer.cli.plain.guide import write_line
from trainer.guide import words
from trainer.paths import Paths
from trainer.settings import Settings, load

BEGIN = ("Pain now, before", "2")
REACH, NOD, WAIT = "Reach: pain now", "Nod: pain now", "Wait: pain now"
END = [("after all of it", "1"), ("A note?", "  went well ")]


def test_whole_routine(plain: Any, trial: str) -> None:
    """A whole routine is told in order and recorded: works, ratings, pain before and after, note, end."""
    status = plain(
        trial, BEGIN, (REACH, "3"), (NOD, "2"), ("n and Enter when", "<wait 1500>"), ("", "n"), (WAIT, "0"), *END
    )
    assert status == 0, plain.person.text
    output = plain.person.output
    order = [
        "Trial: 3 exercises, 3 min.",
        "1 of 3: Reach.",
        "12 s hold each side, 2 sets.",
        "Get ready, 6 s: standing; left side, set 1 of 2.",
        "  Stand.",
        "  Stop if it hurts.",
        "3",
        "2",
        "1",
        "Hold, 12 s.",
        "  Reach.",
        "  Breathe.",
        "Half way.",
        "  Feel length.",
        "Change side, 4 s: right side.",
        "  Shoulders low.",
        "Rest, 4 s. Then left side, set 2 of 2.",
        "Rest, 15 s. Next: Nod.",
        "Reach: pain now, 0 to 10? Enter leaves it for later.",
        "Reach: 3 of 10.",
        "2 of 3: Nod.",
        "1 of 3",
        "back",
        "3 of 3",
        "As long as you like. n and Enter when you are done.",
        "That was all.",
        "Reach: done. Pain 3.",
        "Pain before 2, after 1: less.",
        "Tomorrow",
    ]
    at = -1
    for text in order:
        at = output.index(text, at + 1)
    detail = plain.last()
    assert [work.outcome for work in detail.works] == ["done"] * 6
    assert [(one.when, one.nrs) for one in detail.ratings] == [
        ("before", 2), ("after_exercise", 3), ("after_exercise", 2), ("after_exercise", 0), ("after", 1),
    ]  # fmt: skip
    assert [note.text for note in detail.notes] == ["went well"]
    assert detail.row.how == "finished"


def test_time_is_not_lost(plain: Any, trial: str) -> None:
    """Every step takes its time: what passes between two lines is what the plan says."""
    plain(trial, BEGIN, (REACH, ""), ("2 of 3: Nod", "q"))
    detail = plain.last()
    assert [work.actual_ms for work in detail.works[:4]] == [12_000] * 4


def test_owed_ratings_are_asked_again(plain: Any, trial: str) -> None:
    """Enter leaves a rating for later; the end asks again, and what is left there stays open."""
    plain(
        trial, BEGIN, (REACH, ""), (NOD, ""), ("3 of 3: Wait", "q"),
        ("Reach: pain after it", "eleven"), ("0 to 10", "4"), ("Nod: pain after it", ""), *END,
    )  # fmt: skip
    assert "Reach: left to rate later." in plain.person.output
    assert [(one.exercise, one.nrs) for one in plain.last().ratings if one.exercise] == [("reach", 4)]
    assert "Nod: done. Not rated." in plain.person.output


@pytest.mark.parametrize("typed", ["11", "-1", "3.5", "99999999999999999999999"])
def test_ratings_out_of_range(plain: Any, trial: str, typed: str) -> None:
    """A number that is no rating is refused, and a correction counts."""
    plain(trial, BEGIN, (REACH, typed), ("0 to 10, please.", "4"), ("Reach: 4", "3"), ("Reach: 3", "q"))
    assert [one.nrs for one in plain.last().ratings if one.exercise] == [4, 3]


@pytest.mark.parametrize(("typed", "worst"), [("4/1", 4), (" 1 / 10 ", 10), ("0/0", 0)])
def test_sides_rated_apart(plain: Any, trial: str, typed: str, worst: int) -> None:
    """Two numbers are those of the left side and the right; the higher one is what is answered."""
    left, right = map(int, typed.split("/"))
    rest = ("Time stands" if worst >= 4 else "2 of 3: Nod", "q")
    plain(trial, BEGIN, (REACH, typed), rest)
    assert f"Reach, left side: {left} of 10." in plain.person.text
    given = [(one.side, one.nrs) for one in plain.last().ratings if one.exercise]
    assert given == [("left", left), ("right", right)]
    assert "Pain " + str(worst) in plain.person.text.split("Stopped here.")[-1]


def test_sides_of_what_has_none(plain: Any, trial: str) -> None:
    """Of an exercise without sides one number is asked for."""
    plain(trial, BEGIN, (REACH, "0"), (NOD, "4/1"), ("no sides", "2"), ("3 of 3", "q"))
    assert [(one.side, one.nrs) for one in plain.last().ratings if one.exercise] == [(None, 0), (None, 2)]


def test_a_number_before_anything_was_done(plain: Any, trial: str) -> None:
    """A number with nothing to rate is not taken for anything."""
    plain(trial, BEGIN, ("1 of 3: Reach", "3"), ("nothing to rate", "q"))
    assert [one.when for one in plain.last().ratings] == ["before"]


def test_a_high_rating_stops_the_time_and_offers_the_easier_form(plain: Any, trial: str) -> None:
    """From the limit on, the sources' advice is told and time stands until the person has chosen."""
    plain(trial, BEGIN, (REACH, "6"), ("Time stands", "<wait 60000>"), ("", "x"), ("Time stands", "e"), ("Nod", "q"))
    text = plain.person.text
    assert "You rated 6 of 10." in text
    assert "e: easier form, Nod. q: stop here. Enter: go on." in text
    detail = plain.last()
    assert [one.to for one in detail.eased] == ["nod"]
    assert detail.row.paused_ms >= 60_000


@pytest.mark.parametrize(("answer", "how", "status"), [("", "finished", 0), ("q", "stopped", 1)])
def test_a_high_rating_may_go_on_or_stop(plain: Any, trial: str, answer: str, how: str, status: int) -> None:
    """After the advice the person may as well go on, or stop."""
    rest = [] if answer else [(NOD, "0"), ("n and Enter", "<wait 2000>"), ("", "n"), (WAIT, "0")]
    assert plain(trial, BEGIN, (REACH, "5"), ("Time stands", answer), *rest, *END) == status
    assert plain.last().row.how == how


def test_a_rating_may_be_corrected_while_time_stands(plain: Any, trial: str) -> None:
    """A slip of the finger is corrected, and time goes on by itself."""
    plain(trial, BEGIN, (REACH, "7"), ("Time stands", "1"), ("2 of 3: Nod", "q"))
    assert plain.last().ratings[2].nrs == 1


def test_own_limit(plain: Any, trial: str) -> None:
    """A lower limit of one's own holds."""
    plain.settings = Settings(care_shown=True, pain_limit=2)
    plain(trial, BEGIN, (REACH, "2"), ("Time stands", "q"))
    assert "Your own limit is 2." in plain.person.text


def test_easier_form_at_any_time(plain: Any, trial: str) -> None:
    """`e` goes on in the easier form, also unasked."""
    plain(trial, BEGIN, ("Half way", "e"), ("easier form", "q"))
    assert "1 of 3: Nod, easier form." in plain.person.output
    assert plain.last().works[0].outcome == "cut_short"


def test_pause(plain: Any, trial: str) -> None:
    """A pause stops the time until `p`; the work is led in again."""
    plain(trial, BEGIN, ("Half way", "p"), ("Paused", "<wait 90000>"), ("", "p"), ("Go on.", "q"))
    assert "Get ready: Reach, left side, set 1 of 2." in plain.person.output
    assert plain.last().works[0].actual_ms == 6000


def test_gap(plain: Any, trial: str) -> None:
    """Time in which the program stood still counts for nothing, and is told."""
    plain(trial, BEGIN, ("Half way", "<wait 600000>"), ("stood still for 10:00", "p"), ("Go on.", "q"))
    assert plain.last().works[0].actual_ms <= 6000


def test_moving_about(plain: Any, trial: str) -> None:
    """Next, again, back, skip, more and less do what they say."""
    plain(
        trial, BEGIN, ("Get ready", "n"), ("Hold", "+"), ("Now 0:22", "-"), ("Now 0:12", "n"), ("Change side", "r"),
        ("Get ready", "n"), ("Hold", "b"), ("That does nothing", "s"), ("Skipped", "q"),
    )  # fmt: skip
    assert "Skipped: Reach, right side, set 2 of 2." in plain.person.output


def test_help_and_what_is_not_understood(plain: Any, trial: str) -> None:
    """`h` lists the keys; anything else is answered in one short line that steers no terminal."""
    plain(trial, BEGIN, ("Get ready", "h"), ("q: stop", "[/b] \x1b[2J"), ("Not understood", "m"), ("Sound", "q"))
    assert not any("\x1b" in line for line in plain.person.output)


def test_stop(plain: Any, trial: str) -> None:
    """`q` ends the session: what was done is summed up as what it is, and the status is 1."""
    assert plain(trial, BEGIN, ("Half way", "q"), ("Reach: pain after it", "1"), *END) == 1
    output = plain.person.output
    assert "Reach: cut short: 6 of 12 s; 3 not reached. Pain 1." in output
    assert "Nod: not reached." in output
    assert "Trial: stopped, 0:12 in all." in output


def test_leave_and_go_on(plain: Any, trial: str) -> None:
    """`l` leaves; later that day the session goes on where it stopped, and is one session in the end."""
    assert plain(trial, BEGIN, (REACH, "3"), ("1 of 3", "<wait 1000>"), ("", "l")) == 1
    assert "goes on from here today" in plain.person.text
    first = plain.last()
    assert first.row.how is None
    assert plain(trial, ("Go on there?", "maybe"), ("y or n", "y"), (NOD, "2"), ("n and Enter", "q"), *END) == 1
    assert "at: Nod." in plain.person.text
    assert "Reach: done. Pain 3." in plain.person.output
    assert "before you begin" not in plain.person.text
    assert plain.last().row.id == first.row.id
    assert plain.last().row.how == "stopped"


def test_leave_and_start_anew(plain: Any, trial: str) -> None:
    """The offer to go on may be declined."""
    plain(trial, BEGIN, (REACH, "l"))
    first = plain.last().row.id
    plain.clock.ms += 5000
    plain(trial, ("Go on there?", "n"), BEGIN, ("1 of 3: Reach", "l"))
    assert plain.last().row.id != first


def test_only_the_end_is_missing(plain: Any, trial: str) -> None:
    """A session that broke off after its last work goes on to its ratings."""
    plain(trial, BEGIN, (REACH, "3"), (NOD, "2"), ("n and Enter", "<wait 2000>"), ("", "n"), (WAIT, "l"))
    assert plain(trial, ("Go on there?", "y"), (WAIT, "1"), *END) == 0
    assert plain.last().row.how == "finished"
    assert plain.last().row.done == 6


def test_from_a_step(plain: Any, trial: str) -> None:
    """`--from` begins at an exercise."""
    plain(trial, BEGIN, ("2 of 3: Nod", "q"), from_step="nod")
    assert "1 of 3: Reach." not in plain.person.output


def test_care_is_shown_once(plain: Any, trial: str, folders: Paths) -> None:
    """The notes on care come before the first session, and are remembered."""
    plain.settings = Settings()
    plain(trial, BEGIN, ("1 of 3", "q"))
    assert "Call your emergency number now" in plain.person.output
    plain.settings = load(folders.settings)
    assert plain.settings.care_shown
    plain(trial, BEGIN, ("1 of 3", "q"))
    assert "Call your emergency number now" not in plain.person.output


def test_rehearsal_keeps_nothing(plain: Any, trial: str, folders: Paths) -> None:
    """A rehearsal shows no notes, keeps no setting and makes no logbook."""
    plain.settings = Settings()
    plain(trial, BEGIN, ("Half way", "l"), rehearsal=True)
    assert "nothing is kept" in plain.person.text
    assert "goes on from here" not in plain.person.text
    assert not folders.logbook.exists()
    assert not folders.settings.exists()


def test_signal(plain: Any, trial: str) -> None:
    """A signal keeps what was done, and the session can be taken up again."""
    with pytest.raises(Signalled):
        plain(trial, BEGIN, ("Half way", "<signal 15>"))
    detail = plain.last()
    assert detail.row.how is None
    assert [work.outcome for work in detail.works] == ["cut_short"]


def test_trouble_is_told_once(
    plain: Any, trial: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be stored is said once, and once more when it is stored after all."""
    kit = plain.make_kit()
    logbook = kit.journal.logbook
    append, calls = logbook.append, []

    def full(one: object) -> object:
        calls.append(one)
        if len(calls) < 6:
            raise LogbookUnwritable("The disk is full.")
        return append(one)

    monkeypatch.setattr(logbook, "append", full)
    plain(trial, BEGIN, (REACH, "1"), (NOD, "q"), kit=kit)
    err = capsys.readouterr().err
    assert err.count("Not saved: The disk is full. Keeping it and trying again.") == 1
    assert err.count("Saved now.") == 1
    assert [work.outcome for work in plain.last().works][:4] == ["done"] * 4


def test_hostile_names(plain: Any, trial: str, own: Callable[[str, str], Path]) -> None:
    """Names from files are told as text."""
    own("exercises/nod.toml", NOD_HOSTILE)
    plain(trial, BEGIN, ("2 of 3", "q"), from_step="nod")
    assert "2 of 3: [L] a [/b] \N{REPLACEMENT CHARACTER}[2J." in plain.person.output


NOD_HOSTILE = """\
id = "nod"
name = "[L] a [/b] \\u001b[2J"
kind = "mobility"
position = "seated"
purpose = "Nods."
[dose]
reps = 3
[cues]
"""


def test_quick_movements_are_only_counted(plain: Any, trial: str, own: Callable[[str, str], Path]) -> None:
    """Where a repetition is quick, only its number is told."""
    own("exercises/nod.toml", NOD_HOSTILE.replace("reps = 3", "reps = 3\ntempo_s = [1, 1]"))
    plain(trial, BEGIN, ("3 of 3", "q"), from_step="nod")
    assert "back" not in plain.person.output


def test_lines_break_between_words_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal no word is torn; elsewhere a line stays one line."""
    monkeypatch.setenv("COLUMNS", "20")
    line = "  Place your knees straight below your hips."
    write_line(line)
    assert capsys.readouterr().out == f"{line}\n"
    monkeypatch.setattr("trainer.cli.plain.guide.streams.is_terminal", lambda _: True)
    write_line(line)
    assert capsys.readouterr().out == "  Place your knees\n  straight below\n  your hips.\n"


@pytest.mark.parametrize("word", ["q", "Q", "quit", "stop"])
def test_leaving_before_it_begins(plain: Any, trial: str, word: str) -> None:
    """Who leaves at a question before the session has begun nothing, and nothing is recorded."""
    with pytest.raises(Refusal) as raised:
        plain(trial, ("Pain now, before", word))
    assert (raised.value.status, raised.value.lines) == (1, ("nothing was begun",))
    with pytest.raises(IndexError):
        plain.last()


def test_all_of_it_skipped(plain: Any, trial: str) -> None:
    """A session of which nothing was done is not called done."""
    plain(trial, BEGIN, ("1 of 3: Reach", "s"), ("2 of 3: Nod", "s"), ("3 of 3: Wait", "s"), ("", ""), ("", ""))
    assert "Trial: skipped," in plain.person.text


def test_no_weaker_side_is_said(plain: Any) -> None:
    """Where nobody can be asked for the weaker side, it is said that neither side gets more."""
    plain("weaker-side", ("Pain now, before", ""), ("1 of", "q"), rehearsal=True)
    assert words.NO_WEAKER in plain.person.text
