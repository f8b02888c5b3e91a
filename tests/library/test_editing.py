"""A person's file is changed where the routine is, and nowhere else."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from trainer.library.editing import CannotKeep, edited
from trainer.library.model import Dose, Level, Routine, Step
from trainer.library.reader import decode, parse
from trainer.library.shelf import SHIPPED
from trainer.library.tables import lines
from trainer.library.writing import to_toml

COMMENTED = """\
# My own routine.
id = "mine" # keep
name   = "Mine"   # shown
purpose = "Any."
source = { rest_after_s = "own", frequency = "own" } # sources
frequency = "Daily"
notes = [
  "One.", # first
  "[[step]] is no step here.",
]

# About the cow.
[[step]] # one
exercise = "cat-cow"   # moving
# trailing the cow

# --- strength ---

# About the dog.
[[step]]
exercise = "bird-dog"
why = \"\"\"
[[step]] in a text"\"\"\" # reason

  # the dose
  [step.dose] # dog's
  reps = [6, 4, 2] # falling
  hold_s = 8
  # below the dose

# About the squat.
[[step]]
exercise = 'squat'
dose = { reps = 5, sets = 2 } # few

# The end.
"""
LISTED = """\
id = "mine"
name = "Mine"
purpose = "Any."
# the steps
step = [ # the list
  # cow
  { exercise = "cat-cow" }, # moving
  # dog
  { exercise = "bird-dog", dose = { reps = [6, 4], hold_s = 8 } } # last, no comma
  # below the list
] # done
rest_after_s = 9 # rest
"""
PLAIN = 'id = "mine"\nname = "M"\npurpose = "p"\n'


def routine(text: str) -> Routine:
    return decode(parse(text.removeprefix("\ufeff").replace("\r\n", "\n"), "mine").table, Routine, "mine")


def saved(text: str, after: Routine, places: list[int | None]) -> str:
    """The text with the change, which has to read as the change."""
    out = edited(text, routine(text), after, places)
    assert routine(out) == after
    return out


def change(text: str, after: Routine) -> list[str]:
    """The lines that a change without moving takes away and adds."""
    out = saved(text, after, list(range(len(after.step))))
    return [line for line in difflib.ndiff(text.splitlines(), out.splitlines()) if line[0] in "+-"]


def with_step(text: str, index: int, **changes: object) -> Routine:
    value = routine(text)
    steps = list(value.step)
    steps[index] = structs.replace(steps[index], **changes)
    return structs.replace(value, step=steps)


@pytest.mark.parametrize(
    "text", [COMMENTED, LISTED, COMMENTED.replace("\n", "\r\n"), COMMENTED[:-1], "\ufeff" + LISTED]
)
def test_what_is_not_touched_stays_byte_for_byte(text):
    """Without a change the text is the same, whatever its line ends."""
    value = routine(text)
    assert edited(text, value, value, list(range(len(value.step)))) == text


def dose(text: str, index: int, **figures: object) -> Routine:
    return with_step(text, index, dose=structs.replace(routine(text).step[index].dose, **figures))


ONE_LINE = [
    (structs.replace(routine(COMMENTED), name="New"), '- name   = "Mine"   # shown', '+ name   = "New"   # shown'),
    (structs.replace(routine(COMMENTED), frequency=None), '- frequency = "Daily"', None),
    (structs.replace(routine(COMMENTED), rest_after_s=5), None, "+ rest_after_s = 5"),
    (structs.replace(routine(COMMENTED), tags=["a"]), None, '+ tags = ["a"]'),
    (
        structs.replace(routine(COMMENTED), source={"rest_after_s": "own"}),
        '- source = { rest_after_s = "own", frequency = "own" } # sources',
        '+ source = { rest_after_s = "own" } # sources',
    ),
    (dose(COMMENTED, 1, hold_s=9), "-   hold_s = 8", "+   hold_s = 9"),
    (dose(COMMENTED, 1, reps=7), "-   reps = [6, 4, 2] # falling", "+   reps = 7 # falling"),
    (dose(COMMENTED, 1, rest_s=30), None, "+   rest_s = 30"),
    (dose(COMMENTED, 1, hold_s=None), "-   hold_s = 8", None),
    (dose(COMMENTED, 2, sets=3), "- dose = { reps = 5, sets = 2 } # few", "+ dose = { reps = 5, sets = 3 } # few"),
    (
        dose(COMMENTED, 2, tempo_s=(2.0, 2.5)),
        "- dose = { reps = 5, sets = 2 } # few",
        "+ dose = { reps = 5, sets = 2, tempo_s = [2, 2.5] } # few",
    ),
    (dose(COMMENTED, 2, sets=None), "- dose = { reps = 5, sets = 2 } # few", "+ dose = { reps = 5 } # few"),
    (with_step(COMMENTED, 2, dose=None), "- dose = { reps = 5, sets = 2 } # few", None),
    (with_step(COMMENTED, 0, rest_after_s=3), None, "+ rest_after_s = 3"),
    (with_step(COMMENTED, 1, priority=1), None, "+ priority = 1"),
]


@pytest.mark.parametrize(("after", "gone", "come"), ONE_LINE, ids=[str(n) for n in range(len(ONE_LINE))])
def test_one_figure_is_one_line(after, gone, come):
    """A change of one figure changes its line, keeps the comment beside it, and touches nothing else."""
    assert change(COMMENTED, after) == [line for line in (gone, come) if line]


def test_a_new_dose_is_a_table_of_its_own_where_the_file_has_such():
    """It stands below the rest of its step, above what comes next."""
    after = with_step(COMMENTED, 0, dose=Dose(reps=3))
    assert change(COMMENTED, after) == ["+ [step.dose]", "+ reps = 3"]
    assert "# trailing the cow\n[step.dose]\nreps = 3\n\n# --- strength" in saved(COMMENTED, after, [0, 1, 2])


def test_a_new_dose_stands_in_braces_where_the_file_has_only_such():
    """The file's own way is followed."""
    text = COMMENTED.replace("[step.dose] # dog's\n  reps = [6, 4, 2] # falling\n  hold_s = 8", "dose = { reps = 3 }")
    assert change(text, with_step(text, 0, dose=Dose(reps=3))) == ["+ dose = { reps = 3 }"]


