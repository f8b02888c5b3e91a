"""The moving figure on the screens: which moment is shown, when it moves, and what it never disturbs."""

from __future__ import annotations

import pytest

from tests.app.pressing import press
from trainer.app.guide import GuideScreen
from trainer.app.home_list import HomeList
from trainer.app.widgets.figure import FigureView
from trainer.app.widgets.preview import ROUNDS, FigurePreview
from trainer.figures.phases import BREATH_MS, STEPS
from trainer.library.shelf import Library

SIZE = (80, 24)


def view(coach) -> FigureView:
    return coach.app.screen.query_one(FigureView)


def moment(coach):
    return view(coach)._moment


def step(coach, seconds: float) -> None:
    """Let time go on, the guide's and the figure's."""
    coach.pass_time(seconds)
    view(coach).look_again()


async def begun(coach, pilot, routine_is_ready: str = "work") -> None:
    await pilot.press("space")
    coach.pass_until(routine_is_ready)
    await pilot.pause()


# --- the guide's phases --------------------------------------------------------------------------


async def test_getting_ready_shows_the_whole_movement_with_its_arrow(coach):
    """Who is about to go down to the floor sees all of it, on the side that comes."""
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await pilot.press("space")
        await pilot.pause()
        seen = []
        for _ in range(12):
            step(coach, 0.5)
            seen.append(moment(coach))
        assert all(one.arrow for one in seen)
        shows = view(coach)._player.figure.side
        assert {one.mirror for one in seen} == {shows != coach.guide.conductor.engine.step.side}
        assert {one.pose for one in seen} == {0, 1}
        assert len({one.step for one in seen}) > 3
        assert coach.guide.conductor.engine.step.kind == "get_ready"


