"""`new` and `edit`."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.cli import editor, streams
from trainer.cli.errors import Refusal
from trainer.library.change import Change
from trainer.library.reader import check
from trainer.library.shelf import SHIPPED
from trainer.paths import Paths

REPO = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="links and signals as POSIX has them")
GOOD = """\
# mine
id = "day"
name = "Day"
purpose = "Any."
[[step]]
exercise = "cat-cow"
"""
BAD = GOOD.replace("cat-cow", "cat-cwo").replace('name = "Day"', "name = 3")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A person at a terminal who types these lines."""

    def type_(*lines: str) -> None:
        monkeypatch.setattr(streams, "is_terminal", lambda _: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_


@pytest.fixture
def editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes the editor a program that runs a line of Python for each time that it is opened."""
    monkeypatch.delenv("VISUAL", raising=False)

    def edit(*codes: str, variable: str = "EDITOR") -> Path:
        seen = tmp_path / "seen"
        script = tmp_path / "an editor.py"
        script.write_text(
            "import os, sys\nfrom pathlib import Path\n"
            f"seen = Path({str(seen)!r})\n"
            "times = len(seen.read_text().splitlines()) if seen.exists() else 0\n"
            "path = Path(sys.argv[-1])\n"
            "with seen.open('a') as file:\n    print(*sys.argv[1:], file=file)\n"
            f"exec({list(codes)!r}[times])\n"
        )
        monkeypatch.setenv(variable, f'"{sys.executable}" "{script}" --wait')
        return seen

    return edit


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- new ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("argv", [["Evening back"], ["evening-back"], ["  Evening   BACK! "]])
def test_new(cli: Any, folders: Paths, argv: list[str]) -> None:
    """A new routine lies where it is said to, passes the check, is listed, and says what to do next."""
    status, out, err = cli("new", *argv)
    path = folders.config / "routines" / "evening-back.toml"
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"Written: {path}"
    assert {"trainer edit evening-back", f"trainer check {path}", "trainer run evening-back --rehearse"} <= {
        line.partition(":")[2].strip() for line in out.splitlines()
    }
    assert cli("check", str(path)) == (0, f"{path}: ok (routine)\n", "")
    assert "evening-back" in cli("list")[1]


def test_new_explains_every_key(cli: Any, folders: Paths) -> None:
    """The file names each key that a routine, a step and a dose may have, in use or behind a #; sources are for those
    who cite."""
    from trainer.library.model import Cues, Dose, Exercise, Routine, Step

    cli("new", "day")
    cli("new", "reach", "--exercise")
    routine = (folders.config / "routines" / "day.toml").read_text("utf-8")
    exercise = (folders.config / "exercises" / "reach.toml").read_text("utf-8")
    of_routine = {*Routine.__struct_fields__, *Step.__struct_fields__, *Dose.__struct_fields__}
    for key in of_routine - {"source", "sources", "says", "level"}:
        assert re.search(rf"\b{key}\b", routine), key
    for key in {*Exercise.__struct_fields__, *Cues.__struct_fields__} - {"check", "parts", "sources"}:
        assert re.search(rf"\b{key}\b", exercise), key


def test_every_hint_in_a_new_file_can_be_used(cli: Any, folders: Paths) -> None:
    """With the # taken away each line that is offered is one that the reader takes."""
    cli("new", "day")
    cli("new", "reach", "--exercise")
    for path in (folders.config / "routines" / "day.toml", folders.config / "exercises" / "reach.toml"):
        text = path.read_text("utf-8")
        hints = re.findall(r"(?m)^# (?:# )?\w+ = (?=.)", text)
        assert len(hints) > 6
        for hint in hints:
            key = hint.strip("# =")
            if key in ("time_s", "breaths", "in_s", "out_s", "open", "about_s", "self_paced", "tempo_s", "exercise"):
                continue  # a kind of dose in a step of its own
            changed = text if re.search(rf"(?m)^{key} =", text) else text.replace(hint, hint.lstrip("# "), 1)
            path.write_text(changed, "utf-8")
            assert cli("check", str(path))[0] == 0, hint
        path.write_text(text, "utf-8")


def test_new_runs_at_once(cli: Any, plain: Any) -> None:
    """What was written runs from the first step to the last, for the logbook and as a rehearsal."""
    assert cli("new", "Evening back")[0] == 0
    assert cli("new", "reach", "--exercise")[0] == 0
    for id, steps in (("evening-back", {"cat-cow", "bird-dog", "knee-to-chest"}), ("reach", {"reach"})):
        assert plain(id, interactive=False, rehearsal=True) == 0
        assert "Tomorrow" in plain.person.text
        assert plain(id, interactive=False) == 0
        assert {work.exercise for work in plain.last().works} == steps
        assert {work.outcome for work in plain.last().works} == {"done"}


@pytest.mark.parametrize("source", ["lower-back-list", "bird-dog", "Bird dog", "uneven-hips"])
def test_new_from(cli: Any, folders: Paths, source: str) -> None:
    """A copy keeps comments, doses and sources; id, name and group are one's own."""
    status, _, err = cli("new", "My own", "--from", source)
    assert (status, err) == (0, "")
    id = source.lower().replace(" ", "-")
    (path,) = folders.config.rglob("my-own.toml")
    (shipped,) = (found for kind in ("exercises", "routines") for found in (SHIPPED / kind).glob(f"{id}.toml"))
    text, before = path.read_text("utf-8"), shipped.read_text("utf-8")
    assert re.findall("#.*", text)[1:] == re.findall("#.*", before)
    value, original = check(path), check(shipped)
    assert (value.id, value.name) == ("my-own", "My own")
    assert value.sources == original.sources
    assert getattr(value, "figure", None) == (id if path.parent.name == "exercises" else None)
    assert getattr(value, "group", "own") == "own"
    assert path.parent.name == shipped.parent.name
    assert cli("check", str(path))[0] == 0


def test_new_from_an_own_file(cli: Any, own: Any, folders: Paths) -> None:
    """A file of one's own can be copied, too; a broken one is told and nothing is written."""
    own("routines/day.toml", GOOD)
    assert cli("new", "Night", "--from", "day")[0] == 0
    assert "# mine" in (folders.config / "routines" / "night.toml").read_text("utf-8")
    own("routines/day.toml", BAD)
    status, out, err = cli("new", "Noon", "--from", "day")
    assert (status, out) == (2, "")
    assert "name: found 3" in err
    assert not (folders.config / "routines" / "noon.toml").exists()


def test_new_is_completed_by_editors(cli: Any, folders: Paths) -> None:
    """The first line leads, from the file, to the schema of its kind, as it is shipped."""
    cli("new", "day")
    cli("new", "reach", "--exercise")
    for path in (folders.config / "routines" / "day.toml", folders.config / "exercises" / "reach.toml"):
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith("#:schema ../schemas/")
        schema = (path.parent / first.removeprefix("#:schema ")).resolve()
        assert schema.read_bytes() == (SHIPPED.parent / "schema" / schema.name).read_bytes()
        assert schema.stem == path.parent.name.removesuffix("s")


@posix
def test_new_without_schemas(cli: Any, folders: Paths, tmp_path: Path) -> None:
    """Where the schemas cannot be written the file is, and that is told."""
    (tmp_path / "outside").mkdir()
    folders.config.mkdir()
    (folders.config / "schemas").symlink_to(tmp_path / "outside")
    status, out, err = cli("new", "day")
    assert status == 0
    assert "found a link" in err
    assert "Written" in out
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "-", "長い名前", "../x", "/etc/x", "a/b", "a\\b", "..", "con", "NUL", "Com1", "x" * 81, "a\0b"),
        *("\x1b[2Jx", "a\u202eb", "[b]\x07"),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("more", [[], ["--exercise"], ["--from", "bird-dog", "--replace"]], ids=str)
