"""Several people on one machine: a logbook each, and nobody's by a slip of the hand."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.past import Past
from trainer.cli.lay import cells
from trainer.paths import NAME_RULE, Paths, person


def test_nobody_else_yet(cli: Any, folders: Paths) -> None:
    """Who the machine belongs to is listed, and how somebody else begins; nothing is made by looking."""
    assert cli("people") == (
        0,
        "me  no sessions yet\ntrainer people add NAME begins a logbook for somebody else.\n",
        "",
    )
    assert not folders.data.exists()


def test_a_logbook_each(cli: Any, folders: Paths) -> None:
    """Each person has sessions, settings and backups of their own; the library is everybody's."""
    assert cli("people", "add", "Anna")[:2] == (
        0,
        "anna has a logbook of their own now. trainer --person anna opens it.\n",
    )
    anna = folders.of("anna")
    Past(folders).add("s1")
    Past(anna).add("s2", 24)
    Past(anna).add("s3", 48)
    assert [row["id"] for row in json.loads(cli("log", "--json")[1])] == ["s1"]
    assert [row["id"] for row in json.loads(cli("--person", "anna", "log", "--json")[1])] == ["s2", "s3"]
    assert [row["id"] for row in json.loads(cli("log", "--json", "--person", "Anna")[1])] == ["s2", "s3"]
    assert cli("people")[1] == "me    1 session, the last on 2026-03-01\nanna  2 sessions, the last on 2026-02-28\n"
    assert anna.logbook == folders.data / "people" / "anna" / "logbook.sqlite"
    assert anna.backups == folders.data / "people" / "anna" / "backups"
    assert anna.settings == folders.config / "people" / "anna" / "settings.toml"
    assert anna.config == folders.config


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_a_folder_for_the_person_alone(cli: Any, folders: Paths) -> None:
    """A new person's folder is nobody else's to read."""
    cli("people", "add", "anna")
    assert folders.of("anna").home.stat().st_mode & 0o777 == 0o700


def test_corrections_go_to_whom_they_are_meant_for(cli: Any, folders: Paths) -> None:
    """What is said for one person leaves the others' logbooks alone."""
    cli("people", "add", "anna")
    Past(folders).add("s1")
    Past(folders.of("anna")).add("s1")
    assert cli("--person", "anna", "log", "rate", "1", "9", "--before")[0] == 0
    assert Past(folders).session("s1").row.pain_before == 3
    assert Past(folders.of("anna")).session("s1").row.pain_before == 9


def test_json(cli: Any, folders: Paths) -> None:
    """For programs: name, folder, sessions, the last day, and what is wrong."""
    cli("people", "add", "anna")
    Past(folders).add("s1")
    folders.of("anna").logbook.write_text("something of hers")
    me, anna = json.loads(cli("people", "--json")[1])
    assert me == {"name": "me", "folder": str(folders.data), "sessions": 1, "last": "2026-03-01", "trouble": ""}
    assert anna["name"] == "anna"
    assert str(folders.of("anna").logbook) in anna["trouble"]


@pytest.mark.parametrize("columns", ["100", "40"])
def test_one_logbook_in_trouble(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """What is wrong with one person's is told beside the name, in the terminal's width, and the others are listed."""
    monkeypatch.setenv("COLUMNS", columns)
    for name in ("anna", "日本"):
        cli("people", "add", name)
    Past(folders).add("s1")
    folders.of("anna").logbook.write_text("something of hers")
    status, out, err = cli("people")
    assert (status, err) == (0, "")
    assert "me    1 session" in out
    assert "is not a logbook" in " ".join(out.split())
    assert "日本  no sessions yet" in out
    assert max(map(cells, out.splitlines())) <= int(columns)


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["people", "add"], "people add: found no name"),
        (["people", "add", ""], f"people add: found ''; allowed: {NAME_RULE}"),
        (["people", "add", "../x"], "people add: found '../x'"),
        (["people", "add", "a b"], "people add: found 'a b'"),
        (["people", "add", "con"], "people add: found 'con'"),
        (["people", "add", "\x1b[2J\u202e"], "people add: found"),
        (["people", "add", "x" * 41], "allowed: up to 40 letters"),
        (["people", "add", "Me"], "people add: me is whoever uses trainer without a name here; choose another"),
        (["people", "add", "anna"], "people add: anna is here already"),
        (["people", "add", "ANNA"], "people add: anna is here already"),
        (["people", "bob"], "found 'bob'; allowed: add"),
        (["people", "add", "bob", "eve"], "unrecognized arguments: eve"),
        (["--person", "bob", "log"], "--person: there is nobody called 'bob' here"),
        (["--person", "", "log"], f"--person: found ''; allowed: {NAME_RULE}"),
        (["--person", "../../etc", "log"], "--person: found '../../etc'"),
        (["--person", "\x1b]0;t\x07", "log"], "--person: found"),
        (["--person", "anna/../bob", "log"], "--person: found"),
    ],
)
def test_names_that_are_none(cli: Any, folders: Paths, argv: list[str], says: str) -> None:
    """A name that cannot be one, or is nobody's, is refused with what is allowed, and no folder is made."""
    cli("people", "add", "anna")
    before = sorted(folders.data.rglob("*"))
    status, out, err = cli(*argv)
    assert (status, out) == (2, "")
    assert says in err
    assert not any(char in err for char in "\x1b\x07\u202e")
    assert sorted(folders.data.rglob("*")) == before


