"""Where the person's files live."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from trainer.paths import NOWHERE, Paths, find

VARIABLES = {"TRAINER_DATA_DIR": "/by-variable/data", "TRAINER_CONFIG_DIR": "/by-variable/config"}


@pytest.mark.parametrize(
    ("environment", "options", "data", "config"),
    [
        (VARIABLES, ("/o/data", "/o/config"), "/o/data", "/o/config"),
        (VARIABLES, (None, None), "/by-variable/data", "/by-variable/config"),
        (VARIABLES, ("/o/data", None), "/o/data", "/by-variable/config"),
        (VARIABLES, (None, "/o/config"), "/by-variable/data", "/o/config"),
        (VARIABLES, ("", ""), "/by-variable/data", "/by-variable/config"),
    ],
)
def test_an_option_goes_before_a_variable(environment, options, data, config):
    """Each folder is the one named by option, else the one named by its environment variable."""
    paths = find(environment, *options)
    assert (paths.data, paths.config, paths.known) == (Path(data), Path(config), True)


def test_else_the_system_says_where():
    """Where nothing is named, or only emptily, the folders are the system's own for this program."""
    paths = find({"TRAINER_DATA_DIR": "", "TRAINER_CONFIG_DIR": ""})
    assert paths == find({})
    assert paths.data == platformdirs.user_data_path("trainer", appauthor=False)
    assert paths.config == platformdirs.user_config_path("trainer", appauthor=False)


@pytest.mark.skipif(sys.platform == "win32", reason="HOME is what names it elsewhere")
def test_a_tilde_is_the_home_folder(monkeypatch, tmp_path):
    """A folder may be named from the home folder on."""
    monkeypatch.setenv("HOME", str(tmp_path))
    paths = find({}, "~/mine", "~/own")
    assert (paths.data, paths.config) == (tmp_path / "mine", tmp_path / "own")


def test_files_have_their_place():
    """The logbook lies in the data folder, the settings in the configuration's."""
    paths = Paths(Path("config"), Path("data"))
    assert (paths.logbook, paths.settings) == (Path("data/logbook.sqlite"), Path("config/settings.toml"))


@pytest.mark.parametrize("error", [RuntimeError, OSError, KeyError])
def test_without_a_home_there_is_nowhere(monkeypatch, error):
    """Where the system cannot say where things live, the folders are nowhere, and known not to be."""

    def fail(*args: object, **options: object) -> Path:
        raise error("no home")

    monkeypatch.setattr(platformdirs, "user_data_path", fail)
    assert find({}) is NOWHERE
    assert not NOWHERE.known
    assert find({}, "/o/data", "/o/config").known


def test_an_unresolved_tilde_is_nowhere(monkeypatch):
    """A system's answer that still begins with a tilde would make a folder of that name: it leads nowhere."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *args, **options: Path("~/.config/trainer"))
    assert find({}) is NOWHERE


@pytest.mark.skipif(sys.platform == "win32", reason="no users by tilde")
def test_the_home_of_nobody_is_nowhere():
    """The home folder of a user that does not exist leads nowhere."""
    assert find({}, "~no-such-user-here/x", "/o/config") is NOWHERE


def test_nowhere_takes_no_file():
    """Nothing can be made where files live nowhere."""
    with pytest.raises(OSError, match=r"."):
        NOWHERE.data.mkdir(parents=True)
    assert not NOWHERE.settings.exists()
