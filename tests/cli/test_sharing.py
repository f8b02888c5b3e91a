"""`share` and `add`."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.library.values import exercises, routines
from trainer.cli import streams
from trainer.library.change import Change
from trainer.library.errors import LibraryError
from trainer.library.openfolder import OpenFolder
from trainer.library.reader import MAX_BYTES, check, parse
from trainer.library.sharing import Item, taken, to_share
from trainer.library.shelf import SHIPPED
from trainer.library.writing import to_toml
from trainer.paths import Paths

REPO = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
FILES = sorted(path for kind in ("exercises", "routines") for path in (SHIPPED / kind).glob("*.toml"))

EXERCISE = """\
id = "{id}"
name = "{name}"
kind = "mobility"
position = "standing"
purpose = "Any."
{more}
[dose]
reps = 3  # a few
[cues]
"""
ROUTINE = """\
id = "{id}"
name = "{name}"
purpose = "Any."
{more}
[[step]]
exercise = "{exercise}"
"""


def exercise(id: str, more: str = "", name: str = "Any") -> str:
    return EXERCISE.format(id=id, name=name, more=more)


def routine(id: str, exercise: str, more: str = "", name: str = "Any") -> str:
    return ROUTINE.format(id=id, name=name, exercise=exercise, more=more)


def tree(folder: Path) -> dict[str, bytes]:
    """All files but the schemas, which come with each first one."""
    return {
        name: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith("schemas/")
    }


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A person at a terminal who types these lines."""

    def type_(*lines: str) -> None:
        monkeypatch.setattr(streams, "is_terminal", lambda _: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_


@pytest.fixture
def shared(tmp_path: Path) -> Callable[[str], str]:
    """Writes a file that somebody handed on."""

    def write(text: str | bytes) -> str:
        path = tmp_path / "shared.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


# --- the form -----------------------------------------------------------------------------------

values = st.lists(st.one_of(exercises, routines), min_size=1, max_size=3, unique_by=lambda one: (type(one), one.id))


@settings(max_examples=50, deadline=None)
@given(values=values)
def test_any_values_come_back(values):
    """Whatever is shared is taken in with equal values, and each with the text of a file of its own."""
    items = taken(parse(to_share(Item(value, to_toml(value)) for value in values), "shared"))
    assert sorted(map(repr, values)) == sorted(repr(item.value) for item in items)
    for item in items:
        assert taken(parse(item.text, "own")) == [structs.replace(item, keys=(), above=0)]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet=st.sampled_from("[].\"'#=\n \tabrx1{},\\") | st.characters(), max_size=80))
