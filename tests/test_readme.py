"""What README.md promises is so: commands, keys, settings, files and the routine that it shows."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding

from trainer.app.activity import ActivityScreen
from trainer.app.app import TrainerApp
from trainer.app.breaks import BreaksScreen
from trainer.app.compose import ComposeScreen
from trainer.app.guide import GuideScreen
from trainer.app.history import HistoryScreen
from trainer.app.home import HomeScreen
from trainer.app.one_session import SessionScreen
from trainer.app.summary import SummaryScreen
from trainer.app.trends import TrendsScreen
from trainer.app.widgets.answers import AnswerList
from trainer.app.widgets.pain_scale import PainScale
from trainer.app.year import YearScreen
from trainer.breaks.settings import At, Breaks
from trainer.cli.parser import build
from trainer.guide.plan import plan
from trainer.library.model import Routine
from trainer.library.reader import read
from trainer.library.shelf import Library, step_problems
from trainer.paths import CONFIG_DIR_VARIABLE, DATA_DIR_VARIABLE
from trainer.settings import Settings, load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SCREENS = {
    "Everywhere": TrainerApp,
    "Home": HomeScreen,
    "Guide": GuideScreen,
    "Breaks": BreaksScreen,
    "Rating": PainScale,
    "Answering": AnswerList,
    "Summary": SummaryScreen,
    "Log": HistoryScreen,
    "Session": SessionScreen,
    "Trends": TrendsScreen,
    "Year": YearScreen,
    "Activity": ActivityScreen,
    "Composing": ComposeScreen,
}
NAMES = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "escape": "Esc",
}
"""How README.md writes a key where it is not Textual's own name in capitals."""
MEANT = {
    "ID": "desk-break",
    "STEP": "1",
    "FILE": "a.toml",
    "N": "3",
    "SHELL": "bash",
    "DIR": "folder",
    "KIND": "routine",
}
MEANT |= {"THING": "mat", "SIDE": "left", "NAME": "Any", "KEY": "own"}
MEANT |= {"ACTIVITY": "walk", "MINUTES": "20", "HOW": "light", "DATE": "2026-03-01", "TEXT": "hills"}
MEANT |= {"WxH": "60x20", "DEG": "30", "S": "braille"}
MEANT |= {"WORDS": "bridge", "FORM": "csv", "TOML": "a.toml", "FOLDER": "folder", "YEAR": "2025", "BACKUP": "1"}


def section(heading: str) -> str:
    """The text under a heading, up to the next of its rank."""
    rank = heading.split(" ")[0]
    return re.split(rf"^{rank} ", README.split(f"\n{heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


# --- commands --------------------------------------------------------------------------------------


def commands() -> list[str]:
    """Every command of the program that README.md writes out, in text and in blocks."""
    spans = re.findall(r"`(trainer(?: [^`]*)?)`", README)
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        spans += re.findall(r"^(?:.*bin/)?(trainer(?: .*)?)$", block, re.MULTILINE)
    return sorted(set(spans))


def actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]


def subcommands(parser: argparse.ArgumentParser | None = None, above: str = "") -> dict[str, argparse.ArgumentParser]:
    """Each command by its name, and each command's own by both names."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in (parser or build())._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                found[above + name] = one
                found |= subcommands(one, f"{above}{name} ")
    return found


@pytest.mark.parametrize("command", commands())
def test_a_command_is_one_that_the_program_knows(command):
    """Every command that README.md names is accepted, with each of its options."""
    words = shlex.split(re.sub(r"[\[\]…]", "", command))[1:]
    words = [MEANT.get(word, word) for word in words]
    status: object = 0
    try:
        build().parse_args(words)
    except SystemExit as ended:
        status = ended.code  # --version and --help end the program well
    assert status == 0


def test_every_command_and_option_is_named():
    """Nothing that the program offers is left out of README.md."""
    table = section("## Commands")
    for name, parser in subcommands().items():
        row = next((line for line in table.splitlines() if line.startswith(f"| `trainer {name}")), "")
        assert row, f"trainer {name}"
        common = {option for action in actions(build()) for option in action.option_strings}
        for action in actions(parser):
            options = [option for option in action.option_strings if option.startswith("--")]
            assert any(option in (table if option in common else row) for option in options) or not options, options
    for action in actions(build()):
        assert any(option in table for option in action.option_strings)


def test_no_command_that_is_told_of_is_gone():
    """Each row of the table is the program itself or one of its commands."""
    told = set(re.findall(r"^\| `trainer((?: [a-z]+)+)", section("## Commands"), re.MULTILINE))
    told = {name.strip() for name in told}
    assert told == set(subcommands())


# --- keys ------------------------------------------------------------------------------------------


def shown(key: str) -> str:
    """A key of Textual's as README.md writes it."""
    modifier, _, rest = key.rpartition("+")
    if modifier:
        return f"{modifier.capitalize()}+{rest}"
    return NAMES.get(key, key if len(key) == 1 else key.capitalize())


def bindings(owner: type) -> dict[frozenset[str], str]:
    """Keys and description of each binding that a class declares."""
    own = [b if isinstance(b, Binding) else Binding(*b) for b in vars(owner)["BINDINGS"]]
    return {frozenset(map(shown, b.key.split(","))): b.description for b in own}


def told(screen: str) -> dict[frozenset[str], str]:
    """Keys and description of each row in README.md's table of a screen."""
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", section(f"### {screen}"), re.MULTILINE)
    table: dict[frozenset[str], str] = {}
    for keys, words in rows:
        description = (re.match(r"\*\*(.+?)\*\*", words) or ["", ""])[1]
        if span := re.fullmatch(r"`(\d)` … `(\d)`", keys):
            table.update({frozenset({str(n)}): description for n in range(int(span[1]), int(span[2]) + 1)})
        else:
            table[frozenset(re.findall(r"`(.+?)`", keys))] = description
    return table


@pytest.mark.parametrize("screen", SCREENS)
def test_the_keys_are_those_of_the_screen(screen):
    """A table of keys has every key of its screen, under its name, and no other."""
    declared = bindings(SCREENS[screen])
    if screen != "Everywhere":
        everywhere = bindings(TrainerApp)
        declared = {keys: words for keys, words in declared.items() if everywhere.get(keys) != words}
    assert told(screen) == declared


def test_no_screen_with_named_keys_is_left_out():
    """A key that a person may reassign, having an id, stands in one of the tables."""
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "trainer/app").rglob("*.py"))
    ids = {binding.id for owner in SCREENS.values() for binding in vars(owner)["BINDINGS"]}
    assert set(re.findall(r'Binding\([^\n]*\bid="([\w.]+)"', code)) == {id for id in ids if id}