def test_names_that_give_no_file(cli: Any, tmp_path: Path, name: str, more: list[str]) -> None:
    """A name that is a path, a device, too long, or gives no id is an error that says what is allowed."""
    status, out, err = cli("new", name, *more)
    assert (status, out) == (2, "")
    assert "found" in err
    assert "allowed" in err
    assert not any(char in err for char in "\x1b\x07\u202e\0")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ["[b] a [L]", "Día 1", 'it\'s "so"', "日 1", "naïve ½", "# hash", "x" * 80])
def test_odd_names_that_give_one(cli: Any, folders: Paths, name: str) -> None:
    """Any other name stands in the file as it was given."""
    assert cli("new", name)[0] == 0
    (path,) = (folders.config / "routines").glob("*.toml")
    assert check(path).name == name


def test_new_over_an_own_file(cli: Any, own: Any) -> None:
    """A file of one's own is never written over, and the way on is named."""
    path = own("routines/day.toml", "broken")
    for more in ([], ["--replace"], ["--from", "desk-break"]):
        status, out, err = cli("new", "Day", *more)
        assert (status, out) == (2, "")
        assert "trainer edit day" in err
        assert path.read_text() == "broken"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["desk-break"], "--replace"),
        (["Bird dog", "--exercise"], "--replace"),
        (["bird-dog", "--from", "bird-dog"], "--replace"),
        (["bird-dog"], "id of an exercise already"),
        (["bird-dog", "--replace"], "id of an exercise already"),
        (["desk-break", "--exercise", "--replace"], "id of a routine already"),
        (["x", "--from", "brid-dog"], "Did you mean bird-dog?"),
        (["x", "--from", "desk-break", "--exercise"], "not an exercise"),
        (["x", "--from", "../x"], "neither a routine nor an exercise"),
        (["hip-extension", "--from", "bird-dog", "--replace"], "another exercise"),
    ],
)
def test_new_refuses(cli: Any, tmp_path: Path, argv: list[str], said: str) -> None:
    """What would replace a shipped file, hide something or be broken is refused, and nothing is written."""
    status, out, err = cli("new", *argv)
    assert (status, out) == (2, "")
    assert said in err
    assert tree(tmp_path) == {}


