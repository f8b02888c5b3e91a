"""`check` and `schema`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.library.schemas import schema_text
from trainer.paths import Paths

Own = Callable[[str, str], Path]

EXERCISE = """\
id = "odd"
name = "Odd"
kind = "mobility"
position = "standing"
purpose = "Any."
[dose]
reps = 3
[cues]
"""
ROUTINE = """\
id = "odd-one"
name = "Odd one"
purpose = "Any."
[[step]]
exercise = "odd"
"""
CHECK = """\
id = "look"
name = "Look"
kind = "check"
position = "standing"
purpose = "Any."
[dose]
open = true
[cues]
[check]
question = "How is it?"
answer = [
  { id = "yes", text = "Yes", routine = "desk-brake" },
  { id = "no", text = "No", routine = "desk-break" },
]
"""
AN_EXERCISE = "the id of an exercise (trainer list --exercises)"
A_ROUTINE = "the id of a routine (trainer list)"


def _steers(text: str) -> bool:
    return any(char in text for char in "\x1b\x07\x9b\u202e")


def _form(id: str, **forms: str) -> str:
    """An exercise that names an easier or a harder form in its sixth line."""
    named = "".join(f'{key} = "{form}"\n' for key, form in forms.items())
    return EXERCISE.replace('"odd"', f'"{id}"').replace("[dose]", f"{named}[dose]")


# --- files that are named ------------------------------------------------------------------------


def test_a_file_is_said_to_be_well(cli: Any, own: Own) -> None:
    """`check FILE` says what each file is, and how one has to be called that lies elsewhere."""
    good = own("exercises/odd.toml", EXERCISE)
    routine = own("routines/odd-one.toml", ROUTINE)
    other = own("other.toml", EXERCISE)
    status, out, err = cli("check", str(good), str(routine), str(other))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"{good}: ok (exercise)",
        f"{routine}: ok (routine)",
        f"{other}: ok (exercise); to be found, the file has to be called odd.toml",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = \n", ":1:6: found no valid TOML"),
        (EXERCISE.replace("reps = 3", "reps = true"), ":7:8: dose.reps: found true"),
        (EXERCISE.replace("standing", "\\u001b[2J"), ":4:12: position: found"),
        (ROUTINE.replace('"odd"', '"nothing"'), ":5:12: step 1.exercise: found 'nothing'"),
        (ROUTINE.replace("[[step]]", "[[steps]]"), ":4:3: steps: found an unknown key"),
        ("\x1b = 1", ":1:1: found no valid TOML"),
        ('"\\u001b[2J" = 1', ":1:1: \ufffd[2J: found an unknown key"),
    ],
    ids=["value", "type", "word", "no exercise", "misspelt step", "control", "control in a key"],
)
def test_what_is_wrong_is_told_with_its_place(cli: Any, own: Own, text: str, said: str) -> None:
    """What is wrong is named with line and column, and steers no terminal."""
    path = own("bad.toml", text)
    status, out, err = cli("check", str(path))
    assert status == 2
    assert f"{path}{said}" in out
    assert not _steers(out + err)


def test_what_is_no_file(cli: Any, tmp_path: Path) -> None:
    """A folder, a file that is not there and one in another encoding are told, a line each."""
    (tmp_path / "latin.toml").write_bytes(b'id = "\xff"')
    (tmp_path / "evil\x1b[2J.toml").write_text("id")
    files = [tmp_path, tmp_path / "none.toml", tmp_path / "latin.toml", tmp_path / "evil\x1b[2J.toml"]
    status, out, _ = cli("check", *map(str, files))
    assert status == 2
    assert len(out.splitlines()) == 4
    assert not _steers(out)


def test_a_file_is_named_as_it_was_typed(cli: Any, own: Own, folders: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path may be written in several ways; an error has the one that the person used."""
    own("bad.toml", "id = ")
    monkeypatch.chdir(folders.config)
    assert cli("check", "./bad.toml")[1].startswith("./bad.toml:1:6: ")


# --- all of one's own ----------------------------------------------------------------------------


def test_without_a_file_all_are_checked(cli: Any, own: Own) -> None:
    """`check` alone looks at every exercise and routine of the person's own, and at nothing else."""
    good = own("exercises/odd.toml", EXERCISE)
    routine = own("routines/odd-one.toml", ROUTINE)
    own("routines/notes.md", "x")
    assert cli("check") == (0, f"{good}: ok (exercise)\n{routine}: ok (routine)\n", "")
    bad = own("exercises/odd.toml", EXERCISE.replace("reps = 3", "reps = 0"))
    status, out, _ = cli("check")
    assert status == 2
    assert out.splitlines() == [
        f"{bad}:7:8: dose.reps: found 0; allowed: a whole number from 1 to 200 "
        "or a list, each a whole number from 1 to 200",
        f"{routine}:5:12: step 1.exercise: found 'odd', whose file has problems; allowed: an exercise that can be read",
    ]


