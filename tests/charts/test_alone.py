"""The room by itself: what it loads, what it asks of its surroundings, what it keeps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trainer.charts.lines import Line
from trainer.charts.plot import plot
from trainer.charts.weeks import Series

ROOT = Path(__file__).parents[2]
FOREIGN = {"plotille", "numpy", "rich", "textual", "wcwidth"}
MODULES = sorted(f"trainer.charts.{file.stem}" for file in (ROOT / "trainer/charts").glob("[!_]*.py"))
DRAW = """
from trainer.charts.plot import plot
from trainer.charts.weeks import Series
series = [Series("left", "left", {"2026-03-02": 3, "2026-03-09": 4})]
lines = plot(series, width=60, height=%d, y_max=10, from_day="2026-03-02", to_day="2026-03-29")
"""


def loaded(code: str) -> set[str]:
    """Names of all packages that a fresh interpreter has loaded after `code`."""
    code = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.split())


def test_nothing_of_a_screen_or_a_plot_is_loaded() -> None:
    """Every module of the room, a year, bars and a plot told in words bring neither Rich, Textual nor plotille."""
    code = f"import {', '.join(MODULES)}\n" + DRAW % 2
    code += "trainer.charts.year.year({}, year=2026, today='2026-03-02', width=80)\n"
    code += "trainer.charts.bars.bars([trainer.charts.bars.Bar('中', 1, 'b')], width=80)"
    assert not loaded(code) & FOREIGN


def test_the_plot_library_comes_with_the_first_plot() -> None:
    """Drawing loads plotille, and nothing else that is foreign."""
    assert loaded(DRAW % 12) & FOREIGN == {"plotille"}


def left(count: int) -> list[Line]:
    points = {f"2026-03-{day:02}": day % 11 for day in range(2, 2 + count)}
    return plot(
        [Series("left", "left", points)], width=60, height=14, y_max=10, from_day="2026-03-02", to_day="2026-04-05"
    )


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "TERM"])
def test_the_environment_changes_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a plot looks like is up to its caller: no variable adds a colour or another width."""
    before = left(9)
    monkeypatch.setenv(name, "1")
    assert left(9) == before
    assert "\x1b" not in "".join(span.text for line in before for span in line)


def test_one_plot_leaves_nothing_behind_for_the_next() -> None:
    """A plot is the same after others were drawn, and while others are drawn."""
    alone = [left(count) for count in range(1, 25)]
    assert [left(count) for count in range(1, 25)] == alone
    draw: Callable[[int], list[Line]] = left
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, [*range(1, 25)] * 3)) == alone * 3
    assert len({str(lines) for lines in alone}) > 5


def test_values_that_are_handed_in_stay_as_they_are() -> None:
    """Drawing changes no series."""
    points: dict[str, float | None] = {"2026-03-09": 4, "2026-03-02": None}
    plot([Series("left", "left", points)], width=60, height=14, y_max=10, from_day="2026-03-02", to_day="2026-04-05")
    assert points == {"2026-03-09": 4, "2026-03-02": None}
