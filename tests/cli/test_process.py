"""What only a process of its own can show: imports, signals, broken and closed streams."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.paths import Paths

REPO = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and descriptors as POSIX has them")

HOLD = """\
id = "stay"
name = "Stay"
kind = "posture"
position = "standing"
purpose = "Stays."
parts = ["First.", "Second part.", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"]
[dose]
hold_s = 30
[cues]
"""
STAY = """\
id = "stay-a-while"
name = "Stay a while"
purpose = "Stays."
[[step]]
exercise = "stay"
[[step]]
exercise = "stay"
"""


@pytest.fixture
def environment(folders: Paths) -> dict[str, str]:
    """The environment of the program."""
    return {**os.environ, "PYTHONPATH": str(REPO)}


def trainer(*argv: str) -> list[str]:
    return [sys.executable, "-m", "trainer", *argv]


def run(environment: dict[str, str], *argv: str, **options: Any) -> subprocess.CompletedProcess[str]:
    options = {"capture_output": True, "stdin": subprocess.DEVNULL, "text": True, "encoding": "utf-8", **options}
    return subprocess.run(trainer(*argv), env=environment, timeout=60, check=False, **options)


LOADED = """
import sys
from trainer.__main__ import main
status = main(sys.argv[1:])
print(status, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("argv", "never"),
    [
        (["--version"], {"argparse", "msgspec", "json", "platformdirs", "tomli"}),
        (["--help"], {"msgspec", "tomli", "sqlite3"}),
        (["list"], {"rich", "sqlite3", "tzlocal", "asyncio"}),
        (["show", "desk-break"], {"sqlite3", "tzlocal"}),
        (["log"], {"rich", "tzlocal"}),
        (["check", "pyproject.toml"], {"sqlite3"}),
        (["care"], {"sqlite3", "platformdirs"}),
        (["completion", "bash"], {"sqlite3"}),
        (["run", "desk-break", "--from", "nowhere"], {"tzlocal"}),
    ],
)
def test_loads_only_what_it_needs(environment: dict[str, str], argv: list[str], never: set[str]) -> None:
    """A command that draws no screen loads neither Textual nor sound; `--version` not even the parser."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *argv], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert not loaded & (never | {"textual", "miniaudio", "simpleaudio"})
    assert (("shtab" in loaded), "argparse" in loaded) == ("completion" in argv, "--version" not in argv)


@posix
@pytest.mark.parametrize("argv", [["--version"], ["list"], ["show", "bird-dog"], ["--help"], ["run", "x", "--help"]])
def test_broken_pipe(environment: dict[str, str], argv: list[str]) -> None:
    """A reader that goes away is no error to tell of."""
    reader, writer = os.pipe()
    os.close(reader)
    done = run(environment, *argv, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode in (0, 141)


@posix
def test_full_disk(environment: dict[str, str]) -> None:
    """An output that takes nothing is told in one line, with status 1."""
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full here")
    for argv in (["--version"], ["--help"], ["list"]):
        with open("/dev/full", "w") as full:
            done = run(environment, *argv, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1


@posix
@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_closed_streams(environment: dict[str, str], closed: tuple[int, ...]) -> None:
    """Streams that are closed from the start change nothing but what can be read."""
    words = " ".join(f"{number}>&-" for number in closed)
    command = [sys.executable, "-m", "trainer", "list"]
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {words}', "sh", *command], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("desk-break" in done.stdout) == (1 not in closed)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
@pytest.mark.parametrize("argv", [["show", "childs-pose"], ["list", "--json"], ["care"], ["show", "\u202e–長"]])
def test_other_encodings(environment: dict[str, str], argv: list[str], encoding: str) -> None:
    """An output that is not UTF-8 loses characters, never the command."""
    environment = {**environment, "PYTHONIOENCODING": encoding}
    done = run(environment, *argv, encoding=encoding)
    assert done.returncode == (2 if argv[-1].startswith("\u202e") else 0)
    assert "Error" not in done.stderr


@posix
def test_no_home(environment: dict[str, str], tmp_path: Path) -> None:
    """Without HOME a command ends in an orderly way."""
    for name in ("HOME", "TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR"):
        environment.pop(name, None)
    done = run(environment, "list", cwd=tmp_path)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_signal(environment: dict[str, str], own: Callable[[str, str], Path], folders: Paths, name: str) -> None:
    """A signal ends plain guidance with 128 + n; what was done is kept, and the session can go on."""
    own("exercises/stay.toml", HOLD)
    own("routines/stay-a-while.toml", STAY)
    own("settings.toml", "sound = false\ncare_shown = true\n")
    with subprocess.Popen(
        trainer("run", "stay-a-while", "--plain"),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("n\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith("Second part"):
                break
        process.send_signal(getattr(signal, name))
        assert process.wait(20) == 128 + getattr(signal, name)
        assert "goes on from here today" in process.stderr.read()
    from sessions.logbook import Logbook

    with Logbook.open_existing(folders.logbook) as logbook:  # type: ignore[union-attr]  # the session made it
        detail = logbook.session(logbook.sessions(1)[0].id)
    assert detail is not None
    assert detail.row.how is None
    assert [work.outcome for work in detail.works] == ["cut_short"]
    assert 2000 <= detail.works[0].actual_ms < 30_000


@posix
def test_output_that_goes_away_while_guiding(
    environment: dict[str, str], own: Callable[[str, str], Path], folders: Paths
) -> None:
    """A reader that goes away in the middle ends the session as a signal does: kept, and without a traceback."""
    own("exercises/stay.toml", HOLD)
    own("routines/stay-a-while.toml", STAY)
    own("settings.toml", "sound = false\ncare_shown = true\n")
    with subprocess.Popen(
        trainer("run", "stay-a-while", "--plain"),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("n\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith("Second part"):
                break
        process.stdout.close()
        assert process.wait(20) == 141
        assert "Traceback" not in process.stderr.read()


def test_rehearsal_of_a_shipped_routine(environment: dict[str, str], folders: Paths) -> None:
    """A shipped routine can be rehearsed without a terminal or input, and leaves nothing behind."""
    done = run(environment, "run", "desk-break", "--rehearse")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("How often")
    assert "In, 5 of 5" in done.stdout
    assert not folders.data.exists()
