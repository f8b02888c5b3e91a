"""What docs/ says is so: every example is read and run, every key is named, the library's page is the library."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from trainer.cli.parser import build
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
    ("heading", "kinds"),
    [
        ("A routine", (Routine, Level)),
        ("A step", (Step,)),
        ("A dose", (Dose,)),
        ("An exercise", (Exercise, Cues, SideNames, Check, Answer)),
    ],
)
def test_every_key_is_named(heading: str, kinds: tuple[type, ...]) -> None:
    """The tables name every key that a file may hold, and no other at the beginning of a row."""
    table = PAGE.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    first, *others = kinds
    assert set(rows) == set(first.__struct_fields__)
    for kind in others:
        for key in kind.__struct_fields__:
            assert f"`{key}`" in table, key


@pytest.mark.parametrize("name", ["routines", "logbook", "tables", "breaks"])
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
    spec = importlib.util.spec_from_file_location("library_page", DOCS / "library_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (DOCS / "library.md").read_text("utf-8") == module.page()
