"""One session led: facts first, then sound, then what is shown."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec import structs

from sessions import Logbook, Note
from sessions.records import PainRated, SessionBegun, SessionEnded, WorkDone
from tests.by_hand import FailingLogbook
from tests.guide.conftest import make_exercise, make_plan
from tests.led import PLAN, RANDOM, Led, N
from trainer.cues.script import AFTER_TONE_MS
from trainer.guide import events as e
from trainer.guide.state import State
from trainer.library.model import Cues, Dose


@pytest.fixture
def logbook(tmp_path):
    with Logbook.open(tmp_path / "logbook.sqlite", random=RANDOM) as opened:
        yield opened


@pytest.fixture
def lead(logbook):
    return partial(Led, logbook)


# --- order ---------------------------------------------------------------------------------------


def test_facts_come_before_sound_and_sound_before_what_is_shown(lead):
    """At each step the facts are stored first, then the sounds are made, then the events are handed on."""
    led = lead().start().do(N)
    led.done.clear()
    led.clock.t_ms += 20_000
    led.conductor.engine._gap_ms = 60_000  # the whole work in one call
    led.give(led.conductor.advance())
    kinds = [one[0] for one in led.done]
    assert kinds == sorted(kinds, key=["fact", "sound", "event"].index)
    assert set(kinds) == {"fact", "sound", "event"}
    assert [fact.outcome for fact in led.facts()] == ["done"]


def test_a_whole_session_is_recorded(lead):
    """From beginning to end: the snapshot, the pain before, each work, each rating, the end, and nothing twice."""
    led = lead().start(pain_before=3).do(6, 20, 4, 20, e.Rate(0, 2), 15, 6, 20, e.Rate(1, 4), 15)
    assert led.conductor.engine.state is State.ENDED
    kinds = [type(fact).__name__ for fact in led.facts()]
    assert kinds == [
        *("SessionBegun", "PainRated", "WorkDone", "WorkDone", "PainRated"),
        *("WorkDone", "PainRated", "SessionEnded"),
    ]
    assert [(work.step, work.index, work.side, work.outcome) for work in led.facts(WorkDone)] == [
        (1, 0, "left", "done"),
        (3, 0, "right", "done"),
        (6, 1, "none", "done"),
    ]
    assert led.facts(SessionEnded) == [SessionEnded("finished", "", 106_000, 0)]
    assert len({fact.session for fact in led.logbook.facts()}) == 1
    assert led.sounds()[-1] == "finished"


def test_the_beginning_tells_where_it_began(lead):
    """A session that begins further on says so, and is begun once."""
    led = lead().start(5)
    (begun,) = led.facts(SessionBegun)
    assert (begun.routine, begun.from_step, begun.steps) == ("any", 5, len(PLAN.steps))


def test_the_journal_is_made_with_the_first_fact(lead):
    """Before the session begins nothing is asked of the logbook, and then once."""
    led = lead()
    assert led.made_journals == 0
    led.start().do(N, 3)
    assert led.made_journals == 1


def test_a_sound_carries_the_moment_at_which_it_was_due(lead):
    """A late call plays each sound as of its own moment, not of the call's."""
    led = lead().start()
    led.clock.t_ms = 1700
    led.give(led.conductor.advance())
    led.clock.t_ms = 3600
    led.give(led.conductor.advance())
    assert [one[1:] for one in led.done if one[0] == "sound"] == [
        ("get_ready", led.clock.monotonic_ns(0)),
        ("count", led.clock.monotonic_ns(3000)),
    ]


def test_a_walk_is_spoken_at_the_moments_of_its_parts(lead):
    """What is said carries its own moments too, and comes after the fact and the tone of the same event."""
    cues = Cues(set_up=["Stand tall."])
    walk = make_exercise("stroll", Dose(hold_s=40), position="walking", cues=cues, parts=["First.", "Second."])
    led = lead(make_plan(walk, rest_after_s=15)).start().do(5)
    led.clock.t_ms += 22_000
    led.conductor.engine._gap_ms = 60_000  # the beginning and a part in one call
    led.give(led.conductor.advance())
    at = led.clock.monotonic_ns
    assert [one[1:] for one in led.done if one[0] == "speech"] == [
        (("Stand tall.",), at(AFTER_TONE_MS), at(6_000)),
        (("First.",), at(6_000 + AFTER_TONE_MS), None),
        (("Second.",), at(26_000 + AFTER_TONE_MS), None),
    ]
    kinds = [one[0] for one in led.done]
    assert kinds[kinds.index("sound") :][:2] == ["sound", "speech"]
    led.do(e.Pause())
    assert led.done[-2][:2] == ("speech", ())


def test_nothing_else_is_spoken(lead):
    """A session without a walk says no word."""
    led = lead().start().do(N, 20, N, N, e.Pause(), e.Resume(), 5, e.Stop())
    assert not [one for one in led.done if one[0] == "speech"]


def test_time_goes_on_before_a_command_is_taken(lead):
    """What time brought comes before what the person asked for; what does not fit then is passed over."""
    led = lead().start().do(5)
    led.clock.t_ms += 1500
    events = led.give(led.conductor.send(e.Pause()))
    assert isinstance(events[-1], e.Paused)
    assert led.conductor.engine.step.kind == "work"
    assert led.conductor.engine.elapsed_ms == 500
    assert led.conductor.send(e.Pause()) == ()


