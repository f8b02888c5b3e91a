"""Do-not-disturb and full screens: from real buses, stand-ins for displays and programs, and files."""

import ctypes
import os
import sys
from types import SimpleNamespace

import pytest

from tests.breaks.idle.servers import XServer
from trainer.breaks import quiet
from trainer.breaks.asking import NoAnswer, reach
from trainer.breaks.idle import x11
from trainer.breaks.quiet import Quiet, gsettings, macos, windows
from trainer.breaks.quiet.notifications import why as notifications

GET = "org.freedesktop.DBus.Properties"
KDE = (GET, "Get", "org.freedesktop.Notifications", "Inhibited")
DUNST = (GET, "Get", "org.dunstproject.cmd0", "paused")
linux = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="ways of Linux")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({KDE: ("v", (("b", True),))}, "do not disturb is on"),
        ({KDE: ("v", (("b", False),))}, ""),
        ({DUNST: ("v", (("b", True),))}, "do not disturb is on"),
        ({DUNST: ("v", (("b", False),))}, ""),
        ({}, None),
        ({KDE: ("v", (("s", "yes"),))}, None),
    ],
)
def test_a_notification_service_tells_whether_it_lets_notices_through(daemon, answers, why):
    daemon.serve("org.freedesktop.Notifications", answers)
    if why is None:
        with pytest.raises(NoAnswer, match="the notification service does not say it"):
            notifications(daemon.environ)
        return
    assert notifications(daemon.environ) == why


def test_a_timer_which_knows_of_no_display_hears_it_too(daemon):
    """Its notices go to the same service."""
    daemon.serve("org.freedesktop.Notifications", {KDE: ("v", (("b", True),))})
    assert notifications({"DBUS_SESSION_BUS_ADDRESS": daemon.address}) == "do not disturb is on"


@linux
def test_no_service_is_no_answer(daemon):
    assert dict(quiet.survey(daemon.environ))["notification service"] == "not running"


@linux
def test_a_service_that_stands_still_is_asked_once(daemon, patience):
    service = daemon.serve("org.freedesktop.Notifications", {KDE: None, DUNST: None})
    patience(0.1)
    assert quiet.ask({**daemon.environ, "DISPLAY": "nowhere"}) == Quiet(None)
    assert len(service.asked) <= 1


@pytest.fixture
def display(tmp_path, monkeypatch):
    """A display whose windows are as a test wants them."""
    monkeypatch.setattr(x11, "reach", lambda _, until: reach(str(tmp_path / "x"), until))
    server = XServer(tmp_path / "x")
    yield server
    server.close()


ROOT, WINDOW, FULL = XServer.ROOTS[0], 0x400, 3
IN_USE = {(ROOT, "_NET_ACTIVE_WINDOW"): (WINDOW,)}


@linux
@pytest.mark.parametrize(
    ("properties", "more", "said"),
    [
        (IN_USE | {(WINDOW, "_NET_WM_STATE"): (9, FULL)}, {}, "a window fills the screen"),
        (IN_USE | {(WINDOW, "_NET_WM_STATE"): (9,)}, {}, "off"),
        (IN_USE, {}, "off"),
        (IN_USE | {(WINDOW, "_NET_WM_STATE"): (FULL,)}, {"WINDOWID": str(WINDOW)}, "off"),
        (IN_USE | {(WINDOW, "_NET_WM_STATE"): (FULL,), (WINDOW, "_NET_WM_PID"): (os.getppid(),)}, {}, "off"),
        (
            IN_USE | {(WINDOW, "_NET_WM_STATE"): (FULL,), (WINDOW, "_NET_WM_PID"): (os.getpid(),)},
            {},
            "a window fills the screen",
        ),
        ({(ROOT, "_NET_ACTIVE_WINDOW"): (0,)}, {}, "off"),
        ({}, {}, "the window manager does not name the window in use"),
        (IN_USE, {"SSH_TTY": "/dev/pts/1"}, "keyboard and mouse are on another machine (ssh)"),
    ],
    ids=[
        "full",
        "another state",
        "no state",
        "own by id",
        "own by program",
        "a stranger's",
        "none",
        "no manager",
        "ssh",
    ],
)
def test_a_window_that_fills_the_screen_is_seen_unless_it_is_the_terminal(display, properties, more, said):
    display.properties = properties
    assert dict(quiet.survey({"DISPLAY": ":0", **more}))["X11 full screen"] == said


