"""What each room brings along when it is imported, and what the pure ones never touch."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {"textual", "rich", "random", "miniaudio", "simpleaudio", "subprocess", "asyncio"}
ROOMS = {
    "trainer.guide": HEAVY | {"sqlite3", "tomli", "trainer.app", "trainer.cli", "trainer.cues", "trainer.coach"},
    "trainer.library.model": HEAVY | {"sqlite3", "tomli", "trainer.guide", "sessions"},
    "trainer.library": HEAVY | {"sqlite3", "trainer.guide", "sessions.logbook", "sessions.facts"},
    "trainer.coach": HEAVY | {"sqlite3", "tomli", "trainer.app", "trainer.cli", "trainer.cues"},
    "trainer.charts": HEAVY
    | {"sqlite3", "tomli", "plotille", "trainer.app", "trainer.cli", "trainer.cues", "sessions"},
    "trainer.figures": HEAVY
    | {"sqlite3", "trainer.app", "trainer.cli", "trainer.cues", "trainer.coach", "trainer.kit"},
    "trainer.report": HEAVY | {"sqlite3", "tomli", "trainer.app", "trainer.cli", "trainer.cues"},
    "trainer.past": HEAVY | {"sqlite3", "plotille", "trainer.app", "trainer.cli", "trainer.cues"},
    "trainer.cues.player": HEAVY | {"sqlite3", "tomli", "trainer.app", "trainer.cli", "sessions"},
    "sessions.review": HEAVY | {"sqlite3", "trainer"},
    "sessions.logbook": {"textual", "rich", "miniaudio", "simpleaudio", "asyncio", "trainer"},
    "sessions": HEAVY | {"sqlite3", "trainer"},
}
"""What each room must not bring. A package is every module in it, but for `sessions`, which loads its own lazily."""
PURE = [*sorted((ROOT / "trainer/guide").glob("*.py")), *sorted((ROOT / "trainer/coach").glob("*.py"))]
PURE += sorted((ROOT / "trainer/charts").glob("*.py"))
PURE += sorted((ROOT / "trainer/report").glob("*.py"))
PURE += sorted(path for path in (ROOT / "trainer/figures").glob("*.py") if path.stem != "reading")
PURE += [ROOT / f"trainer/library/{name}.py" for name in ("dose", "prescriptions", "contradictions")]
PURE += [ROOT / "trainer/library/model.py", ROOT / "trainer/text.py"]
PURE += [ROOT / f"sessions/{name}.py" for name in ("review", "trends", "streaks", "folding", "standing", "tally")]
OUTSIDE = {
    *("time", "os", "io", "pathlib", "random", "secrets", "socket", "subprocess", "threading", "sqlite3", "asyncio"),
    *("uuid", "tempfile", "shutil", "multiprocessing", "signal", "select", "locale", "platform", "sys"),
}
CLOCKS = {"now", "utcnow", "today"}
DOORS = {"open", "print", "input", "exec", "eval", "__import__"}


def modules_of(room: str) -> list[str]:
    """The room, and where it is a package that is meant whole, each of its modules."""
    folder = ROOT / room.replace(".", "/")
    if room == "sessions" or not folder.is_dir():
        return [room]
    return [room, *(f"{room}.{file.stem}" for file in sorted(folder.glob("*.py")) if file.stem != "__init__")]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_comes_alone(room):
    """A fresh interpreter that imports a room loads nothing that the room may not know."""
    code = f"import sys, {', '.join(modules_of(room))}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    loaded = set(done.stdout.split())
    roots = {".".join(name.split(".")[:depth]) for name in loaded for depth in (1, 2)}
    assert not roots & ROOMS[room]


def reaches_out(tree: ast.Module) -> list[str]:
    """Every import and call by which a module would reach a clock, a file, a device or chance."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in OUTSIDE]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OUTSIDE:
            found.append(str(node.module))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DOORS:
            found.append(f"{node.func.id}()")
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            found.append(ast.unparse(node))
    return found


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_pure_module_reaches_nothing_outside(path):
    """A pure module imports no clock, file, device or chance, and asks for none."""
    assert reaches_out(ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "code", ["import time", "from os import path", "open('x')", "datetime.now()", "dt.date.today()", "import os.path"]
)
def test_reaching_out_is_seen(code):
    """The check itself finds what it looks for."""
    assert reaches_out(ast.parse(code))