def test_any_comment_or_string_is_followed_or_laid_out_anew(text):
    """Whatever stands in a comment or in a text of several lines, the values come back."""
    comment = "".join(f"# {line}\n" for line in re.split(r"[\x00-\x1f\x7f]", text))
    quoted = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]", "", text).replace("\\", "").replace("'''", "")
    note = f"notes = ['''\n-{quoted} ''', \"x\"]"
    source = comment.encode("utf-8", "ignore").decode() + routine("day", "cat-cow", note)
    value = taken(parse(source, "own"))[0].value
    (item,) = taken(parse(to_share([Item(value, source)]), "shared"))
    assert item.value == value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_comments_are_kept(path):
    """A shipped file goes out and comes back letter by letter."""
    text = path.read_text("utf-8")
    (item,) = taken(parse(to_share([Item(check(path), text)]), "shared"))
    assert item.text == text


@pytest.mark.parametrize(
    "text",
    [
        'id = "a"\nname = "A"\npurpose = "x"\nstep = [\n  { exercise = "cat-cow" },\n]\n',
        'id = "a"\nname = "A"\npurpose = "x"\n[[ "step" ]]\nexercise = "cat-cow"\n[ step . \'dose\' ]  # ]\nreps = 3\n',
        'id = "a"\nname = "A"\npurpose = "x"\nnotes = ["""\n[[step]]\n"""]\n[[step]]\nexercise = "cat-cow"\n',
        '[[step]]\nexercise = "cat-cow"\ndose.reps = [\n3,\n]\n[step.dose.source]\nreps = "me"\n[source]\n',
    ],
)
def test_other_ways_of_writing(text):
    """A file in another layout, which cannot always be followed, comes back with the same value."""
    text = text if text.startswith("id") else 'id = "a"\nname = "A"\npurpose = "x"\n' + text
    value = taken(parse(text, "own"))[0].value
    assert taken(parse(to_share([Item(value, text)]), "shared"))[0].value == value


def test_the_form_is_as_it_is_told(cli: Any, trial: str) -> None:
    """A mark with the version, then tables of routines and exercises with the keys of their own files."""
    _, out, _ = cli("share", trial)
    table = tomli.loads(out)
    assert table["trainer-share"] == 1
    assert set(table) == {"trainer-share", "routine", "exercise"}
    assert [one["id"] for one in table["routine"]] == ["trial"]
    assert [step["exercise"] for step in table["routine"][0]["step"]] == ["reach", "nod", "wait"]
    assert {one["id"] for one in table["exercise"]} == {"reach", "nod", "wait"}


# --- share --------------------------------------------------------------------------------------


def shared_ids(out: str) -> set[str]:
    table = tomli.loads(out)
    return {f"{kind}/{one['id']}" for kind in ("routine", "exercise") for one in table.get(kind, [])}


def test_share_takes_all_that_is_own(cli: Any, own: Any) -> None:
    """Own exercises come along with their other forms, and with what a check suggests, round a loop too; shipped ones
    do not, but for what replaces them."""
    own("routines/day.toml", routine("day", "a") + '[[step]]\nexercise = "bird-dog"\n')
    own("exercises/a.toml", exercise("a", 'easier = "b"\nharder = "cat-cow"'))
    own("exercises/b.toml", exercise("b", 'easier = "c"\nharder = "a"'))
    own("exercises/c.toml", exercise("c", 'harder = "b"'))
    own("exercises/hip-extension.toml", exercise("hip-extension"))  # an easier form of bird-dog
    own("exercises/other.toml", exercise("other", 'easier = "a"'))
    status, out, err = cli("share", "day")
    assert (status, err) == (0, "")
    assert shared_ids(out) == {
        *("routine/day", "exercise/a", "exercise/b", "exercise/c", "exercise/hip-extension"),
    }
    assert shared_ids(cli("share", "b")[1]) == {"exercise/a", "exercise/b", "exercise/c"}


def test_share_a_check(cli: Any, own: Any) -> None:
    """A routine of one's own that a check suggests comes along with its exercises; a shipped one does not."""
    answers = (
        '[[check.answer]]\nid="y"\ntext="Y"\nroutine="{0}"\n[[check.answer]]\nid="n"\ntext="N"\nroutine="desk-break"\n'
    )
    text = exercise("look").replace("mobility", "check").replace("reps = 3", "open = true")
    own("exercises/look.toml", text + '[check]\nquestion = "Well?"\n' + answers.format("day"))
    own("routines/day.toml", routine("day", "a"))
    own("exercises/a.toml", exercise("a"))
    assert shared_ids(cli("share", "look")[1]) == {"exercise/look", "routine/day", "exercise/a"}


def test_share_a_shipped_one(cli: Any) -> None:
    """A shipped routine or exercise can be shared, by any of its names."""
    assert shared_ids(cli("share", "lower-back-list")[1]) == {"routine/lower-back-list"}
    assert shared_ids(cli("share", "Bird dog")[1]) == {"exercise/bird-dog"}


def test_share_into_a_file(cli: Any, trial: str, tmp_path: Path) -> None:
    """The file holds what would be printed; another is replaced only when that is said."""
    path = tmp_path / "out.toml"
    printed = cli("share", trial)[1]
    status, out, err = cli("share", trial, "--to", str(path))
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"Written: {path}"
    assert "exercise nod: Nod" in out
    assert path.read_text("utf-8") == printed
    path.write_text("theirs")
    status, out, err = cli("share", trial, "--to", str(path))
    assert (status, out) == (2, "")
    assert "--force" in err
    assert path.read_text() == "theirs"
    assert cli("share", trial, "--to", str(path), "--force")[0] == 0
    assert path.read_text("utf-8") == printed
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@posix
@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("to", ["theirs", "nothing"])
def test_share_through_no_link(cli: Any, trial: str, tmp_path: Path, force: list[str], to: str) -> None:
    """A link is neither followed nor replaced."""
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "out.toml").symlink_to(tmp_path / to)
    status, _, err = cli("share", trial, "--to", str(tmp_path / "out.toml"), *force)
    assert status == 2
    assert "found a link" in err
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert not (tmp_path / "nothing").exists()
    assert (tmp_path / "out.toml").is_symlink()


@pytest.mark.parametrize("to", ["", ".", "..", "/", "missing/x.toml", "a\0b", "file/x", "\x1b[2J/x"])
def test_share_where_no_file_can_be(cli: Any, trial: str, tmp_path: Path, monkeypatch: Any, to: str) -> None:
    """What cannot be a file is an error that names it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    before = tree(tmp_path)
    status, out, err = cli("share", trial, "--to", to)
    assert status in (1, 2)
    assert out == ""
    assert err.startswith("trainer:")
    assert "a fault in the program" not in err
    assert "\x1b" not in err
    assert tree(tmp_path) == before


def test_share_on_a_full_disk(cli: Any, trial: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes nothing is told, and what was there stays."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out.toml").write_text("theirs")
    monkeypatch.setattr(OpenFolder, "move", full)
    status, _, err = cli("share", trial, "--to", str(tmp_path / "out.toml"), "--force")
    assert status == 1
    assert "no space left on device" in err
    assert (tmp_path / "out.toml").read_text() == "theirs"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_share_what_is_broken(cli: Any, own: Any, tmp_path: Path) -> None:
    """What another could not use is not shared; the reason is the file's own."""
    own("routines/day.toml", routine("day", "a"))
    own("exercises/a.toml", exercise("a", 'easier = "gone"'))
    status, out, err = cli("share", "day")
    assert (status, out) == (2, "")
    assert "easier" in err
    assert "'gone'" in err
    own("exercises/a.toml", exercise("a", "sweat = 3"))
    status, out, err = cli("share", "day")
    assert (status, out) == (2, "")
    assert "sweat: found 3" in err


def test_share_what_no_folder_takes(cli: Any, own: Any) -> None:
    """An id that some systems cannot have as a file's name is told to whoever shares it."""
    own("routines/con.toml", routine("con", "cat-cow"))
    status, out, err = cli("share", "con")
    assert (status, out) == (2, "")
    assert "'con', which Windows takes for a device" in err


def test_share_too_much(cli: Any, own: Any) -> None:
    """More than `add` would take is refused."""
    steps = "".join(f'[[step]]\nexercise = "e{number}"\n' for number in range(4))
    own("routines/day.toml", 'id = "day"\nname = "D"\npurpose = "x"\n' + steps)
    for number in range(4):
        own(f"exercises/e{number}.toml", exercise(f"e{number}") + "# long\n" * 10_000)
    status, out, err = cli("share", "day")
    assert (status, out) == (2, "")
    assert "262,144" in err


@posix
def test_share_reads_through_no_link(cli: Any, own: Any, tmp_path: Path) -> None:
    """A file that lies elsewhere is not handed on with what else stands in it."""
    own("routines/day.toml", routine("day", "a"))
    (tmp_path / "a.toml").write_text(exercise("a") + "# private\n")
    (tmp_path / "config" / "exercises").mkdir()
    (tmp_path / "config" / "exercises" / "a.toml").symlink_to(tmp_path / "a.toml")
    status, out, err = cli("share", "day")
    assert (status, out) == (2, "")
    assert "found a link" in err


def test_share_steers_no_terminal(cli: Any, own: Any) -> None:
    """What stands in comments is cleaned, too."""
    own("routines/day.toml", "# \u202e \u2028 \u2067\n" + routine("day", "cat-cow"))
    status, out, _ = cli("share", "day")
    assert status == 0
    assert "# \ufffd \ufffd \ufffd" in out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_share_is_utf_8(folders: Paths, own: Any, encoding: str) -> None:
    """What is printed into a file or a pipe is UTF-8 whatever the terminal has, and is taken in from there."""
    own("routines/day.toml", routine("day", "cat-cow", name="Rücken 長"))
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "trainer"]
    out = subprocess.run([*command, "share", "day"], env=environment, capture_output=True, check=True).stdout
    assert "Rücken 長" in out.decode("utf-8")
    other = folders.data / "other"
    add = [*command, "--config-dir", str(other), "add", "-", "--yes"]
    subprocess.run(add, env=environment, input=out, capture_output=True, check=True)
    assert check(other / "routines" / "day.toml") == check(folders.config / "routines" / "day.toml")


# --- add ----------------------------------------------------------------------------------------


def test_what_is_shared_is_taken_in(cli: Any, trial: str, folders: Paths, tmp_path: Path) -> None:
    """In an empty folder the files are those that were shared, comments and all, and the routine can be used."""
    cli("share", trial, "--to", str(tmp_path / "out.toml"))
    other = tmp_path / "other"
    status, out, err = cli("--config-dir", str(other), "add", str(tmp_path / "out.toml"), "--yes")
    assert (status, err) == (0, "")
    assert "Adds routine trial: Trial, 3 steps" in out
    assert "Try it: trainer run trial --rehearse" in out
    for path in folders.config.rglob("*.toml"):
        copy = other / path.relative_to(folders.config)
        assert copy.read_text("utf-8").split("\n", 1)[1] == path.read_text("utf-8")
    assert cli("--config-dir", str(other), "check")[0] == 0
    status, out, _ = cli("--config-dir", str(other), "add", str(tmp_path / "out.toml"))
    assert status == 0
    assert "There is nothing to add." in out
    assert ".bak" not in " ".join(tree(other))


@pytest.mark.parametrize("text", [exercise("mine"), routine("mine", "cat-cow")])
def test_a_plain_file(cli: Any, shared: Any, folders: Paths, text: str) -> None:
    """The file of one routine or exercise is taken in under its id, whatever it is called."""
    assert cli("add", shared("# note\n" + text), "--yes")[0] == 0
    (path,) = folders.config.rglob("mine.toml")
    assert path.read_text("utf-8").partition("\n")[2] == "# note\n" + text
    assert path.read_text("utf-8").startswith("#:schema ../schemas/")


def test_from_standard_input(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is standard input, which leaves nobody to be asked."""
    data = routine("mine", "cat-cow").encode()
    for more, wanted in (([], 2), (["--dry-run"], 0), (["--yes"], 0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert cli("add", "-", *more)[0] == wanted
        assert bool(list(folders.config.rglob("mine.toml"))) is (more == ["--yes"])
    for wrong, said in (
        (b"x" * (MAX_BYTES + 5), "found more bytes; allowed: 262,144 at most"),
        (b"\xff", "byte 0xff"),
        (b"", "name: found nothing"),
        (b'id = "a"\nid = "b"\n', "id a second time; it stands in line 1 already"),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(wrong)))
        status, _, err = cli("add", "-", "--yes")
        assert status == 2
        assert "standard input:" in err
        assert said in err


def test_standard_input_goes_through_no_file(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes in there is read without another file being made for it."""
    opened: list[str] = []
    open_ = os.open
    monkeypatch.setattr(
        os, "open", lambda path, *rest, **named: opened.append(str(path)) or open_(path, *rest, **named)
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(routine("mine", "cat-cow").encode())))
    assert cli("add", "-", "--dry-run")[0] == 0
    assert all(path.startswith(str(SHIPPED)) for path in opened)


@pytest.mark.parametrize(("answer", "wanted"), [("y", 0), ("n", 1), ("Y", 0), (None, 1)])
def test_asking(cli: Any, shared: Any, folders: Paths, typed: Any, answer: str | None, wanted: int) -> None:
    """At a terminal a person says yes or no; where nobody answers it is no."""
    path = shared(routine("mine", "cat-cow"))
    typed(*([answer] if answer else []))
    status, out, _ = cli("add", path)
    assert status == wanted
    assert "Adds routine mine: Any, 1 step\n" in out
    assert bool(tree(folders.config) if folders.config.exists() else {}) is (wanted == 0)
    assert ("Nothing was written." in out) is (wanted == 1)


def test_without_a_terminal(cli: Any, shared: Any, tmp_path: Path) -> None:
    """Where nobody can be asked, nothing is written without `--yes`."""
    path = shared(routine("mine", "cat-cow"))
    status, out, err = cli("add", path)
    assert status == 2
    assert "Adds routine mine" in out
    assert "--yes" in err
    status, out, _ = cli("add", path, "--dry-run", "--yes")
    assert status == 0
    assert "Nothing was written." in out
    assert set(tree(tmp_path)) == {"shared.toml"}


def test_replacing_an_own_file(cli: Any, own: Any, shared: Any) -> None:
    """What is replaced is told with what differs, and kept beside."""
    path = own("routines/day.toml", routine("day", "cat-cow", name="Old"))
    before = path.read_bytes()
    new = routine("day", "cat-cow", name="New") + '[[step]]\nexercise = "bird-dog"\n'
    status, out, _ = cli("add", shared(new), "--yes")
    assert status == 0
    for text in (
        "Replaces your own routine day: New, 2 steps",
        "It is called Old now.",
        "- name: Old before, New after",
        "- step: 1 before, 2 after",
        '-name = "Old"',
        '+name = "New"',
        '+exercise = "bird-dog"',
        f"What was there before: {path}.bak",
    ):
        assert text in out
    assert Path(f"{path}.bak").read_bytes() == before


def test_replacing_a_broken_file(cli: Any, own: Any, shared: Any) -> None:
    """A file that cannot be read is replaced like another."""
    path = own("routines/day.toml", "broken")
    status, out, _ = cli("add", shared(routine("day", "cat-cow")), "--yes")
    assert status == 0
    assert "What is there cannot be read." in out
    assert Path(f"{path}.bak").read_text() == "broken"


def test_replacing_a_shipped_one(cli: Any, shared: Any) -> None:
    """A shipped exercise that is replaced is named as such; the same as a shipped one is nothing to add."""
    text = (SHIPPED / "exercises" / "bird-dog.toml").read_text("utf-8")
    assert "There is nothing to add." in cli("add", shared(text))[1]
    status, out, _ = cli("add", shared(text.replace("Bird dog", "My bird dog")), "--dry-run")
    assert status == 0
    assert "Replaces the shipped exercise bird-dog: My bird dog" in out
    assert "- name: Bird dog before, My bird dog after" in out


def test_a_long_difference(cli: Any, own: Any, shared: Any) -> None:
    """Before the question a long difference is cut, and says so; a dry run shows all of it."""
    own("routines/day.toml", routine("day", "cat-cow"))
    path = shared(routine("day", "cat-cow", name="New") + "# more\n" * 500)
    out = cli("add", path)[1]
    assert out.count("+# more") < 50
    assert "more lines; --dry-run shows all" in out
    assert cli("add", path, "--dry-run")[1].count("+# more") == 500


def test_a_difference_that_would_take_long(cli: Any, own: Any, shared: Any) -> None:
    """Files of very many lines are not compared line by line, and a very long line is cut before the question."""
    own("routines/day.toml", routine("day", "cat-cow") + "".join(f"# {number}\n" for number in range(9000)))
    path = shared(routine("day", "cat-cow", name="New") + "".join(f"# {number}\n#\n" for number in range(9000)))
    out = cli("add", path)[1]
    assert "too many to compare" in out
    assert len(out) < 1000
    own("routines/day.toml", routine("day", "cat-cow"))
    path = shared(routine("day", "cat-cow", name="New") + "# " + "x" * 9000)
    assert max(map(len, cli("add", path)[1].splitlines())) < 300
    assert "x" * 9000 in cli("add", path, "--dry-run")[1]


def test_a_bundle_with_many_faults(cli: Any, shared: Any) -> None:
    """Of many routines with faults, as many problems are told as of one file."""
    steps = '[[routine.step]]\nexercise = "bird-dgo"\n' * 40
    heads = (f'[[routine]]\nid = "r{number}"\nname = "R"\npurpose = "x"\n' for number in range(100))
    status, _, err = cli("add", shared(MARK + steps.join(heads) + steps))
    assert status == 2
    assert len(err.splitlines()) == 101
    assert err.endswith("found more problems; allowed: none\n")


def test_a_bundle_of_several(cli: Any, shared: Any, folders: Paths) -> None:
    """Two routines that share an exercise come in together."""
    text = SHARED + "".join(
        f'[[routine]]\nid="{id}"\nname="R"\npurpose="x"\n[[routine.step]]\nexercise="a"\n' for id in ("r", "s")
    )
    assert cli("add", shared(text), "--yes")[0] == 0
    assert set(tree(folders.config)) == {"exercises/a.toml", "routines/r.toml", "routines/s.toml"}
    assert cli("check")[0] == 0


def test_what_would_break(cli: Any, own: Any, shared: Any) -> None:
    """A routine that could no longer be used is named before anything is written."""
    own("exercises/a.toml", exercise("a"))
    own("routines/day.toml", routine("day", "a") + "dose = { tempo_s = [1, 1] }\n")
    _, out, _ = cli("add", shared(exercise("a").replace("reps = 3", "hold_s = 3")), "--dry-run")
    assert "routine day can no longer be used" in out


MARK = "trainer-share = 1\n"
SHARED = (
    MARK + "[[exercise]]\n" + exercise("a").replace("[dose]", "[exercise.dose]").replace("[cues]", "[exercise.cues]")
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "shared.toml"),
        ("= 1", ":1:1: found no valid TOML"),
        (b"\xff", "allowed: text in UTF-8"),
        (b"x" * (MAX_BYTES + 1), "262,144 at most"),
        ("a = " + "[" * 5000, "found"),
        ("a." * 5000 + "a = 1", "found"),
        ("id = " + "9" * 5000, "found"),
        (MARK, "neither a routine nor an exercise"),
        ("trainer-share = 2\n", "shared.toml:1:17: trainer-share: found 2; allowed: 1; a newer trainer"),
        ("trainer-share = true\n", "found True"),
        ("trainer-share = 1.0\n", "found 1.0"),
        ("trainer-share = -1\n", "found -1"),
        ("[[routine]]\n", "trainer-share: found nothing"),
        (MARK + "routine = 3\n", "routine: found 3"),
        (MARK + "[routine]\n", "routine: found a table"),
        (MARK + "exercise = [1]\n", "exercise 1: found 1"),
        (MARK + "extra = 1\n", "extra: found an unknown key"),
        (SHARED.replace('"a"', '"../a"'), ":3:6: exercise 1.id: found '../a'"),
        (SHARED.replace('"a"', '"/etc/passwd"'), "exercise 1.id"),
        (SHARED.replace('"a"', '"con"'), ":3:6: exercise 1.id: found 'con', which Windows"),
        (SHARED.replace('"a"', '"A"'), "exercise 1.id"),
        (SHARED.replace('"a"', '"a\\u0000"'), "exercise 1.id"),
        (SHARED.replace('"a"', '"' + "a" * 65 + '"'), "exercise 1.id"),
        (SHARED.replace('"a"', '"é"'), "exercise 1.id"),
        (SHARED.replace("reps = 3", "reps = 1_000_000_000"), "exercise 1.dose.reps: found 1000000000"),
        (SHARED.replace("reps = 3", "reps = nan"), "exercise 1.dose.reps: found nan"),
        (SHARED.replace("reps = 3", "reps = 3\nhold_s = true"), "exercise 1.dose.hold_s: found true"),
        (SHARED.replace("reps = 3", "reps = 3\nabout_s = 3"), "exercise 1.dose.about_s"),
        (SHARED + SHARED.removeprefix(MARK), "exercise 2.id: found 'a' once more"),
        (SHARED.replace('purpose = "Any."', 'purpose = "Any."\neasier = "gone"'), ":8:10: easier: found 'gone'"),
        (SHARED.replace('purpose = "Any."', 'purpose = "Any."\neasier = "a"'), "easier"),
        (SHARED + '[[routine]]\nid="r"\nname="R"\npurpose="x"\n[[routine.step]]\nexercise="brid-dog"\n', "bird-dog?"),
        (SHARED + '[[routine]]\nid="a"\nname="R"\npurpose="x"\n[[routine.step]]\nexercise="a"\n', "'a', which is"),
        (MARK + "exercise = [\n" + "{},\n" * 301 + "]", "0 to 300 entries"),
        (routine("../x", "cat-cow"), "id: found '../x'"),
        (routine("r", "gone"), ":6:12: step 1.exercise: found 'gone'"),
        (routine("aux", "cat-cow"), ":1:6: id: found 'aux'"),
        (exercise("a", 'harder = "gone"'), "harder: found 'gone'"),
        (exercise("a", "\x1b = 1"), "no valid TOML"),
    ],
    ids=lambda one: ascii(one)[:40],
)
def test_what_cannot_be_taken_in(cli: Any, shared: Any, tmp_path: Path, text: str | bytes, said: str) -> None:
    """A file that is broken, hostile or not whole is an error with its place, and nothing is written."""
    path = shared(text)
    before = tree(tmp_path)
    for more in ([], ["--yes"], ["--dry-run"]):
        status, out, err = cli("add", path, *more)
        assert (status, out) == (2, "")
        assert said in err
        assert err.startswith(f"trainer: {path}")
        assert "\x1b" not in err
    assert tree(tmp_path) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_an_error_or_taken_in(data):
    """Any part of a shared file that is lost or doubled gives clear problems, or values; never another fault."""
    text = SHARED + '[[routine]]\nid = "r"\nname = "R"\npurpose = "x"\n[[routine.step]]\nexercise = "a"\n'
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    other = data.draw(st.sampled_from(["", text[start:end] * 2, "\0", "[[", '"', "\n", "𐀀", "[routine]\n"]))
    problems: tuple[Any, ...] = ()
    items: list[Item] = []
    try:
        items = taken(parse(text[:start] + other + text[end:], "shared"))
    except LibraryError as error:
        problems = error.problems
    assert bool(items) is not bool(problems)
    assert {problem.file for problem in problems} <= {"shared"}


def test_what_names_a_path_is_text(cli: Any, shared: Any, tmp_path: Path, folders: Paths) -> None:
    """Paths, addresses and markup in a file are text, and lead nowhere."""
    text = routine("day", "cat-cow", 'sources = ["/etc/passwd", "file:///etc/passwd", "../../x", "[@click=app.quit]x"]')
    assert cli("add", shared(text), "--yes")[0] == 0
    assert set(tree(folders.config)) == {"routines/day.toml"}
    assert {path.name for path in tmp_path.iterdir()} == {"shared.toml", "config"}


@posix
@pytest.mark.parametrize("what", ["routines", "exercises", "target", "dangling"])
def test_links_in_the_folder(cli: Any, own: Any, shared: Any, tmp_path: Path, folders: Paths, what: str) -> None:
    """A link in the folder is an error that names it; nothing is written, there or where it leads."""
    outside = tmp_path / "outside"
    outside.mkdir()
    own("settings.toml", "")
    folder = folders.config / "exercises"
    if what in ("routines", "exercises"):
        (folders.config / what).symlink_to(outside)
    else:
        folder.mkdir()
        (folder / "a.toml").symlink_to(outside / ("a.toml" if what == "target" else "gone"))
        if what == "target":
            (outside / "a.toml").write_text(exercise("a", name="Theirs"))
    text = SHARED + '[[routine]]\nid = "r"\nname = "R"\npurpose = "x"\n[[routine.step]]\nexercise = "a"\n'
    path = shared(text)
    before = tree(tmp_path)
    status, _, err = cli("add", path, "--yes")
    assert status == 2
    assert "found a link" in err
    assert "Theirs" not in err
    assert tree(tmp_path) == before


@posix
@pytest.mark.parametrize("what", ["folder", "pipe", "missing", "device"])
def test_what_is_no_file(cli: Any, tmp_path: Path, what: str) -> None:
    """A folder, a pipe, a device or nothing at all is told at once."""
    path = tmp_path / "x.toml"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path = Path("/dev/zero")
    status, out, err = cli("add", str(path), "--yes")
    assert (status, out) == (2, "")
    assert str(path) in err


def test_a_failure_in_the_middle(cli: Any, own: Any, shared: Any, tmp_path: Path, monkeypatch: Any) -> None:
    """Where the last of several files cannot be put into place, all is as it was, and that is told with status 1."""
    own("exercises/a.toml", exercise("a", name="Old"))
    path = shared(SHARED + '[[routine]]\nid = "r"\nname = "R"\npurpose = "x"\n[[routine.step]]\nexercise = "a"\n')
    before = tree(tmp_path)
    move = Change.move

    def failing(self: Change) -> None:
        if self.name == "r.toml":
            raise OSError(28, "No space left on device")
        move(self)

    monkeypatch.setattr(Change, "move", failing)
    status, _, err = cli("add", path, "--yes")
    assert status == 1
    assert err.endswith("no space left on device\nNothing was changed.\n")
    assert tree(tmp_path) == before


def test_hostile_text_steers_no_terminal(cli: Any, own: Any, shared: Any) -> None:
    """Names, comments and differences are shown as text, and what is written is clean."""
    own("routines/day.toml", routine("day", "cat-cow"))
    text = "# \u202e\n" + routine("day", "cat-cow", name="[L] \\u001b]0;t\\u0007\\u202e")
    status, out, err = cli("add", shared(text), "--yes")
    assert status == 0
    assert "[L] \ufffd" in out
    assert not any(char in out + err for char in "\x1b\x07\u202e")
