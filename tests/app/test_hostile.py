"""Text from outside goes through every screen as text."""

import unicodedata

from textual.widgets import Input

HOSTILE = "[L] a [/b] c [/]"
STEERING = "\\u001b]0;owned\\u0007 \\u202eback\\u2066 [@click=app.quit]x[/] \\u009b31m"
ROUTINE = f"""
id = "mine"
name = "{HOSTILE}{STEERING}"
purpose = "{HOSTILE}{STEERING}"
frequency = "{HOSTILE}{STEERING}"
notes = ["{HOSTILE}{STEERING}"]
sources = ["{HOSTILE}"]
[[step]]
exercise = "odd"
why = "{HOSTILE}"
[[step]]
exercise = "odd"
"""
EXERCISE = f"""
id = "odd"
name = "{HOSTILE}"
kind = "stretch"
position = "standing"
sides = "both"
purpose = "{HOSTILE}{STEERING}"
equipment = ["{HOSTILE}{STEERING}"]
muscles = ["{HOSTILE}"]
side_names = {{ left = "{HOSTILE}", right = "{STEERING}" }}
parts = ["{HOSTILE}{STEERING}", "{STEERING}"]
[dose]
hold_s = 5
says = "{HOSTILE}"
[cues]
set_up = ["{HOSTILE}{STEERING}"]
move = ["{HOSTILE}{STEERING}"]
feel = ["{STEERING}"]
mistakes = ["{HOSTILE}"]
stop_if = ["{HOSTILE}"]
"""


def write_own_files(coach):
    for folder, name, text in (("routines", "mine", ROUTINE), ("exercises", "odd", EXERCISE)):
        (coach.paths.config / folder).mkdir(parents=True)
        (coach.paths.config / folder / f"{name}.toml").write_text(text)
    # A broken one too, so that its error is shown as a notice.
    (coach.paths.config / "routines" / "bad.toml").write_text(f'id = "bad"\nname = ["{HOSTILE}{STEERING}"]\n')


async def test_hostile_text_is_shown_as_text_on_every_screen(coach):
    """Brackets are shown, nothing is a link or a style, and no character that steers a terminal is painted."""
    write_own_files(coach)
    seen = []

    async def look(pilot, *, literal=True):
        await pilot.pause()
        shown = coach.shown()
        steering = [
            c
            for c in shown
            if c != "\n"
            and (
                unicodedata.category(c) in ("Cc", "Cs")
                or unicodedata.bidirectional(c) in ("RLO", "LRI", "RLI", "LRO", "PDI", "PDF")
            )
        ]
        assert not steering
        if literal:
            assert HOSTILE in shown.replace("\n", " "), coach.app.screen
        assert "owned" not in coach.app.title
        seen.append(type(coach.app.screen).__name__)

    async with coach.app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await look(pilot, literal=False)
        coach.app.clear_notifications()  # those of the broken file would stand over what is looked at
        options = coach.app.screen.query_one("#routines")
        options.highlighted = options.get_option_index("mine")
        await look(pilot)
        await pilot.hover("#routines")
        await pilot.press("enter")
        await look(pilot)
        await pilot.press("3")
        await look(pilot)
        coach.pass_until("work")
        await look(pilot)
        await pilot.press("question_mark")
        await look(pilot)
        await pilot.press("question_mark")
        coach.pass_until("rate")
        await look(pilot)
        await pilot.press("8")
        await look(pilot)
        await pilot.press("g")
        await look(pilot)
        await pilot.press("ctrl+p")
        await look(pilot, literal=False)
        await pilot.press("escape", "q")
        await look(pilot, literal=False)
        await pilot.press("s")
        await look(pilot)
        coach.app.screen.query_one(Input).value = f"{HOSTILE}\x1b]0;owned\x07\u202e"
        await pilot.press("2", "w", "enter")
        await look(pilot)
        await pilot.press("q")
        await look(pilot)
        await pilot.press("l")
        await look(pilot)
        await pilot.press("enter")
        await look(pilot)
    assert {"HomeScreen", "GuideScreen", "ChooseScreen", "SummaryScreen", "HistoryScreen", "SessionScreen"} <= set(seen)


async def test_a_paste_of_control_characters_into_a_field_is_cleaned_before_it_is_kept(coach):
    """What steers a terminal is replaced on the way into the logbook as well."""
    async with coach.begin("desk-break").run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        coach.pass_until("rate")
        await pilot.press("q", "s")
        await pilot.pause()
        coach.app.screen.query_one(Input).value = "sore\x1b[31m \u202eback"
        await pilot.press("w", "enter")
        await pilot.pause()
    assert [body.text for kind, body in coach.facts() if kind == "note"] == ["sore\ufffd[31m \ufffdback"]


async def test_trouble_that_names_a_hostile_path_is_shown_as_text(make_coach, tmp_path):
    """An error from below reaches a notice cleaned and as plain text."""
    coach = make_coach()
    coach.kit.journal.trouble = f"No room in {HOSTILE}\x1b[31m."
    coach.kit.journal.logbook.close()
    coach.kit.journal.logbook = None
    async with coach.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        coach.app.screen.query_one(Input).value = "no-such-thing"  # rows would stand between the lines of the notice
        await pilot.pause()
        shown = " ".join(coach.shown().replace("▌", "").split())
        assert "[L] a [/b] c [/]" in shown
        assert "\x1b" not in shown
