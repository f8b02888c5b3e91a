"""Whatever lies in a person's folder: a clear answer, never a traceback, and the other files are there.

`corpus/` holds small files, each with what has to be told of it in its last lines (`# told: LINE:COLUMN PLACE`). What
is large, or no plain file, is made here.
"""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.__main__ import main
from trainer.library.errors import LibraryError, Problem
from trainer.library.examine import Examiner
from trainer.library.model import Exercise, Routine
from trainer.library.places import places
from trainer.library.reader import MAX_BYTES, decode, parse, read
from trainer.library.shelf import SHIPPED, Library
from trainer.text import clean

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.toml"))
TOO_LONG_S = 30
"""What is answered takes far less than a second; what hangs, or takes time without bound, is ended."""

Put = Callable[[Path], object]


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
        raise TimeoutError("no answer")

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

WHOLE = """\
id = "odd"
name = "Odd"
kind = "mobility"
position = "standing"
purpose = "Any."
{more}
[dose]
reps = 1
[cues]
"""


def bytes_(data: bytes) -> Put:
    return lambda path: path.write_bytes(data)


def text(more: str) -> Put:
    return bytes_(WHOLE.format(more=more).encode())


def alone(data: str) -> Put:
    return bytes_(data.encode())


def link(to: str) -> Put:
    return lambda path: path.symlink_to(to)


def listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        before = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        try:
            one.bind(path.name)
        finally:
            os.chdir(before)


def unreadable(path: Path) -> None:
    path.write_text(WHOLE.format(more=""))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this person may read everything")


def only_with(name: str, module: object = os) -> Any:
    return pytest.mark.skipif(not hasattr(module, name), reason="this system has none")


