"""What the person prefers, read and kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.library.errors import LibraryError
from trainer.settings import Settings, load, save

MINE = """\
# mine
volume = 40  # not so loud

# at night
sound = false
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


def test_without_a_file_the_usual_holds(path):
    """No file, no wishes: the usual settings, and none is made by looking."""
    assert load(path) == Settings("trainer-dark", True, 70, True, "full", "auto", 5, None, False)
    assert not path.exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Settings()),
        (MINE, Settings(volume=40, sound=False)),
        ("\ufeff" + MINE, Settings(volume=40, sound=False)),
        ("volume = 0", Settings(volume=0)),
        ("volume = 100", Settings(volume=100)),
        ("pain_limit = 1\nmotion = 'reduced'", Settings(pain_limit=1, motion="reduced")),
        ("theme = 'nord'\ncare_shown = true", Settings(theme="nord", care_shown=True)),
        ("day_starts_h = 23\nsync_folder = '/a'", Settings(day_starts_h=23, sync_folder="/a")),
    ],
)
def test_what_is_said_holds_and_the_rest_is_usual(path, text, expected):
    """A file may say as little as it likes."""
    path.write_text(text, "utf-8")
    assert load(path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("volume = 101", "1:10: volume: found 101; allowed: a whole number from 0 to 100"),
        ("volume = -1", "1:10: volume: found -1; allowed: a whole number from 0 to 100"),
        ("volume = true", "1:10: volume: found true; allowed: a whole number from 0 to 100"),
        ("volume = 50.5", "1:10: volume: found 50.5; allowed: a whole number from 0 to 100"),
        ("volume = '50'", "1:10: volume: found '50'; allowed: a whole number from 0 to 100"),
        ("sound = 1", "1:9: sound: found 1; allowed: true or false"),
        ("sound = 'no'", "1:9: sound: found 'no'; allowed: true or false"),
        ("motion = 'none'", "1:10: motion: found 'none'; allowed: 'full', 'reduced'"),
        ("pain_limit = 0", "1:14: pain_limit: found 0; allowed: a whole number from 1 to 5"),
        ("pain_limit = 6", "1:14: pain_limit: found 6; allowed: a whole number from 1 to 5"),
        ("day_starts_h = 24", "1:16: day_starts_h: found 24; allowed: a whole number from 0 to 23"),
        ("day_starts_h = 4.5", "1:16: day_starts_h: found 4.5; allowed: a whole number from 0 to 23"),
        ("day_starts_h = '04:00'", "1:16: day_starts_h: found '04:00'; allowed: a whole number from 0 to 23"),
        ("sync_folder = ''", "1:15: sync_folder: found ''; allowed: text of 1 to 1000 characters"),
        ("theme = ''", "1:9: theme: found ''; allowed: text of 1 to 80 characters"),
        (
            "volum = 5",
            f"1:1: volum: found an unknown key; allowed: {', '.join(Settings.__struct_fields__)}; did you mean volume?",
        ),
        ("[volume]", "1:2: volume: found a table; allowed: a whole number from 0 to 100"),
    ],
)
def test_an_error_names_key_found_and_allowed(path, text, expected):
    """What is wrong is named by file and key, with what was found and what is allowed."""
    path.write_text(text)
    with pytest.raises(LibraryError) as caught:
        load(path)
    assert str(caught.value) == f"{path}:{expected}"


def test_broken_toml_is_told_by_line(path):
    """A file that is no TOML names the line and column."""
    path.write_text("volume = 40\nsound = \n")
    with pytest.raises(LibraryError, match=r"settings\.toml:2:9: found no valid TOML"):
        load(path)


def test_a_dangling_link_is_no_absent_file(path):
    """A link that leads nowhere is said, rather than taken for no wishes."""
    path.symlink_to(path.with_name("gone"))
    with pytest.raises(LibraryError):
        load(path)


