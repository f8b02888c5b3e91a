"""`list` and `show`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Own = Callable[[str, str], Path]

HOSTILE = "[L] a [/b] c [/] \\u001b]0;t\\u0007\\u001b[2J \\u202e \\u009b31m"
EXERCISE = f"""\
id = "odd"
name = "{HOSTILE}"
kind = "mobility"
position = "standing"
purpose = "{HOSTILE}"
equipment = ["{HOSTILE}"]
[dose]
reps = 3
[cues]
move = ["{HOSTILE}"]
"""
ROUTINE = f"""\
id = "odd-one"
name = "{HOSTILE}"
purpose = "{HOSTILE}"
[[step]]
exercise = "odd"
"""


def _steers(text: str) -> bool:
    return any(char in text for char in "\x1b\x07\x9b\u202e")


def test_list(cli: Any) -> None:
    """`list` names every routine under its group, in the order of use."""
    status, out, err = cli("list")
    assert (status, err) == (0, "")
    headings = [line for line in out.splitlines() if line and line[0] != " "]
    assert headings == ["At the desk", "Before a workout", "Back", "Hips", "Checks"]
    assert "desk-break" in out
    assert "1 min" in out


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 100])
@pytest.mark.parametrize("argv", [["list"], ["show", "lower-back-list"], ["show", "bird-dog"], ["care"]])
def test_fits_any_width(cli: Any, monkeypatch: pytest.MonkeyPatch, own: Own, argv: list[str], columns: int) -> None:
    """No line is wider than the terminal, whatever it holds."""
    own("exercises/odd.toml", EXERCISE.replace(HOSTILE, "長い名前" * 19))
    own("routines/odd-one.toml", ROUTINE.replace(HOSTILE, "長い名前" * 19))
    monkeypatch.setenv("COLUMNS", str(columns))
    from rich.cells import cell_len

    status, out, _ = cli(*argv)
    assert status == 0
    assert max(map(cell_len, out.splitlines())) <= columns


def test_list_json(cli: Any, own: Own) -> None:
    """`list --json` is valid JSON with what a program needs."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE)
    status, out, _ = cli("list", "--json")
    values = json.loads(out)
    assert status == 0
    assert {one["id"]: one["own"] for one in values}["odd-one"] is True
    assert all(one["length_s"] > 0 for one in values)
    assert set(values[0]) == {
        "kind_of_file", "id", "name", "group", "purpose", "length_s", "positions", "equipment", "optional", "tags",
        "on_floor", "suits_office", "sources", "shelf", "frequency", "own",
    }  # fmt: skip


def listed(out: str) -> dict[str, list[str]]:
    """The ids under each heading of a list."""
    groups: dict[str, list[str]] = {}
    for line in out.splitlines():
        if line and line[0] != " ":
            groups[line] = []
        elif line.startswith("  ") and line[2] != " ":
            groups[list(groups)[-1]].append(line.split()[0])
    return groups


def test_list_searches_routines_and_exercises(cli: Any) -> None:
    """Words find both; an exercise's other name finds it and the routines that use it."""
    status, out, err = cli("list", "clamshell")
    assert (status, err) == (0, "")
    assert listed(out) == {"Hips": ["uneven-hips"], "Exercises": ["banded-clam", "clam"]}
    assert cli("list", "side bridge")[1] == cli("list", "side", "bridge")[1]
    assert "side-plank" in listed(cli("list", "side bridge")[1])["Exercises"]


@pytest.mark.parametrize(
    ("argv", "there", "gone"),
    [
        (["--tag", "hips"], "uneven-hips", "desk-break"),
        (["--position", "walking"], "walking-reset", "uneven-hips"),
        (["--needs", "chair"], "half-hour-break", "desk-break"),
        (["--without", "mat"], "desk-break", "uneven-hips"),
        (["--minutes", "3"], "desk-break", "lower-back-list"),
        (["--source", "lasting"], "big-three", "uneven-hips"),
        (["--no-floor"], "neck-and-shoulders", "big-three"),
        (["--quiet"], "desk-break", "lower-back-list"),
        (["--office"], "desk-break", "big-three"),
        (["--office", "--minutes", "4", "--source", "nia-neck"], "neck-and-shoulders", "desk-break"),
        (["group:back", "under:6"], "back-basics", "desk-break"),
        (["position:on the back", "kind:stretch"], "uneven-hips", "desk-break"),
    ],
)
def test_list_filters(cli: Any, argv: list[str], there: str, gone: str) -> None:
    """Options and terms narrow the list of routines; no exercises stand beside them."""
    status, out, _ = cli("list", *argv)
    groups = listed(out)
    ids = [id for group in groups.values() for id in group]
    assert status == 0
    assert there in ids
    assert gone not in ids
    assert "Exercises" not in groups


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--tag", "hps"], "list: tag: found hps; allowed: did you mean hips? one of: "),
        (["--source", "lastng"], "list: source: found lastng; allowed: did you mean lasting? one of: "),
        (["--minutes", "0"], "list: --minutes: found 0; allowed: whole minutes, 1 to 600"),
        (["under:x"], "list: under: found x; allowed: whole minutes, 1 to 600"),
        (["floor:maybe"], "list: floor: found maybe; allowed: yes or no"),
        (["flor:no"], "list: found flor:; allowed: did you mean floor:? one of: tag:, "),
        (["--needs", "[2J"], "list: needs: found �[2J; allowed: "),
    ],
)
def test_list_says_what_a_wrong_filter_may_be(cli: Any, argv: list[str], said: str) -> None:
    """With what was found and what is allowed, and nothing is listed."""
    status, out, err = cli("list", *argv)
    assert (status, out) == (2, "")
    assert said in err
    assert not _steers(err)


