"""Whatever lies in a person's folder, the home screen opens with all the rest."""

import sys

import pytest
from textual.widgets import OptionList

from tests.library.hostile import ANYWHERE, SPECIAL, STEPS
from trainer.library.shelf import Library


@pytest.mark.skipif(sys.platform == "win32", reason="its links and devices are others")
async def test_no_file_hides_another(coach):
    """Links, devices, pipes and broken files of both kinds are told of, and every other routine is there and found."""
    cases = [put for put, *_ in (*ANYWHERE.values(), *SPECIAL.values()) if put is not None]
    for kind in ("exercises", "routines"):
        folder = coach.paths.config / kind
        folder.mkdir(parents=True)
        for number, put in enumerate(cases):
            if put.__name__ != "unreadable":  # skips where one may read everything
                put(folder / f"odd-{number}.toml")
    (folder / "mine.toml").write_text(STEPS.replace("odd", "mine") + '[[step]]\nexercise = "squat"\n')
    (folder / "wants.toml").write_text(STEPS.replace("odd", "wants") + '[[step]]\nexercise = "odd-1"\n')
    async with coach.app.run_test(size=(100, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        options = coach.app.screen.query_one(OptionList)
        there = {options.get_option_at_index(number).id for number in range(options.option_count)} - {None}
        assert there == {*(one.id for one in Library().routines()[0]), "mine"}
        assert "odd-" in coach.shown()
        await pilot.press("/", *"mine")
        await pilot.pause()
        assert "mine" in coach.shown()