def test_a_dose_of_dotted_keys_is_changed_where_it_stands():
    """`dose.hold_s` is a way of writing it, too."""
    text = PLAIN + '[[step]]\nexercise = "a"\ndose.hold_s = 5 # h\ndose.sets = 2\nwhy = "w"\n'
    assert change(text, dose(text, 0, hold_s=6, rest_s=9)) == [
        "- dose.hold_s = 5 # h",
        "+ dose.hold_s = 6 # h",
        "+ dose.rest_s = 9",
    ]
    assert change(text, with_step(text, 0, dose=None)) == ["- dose.hold_s = 5 # h", "- dose.sets = 2"]


def test_tables_may_be_written_in_every_way():
    """Quoted and spaced headers, and a table of sources below the dose."""
    text = PLAIN + (
        '[[ "step" ]]\nexercise = "a"\n[ step . dose ]\nreps = 4\nhold_s = 2 # h\n'
        '[step."dose".source] # cited\nreps = "relief"\nhold_s = "own" # why\n'
    )
    assert change(text, dose(text, 0, reps=5, rest_s=9, source={"hold_s": "own"})) == [
        "- reps = 4",
        "+ reps = 5",
        "+ rest_s = 9",
        '- reps = "relief"',
    ]
    assert change(text, dose(text, 0, source={})) == [
        '- [step."dose".source] # cited',
        '- reps = "relief"',
        '- hold_s = "own" # why',
    ]


BLOCKS = {
    "cow": COMMENTED[COMMENTED.index("\n# About the cow") : COMMENTED.index("\n# --- strength")],
    "dog": COMMENTED[COMMENTED.index("\n# --- strength") : COMMENTED.index("\n# About the squat")],
    "squat": COMMENTED[COMMENTED.index("\n# About the squat") : COMMENTED.index("\n# The end")],
}
HEAD = COMMENTED[: COMMENTED.index("\n# About the cow")]
END = "\n# The end.\n"


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (2, 0, 1), (1,), (0, 2), (2, 1)])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_go_with_their_step(order, newline):
    """Comments above, beside and in a step stay with it when steps are moved or removed; the rest stays where it is."""
    value = routine(COMMENTED)
    after = structs.replace(value, step=[value.step[n] for n in order])
    expected = HEAD + "".join(list(BLOCKS.values())[n] for n in order) + END
    out = saved(COMMENTED.replace("\n", newline), after, list(order))
    assert out == expected.replace("\n", newline)


