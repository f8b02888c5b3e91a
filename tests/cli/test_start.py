"""Which front end is chosen, and what happens before and after it."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions.errors import LogbookUnwritable
from sessions.records import Note
from trainer.cli import start
from trainer.cli.make import stamp
from trainer.kit import Kit, Order
from trainer.paths import Paths


class App:
    """Stands for the screen."""

    def __init__(self) -> None:
        self.calls: list[tuple[Kit, str | None, str | None]] = []
        self.act: Callable[[Kit], int] = lambda _: 0

    def run_app(self, kit: Kit, *, routine: str | None = None, order: Order | None = None) -> int:
        self.calls.append((kit, routine, order.from_step if order is not None else None))
        return self.act(kit)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App:
    """The screen's place, taken by something that draws nothing, in a terminal."""
    one = App()
    module = types.ModuleType("trainer.app.app")
    module.run_app = one.run_app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trainer.app.app", module)
    monkeypatch.setattr(start.streams, "is_terminal", lambda _: True)
    return one


@pytest.fixture
def plain_runs(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The steps at which plain guidance began."""
    steps: list[str | None] = []

    def run_plain(kit: Kit, prepared: object, exercises: object, order: Order) -> int:
        steps.append(order.from_step)
        return 0

    monkeypatch.setattr("trainer.cli.plain.guide.run_plain", run_plain)
    return steps


def test_home(cli: Any, app: App) -> None:
    """Without a command the home screen opens."""
    assert cli() == (0, "", "")
    assert app.calls[0][1:] == (None, None)


def test_home_without_terminal(cli: Any) -> None:
    """Without a terminal the routines are shown with the way to run them, and the status is 2."""
    status, out, err = cli()
    assert status == 2
    assert "desk-break" in out
    assert "no terminal" in err
    assert "trainer run ID --plain" in err


def test_run_on_a_screen(cli: Any, app: App) -> None:
    """In a terminal a routine runs on the screen."""
    assert cli("run", "desk-break", "--from", "mountain-pose")[0] == 0
    assert app.calls[0][1:] == ("desk-break", "mountain-pose")


@pytest.mark.parametrize("argv", [["run", "nothing"], ["run", "warm-up", "--from", "clam"]])
def test_errors_come_before_the_screen(cli: Any, app: App, argv: list[str]) -> None:
    """A routine or step that is not there is told before a screen opens, and no logbook is made."""
    status, _, err = cli(*argv)
    assert status == 2
    assert "allowed" in err
    assert app.calls == []


def test_plain_where_asked(cli: Any, app: App, plain_runs: list[str | None]) -> None:
    """`--plain` draws no screen; `--from` counts exercises from 1."""
    assert cli("run", "warm-up", "--plain", "--from", "2")[0] == 0
    assert app.calls == []
    assert plain_runs == ["2"]


def test_plain_on_a_dumb_terminal(
    cli: Any, app: App, plain_runs: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dumb terminal gets lines."""
    monkeypatch.setenv("TERM", "dumb")
    assert cli("run", "warm-up")[0] == 0
    assert (app.calls, plain_runs) == ([], [None])


def test_rehearsal(cli: Any, app: App, folders: Paths) -> None:
    """A rehearsal is 20 times faster and leaves no file."""

    def act(kit: Kit) -> int:
        assert kit.clock.speed == 20
        kit.journal.write("x", Note("x"))
        return 0

    app.act = act
    assert cli("run", "desk-break", "--rehearse")[0] == 0
    assert not folders.data.exists()


def test_unreadable_settings(cli: Any, app: App, own: Callable[[str, str], Path]) -> None:
    """Settings that cannot be read are told with key, found and allowed."""
    path = own("settings.toml", 'volume = "\\u001b[2Jloud"\n')
    status, _, err = cli()
    assert status == 2
    assert f"{path}:1:10: volume: found" in err
    assert "0 to 100" in err
    assert "\x1b" not in err


def test_no_logbook_is_told_first_and_rescued_last(
    cli: Any, app: App, folders: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the logbook cannot be opened, the session goes on, and what was done lands in a file that is named."""
    folders.data.mkdir()
    folders.logbook.write_text("something else")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))

    def act(kit: Kit) -> int:
        kit.journal.write(kit.journal.new_session(), Note("kept"))
        return 0

    app.act = act
    status, _, err = cli("run", "desk-break")
    assert status == 1
    assert str(folders.logbook) in err.splitlines()[0]
    (saved,) = (tmp_path / "tmp").iterdir()
    assert str(saved) in err
    assert "kept" in saved.read_text()


def test_late_recovery(cli: Any, app: App, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be stored for a while is stored at the end, and nothing is said of it."""

    def act(kit: Kit) -> int:
        journal = kit.journal
        assert journal.logbook is not None

        def full(_: object) -> None:
            raise LogbookUnwritable("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr(journal.logbook, "append", full)
            assert not journal.write(journal.new_session(), Note("kept"))
        return 0

    app.act = act
    assert cli("run", "desk-break") == (0, "", "")


def test_no_place_at_all(cli: Any, app: App, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder takes a file, that is said."""
    folders.data.mkdir()
    folders.logbook.write_text("something else")
    monkeypatch.setattr("tempfile.tempdir", str(folders.data / "none"))

    def act(kit: Kit) -> int:
        kit.journal.write(kit.journal.new_session(), Note("lost"))
        return 0

    app.act = act
    status, _, err = cli("run", "desk-break")
    assert status == 1
    assert "No other folder" in err


def test_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment has its offset in minutes and the zone's name; a zone that nobody knows costs nothing."""
    from trainer.cli import make

    monkeypatch.setattr(make, "_zone_name", None)
    monkeypatch.setattr(make, "_linked_zone", lambda: None)

    def fail() -> str:
        raise LookupError

    monkeypatch.setattr("tzlocal.get_localzone_name", fail)
    now = stamp()
    assert now.zone == ""
    assert -1440 <= now.offset_min <= 1440
    assert now.utc_ms > 1_700_000_000_000


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable_folder(cli: Any, app: App, folders: Paths) -> None:
    """A folder that may not be written to is told, and the session goes on."""
    folders.data.mkdir(mode=0o500)
    assert "trainer: " in cli("run", "desk-break")[2]
