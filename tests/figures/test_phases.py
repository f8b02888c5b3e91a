"""Which moment of a figure belongs to where the guide stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.posing import LIBRARY, STANDING, every_figure, figure_of, movement, shipped
from tests.guide.conftest import Walk, make_check, make_exercise
from trainer.figures.model import Figure
from trainer.figures.phases import (
    FRAME_MS,
    STEPS,
    TURN_MS,
    TURN_STEPS,
    Moment,
    Shown,
    mirror_for,
    of_guide,
    period_ms,
    preview,
    still,
    turning,
)
from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.plan import plan
from trainer.guide.state import State
from trainer.guide.view import told_of
from trainer.library.model import Dose, Hold


def posed(*names: str, **more: Any) -> Figure:
    """A figure with these poses, each reached in 1.5 s and kept for 1 s."""
    return figure_of(*({**(STANDING if not number else {}), "name": name} for number, name in enumerate(names)), **more)


ONE, TWO, THREE = posed("a"), posed("a", "b"), posed("a", "b", "c")
FOUR, SIX = posed("a", "b", "c", "d"), posed("a", "b", "c", "d", "e", "f")
RIGHT = posed("a", "b", side="right")


def at(figure: Figure, dose: Dose, ms: int, *, goal: int = 1, **more: object) -> Shown:
    """What is shown so long after a work has begun."""
    here = Walk(make_exercise(dose=dose, **more)).to("work")
    here.wait(ms)
    return of_guide(figure, goal, here.engine, asking=False, now_ms=here.engine.now_ms)


def seen(shown: Shown) -> tuple[int, int]:
    """The pose and the step of a moment that shows nothing special."""
    moment, _ = shown
    assert moment == Moment(moment.pose, moment.step), moment
    return moment.pose, moment.step


# --- work ----------------------------------------------------------------------------------------

HELD = Dose(reps=3, tempo_s=(2.0, 1.0), hold_s=4)
PLAIN = Dose(reps=3, tempo_s=(3.0, 2.4))


@pytest.mark.parametrize(
    ("figure", "goal", "dose", "ms", "expected"),
    [
        # Two poses: out to the second, hold, and back to the first.
        (TWO, 1, HELD, 0, (1, 0)),
        (TWO, 1, HELD, 1000, (1, 12)),
        (TWO, 1, HELD, 1999, (1, 23)),
        (TWO, 1, HELD, 2000, (1, 24)),
        (TWO, 1, HELD, 5999, (1, 24)),
        (TWO, 1, HELD, 6000, (0, 0)),
        (TWO, 1, HELD, 6500, (0, 12)),
        (TWO, 1, HELD, 7000, (1, 0)),  # the second repetition
        (TWO, 1, HELD, 15_000, (1, 12)),  # the third
        (TWO, 1, PLAIN, 2999, (1, 23)),
        (TWO, 1, PLAIN, 3000, (0, 0)),
        (TWO, 1, PLAIN, 5300, (0, 23)),
        (TWO, 1, PLAIN, 5400, (1, 0)),
        # Three poses whose second is the goal: the way back goes over the third.
        (THREE, 1, PLAIN, 1500, (1, 12)),
        (THREE, 1, PLAIN, 3000, (2, 0)),
        (THREE, 1, PLAIN, 4200, (0, 0)),
        (THREE, 1, PLAIN, 4800, (0, 12)),
        # Three poses whose third is the goal: the way out goes over the second.
        (THREE, 2, PLAIN, 750, (1, 12)),
        (THREE, 2, PLAIN, 1500, (2, 0)),
        (THREE, 2, HELD, 3000, (2, 24)),
        (THREE, 2, HELD, 6500, (0, 12)),
        # Four poses: two each way.
        (FOUR, 2, PLAIN, 1500, (2, 0)),
        (FOUR, 2, PLAIN, 3000, (3, 0)),
        (FOUR, 2, PLAIN, 4200, (0, 0)),
        (FOUR, 3, PLAIN, 1000, (2, 0)),
        (FOUR, 3, PLAIN, 3000, (0, 0)),
        # A goal that is where it begins, and a single pose: nothing moves.
        (TWO, 0, PLAIN, 1500, (0, 24)),
        (ONE, 0, PLAIN, 1500, (0, 24)),
    ],
)
def test_a_repetition_keeps_the_tempo(figure, goal, dose, ms, expected):
    """Out to the goal, as long as it is held, and back over what is left; then from the beginning."""
    assert seen(at(figure, dose, ms, goal=goal)) == expected


def test_the_way_over_several_poses_is_shared_as_their_own_times_are():
    """A pose that takes three times as long by itself takes three quarters of the way out."""
    figure = figure_of(STANDING, {"move_s": 0.5}, {"move_s": 1.5})
    assert seen(at(figure, Dose(reps=2, tempo_s=(4.0, 1.0)), 999, goal=2)) == (1, 23)
    assert seen(at(figure, Dose(reps=2, tempo_s=(4.0, 1.0)), 1000, goal=2)) == (2, 0)
    assert seen(at(figure, Dose(reps=2, tempo_s=(4.0, 1.0)), 2500, goal=2)) == (2, 12)


@pytest.mark.parametrize(
    ("figure", "ms", "expected"),
    [
        (FOUR, 1500, (1, 12)),  # the first repetition: to one side
        (FOUR, 3000, (2, 0)),  # and back to the middle
        (FOUR, 5400 + 1500, (3, 12)),  # the second: to the other
        (FOUR, 5400 + 3000, (0, 0)),
        (FOUR, 2 * 5400 + 1500, (1, 12)),  # the third: as the first
        (SIX, 1500, (2, 0)),  # three poses each: two out and one back
        (SIX, 3000, (3, 0)),
        (SIX, 5400 + 1500, (5, 0)),
        (SIX, 5400 + 3000, (0, 0)),
        (TWO, 1500, (1, 12)),  # too few poses for two halves
        (TWO, 5400 + 1500, (1, 12)),
    ],
)
def test_the_halves_of_a_loop_take_turns_where_the_sides_do(figure, ms, expected):
    """One repetition is the first half, the next the other."""
    assert seen(at(figure, PLAIN, ms, sides="alternating")) == expected


@pytest.mark.parametrize(
    ("ms", "full"), [(0, False), (2999, False), (3000, True), (5999, True), (6000, False), (27_500, True)]
)
@pytest.mark.parametrize("goal", [0, 1, 2])
def test_a_hold_keeps_the_goal_and_breathes(goal, ms, full):
    """The chest is full for three seconds and empty for three; nothing wakes up between the guide's own seconds."""
    assert at(THREE, Dose(hold_s=40), ms, goal=goal) == (Moment(goal, breath=full), None)


