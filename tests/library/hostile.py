"""What may lie in a person's folder: each a way to put it there, and something that has to be said of it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.library.reader import MAX_BYTES

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.toml"))
"""Small files, each with what has to be told of it in its last lines (`# told: LINE:COLUMN PLACE`)."""
Put = Callable[[Path], object]

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
LARGE = [("exercise", name, case) for name, case in EXERCISES.items()]
LARGE += [("routine", name, case) for name, case in ROUTINES.items()]
QUICK = {
    "10 MB",
    "lists in lists",
    "a huge dotted key",
    "raw control characters",
    "10^9 repetitions",
    "a step of itself",
}
"""The large ones that are answered before they are taken apart, and those that are not large."""
THINGS = [pytest.param(kind, *case, id=f"{name}, {kind}") for name, case in ANYWHERE.items() for kind in BOTH]
THINGS += [pytest.param(kind, *case, id=name) for kind, name, case in LARGE if name in QUICK]
THINGS += [
    pytest.param("routine" if b"\nstep = " in data else "exercise", bytes_(data), ": found ", id=path.stem)
    for path in CORPUS
    for data in [path.read_bytes()]
]
THINGS += [
    pytest.param(kind, put, said, id=f"{name}, {kind}", marks=mark)
    for name, (put, said, mark) in SPECIAL.items()
    for kind in BOTH
]