STEPS = 'id = "odd"\nname = "Odd"\npurpose = "Any."\n'
PARTS = ".".join("a" * 7)
ANYWHERE = {
    "not UTF-8": (bytes_(b'id = "\xff\xfe"'), "1:7: found byte 0xff"),
    "UTF-16": (bytes_(WHOLE.encode("utf-16")), "1:1: found byte 0xff"),
    "a picture": (bytes_(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 500), "1:1: found byte 0x89"),
    "NUL bytes": (bytes_(b"\0" * 100_000), "1:1: found no valid TOML"),
    "nothing": (bytes_(b""), "1:1: name: found nothing"),
    "only a byte order mark": (bytes_(b"\xef\xbb\xbf"), "1:1: name: found nothing"),
    "two byte order marks": (bytes_(b"\xef\xbb\xbf" * 2), "1:1: found no valid TOML"),
    "a folder": (Path.mkdir, "found a folder"),
    "a link to nowhere": (link("nowhere.toml"), "found no such file or directory"),
    "a link to itself": (link("odd.toml"), "found too many levels of symbolic links"),
    "a link to a folder": (link("."), "found a folder"),
    "a link to a device": (link("/dev/zero"), "found something that is no plain file"),
    "a link to a terminal": (link("/dev/tty"), "; allowed: a"),
    "a link to the logbook's folder": (link("../../data"), "; allowed: a"),
    "a link to another file": (link("../../outside.txt"), "1:5: found no valid TOML"),
}
EXERCISES = {
    "10 MB": (alone("#" * 10_000_000), "found 10,000,000 bytes; allowed: 262,144 at most"),
    "one byte too many": (alone("#" * (MAX_BYTES + 1)), "found 262,145 bytes"),
    "lone carriage returns": (alone("id = 1\rname = 2\r"), "found no valid TOML"),
    "lists in lists": (alone("x = " + "[" * 130_000), "nested too deeply"),
    "closed lists in lists": (alone("x = " + "[" * 130_000 + "]" * 130_000), "nested too deeply"),
    "tables in tables": (alone("x = " + "{a=" * 80_000), "nested too deeply"),
    "a huge dotted key": (alone("a." * 130_000 + "b = 1"), "1: found a key of too many parts"),
    "a huge quoted key": (alone("'a' . " * 40_000 + "b = 1"), "1: found a key of too many parts"),
    "a huge header": (alone("\n[" + "a." * 100_000 + "b]\nc = 1"), "2: found a key of too many parts"),
    "long dotted keys": (alone("\n".join(f"k{n}.{'a.' * 900}b = 1" for n in range(140))), "too many parts"),
    "long keys in a table": (alone("x = {" + ", ".join(f"k{n}.{'a.' * 90}b = 1" for n in range(1300)) + "}"), "parts"),
    "many dotted keys": (alone("\n".join(f"k{n}.{PARTS} = 1" for n in range(10_000))), "more problems"),
    "many headers": (alone("\n".join(f"[k{n}.{PARTS}]" for n in range(10_000))), "more problems"),
    "a long header, many keys": (alone(f"[{PARTS}]\n" + "\n".join(f"c{n}.d = 1" for n in range(20_000))), "a: found"),
    "blanks": (alone(" \n\t\n" * 50_000), "1:1: name: found nothing"),
    "comments": (alone("#\n" * 130_000), "1:1: name: found nothing"),
    "raw control characters": (text('tags = ["\x1b[2J"]'), "6:10: found no valid TOML"),
    "a surrogate": (text('tags = ["\\ud800"]'), "found no valid TOML"),
    "300 lists in lists": (text("tags = " + "[" * 300 + "]" * 300), "6:9: tags 1: found a list of 1"),
    "a figure of 200,000 digits": (text("sweat = " + "9" * 200_000), "6: found a figure that no number holds"),
    "a figure of 200,000 digits, base 16": (text("sweat = 0x" + "f" * 200_000), "6:9: sweat: found a figure"),
    "a figure with 100,000 lines": (text("sweat = " + "9_" * 100_000 + "9"), "6: found a figure"),
    "a long fraction": (text("sweat = 0." + "9" * 200_000), "6:9: sweat: found 1.0"),
    "a long line": (text("#" + "x" * 200_000 + "\nsweat = 1"), "7:9: sweat: found 1"),
    "a long text": (text(f'tags = ["{"x" * 200_000}"]'), "6:9: tags 1: found 'xxx"),
    "a long text in a long line": (text(f'tags = ["{"ä" * 50_000}", "", ""]'), "6:50013: tags 2: found ''"),
    "a long key": (text(f'"{"x" * 200_000}" = 1'), "6:1: xxxx"),
    "25,000 unknown keys": (text("\n".join(f"a{n} = 1" for n in range(20_000))), "found 19,900 more problems"),
    "keys that are nearly known": (text("\n".join(f"nam{n} = 1" for n in range(15_000))), "did you mean name?"),
    "quoted keys": (text("\n".join(f'"a{n}" = 1' for n in range(14_000))), "found 13,900 more problems"),
    "100,000 problems": (text(f"tags = [{'0,' * 100_000}]"), "found 99,900 more problems"),
    "100,000 tags and one wrong": (text(f"tags = [{'%s,' * 60_000}0]" % (("''",) * 60_000)), "more problems"),
    "too many nested tags": (text(f"tags = [{'[[]],' * 40_000}]"), "found 39,900 more problems"),
    "10^9 repetitions": (alone(WHOLE.format(more="").replace("reps = 1", "reps = 1_000_000_000")), "8:8: dose.reps"),
}
ROUTINES = {
    "28,000 steps": (alone(STEPS + "[[step]]\n" * 28_000), "4:3: step: found a list of 28,000; allowed: 1 to 100"),
    "28,000 steps in a list": (
        alone(STEPS + f"step = [{'{},' * 28_000}]"),
        "4:8: step: found a list of 28,000; allowed: 1 to 100",
    ),
    "28,000 levels": (
        alone(STEPS + "[[step]]\nexercise = 'squat'\n" + "[[level]]\n" * 25_000),
        "6:3: level: found a list of 25,000",
    ),
    "a list of lists of tables": (alone(STEPS + "[[step]]\n" + "[[step.dose.reps]]\n" * 12_000), "step 1.dose.reps"),
    "ids that nobody has": (
        alone(STEPS + "".join(f"[[step]]\nexercise = 'bird-dgo-{n}'\n" for n in range(100))),
        "5:12: step 1.exercise: found 'bird-dgo-0'",
    ),
    "long ids that nobody has": (
        alone(STEPS + "".join(f"[[step]]\nexercise = '{'bird-dog-' * 6}{n}'\n" for n in range(100))),
        "5:12: step 1.exercise: found 'bird-dog-bird",
    ),
    "a step of itself": (alone(STEPS + "[[step]]\nexercise = 'odd'\n"), "'odd'"),
}
SPECIAL = {
    "a named pipe": (getattr(os, "mkfifo", None), "found something that is no plain file", only_with("mkfifo")),
    "a socket": (listen, "found something that is no plain file", only_with("AF_UNIX", socket)),
    "an unreadable file": (unreadable, "found permission denied", only_with("getuid")),
}
BOTH = ("exercise", "routine")
THINGS = [pytest.param(kind, *case, id=f"{name}, {kind}") for name, case in ANYWHERE.items() for kind in BOTH]
THINGS += [pytest.param("exercise", *case, id=name) for name, case in EXERCISES.items()]
THINGS += [pytest.param("routine", *case, id=name) for name, case in ROUTINES.items()]
THINGS += [
    pytest.param(kind, put, said, id=f"{name}, {kind}", marks=mark)
    for name, (put, said, mark) in SPECIAL.items()
    for kind in BOTH
]


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


