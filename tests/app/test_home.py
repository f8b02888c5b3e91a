"""The first screen, and the notes on care that come before it once."""

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from tests.app.pressing import press
from trainer.app.guide import GuideScreen
from trainer.app.home import HomeScreen
from trainer.app.home_list import HomeList
from trainer.app.minutes import MinutesScreen
from trainer.library.shelf import Library

SIZE = (80, 24)
TALL = (80, 120)


def ids(coach):
    options = coach.app.screen.query_one(OptionList)
    return [options.get_option_at_index(n).id for n in range(options.option_count) if options.get_option_at_index(n).id]


def headings(coach):
    options = coach.app.screen.query_one(OptionList)
    return [str(option.prompt) for option in options.options if option.disabled]


def chosen(coach):
    return coach.app.screen.query_one(OptionList).highlighted_option.id


def hint(coach):
    return "".join(str(hint.content) for hint in coach.app.screen.query("#hint").results(Static) if hint.display)


def all_ids():
    return {one.id for one in Library().routines()[0]}


async def search(coach, pilot, text):
    coach.app.screen.query_one(Input).value = text
    await pilot.pause()


async def test_routines_stand_in_groups_with_what_one_chooses_by(coach):
    """Length, positions, equipment and source of each routine are shown under what it is for."""
    async with coach.app.run_test(size=TALL) as pilot:
        await pilot.pause()
        shown = coach.shown()
        assert headings(coach) == ["At the desk", "Before a workout", "Back", "Hips", "Checks"]
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
        await press(pilot, "enter")
        assert isinstance(coach.app.screen, GuideScreen)
        assert coach.guide.plan.routine.id == "desk-break"
        await press(pilot, "q")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_when_a_routine_was_last_done_is_shown(coach):
    """After a session the list says so."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "· last" not in coach.shown()
        await pilot.press("enter")
        await pilot.press("3")
        coach.pass_until("rate")
        await press(pilot, "1")
        await press(pilot, "2", "q")
        assert isinstance(coach.app.screen, HomeScreen)
        assert "Desk break  1 min · from relief · last today" in coach.shown()


async def test_search_finds_by_exercise_position_and_purpose(coach):
    """What is typed after / leaves the routines that fit every word, and below them the exercises that do."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "slash", *"clam")
        assert ids(coach) == ["uneven-hips", "exercise:banded-clam", "exercise:clam"]
        assert headings(coach) == ["Hips", "Exercises"]
        await search(coach, pilot, "lower-back deadlift")
        assert ids(coach)[0] == "lower-back-list"
        await search(coach, pilot, "Side Bridge")
        assert "exercise:side-plank" in ids(coach)
        assert "big-three" in ids(coach)
        await search(coach, pilot, "xylophone")
        assert "Nothing fits" in coach.shown()
        await press(pilot, "escape")
        assert set(ids(coach)) == all_ids()


async def test_search_takes_typed_terms(coach):
    """Terms narrow what is shown, alone and beside words."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await search(coach, pilot, 'group:back under:6 position:"on the back"')
        assert {"back-basics", "physio-ladder"} <= set(ids(coach))
        assert "lower-back-list" not in ids(coach)
        await search(coach, pilot, "plank floor:no")
        assert "side-plank" not in "".join(ids(coach))


async def test_a_wrong_term_is_said_below_the_field_and_what_else_was_asked_still_holds(coach):
    """The search goes on with what it understands; the line goes away with the fault."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await search(coach, pilot, "clam floor:maybe")
        assert "floor: found maybe; allowed: yes or no" in coach.shown()
        assert ids(coach)[0] == "uneven-hips"
        await search(coach, pilot, "clam")
        assert hint(coach) == ""
        await search(coach, pilot, "clma")
        assert hint(coach) == "Did you mean clam?"


async def test_what_is_chosen_stays_chosen_while_the_list_changes(coach):
    """Neither a search that still has it nor the logbook, which is read later, moves the choice or the list."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press(*["down"] * 15)
        before = chosen(coach)
        place = coach.app.screen.query_one(OptionList).scroll_offset
        assert place.y
        coach.app.screen.refresh_routines()
        await pilot.pause()
        assert chosen(coach) == before
        assert coach.app.screen.query_one(OptionList).scroll_offset == place
        await search(coach, pilot, before)
        assert chosen(coach) == before
        await press(pilot, "escape")
        assert chosen(coach) == before


async def test_names_are_there_before_any_exercise_is_read(coach, monkeypatch):
    """The first paint waits for the routines' own files alone; the same rows are then filled in."""
    read_at = []
    shown = []
    exercise = Library.exercise
    original = HomeList.show

    def look(self, rows):
        shown.append([row.id for row in rows])
        original(self, rows)

    def read(self, id):
        read_at.append(len(shown))
        return exercise(self, id)

    monkeypatch.setattr(HomeList, "show", look)
    monkeypatch.setattr(Library, "exercise", read)
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
    assert min(read_at) == 1
    assert shown[0] == shown[1]