def test_nothing_of_ones_own_is_well(cli: Any, folders: Paths) -> None:
    """Without files of one's own there is nothing wrong, and the folder is named."""
    assert cli("check") == (0, f"No files of your own in {folders.config}\n", "")
    status, out, _ = cli("check", "--json")
    assert (status, json.loads(out)) == (0, [])


def test_a_folder_that_cannot_be_listed_is_told(cli: Any, own: Own, folders: Paths) -> None:
    """A file in the place of a folder is told, and the other folder is looked at all the same."""
    own("exercises", "x")
    routine = own("routines/day.toml", ROUTINE.replace("odd-one", "day").replace('"odd"', '"squat"'))
    status, out, _ = cli("check")
    assert status == 2
    assert out.splitlines() == [
        f"{folders.config / 'exercises'}: found not a directory; allowed: a folder that can be read",
        f"{routine}: ok (routine)",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("exercises/even.toml", EXERCISE, ":1:6: id: found 'odd'; allowed: 'even', as the file is named"),
        ("exercises/Odd one.toml", EXERCISE, ":1:6: id: found 'odd'; allowed: a file called odd.toml"),
        ("exercises/odd-one.toml", ROUTINE, ":1:1: found a routine; allowed: an exercise; routines lie in"),
        ("routines/odd.toml", EXERCISE, ":1:1: found an exercise; allowed: a routine; exercises lie in"),
        (
            "routines/squat.toml",
            ROUTINE.replace("odd-one", "squat"),
            ":1:6: id: found 'squat', which is an exercise too",
        ),
        ("exercises/desk-break.toml", _form("desk-break"), ":1:6: id: found 'desk-break', which is a routine too"),
    ],
    ids=["other name", "no id", "routine", "exercise", "hides an exercise", "is hidden"],
)
def test_name_and_folder_have_to_fit(cli: Any, own: Own, name: str, text: str, said: str) -> None:
    """In one's own folder a file is named after its id, lies with its kind, and takes no id of the other kind."""
    path = own(name, text)
    status, out, _ = cli("check")
    assert status == 2
    assert f"{path}{said}" in out
    assert cli("check", str(path))[1] == out


# --- what only the rest of the library shows -----------------------------------------------------


def test_a_misspelt_id_is_suggested_wherever_one_stands(cli: Any, own: Own) -> None:
    """Exercises of steps, easier and harder forms and routines of answers are looked for, and the nearest named."""
    routine = own("routines/odd-one.toml", ROUTINE.replace('"odd"', '"bird-dgo"') + "rest_after_s = -1\n")
    form = own("exercises/odd.toml", _form("odd", easier="plank-kneez", harder="zzz"))
    check = own("exercises/look.toml", CHECK)
    status, out, _ = cli("check")
    assert status == 2
    assert out.splitlines() == [
        f"{check}:12:41: check.answer 1.routine: found 'desk-brake'; allowed: {A_ROUTINE}; did you mean desk-break?",
        f"{form}:6:10: easier: found 'plank-kneez'; allowed: {AN_EXERCISE}; did you mean plank-knees?",
        f"{form}:7:10: harder: found 'zzz'; allowed: {AN_EXERCISE}",
        f"{routine}:5:12: step 1.exercise: found 'bird-dgo'; allowed: {AN_EXERCISE}; did you mean bird-dog?",
        f"{routine}:6:16: step 1.rest_after_s: found -1; allowed: a whole number from 0 to 600",
    ]


@pytest.mark.parametrize(
    ("forms", "loops"),
    [
        ({"a": {"easier": "b"}, "b": {"easier": "c"}, "c": {}}, {}),
        ({"a": {"easier": "b"}, "b": {"harder": "a"}}, {}),
        ({"a": {"easier": "c"}, "b": {"easier": "c"}, "c": {"harder": "a"}}, {}),
        ({"a": {"easier": "b"}, "b": {"easier": "a"}}, {"a easier": "a → b → a", "b easier": "b → a → b"}),
        ({"a": {"harder": "b"}, "b": {"harder": "a"}}, {"a harder": "b → a → b", "b harder": "a → b → a"}),
        ({"a": {"easier": "b", "harder": "b"}, "b": {}}, {"a easier": "a → b → a", "a harder": "b → a → b"}),
        (
            {
                "a": {"easier": "b"},
                "b": {"easier": "c"},
                "c": {"harder": "d"},
                "d": {"easier": "a"},
                "e": {"easier": "a"},
            },
            {},
        ),
        (
            {"a": {"easier": "b"}, "b": {"easier": "c"}, "a2": {"easier": "a"}, "c": {"easier": "a"}},
            {"a easier": "a → b → c → a", "b easier": "b → c → a → b", "c easier": "c → a → b → c"},
        ),
    ],
    ids=["down", "said twice", "two above one", "two", "two up", "both ways", "no way round", "three"],
)
def test_easier_forms_that_lead_round_are_told(
    cli: Any, own: Own, forms: dict[str, dict[str, str]], loops: dict[str, str]
) -> None:
    """A loop of easier and harder forms is told in each file on it, and in no other; it hides no exercise."""
    for id, named in forms.items():
        own(f"exercises/{id}.toml", _form(id, **named))
    status, out, _ = cli("check", "--json")
    told = {
        f"{Path(one['file']).stem} {one['place']}": one["found"].partition("(")[2].rstrip(")")
        for one in json.loads(out)
    }
    assert told == loops
    assert status == (2 if loops else 0)
    assert all(cli("show", id)[0] == 0 for id in forms)


