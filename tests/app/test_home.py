"""The first screen, and the notes on care that come before it once."""

from textual.widgets import Input, OptionList

from trainer.app.guide import GuideScreen
from trainer.app.home import HomeScreen

SIZE = (80, 24)


def ids(coach):
    options = coach.app.screen.query_one(OptionList)
    return [options.get_option_at_index(n).id for n in range(options.option_count) if options.get_option_at_index(n).id]


async def test_routines_stand_in_groups_with_what_one_chooses_by(coach):
    """Length, positions, equipment and source of each routine are shown under what it is for."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        shown = coach.shown()
        for text in (
            "At the desk",
            "Before a workout",
            "Back",
            "Hips",
            "Desk break",
            "1 min",
            "nothing needed · standing",
            "from relief",
        ):
            assert text in shown, text
        assert ids(coach)[0] == "desk-break"


async def test_enter_starts_the_chosen_routine(coach):
    """The first routine is chosen at the start; Enter opens it, and leaving leads home again."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(coach.app.screen, GuideScreen)
        assert coach.guide.plan.routine.id == "desk-break"
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)


async def test_when_a_routine_was_last_done_is_shown(coach):
    """After a session the list says so."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "last" not in coach.shown()
        await pilot.press("enter")
        await pilot.press("3")
        coach.pass_until("rate")
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("2", "q")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
        assert "Desk break  1 min · from relief · last today" in coach.shown()


async def test_search_finds_by_exercise_position_and_purpose(coach):
    """What is typed after / leaves the routines that fit every word."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"clam")
        assert ids(coach) == ["uneven-hips"]
        coach.app.screen.query_one(Input).value = "lower-back deadlift"
        await pilot.pause()
        assert ids(coach) == ["lower-back-list"]
        coach.app.screen.query_one(Input).value = "swimming pool"
        await pilot.pause()
        assert "Nothing fits" in coach.shown()
        await pilot.press("escape")
        await pilot.pause()
        assert len(ids(coach)) == 6


async def test_a_wide_terminal_shows_the_chosen_routine_beside_the_list(coach):
    """From 100 columns on there is room for the exercises with their doses."""
    async with coach.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "down")
        await pilot.pause()
        assert "4 repetitions held 5 s each side, 2 sets" in coach.shown()


async def test_a_broken_file_of_ones_own_is_named_and_hides_nothing(coach):
    """The other routines are there, and a notice says what is wrong where."""
    folder = coach.paths.config / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('id = "mine"\nname = 5\n')
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert len(ids(coach)) == 6
        assert "mine.toml" in coach.shown().replace("\n", "")


async def test_ones_own_routine_adds_to_the_list(coach):
    """A file in the person's folder is listed under their own."""
    folder = coach.paths.config / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('id = "mine"\nname = "Mine"\npurpose = "p"\n[[step]]\nexercise = "squat"\n')
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "mine" in ids(coach)


async def test_a_first_start_shows_the_notes_on_care_once(make_coach):
    """They come before anything else, fit a plain terminal, and are not shown again."""
    coach = make_coach(care_shown=False)
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        shown = coach.shown()
        for text in (
            "Ask a health professional",
            "Stop when pain grows",
            "emergency number",
            "both legs",
            "doctor soon",
        ):
            assert text in shown, text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(coach.app.screen, HomeScreen)
    assert "care_shown = true" in coach.paths.settings.read_text()
    from trainer.settings import load

    assert load(coach.paths.settings).care_shown


async def test_a_theme_is_kept_for_next_time(coach):
    """Choosing a theme writes it into the settings, comments and all else kept."""
    coach.paths.config.mkdir(parents=True)
    coach.paths.settings.write_text("# mine\nvolume = 40\n")
    async with coach.app.run_test(size=SIZE) as pilot:
        coach.app.theme = "trainer-contrast"
        await pilot.pause()
    assert coach.paths.settings.read_text() == '# mine\nvolume = 40\ntheme = "trainer-contrast"\n'


async def test_the_palette_and_the_keys_change_the_sound(coach):
    """Louder, quieter and off are kept."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.press("right_square_bracket")
        assert coach.kit.settings.volume == 80
        titles = [command.title for command in coach.app.get_system_commands(coach.app.screen)]
        assert {"Sound off", "Louder", "Quieter", "Motion: reduced", "Care", "Theme"} <= set(titles)
        coach.app.set_sound(False)
        await pilot.pause()
        assert "sound = false" in coach.paths.settings.read_text()
