"""`doctor`: what is found on the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.cues.doctor import Report
from trainer.cues.status import Status
from trainer.paths import Paths


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The volumes at which a sound was played; no device is touched."""
    volumes: list[int] = []
    monkeypatch.setattr(
        "trainer.cues.doctor.probe", lambda _: Report(("miniaudio",), (), Status("ready", "miniaudio", "ALSA"))
    )
    monkeypatch.setattr("trainer.cli.doctor._play", volumes.append)
    return volumes


def test_all_is_well(cli: Any, played: list[int], folders: Paths) -> None:
    """With nothing broken the status is 0, a sound is played and nothing is made."""
    status, out, err = cli("doctor")
    assert (status, err) == (0, "")
    for text in ("trainer: ", "Python: ", "textual ", "miniaudio (ALSA)", "TERM: xterm", "none yet", "Nothing broken"):
        assert text in out
    assert played == [70]
    assert not folders.data.exists()
    assert not folders.config.exists()


def test_quiet(cli: Any, played: list[int]) -> None:
    """`--quiet` plays nothing."""
    assert cli("doctor", "--quiet")[0] == 0
    assert played == []


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
    assert out.count("\n! ") == 3


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