async def test_a_repetition_is_followed(coach):
    """Out, hold and back are those of the guide; while it holds, nothing wakes up for the figure."""
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        view(coach).look_again()
        places = [(moment(coach).pose, moment(coach).step)]
        wakes = [view(coach)._next is not None]
        for _ in range(24):
            step(coach, 0.5)
            places.append((moment(coach).pose, moment(coach).step))
            wakes.append(view(coach)._next is not None)
        # 2 s out, 8 s held, 2 s back, two looks a second.
        assert places[:5] == [(1, 0), (1, STEPS // 4), (1, STEPS // 2), (1, 3 * STEPS // 4), (1, STEPS)]
        assert places[4:20] == [(1, STEPS)] * 16
        assert places[20:24] == [(0, 0), (0, STEPS // 4), (0, STEPS // 2), (0, 3 * STEPS // 4)]
        assert not any(one.arrow for one in [moment(coach)])


async def test_a_hold_breathes_and_a_pause_stands(coach, monkeypatch):
    """A hold sends a few cells with each breath and has no timer; a pause sends nothing."""
    async with coach.begin("hip-and-back", from_step="3").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        sent = []
        shown = view(coach)
        monkeypatch.setattr(shown, "refresh", lambda *regions, **_: sent.append(regions))
        seen = set()
        for _ in range(24):
            step(coach, 0.5)
            seen.add((moment(coach).pose, moment(coach).step, moment(coach).breath))
            assert shown._next is None
        assert seen == {(1, STEPS, False), (1, STEPS, True)}
        assert 2 <= len(sent) <= 12_000 // BREATH_MS + 1
        cells = shown.size.width * shown.size.height
        assert all(0 < sum(region.area for region in regions) < cells / 4 for regions in sent)
        sent.clear()
        await pilot.press("space")
        for _ in range(10):
            coach.clock.t_ms += 700
            shown.look_again()
        assert sent == []
        assert shown._next is None


async def test_the_other_side_is_turned_to(coach):
    """At the change of side the figure turns over, and then shows the mirror image."""
    async with coach.begin("hip-and-back", from_step="3").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        left = moment(coach).mirror
        coach.pass_until("change_side")
        view(coach).look_again()
        assert moment(coach).mirror is not left
        turns = [moment(coach).turn]
        for _ in range(3):
            step(coach, 0.5)
            turns.append(moment(coach).turn)
        assert turns == sorted(turns)
        assert turns[0] < turns[-1]
        coach.pass_until("work")
        view(coach).look_again()
        assert moment(coach).mirror is not left


async def test_a_rest_shows_what_comes_next_dimmed(coach):
    """Once the rating is given, the figure is that of the next exercise, still and dim."""
    async with coach.begin("hip-and-back", from_step="3").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        coach.pass_until("rate")
        await pilot.pause()
        rated = view(coach)._player.figure.id
        assert (rated, moment(coach).dim) == ("figure-four", True)
        await pilot.press("2")
        await pilot.pause()
        assert view(coach)._player.figure.id == "glute-bridge"
        assert (moment(coach).dim, moment(coach).pose, view(coach)._next) == (True, 0, None)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60), (60, 23), (80, 18), (50, 44)])
async def test_nothing_moves_the_figure_in_an_exercise(coach, size):
    """From getting ready to the end of the rating the figure's room stays what it is, also while pain is rated."""
    async with coach.begin("hip-and-back", from_step="3").run_test(size=size) as pilot:
        await pilot.press("space")
        await pilot.pause()
        rooms = [view(coach).region]
        for kind in ("work", "change_side", "work", "rate"):
            coach.pass_until(kind)
            await pilot.pause()
            rooms.append(view(coach).region)
            if kind == "work":
                await pilot.press("p")
                await pilot.pause()
                rooms.append(view(coach).region)
                await pilot.press("l")
        assert rooms[0].width >= 24
        assert rooms[0].height >= 8
        assert set(rooms) == {rooms[0]}


@pytest.mark.parametrize("size", [(40, 15), (57, 30), (80, 16), (30, 12)])
async def test_a_small_terminal_leaves_the_room_to_the_text(coach, size):
    """Below the least size nothing is drawn, and no timer runs for it."""
    async with coach.begin("big-three").run_test(size=size) as pilot:
        await begun(coach, pilot)
        assert not view(coach).display or view(coach).size.area == 0
        assert view(coach)._next is None


async def test_a_wide_terminal_draws_a_larger_figure(make_coach):
    """The picture takes what is free."""
    areas = []
    for number, size in enumerate([(80, 24), (120, 40), (200, 60)]):
        coach = make_coach()
        async with coach.begin("big-three").run_test(size=size) as pilot:
            await begun(coach, pilot)
            shown = view(coach)
            areas.append(shown._player.size(*shown.size))
        assert areas[number][0] <= 100
    assert areas == sorted(areas)
    assert areas[0] < areas[1] < areas[2]


# --- less motion, other terminals ----------------------------------------------------------------


async def test_reduced_motion_shows_numbered_key_poses(make_coach):
    """Nothing moves and no timer runs: the poses stand beside each other with their arrow."""
    coach = make_coach(motion="reduced")
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        text = view(coach).render()
        assert "1 →" in text
        assert "2" in text
        before = text
        for _ in range(10):
            step(coach, 0.7)
            assert view(coach)._next is None
        assert view(coach).render() == before


async def test_the_variable_of_textual_is_heeded_too(coach, monkeypatch):
    """`TEXTUAL_ANIMATIONS=none` is as the setting."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        assert "1 →" in view(coach).render()


async def test_without_figures_the_text_has_the_room(make_coach):
    """`none` draws nothing and gives the place to the cues."""
    coach = make_coach(figures="none")
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        assert not view(coach).display
        assert view(coach)._player is None
        assert "Watch" in coach.shown()


async def test_without_colour_far_limbs_are_shaded(make_coach, monkeypatch):
    """Near is solid and far is not, as nothing else can tell them apart."""
    monkeypatch.setenv("NO_COLOR", "1")
    coach = make_coach()
    async with coach.begin("big-three").run_test(size=(120, 40)) as pilot:
        await begun(coach, pilot)
        coach.pass_time(3)
        view(coach).look_again()
        assert {"▒", "█"} <= set(view(coach).render())


@pytest.mark.parametrize("style", ["braille", "half"])
async def test_another_style_is_drawn_where_it_is_chosen(make_coach, style):
    """Only its own characters are used."""
    coach = make_coach(figures=style)
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        drawn = set(view(coach).render()) - {" ", "\n"}
        allowed = set("▀▄█") if style == "half" else {chr(code) for code in range(0x2800, 0x2900)}
        assert drawn
        assert drawn <= allowed


@pytest.mark.parametrize("theme", ["trainer-light", "trainer-contrast", "textual-ansi", "nord"])
async def test_the_working_limb_has_the_theme_s_accent(make_coach, theme):
    """In any theme what works is told from what does not, and the whole is drawn on the screen's own ground."""
    coach = make_coach(theme=theme)
    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        shown = view(coach)
        work, near = shown._style("work", "").color, shown._style("near", "").color
        assert work != near
        lines = [shown.render_line(y) for y in range(shown.size.height)]
        assert {line.cell_length for line in lines} == {shown.size.width}


async def test_another_style_can_be_chosen_while_one_looks(coach):
    """The palette's choice is kept, and what is shown is drawn anew at once."""
    from trainer.app.palette import choose_figures

    async with coach.begin("big-three").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        assert "█" in view(coach).render()
        choose_figures(coach.app)
        await pilot.pause()
        await press(pilot, "d")
        await pilot.pause()
        assert coach.kit.settings.figures == "braille"
        assert any("\u2800" < char <= "\u28ff" for char in view(coach).render())
        coach.app.set_motion("reduced")
        await pilot.pause()
        assert "1 →" in view(coach).render()
        choose_figures(coach.app)
        await pilot.pause()
        await press(pilot, "n")
        await pilot.pause()
        assert not view(coach).display


# --- home and composer ---------------------------------------------------------------------------


async def test_home_shows_the_movement_of_the_chosen_exercise(coach):
    """It moves a few times and then rests; another row shows another figure."""
    async with coach.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        shown = coach.app.screen.query_one(FigurePreview)
        assert not shown.display  # a routine is chosen
        await press(pilot, "e", "down")
        await pilot.pause()
        assert shown.display
        first = shown._player.figure.id
        assert first == coach.app.screen.query_one(HomeList).chosen.removeprefix("exercise:")
        moments = set()
        for _ in range(8):
            coach.clock.t_ms += 500
            shown.look_again()
            moments.add(shown._moment)
            assert shown._next is not None
        assert len(moments) > 4
        coach.clock.t_ms += ROUNDS * 60_000
        shown.look_again()
        assert shown._next is None
        await press(pilot, "down")
        await pilot.pause()
        assert shown._player.figure.id != first
        await press(pilot, "e")
        await pilot.pause()
        assert not shown.display


async def test_a_screen_above_stops_the_figure(coach):
    """What is covered does not move."""
    async with coach.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "e", "down")
        shown = coach.app.screen.query_one(FigurePreview)
        await press(pilot, "h")
        await pilot.pause()
        shown.look_again()
        assert shown._next is None