@linux
def test_the_first_reason_is_told_and_off_only_where_something_could_tell(display):
    display.properties = IN_USE
    assert quiet.ask({"DISPLAY": ":0"}) == Quiet(False)
    display.properties = IN_USE | {(WINDOW, "_NET_WM_STATE"): (FULL,)}
    assert quiet.ask({"DISPLAY": ":0"}) == Quiet(True, "a window fills the screen")
    assert quiet.ask({}) == Quiet(None)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")
@pytest.mark.parametrize(
    ("desktop", "script", "said"),
    [
        ("GNOME", "echo false", "do not disturb is on (GNOME)"),
        ("ubuntu:GNOME", "echo true", ""),
        (
            "X-Cinnamon",
            '[ "$2" = org.cinnamon.desktop.notifications ] && echo false',
            "do not disturb is on (Cinnamon)",
        ),
        ("GNOME", '[ "$*" = "get org.gnome.desktop.notifications show-banners" ] && echo true', ""),
        ("GNOME", "echo no such schema >&2; exit 1", None),
        ("GNOME", "printf '\\377'", None),
        ("KDE", "echo false", None),
        ("", "echo false", None),
    ],
)
def test_the_setting_of_a_desktop_is_read(tmp_path, capfd, desktop, script, said):
    program = tmp_path / "gsettings"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    environ = {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": desktop, "PATH": str(tmp_path)}
    if said is None:
        with pytest.raises(NoAnswer):
            gsettings.why(environ)
    else:
        assert gsettings.why(environ) == said
    assert capfd.readouterr() == ("", "")


def test_a_desktop_without_its_program_cannot_tell(tmp_path):
    with pytest.raises(NoAnswer, match="gsettings is not installed"):
        gsettings.why({"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "GNOME", "PATH": str(tmp_path)})


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")
def test_a_program_that_hangs_is_ended(tmp_path, monkeypatch):
    program = tmp_path / "gsettings"
    program.write_text("#!/bin/sh\nread never </dev/zero\n")
    program.chmod(0o755)
    monkeypatch.setattr(gsettings, "LIMIT_S", 0.05)
    with pytest.raises(NoAnswer, match="gsettings does not answer"):
        gsettings.why({"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "GNOME", "PATH": str(tmp_path)})


def shell32(state, result=0):
    def query(pointer):
        assert isinstance(pointer.contents, ctypes.c_int32)
        pointer.contents.value = state
        return result

    class Query:
        def __call__(self, pointer):
            return query(pointer)

    return SimpleNamespace(SHQueryUserNotificationState=Query())


@pytest.mark.parametrize("state", [1, 2, 3, 4, 6, 7])
def test_windows_tells_why_to_be_quiet(state):
    assert windows.read(shell32(state))


def test_windows_lets_notices_through():
    assert windows.read(shell32(5)) == ""


@pytest.mark.parametrize(("state", "result"), [(0, 0), (8, 0), (5, -1)])
def test_windows_does_not_say_it(state, result):
    with pytest.raises(NoAnswer):
        windows.read(shell32(state, result))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"data":[{"storeAssertionRecords":[{"assertionUUID":"x"}]}],"header":{}}', "a Focus is on"),
        ('{"data":[{"storeAssertionRecords":[]}]}', "one on a schedule cannot be read"),
        ('{"data":[{"storeInvalidationRecords":[{}]}]}', "one on a schedule cannot be read"),
        ('{"data":[]}', "one on a schedule cannot be read"),
        ("{", "not understood"),
        ('{"data":3}', "not understood"),
        ("\xff", "not understood"),
        (None, "there is no record of a Focus"),
    ],
)
def test_a_focus_that_was_switched_on_by_hand_is_seen(tmp_path, content, said):
    folder = tmp_path / "Library/DoNotDisturb/DB"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "Assertions.json").write_bytes(content.encode("latin-1"))
    if said == "a Focus is on":
        assert macos.why({"HOME": str(tmp_path)}) == said
        return
    with pytest.raises(NoAnswer, match=said):
        macos.why({"HOME": str(tmp_path)})


def test_far_from_the_desktop_nothing_can_tell():
    assert quiet.ask({"SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}) == Quiet(None)
    for name, said in quiet.survey({"SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}):
        assert name
        assert "ssh" in said
