"""Whatever lies in a person's folder: a clear answer, never a traceback, and the other files are there.

`corpus/` holds small files; what is large, or no plain file, is made by `hostile.py`.
"""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.hostile import BOTH, CORPUS, LARGE, STEPS, THINGS, WHOLE, Put, alone, bytes_, link, text
from trainer.__main__ import main
from trainer.cli import editor
from trainer.library.errors import LibraryError, Problem
from trainer.library.examine import Examiner
from trainer.library.model import Exercise, Routine
from trainer.library.places import places
from trainer.library.reader import MAX_BYTES, decode, parse, read
from trainer.library.shelf import SHIPPED, Library
from trainer.text import clean

TOO_LONG_S = 30
"""What is answered takes far less than a second; what hangs, or takes time without bound, is ended."""


class NoAnswer(BaseException):
    """Nothing that handles errors may take it for one."""


@pytest.fixture(autouse=True, scope="module")
def _as_alone() -> Iterator[None]:
    gc.freeze()  # a large table costs many looks at all that pytest holds, which the program by itself has not
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def end(*_: object) -> None:
        raise NoAnswer

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(TOO_LONG_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


# --- the corpus ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_corpus_is_told_in_full(path: Path) -> None:
    """Each fault of a small file is told in its place, all at once, and nothing else."""
    text = path.read_text("utf-8")
    expected = re.findall(r"^# told: (\d+:\d+) (.*)$", text, re.MULTILINE)
    kind = Routine if "\nstep = " in text else Exercise
    found = Examiner(Library()).text(text, "odd.toml", kind).problems
    assert expected
    assert [(f"{one.line}:{one.column}", one.place) for one in found] == expected
    assert all(fit_to_show(one) for one in found)


def fit_to_show(problem: Problem) -> bool:
    """Whether a problem names what is needed, and stays on one line that steers nothing."""
    line = str(problem)
    return bool(problem.file and problem.found and problem.allowed) and clean(line) == line and len(line) < 1000


# --- what is large, or no plain file ---------------------------------------------------------------


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folder."""
    monkeypatch.setenv("TRAINER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRAINER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "outside.txt").write_text("root:x:0:0\n")
    for folder in ("exercises", "routines"):
        (tmp_path / "config" / folder).mkdir(parents=True)
    return tmp_path / "config"


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command, and looks at what is true of any: it ends by itself, says little, and steers nothing."""

    def run(*argv: str) -> tuple[int, str]:
        status = main(list(argv))
        told = "".join(capfd.readouterr())
        assert "a fault in the program" not in told
        assert "Traceback" not in told
        assert len(told) < 60_000
        assert clean(told, lines=True) == told
        return status, told

    return run


def told_and_listed(config: Path, run: Run, kind: str, put: Put, said: str) -> tuple[Path, str]:
    """What `check` says of a file with a fault, having seen that the list says it too and shows the others."""
    path = config / f"{kind}s/odd.toml"
    put(path)
    status, told = run("check", str(path))
    assert status == 2
    assert str(path) in told
    assert said in told
    status, listed = run("list", "--exercises") if kind == "exercise" else run("list")
    assert status == 2
    assert ("Bird dog" if kind == "exercise" else "desk-break") in listed
    assert len([line for line in listed.splitlines() if str(path) in line]) in range(1, 6)
    return path, told


@pytest.mark.parametrize(("kind", "put", "said"), [pytest.param(kind, *case, id=name) for kind, name, case in LARGE])
def test_what_is_large_is_answered(config: Path, run: Run, kind: str, put: Put, said: str) -> None:
    """However much is in a file, as far as it is read: `check` tells what is wrong, and the list goes on."""
    told_and_listed(config, run, kind, put, said)


@pytest.mark.skipif(sys.platform == "win32", reason="its links and devices are others")
@pytest.mark.parametrize(("kind", "put", "said"), THINGS)
def test_every_command_answers(
    config: Path, run: Run, kind: str, put: Put, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever lies there: `check` tells it, the lists say so and go on, and no other command makes use of it."""
    path, told = told_and_listed(config, run, kind, put, said)
    status, as_json = run("check", "--json")
    assert status == 2
    assert len(json.loads(as_json)) == len(told.splitlines())
    monkeypatch.setenv("VISUAL", sys.executable)
    monkeypatch.setattr(editor, "open_in", lambda *_: 0)
    before = sorted(config.parent.rglob("*"))
    flag = ["--exercise"] if kind == "exercise" else []
    for argv in (
        ["show", "odd"],
        ["run", "odd", "--plain", "--rehearse"],
        ["share", "odd", *flag],
        ["new", "Another", "--from", "odd", *flag],
        ["edit", "odd", *flag],
        ["add", str(path), "--yes"],
    ):
        status, told = run(*argv)
        assert status == 2, argv
        assert "found" in told, argv
        assert len(told) < (30_000 if argv[0] in ("edit", "add") else 5000), argv
    assert sorted(config.parent.rglob("*")) == before


HARMLESS = {
    "foreign line ends": bytes_(WHOLE.format(more="").replace("\n", "\r\n").encode()),
    "a byte order mark": bytes_(b"\xef\xbb\xbf" + WHOLE.format(more="").encode()),
    "just small enough": alone(WHOLE.format(more="#" * (MAX_BYTES - len(WHOLE.format(more=""))))),
    "markup and control characters": text(
        'aliases = ["[/]", "\\u001b]0;t\\u0007", "\\u202eetihw", "[@click=app.quit]x", "\\u0000", "%s{}\\\\"]'
    ),
    "30,000 tags": text("tags = [" + '"x",' * 30_000 + "]"),
    "many tags, laid out anew": text('leave_out = ["""\n[dose]\n"""]\ntags = [' + '"x",' * 30_000 + "]"),
    "a link to a good file elsewhere": link("../../good.toml"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="its links are others")
@pytest.mark.parametrize("put", HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_hostile_is_read(config: Path, run: Run, put: Put) -> None:
    """What any editor writes, and what only looks like more than text, is a file like any other."""
    (config.parent / "good.toml").write_text(WHOLE.format(more=""))
    path = config / "exercises/odd.toml"
    put(path)
    assert run("check") == (0, f"{path}: ok (exercise)\n")
    assert run("list", "--exercises")[0] == 0
    assert Library(config).exercise("odd").name == "Odd"
    status, told = run("share", "odd", "--to", str(config.parent / "out.toml"))
    refused = "found a link" if path.is_symlink() else "262,144, which" if path.stat().st_size == MAX_BYTES else ""
    assert (status, refused in told) == (2 if refused else 0, True)


@pytest.mark.parametrize(
    "id", ["../secret", "../../outside", "/etc/passwd", "..\\secret", "exercises/../../secret", "."]
)
def test_an_id_leads_to_no_other_folder(config: Path, run: Run, id: str) -> None:
    """What looks like a path is no id to any command, and no file is looked at for it."""
    for name in ("secret.toml", "..\\secret.toml"):
        (config / name).write_text("not = TOML = 1\n")
    library = Library(config)
    assert library.path(Exercise, id) is None
    assert library.path(Routine, id) is None
    for argv in (["show", id], ["run", id, "--plain"], ["share", id], ["edit", id], ["new", "Another", "--from", id]):
        status, told = run(*argv)
        assert status == 2, argv
        assert "TOML" not in told, argv


NAMES = (
    "con.toml",
    "Odd.toml",
    "a b.toml",
    "a\nb\x1b[2J\u202e.toml",
    "..toml",
    "...toml",
    ".odd.toml",
    os.fsdecode(b"\xff.toml"),
)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other names")
@pytest.mark.parametrize("kind", BOTH)
def test_names_of_files(config: Path, run: Run, kind: str) -> None:
    """A file whose name is no id, or another's in other letters, steers nothing and hides nothing."""
    good = WHOLE.format(more="") if kind == "exercise" else STEPS + '[[step]]\nexercise = "squat"\n'
    for name in ("odd.toml", *NAMES):
        (config / f"{kind}s" / name).write_text(good)
    status, told = run("check")
    assert status == 2
    assert f"{config}/{kind}s/odd.toml: ok ({kind})" in told
    assert "found 'odd'; allowed: a file called odd.toml" in told
    assert "found 'odd'; allowed: 'con', as the file is named" in told
    assert len(told.splitlines()) == 1 + len(NAMES) - 3  # hidden ones are not looked at
    for argv, wanted in ((["list"] if kind == "routine" else ["list", "--exercises"], 2), (["show", "odd"], 0)):
        status, told = run(*argv)
        assert status == wanted
        assert "odd" in told


def test_a_vast_file_is_not_taken_into_memory(config: Path, run: Run) -> None:
    """Of a file that is too large, no more is read than shows that it is."""
    path = config / "routines/odd.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    run("check", str(path))  # loads what the command needs
    tracemalloc.start()
    try:
        assert "found 50,000,000 bytes" in run("check", str(path))[1]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "change",
    [lambda path: path.write_text("x" * MAX_BYTES * 2), lambda path: path.write_text(""), Path.unlink],
    ids=["grows", "shrinks", "goes"],
)
def test_a_file_that_changes_while_it_is_read(config: Path, run: Run, change: Put, monkeypatch: Any) -> None:
    """A file that grows, shrinks or goes between two looks is told as it was found."""
    path = config / "routines/odd.toml"
    good = STEPS + '[[step]]\nexercise = "nothing"\n'
    path.write_text(good)
    open_, left = os.open, [0]

    def changing(name: Any, *args: Any, **named: Any) -> int:
        if str(name) == str(path):
            left[0] -= 1
            if left[0] == 0:
                change(path)
        return open_(name, *args, **named)

    monkeypatch.setattr(os, "open", changing)
    for looks in (1, 2):
        for command in ("list", "check"):
            path.write_text(good)
            left[0] = looks
            assert run(command)[0] == 2


def test_a_file_that_becomes_a_pipe_is_not_waited_for(config: Path, run: Run, monkeypatch: Any) -> None:
    """What was a plain file a moment ago is looked at again once it is open."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = config / "routines/odd.toml"
    path.write_text("x")
    open_ = os.open

    def changing(name: Any, *args: Any, **named: Any) -> int:
        if str(name) == str(path):
            path.unlink()
            os.mkfifo(path)
        return open_(name, *args, **named)

    monkeypatch.setattr(os, "open", changing)
    status, told = run("check", str(path))
    assert status == 2
    assert "no plain file" in told


# --- whatever is in a file -------------------------------------------------------------------------

FILES = [
    (kind, path.read_text("utf-8"))
    for kind, folder in ((Exercise, "exercises"), (Routine, "routines"))
    for path in sorted((SHIPPED / folder).glob("*.toml"))
]
KEYS = [*Exercise.__struct_fields__, *Routine.__struct_fields__, "hold_s", "reps", "left", "move", "exercise", "answer"]
keys = st.sampled_from(KEYS) | st.text(max_size=8) | st.sampled_from(["", "a.b", "\x1b[2J", "\u202e", "[/]"])
leaves = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=8)
    | st.sampled_from(["plank", "strength", "standing", "own", 10**4200, 10**400, 2.5, 5, "x" * 301, "bird-dgo"])
)
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4))
LIBRARY = Library()


def spots(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in a table."""
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from spots(item, (*way, key))


@given(st.data())
def test_a_good_file_that_is_changed_anywhere_is_read_or_told(data: Any) -> None:
    """Whatever is put, taken away or renamed in a shipped file, there is a value or problems that can be shown."""
    kind, source = data.draw(st.sampled_from(FILES))
    table = tomli.loads(source)
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from([way for way in spots(table) if way]))
        place = table
        for key in way[:-1]:
            place = place[key]
        what = data.draw(st.sampled_from(["put", "take", "add"]))
        if what == "put":
            place[way[-1]] = data.draw(values)
        elif what == "take":
            del place[way[-1]]
        elif isinstance(place, dict):
            place[data.draw(keys)] = data.draw(values)
    problems: tuple[Problem, ...] | None = None
    try:
        assert isinstance(decode(table, kind, "own.toml", text=source), kind)
    except LibraryError as error:
        problems = error.problems
    assert problems is None or problems
    assert all(one.file == "own.toml" and one.found and one.allowed for one in problems or ())


