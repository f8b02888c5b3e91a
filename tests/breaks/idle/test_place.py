"""Where the person sits decides who may be asked."""

import pytest

from trainer.breaks import idle
from trainer.breaks.idle.adapter import NoAnswer
from trainer.breaks.idle.place import require_desktop, require_here, require_x11

SSH = {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}
BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/no/bus", "XDG_RUNTIME_DIR": "/no"}


@pytest.mark.parametrize(
    ("environ", "why"),
    [
        ({"DISPLAY": ":0"}, ""),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ""),
        ({"XDG_SESSION_TYPE": "wayland"}, ""),
        ({}, "belongs to no desktop"),
        (BUS, "belongs to no desktop"),
        ({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, "ssh"),
        ({"WAYLAND_DISPLAY": "wayland-0", **SSH}, "ssh"),
        ({"WAYLAND_DISPLAY": "wayland-0", "WSL_DISTRO_NAME": "Debian"}, "WSL"),
        ({"DISPLAY": ":0", "WSL_INTEROP": "/run/WSL/8_interop"}, "WSL"),
    ],
)
def test_a_desktop_is_asked_only_by_its_own_terminals(environ, why):
    if not why:
        require_desktop(environ)
        return
    with pytest.raises(NoAnswer, match=why):
        require_desktop(environ)


@pytest.mark.parametrize(
    ("environ", "display", "why"),
    [
        ({"DISPLAY": ":0"}, ":0", ""),
        ({"DISPLAY": "unix:0"}, "unix:0", ""),
        ({"DISPLAY": "localhost:10.0", **SSH}, "localhost:10.0", ""),
        ({"DISPLAY": ":0", **SSH}, "", "no X11 display"),
        ({"DISPLAY": "unix:0", **SSH}, "", "no X11 display"),
        (SSH, "", "no X11 display"),
        ({}, "", "no X11 display"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "", "a part of what is typed"),
        ({"DISPLAY": ":0", "WSL_DISTRO_NAME": "Debian"}, "", "WSL"),
    ],
)
def test_a_display_is_asked_where_the_person_sits_before_it(environ, display, why):
    if not why:
        assert require_x11(environ) == display
        return
    with pytest.raises(NoAnswer, match=why):
        require_x11(environ)


@pytest.mark.parametrize("environ", [SSH, {**SSH, **BUS}, {"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0", **BUS}])
def test_from_another_machine_idleness_is_unknown(environ):
    with pytest.raises(NoAnswer):
        require_here(environ)
    assert idle.find(environ).name == "unknown"
    assert idle.find(environ).idle_ms() is None


@pytest.mark.parametrize(
    "environ", [{}, SSH, BUS, {"DISPLAY": "x", "WAYLAND_DISPLAY": "\0", **BUS}, {"DISPLAY": ":54321"}]
)
def test_every_way_says_something_short_of_itself(environ):
    for name, said in idle.survey({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/no/bus", **environ}):
        assert 0 < len(name) < 15
        assert 0 < len(said) < 60