def test_list_that_finds_nothing_says_so(cli: Any) -> None:
    """In one line, with the nearest word there is; that is no failure."""
    status, out, err = cli("list", "clamshel", "xylophone")
    assert (status, err) == (0, "")
    assert out == "Nothing fits clamshel xylophone.\n"
    assert cli("list", "swiming")[1] == "Nothing fits swiming. Did you mean swimming?\n"
    assert cli("list", "xylophone", "--json")[:2] == (0, "[]\n")


def test_list_exercises(cli: Any) -> None:
    """By their kind, with position, other names, dose and source; words and terms narrow them."""
    status, out, _ = cli("list", "--exercises")
    assert status == 0
    assert list(listed(out))[:3] == ["Strength", "Stretch", "Mobility"]
    text = " ".join(out.split())
    assert "Side plank, 3 repetitions held 10 s each side On the side. Also called side bridge. Needs: mat." in text
    assert listed(cli("list", "--exercises", "clam")[1]) == {"Strength": ["banded-clam", "clam"]}
    values = json.loads(cli("list", "--exercises", "--tag", "neck", "--json")[1])
    assert {one["kind_of_file"] for one in values} == {"exercise"}
    assert all("neck" in one["tags"] for one in values)


def test_list_marks_what_stands_beyond_the_articles(cli: Any, own: Own) -> None:
    """Such a routine says so; one that follows an article, and one's own, do not."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE)
    assert "Beyond the five articles." in " ".join(cli("list", "neck-and-shoulders")[1].split())
    assert "Beyond" not in cli("list", "desk-break")[1]
    mine = " ".join(cli("list", "--exercises", "own:yes")[1].split())
    assert "From: you." in mine
    assert "Beyond" not in mine


def test_broken_own_file(cli: Any, own: Own) -> None:
    """A broken file is named with its place, what was found and what is allowed; the others are shown."""
    path = own("routines/bad.toml", 'id = "bad"\nname = "Bad"\npurpose = "x"\nrest_after_s = true\nstep = []\n')
    status, out, err = cli("list")
    assert status == 2
    assert "desk-break" in out
    assert str(path) in err
    assert "found" in err
    assert "allowed" in err
    status, out, _ = cli("list", "--json")
    assert status == 2
    assert json.loads(out)


@pytest.mark.parametrize(
    "argv", [["list"], ["show", "odd"], ["show", "odd-one"], ["list", "--json"], ["show", "odd", "--json"]]
)
def test_hostile_text_is_shown_as_text(cli: Any, own: Own, argv: list[str]) -> None:
    """Markup is text, and nothing in a file steers the terminal."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE)
    status, out, err = cli(*argv)
    assert status == 0
    assert "[L] a [/b] c [/]" in out
    assert not _steers(out + err)


def test_show_exercise(cli: Any) -> None:
    """`show` of an exercise has its dose, the source of each figure, its cues, other forms and when to leave it out."""
    status, out, _ = cli("show", "childs-pose")
    assert status == 0
    for text in ("30 s hold", "20–30 s", "Lower Back Corrective Exercises", "Set up", "Stop if", "Leave it out"):
        assert text in out
    assert "Easier: Hip extension (hip-extension)" in cli("show", "bird-dog")[1]


@pytest.mark.parametrize("name", ["side bridge", "Side Bridge", "SIDE PLANK", "side-plank"])
def test_show_takes_any_name(cli: Any, name: str) -> None:
    """An id, another name, or the name itself."""
    assert cli("show", name)[1].startswith("Side plank (side-plank)\n")


def test_show_what_is_not_there(cli: Any) -> None:
    """What was meant is suggested, by its id, even where another name was misspelt."""
    status, out, err = cli("show", "side brigde")
    assert (status, out) == (2, "")
    assert "found 'side brigde', which is neither a routine nor an exercise" in err
    assert "Did you mean side-plank?" in err


def flat(text: str) -> str:
    return " ".join(text.split())


def test_show_exercise_in_full(cli: Any) -> None:
    """Other names, what helps, tags, the office, other forms by name, what it is part of, and where it is from."""
    out = flat(cli("show", "deep-lunge")[1])
    for text in (
        "Also called: ",
        "Helps: wall, towel",
        "Tags: ",
        "Not for an office: on the floor",
        "Breathe - ",
        "Part of - ",
        "- Tilted pelvis (tilted-pelvis)",
        "Muscle imbalance and back pain (imbalance), article by a Pilates instructor",
    ):
        assert text in out, text
    assert "Easier: Side plank on the knees (side-plank-knees)" in flat(cli("show", "side-plank")[1])
    out = flat(cli("show", "chin-tuck")[1])
    assert "Suits an office." in out
    assert "Beyond the five articles." in out
    assert "WorkSafe Victoria, Australia" in out


