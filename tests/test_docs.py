"""What docs/ says is so: every example is read and run, every key is named, the library's page is the library."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs import figures, figures_page, library_page
from docs.outlines import ACROSS, BLOCKS, DOWN, outline
from trainer.cli.parser import build
from trainer.figures import checks, claims
from trainer.figures import model as m
from trainer.figures.body import JOINTS, PARTS, RANGES_DEG
from trainer.figures.styles import Wanted
from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.plan import plan
from trainer.guide.state import State
from trainer.library.model import Answer, Check, Cues, Dose, Exercise, Level, Routine, SideNames, Step
from trainer.library.reader import check
from trainer.library.shelf import Library, step_problems

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGE = (DOCS / "routines.md").read_text("utf-8")
FIGURES = (DOCS / "figures.md").read_text("utf-8")
EXAMPLES = dict(
    re.findall(r"^`((?:routines|exercises)/[\w-]+\.toml)`\n\n```toml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
)
ROUTINES = [Path(name).stem for name in EXAMPLES if name.startswith("routines/")]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A person's folder that holds all that the page shows."""
    for name, text in EXAMPLES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_every_block_of_toml_is_a_whole_file() -> None:
    """Nothing is shown that no test reads."""
    assert len(EXAMPLES) == PAGE.count("```toml") > 8


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_problem(own: Path, name: str) -> None:
    """Each file of the page is what its name says, and everything that it names is there."""
    value = check(own / name)
    assert value.id == Path(name).stem
    library = Library(own)
    if isinstance(value, Routine):
        assert not list(step_problems(library, value, name))
    else:
        for id_ in (value.easier, value.harder):
            assert id_ is None or library.exercise(id_)


@pytest.mark.parametrize("id_", ROUTINES)
def test_an_example_can_be_gone_through(own: Path, id_: str) -> None:
    """Each routine of the page comes to its end, with open work ended and checks answered."""
    library = Library(own)
    routine = library.routine(id_)
    engine = Engine(plan(routine, library.exercises_of(routine), weaker="left"), gap_ms=10**9)
    engine.send(e.Start())
    for _ in range(10_000):
        if engine.state is State.ENDED:
            break
        step = engine.step
        if step.kind == "work" and step.item.exercise.check is not None:
            engine.advance(engine.now_ms + 5000)
            engine.send(e.Answer(step.item.place, step.side, step.item.exercise.check.answer[0].id))
        elif engine.length_ms is None:
            engine.advance(engine.now_ms + 5000)
            engine.send(e.Next())
        else:
            engine.advance(engine.now_ms + engine.length_ms + 1)
    assert engine.state is State.ENDED
    assert not engine.unanswered