def test_a_comment_that_touches_a_header_is_of_the_step_below():
    """Also where no blank line parts it from the step above."""
    text = PLAIN + '# a\n[[step]]\nexercise = "a"\n# b\n[[step]]\nexercise = "b"\n'
    value = routine(text)
    out = saved(text, structs.replace(value, step=value.step[::-1]), [1, 0])
    assert out.endswith('"p"\n# b\n[[step]]\nexercise = "b"\n# a\n[[step]]\nexercise = "a"\n')


def test_a_new_step_stands_between_its_neighbours():
    """It is parted by a blank line where the others are, and its dose is a table where theirs are."""
    value = routine(COMMENTED)
    new = Step(exercise="plank", dose=Dose(hold_s=20), rest_after_s=5)
    after = structs.replace(value, step=[value.step[0], new, *value.step[1:]])
    text = '\n[[step]]\nexercise = "plank"\nrest_after_s = 5\n[step.dose]\nhold_s = 20\n'
    assert (
        saved(COMMENTED, after, [0, None, 1, 2]) == HEAD + BLOCKS["cow"] + text + BLOCKS["dog"] + BLOCKS["squat"] + END
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_without_a_last_line_end_stays_one(newline):
    """Steps that are moved or added are parted all the same."""
    text = COMMENTED.removesuffix(END).removesuffix("\n").replace("\n", newline)
    value = routine(text)
    out = saved(text, structs.replace(value, step=[value.step[2], value.step[0]]), [2, 0])
    assert out == (HEAD + BLOCKS["squat"] + BLOCKS["cow"]).replace("\n", newline).removesuffix(newline)


def test_tables_of_the_routine_stay_where_they_are():
    """Levels and sources between and behind the steps keep their place, and are changed there."""
    text = (
        PLAIN + 'frequency = "Daily"\n\n# a\n[[step]]\nexercise = "a"\n\n# sources\n[source]\n'
        'frequency = "own" # f\nrest_after_s = "own"\n\n# b\n[[step]]\nexercise = "b"\n\n# rungs\n[[level]]\nreps = 3\n'
    )
    value = routine(text)
    assert value.level == [Level(reps=3)]
    out = saved(text, structs.replace(value, step=value.step[::-1], source={"rest_after_s": "own"}), [1, 0])
    order = [out.index(mark) for mark in ("# b\n[[step]]", "# sources\n[source]\nrest", "# a\n[[step]]", "# rungs")]
    assert order == sorted(order)


def test_a_list_of_steps_keeps_its_comments():
    """Steps in brackets are moved with what stands above and beside each."""
    value = routine(LISTED)
    out = saved(LISTED, structs.replace(value, step=value.step[::-1]), [1, 0])
    assert out == LISTED.replace(
        LISTED[LISTED.index("  # cow") : LISTED.index("  # below")],
        '  # dog\n  { exercise = "bird-dog", dose = { reps = [6, 4], hold_s = 8 } }, # last, no comma\n'
        '  # cow\n  { exercise = "cat-cow" } # moving\n',
    )


def test_a_list_of_steps_takes_changes_and_new_ones():
    """A step is changed within its braces; a new one stands on a line of its own."""
    value = routine(LISTED)
    changed = structs.replace(value.step[1], dose=structs.replace(value.step[1].dose, hold_s=9))
    out = saved(LISTED, structs.replace(value, step=[Step(exercise="plank"), value.step[0], changed]), [None, 0, 1])
    assert '\n  { exercise = "plank" },\n  # cow\n' in out
    assert '{ exercise = "bird-dog", dose = { reps = [6, 4], hold_s = 9 } } # last, no comma\n' in out


def test_a_list_of_steps_on_one_line_stays_one():
    """Only what differs is written."""
    text = PLAIN + 'step = [{ exercise = "a" }, {exercise="b", rest_after_s=3}] # x'
    value = routine(text)
    new = [value.step[1], Step(exercise="c"), structs.replace(value.step[0], why="w")]
    out = saved(text, structs.replace(value, step=new), [1, None, 0])
    assert out.endswith(
        'step = [{exercise="b", rest_after_s=3}, { exercise = "c" }, { exercise = "a", why = "w" }] # x'
    )


def test_a_comment_behind_the_last_of_a_list_does_not_swallow_the_bracket():
    """What was not last had a comment; as the last it keeps it."""
    text = PLAIN + 'step = [\n{ exercise = "a" }, # a\n{ exercise = "b" }]\n'
    value = routine(text)
    assert saved(text, structs.replace(value, step=value.step[::-1]), [1, 0]).endswith('{ exercise = "a" } # a\n]\n')


@pytest.mark.parametrize(
    "text",
    [
        '[[step]]\nexercise = "a"\n[source]\nfrequency = "own"\n[step.dose]\nhold_s = 4\n',
        'step = [\n  { exercise = "a" } # before the comma\n  , { exercise = "b" },\n]\n',
    ],
    ids=["parted", "comma"],
)
def test_a_layout_that_cannot_be_followed_is_said(text):
    """No guess is made: the text is refused whole."""
    text = PLAIN + text
    value = routine(text)
    with pytest.raises(CannotKeep):
        edited(text, value, structs.replace(value, step=[Step(exercise="c")]), [None])


def test_text_is_written_so_that_it_reads_the_same():
    """Quotes, backslashes and brackets in words need no care of the person's."""
    words = 'a "b" \\ [c] # d \u00e9 \u200d'
    after = structs.replace(with_step(COMMENTED, 0, why=words), name=words)
    saved(COMMENTED, after, [0, 1, 2])


# --- any of them --------------------------------------------------------------------------------

SHIPPED_TEXTS = [path.read_text("utf-8") for path in sorted(Path(SHIPPED, "routines").glob("*.toml"))]


@pytest.mark.parametrize("text", [*SHIPPED_TEXTS, COMMENTED, LISTED])
def test_lines_are_the_text(text):
    """Parting a text into lines loses nothing, and each line is whole TOML."""
    found = list(lines(text))
    assert "".join(line.text for line in found) == text
    for line in found:
        parse(line.text, "line")


doses = st.one_of(
    st.none(),
    st.builds(Dose, hold_s=st.integers(1, 90), sets=st.none() | st.integers(1, 4)),
    st.builds(Dose, reps=st.lists(st.integers(1, 9), min_size=1, max_size=3), tempo_s=st.none() | st.just((1.5, 2.0))),
    st.builds(Dose, breaths=st.integers(1, 9), in_s=st.none() | st.just(4.5)),
)
words = st.none() | st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
new_steps = st.builds(
    Step,
    exercise=st.sampled_from(["a", "b-c"]),
    dose=doses,
    rest_after_s=st.none() | st.integers(0, 60),
    priority=st.integers(1, 5),
)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, Routine, list[int | None]]:
    """A text, and a routine that it shall become."""
    text = draw(st.sampled_from([*SHIPPED_TEXTS, COMMENTED, LISTED]))
    text = draw(st.sampled_from([text, text.replace("\n", "\r\n"), text[:-1]]))
    before = routine(text)
    places: list[int | None] = draw(
        st.lists(st.none() | st.integers(0, len(before.step) - 1), min_size=1, max_size=12).filter(
            lambda found: len(kept := [n for n in found if n is not None]) == len(set(kept))
        )
    )
    steps = []
    for place in places:
        step = draw(new_steps)
        if place is not None:
            parts = draw(st.sets(st.sampled_from(["dose", "rest_after_s", "why", "priority"])))
            step = structs.replace(before.step[place], **{key: getattr(step, key) for key in parts})
        steps.append(step)
    parts = draw(st.sets(st.sampled_from(["name", "frequency", "rest_after_s"])))
    new = {"name": draw(words.filter(bool)), "frequency": draw(words), "rest_after_s": draw(st.integers(0, 60))}
    after = structs.replace(before, step=steps, **{key: new[key] for key in parts})
    return text, structs.replace(after, source={k: v for k, v in before.source.items() if k not in parts}), places


@given(changes())
def test_any_change_reads_as_it_was_meant(case):
    """Whatever is moved, removed, added and changed, the text reads as the routine and loses no comment."""
    text, after, places = case
    before = routine(text)
    try:
        out = edited(text, before, after, places)
    except CannotKeep:
        pytest.fail("each of these texts can be followed")
    try:
        read = routine(out)
    except Exception as error:
        raise AssertionError(out) from error
    # What Unicode cannot tell a terminal is replaced by the reader; all else is the same.
    assert to_toml(read) == to_toml(routine(to_toml(after)))
    if all(place is not None for place in places) and len(places) == len(before.step):
        kept = [line.text.strip() for line in lines(text) if line.kind == "comment"]
        there = [line.text.strip() for line in lines(out) if line.kind == "comment"]
        doses_gone = any(step.dose is None for step in after.step)
        assert doses_gone or sorted(kept) == sorted(there)
