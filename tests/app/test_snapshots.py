"""A few pictures, so that a change of layout is noticed and looked at."""

import pytest


async def home(coach, pilot):
    await pilot.pause()


async def a_repetition(coach, pilot):
    await pilot.press("3")
    coach.pass_until("work")
    coach.pass_time(3)
    await pilot.pause()
    coach.guide.query_one("#clock").remove_class("flash")


async def a_rating(coach, pilot):
    await pilot.press("space")
    coach.pass_until("rate")
    coach.guide.query_one("#clock").remove_class("flash")
    await pilot.press("right", "right", "right")
    await pilot.pause()


@pytest.mark.parametrize(
    ("routine", "scene", "size"),
    [(None, home, (80, 24)), ("lower-back-list", a_repetition, (80, 24)), ("tilted-pelvis", a_rating, (40, 15))],
    ids=["home", "repetition", "rating"],
)
def test_the_screen_looks_as_before(make_coach, snap_compare, routine, scene, size):
    """The picture is the stored one; where the change is meant, `--snapshot-update` stores it anew."""
    coach = make_coach(motion="reduced")
    assert snap_compare(coach.begin(routine), terminal_size=size, run_before=lambda pilot: scene(coach, pilot))
