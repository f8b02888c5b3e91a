"""`trainer figure`, and what `show`, `check`, `schema`, `doctor` and the plain guide do with figures."""

from __future__ import annotations

import json

import pytest

from trainer.cli import asking, drawing, figure, streams
from trainer.figures.reading import read
from trainer.library.shelf import Library
from trainer.settings import load

SQUAT = Library().figure_file("squat")


@pytest.fixture
def seen(monkeypatch):
    """A person at a terminal of 80 columns, in which colours can be seen."""
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm-256color")


def own(folders, text: str, name: str = "squat") -> str:
    path = folders.config / "figures" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return str(path)


# --- the sheet -----------------------------------------------------------------------------------


def test_a_contact_sheet_names_each_pose_and_what_lies_between(cli):
    """Key poses and in-betweens in their order, and what a screen reader says."""
    status, out, err = cli("figure", "squat", "--between", "1")
    assert (status, err) == (0, "")
    poses = [pose.name for pose in read(Library(), "squat").pose]
    assert out.index(poses[0]) < out.index(f"50% to {poses[1]}") < out.index(f"50% to {poses[0]}")
    assert read(Library(), "squat").alt.split()[0] in out
    assert any(0x2800 < ord(char) <= 0x28FF for char in out)
    assert "\x1b" not in out  # nobody looks on, and what reads it may know no colour


def test_an_exercise_is_found_by_any_of_its_names(cli):
    """As with the other commands."""
    pose = Library().exercise("mountain-pose")
    for name in (pose.id, pose.name, *pose.aliases):
        assert cli("figure", name, "--between", "0")[0] == 0


def test_colour_is_used_where_it_is_seen(cli, seen):
    """Blocks, and the working limb in a colour of its own."""
    _, out, _ = cli("figure", "squat", "--between", "0")
    assert "█" in out
    assert "\x1b[38;5;208m" in out


def test_without_colour_nothing_but_weight_sets_tones_apart(cli, seen, monkeypatch):
    """`NO_COLOR` is heeded; far limbs are shaded."""
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = cli("figure", "bird-dog", "--between", "0")
    assert "38;5" not in out
    assert "▒" in out


def test_the_other_side_is_the_mirror_image(cli):
    """The two sides differ, and each is the same every time."""
    left, right = (cli("figure", "bird-dog", "--side", side, "--between", "0")[1] for side in ("left", "right"))
    assert left != right
    assert left == cli("figure", "bird-dog", "--side", "left", "--between", "0")[1]


def test_a_side_that_there_is_not_is_said(cli):
    """It changes nothing, and a person is told."""
    status, _, err = cli("figure", "squat", "--side", "left", "--between", "0")
    assert status == 0
    assert "squat has no sides" in err


@pytest.mark.parametrize("size", ["24x8", "60x20", "100x40"])
def test_a_size_is_kept(cli, size):
    """No line is wider than what was asked for, in a row of its own."""
    _, out, _ = cli("figure", "bird-dog", "--between", "0", "--size", size)
    width = int(size.partition("x")[0])
    pictures = [line for line in out.splitlines() if any(0x2800 < ord(char) <= 0x28FF for char in line)]
    assert pictures
    assert max(map(len, pictures)) <= max(width, 80)


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("bird-dog", "--size", "10x10"), "found '10x10'; allowed: 24x8 to 100x40"),
        (("bird-dog", "--size", "many"), "found 'many'; allowed: columns x rows, such as 60x20"),
        (("bird-dog", "--yaw", "270"), "found '270'; allowed: degrees from -180 to 180"),
        (("bird-dog", "--yaw", "nan"), "found 'nan'; allowed: degrees from -180 to 180"),
        (("bird-dog", "--between", "12"), "found '12'; allowed: 0 to 11"),
        (("bird-dog", "--side", "up"), "found 'up'; allowed: left, right"),
        ((), "found nothing; allowed: the id of an exercise, or a pose file"),
        (("brid-dog",), "Did you mean bird-dog?"),
        (("./none.toml",), "none.toml: found no such file or directory; allowed: a file that can be read"),
    ],
)
def test_what_cannot_be_is_refused(cli, argv, told):
    """Status 2, with what was found and what is allowed."""
    status, _, err = cli("figure", *argv)
    assert status == 2
    assert told in err
    assert "Traceback" not in err


def test_an_exercise_without_a_figure_is_told_of(cli, folders):
    """With where a pose file for it would lie."""
    path = folders.config / "exercises" / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text(SQUAT.parents[1].joinpath("exercises/squat.toml").read_text().replace('"squat"', '"mine"', 1))
    status, _, err = cli("figure", "mine")
    assert status == 2
    assert "figures/mine.toml" in err


def test_a_file_is_printed_to_begin_one_of_one_s_own(cli, folders):
    """What is printed is the pose file itself, and checks as well as it did."""
    _, out, _ = cli("figure", "squat", "--print")
    assert out == SQUAT.read_text("utf-8")
    assert cli("check", own(folders, out))[0] == 0


def test_a_wrong_pose_is_drawn_and_told(cli, folders):
    """An author sees the pose that is wrong, with each error and its line."""
    lines = SQUAT.read_text("utf-8").replace("torso = ", "lumbar = 75\ntorso = ", 1)
    path = own(folders, lines)
    status, out, err = cli("figure", path, "--between", "0")
    assert status == 2
    assert "⣿" in out
    assert "found lumbar at 75 degrees; allowed: -40 to 60" in err
    assert f"{path}:" in err