@pytest.mark.parametrize(
    ("figure", "ms", "pose"),
    [
        (FOUR, 0, 1),
        (FOUR, 9999, 1),
        (FOUR, 10_000, 2),
        (FOUR, 20_000, 3),
        (FOUR, 29_999, 3),
        (THREE, 20_000, 1),  # poses that are not as many as the parts
    ],
)
def test_a_hold_in_parts_shows_the_pose_of_each_part(figure, ms, pose):
    """The poses behind the first stand for the parts, where they are as many."""
    shown, _ = at(figure, Dose(hold_s=30), ms, parts=["Left.", "Right.", "Both."])
    assert (shown.pose, shown.step) == (pose, STEPS)


BREATHS = Dose(breaths=2, in_s=4.0, out_s=6.0)


@pytest.mark.parametrize(
    ("breaths", "ms", "expected"),
    [
        (("in", "out"), 2000, (0, 12)),
        (("in", "out"), 4000, (1, 0)),
        (("in", "out"), 7000, (1, 12)),
        (("in", "out"), 10_000, (0, 0)),
        (("out", "in"), 2000, (1, 12)),
        (("out", "in"), 7000, (0, 12)),
        ((None, None), 2000, (1, 12)),
        ((None, None), 7000, (0, 12)),
    ],
)
def test_breaths_go_to_the_pose_of_each_breath(breaths, ms, expected):
    """Where no pose names one, the second is that of breathing in."""
    poses = [{"breath": breath} if breath else {} for breath in breaths]
    assert seen(at(figure_of({**STANDING, **poses[0]}, poses[1]), BREATHS, ms)) == expected


@pytest.mark.parametrize(("ms", "full"), [(0, True), (3999, True), (4000, False), (9999, False), (10_000, True)])
def test_one_pose_breathes_as_the_breaths_do(ms, full):
    """Its chest is full while breathing in."""
    assert at(ONE, BREATHS, ms) == (Moment(0, breath=full), None)


@pytest.mark.parametrize("dose", [Dose(time_s=30), Dose(reps=5, self_paced=True)])
def test_moving_at_ones_own_pace_shows_the_whole_movement_again_and_again(dose):
    """A pose is kept for 1 s and reached in 1.5; there is no arrow."""
    for ms, pose, step in ((0, 0, 24), (999, 0, 24), (1000, 1, 0), (1750, 1, 12), (2500, 1, 24), (5750, 0, 24)):
        moment, wait_ms = at(TWO, dose, ms)
        assert moment == Moment(pose, step)
        assert wait_ms is not None