def test_new_in_the_place_of_a_shipped_one(cli: Any, folders: Paths) -> None:
    """`--replace` says so, keeps the name, and the copy is what is shown from then on."""
    status, out, _ = cli("new", "bird-dog", "--from", "bird-dog", "--replace")
    assert status == 0
    assert "takes the place of the shipped exercise" in out
    path = folders.config / "exercises" / "bird-dog.toml"
    assert check(path) == check(SHIPPED / "exercises" / "bird-dog.toml")


def test_new_on_a_full_disk(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes nothing is told with status 1, and nothing is left."""

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Change, "stage", full)
    status, out, err = cli("new", "day")
    assert (status, out) == (1, "")
    assert "no space left on device" in err
    assert "Nothing was changed." in err
    assert tree(tmp_path) == {}


def test_no_home(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder is known that is said, with the way out."""
    for name in ("TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR", "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    for argv in (["new", "day"], ["edit", "day"], ["share", "desk-break"], ["add", "x"]):
        status, _, err = cli(*argv)
        assert status == 2
        assert "--config-dir" in err


def test_completion_knows_own_files(cli: Any, own: Any) -> None:
    """`edit` is completed with every file of one's own that can be opened, broken ones first of all; `check` and `add`
    with files."""
    own("routines/day.toml", GOOD)
    own("exercises/broken.toml", "broken")
    own("exercises/a $(touch x).toml", "broken")
    out = cli("completion", "bash")[1]
    assert re.search(r"(?m)^_shtab_trainer_edit_pos_0_choices=\(day broken\)$", out)
    for name in ("share_pos_0", "new___from", "run_pos_0"):
        assert re.search(rf"(?m)^_shtab_trainer_{name}_choices=\(.*\bday\b", out), name
    for name in ("check_pos_0", "add_pos_0", "share___to"):
        assert f"_shtab_trainer_{name}_COMPGEN=_shtab_compgen_files" in out
    assert "touch" not in out


# --- edit ---------------------------------------------------------------------------------------


def write(text: str) -> str:
    return f"path.write_text({text!r}, 'utf-8')"


def save_by_rename(text: str) -> str:
    return f"new = path.with_name('new'); new.write_text({text!r}, 'utf-8'); os.replace(new, path)"


CHANGED = GOOD.replace("Any.", "Other.")


@pytest.mark.parametrize("save", [write, save_by_rename])
@pytest.mark.parametrize("name", ["day", "Day"])
def test_edit(cli: Any, own: Any, editing: Any, save: Any, name: str) -> None:
    """The editor gets its own arguments and the file; what it saved, in place or by a new file, is checked."""
    path = own("routines/day.toml", GOOD)
    seen = editing(save(CHANGED))
    assert cli("edit", name) == (0, f"{path}: ok (routine)\n", "")
    assert seen.read_text() == f"--wait {path}\n"
    assert path.read_text("utf-8") == CHANGED
    assert tree(path.parent) == {"day.toml": CHANGED.encode()}


def test_edit_brings_the_schemas_up_to_date(cli: Any, own: Any, editing: Any, folders: Paths) -> None:
    """Schemas of an older version are replaced before the editor reads them; where there are none, none are made."""
    own("routines/day.toml", GOOD)
    editing("pass", "pass")
    assert cli("edit", "day")[0] == 0
    assert not (folders.config / "schemas").exists()
    old = own("schemas/routine.json", "{}")
    assert cli("edit", "day")[0] == 0
    assert old.read_bytes() == (SHIPPED.parent / "schema" / "routine.json").read_bytes()


def test_visual_comes_first(cli: Any, own: Any, editing: Any) -> None:
    """`$VISUAL` is asked before `$EDITOR`."""
    path = own("routines/day.toml", GOOD)
    editing(write(CHANGED), variable="VISUAL")
    os.environ["EDITOR"] = "nothing-of-that-name"
    try:
        assert cli("edit", "day")[0] == 0
    finally:
        del os.environ["EDITOR"]
    assert path.read_text("utf-8") == CHANGED


def test_nothing_changed(cli: Any, own: Any, editing: Any) -> None:
    """An editor that saves nothing is told of; the file is checked all the same."""
    path = own("routines/day.toml", GOOD)
    editing("pass", "pass")
    assert cli("edit", "day") == (0, f"Nothing changed in {path}.\n", "")
    own("routines/day.toml", BAD)
    status, out, err = cli("edit", "day")
    assert (status, out) == (2, f"Nothing changed in {path}.\n")
    assert "name: found 3" in err


def test_a_broken_file_without_a_terminal(cli: Any, own: Any, editing: Any) -> None:
    """Every problem is told, the file stays as it was saved, and the status is 2."""
    path = own("routines/day.toml", GOOD)
    editing(write(BAD))
    status, out, err = cli("edit", "day")
    assert (status, out) == (2, "")
    assert f"{path}:3:8: name: found 3" in err
    assert "did you mean cat-cow?" in err
    assert path.read_text("utf-8") == BAD
    assert "desk-break" in cli("list")[1]


def test_edit_again(cli: Any, own: Any, editing: Any, typed: Any) -> None:
    """A broken file can be opened again until it is right; another answer than those offered is asked anew."""
    path = own("routines/day.toml", GOOD)
    seen = editing(write(BAD), write(BAD), write(CHANGED))
    typed("e", "what", "E")
    status, out, err = cli("edit", "day")
    assert status == 0
    assert "Found 'what'; allowed: e, k, r." in out
    assert out.endswith(f"{path}: ok (routine)\n")
    assert err.count("name: found 3") == 2
    assert len(seen.read_text().splitlines()) == 3


@pytest.mark.parametrize("answers", [["k"], []], ids=["k", "end of input"])
def test_keep(cli: Any, own: Any, editing: Any, typed: Any, answers: list[str]) -> None:
    """A broken file can stay as it is, and does where nobody answers; the status says that it is broken."""
    path = own("routines/day.toml", GOOD)
    editing(write(BAD))
    typed(*answers)
    assert cli("edit", "day")[0] == 2
    assert tree(path.parent) == {"day.toml": BAD.encode()}


@pytest.mark.parametrize(
    ("code", "kept"),
    [(write(BAD), BAD.encode()), ("path.write_bytes(b'\\xff\\0')", b"\xff\0"), ("path.unlink()", None)],
)
def test_restore(cli: Any, own: Any, editing: Any, typed: Any, code: str, kept: bytes | None) -> None:
    """What was there before comes back, whatever became of it; what was written is kept beside."""
    path = own("routines/day.toml", GOOD)
    editing(code)
    typed("r")
    status, out, _ = cli("edit", "day")
    assert status == 1
    assert f"Restored: {path}" in out
    assert tree(path.parent) == {"day.toml": GOOD.encode()} | ({"day.toml.bak": kept} if kept is not None else {})


def test_nothing_to_restore(cli: Any, own: Any, editing: Any, typed: Any) -> None:
    """Where nothing changed there is nothing to restore."""
    own("routines/day.toml", BAD)
    editing("pass")
    typed("r", "k")
    _, out, _ = cli("edit", "day")
    assert "allowed: e, k." in out
    assert "restore what" not in out


@pytest.mark.parametrize(
    ("code", "said", "left"),
    [
        ("sys.exit(3)", "status 3\nNothing was changed.", GOOD),
        (write(CHANGED) + "; sys.exit(1)", "status 1\nWhat it saved is in", CHANGED),
        (write(BAD) + "; sys.exit(1)", "name: found 3", BAD),
        pytest.param("os.kill(os.getpid(), 9)", "signal 9\nNothing", GOOD, marks=posix),
    ],
)
def test_an_editor_that_fails(cli: Any, own: Any, editing: Any, code: str, said: str, left: str) -> None:
    """The editor's failure is told with status 1, and the file is as the editor left it."""
    path = own("routines/day.toml", GOOD)
    editing(code)
    status, out, err = cli("edit", "day")
    assert (status, out) == (1, "")
    assert "the editor ended with" in err
    assert said in err
    assert tree(path.parent) == {"day.toml": left.encode()}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("nothing-of-that-name -w", "no such command"),
        ('"not closed', "a quote that is not closed"),
        ("/", "no such command"),
        ("''", "no such command"),
        ("\x1b[2J", "no such command"),
    ],
)
def test_an_editor_that_is_not_there(
    cli: Any, own: Any, monkeypatch: pytest.MonkeyPatch, value: str, said: str
) -> None:
    """A variable that names no command is told by its name."""
    path = own("routines/day.toml", GOOD)
    monkeypatch.setenv("VISUAL", value)
    status, out, err = cli("edit", "day")
    assert (status, out) == (2, "")
    assert "VISUAL" in err
    assert said in err
    assert "\x1b" not in err
    assert path.read_text("utf-8") == GOOD