# --- keeping them --------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_comments_and_all_else_are_kept(path, mark):
    """A change alters its own figure; comments, order and other lines stay as they were."""
    path.write_text(mark + MINE, "utf-8")
    changed = save(path, load(path), volume=55)
    assert path.read_text("utf-8") == MINE.replace("40", "55")
    assert changed == load(path) == Settings(volume=55, sound=False)


def test_only_what_changed_is_written(path):
    """A new file says what was changed and nothing more: what is usual may change with the program."""
    save(path, Settings(), sound=False, volume=10)
    assert path.read_text() == "sound = false\nvolume = 10\n"


def test_the_folder_is_made_for_the_person_alone(tmp_path):
    """A folder that is not there yet is made, and nobody else may look into it."""
    path = tmp_path / "new" / "settings.toml"
    save(path, Settings(), sound=False)
    assert load(path) == Settings(sound=False)
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_without_a_last_line_end_grows_by_a_line(path):
    """What is added stands on a line of its own."""
    path.write_text("# loud\nvolume = 90")
    save(path, load(path), sound=False)
    assert path.read_text() == "# loud\nvolume = 90\nsound = false\n"


def whole_or_not(path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def fail(*args: object, **options: object) -> None:
        if name == "write_text":
            with open(args[0], "w") as file:  # type: ignore[arg-type]
                file.write("vol")  # the disk is full half-way
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, name, fail)
    with pytest.raises(OSError, match="No space"):
        save(path, Settings(), volume=55)


@pytest.mark.parametrize("name", ["write_text", "replace"])
def test_a_failing_write_leaves_the_old_file(path, monkeypatch, name):
    """Where the new file cannot be written or put in its place, the old one stands as it was, alone."""
    path.write_text(MINE)
    whole_or_not(path, monkeypatch, name)
    assert path.read_text() == MINE
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["write_text", "replace"])
def test_a_failing_first_write_leaves_nothing(path, monkeypatch, name):
    """Half a first file is not left behind either."""
    whole_or_not(path, monkeypatch, name)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("broken", [b"volume = 40\nsound = \n", b"# \xff\nvolume = 40\n"])
def test_what_cannot_be_understood_is_not_written_over(path, broken):
    """A file that became unreadable since it was loaded keeps every byte: the person may still want it."""
    path.write_bytes(broken)
    with pytest.raises(ValueError, match=r"."):
        save(path, Settings(), volume=55)
    assert path.read_bytes() == broken
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_read_is_not_written_over(path, monkeypatch):
    """A file that may not be read is not taken for none."""
    path.write_text(MINE)

    def refuse(*args: object, **options: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_text", refuse)
        with pytest.raises(PermissionError):
            save(path, Settings(), volume=55)
    assert path.read_text() == MINE


changes = st.fixed_dictionaries(
    {},
    optional={
        "theme": st.text("abc-é\"'\\#=[]", min_size=1, max_size=20),
        "sound": st.booleans(),
        "volume": st.integers(0, 100),
        "motion": st.sampled_from(["full", "reduced"]),
        "pain_limit": st.integers(1, 5),
        "speech": st.booleans(),
        "care_shown": st.booleans(),
    },
)


@given(changes, changes)
def test_what_is_saved_is_what_is_read(tmp_path_factory, first, second):
    """Whatever is saved, once and then again, is read back the same."""
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    once = save(path, Settings(), **first)
    assert load(path) == once
    twice = save(path, once, **second)
    assert load(path) == twice


@pytest.mark.skipif(os.name != "posix", reason="links and modes are those of POSIX")
def test_a_link_stays_a_link_and_the_mode_stays(tmp_path):
    """Settings that lie elsewhere by a link are written where they lie, readable by whom they were."""
    real = tmp_path / "dotfiles.toml"
    real.write_text("volume = 30\n")
    real.chmod(0o640)
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    save(link, load(link), volume=50)
    assert link.is_symlink()
    assert real.read_text() == "volume = 50\n"
    assert real.stat().st_mode & 0o777 == 0o640