async def test_e_shows_every_exercise_by_its_kind_and_the_routines_again(coach):
    """The same key leads back; so does Escape."""
    async with coach.app.run_test(size=TALL) as pilot:
        await pilot.pause()
        await press(pilot, "e")
        assert set(ids(coach)) == {f"exercise:{one.id}" for one in Library().exercises()[0]}
        assert headings(coach)[:2] == ["Strength", "Stretch"]
        assert "Bird dog  5 repetitions held" in coach.shown()
        await search(coach, pilot, "clam")
        assert ids(coach) == ["exercise:banded-clam", "exercise:clam"]
        await press(pilot, "escape")
        assert set(ids(coach)) == all_ids()
        await press(pilot, "e", "e")
        assert set(ids(coach)) == all_ids()


async def test_enter_on_an_exercise_guides_through_it_alone(coach):
    """One exercise is a routine of one step."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "slash", *"banded clam", "enter")
        await press(pilot, "enter")
        assert isinstance(coach.app.screen, GuideScreen)
        assert [item.exercise.id for item in coach.guide.plan.items] == ["banded-clam"]


async def test_t_asks_for_minutes_and_starts_a_short_form(coach):
    """The plan fits into the minutes and knows what it left out."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await search(coach, pilot, "lower-back-list")
        await press(pilot, "t")
        assert "18 min" in coach.shown()
        await press(pilot, *"8", "enter")
        assert coach.guide.plan.reckoned_ms <= 8 * 60_000
        assert coach.guide.plan.left_out


@pytest.mark.parametrize(("typed", "said"), [("", "Found nothing"), ("0", "Found 0"), ("601", "Found 601")])
async def test_minutes_that_cannot_be_are_asked_again(coach, typed, said):
    """What was found and what is allowed is said, and nothing begins."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "t", *typed, "enter")
        assert isinstance(coach.app.screen, MinutesScreen)
        assert f"{said}; allowed: 1 to 600" in coach.shown()
        await press(pilot, "escape")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_too_few_minutes_are_told_with_how_many_it_takes(coach):
    """A notice says what would be enough; the list stays."""
    folder = coach.paths.config / "routines"
    folder.mkdir(parents=True)
    step = '[[step]]\nexercise = "forearm-plank"\ndose = { hold_s = 280 }\n'
    (folder / "mine.toml").write_text(f'id = "mine"\nname = "Mine"\npurpose = "p"\n{step}')
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await search(coach, pilot, "own:yes")
        assert ids(coach) == ["mine"]
        await press(pilot, "t", "1", "enter")
        assert isinstance(coach.app.screen, HomeScreen)
        said = " ".join(coach.shown().replace("▌", "").split())
        assert "1 min for Mine; allowed: " in said
        assert "min or more" in said


async def test_what_stands_beyond_the_articles_is_marked(coach):
    """In the list and beside it."""
    async with coach.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await search(coach, pilot, "neck-and-shoulders")
        shown = coach.shown()
        assert "4 min · beyond the five articles" in shown
        assert "Beyond the five articles" in shown
        assert "WorkSafe Victoria" in " ".join(shown.split())


async def test_an_exercise_is_told_beside_the_list(coach):
    """Purpose, dose, cues in short, when to leave it out, other forms and source."""
    async with coach.app.run_test(size=(160, 60)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await search(coach, pilot, "bird-dog kind:strength")
        options = coach.app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("exercise:bird-dog")
        await pilot.pause()
        shown = " ".join(coach.shown().split())
        for text in (
            "Works the trunk and hips together",
            "5 repetitions held 5 s each side",
            "Not for an office: on the floor",
            "Stop if",
            "Leave it out, or ask first",
            "Easier: ",
            "(relief)",
        ):
            assert text in shown, text


async def test_details_longer_than_the_screen_can_be_scrolled_by_keys(coach):
    """Shift with up and down moves what stands beside the list."""
    async with coach.app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        await search(coach, pilot, "lower-back-list")
        await press(pilot, "shift+down")
        about = coach.app.screen.query_one("#about")
        assert about.scroll_offset.y > 0
        await press(pilot, "shift+up")
        assert about.scroll_offset.y == 0


async def test_a_low_terminal_shows_the_search_while_it_is_used(coach):
    """At 40 × 15 the field takes a line only from / on."""
    async with coach.app.run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        assert not coach.app.screen.query_one(Input).display
        await press(pilot, "slash", *"clam")
        assert "clam" in coach.shown().splitlines()[0]
        await press(pilot, "escape")
        assert not coach.app.screen.query_one(Input).display


async def test_a_opens_the_activities(coach):
    """Minutes of walking and so on are one key away."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "a")
        assert isinstance(coach.app.screen, ModalScreen)
        assert "Walk" in coach.shown()


