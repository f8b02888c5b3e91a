"""Where the person sits decides who may be asked, and where they are told."""

import sys

import pytest

from trainer.breaks import idle, quiet
from trainer.breaks.asking import NoAnswer
from trainer.breaks.seat import require_desktop, require_here, require_x11, seated, why_unseen

SSH = {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}
IN_TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "TMUX_PANE": "%3"}
ATTACHED = "xterm-256color|on|1|1|0|"
NOBODY = "|on|1|1|0|"
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


@pytest.mark.parametrize(
    ("environ", "seen"),
    [
        ({}, True),
        ({"TERM": "xterm-256color", "DISPLAY": ":0"}, True),
        (SSH, False),
        ({"SSH_TTY": "/dev/pts/1"}, False),
        ({"SSH_CLIENT": "a 1 22", "DISPLAY": "localhost:10.0"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "linux", "DISPLAY": ":0"}, True),
        ({"TERM": "linux", "WAYLAND_DISPLAY": "wayland-1"}, True),
    ],
    ids=str,
)
def test_the_desktop_is_not_seen_over_ssh_nor_from_a_text_console(environ, seen):
    assert (why_unseen(environ) == "") == seen


@pytest.fixture
def in_tmux(tmp_path):
    """Variables of a shell inside tmux, with a stand-in for tmux that says what it is told to and counts."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a script for a POSIX shell")

    def make(says, **environ):
        script = f"#!/bin/sh\necho >>'{tmp_path}/asked'\ncat <<'END'\n{says}\nEND\n"
        (tmp_path / "tmux").write_text(script if says else "#!/bin/sh\nexit 1\n")
        (tmp_path / "tmux").chmod(0o755)
        return {"PATH": f"{tmp_path}:/usr/bin:/bin", **IN_TMUX, **environ}

    return make


@pytest.mark.parametrize(
    ("says", "environ", "here"),
    [
        (f"{ATTACHED}\n-SSH_CONNECTION", SSH, True),
        (f"{ATTACHED}\n-SSH_CONNECTION", {**SSH, "SSH_TTY": "/dev/pts/1"}, True),
        (f"{ATTACHED}\nSSH_CONNECTION=a 1 b 22", {}, False),
        (NOBODY, SSH, False),
        (NOBODY, {}, True),
        ("", SSH, False),
        ("", {}, True),
    ],
    ids=["came home", "and its terminal", "went away", "nobody, begun over ssh", "nobody", "silent over ssh", "silent"],
)
def test_inside_tmux_who_is_attached_counts_and_in_doubt_the_shell(in_tmux, says, environ, here):
    found = seated(in_tmux(says, **environ))
    assert (why_unseen(found) == "") == here
    if here:
        require_here(found)
        return
    with pytest.raises(NoAnswer, match="ssh"):
        require_here(found)


def test_the_display_too_is_that_of_who_is_attached(in_tmux):
    """A shell begun at home, and attached to with X11 brought along by ssh; then without."""
    brought = f"{ATTACHED}\nSSH_CONNECTION=a 1 b 22\nDISPLAY=localhost:10.0\n-XAUTHORITY"
    found = seated(in_tmux(brought, DISPLAY=":0", XAUTHORITY="/its/file", OTHER="kept"))
    assert require_x11(found) == "localhost:10.0"
    assert "XAUTHORITY" not in found
    assert found["OTHER"] == "kept"
    with pytest.raises(NoAnswer, match="no X11 display"):
        require_x11(seated(in_tmux(f"{ATTACHED}\nSSH_CONNECTION=a 1 b 22\n-DISPLAY", DISPLAY=":0")))


@pytest.mark.parametrize("room", [idle.find, idle.survey, quiet.ask, quiet.survey])
def test_tmux_is_asked_once_however_many_ways_are_tried(in_tmux, tmp_path, room):
    room({**in_tmux(f"{ATTACHED}\nSSH_CONNECTION=a 1 b 22"), "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/no/bus"})
    assert len((tmp_path / "asked").read_text().splitlines()) == 1


def test_from_tmux_begun_at_home_and_attached_over_ssh_idleness_is_unknown(in_tmux):
    environ = in_tmux(f"{ATTACHED}\nSSH_CONNECTION=a 1 b 22\n-DISPLAY", DISPLAY=":0", **BUS)
    assert idle.find({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/no/bus", **environ}).name == "unknown"


def test_without_tmux_nothing_is_run(in_tmux, tmp_path):
    environ = {**in_tmux(ATTACHED), "TERM": "foot"}
    assert seated(environ) is environ
    assert not (tmp_path / "asked").exists()