def test_the_first_routine_runs_as_it_stands(own: Path, tmp_path: Path) -> None:
    """What a reader would type first works in a process of its own."""
    command = [sys.executable, "-m", "trainer", "run", ROUTINES[0], "--plain", "--rehearse"]
    done = subprocess.run(
        [*command, "--config-dir", str(own), "--data-dir", str(tmp_path / "data")],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "That was all." in done.stdout


@pytest.mark.parametrize(
    ("page", "heading", "kinds"),
    [
        (PAGE, "A routine", (Routine, Level)),
        (PAGE, "A step", (Step,)),
        (PAGE, "A dose", (Dose,)),
        (PAGE, "An exercise", (Exercise, Cues, SideNames, Check, Answer)),
        (FIGURES, "A figure", (m.Figure,)),
        (FIGURES, "A pose", (m.Pose,)),
        (FIGURES, "A limb", (m.Limb,)),
        (FIGURES, "A camera", (m.Camera,)),
        (FIGURES, "A thing", (m.Prop,)),
        (FIGURES, "A claim", (m.Claim,)),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_every_key_is_named(page: str, heading: str, kinds: tuple[type, ...]) -> None:
    """The tables name every key that a file may hold, and no other at the beginning of a row."""
    table = page.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    first, *others = kinds
    assert set(rows) == set(first.__struct_fields__)
    for kind in others:
        for key in kind.__struct_fields__:
            assert f"`{key}`" in table, key


@pytest.mark.parametrize("name", ["routines", "logbook", "tables", "breaks", "figures"])
def test_every_command_of_a_page_is_one_that_the_program_knows(name: str) -> None:
    """Commands in the text and in blocks are accepted with their options."""
    page = (DOCS / f"{name}.md").read_text("utf-8")
    spans = re.findall(r"`(trainer [^`]+)`", page.replace("\n", " "))
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        spans += block.strip().splitlines()
    import shlex

    for command in spans:
        build().parse_args(shlex.split(command)[1:])


def test_the_page_of_the_library_is_the_library() -> None:
    """docs/library.md is what its script writes from the data now: python docs/library_page.py."""
    assert (DOCS / "library.md").read_text("utf-8") == library_page.page()


# --- figures ---------------------------------------------------------------------------------------


def dots(line: str) -> int | None:
    """The dots of a line of a picture as one number; None of other lines."""
    if not line.strip() or not all(char == " " or "\u2800" <= char <= "\u28ff" for char in line):
        return None
    return sum(max(0, ord(char) - 0x2800) << 8 * place for place, char in enumerate(line))


def test_the_commands_of_the_page_of_figures_say_what_it_shows() -> None:
    """docs/figures.md is what its script writes now, but for a few dots: python docs/figures_page.py."""
    shown, now = FIGURES.splitlines(), figures_page.page(FIGURES).splitlines()
    assert len(shown) == len(now)
    differing = 0
    for was, line in zip(shown, now, strict=True):
        before, after = dots(was), dots(line)
        if before is None or after is None:
            assert was == line
        else:
            differing += (before ^ after).bit_count()
    assert differing < 50, f"{differing} dots"


def test_the_example_of_a_figure_is_whole_where_the_page_says_so() -> None:
    """The file is wrong where a fault is explained, and right at the end of the steps."""
    assert FIGURES.count("figures/knee-lift.toml: ok (figure)") == 2
    assert FIGURES.count("```toml") == len(
        re.findall(r"^`[\w/-]+\.toml`(?:, at its end)?\n\n```toml", FIGURES, re.MULTILINE)
    )


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("### A figure", [*PARTS, "none"]),
        ("### A pose", [*get_args(m.Ease), "open", "closed", "in", "out"]),
        ("### A camera", get_args(m.Frame)),
        ("### A thing", [*get_args(m.PropKind), "left", "viewer"]),
        ("### A claim", claims.CLAIMS),
        ("## Styles", [f'"{style}"' for style in get_args(Wanted)]),
    ],
    ids=lambda value: value.strip("# ") if isinstance(value, str) else "",
)
def test_every_name_that_a_figure_may_hold_is_told(heading: str, names: list[str]) -> None:
    """Parts, frames, things, claims and styles are all there."""
    part = re.split(r"^#{2,3} ", FIGURES.split(f"\n{heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    for name in names:
        assert f"`{name}`" in part, name


def test_every_joint_is_told_with_how_far_it_goes() -> None:
    """The ranges of the table are those that are checked, and every joint is named."""
    rows = re.findall(r"^\| `(\w+)` \| (-?\d+) \| (-?\d+) \|$", FIGURES, re.MULTILINE)
    assert {name: (float(least), float(most)) for name, least, most in rows} == RANGES_DEG
    for joint in JOINTS:
        assert f"`{joint.removeprefix('right_').removeprefix('left_')}`" in FIGURES, joint


def test_the_limits_of_the_checks_are_those_told() -> None:
    """What the page calls a fault is one."""
    told = FIGURES.split("\n## What is checked\n")[1].split("\n### ")[0]
    assert claims.BETWEEN == 11
    assert "eleven moments" in told
    for text in (
        f"more than {checks._SUNK:g} unit under",
        f"more than {checks._AFLOAT:g} above",
        f"more than {checks._OFF_FLOOR:g} units off",
        f"more than {checks._SHORT:g} units out of reach",
        f"more than {checks._MARGIN_DEG:g} degree outside",
    ):
        assert text in told, text


def test_the_sheet_shows_every_figure_as_it_is() -> None:
    """docs/figures.svg was drawn from the figures that there are now: python docs/figures.py."""
    text = (DOCS / "figures.svg").read_text("utf-8")
    drawn = re.findall(r'<g id="([\w-]+)" data-of="(\w+)"', text)
    there = list(figures.figures(Library()))
    assert [id for id, _ in drawn] == [figure.id for _, figure in there]
    assert sorted(id for id, _ in drawn) == sorted(Library().figures())
    other = [figure.id for (_, mark), (_, figure) in zip(drawn, there, strict=True) if mark != figures.mark(figure)]
    assert not other, "changed since; python docs/figures.py"
    for exercise, _ in there:
        assert f">{html.escape(exercise.name)} <" in text
    assert text.count("<path") > 2 * len(there)


def test_the_readme_opens_with_a_figure_that_moves() -> None:
    """The picture of the guide has frames of its own, and stands still for who wants nothing that moves."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"!\[.*?\]\((.*?)\)", readme)[0] == "docs/guide.svg"
    picture = (DOCS / "guide.svg").read_text("utf-8")
    assert "Bird&#160;dog" in picture
    assert picture.count("@keyframes") > 8
    assert "prefers-reduced-motion:reduce" in picture
    assert len(picture) < 400_000


@given(st.lists(st.integers(0, 2**12 - 1), min_size=1, max_size=8))
@settings(max_examples=50)
def test_the_outline_of_an_area_encloses_it(rows: list[int]) -> None:
    """Filled again, a path has every dot that it was drawn around, and no other."""
    filled, across, down, start = [0] * len(rows), 0, 0, (0, 0)
    for way, x, y in re.findall(r"([Mmhvz])(-?\d+)?(?: ?(-?\d+))?", outline(rows)):
        if way in "Mm":
            across, down = start = start[0] + int(x), start[1] + int(y)
        elif way == "h":
            across += int(x)
        else:
            to = start[1] if way == "z" and start[0] == across else down if way == "z" else down + int(x)
            for line in range(min(down, to), max(down, to)):
                filled[line] ^= -1 << across  # all to the right of an upright edge
            down = to
            if way == "z":
                across = start[0]
    assert [row & (1 << 16) - 1 for row in filled] == rows


SHARES = ("ONE EIGHTH", "ONE QUARTER", "THREE EIGHTHS", "HALF", "FIVE EIGHTHS", "THREE QUARTERS", "SEVEN EIGHTHS")


@pytest.mark.parametrize("char", sorted(BLOCKS.keys() - {" ", "█"}), ids=lambda char: unicodedata.name(char).lower())
def test_a_block_covers_what_its_name_says(char: str) -> None:
    """The dots of a block are those that Unicode's name of it tells of."""
    name, columns = unicodedata.name(char), range(ACROSS)
    sides = {"LOWER": range(DOWN, 0, -1), "UPPER": range(1, DOWN + 1), "LEFT": range(1, ACROSS + 1)}
    sides["RIGHT"] = range(ACROSS, 0, -1)

    def covered(x: int, y: int) -> bool:
        if span := re.fullmatch(rf"(\w+) ({'|'.join(SHARES)}) BLOCK", name):
            along = y if span[1] in ("LOWER", "UPPER") else x
            return sides[span[1]][along] <= 1 + SHARES.index(span[2])
        quarters = re.findall("(UPPER|LOWER) (LEFT|RIGHT)", name)
        assert quarters
        return ("LOWER" if y >= DOWN // 2 else "UPPER", "RIGHT" if x >= ACROSS // 2 else "LEFT") in quarters

    assert list(BLOCKS[char]) == [sum(covered(x, y) << x for x in columns) for y in range(DOWN)]