@posix
def test_an_editor_that_cannot_be_run(cli: Any, own: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file that is no program is told."""
    own("routines/day.toml", GOOD)
    (tmp_path / "no-program").write_bytes(b"\x7fELF")
    (tmp_path / "no-program").chmod(0o700)
    monkeypatch.setenv("VISUAL", str(tmp_path / "no-program"))
    status, _, err = cli("edit", "day")
    assert status == 2
    assert "exec format error" in err


def test_no_editor_is_named(cli: Any, own: Any, monkeypatch: pytest.MonkeyPatch, typed: Any) -> None:
    """Without a variable the system's usual editor is taken; without a terminal, or one, that is told."""
    own("routines/day.toml", GOOD)
    for name in editor.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    status, _, err = cli("edit", "day")
    assert status == 2
    assert "no terminal here" in err
    typed()
    asked: list[str] = []
    monkeypatch.setattr(shutil, "which", asked.append)
    status, _, err = cli("edit", "day")
    assert status == 2
    assert "no editor was found" in err
    assert asked == list(editor._USUAL)


@pytest.mark.parametrize(
    ("value", "windows", "words"),
    [
        ("ed -w", False, ["-w"]),
        ("ed 'a b' c\\ d", False, ["a b", "c d"]),
        ('"ed" -w', False, ["-w"]),
        ('"ed" "C:\\a b\\c" -w', True, ["C:\\a b\\c", "-w"]),
        ("ed C:\\new", True, ["C:\\new"]),
    ],
)
def test_how_a_variable_is_read(monkeypatch: pytest.MonkeyPatch, value: str, windows: bool, words: list[str]) -> None:
    """Quotes and backslashes are read as each system's shells do."""
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/ed" if name == "ed" else None)
    assert editor.command({"VISUAL": " ", "EDITOR": value}, windows=windows) == ["/bin/ed", *words]


def test_a_path_with_blanks(tmp_path: Path) -> None:
    """A variable that is the path of a program, blanks and all, is taken whole."""
    program = tmp_path / "my editor.exe"
    program.write_text("")
    program.chmod(0o700)
    assert editor.command({"EDITOR": str(program)}) == [str(program)]
    with pytest.raises(Refusal):
        editor.command({"EDITOR": f"{program} -w"})


@posix
def test_an_interrupt_is_the_editors(own: Any, cli: Any, editing: Any) -> None:
    """Ctrl-C in the editor ends neither the program nor what it does afterwards."""
    own("routines/day.toml", GOOD)
    editing(f"import signal; signal.signal(2, 1); os.kill(os.getppid(), 2); {write(CHANGED)}")
    assert cli("edit", "day")[0] == 0


@posix
@pytest.mark.parametrize("what", ["file", "routines"])
def test_edit_follows_no_link(cli: Any, own: Any, folders: Paths, tmp_path: Path, editing: Any, what: str) -> None:
    """A link is told, and what it leads to is not opened."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "day.toml").write_text(GOOD)
    folders.config.mkdir()
    if what == "routines":
        (folders.config / "routines").symlink_to(tmp_path / "outside")
    else:
        (folders.config / "routines").mkdir()
        (folders.config / "routines" / "day.toml").symlink_to(tmp_path / "outside" / "day.toml")
    seen = editing(write(CHANGED))
    status, _, err = cli("edit", "day")
    assert status == 2
    assert "found a link" in err
    assert not seen.exists()
    assert (tmp_path / "outside" / "day.toml").read_text() == GOOD


def test_edit_shipped_without_a_terminal(cli: Any, tmp_path: Path) -> None:
    """A shipped file is not changed; the two ways to a copy are named as commands."""
    status, out, err = cli("edit", "bird-dog")
    assert (status, out) == (2, "")
    assert "trainer new NAME --from bird-dog --edit" in err
    assert "trainer new bird-dog --from bird-dog --replace --edit" in err
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    ("answers", "made"),
    [
        (["r"], "exercises/bird-dog.toml"),
        (["n", "Slow dog"], "exercises/slow-dog.toml"),
        (["n", ""], None),
        (["n"], None),
        (["q"], None),
        ([], None),
    ],
    ids=str,
)
def test_edit_shipped(cli: Any, folders: Paths, editing: Any, typed: Any, answers: list[str], made: str | None) -> None:
    """A copy is made under another id or the same, as the person wants it, and opened; or none is."""
    seen = editing("text = path.read_text(); path.write_text(text + '# seen\\n')")
    typed(*answers)
    status, _, err = cli("edit", "bird-dog")
    assert (status, err) == (0, "")
    files = {name for name in (tree(folders.config) if folders.config.exists() else {}) if "schemas" not in name}
    assert files == ({made} if made else set())
    assert seen.exists() is bool(made)
    if made:
        assert (folders.config / made).read_text("utf-8").endswith("# seen\n")
        assert cli("check", str(folders.config / made))[0] == 0


@pytest.mark.parametrize("name", ["brid-dog", "../day", "a\0b", "\x1b[2J", "", "x" * 5000])
def test_edit_what_is_not_there(cli: Any, own: Any, name: str) -> None:
    """An unknown name is told, with the nearest where there is one."""
    own("day.toml", GOOD)
    status, out, err = cli("edit", name)
    assert (status, out) == (2, "")
    assert "neither a routine nor an exercise" in err
    assert ("Did you mean bird-dog?" in err) is (name == "brid-dog")
    assert "\x1b" not in err


def test_edit_an_exercise_that_a_routine_uses(cli: Any, trial: str, folders: Paths, editing: Any, own: Any) -> None:
    """A change that leaves a routine of one's own without a dose that holds is told at once."""
    own("routines/other.toml", 'id="other"\nname="O"\npurpose="x"\n[[step]]\nexercise="nod"\ndose={tempo_s=[1,1]}\n')
    editing("path.write_text(path.read_text().replace('reps = 3', 'hold_s = 3'))")
    status, out, err = cli("edit", "nod")
    assert status == 0
    assert "nod.toml: ok (exercise)" in out
    assert err == "trainer: other cannot be used with it; trainer check says why\n"


def test_new_and_edit(cli: Any, folders: Paths, editing: Any) -> None:
    """`new --edit` opens what it wrote."""
    seen = editing("path.write_text(path.read_text().replace('Three gentle', 'Some'))")
    status, out, _ = cli("new", "Day", "--edit")
    path = folders.config / "routines" / "day.toml"
    assert status == 0
    assert seen.read_text() == f"--wait {path}\n"
    assert out.endswith(f"{path}: ok (routine)\n")


@pytest.mark.pty
@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_edit_in_a_real_terminal(own: Any, editing: Any, folders: Paths, tmp_path: Path) -> None:
    """A person sees the problems, goes back to the editor with one key, and ends with a file that can be used."""
    from tests.benchmarks.terminal import Terminal

    path = own("routines/day.toml", GOOD)
    editing(write(BAD), write(CHANGED))
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    with Terminal(
        [sys.executable, "-m", "trainer", "edit", "day"], environment=environment, folder=tmp_path
    ) as terminal:
        terminal.wait_for("edit again")
        terminal.press("e\r")
        terminal.wait_for(r"ok \(routine\)")
    assert path.read_text("utf-8") == CHANGED
