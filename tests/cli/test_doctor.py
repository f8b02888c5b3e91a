"""`doctor`: what is found on the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.cues.doctor import Report
from trainer.cues.status import State, Status
from trainer.paths import Paths


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """The volumes at which a sound was played, and whether a phrase was said; no device is touched."""
    volumes: list[tuple[int, bool]] = []
    monkeypatch.setattr(
        "trainer.cues.doctor.probe", lambda _: Report(("miniaudio",), (), Status("ready", "miniaudio", "ALSA"), 9)
    )
    monkeypatch.setattr("trainer.cli.doctor._play", lambda volume, *, says: volumes.append((volume, says)))
    return volumes


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """No desktop of whoever runs the tests is asked, and none shows a notice."""
    monkeypatch.setattr("trainer.breaks.notices.ways", lambda *_, **__: [])
    for room in ("idle", "quiet"):
        monkeypatch.setattr(f"trainer.breaks.{room}.survey", lambda _: [])


def test_all_is_well(cli: Any, played: list[tuple[int, bool]], folders: Paths) -> None:
    """With nothing broken the status is 0, a sound is played and nothing is made."""
    status, out, err = cli("doctor")
    assert (status, err) == (0, "")
    for text in ("trainer: ", "Python: ", "textual ", "miniaudio (ALSA)", "TERM: xterm", "none yet", "Nothing broken"):
        assert text in out
    assert "9 phrases can be said" in out
    assert played == [(70, True)]
    assert not folders.data.exists()
    assert not folders.config.exists()


def test_quiet(cli: Any, played: list[tuple[int, bool]]) -> None:
    """`--quiet` plays nothing."""
    assert cli("doctor", "--quiet")[0] == 0
    assert played == []


def test_no_speech(cli: Any, played: list[tuple[int, bool]], own: Callable[[str, str], Path]) -> None:
    """Where speech is turned off, that is told, and no phrase is said."""
    own("settings.toml", "speech = false\n")
    _, out, _ = cli("doctor")
    assert "speech off" in out
    assert "one sound was played\n" in out
    assert played == [(70, False)]


@pytest.mark.parametrize(
    ("state", "recordings", "told", "status"),
    [("ready", 0, "are not there", 1), ("silent", 9, "nothing can be said; the screen shows the words", 0)],
)
def test_nothing_can_be_said(
    cli: Any, monkeypatch: pytest.MonkeyPatch, state: State, recordings: int, told: str, status: int
) -> None:
    """A machine without sound is not broken; an installation without its recordings is."""
    monkeypatch.setattr("trainer.cues.doctor.probe", lambda _: Report((), (), Status(state), recordings))
    code, out, _ = cli("doctor")
    assert told in " ".join(out.split())
    assert code == status


def test_broken(cli: Any, folders: Paths, own: Callable[[str, str], Path]) -> None:
    """Settings, files and a logbook that are broken are told together, and the status is 1."""
    own("settings.toml", "volume = 101\n")
    own("routines/bad.toml", "id = 1\n")
    folders.data.mkdir()
    folders.logbook.write_bytes(b"")
    status, out, _ = cli("doctor")
    assert status == 1
    joined = " ".join(out.split())
    assert "volume: found 101" in joined
    assert "found 1; allowed" in joined
    assert "is empty" in joined
    assert out.count("\n! ") >= 3


def test_home_is_short(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home folder is shown as a tilde."""
    monkeypatch.setenv("HOME", str(folders.data.parent))
    monkeypatch.setenv("USERPROFILE", str(folders.data.parent))
    _, out, _ = cli("doctor")
    assert "~/data" in out.replace("\\", "/")
    assert str(folders.data.parent) not in out


def test_no_colour_is_told(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What switches colour off is named."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert "NO_COLOR" in cli("doctor")[1]


def test_fits_forty_columns(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It fits a narrow terminal."""
    monkeypatch.setenv("COLUMNS", "40")
    assert max(map(len, cli("doctor")[1].splitlines())) <= 40


def test_the_logbook_and_what_keeps_it(
    cli: Any, folders: Paths, own: Callable[[str, str], Path], tmp_path: Path
) -> None:
    """Backups, a sync folder and the person are told of where there are any."""
    cli("people", "add", "anna")
    assert cli("--person", "anna", "log", "add", "walk", "20")[0] == 0
    assert cli("--person", "anna", "log", "backup")[0] == 0
    status, out, _ = cli("--person", "anna", "doctor", "--quiet")
    assert status == 0
    assert "  Person: anna\n" in out
    assert "  Backups: 2, the newest of 2" in out
    assert "Sync:" not in out
    status, out, _ = cli("doctor", "--quiet")
    assert status == 0
    assert "Person:" not in out
    assert "  Backups: none yet\n" in out
    (tmp_path / "stick").mkdir()
    own("settings.toml", f"sync_folder = '{tmp_path / 'stick'}'\n")
    status, out, _ = cli("doctor", "--quiet")
    assert status == 0
    assert "Sync:" in out
    (tmp_path / "stick").rmdir()
    status, out, _ = cli("doctor", "--quiet")
    assert status == 1
    assert "(not there now)" in " ".join(out.split())


def test_a_logbook_that_is_not_whole(cli: Any, folders: Paths) -> None:
    """What is wrong inside it is told of with the command that says more."""
    import sqlite3
    from contextlib import closing

    cli("log", "add", "walk", "20")
    with closing(sqlite3.connect(folders.logbook)) as connection, connection:
        connection.execute("DELETE FROM session")
    status, out, _ = cli("doctor", "--quiet")
    assert status == 1
    assert "! More: trainer log verify says what helps\n" in out
