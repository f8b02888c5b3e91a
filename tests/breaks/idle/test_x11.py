"""X11's idle time: from a stand-in that speaks the wire format, and from a real server where one is installed."""

import os
import shutil
import struct
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.breaks.idle.servers import XServer
from trainer.breaks import idle
from trainer.breaks.asking import NoAnswer, reach
from trainer.breaks.idle import x11
from trainer.breaks.idle.x11 import Place, find_cookie, place
from trainer.breaks.idle.xscreensaver import open_xscreensaver

pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="X11 is not asked there")


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Makes a server that every display's name leads to."""
    made = []
    monkeypatch.setattr(x11, "reach", lambda _, until: reach(str(tmp_path / "x"), until))

    def server(**wishes):
        made.append(XServer(tmp_path / "x", **wishes))
        return made[-1]

    yield server
    for each in made:
        if os.path.exists(each.path):
            each.close()


@pytest.mark.parametrize(("display", "root"), [(":0", 0x111), (":0.0", 0x111), (":0.1", 0x222), (":0.9", 0x222)])
def test_the_idle_time_of_the_screen_is_told(make, display, root):
    server = make(idle_ms=1234)
    found = idle.find({"DISPLAY": display})
    assert (found.name, found.exact, found.idle_ms()) == ("X11", True, 1234)
    server.idle_ms = 0xFFFFFFFF
    assert found.idle_ms() == 0xFFFFFFFF
    assert set(server.drawables) == {root}
    assert len(server.connections) == 1
    found.close()


@pytest.mark.parametrize(
    ("wishes", "why"),
    [
        ({"extensions": ()}, "the display has no screen saver extension"),
        ({"extensions": ("XWAYLAND", "MIT-SCREEN-SAVER")}, "on Wayland, X11 sees a part of what is typed"),
        ({"cookie": b"secret"}, "the display does not let this program in"),
    ],
)
def test_a_display_that_cannot_tell_says_why(make, wishes, why):
    make(**wishes)
    assert dict(idle.survey({"DISPLAY": ":0", "HOME": "/no"}))["X11"] == why


def test_a_server_that_dies_ends_nothing_and_is_asked_again_when_it_is_back(make):
    server = make(idle_ms=5)
    found = open_xscreensaver({"DISPLAY": ":0"})
    server.close()
    assert found.idle_ms() is None
    assert found.idle_ms() is None
    other = make(idle_ms=6, extensions=("RANDR", "MIT-SCREEN-SAVER"))  # the same extension by another number
    assert found.idle_ms() == 6
    other.close()
    make(idle_ms=7)
    assert found.idle_ms() == 7  # within one question
    found.close()


def test_a_server_that_stands_still_is_not_waited_for(make, patience):
    server = make(idle_ms=5)
    found = open_xscreensaver({"DISPLAY": ":0"})
    server.mute = True
    patience(0.01)
    assert found.idle_ms() is None
    found.close()


def entry(family, address, number, name, data):
    fields = b"".join(struct.pack(">H", len(field)) + field for field in (address, number, name, data))
    return struct.pack(">H", family) + fields


MAGIC = b"MIT-MAGIC-COOKIE-1"
OURS = entry(256, b"desk", b"0", MAGIC, b"ours")


@pytest.mark.parametrize(
    ("file", "cookie"),
    [
        (OURS, b"ours"),
        (entry(256, b"other", b"0", MAGIC, b"x") + OURS, b"ours"),
        (entry(256, b"desk", b"1", MAGIC, b"x") + OURS, b"ours"),
        (entry(256, b"desk", b"0", b"XDM-AUTHORIZATION-1", b"x") + OURS, b"ours"),
        (entry(65535, b"", b"0", MAGIC, b"wild") + OURS, b"ours"),
        (entry(65535, b"", b"", MAGIC, b"wild"), b"wild"),
        (entry(256, b"desk", b"", MAGIC, b"any"), b"any"),
        (entry(0, b"\x7f\0\0\1", b"0", MAGIC, b"x"), b""),
        (OURS[:9], b""),
        (b"", b""),
    ],
)
def test_the_cookie_is_the_one_for_this_display(file, cookie):
    assert find_cookie(file, "desk", 0) == cookie


@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_of_cookies(file):
    assert isinstance(find_cookie(file, "desk", 0), bytes)


def test_the_cookie_is_shown_to_the_server(make, tmp_path):
    make(idle_ms=3, cookie=b"0123456789abcdef")
    (tmp_path / "a").write_bytes(entry(65535, b"", b"0", MAGIC, b"0123456789abcdef"))
    found = open_xscreensaver({"DISPLAY": ":0", "XAUTHORITY": str(tmp_path / "a")})
    assert found.idle_ms() == 3
    found.close()


@pytest.mark.parametrize(
    ("display", "found"),
    [
        (":0", Place("", 0, 0)),
        (":12.3", Place("", 12, 3)),
        ("unix:1", Place("", 1, 0)),
        ("unix/desk:1", Place("", 1, 0)),
        ("localhost:10.0", Place("localhost", 10, 0)),
        ("tcp/127.0.0.1:1", Place("127.0.0.1", 1, 0)),
        ("[::1]:1", Place("::1", 1, 0)),
        ("elsewhere:0", None),
        ("", None),
        ("0", None),
        (":", None),
        (":x", None),
        (":0.0.0", None),
        ("/private/tmp/launch/org.xquartz:0", None),
        (":999999", None),
        (":\u0661", None),
    ],
)
def test_a_name_of_a_display_is_read(display, found):
    if found:
        assert place(display) == found
        return
    with pytest.raises(NoAnswer):
        place(display)


@given(st.text(max_size=40))
def test_any_name_of_a_display_is_read_or_refused(display):
    with suppress(NoAnswer):
        assert place(display).number >= 0


@pytest.fixture
def real(tmp_path):
    """A real X server on a display that it chose."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-screen", "0", "64x64x24"]
    process = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as file:
        number = file.readline().strip()
    if not number:
        process.wait(10)
        pytest.skip("Xvfb does not start here")
    yield f":{number}", process
    process.kill()
    process.wait(10)


def test_a_real_server_tells_and_its_death_is_survived_without_a_word(real, capfd):
    display, process = real
    found = open_xscreensaver({"DISPLAY": display})
    assert found.idle_ms() is not None
    process.kill()
    process.wait(10)
    assert found.idle_ms() is None
    found.close()
    assert capfd.readouterr() == ("", "")