def test_a_failing_logbook_does_not_stop_the_session(logbook):
    """Facts that cannot be stored wait, and the session goes on to its end."""
    failing = FailingLogbook(logbook)
    failing.fails = 100
    led = Led(failing).start().do(N, 20)
    assert led.conductor.journal.trouble == "The disk is full."
    assert [type(one.parsed()) for one in led.conductor.journal.pending] == [SessionBegun, WorkDone]
    failing.fails = 0
    led.do(e.Stop())
    assert [type(fact) for fact in led.facts()] == [SessionBegun, WorkDone, SessionEnded]


# --- ratings, notes and advice -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "limit", "nrs", "asked"),
    [(None, 5, 4, False), (None, 5, 5, True), (None, 3, 3, True), (1, 5, 2, False), (1, 5, 3, True), (4, 5, 4, False)],
)
def test_advice_follows_the_limit_and_the_growth(lead, before, limit, nrs, asked):
    """A rating brings advice from the person's limit on, or where pain grew by two points since before."""
    led = lead(pain_limit=limit).start(pain_before=before).do(N, 20, e.Rate(0, nrs))
    assert (led.conductor.advice is not None) == asked


def test_advice_is_of_the_last_rating(lead):
    """A rating corrected to less takes its advice back."""
    led = lead().start().do(N, 20, e.Rate(0, 7))
    assert led.conductor.advice is not None
    led.do(e.Rate(0, 2))
    assert led.conductor.advice is None


def test_advice_is_of_the_worse_side(lead):
    """Where the sides are rated apart, the higher rating decides."""
    led = lead().start().do(N, 20, e.Rate(0, 1, 7))
    assert led.conductor.advice is not None
    assert [(fact.side, fact.nrs) for fact in led.facts(PainRated)] == [("left", 1), ("right", 7)]


def test_a_rating_that_does_not_fit_is_nothing(lead):
    """A rating of what was not done is neither recorded nor answered."""
    led = lead().start().do(e.Rate(1, 9))
    assert led.conductor.advice is None
    assert led.facts(PainRated) == []


def test_pain_after_is_recorded(lead):
    """Pain after the session is a fact, and part of what comes next."""
    led = lead().start(pain_before=1).do(e.Stop())
    led.conductor.rate_after(4)
    assert led.facts(PainRated) == [PainRated("before", 1), PainRated("after", 4)]
    assert led.conductor.tomorrow()[0].startswith("Pain went from 1 to 4.")


def test_not_saying_the_pain_before_writes_nothing(lead):
    """Pain that was not said is not recorded, and 0 is said."""
    assert lead().start().facts(PainRated) == []
    assert lead().start(pain_before=0).facts(PainRated) == [PainRated("before", 0)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("  it went well \n", ["it went well"]),
        ("two\nlines", ["two\nlines"]),
        ("a\x1b[31mb\u202e", ["a\N{REPLACEMENT CHARACTER}[31mb\N{REPLACEMENT CHARACTER}"]),
        ("x" * 20_000, ["x" * 9999 + "…"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_a_note_is_cleaned(lead, text, written):
    """A note is trimmed, made safe to show, and no longer than may be stored; an empty one is none."""
    led = lead().start().do(e.Stop())
    led.conductor.write_note(text)
    assert [note.text for note in led.facts(Note)] == written


def test_a_note_is_written_once(lead):
    """The same note again is not written; another one is."""
    led = lead().start().do(e.Stop())
    for text in ("good", " good\n", "better", "good"):
        led.conductor.write_note(text)
    assert [note.text for note in led.facts(Note)] == ["good", "better", "good"]


# --- what comes next -----------------------------------------------------------------------------


def test_stopped_is_only_what_was_stopped(lead):
    """A session is stopped where the person ended it, and not while it runs or after its own end."""
    led = lead().start()
    assert not led.conductor.stopped
    led.do(e.Stop())
    assert led.conductor.stopped
    assert led.conductor.tomorrow()[-1].startswith("You stopped early.")
    led = lead().start(5).do(N, 20, 15)
    assert led.conductor.engine.state is State.ENDED
    assert not led.conductor.stopped


def test_tomorrow_knows_limit_and_frequency(lead):
    """What comes next is told by the person's own limit and the routine's frequency."""
    plan = structs.replace(PLAN, routine=structs.replace(PLAN.routine, frequency="Every day"))
    led = lead(plan=plan, pain_limit=2).start().do(N, 20, e.Rate(0, 2), e.Stop())
    lines = led.conductor.tomorrow()
    assert lines[0].startswith("one: rated 2 or more.")
    assert lines[-1] == "How often: every day."


def test_results_before_the_first_work(lead):
    """Before anything was done nothing was reached."""
    assert [one.what for one in lead().conductor.results()] == ["not reached", "not reached"]


def test_the_wait_is_to_the_next_boundary(lead):
    """There is a wait while time runs, and none while it stands."""
    led = lead()
    assert led.conductor.wait_s() is None
    led.start()
    assert led.conductor.wait_s() == 1.0
    led.clock.t_ms = 400
    assert led.conductor.wait_s() == 0.6
    led.do(e.Pause())
    assert led.conductor.wait_s() is None