async def test_the_composer_shows_what_is_chosen(coach):
    """In the list of exercises and in the list of steps."""
    async with coach.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "c", "a", "down")
        await pilot.pause()
        shown = coach.app.screen.query_one(FigurePreview)
        picked = shown._player.figure.id
        await press(pilot, "enter", "escape")
        await pilot.pause()
        assert shown._player.figure.id == picked
        assert coach.app.screen.draft.routine.step[0].exercise == picked


# --- files ---------------------------------------------------------------------------------------

OWN_EXERCISE = """
id = "mine"
name = "Mine [L] a [/b] c [/]"
kind = "mobility"
position = "standing"
purpose = "Any."
dose = { reps = 3 }
cues = { set_up = ["Stand."], move = ["Move."] }
"""


def write_own(coach, figure: str | None) -> None:
    for folder, text in (("exercises", OWN_EXERCISE), ("figures", figure)):
        if text is not None:
            path = coach.paths.config / folder / "mine.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    coach.kit.library = Library(coach.paths.config)


async def test_an_exercise_without_a_figure_has_the_text_s_layout(coach):
    """Nothing is drawn, and nothing said about it."""
    write_own(coach, None)
    async with coach.begin("mine").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        assert not view(coach).display
        assert not coach.app._notifications


async def test_an_exercise_of_one_s_own_brings_its_own_figure(coach):
    """A pose file in the person's folder is drawn like those that ship."""
    shipped = Library().figure_file("squat").read_text("utf-8")
    write_own(coach, shipped.replace('id = "squat"', 'id = "mine"'))
    async with coach.begin("mine").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        assert view(coach)._player.figure.id == "mine"
        assert "█" in view(coach).render()


@pytest.mark.parametrize(
    "text",
    ["nonsense = [", 'id = "mine"', 'id = "mine"\nalt = "[L] a [/b] \u202e \x1b[31m c [/]"\npose = [{ name = "x" }]'],
    ids=["no TOML", "nothing of it", "hostile"],
)
async def test_a_broken_pose_file_is_told_of_once_and_costs_no_exercise(coach, text):
    """The guide goes on with its text."""
    write_own(coach, text)
    async with coach.begin("mine").run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
        await begun(coach, pilot)
        told = [one.message for one in coach.app._notifications]
        assert len([text for text in told if "mine.toml" in text]) == 1
        assert not view(coach).display
        assert isinstance(coach.app.screen, GuideScreen)


async def test_an_exercise_may_borrow_a_figure(coach):
    """A copy of an exercise looks like the one that it was made of."""
    write_own(coach, None)
    path = coach.paths.config / "exercises" / "mine.toml"
    path.write_text(OWN_EXERCISE.replace("dose =", 'figure = "squat"\ndose =', 1), "utf-8")
    coach.kit.library = Library(coach.paths.config)
    async with coach.begin("mine").run_test(size=SIZE) as pilot:
        await begun(coach, pilot)
        assert view(coach)._player.figure.id == "squat"
