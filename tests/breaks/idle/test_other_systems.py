"""macOS and Windows, with stand-ins for their libraries; and that this room costs nothing to import."""

import ctypes
import subprocess
import sys
from types import SimpleNamespace

import pytest

from trainer.breaks.asking import NoAnswer
from trainer.breaks.idle.adapter import Unknown, now_ms
from trainer.breaks.idle.macos import Macos, open_macos
from trainer.breaks.idle.windows import Windows, between_ms, open_windows


class Function:
    """A function of a library: it takes types and is called like one."""

    def __init__(self, act):
        self.act = act

    def __call__(self, *args):
        return self.act(*args)


class Mac:
    """IOKit and Core Foundation; counts what was lent and not given back."""

    def __init__(self, time_ns=5_000_000_000, service=77, made=True, read=True):
        self.lent = []
        self.iokit = SimpleNamespace(
            IOServiceMatching=Function(lambda name: {b"IOHIDSystem": 5}[name]),
            IOServiceGetMatchingService=Function(lambda _, matching: self.lend("service", {5: service}[matching])),
            IORegistryEntryCreateCFProperty=Function(self.property),
            IOObjectRelease=Function(lambda service: self.lent.remove(("service", service))),
        )
        self.core = SimpleNamespace(
            CFStringCreateWithCString=Function(lambda _, text, __: self.lend("text", {b"HIDIdleTime": 33}[text])),
            CFNumberGetValue=Function(self.value),
            CFRelease=Function(self.release),
        )
        self.time_ns, self.made, self.read = time_ns, made, read

    def lend(self, kind, handle):
        if handle:
            self.lent.append((kind, handle))
        return handle

    def property(self, service, key, *_):
        assert (service, key) == (77, 33)
        return self.lend("number", 44) if self.made else None

    def value(self, number, kind, pointer):
        assert (number, kind) == (44, 4)
        pointer._obj.value = self.time_ns
        return self.read

    def release(self, handle):
        self.lent.remove(next(each for each in self.lent if each[1] == handle))


@pytest.mark.parametrize(
    ("mac", "idle_ms"),
    [
        (Mac(), 5000),
        (Mac(time_ns=999_999), 0),
        (Mac(time_ns=90 * 86400 * 10**9), 90 * 86_400_000),
        (Mac(time_ns=-1), None),
        (Mac(service=0), None),
        (Mac(made=False), None),
        (Mac(read=False), None),
    ],
)
def test_macos_tells_and_gets_back_what_it_lent(mac, idle_ms):
    found = Macos(mac.iokit, mac.core)
    kept = list(mac.lent)
    assert [found.idle_ms() for _ in range(3)] == [idle_ms] * 3
    assert mac.lent == kept
    found.close()
    found.close()
    assert mac.lent == []
    assert found.idle_ms() is None


def test_macos_survives_a_library_that_fails():
    mac = Mac()
    found = Macos(mac.iokit, mac.core)
    mac.core.CFNumberGetValue.act = lambda *_: 1 / 0
    assert found.idle_ms() is None
    assert ("number", 44) not in mac.lent


@pytest.mark.parametrize(
    ("then", "now", "gone"),
    [
        (0, 0, 0),
        (1000, 1500, 500),
        (0xFFFFFF00, 0x100, 0x200),
        (0xFFFFFFFF, 0, 1),
        (1010, 1000, 0),
        (5, 0xFFFFFFFF, 0),
        (0, 0x7FFFFFFF, 0x7FFFFFFF),
    ],
)
def test_ticks_are_counted_over_their_beginning_anew(then, now, gone):
    assert between_ms(then, now) == gone


def windows(last, tick, works=1):
    def fill(pointer):
        assert pointer.contents.cbSize == 8 == ctypes.sizeof(pointer.contents)
        pointer.contents.dwTime = last
        return works

    kernel32 = SimpleNamespace(GetTickCount=Function(lambda: tick))
    return Windows(SimpleNamespace(GetLastInputInfo=Function(fill)), kernel32)


@pytest.mark.parametrize(
    ("last", "tick", "works", "idle_ms"),
    [(1000, 61_000, 1, 60_000), (0xFFFFFFFE, 2, 1, 4), (1000, 61_000, 0, None)],
)
def test_windows_tells(last, tick, works, idle_ms):
    found = windows(last, tick, works)
    assert found.idle_ms() == idle_ms
    found.close()


@pytest.mark.parametrize(("open_way", "system"), [(open_macos, "darwin"), (open_windows, "win32")])
def test_another_system_says_that_it_is_another(open_way, system):
    if sys.platform == system:
        pytest.skip("this is that system")
    with pytest.raises(NoAnswer, match="this is not"):
        open_way({})
    with pytest.raises(NoAnswer, match="another machine"):
        open_way({"SSH_TTY": "/dev/pts/0"})


def test_unknown_knows_nothing():
    unknown = Unknown()
    assert (unknown.name, unknown.exact, unknown.idle_ms(), unknown.close()) == ("unknown", False, None, None)


def test_the_clock_does_not_go_back():
    assert now_ms() <= now_ms()


def test_importing_the_room_loads_none_of_its_ways():
    code = "import sys, trainer.breaks.idle, trainer.breaks.quiet; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(done.stdout.split())
    assert not loaded & {"ctypes", "jeepney", "socket", "subprocess", "asyncio", "threading", "shutil"}
    assert {name for name in loaded if name.startswith("trainer.breaks.")} <= {
        "trainer.breaks.asking",
        "trainer.breaks.idle",
        "trainer.breaks.idle.adapter",
        "trainer.breaks.quiet",
        "trainer.breaks.seat",
        "trainer.breaks.tmux",
    }