@pytest.mark.skipif(sys.platform == "win32", reason="its links and devices are others")
@pytest.mark.parametrize(("kind", "put", "said"), THINGS)
def test_every_command_answers(config: Path, run: Run, kind: str, put: Put, said: str) -> None:
    """Whatever lies there: `check` tells it, the lists say so and go on, and it is neither shown nor run."""
    path = config / f"{kind}s/odd.toml"
    put(path)
    status, told = run("check", str(path))
    assert status == 2
    assert str(path) in told
    assert said in told
    status, as_json = run("check", "--json")
    assert status == 2
    assert len(json.loads(as_json)) == len(told.splitlines())
    status, told = run("list", "--exercises") if kind == "exercise" else run("list")
    assert status == 2
    assert ("Bird dog" if kind == "exercise" else "desk-break") in told
    assert len([line for line in told.splitlines() if str(path) in line]) in range(1, 6)
    for argv in (["show", "odd"], ["run", "odd", "--plain", "--rehearse"]):
        status, told = run(*argv)
        assert status == 2
        assert "found" in told
        assert len(told) < 5000


HARMLESS = {
    "foreign line ends": bytes_(WHOLE.format(more="").replace("\n", "\r\n").encode()),
    "a byte order mark": bytes_(b"\xef\xbb\xbf" + WHOLE.format(more="").encode()),
    "just small enough": alone(WHOLE.format(more="#" * (MAX_BYTES - len(WHOLE.format(more=""))))),
    "markup and control characters": text(
        'aliases = ["[/]", "\\u001b]0;t\\u0007", "\\u202eetihw", "[@click=app.quit]x", "\\u0000", "%s{}\\\\"]'
    ),
    "30,000 tags": text("tags = [" + '"x",' * 30_000 + "]"),
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
    status, _ = run("list", "--exercises")
    assert status == 0
    assert main(["show", "odd"]) == 0


def test_a_loop_of_forms_ends(config: Path, run: Run) -> None:
    """Easier forms that lead round are told by `check`, and harm no other command."""
    for id, easier in (("odd", "even"), ("even", "odd")):
        more = f'easier = "{easier}"\nharder = "{id}"'
        (config / f"exercises/{id}.toml").write_text(WHOLE.format(more=more).replace('"odd"\nname', f'"{id}"\nname'))
    (config / "routines/day.toml").write_text(STEPS.replace("odd", "day") + '[[step]]\nexercise = "squat"\n')
    status, told = run("check")
    assert status == 2
    assert "in a loop of easier forms (odd → even → odd)" in told
    assert run("list")[0] == 0


@pytest.mark.parametrize(
    "change", [lambda path: path.write_text("x" * MAX_BYTES * 2), lambda path: path.write_text("")]
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