def test_open_work_shows_its_goal():
    """And nothing moves, however long it takes."""
    for ms in (0, 4000, 50_000):
        assert at(THREE, Dose(open=True), ms, goal=2) == (Moment(2), None)


# --- around the work -----------------------------------------------------------------------------


def shown_at(figure: Figure, here: Walk, *, asking: bool = False, goal: int = 1, later_ms: int = 0) -> Shown:
    return of_guide(figure, goal, here.engine, asking=asking, now_ms=here.engine.now_ms + later_ms)


def test_before_the_start_the_first_pose_stands_still_with_its_arrow():
    """Nobody has to be shown a movement before the question of pain is answered."""
    here = Walk(make_exercise(), start=False)
    assert shown_at(TWO, here, later_ms=5000) == (Moment(0, arrow=True), None)


def test_getting_ready_shows_the_whole_movement_with_its_arrow():
    """From the first pose on, at the figure's own pace."""
    here = Walk(make_exercise())
    for ms, pose, step in ((0, 0, STEPS), (1000, 1, 0), (1750, 1, 12), (2500, 1, STEPS)):
        moment, wait_ms = shown_at(TWO, here, later_ms=ms)
        assert moment == Moment(pose, step, arrow=True)
        assert wait_ms is not None


@pytest.mark.parametrize(
    ("side", "of_the_figure", "mirror"),
    [
        ("right", "right", False),
        ("left", "right", True),
        ("right", "left", True),
        ("left", "left", False),
        ("none", "right", False),
        ("alternating", "right", False),
        ("left", None, False),
    ],
)
def test_the_mirror_image_shows_the_side_that_the_file_does_not(side, of_the_figure, mirror):
    """Only where both are sides."""
    more = {"side": of_the_figure} if of_the_figure else {}
    assert mirror_for(posed("a", **more), side) is mirror


def test_at_a_change_of_side_the_figure_turns_over_and_shows_the_other_one():
    """From the first side, squeezed to nothing, to the second, and then the movement with its arrow."""
    here = Walk(make_exercise(sides="both"))
    here.to("work", side="left")
    assert shown_at(RIGHT, here)[0].mirror
    here.to("change_side")
    turns = [shown_at(RIGHT, here, later_ms=ms) for ms in range(0, TURN_MS, 50)]
    assert all(moment == Moment(0, turn=moment.turn) for moment, _ in turns)
    assert [moment.turn for moment, _ in turns] == sorted(moment.turn for moment, _ in turns)
    assert {moment.turn for moment, _ in turns} == set(range(TURN_STEPS))
    assert shown_at(RIGHT, here, later_ms=TURN_MS) == (Moment(0, arrow=True), 1000)
    assert shown_at(RIGHT, here, later_ms=TURN_MS + 1750)[0] == Moment(1, 12, arrow=True)
    assert not shown_at(RIGHT, here.to("work", side="right"))[0].mirror


def test_a_figure_of_no_side_does_not_turn_over():
    """It shows the movement again."""
    here = Walk(make_exercise(sides="both")).to("change_side")
    assert shown_at(TWO, here, later_ms=300)[0] == Moment(0, arrow=True)


def test_the_turn_ends_as_the_other_side():
    """Turned to the end it is the plain first pose."""
    assert turning(RIGHT, 0, mirror=True)[0] == Moment(0, mirror=True, turn=0)
    assert turning(RIGHT, TURN_MS, mirror=True)[0] == Moment(0, mirror=True, arrow=True)


def test_rest_and_rating_show_what_comes_dim_and_still():
    """A rest its own side; a rating what was done while it is asked for, and what comes when it is given."""
    first = make_exercise("plank", Dose(hold_s=20, sets=2), sides="both")
    here = Walk(first, make_exercise("bridge", Dose(hold_s=20), sides="both")).to("rest")
    assert shown_at(RIGHT, here, later_ms=4000) == (Moment(0, mirror=True, dim=True), None)
    here.to("work", side="right", set_no=2).wait(20_000)
    assert (here.engine.step.kind, here.engine.step.side) == ("rate", "right")
    for asking, mirror in ((True, False), (False, True)):
        assert told_of(here.engine, asking=asking).item.name == ("plank" if asking else "bridge")
        assert shown_at(RIGHT, here, asking=asking, later_ms=4000) == (Moment(0, mirror=mirror, dim=True), None)


def test_a_pause_stays_at_its_moment():
    """Nothing wakes up, and later is no later."""
    here = Walk(make_exercise(dose=PLAIN)).to("work")
    here.wait(1500)
    here.send(e.Pause())
    assert shown_at(TWO, here) == shown_at(TWO, here, later_ms=60_000) == (Moment(1, 12), None)


