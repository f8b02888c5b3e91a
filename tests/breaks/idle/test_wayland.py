"""ext-idle-notify-v1 with a compositor that speaks the wire format over a real socket."""

import os
import struct
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.breaks.idle.servers import Compositor, Server, message, text
from trainer.breaks import idle
from trainer.breaks.asking import NoAnswer
from trainer.breaks.idle.wayland import open_wayland
from trainer.breaks.idle.wire import socket_path, take_global

pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="Wayland is not asked there")


@pytest.fixture
def make(tmp_path):
    """Makes a compositor that listens where `environ` says."""
    made = []

    def compositor(*args):
        made.append(Compositor(tmp_path / "wayland-7", *args))
        return made[-1]

    yield compositor
    for each in made:
        if os.path.exists(each.path):
            each.close()


@pytest.fixture
def environ(tmp_path):
    """The environment of a terminal on Wayland."""
    return {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-7"}


def test_the_time_is_reckoned_from_what_the_compositor_told(make, environ, clock):
    compositor = make()
    found = open_wayland(environ, clock)
    assert found.idle_ms() is None  # nothing is known yet
    clock.ms += 1000
    compositor.idled()
    assert found.idle_ms() == 1000
    clock.ms += 299_000
    assert found.idle_ms() == 300_000
    compositor.resumed()
    assert found.idle_ms() == 0
    clock.ms += 60_000
    assert found.idle_ms() == 0
    found.close()


def test_silence_means_activity_only_once_idleness_would_have_been_told(make, environ, clock):
    make()
    found = open_wayland(environ, clock)
    clock.ms += 1999
    assert found.idle_ms() is None
    clock.ms += 1
    assert found.idle_ms() == 0
    found.close()


def test_a_movement_between_two_questions_begins_the_time_anew(make, environ, clock):
    compositor = make()
    found = open_wayland(environ, clock)
    compositor.idled()
    assert found.idle_ms() == 1000
    clock.ms += 100_000
    compositor.resumed()
    compositor.idled()
    assert found.idle_ms() == 1000
    found.close()


@pytest.mark.parametrize(
    ("interface", "offered", "bound", "asked"),
    [
        ("ext_idle_notifier_v1", 3, 2, 2),
        ("ext_idle_notifier_v1", 2, 2, 2),
        ("ext_idle_notifier_v1", 1, 1, 1),
        ("org_kde_kwin_idle", 1, 1, 0),
    ],
)
def test_input_alone_is_watched_where_the_compositor_can(make, environ, clock, interface, offered, bound, asked):
    compositor = make(((3, interface, offered), (4, "wl_seat", 9), (5, "wl_output", 4)))
    found = open_wayland(environ, clock)
    _, _, notifier = compositor.bound[3]
    seat = compositor.bound[4][2]
    assert compositor.bound[3] == (interface, bound, notifier)
    [(on, opcode, *args)] = compositor.notifications
    assert (on, opcode, set(args[1:])) == (interface, asked, {1000, seat})
    assert args[1] == (seat if interface == "org_kde_kwin_idle" else 1000)
    found.close()


def test_somebody_at_one_of_two_seats_is_not_away(make, environ, clock):
    compositor = make(((1, "ext_idle_notifier_v1", 1), (2, "wl_seat", 7), (3, "wl_seat", 7)))
    found = open_wayland(environ, clock)
    compositor.idled(0)
    assert found.idle_ms() == 0
    clock.ms += 5000
    compositor.idled(1)
    assert found.idle_ms() == 1000
    compositor.resumed(0)
    assert found.idle_ms() == 0
    compositor.tell(compositor.registry, 1, struct.pack("=I", 2))
    assert found.idle_ms() == 1000
    found.close()


def test_a_seat_that_comes_later_is_watched(make, environ, clock):
    compositor = make(((1, "ext_idle_notifier_v1", 1),))
    found = open_wayland(environ, clock)
    clock.ms += 5000
    assert found.idle_ms() is None
    compositor.offer(2, "wl_seat", 7)
    assert found.idle_ms() == 0
    found.close()


def test_a_compositor_that_does_not_tell_idleness_is_passed_over(make, environ):
    make(((2, "wl_seat", 7),))
    with pytest.raises(NoAnswer, match="this compositor does not tell idleness"):
        open_wayland(environ)
    assert dict(idle.survey(environ))["Wayland"] == "this compositor does not tell idleness"


def test_a_compositor_that_went_is_heard_again_when_it_is_back(make, environ, clock):
    compositor = make()
    found = open_wayland(environ, clock)
    compositor.idled()
    assert found.idle_ms() == 1000
    compositor.close()
    clock.ms += 60_000
    assert found.idle_ms() is None
    again = make()
    assert found.idle_ms() is None
    again.idled()
    assert found.idle_ms() == 1000
    again.hang_up()  # and one that hangs up only is called again at once
    assert found.idle_ms() is None
    again.tell(again.notifications[-1][2], 0)
    assert found.idle_ms() == 1000
    found.close()


def test_questions_open_nothing_and_leave_no_thread(make, environ, clock):
    make()
    found = open_wayland(environ, clock)
    before = len(os.listdir("/dev/fd")), threading.active_count()
    for _ in range(100):
        found.idle_ms()
    assert (len(os.listdir("/dev/fd")), threading.active_count()) == before
    found.close()


@pytest.mark.parametrize(
    "odd",
    [
        struct.pack("=II", 2, 0),
        struct.pack("=II", 2, 7 << 16),
        message(1, 0, struct.pack("=II", 4, 1) + text("no")),
        message(2, 0, b"short"),
        message(2, 0, struct.pack("=II", 1, 60000) + bytes(8)),
    ],
)
def test_nonsense_ends_the_connection_and_nothing_else(make, environ, clock, odd):
    compositor = make()
    found = open_wayland(environ, clock)
    compositor.connections[-1].sendall(odd)
    assert found.idle_ms() is None
    assert len(compositor.connections) == 2
    found.close()


def test_an_event_may_come_in_pieces(make, environ, clock):
    compositor = make()
    found = open_wayland(environ, clock)
    event = message(compositor.notifications[0][2], 0)
    for at in range(8):
        assert found.idle_ms() is None
        compositor.connections[-1].sendall(event[at : at + 1])
    assert found.idle_ms() == 1000
    found.close()


def test_a_compositor_that_says_nothing_is_left(tmp_path, environ, patience):
    server = Server(tmp_path / "wayland-7")
    patience(0.01)
    with pytest.raises(NoAnswer, match="the compositor does not answer"):
        open_wayland(environ)
    server.close()


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": "/run/user/1"}, "/run/user/1/wayland-1"),
        ({"WAYLAND_DISPLAY": "/run/w", "XDG_RUNTIME_DIR": "/run/user/1"}, "/run/w"),
        ({"WAYLAND_DISPLAY": "/run/w"}, "/run/w"),
        ({"WAYLAND_DISPLAY": "wayland-1"}, None),
        ({"XDG_RUNTIME_DIR": "/run/user/1"}, None),
        ({"WAYLAND_DISPLAY": ""}, None),
    ],
)
def test_the_socket_is_where_the_environment_says(environ, path):
    if path:
        assert socket_path(environ) == path
        return
    with pytest.raises(NoAnswer):
        socket_path(environ)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_global_or_an_error_of_the_connection(body):
    try:
        name, interface, version = take_global(body)
    except ConnectionResetError:
        return
    assert isinstance(interface, str)
    assert name >= 0
    assert version >= 0
