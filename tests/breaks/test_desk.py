"""What a desk senses while adapters come and go, by a clock that stands until it is moved."""

import pytest

from trainer.breaks import desk as room
from trainer.breaks.desk import AGAIN_MS, Desk
from trainer.breaks.events import Sensed
from trainer.breaks.idle import Unknown
from trainer.breaks.settings import Breaks


class Idle:
    """An adapter that says what it is told to."""

    exact = True

    def __init__(self, name, idle_ms):
        self.name = name
        self.says_ms = idle_ms
        self.closed = False

    def idle_ms(self):
        return self.says_ms

    def close(self):
        self.closed = True


class Machine:
    """A machine whose adapters are put there by the test, and a clock."""

    def __init__(self):
        self.ms = 1_000_000
        self.offers = []
        self.looks = 0

    def find(self, environ):
        self.looks += 1
        return self.offers[0] if self.offers else Unknown()


@pytest.fixture
def machine(monkeypatch):
    machine = Machine()
    monkeypatch.setattr(room, "find", machine.find)
    return machine


@pytest.fixture
def desk(machine):
    desk = Desk(Breaks(), {}, None, lambda: machine.ms)
    machine.offers = [Idle("GNOME", 10)]
    assert desk.look() == "GNOME"
    return desk


def sensed(desk, machine, seconds, every_s=5):
    """What is sensed in so many seconds."""
    found = []
    for _ in range(seconds // every_s):
        machine.ms += every_s * 1000
        found.append(desk.sense().idle_ms)
    return found


def test_what_answers_is_asked_and_nothing_else_is_looked_for(desk, machine):
    assert set(sensed(desk, machine, 3600)) == {10}
    assert machine.looks == 1


def test_after_a_minute_without_an_answer_another_is_taken_and_the_first_let_go(desk, machine):
    first, second = machine.offers[0], Idle("Wayland", 20)
    first.says_ms = None
    machine.offers = [second]
    assert sensed(desk, machine, 60) == [None] * 12
    assert machine.looks == 1
    assert sensed(desk, machine, 10) == [20, 20]
    assert (desk.idle_name, first.closed, machine.looks) == ("Wayland", True, 2)


def test_an_answer_in_between_begins_the_minute_anew(desk, machine):
    one = machine.offers[0]
    for says_ms, seconds in ((None, 55), (7, 5), (None, 55)):
        one.says_ms = says_ms
        sensed(desk, machine, seconds)
    assert machine.looks == 1


def test_the_first_silence_after_a_long_sleep_is_no_reason_to_look(desk, machine):
    """Whoever asks trusts that an answer comes at once where the last one did."""
    machine.offers[0].says_ms = None
    machine.ms += 8 * 3600 * 1000
    assert desk.sense().idle_ms is None
    assert machine.looks == 1


def test_while_nothing_answers_it_is_looked_for_once_a_minute_and_no_more(desk, machine):
    machine.offers[0].says_ms = None
    machine.offers = []
    assert set(sensed(desk, machine, 3600)) == {None}
    assert machine.looks == 3600 * 1000 // AGAIN_MS
    assert desk.knows_idle


def test_what_comes_back_by_itself_is_heard_again(desk, machine):
    first = machine.offers[0]
    first.says_ms, machine.offers = None, []
    sensed(desk, machine, 300)
    first.says_ms = 30
    assert sensed(desk, machine, 5) == [30]
    assert not first.closed


def test_where_nothing_was_found_or_is_wanted_nothing_is_asked(machine):
    for wishes in (Breaks(), Breaks(watch_idle=False)):
        desk = Desk(wishes, {}, None, lambda: machine.ms)
        assert desk.look() == ""
        looks = machine.looks
        assert set(sensed(desk, machine, 600)) == {None}
        assert machine.looks == looks
        assert not desk.knows_idle


def test_a_person_who_attaches_to_tmux_from_elsewhere_is_not_taken_for_idle(monkeypatch, machine):
    """The desktop's keys lie still while they type over ssh; it is noticed within a minute, and on their return."""
    at_home, away = {"DISPLAY": ":0"}, {"SSH_CONNECTION": "a 1 b 22"}
    seat, asked = [at_home], []
    monkeypatch.setattr(room, "seated", lambda environ: asked.append(1) or seat[0])
    one = Idle("GNOME", 10)
    machine.offers = [one]
    desk = Desk(Breaks(), {"TMUX": "x", "TERM": "tmux-256color"}, None, lambda: machine.ms)
    desk.look()
    sensed(desk, machine, 600)
    assert len(asked) == 1 + 10
    assert machine.looks == 1

    seat[0], machine.offers, one.says_ms = away, [], 600_000
    assert sensed(desk, machine, 60)[-1] is None
    assert one.closed
    assert machine.looks == 1
    assert desk.idle_name == ""
    assert set(sensed(desk, machine, 120)) == {None}

    seat[0], machine.offers = at_home, [Idle("GNOME", 5)]
    assert sensed(desk, machine, 65)[-1] == 5
    assert desk.sense() == Sensed(5, True)


def test_a_desk_that_is_closed_lets_go(desk, machine):
    one = machine.offers[0]
    desk.close()
    assert one.closed
    assert desk.sense() == Sensed()
