"""What is asked and told before a routine begins: its level, the weaker side, what a short form leaves out."""

import pytest

from trainer.app.choose import ChooseScreen
from trainer.app.questions import which_level, which_side
from trainer.app.summary import SummaryScreen
from trainer.coach.progression import LastTime, suggest
from trainer.guide.shorten import Wish
from trainer.guide.state import State
from trainer.kit import Order
from trainer.library.shelf import Library
from trainer.settings import load

SIZE = (80, 24)
LADDER = "physio-ladder"


def begun(coach):
    """The last beginning in the logbook's file."""
    return [body for kind, body in coach.facts() if kind == "session_begun"][-1]


def well(level=3, after=1):
    """A whole session at a level, in which pain was 1 and then `after`."""
    return LastTime(level, True, (1, 1, 1, 1), True, 1, after)


def own_ladder(coach):
    """A routine of one's own that has levels and gives the weaker side more."""
    folder = coach.paths.config / "routines"
    folder.mkdir(parents=True)
    rungs = "".join(f"[[level]]\nreps = {reps}\n" for reps in (2, 3, 4, 5))
    (folder / "mine.toml").write_text(
        'id = "mine"\nname = "Mine"\npurpose = "Any."\n[[step]]\nexercise = "single-leg-bridge"\nextra_sets = 1\n'
        + rungs
    )
    coach.kit.last_time = lambda _: well()
    return "mine"


# --- the questions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "expected", "otherwise"),
    [
        (well(), [("u", "4", "One up (4): 10 repetitions"), ("s", "3", "Same (3)"), ("d", "2", "One down (2)")], "3"),
        (well(after=4), [("d", "2", "One down"), ("s", "3", "Same"), ("u", "4", "One up")], "2"),
        (well(level=10), [("s", "10", "Same (10): 15 repetitions, 2 sets"), ("d", "9", "One down")], "10"),
    ],
)
def test_the_level_is_asked_for(last, expected, otherwise):
    """What is suggested comes first, with its reason; Escape takes no higher level than that of last time."""
    suggestion = suggest(10, last)
    screen = which_level(suggestion, Library().routine(LADDER))
    assert screen.title_text == f"Level {last.level} of 10 last time"
    assert screen.lines == [suggestion.why]
    assert [(key, id) for key, id, _ in screen.answers] == [(key, id) for key, id, _ in expected]
    assert all(told.startswith(text) for (_, _, told), (_, _, text) in zip(screen.answers, expected, strict=True))
    assert screen.otherwise == otherwise


@pytest.mark.parametrize(
    ("known", "order", "otherwise"),
    [(None, ["none", "left", "right"], "none"), ("left", ["left", "right", "none"], "left")],
)
def test_the_weaker_side_is_asked_for(known, order, otherwise):
    """What was said last time comes first, and is what Escape takes."""
    screen = which_side(known)
    assert [id for _, id, _ in screen.answers] == order
    assert [key for key, _, _ in screen.answers] == [id[0] for id in order]
    assert (", as last time" in screen.answers[0][2]) == (known is not None)
    assert screen.otherwise == otherwise


# --- and what follows from the answers -----------------------------------------------------------


async def test_the_first_time_begins_at_the_first_level(coach):
    """Nothing is asked; the reason stands beside the first step, covers nothing, and goes when the session begins."""
    async with coach.begin(LADDER).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert coach.app.screen is coach.guide
        shown = coach.shown()
        assert "Physio ladder, level 1 of 10" in shown
        assert "The first time begins at the first" in shown
        assert "worst imaginable" in shown
        await pilot.press("2")
        assert "The first time" not in coach.shown()
    assert (begun(coach).level, begun(coach).levels) == (1, 10)


@pytest.mark.parametrize(
    ("known", "keys", "level", "side"), [(None, "ur", 4, "right"), ("left", ["escape", "escape"], 3, "left")]
)
async def test_one_question_after_the_other(make_coach, known, keys, level, side):
    """Level, then weaker side: both hold for what begins, and a side that is new is remembered."""
    coach = make_coach(weaker_side=known)
    async with coach.begin(own_ladder(coach)).run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        assert isinstance(coach.app.screen, ChooseScreen)
        assert "Level 3 of 4 last time" in coach.shown()
        await pilot.press(keys[0])
        await pilot.pause()
        assert "Which side is weaker?" in coach.shown()
        assert coach.guide.conductor.engine.state is State.READY
        await pilot.press(keys[1])
        await pilot.pause()
        assert f"Mine, level {level} of 4" in coach.shown()
        await pilot.press("1")
        step = coach.guide.conductor.engine.step
        assert (step.side, step.sets, step.work.count) == (side, 2, level + 1)
    assert (begun(coach).level, begun(coach).weaker) == (level, side)
    assert coach.paths.settings.exists() == (known != side)
    assert known == side or load(coach.paths.settings).weaker_side == side


async def test_what_is_named_is_not_asked_for(make_coach):
    """`--level` and `--weaker` hold for this once."""
    coach = make_coach(weaker_side="left")
    order = Order(level=2, weaker="none")
    async with coach.begin(own_ladder(coach), order=order).run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert coach.app.screen is coach.guide
        await pilot.press("1")
    assert (begun(coach).level, begun(coach).weaker) == (2, None)
    assert coach.kit.settings.weaker_side == "left"


async def test_a_session_that_goes_on_is_asked_for_nothing_more(make_coach):
    """It goes on at the level and with the weaker side that it began with."""
    first = make_coach()
    id = own_ladder(first)
    conductor = first.kit.conductor(*first.kit.prepare(id, level=2, weaker="right"), first.app)
    conductor.start(1)
    first.clock.t_ms += 1500
    conductor.leave()
    first.kit.close()
    again = make_coach()
    async with again.begin(id).run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "A session of today is not ended" in again.shown()
        await pilot.press("g")
        await pilot.pause()
        plan = again.guide.conductor.engine.plan
        assert (plan.level, plan.weaker) == (2, "right")
        assert "Mine, level 2 of 4" in again.shown()


@pytest.mark.parametrize("size", [SIZE, (40, 15)], ids=str)
async def test_a_short_form_says_what_it_leaves_out(coach, size):
    """It stands beside the scale, covers nothing, goes when the session begins, and is told again at the end."""
    wish = Wish(minutes=4)
    left_out = coach.kit.prepare("lower-back-list", wish)[0].left_out
    async with coach.begin("lower-back-list", order=Order(wish=wish)).run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        shown = coach.shown()
        for text in ("Left out", left_out[0], "(short)", "Bird dog", "no pain", "worst imaginable", "10"):
            assert text in shown, text
        assert ("█" in shown) == (size == SIZE)
        await pilot.press("1")
        await pilot.pause()
        assert "Left out" not in coach.shown()
        assert "█" in coach.shown()
        await pilot.press("q", "s")
        await pilot.pause()
        assert isinstance(coach.app.screen, SummaryScreen)
        assert f"Left out: {'; '.join(left_out)}." in coach.app.screen._list().plain
    assert begun(coach).left_out == left_out


async def test_a_rehearsal_of_a_short_form_says_so_too(make_coach):
    """It begins at once, so a notice tells what is left out."""
    coach = make_coach(rehearsal=True)
    order = Order(wish=Wish(no_floor=True))
    async with coach.begin("lower-back-list", order=order).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert coach.guide.conductor.engine.state is State.RUNNING
        assert "Left out: Bird dog" in coach.shown()