async def test_c_composes_and_the_list_is_read_again_afterwards(coach):
    """What another screen wrote into the person's folder is there on the way back, the choice as it was."""
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await press(pilot, "down", "c")
        assert type(coach.app.screen).__name__ == "ComposeScreen"
        before = next(screen for screen in coach.app.screen_stack if isinstance(screen, HomeScreen))._list.chosen
        folder = coach.paths.config / "routines"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mine.toml").write_text('id = "mine"\nname = "Mine"\npurpose = "p"\n[[step]]\nexercise = "squat"\n')
        coach.app.pop_screen()
        await pilot.pause()
        assert "mine" in ids(coach)
        assert chosen(coach) == before


@pytest.mark.parametrize(
    ("search_for", "routine"), [("own:yes", "mine"), ("desk-break", None), ("kind:check plank", None)]
)
async def test_c_edits_the_chosen_routine_where_it_is_ones_own(coach, monkeypatch, search_for, routine):
    """A shipped one, an exercise or nothing chosen begins a new routine."""
    folder = coach.paths.config / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('id = "mine"\nname = "Mine"\npurpose = "p"\n[[step]]\nexercise = "squat"\n')
    import trainer.app.compose as compose

    asked = []

    class Composing(ModalScreen[None]):
        def __init__(self, id):
            super().__init__()
            asked.append(id)

    monkeypatch.setattr(compose, "ComposeScreen", Composing)
    async with coach.app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await search(coach, pilot, search_for)
        await press(pilot, "c")
        assert asked == [routine]


async def test_a_wide_terminal_shows_the_chosen_routine_beside_the_list(coach):
    """From 100 columns on there is room for the exercises with their doses."""
    async with coach.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await search(coach, pilot, "lower-back-list")
        assert "4 repetitions held 5 s each side, 2 sets" in coach.shown()


async def test_a_broken_file_of_ones_own_is_named_and_hides_nothing(coach):
    """The other routines are there, and a notice says what is wrong where."""
    folder = coach.paths.config / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('id = "mine"\nname = 5\n')
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        assert set(ids(coach)) == all_ids()
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
        await press(pilot, "enter")
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


async def test_the_palette_turns_speech_off_and_on(coach):
    """Beside the sound stands whether a walk's cues are spoken; it holds at once and is kept."""
    async with coach.app.run_test(size=SIZE, notifications=True) as pilot:
        for title, on, text in (("Speech off", False, "speech = false"), ("Speech on", True, "speech = true")):
            commands = {command.title: command for command in coach.app.get_system_commands(coach.app.screen)}
            assert len({"Speech off", "Speech on"} & commands.keys()) == 1
            commands[title].callback()
            await pilot.pause()
            assert coach.kit.player.speech is on
            assert coach.kit.settings.speech is on
            assert text in coach.paths.settings.read_text()
            assert title in coach.shown()


async def test_a_screen_that_becomes_wide_tells_of_what_is_chosen(coach):
    """Where there was no room beside the list nothing was reckoned for it; with room it is there at once."""
    purpose = coach.kit.library.routine("desk-break").purpose.split(",")[0]
    async with coach.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert purpose not in coach.shown()
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert purpose in coach.shown()


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 40)])
async def test_what_is_chosen_can_be_read_before_it_begins(coach, size):
    """h tells of a routine or an exercise on a page that scrolls, where there is no room beside the list too."""
    async with coach.app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "h")
        told = str(coach.app.screen.text)
        routine = coach.kit.library.routine("desk-break")
        assert all(text in told for text in (routine.purpose, *routine.notes, "Needs nothing"))
        await press(pilot, "escape", "e", "h")
        assert "Set up" in str(coach.app.screen.text)
        await press(pilot, "q")
        assert isinstance(coach.app.screen, HomeScreen)


async def test_page_up_at_the_top_keeps_the_first_row(coach):
    """The heading above the first row cannot be chosen, and nothing else is lost by trying."""
    async with coach.begin().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = coach.app.screen.query_one("#routines")
        first = rows.highlighted
        await press(pilot, "pageup", "pageup")
        assert first is not None
        assert rows.highlighted == first
