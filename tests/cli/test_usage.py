"""Arguments, help and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trainer import __version__
from trainer.cli import streams
from trainer.cli.main import _HANDLERS
from trainer.cli.parser import build, parse

COMMANDS = [name for name in _HANDLERS if name]


def test_version(cli: Any) -> None:
    """`--version` says the version, alone or beside other options."""
    assert cli("--version") == (0, f"trainer {__version__}\n", "")
    assert cli("list", "--version") == (0, f"trainer {__version__}\n", "")


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits(cli: Any, monkeypatch: pytest.MonkeyPatch, command: str, columns: int) -> None:
    """Help fits the terminal's width, and stays short."""
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, err = cli(*([command] if command else []), "--help")
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= columns
    assert len(out.splitlines()) <= (37 if columns == 80 else 70)


def test_help_names_every_command(cli: Any) -> None:
    """Every command stands in the help."""
    _, out, _ = cli("--help")
    assert all(f"\n    {name} " in out for name in COMMANDS)


@pytest.mark.parametrize(
    ("argv", "found", "meant"),
    [
        (["lst"], "'lst'", "list"),
        (["list", "--jsn"], "--jsn", "--json"),
        (["run", "desk-brake", "--plain"], "'desk-brake'", "desk-break"),
        (["show", "brid-dog"], "'brid-dog'", "bird-dog"),
    ],
)
def test_suggests_what_was_meant(cli: Any, argv: list[str], found: str, meant: str) -> None:
    """A mistyped command, option or id is named, and the nearest one is suggested."""
    status, out, err = cli(*argv)
    assert (status, out) == (2, "")
    assert found in err
    assert f"id you mean {meant}?" in err


@pytest.mark.parametrize(
    "argv",
    [
        ["run"],
        ["check", "--plain"],
        ["schema"],
        ["schema", "settings"],
        ["completion", "nu"],
        ["list", "--extra"],
        ["--data-dir"],
        ["--data-dir", "", "list"],
        ["log", "--last", "0"],
        ["log", "--last", "9" * 5000],
        ["--dat", "x", "list"],
        ["run", "desk-break", "--from", "9", "--plain"],
        ["run", "desk-break", "--from", "9" * 5000, "--plain"],
        ["run", "../desk-break", "--plain"],
        ["show", "a\0b"],
        ["log", "nothing"],
    ],
)
def test_bad_usage(cli: Any, argv: list[str]) -> None:
    """Bad usage ends with status 2 and a few lines on standard error."""
    status, out, err = cli(*argv)
    assert (status, out) == (2, "")
    assert err.startswith("trainer")
    assert "Traceback" not in err


@pytest.mark.parametrize("argv", [["\x1b[2Jx"], ["run", "\x1b[2Jx"], ["show", "\u202ex"], ["list", "--\x1b[2J"]])
def test_arguments_steer_no_terminal(cli: Any, argv: list[str]) -> None:
    """What was typed comes back cleaned in an error."""
    status, _, err = cli(*argv)
    assert status == 2
    assert "\x1b" not in err
    assert "\u202e" not in err


def test_folders_before_and_after(cli: Any, tmp_path: Path) -> None:
    """The folders can be named before the command and after it."""
    for argv in (["--data-dir", str(tmp_path / "x"), "log"], ["log", "--data-dir", str(tmp_path / "x")]):
        (tmp_path / "x").mkdir(exist_ok=True)
        (tmp_path / "x" / "logbook.sqlite").write_text("no logbook")
        status, _, err = cli(*argv)
        assert status == 1
        assert str(tmp_path / "x") in err


def test_no_home(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home folder what is shipped can be listed and done, and what would be kept says where it could be."""
    for name in ("TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    status, out, err = cli("list")
    assert (status, err) == (0, "")
    assert "desk-break" in out
    status, out, err = cli("log")
    assert (status, out) == (2, "")
    assert "--data-dir" in err


def test_no_home_ends_no_session(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trouble is named before the session, and no folder called `~` is made."""
    from argparse import Namespace

    from trainer.cli.make import make_kit

    for name in ("TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    kit = make_kit(Namespace(data_dir=None, config_dir=None))
    assert "No home folder is known" in kit.journal.trouble
    assert kit.journal.logbook is None
    assert kit.prepare("desk-break")[0].steps
    assert kit.save(volume=30)


def test_unknown_home_of_another(cli: Any) -> None:
    """A folder of a person whom the system does not know is refused."""
    status, _, err = cli("list", "--data-dir", "~nobody-of-that-name/x", "--config-dir", "/nowhere")
    assert status == 2
    assert "--data-dir" in err


def test_care(cli: Any) -> None:
    """`care` prints the notes."""
    status, out, err = cli("care")
    assert (status, err) == (0, "")
    assert "emergency number" in out


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion(cli: Any, shell: str) -> None:
    """`completion` prints a script that knows the commands and the routines."""
    status, out, err = cli("completion", shell)
    assert (status, err) == (0, "")
    assert "completion" in out
    assert "desk-break" in out


def test_every_option_is_known() -> None:
    """Every option can be suggested."""
    parser = build()
    options = {option for one in (parser,) for action in one._actions for option in action.option_strings}
    assert {option for option in options if option.startswith("--")} <= set(parser.known)


def test_interrupt(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130 and no traceback."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("trainer.cli.notes.care_lines", interrupt)
    assert cli("care") == (130, "", "")


def test_fault(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program's own is one short message."""

    def fail(*_: object) -> None:
        raise ValueError("odd \x1b[2J")

    monkeypatch.setattr("trainer.cli.notes.care_lines", fail)
    status, _, err = cli("care")
    assert status == 1
    assert "ValueError: odd" in err
    assert "\x1b" not in err


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str, value: str
) -> None:
    """Colour is for terminals whose person wants it."""
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    streams.say("a", streams.BOLD)
    assert capsys.readouterr().out == "\x1b[1ma\x1b[0m\n"
    monkeypatch.setenv(variable, value)
    streams.say("a", streams.BOLD)
    assert capsys.readouterr().out == "a\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_read_alike_with_and_without_the_others(name, monkeypatch, capsys):
    """At a start only the command that is meant gets its options; help and errors are the same as with all of them."""

    def outcome(arguments):
        try:
            found = vars(parse(arguments))
        except SystemExit as ended:
            found = ended.code
        return found, capsys.readouterr()

    lines = [[name], [name, "--help"], [name, "x"], [name, "3", "7"], [name, "--json"], ["--data-dir", "/x", name, "y"]]
    lines += [
        [name, "--jsno"],
        [name, "--data-dir=/z", "x"],
        ["--config-dir", name],
        ["--data-dir"],
        ["--vresion", name],
    ]
    quick = [outcome(line) for line in lines]
    monkeypatch.setattr("trainer.cli.parser._commands_in", lambda _: tuple(COMMANDS))
    assert quick == [outcome(line) for line in lines]
