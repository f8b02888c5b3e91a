"""The widgets by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from trainer.app.widgets.big_clock import BigClock, draw, scale_for
from trainer.app.widgets.pain_scale import PainScale


@given(
    text=st.from_regex(r"[0-9]{1,3}(:[0-9]{2})?", fullmatch=True),
    columns=st.integers(0, 220),
    rows=st.integers(0, 60),
)
def test_digits_fit_whatever_room_there_is(text, columns, rows):
    """No line is wider or higher than the room, and where there is room for digits they fill the scale."""
    lines = draw(text, columns, rows)
    assert len(lines) <= rows
    assert all(len(line) <= columns for line in lines)
    if scale_for(text, columns, rows):
        assert any("█" in line or "▀" in line or "▄" in line for line in lines)


def test_digits_are_the_figures_that_one_knows():
    """At the smallest scale two rows of the font share a row of cells."""
    assert draw("1", 20, 3) == ["▄█ ", " █ ", "▀▀▀"]
    assert draw("8", 7, 3) == ["█▀█", "█▀█", "▀▀▀"]
    assert draw("4:0", 30, 5)[1] == "██  ██  ██  ██  ██"


def test_digits_keep_their_size_from_two_figures_to_one():
    """The count from 10 to 9 does not jump in size."""
    assert scale_for("10", 40, 12) == scale_for("9", 40, 12)


class ScaleApp(App[None]):
    def __init__(self, *, sided=False):
        super().__init__()
        self.got = []
        self.sided = sided

    def compose(self):
        yield PainScale()

    def on_mount(self):
        self.query_one(PainScale).ask("Pain now?", sided=self.sided)

    def on_pain_scale_rated(self, message):
        self.got.append(message.nrs if message.right is None else (message.nrs, message.right))

    def on_pain_scale_later(self):
        self.got.append("later")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        *(([str(n)], [n]) for n in range(10)),
        (["t"], [10]),
        (["right", "enter"], [0]),
        (["right", "right", "right", "enter"], [2]),
        (["end", "enter"], [10]),
        (["end", "left", "enter"], [9]),
        (["home", "left", "enter"], [0]),
        (["enter"], ["later"]),
        (["l"], ["later"]),
    ],
)
async def test_every_key_of_the_scale(keys, expected):
    """Digits rate, t is ten, arrows choose and Enter takes; without a choice nothing is invented."""
    app = ScaleApp()
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.got == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["3"], [3]),
        (["a", "4", "1"], [(4, 1)]),
        (["a", "t", "0"], [(10, 0)]),
        (["a", "right", "right", "enter", "right", "enter"], [(1, 0)]),
        (["a", "a", "5"], [5]),
        (["a", "7", "a", "5"], [5]),
        (["a", "7", "l"], ["later"]),
    ],
)
async def test_sides_rated_apart(keys, expected):
    """With two sides, a asks for the left one and then the right; again it asks for both together."""
    app = ScaleApp(sided=True)
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.got == expected


async def test_which_side_is_asked():
    """The question names the side, and without sides there is nothing to rate apart."""
    app = ScaleApp(sided=True)
    async with app.run_test(size=(80, 10)) as pilot:
        scale = app.query_one(PainScale)
        seen = [scale.question]
        for key in ("a", "4"):
            await pilot.press(key)
            await pilot.pause()
            seen.append(scale.question)
        assert seen == ["Pain now?", "Left side. Pain now?", "Right side. Pain now?"]
        scale.ask("And now?")
        await pilot.press("a", "4")
        await pilot.pause()
        assert (scale.question, app.got) == ("And now?", [4])


@pytest.mark.parametrize("width", [34, 40, 60, 80, 120])
@pytest.mark.parametrize("nrs", range(11))
async def test_every_box_can_be_clicked(width, nrs):
    """The mouse rates by the box that it hits, at every width."""
    app = ScaleApp()
    async with app.run_test(size=(width, 10)) as pilot:
        box = app.query_one(PainScale)._box
        await pilot.click(PainScale, offset=(nrs * box + box // 2, 1))
        await pilot.pause()
        assert app.got == [nrs]


async def test_a_clock_paints_only_when_its_number_changes():
    """Setting the same value again asks for no paint."""

    class ClockApp(App[None]):
        def compose(self):
            yield BigClock()

    app = ClockApp()
    async with app.run_test(size=(40, 10)) as pilot:
        clock = app.query_one(BigClock)
        clock.value = "12"
        await pilot.pause()
        asked = []
        clock.refresh = lambda *a, **k: asked.append(1)
        clock.value = "12"
        assert not asked
        clock.value = "11"
        assert asked
