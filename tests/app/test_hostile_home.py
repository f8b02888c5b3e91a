"""Text from outside goes through the home screen's panels as text."""

from __future__ import annotations

import unicodedata

import pytest
from textual.widgets import Input, OptionList

HOSTILE = "[L] a [/b] c [/]"
STEERING = "\\u001b]0;owned\\u0007 \\u202eback\\u2066 [@click=app.quit]x[/] \\u009b31m"
ROUTINE = f"""
id = "mine"
name = "{HOSTILE}{STEERING}"
purpose = "{HOSTILE}{STEERING}"
frequency = "{HOSTILE}{STEERING}"
tags = ["{HOSTILE}", "{STEERING}"]
notes = ["{HOSTILE}{STEERING}"]
sources = ["{HOSTILE}"]
[[step]]
exercise = "odd"
"""
EXERCISE = f"""
id = "odd"
name = "{HOSTILE}{STEERING}"
kind = "stretch"
position = "standing"
purpose = "{HOSTILE}{STEERING}"
aliases = ["{HOSTILE}", "{STEERING}"]
tags = ["{HOSTILE}", "{STEERING}"]
equipment = ["{HOSTILE}", "{STEERING}", "a \\"quoted\\" thing: x"]
optional = ["{HOSTILE}{STEERING}"]
muscles = ["{HOSTILE}"]
leave_out = ["{HOSTILE}{STEERING}"]
sources = ["{HOSTILE}"]
easier = "odd-two"
[dose]
hold_s = 600
[cues]
set_up = ["{HOSTILE}{STEERING}"]
move = ["{HOSTILE}{STEERING}"]
stop_if = ["{HOSTILE}"]
"""


@pytest.fixture
def hostile(coach):
    for folder, name, text in (
        ("routines", "mine", ROUTINE),
        ("exercises", "odd", EXERCISE),
        ("exercises", "odd-two", EXERCISE.replace('"odd"', '"odd-two"').replace('easier = "odd-two"\n', "")),
    ):
        (coach.paths.config / folder).mkdir(parents=True, exist_ok=True)
        (coach.paths.config / folder / f"{name}.toml").write_text(text, "utf-8")
    return coach


def steers(char):
    return char != "\n" and (
        unicodedata.category(char) in ("Cc", "Cs")
        or unicodedata.bidirectional(char) in ("RLO", "LRI", "RLI", "LRO", "PDI", "PDF")
    )


async def look(coach, pilot, *, literal=True):
    await pilot.pause()
    shown = coach.shown()
    assert not [char for char in shown if steers(char)]
    assert "owned" not in coach.app.title
    if literal:
        assert HOSTILE in " ".join(shown.split()), coach.app.screen


async def test_hostile_text_is_text_in_the_list_and_beside_it(hostile):
    """Rows, details, the search, its hint and the headings show it as it stands."""
    async with hostile.app.run_test(size=(160, 50), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        options = hostile.app.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("mine")
        await look(hostile, pilot)
        await pilot.press("e")
        await pilot.pause()
        options.highlighted = options.get_option_index("exercise:odd")
        await look(hostile, pilot)
        for text in (HOSTILE, f"tag:{HOSTILE}", f'tag:"{HOSTILE}"', "needs:[@click=app.quit]x[/]", "[/]:[/]", "tag:[/"):
            hostile.app.screen.query_one(Input).value = text
            await look(hostile, pilot, literal=False)
        hostile.app.screen.query_one(Input).value = f"\x1b]0;owned\x07\u202e{HOSTILE} tag:\x1b[31m"
        await look(hostile, pilot, literal=False)
        await pilot.press("escape")
        hostile.app.screen.query_one(Input).value = "own:yes"
        await look(hostile, pilot)


async def test_hostile_text_is_text_in_the_filter_and_comes_back_from_it(hostile):
    """A tag or a thing of any name can be chosen, is written into the field, and fits what bears it."""
    async with hostile.app.run_test(size=(120, 60), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        rows = hostile.app.screen.rows
        tag = next(n for n, value in enumerate(rows[0].values) if value == HOSTILE)
        await pilot.press(*["right"] * tag)
        await look(hostile, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert hostile.app.screen.query_one(Input).value == f'tag:"{HOSTILE}"'
        ids = [option.id for option in hostile.app.screen.query_one(OptionList).options if option.id]
        assert ids == ["mine", "exercise:odd", "exercise:odd-two"]
        await look(hostile, pilot)
        hostile.app.screen.query_one(Input).value = ""
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        thing = next(n for n, row in enumerate(hostile.app.screen.rows) if "quoted" in row.name.casefold())
        await pilot.press(*["down"] * thing, "right", "enter")
        await pilot.pause()
        assert "mine" not in [option.id for option in hostile.app.screen.query_one(OptionList).options]
        assert not hostile.app.screen.query("#hint")
        await look(hostile, pilot, literal=False)


async def test_hostile_text_is_text_where_minutes_are_asked(hostile):
    """In the question, and in the notice that nothing fits."""
    async with hostile.app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        hostile.app.screen.query_one(Input).value = "own:yes"
        await pilot.pause()
        await pilot.press("t")
        await look(hostile, pilot)
        await pilot.press("1", "enter")
        await pilot.pause()
        await look(hostile, pilot)
        assert "min or more" in " ".join(hostile.shown().replace("▌", "").split())
