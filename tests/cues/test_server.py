"""The child: which output it takes, what it drops, and how it ends."""

import json
import os
import select
import signal
import subprocess
import sys
import threading

import pytest

from trainer.cues import server as server_module
from trainer.cues.child import default_command
from trainer.cues.outputs import Opener, OutputError
from trainer.cues.pending import LATE_NS, SPEECH_LATE_NS, Speech
from trainer.cues.script import HALF_WAY
from trainer.cues.server import LOST, Server
from trainer.cues.speech import key_of

HALF = key_of(HALF_WAY)


class FakeOutput:
    """An output that stays healthy for a number of looks."""

    detail = "fake"

    def __init__(self, looks=0):
        self.busy = threading.Event()
        self.busy.set()
        self.looks = looks
        self.calls = []

    def play(self, asked):
        self.calls.append(asked.keys if isinstance(asked, Speech) else asked.cue)

    def hush(self):
        self.calls.append("hush")

    def healthy(self, now_ns):
        self.looks -= 1
        return self.looks >= 0

    def close(self):
        self.calls.append("close")


def refuse():
    raise OutputError("no device")


def crash():
    raise ZeroDivisionError("a library's own fault")


def run(choices, **options):
    """The reports and the result of a server with these outputs, without waiting."""
    reports = []
    options.setdefault("sleep", lambda s: None)
    server = Server(choices, lambda *report: reports.append(report), **options)
    return reports, server.run_outputs()


def test_the_first_that_opens_plays():
    """Outputs are tried in order; one that refuses or crashes in opening is passed over."""
    working = FakeOutput()
    reports, _ = run([Opener("a", refuse), Opener("b", crash), Opener("c", lambda: working)])
    assert reports[0] == ("c", "fake")


def test_nothing_plays():
    """Where nothing opens, the report says why for each, and the child stays."""
    reports, result = run([Opener("a", refuse), Opener("b", crash)])
    assert reports == [("none", "a: no device; b: ZeroDivisionError: a library's own fault")]
    assert result is None


def test_the_next_takes_over():
    """When an output dies, it is closed and the next one plays; after the last, the child ends to be restarted."""
    first, second = FakeOutput(3), FakeOutput(5)
    reports, result = run([Opener("a", lambda: first), Opener("b", refuse), Opener("c", lambda: second)])
    assert [name for name, _ in reports] == ["a", "c", "none"]
    assert first.calls == ["close"]
    assert result == LOST


def test_a_hanging_opening_is_left(monkeypatch):
    """An output that does not open in time is passed over."""
    monkeypatch.setattr(server_module, "OPEN_S", 0.01)
    never = threading.Event()
    reports, _ = run([Opener("a", never.wait), Opener("b", FakeOutput)])
    assert reports[0] == ("b", "fake")
    assert "did not open" in reports[-1][1]
    never.set()


def test_a_stopped_process_blames_no_output():
    """After the whole process stood still, an output gets the time to beat again."""
    output = FakeOutput(0)
    now_ns = iter([0, 60 * 10**9, 60 * 10**9, 60 * 10**9 + 1])
    looked = []
    output.healthy = lambda at_ns: bool(looked.append(at_ns))
    run([Opener("a", lambda: output)], clock_ns=lambda: next(now_ns))
    assert looked == [60 * 10**9 + 1]


@pytest.fixture
def playing():
    """A server with an output at work, at the moment 10 s, and that output."""
    output, release = FakeOutput(), threading.Event()
    opened = threading.Event()
    server = Server(
        [Opener("a", lambda: output)],
        lambda *_: opened.set(),
        clock_ns=lambda: 10 * 10**9,
        sleep=lambda s: release.wait(10),
    )
    thread = threading.Thread(target=server.run_outputs)
    thread.start()
    assert opened.wait(10)
    yield server, output
    release.set()
    thread.join(10)


def test_late_cues_are_dropped(playing):
    """A cue more than 250 ms late is dropped, one less late or ahead is played."""
    server, output = playing
    server.hear(b"play start %d 70" % (10**10 - LATE_NS - 1))
    server.hear(b"play count %d 70" % (10**10 - LATE_NS))
    server.hear(b"play rest %d 70" % (10**10 + 10**9))
    assert output.calls == ["count", "rest"]


def test_late_speech_is_dropped(playing):
    """Speech more than a second late is dropped, one less late is said."""
    server, output = playing
    server.hear(b"say %d 0 70" % (10**10 - SPEECH_LATE_NS - 1))
    server.hear(b"say %d 0 70 %s" % (10**10 - SPEECH_LATE_NS, HALF.encode()))
    assert output.calls == [(HALF,)]


def test_only_what_was_recorded_and_fits_is_said(playing):
    """The output gets the phrases that it can say to their end; where that is none, what is being said ends."""
    server, output = playing
    server.hear(b"say %d 0 70 no-such-phrase %s" % (10**10, HALF.encode()))
    server.hear(b"say %d %d 70 %s" % (10**10, 10**10 + 1000, HALF.encode()))
    server.hear(b"say %d 0 70 ../half-way" % 10**10)
    assert output.calls == [(HALF,), ()]


def test_other_lines(playing):
    """`stop` hushes; what is no line of the protocol does nothing."""
    server, output = playing
    for line in (b"", b"bogus", b"play", b"play fanfare 10000000000 70", b"stop"):
        server.hear(line)
    assert output.calls == ["hush"]


def test_cues_before_an_output_is_open_are_dropped():
    """Nothing is kept for later."""
    Server([], lambda *_: None).hear(b"play count 1 70")


@pytest.fixture
def child(silent_machine):
    process = subprocess.Popen(
        default_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        yield process
        process.kill()


def report_of(process, timeout_s=20):
    assert select.select([process.stdout], [], [], timeout_s)[0]
    return json.loads(process.stdout.readline())


@pytest.mark.skipif(os.name == "nt", reason="waits for pipes")
def test_reports_and_ends_at_eof(child):
    """On a machine without sound the child says so once, prints nothing else, and ends with its input."""
    report = report_of(child)
    assert report["backend"] == "none"
    assert "miniaudio" in report["detail"]
    out, err = child.communicate(timeout=10)
    assert (out, err, child.returncode) == (b"", b"", 0)


@pytest.mark.skipif(os.name == "nt", reason="waits for pipes")
def test_ends_at_eof_before_it_is_ready(child):
    """Input that ends before anything is found ends the child too."""
    child.stdin.close()
    assert child.wait(10) == 0


@pytest.mark.skipif(os.name == "nt", reason="kills by signals")
def test_a_killed_parent_takes_the_child_along(fake_child, ended):
    """When the guide's process is killed, the child ends by the end of its input."""
    code = """
import sys
from trainer.cues.player import Player
player = Player(command=sys.argv[1:])
player.start()
print(player.wait_settled(10).detail, flush=True)
sys.stdin.read()
"""
    command = fake_child("from trainer.cues.server import main; main()")
    with subprocess.Popen(
        [sys.executable, "-c", code, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        pid = int(parent.stdout.readline())
        os.kill(pid, 0)
        os.kill(parent.pid, signal.SIGKILL)
    assert ended(pid)


@pytest.mark.skipif(os.name == "nt", reason="finds its process by a descriptor")
def test_a_guide_that_just_ends_leaves_no_child(silent_machine):
    """A program that forgets to close its player ends all the same, in silence, and so does its child."""
    code = """
from trainer.cues.player import Player
player = Player()
player.start()
print(player.wait_settled(10).state)
player.play("count")
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, timeout=20, check=True)
    assert (done.stdout, done.stderr) == (b"silent\n", b"")