@given(st.data())
def test_a_good_text_with_a_piece_changed_is_read_or_told(data: Any) -> None:
    """Whatever a slip of the keyboard does to a shipped file, all that is said is fit to be shown, and in the text."""
    kind, source = data.draw(st.sampled_from(FILES))
    at = data.draw(st.integers(0, len(source)))
    upto = at + data.draw(st.integers(0, 30))
    piece = data.draw(
        st.text(max_size=6) | st.sampled_from(['"', "[", "]", "=", "\n", "{", "[[step]]\n", "true", "-1"])
    )
    changed = source[:at] + piece + source[upto:]
    examined = Examiner(LIBRARY).text(changed, "own.toml", kind)
    assert (examined.value is None) == bool(examined.problems)
    lines = changed.split("\n")
    for problem in (*examined.problems, *examined.elsewhere):
        assert fit_to_show(problem)
        if problem.line is not None:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= (problem.column or 1) <= len(lines[problem.line - 1]) + 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(st.sampled_from("[]{}='\"\\\n.,#ab10-:_ \r\t"), max_size=60).map(str.encode))
def test_any_bytes_are_told(tmp_path: Path, data: bytes) -> None:
    """Whatever bytes a file holds, reading it ends in problems that can be shown."""
    path = tmp_path / "plank.toml"
    path.write_bytes(data)
    with pytest.raises(LibraryError) as caught:
        read(path, Exercise, name="own.toml")
    assert all(fit_to_show(problem) for problem in caught.value.problems)


@given(
    st.text(st.sampled_from("[]{}='\"\\\n.,#ab1 e\u00e4"), max_size=60),
    st.lists(
        st.tuples(st.lists(st.sampled_from(["a", "b", "", 0, 1]), max_size=4).map(tuple), st.booleans()), max_size=4
    ),
)
def test_a_place_is_in_the_text_whatever_is_asked(
    source: str, wanted: list[tuple[tuple[str | int, ...], bool]]
) -> None:
    """For any text that is TOML, and any way in it or not, there is a place in the text."""
    try:
        parse(source, "own.toml")
    except LibraryError:
        return
    lines = source.split("\n")
    found = places(source, wanted)
    assert len(found) == len(wanted)
    assert all(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for line, column in found)
