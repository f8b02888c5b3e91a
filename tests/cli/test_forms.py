"""What is asked for of a routine's form, line by line: its level, the weaker side, a short or filtered form."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from trainer.coach.progression import LastTime
from trainer.guide.shorten import NothingLeft, Wish
from trainer.kit import Kit
from trainer.paths import Paths
from trainer.settings import Settings, load

LADDER = "physio-ladder"
EXERCISES = ("Knee to chest", "Glute bridge", "Knee rolls", "Cat-cow")
STOP = ("1 of", "q")
ASKED = "Level 3 of 10 last time."
NO_PAIN = ("Pain now, before", "")


def climbed(plain: Any, *, level: int = 3, after: int = 1) -> Kit:
    """A kit whose logbook tells of a whole session at a level, in which pain was 1 and then `after`."""
    kit = plain.make_kit()
    kit.last_time = lambda _: LastTime(level, True, (1, 1, 1, 1), True, 1, after)
    return kit


# --- the level -----------------------------------------------------------------------------------


def test_the_first_time_begins_at_the_first_level(plain: Any) -> None:
    """Nothing is asked, and the reason is told."""
    plain(LADDER, NO_PAIN, STOP)
    assert plain.person.output[0] == "The first time begins at the first level."
    assert any(line.startswith("Physio ladder, level 1 of 10: 4 exercises") for line in plain.person.output)
    plain(LADDER, NO_PAIN, STOP, rehearsal=True)
    assert "first" not in plain.person.output[0]  # a rehearsal does not look back, and claims nothing


def test_the_last_session_is_that_of_the_logbook(plain: Any) -> None:
    """A whole session with all its ratings is found again, and suggests the next level."""
    rated = [(f"{name}: pain now", "1") for name in EXERCISES]
    plain(LADDER, ("Pain now, before", "1"), *rated, ("after all of it", "1"), ("A note?", ""), level=3)
    plain.clock.ms += 60_000
    plain(LADDER, (ASKED, "1"), NO_PAIN, STOP)
    assert plain.last().row.level == 4


@pytest.mark.parametrize(("typed", "level"), [("1", 4), ("2", 3), ("3", 2), ("", 3)])
def test_the_person_chooses_the_level(plain: Any, typed: str, level: int) -> None:
    """What the logbook suggests comes first, with its reason; Enter alone raises nothing."""
    plain(LADDER, ("Enter alone takes level 3.", typed), NO_PAIN, STOP, kit=climbed(plain))
    output = plain.person.output
    assert output[0].startswith(f"{ASKED} Last time all ratings were below 5 and pain did not grow.")
    assert output[1:4] == [
        "  1: One up (4): 10 repetitions",
        "  2: Same (3): 8 repetitions",
        "  3: One down (2): 5 repetitions",
    ]
    assert (plain.last().row.level, plain.last().row.levels) == (level, 10)
    each = {2: "5 repetitions held 3 s each side.", 3: "8 repetitions held 3 s each side."}
    assert each.get(level, "10 repetitions held 3 s each side.") in output


def test_growing_pain_lowers_what_enter_takes(plain: Any) -> None:
    """After pain that grew one level down is suggested, and Enter alone takes it."""
    plain(LADDER, ("Enter alone takes level 2.", ""), NO_PAIN, STOP, kit=climbed(plain, after=3))
    assert "Last time pain went from 1 to 3; when it grows, do less." in plain.person.output[0]
    assert plain.last().row.level == 2


@pytest.mark.parametrize(
    ("after", "level", "why"), [(1, 3, ""), (4, 2, "Last time pain went from 1 to 4; when it grows, do less.")]
)
def test_where_nobody_is_asked_nothing_is_raised(plain: Any, after: int, level: int, why: str) -> None:
    """Through a pipe the level of last time is taken, or the one below where that is suggested, with its reason."""
    plain(LADDER, STOP, interactive=False, kit=climbed(plain, after=after))
    assert plain.last().row.level == level
    assert (why or plain.person.output[0]) == plain.person.output[0]
    assert ASKED not in plain.person.text


def test_a_level_that_is_named_is_taken(plain: Any) -> None:
    """`--level` asks nothing, and goes on with no session of another level."""
    plain(LADDER, NO_PAIN, ("Change side", "l"), level=5)
    plain(LADDER, NO_PAIN, STOP, level=7, kit=climbed(plain))
    assert "Go on there?" not in plain.person.text
    assert plain.last().row.level == 7
    assert any("8 repetitions held 3 s each side, 2 sets." in line for line in plain.person.output)


def test_going_on_keeps_the_level(plain: Any) -> None:
    """A session that goes on is asked nothing: it goes on as it began."""
    plain(LADDER, NO_PAIN, ("Change side", "l"), level=4)
    plain(LADDER, ("Go on there?", "y"), STOP)
    assert any(line.startswith("Physio ladder, level 4 of 10") for line in plain.person.output)
    assert ASKED not in plain.person.text


@pytest.mark.parametrize("last", range(1, 11))
@pytest.mark.parametrize("minutes", [1, 2])
def test_a_short_form_offers_only_levels_that_fit(plain: Any, last: int, minutes: int) -> None:
    """Each level offered leaves something within the time; where none near does, the next below is told and taken."""
    kit, wish = climbed(plain, level=last), Wish(minutes=minutes)

    def fits(level: int) -> bool:
        try:
            return kit.prepare(LADDER, wish, level=level)[0].reckoned_ms <= minutes * 60_000
        except NothingLeft:
            return False

    near = [level for level in (last - 1, last, last + 1) if 1 <= level <= 10 and fits(level)]
    near = near if min(near, default=11) <= last else []
    found = kit.suggestion(kit.prepare(LADDER, wish)[0], wish)
    assert found is not None
    assert sorted(found.choices) == (near or [max(level for level in range(1, last) if fits(level))])
    assert ("does not fit into this form" in found.why) == (not near)
    kit.close()


def test_a_level_that_the_time_asks_for_is_told(plain: Any) -> None:
    """Where there is nothing to choose, the reason is told and nothing is asked."""
    plain(LADDER, NO_PAIN, STOP, wish=Wish(minutes=1), kit=climbed(plain, level=6))
    assert plain.person.output[0] == "Level 6 does not fit into this form; level 2 is the next below that does."
    assert plain.last().row.level == 2


# --- the weaker side -----------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "side"), [("1", None), ("2", "left"), ("3", "right"), ("", None)])
def test_the_weaker_side_is_asked_for_and_remembered(plain: Any, folders: Paths, typed: str, side: str | None) -> None:
    """It goes first and gets a set more; the next time it is the first answer."""
    plain("weaker-side", ("Which side is weaker?", "<wait 1>"), ("Enter alone takes", typed), NO_PAIN, STOP)
    assert load(folders.settings).weaker_side == side if folders.settings.exists() else side is None
    assert plain.last().weaker == side
    more = {None: "", "left": ", and 1 set more: left foot down", "right": ", and 1 set more: right foot down"}[side]
    assert f"8 repetitions each side, 2 sets{more}." in plain.person.output
    plain.settings = Settings(care_shown=True, weaker_side=side)
    plain("weaker-side", ("Enter alone takes the first", ""), NO_PAIN, STOP)
    first = {None: "Neither, or not sure", "left": "Left, as last time", "right": "Right, as last time"}[side]
    assert f"  1: {first}" in plain.person.output
    assert plain.last().weaker == side


@pytest.mark.parametrize(("named", "side"), [("left", "left"), ("right", "right"), ("none", None)])
def test_a_weaker_side_that_is_named_is_taken(plain: Any, folders: Paths, named: str, side: str | None) -> None:
    """`--weaker` asks nothing, and changes nothing of what was said before."""
    plain.settings = Settings(care_shown=True, weaker_side="left")
    plain("weaker-side", NO_PAIN, STOP, weaker=named)
    assert "Which side" not in plain.person.text
    assert plain.last().weaker == side
    assert not folders.settings.exists()


def test_where_nobody_is_asked_the_weaker_side_is_that_of_last_time(plain: Any) -> None:
    """Through a pipe what was said before holds, and is told."""
    plain.settings = Settings(care_shown=True, weaker_side="right")
    plain("weaker-side", STOP, interactive=False)
    assert "Weaker side: right, as you said before." in plain.person.output
    assert plain.last().weaker == "right"


# --- short and filtered forms, other names, and what is wrong ------------------------------------


def test_a_short_form_says_what_it_left_out(plain: Any) -> None:
    """It is told before it begins and at the end, and is in the logbook."""
    plain("lower-back-list", NO_PAIN, STOP, wish=Wish(minutes=4))
    left_out = plain.last().left_out
    assert "1 set of Bird dog" in left_out
    assert plain.person.output.count(f"Left out: {'; '.join(left_out)}.") == 2


@pytest.mark.parametrize("name", ["side bridge", "Side Bridge", "side plank", "side-plank"])
def test_other_names_run_too(cli: Any, name: str) -> None:
    """An exercise runs by its id, its name and what else it is called; so the error is that of its length."""
    status, out, err = cli("run", name, "--minutes", "1", "--rehearse")
    assert (status, out) == (2, "")
    assert err.startswith("trainer: --minutes 1: found 1 min for Side plank; allowed: ")


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        ([LADDER, "--level", "11"], "--level: found 11; allowed: 1 to 10, the levels of Physio ladder"),
        ([LADDER, "--level", "0"], "argument --level: found '0'; allowed: 1 to 20"),
        (["desk-break", "--level", "9"], "--level: found 9; allowed: no --level, since Desk break has none"),
        (["weaker-side", "--weaker", "up"], "argument --weaker: found 'up'; allowed: left, right or none"),
        (["desk-break", "--weaker", "left"], "allowed: no --weaker, since Desk break gives no side more"),
        (["desk-break", "--minutes", "0"], "argument --minutes: found '0'; allowed: 1 to 600"),
        (["desk-break", "--minutes", "four"], "argument --minutes: found 'four'; allowed: 1 to 600"),
        (["warm-up", "--without", "rocket"], "--without: found 'rocket'; allowed: one of: chair, "),
        (["warm-up", "--without", "mta"], "; did you mean mat?"),
        (["big-three", "--no-floor"], "--no-floor: found nothing left of Big three: Bird dog (on the floor), "),
        (["bird-dog", "--without", "mat"], "--without mat: found nothing left of Bird dog: Bird dog (needs mat)"),
        (["side-plank", "--minutes", "1"], "--minutes 1: found 1 min for Side plank; allowed: 3 min or more"),
    ],
)
def test_what_cannot_be_had_is_named(cli: Any, argv: list[str], found: str) -> None:
    """What was found and what is allowed, status 2, and nothing begins."""
    status, out, err = cli("run", *argv, "--plain", "--rehearse")
    assert (status, out) == (2, "")
    assert found in " ".join(err.split())


@pytest.mark.parametrize("level", range(1, 11))
def test_the_page_tells_of_each_level_what_runs(cli: Any, plain: Any, level: int) -> None:
    """A level's repetitions and sets on the page are those that are gone through."""
    out = cli("show", LADDER)[1]
    kit = plain.make_kit()
    plan, _ = kit.prepare(LADDER, level=level)
    works = [structs.asdict(one)["count"] for one in plan.items[1].dose.sets_of_work()]
    sets = f"{len(works)} set{'s' if len(works) > 1 else ''}"
    assert f"\n{level}. {works[0]} repetitions, {sets}\n" in out