def test_show_a_check(cli: Any) -> None:
    """Its question, each answer with what it asks, and the routine to try."""
    out = flat(cli("show", "thomas-test")[1])
    assert "What it asks Does the back of your resting thigh touch the table?" in out
    assert "To try: Tilted pelvis (tilted-pelvis)" in out


def test_show_a_routine_that_grows(cli: Any) -> None:
    """Each level with the source of its figures; the steps as the first has them."""
    out = flat(cli("show", "physio-ladder")[1])
    assert "Levels 1. " in out
    assert "Chosen by this program: repetitions, sets" in out
    assert "As level 1 has them." in out
    assert "You choose when to go up" in out


def test_show_what_the_weaker_side_gets_and_what_a_short_form_keeps(cli: Any) -> None:
    out = flat(cli("show", "weaker-side")[1])
    assert "1 set more on the side that you call the weaker" in out
    assert "Kept longest in a short form" in out


@pytest.mark.parametrize(
    "argv", [["bird-dog"], ["lower-back-list"], ["glute-bridge"], ["mountain-pose"], ["neck-and-shoulders"]]
)
def test_show_gives_each_figure_a_source(cli: Any, argv: list[str]) -> None:
    """What is paced, held or rested says where it comes from, the program's own choices included."""
    value = json.loads(cli("show", *argv, "--json")[1])
    doses = [value] if "dose" in value else value["step"]
    for one in doses:
        dose = one["dose"]
        stated = {key for key in dose if key not in ("says", "source") and dose[key] is not None}
        assert stated <= set(one["figures"])
        if "reps" in stated and not dose.get("self_paced"):
            assert "tempo_s" in one["figures"]


def test_show_tells_ones_own_figures_from_the_programs(cli: Any, own: Own) -> None:
    """What a person set without a source is theirs, in an exercise as in a step; a default is the program's."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE.rstrip() + "\ndose = { reps = 4, sets = 2 }\n")
    out = flat(cli("show", "odd")[1])
    assert "Set in your own file: repetitions" in out
    assert "Chosen by this program: tempo" in out
    out = flat(cli("show", "odd-one")[1])
    assert "Your own." in out
    assert "Set in your own file: repetitions, sets" in out
    assert "Chosen by this program: tempo, rest between sets" in out


def test_show_routine(cli: Any) -> None:
    """`show` of a routine has every step with the dose that holds in it."""
    status, out, _ = cli("show", "lower-back-list")
    assert status == 0
    assert "1. Bird dog (bird-dog)" in out
    assert "4 repetitions held 5 s each side, 2 sets" in out
    assert "Chosen by this program" in out


def test_every_value_can_be_shown(cli: Any) -> None:
    """Every routine and exercise that is shipped can be shown, as text and as JSON."""
    ids = [one["id"] for one in json.loads(cli("list", "--json")[1])]
    steps = [step["exercise"] for id in ids for step in json.loads(cli("show", id, "--json")[1])["step"]]
    for id in {*ids, *steps}:
        assert cli("show", id)[0] == 0
        assert json.loads(cli("show", id, "--json")[1])["id"] == id


def test_show_broken(cli: Any, own: Own) -> None:
    """A broken file is told as broken, never as missing."""
    path = own("exercises/odd.toml", EXERCISE.replace("reps = 3", "reps = 0"))
    status, out, err = cli("show", "odd")
    assert (status, out) == (2, "")
    assert f"{path}:8:8: dose.reps: found 0" in err


def test_show_says_whose_the_figures_of_a_level_are(cli: Any, own: Own) -> None:
    """A level's own source is named, what it leaves out is the author's, and nothing of it the program's."""
    text = ROUTINE.split("[[step]]")[0]
    level = '[[level]]\nreps = 3\nsource = { reps = "lasting" }\n'
    step = '[[step]]\nexercise = "bird-dog"\n[step.dose]\nreps = 4\nhold_s = 6\n'
    own("routines/odd-one.toml", text + level + step)
    out = flat(cli("show", "odd-one")[1])
    assert "(lasting): repetitions" in out
    assert "Set in your own file: hold, sets" in out
    figures = json.loads(cli("show", "odd-one", "--json")[1])["step"][0]["figures"]
    assert (figures["reps"], figures["sets"], figures["hold_s"]) == ("lasting", "yours", "yours")


def test_a_source_in_ones_own_words_is_ones_own(cli: Any, own: Own) -> None:
    """A handout of a clinic is neither the program's choice nor one of its sources."""
    own(
        "routines/odd-one.toml",
        ROUTINE.replace("[[step]]", 'sources = ["Clinic handout"]\n[[step]]', 1).replace('"odd"', '"bird-dog"'),
    )
    out = flat(cli("show", "odd-one")[1])
    assert "Your own." in out
    assert "Clinic handout" in out