def test_a_watched_file_is_drawn_at_each_save(folders, cli, monkeypatch, capsys):
    """Again when it changes, with its errors and when it is gone, and not in between."""
    path = own(folders, SQUAT.read_text("utf-8"))
    saves = iter([None, "broken = [", None, SQUAT.read_text("utf-8").replace("stand", "begin")])

    def sleep(_: float) -> None:
        try:
            text = next(saves)
        except StopIteration:
            raise KeyboardInterrupt from None
        if text is not None:
            own(folders, text)

    monkeypatch.setattr(figure.time, "sleep", sleep)
    status, out, err = cli("figure", path, "--watch", "--between", "0")
    assert status == 130
    assert out.count("Watching") == 3
    assert "begin" in out
    assert "squat.toml:1:" in err


# --- styles --------------------------------------------------------------------------------------


def test_the_sample_shows_each_style_and_keeps_the_choice(cli, folders, seen, monkeypatch):
    """Do you see a person? The answer is a setting."""
    monkeypatch.setattr(asking, "line", lambda _: "2")
    status, out, _ = cli("figure", "--sample")
    assert status == 0
    assert {"█", "▀", "⣿"} <= set(out)
    assert "Do you see a person" in out
    assert load(folders.settings).figures == "braille"
    monkeypatch.setattr(asking, "line", lambda _: "0")
    cli("figure", "--sample")
    assert load(folders.settings).figures == "none"


def test_the_sample_asks_nobody_where_nobody_is(cli, folders):
    """It shows the styles and changes nothing."""
    assert cli("figure", "--sample")[0] == 0
    assert not folders.settings.exists()


def test_no_figures_means_words(cli, folders, seen):
    """With `none`, the description stands for the picture."""
    folders.config.mkdir(parents=True)
    folders.settings.write_text('figures = "none"\n')
    _, out, _ = cli("figure", "squat")
    assert " ".join(out.split()) == read(Library(), "squat").alt
    assert "█" not in cli("show", "squat")[1]


@pytest.mark.parametrize("coloured", [True, False])
def test_lines_hold_no_more_than_they_show(coloured):
    """Every run of colour is closed, and what is under a gap is the terminal's own ground."""
    picture = ((("▌", "ground", "near"), ("█", "work", ""), (" ", "", "")),)
    (line,) = drawing.lines(picture, coloured=coloured, attributes=True)
    assert line.count("\x1b[0m") == 2
    assert line.endswith("\x1b[0m")
    assert "\x1b[7" in line


# --- other commands ------------------------------------------------------------------------------


def test_show_draws_the_key_poses_for_who_looks_on(cli, seen):
    """And says in words how it looks, to everybody."""
    _, out, _ = cli("show", "bird-dog")
    assert "→" in out
    assert "█" in out
    assert "Looks" in out


def test_show_draws_nothing_into_a_file(cli):
    """The words remain."""
    _, out, _ = cli("show", "bird-dog")
    assert "█" not in out
    assert "\nLooks\n- " in out
    assert json.loads(cli("show", "bird-dog", "--json")[1])["looks"] == read(Library(), "bird-dog").alt
    assert "looks" not in json.loads(cli("show", "big-three", "--json")[1])


def test_check_covers_pose_files(cli, folders):
    """Named or all of one's own, with the exact place."""
    good = own(folders, SQUAT.read_text("utf-8"))
    assert cli("check", good)[1] == f"{good}: ok (figure)\n"
    assert cli("check")[1] == f"{good}: ok (figure)\n"
    bad = own(folders, SQUAT.read_text("utf-8").replace('id = "squat"', 'id = "sqaut"'))
    status, out, _ = cli("check")
    assert status == 2
    assert out.startswith(f"{bad}:1:6: id: found 'sqaut'; allowed: ")
    assert [one["file"] for one in json.loads(cli("check", "--json")[1])] == [bad] * len(out.splitlines())


def test_a_shared_file_says_which_figure_it_lacks(cli, folders):
    """One shared file holds routines and exercises; a figure of one's own is handed on beside it."""
    path = folders.config / "exercises" / "mine.toml"
    path.parent.mkdir(parents=True)
    exercise = SQUAT.parents[1] / "exercises" / "squat.toml"
    path.write_text(exercise.read_text("utf-8").replace('"squat"', '"mine"', 1), "utf-8")
    assert cli("share", "mine")[2] == ""
    own(folders, SQUAT.read_text("utf-8").replace('"squat"', '"mine"', 1), "mine")
    status, out, err = cli("share", "mine")
    assert status == 0
    assert "[[exercise]]" in out
    assert "mine.toml" in err
    assert "hand it on beside" in err


def test_the_schema_of_figures_is_printed(cli):
    """For editors."""
    assert json.loads(cli("schema", "figure")[1])["title"] == "figure of trainer"


def test_doctor_says_how_figures_are_drawn(cli, folders):
    """And whose choice that is."""
    assert "as the terminal can" in cli("doctor", "--quiet")[1]
    folders.config.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text('figures = "half"\n')
    assert "half blocks, by your settings" in cli("doctor", "--quiet")[1]


def test_the_plain_guide_says_how_it_looks(plain):
    """Once, while the person gets ready."""
    plain("desk-break", interactive=False)
    looks = " ".join(plain.person.text.split())
    assert looks.count(f"Looks: {read(Library(), 'mountain-pose').alt}") == 1