def test_nobody_of_that_name(cli: Any) -> None:
    """Who there is, and how one begins, is said."""
    cli("people", "add", "anna")
    assert cli("--person", "Bob", "log")[2].splitlines() == [
        "trainer: --person: there is nobody called 'Bob' here",
        "There is: me, anna.",
        "trainer people add bob begins a logbook for them.",
    ]


def test_named_by_the_environment(cli: Any, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable names the person; the option goes before it, and `me` is who has no name."""
    cli("people", "add", "anna")
    Past(folders).add("s1")
    monkeypatch.setenv("TRAINER_PERSON", "anna")
    assert json.loads(cli("log", "--json")[1]) == []
    assert len(json.loads(cli("--person", "me", "log", "--json")[1])) == 1
    monkeypatch.setenv("TRAINER_PERSON", "")
    assert len(json.loads(cli("log", "--json")[1])) == 1


@pytest.mark.parametrize("name", ["nobody", "../x", " ", "\x1b[2J"])
def test_a_variable_that_names_nobody(cli: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It is told that the variable says so, and people can be listed and begun all the same."""
    monkeypatch.setenv("TRAINER_PERSON", name)
    for argv in (["log"], ["list"], ["log", "rate", "1", "5", "--before"], ["sync"]):
        status, out, err = cli(*argv)
        assert (status, out) == (2, "")
        assert err.startswith("trainer: TRAINER_PERSON: ")
        assert "\x1b" not in err
    assert cli("people")[0] == 0
    assert cli("people", "add", "nobody")[0] == 0
    monkeypatch.setenv("TRAINER_PERSON", "nobody")
    assert cli("log") == (0, "No sessions yet.\n", "")


@pytest.mark.parametrize("where", ["people", "data"])
def test_a_file_where_the_folder_should_be(cli: Any, folders: Paths, where: str) -> None:
    """What cannot be made is told with its path and reason."""
    folders.data.parent.mkdir(exist_ok=True)
    if where == "people":
        folders.data.mkdir()
        (folders.data / "people").write_text("a file")
    else:
        folders.data.write_text("a file")
    assert cli("people")[0] == 0
    status, out, err = cli("people", "add", "anna")
    assert (status, out) == (1, "")
    assert err.startswith(f"trainer: people add: {folders.of('anna').home} cannot be made: ")


def test_what_is_no_person(folders: Paths) -> None:
    """Files, and folders whose names are none, are nobody."""
    people = folders.data / "people"
    people.mkdir(parents=True)
    (people / "file").write_text("x")
    for name in ("anna", ".hidden", "a b", "zoé", unicodedata.normalize("NFD", "jürgen")):
        (people / name).mkdir()
    assert folders.people() in (["anna", "zoé"], ["anna", "jürgen", "zoé"])  # where names are compared by letters


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna", "anna"),
        (" Anna\n", "anna"),
        ("anna-lena_2", "anna-lena_2"),
        ("Ünal", "ünal"),
        (unicodedata.normalize("NFD", "Ünal"), "ünal"),
        ("हिन्दी", "हिन्दी"),
        ("محمد", "محمد"),
        ("李", "李"),
        ("7", "7"),
        ("x" * 40, "x" * 40),
        ("x" * 41, None),
        ("", None),
        (" ", None),
        (".", None),
        ("..", None),
        ("-anna", None),
        ("anna-", None),
        ("_anna", None),
        ("a.b", None),
        ("a/b", None),
        ("a\\b", None),
        ("a:b", None),
        ("a\0b", None),
        ("\u0301a", None),
        ("an\u200dna", None),
        ("an\u202ena", None),
        ("NUL", None),
        ("com1", None),
        ("com¹", None),
        ("company", "company"),
    ],
)
def test_names(text: str, name: str | None) -> None:
    """Letters of any script make a name, which is its own; nothing that leads elsewhere or is a device does."""
    assert person(text) == name
    if name is not None:
        assert person(name) == name
        assert (Path("people") / name).parent == Path("people")