# --- installing and testing ------------------------------------------------------------------------


def lines_with(text: str) -> list[str]:
    return [line for line in README.splitlines() if re.match(r"python3 -m venv ", line) and text in line]


def test_one_line_installs_and_starts_and_one_tests():
    """Two commands, one line each, that need Python and pip only."""
    (start,) = lines_with("bin/trainer")
    (test,) = lines_with("-m pytest")
    for line in (start, test):
        assert "pip install -c constraints.txt" in line
    assert README.index(start) < README.index(test)


@pytest.mark.skipif(sys.platform == "win32", reason="the script is for a POSIX shell")
def test_the_script_runs_the_test_command_as_written():
    """`.ci/run` takes the command out of README.md, and has none of its own."""
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert "-m pytest" not in script.replace(r".* -m pytest( |$)", "")
    pattern = re.search(r"grep -E '(.+?)'", script)
    assert pattern is not None
    found = subprocess.run(["grep", "-E", pattern[1], "README.md"], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout.splitlines() == lines_with("-m pytest")


def test_files_that_are_named_exist():
    """Links and pictures lead to files of the project."""
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).is_file(), link


# --- files of a person's own -----------------------------------------------------------------------


def test_the_routine_shown_can_be_used(tmp_path):
    """The example is read without a problem and makes a plan."""
    file = re.search(r"`routines/([\w-]+\.toml)`", README)
    assert file is not None
    path = tmp_path / file[1]
    path.write_text(README[file.end() :].split("```toml\n")[1].split("```")[0], "utf-8")
    routine = read(path, Routine)
    library = Library()
    assert not list(step_problems(library, routine, path.name))
    assert plan(routine, library.exercises_of(routine)).items


@pytest.mark.parametrize("page", ["README.md", "docs/breaks.md"])
def test_the_breaks_shown_can_be_set(tmp_path, page):
    """Each example of the table is read without a problem, and offers what there is."""
    text = (ROOT / page).read_text("utf-8")
    blocks = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[breaks" in block]
    assert blocks
    for block in blocks:
        path = tmp_path / "settings.toml"
        path.write_text(block, "utf-8")
        breaks = load(path).breaks
        for routine in (*breaks.routines, *(one.routine for one in breaks.at if one.routine)):
            assert Library().practice(routine)


def test_the_usual_breaks_are_those_told_of(tmp_path):
    """docs/breaks.md shows every key with what holds where it is left out, and every other key somewhere."""
    text = (ROOT / "docs/breaks.md").read_text("utf-8")
    path = tmp_path / "settings.toml"
    path.write_text(text.split("```toml\n")[1].split("```")[0], "utf-8")
    assert load(path).breaks == Breaks()
    for key in (*Breaks.__struct_fields__, *At.__struct_fields__):
        assert re.search(rf"\b{key}\b", text), key


def test_every_setting_is_named():
    """The settings told of are those that there are, and so are the variables."""
    sentence = section("## Where files live").split("`settings.toml` may hold")[1].split(".")[0]
    assert set(re.findall(r"`([a-z_]+)`", sentence)) == set(Settings.__struct_fields__)
    for variable in (DATA_DIR_VARIABLE, CONFIG_DIR_VARIABLE):
        assert variable in README