def test_a_long_loop_is_told_in_short(cli: Any, own: Own) -> None:
    """Of a loop of many, only some are named; one that is wrong elsewhere still is part of it."""
    ids = [f"form-{number}" for number in range(40)]
    for id, easier in zip(ids, [*ids[1:], ids[0]], strict=True):
        own(f"exercises/{id}.toml", _form(id, easier=easier))
    own("exercises/form-3.toml", _form("form-3", easier="form-4").replace("reps = 3", "reps = 0"))
    lines = cli("check")[1].splitlines()
    assert len(lines) == 41
    assert "(form-0 → form-1 → form-2 → form-3 → form-4 → … → form-0)" in lines[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("extra_sets = 1\n", "6:14: step 1.extra_sets: found extra sets of odd, which has no weaker side"),
        ("dose = { hold_s = 5, about_s = 3 }\n", "6:22: step 1.dose.about_s: found about_s beside hold_s"),
        ("dose = { hold_s = 5 }\n[[level]]\nreps = 3\n", "7:3: level: found levels without repetitions"),
    ],
)
def test_a_step_is_looked_at_beside_its_exercise(cli: Any, own: Own, more: str, said: str) -> None:
    """What a step asks of an exercise that has no such thing is told."""
    own("exercises/odd.toml", EXERCISE)
    path = own("routines/odd-one.toml", ROUTINE + more)
    status, out, _ = cli("check", str(path))
    assert status == 2
    assert out.startswith(f"{path}:{said}")


def test_a_shared_file_is_known_as_such(cli: Any, own: Own, tmp_path: Path) -> None:
    """What somebody handed on is told in one line, with the command that takes it in, wherever it lies."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE)
    text = cli("share", "odd-one")[1]
    (tmp_path / "shared.toml").write_text(text, "utf-8")
    for path in (tmp_path / "shared.toml", own("routines/odd-one.toml", text)):
        status, out, _ = cli("check", str(path))
        assert status == 2
        assert out.startswith(f"{path}:2:1: trainer-share: found a shared file; allowed: ")
        assert "trainer add FILE" in out
        assert len(out.splitlines()) == 1


@pytest.mark.parametrize("word", ["routines", "x", ""])
def test_schema_names_the_kinds(cli: Any, word: str) -> None:
    """Another word than a kind is told with what there is."""
    status, out, err = cli("schema", word)
    assert (status, out) == (2, "")
    assert f"found {word!r}; allowed: exercise, routine" in err


# --- for editors ---------------------------------------------------------------------------------


def test_json_has_every_field(cli: Any, own: Own) -> None:
    """`--json` prints an object for each problem, with null where there is no figure or word."""
    path = own("routines/odd-one.toml", ROUTINE.replace('"odd"', '"bird-dgo"'))
    status, out, err = cli("check", "--json")
    assert (status, err) == (2, "")
    assert json.loads(out) == [
        {
            "file": str(path),
            "line": 5,
            "column": 12,
            "place": "step 1.exercise",
            "found": "'bird-dgo'",
            "allowed": AN_EXERCISE,
            "suggestion": "bird-dog",
        }
    ]
    path.unlink()
    (one,) = json.loads(cli("check", "--json", str(path))[1])
    assert (one["line"], one["column"], one["suggestion"]) == (None, None, None)


def test_json_is_told_of_in_the_help(cli: Any) -> None:
    """The help names each field."""
    out = cli("check", "--help")[1]
    (one,) = json.loads(cli("check", "--json", "nowhere.toml")[1])
    assert all(field in out for field in one)


@pytest.mark.parametrize("kind", ["exercise", "routine"])
def test_schema_prints_what_ships(cli: Any, kind: Any) -> None:
    """`schema` prints the schema as it ships, whole."""
    status, out, err = cli("schema", kind)
    assert (status, err) == (0, "")
    assert out == schema_text(kind)
    assert json.loads(out)["title"].startswith(kind)