def test_after_a_pause_the_movement_is_shown_before_it_goes_on():
    """As when getting ready."""
    here = Walk(make_exercise(dose=PLAIN)).to("work")
    here.wait(1500)
    here.send(e.Pause(), e.Resume())
    assert shown_at(TWO, here)[0] == Moment(0, arrow=True)


def test_the_end_is_dim_and_still():
    """Whether it was reached or the person stopped."""
    here = Walk(make_exercise()).to("work")
    here.send(e.Stop())
    assert here.engine.state is State.ENDED
    assert shown_at(TWO, here, later_ms=9000) == (Moment(0, dim=True), None)


def test_a_self_check_shows_what_to_do_and_waits():
    """Its goal on each side."""
    here = Walk(make_check(sides="both")).to("work", side="left")
    assert shown_at(RIGHT, here, later_ms=9000) == (Moment(1, mirror=True), None)


@pytest.mark.parametrize(("pose", "expected"), [(None, 0), (0, 0), (1, 1), (7, 1)])
def test_a_still_pose_is_one_that_is_there(pose, expected):
    """The first where none is named, the last where there are not so many."""
    assert still(TWO, pose, mirror=True, dim=True) == (Moment(expected, mirror=True, dim=True), None)


# --- at any moment -------------------------------------------------------------------------------


@every_figure
def test_a_preview_loops(id_):
    """After the whole movement it is where it began; each pose is shown, and no two pictures come too fast."""
    figure = shipped(id_)
    whole_ms = period_ms(figure)
    assert whole_ms > 0 or len(figure.pose) == 1
    reached = set()
    for ms in range(0, whole_ms + 1, 53):
        moment, wait_ms = preview(figure, ms)
        assert (moment, wait_ms) == preview(figure, ms + 3 * whole_ms)
        assert 0 <= moment.pose < len(figure.pose)
        assert 0 <= moment.step <= STEPS
        assert wait_ms is None or wait_ms >= FRAME_MS
        reached.add(moment.pose)
    assert reached == set(range(len(figure.pose)))


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=5), st.integers(0, 60_000))
def test_any_times_of_a_figure_can_be_shown(times, ms):
    """Also poses that take no time at all."""
    poses = [{"move_s": move_s, "hold_s": hold_s} for move_s, hold_s in times]
    figure = figure_of({**STANDING, **poses[0]}, *poses[1:])
    moment, wait_ms = preview(figure, ms)
    assert 0 <= moment.pose < len(poses)
    assert wait_ms is None or wait_ms >= FRAME_MS


ROUTINES = ("desk-break", "wrists-and-hands", "posture-check", "tilted-pelvis", "walking-reset", "neck-and-shoulders")


@pytest.mark.parametrize("id_", ROUTINES)
def test_each_moment_of_a_session_can_be_shown(id_):
    """Through a whole routine that ships: the moment is there, on its side, and no two pictures come too fast."""
    routine = LIBRARY.routine(id_)
    engine = Engine(plan(routine, LIBRARY.exercises_of(routine)))
    engine.send(e.Start())
    kinds = set()
    while engine.state is not State.ENDED:
        step = told_of(engine, asking=False)
        of = movement(step.item.exercise.id)
        moment, wait_ms = of_guide(of.figure, of.goal, engine, asking=False, now_ms=engine.now_ms)
        assert 0 <= moment.pose < len(of.figure.pose)
        assert 0 <= moment.step <= STEPS
        assert wait_ms is None or wait_ms >= FRAME_MS
        assert moment.mirror == (
            of.figure.side is not None and step.side not in (of.figure.side, "none", "alternating")
        )
        assert moment.dim == (engine.step.kind in ("rest", "rate"))
        if engine.step.kind == "work" and isinstance(engine.step.work, Hold):
            assert wait_ms is None
        kinds.add(engine.step.kind)
        if engine.length_ms is None:
            engine.send(e.Next())
        else:
            engine.advance(engine.now_ms + 750)
    assert {"get_ready", "work"} <= kinds


@pytest.mark.parametrize("goal", [0, 1])
def test_a_hold_changes_no_oftener_than_one_breathes(goal):
    """Looked at fifty times a second it changes each three seconds alone."""
    here = Walk(make_exercise(dose=Dose(hold_s=30))).to("work")
    shown = [shown_at(TWO, here, goal=goal, later_ms=ms)[0] for ms in range(0, 30_000, 20)]
    changes = [number * 20 for number in range(1, len(shown)) if shown[number] != shown[number - 1]]
    assert changes == list(range(3000, 30_000, 3000))
