"""The player in the guide's process: whatever becomes of its child, it neither waits nor raises."""

import os
import signal
import statistics
import sys
import time
from hashlib import sha256

import pytest

from trainer.cues.player import RESTARTS, Player, SilentPlayer
from trainer.cues.protocol import STOP, Lines, parse

pytestmark = pytest.mark.skipif(os.name != "posix", reason="stops and kills processes by signals")

GO_ON = sha256(b"Go on.").hexdigest()[:8].encode()
READS = "while os.read(0, 4096): pass"
ECHOES = """
out = os.open({path!r}, os.O_WRONLY)
while data := os.read(0, 4096): os.write(out, data)
"""


@pytest.fixture
def player_of():
    players = []

    def make(command, **options):
        player = Player(command=command, **options)
        players.append(player)
        return player

    yield make
    for player in players:
        player.close()


def play_ms(player, times=200):
    """The median time of a call of `play` or `say`, in ms. (The median: another program may take the processor.)"""
    calls = {"play": lambda: player.play("count"), "say": lambda: player.say(["Half way."])}
    return max(median_ms(call, times) for call in calls.values())


def median_ms(call, times):
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - begin))
    return statistics.median(took)


def read_line(signal_pipe):
    line = b""
    while not line.endswith(b"\n"):
        line += signal_pipe.wait()
    return line


def test_before_start():
    """Before it is started, and after it is closed, a player is off and drops cues."""
    player = Player()
    assert player.status.state == "off"
    assert play_ms(player) < 5
    player.close()
    player.start()
    assert player.status.state == "off"
    player.play("count")


def test_start_returns_at_once(player_of, fake_child):
    """Starting takes no longer than a frame of the screen: the child is started elsewhere."""
    player = player_of(fake_child(READS))
    begin = time.perf_counter()
    player.start()
    assert time.perf_counter() - begin < 0.05
    assert player.status.state in ("starting", "ready")


def test_a_cue_reaches_the_child(player_of, fake_child, signal_pipe):
    """A cue goes out as a line with its deadline and the volume; without a moment it is for now."""
    player = player_of(fake_child(ECHOES.format(path=str(signal_pipe.path))), volume=40, clock_ns=lambda: 123_000)
    player.start()
    assert player.wait_settled(10).state == "ready"
    player.play("start", at_ns=456_000)
    assert read_line(signal_pipe) == b"play start 456000 40\n"
    player.volume = 130
    player.play("count")
    assert read_line(signal_pipe) == b"play count 123000 100\n"


def test_muted(player_of, fake_child, signal_pipe):
    """Muting ends what sounds; muted or at volume 0, no cue goes out."""
    player = player_of(fake_child(ECHOES.format(path=str(signal_pipe.path))))
    player.start()
    player.wait_settled(10)
    player.muted = True
    player.play("count")
    player.muted = False
    player.volume = 0
    player.play("count")
    player.hush()
    assert read_line(signal_pipe) + read_line(signal_pipe) == STOP + STOP


def test_an_unknown_cue_is_dropped(player_of, fake_child, signal_pipe):
    """A wrong name costs nothing, and cannot speak to the child."""
    player = player_of(fake_child(ECHOES.format(path=str(signal_pipe.path))))
    player.start()
    player.wait_settled(10)
    for wrong in ("fanfare", "count 1 1\nstop", None, "\ud800"):
        player.play(wrong)
    player.play("count", at_ns="soon")
    player.hush()
    assert read_line(signal_pipe) == STOP


def test_what_is_said_reaches_the_child(player_of, fake_child, signal_pipe):
    """Texts go out as the keys of their recordings, with their moments and the volume; none ends what is said."""
    player = player_of(fake_child(ECHOES.format(path=str(signal_pipe.path))), volume=40, clock_ns=lambda: 123_000)
    player.start()
    assert player.wait_settled(10).state == "ready"
    player.say(["Half way.", "Go on."], 456_000, 789_000)
    assert read_line(signal_pipe) == b"say 456000 789000 40 half-way-1dfc3096 go-on-%s\n" % GO_ON
    player.say(["Half way."])
    assert read_line(signal_pipe) == b"say 123000 0 40 half-way-1dfc3096\n"
    player.say(())
    assert read_line(signal_pipe) == b"say 123000 0 40\n"


def test_muted_nothing_is_said(player_of, fake_child, signal_pipe):
    """Muted, at volume 0 or with speech turned off, no phrase goes out; turning speech off ends what is said."""
    player = player_of(fake_child(ECHOES.format(path=str(signal_pipe.path))), speech=False, clock_ns=lambda: 5)
    player.start()
    player.wait_settled(10)
    player.say(["Half way."])
    player.speech = True
    player.volume = 0
    player.say(["Half way."])
    player.volume = 70
    player.speech = False
    assert not player.speech
    player.say(["Half way."])
    player.play("count")
    player.speech = True
    player.muted = True
    player.say(["Half way."])
    lines = [read_line(signal_pipe) for _ in range(3)]
    assert lines == [b"say 5 0 70\n", b"play count 5 70\n", STOP]


def test_what_is_no_text_is_dropped(player_of, fake_child, signal_pipe):
    """A wrong text or moment costs nothing, and cannot speak to the child."""
    player = player_of(fake_child(ECHOES.format(path=str(signal_pipe.path))))
    player.start()
    player.wait_settled(10)
    for wrong in (None, [None], [b"Half way."], 3):
        player.say(wrong)
    player.say(["Half way."], at_ns="soon")
    player.say(["\ud800\nstop\n" * 1000], 1)
    player.hush()
    assert read_line(signal_pipe).startswith(b"say 1 0 70 stop-")
    assert read_line(signal_pipe) == STOP


def test_child_dead(player_of, fake_child, ended):
    """With the child killed, a cue is dropped at once."""
    player = player_of(fake_child(READS))
    player.start()
    pid = int(player.wait_settled(10).detail)
    os.kill(pid, signal.SIGKILL)
    assert ended(pid)
    assert play_ms(player) < 5


def test_child_stopped_and_its_pipe_full(player_of, fake_child):
    """With the child stopped, cues are dropped at once, also when its pipe is full; closing ends it."""
    player = player_of(fake_child(READS))
    player.start()
    pid = int(player.wait_settled(10).detail)
    os.kill(pid, signal.SIGSTOP)
    assert play_ms(player) < 5
    for _ in range(5000):
        player.play("count")
    assert play_ms(player) < 5
    begin = time.perf_counter()
    player.close()
    assert time.perf_counter() - begin < 1.0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_child_without_a_pipe(player_of, fake_child):
    """With a child that has closed its end of the pipe, a cue is dropped at once."""
    player = player_of(fake_child("os.close(0)\nprint('closed', flush=True)\nimport signal\nsignal.pause()"))
    player.start()
    player.wait_settled(10)
    assert play_ms(player) < 5


def test_no_such_command(player_of):
    """A child that cannot be started is a failure, told once, and wants the bell."""
    player = player_of(["/nonexistent/python"])
    player.start()
    status = player.wait_settled(10)
    assert status.state == "failed"
    assert "nonexistent" in status.detail
    assert player.bell_wanted
    assert play_ms(player) < 5


def test_restarted_twice_at_most(player_of, tmp_path):
    """A child that dies is started again, twice; then the player has failed."""
    starts = tmp_path / "starts"
    player = player_of([sys.executable, "-c", f"open({str(starts)!r}, 'a').write('!'); raise SystemExit(7)"])
    player.start()
    status = player.wait_settled(30)
    assert status.state == "failed"
    assert "7" in status.detail
    assert starts.read_text() == "!" * (1 + RESTARTS)


def test_restarted_child_plays(player_of, tmp_path, signal_pipe):
    """After a restart cues reach the new child."""
    first = tmp_path / "first"
    code = f"""
import os
if not os.path.exists({str(first)!r}):
    open({str(first)!r}, "w").close()
    os._exit(1)
print('{{"backend": "fake", "detail": ""}}', flush=True)
{ECHOES.format(path=str(signal_pipe.path))}
"""
    player = player_of([sys.executable, "-c", code])
    player.start()
    assert player.wait_settled(10).state == "ready"
    player.play("rest", at_ns=1)
    assert read_line(signal_pipe) == b"play rest 1 70\n"


def test_silence_wants_the_bell(player_of):
    """Where the child finds nothing that plays, the bell is wanted, unless no sound is."""
    code = 'import os; print(\'{"backend": "none", "detail": "why"}\', flush=True)\n' + READS
    player = player_of([sys.executable, "-c", code])
    player.start()
    assert player.wait_settled(10) == ("silent", "", "why")
    assert player.bell_wanted
    player.muted = True
    assert not player.bell_wanted
    player.muted = False
    player.volume = 0
    assert not player.bell_wanted


def test_noise_from_the_child_is_no_report(player_of):
    """What else the child prints is passed over, however long."""
    code = """
import sys
print("ALSA lib"); print("[1]"); print("x" * 100_000); print('{"backend": 3}'); print("\\udcff")
print('{"backend": "fake", "detail": "ok"}', flush=True)
sys.stdin.read()
"""
    player = player_of([sys.executable, "-X", "utf8", "-c", code.replace('print("\\udcff")', "")])
    player.start()
    assert player.wait_settled(10) == ("ready", "fake", "ok")


def test_close_leaves_no_process(player_of, fake_child):
    """Closing ends the child, frees what it held, and may be repeated."""
    player = player_of(fake_child(READS))
    player.start()
    pid = int(player.wait_settled(10).detail)
    player.close()
    player.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert player.status.state == "off"
    assert not player.bell_wanted


def test_close_while_starting(player_of, fake_child):
    """Closing a player that has just been started leaves nothing running."""
    player = player_of(fake_child(READS))
    player.start()
    thread = player._thread
    player.close()
    thread.join(10)
    assert not thread.is_alive()


def test_silent_player():
    """The player for no sound takes every call and does nothing."""
    player = SilentPlayer()
    player.start()
    player.play("count", at_ns=1)
    player.say(["Half way."], 1, 2)
    player.hush()
    player.volume = 3
    player.speech = True
    player.muted = False
    assert player.wait_settled(1).state == "off"
    assert not player.bell_wanted
    player.close()


def test_silent_player_has_the_whole_interface():
    """Whatever a player has, the silent one has."""
    assert {name for name in dir(Player) if not name.startswith("_")} == {
        name for name in dir(SilentPlayer) if not name.startswith("_")
    }


@pytest.mark.parametrize(
    "line",
    [b"", b"play", b"play count", b"play fanfare 1 1", b"play count x 1", b"play count 1 1 1", b"play \xff 1 1"],
)
def test_a_broken_line_asks_for_nothing(line):
    """The child takes any line, and plays only what is asked for rightly."""
    assert parse(line) is None


def test_lines_in_pieces():
    """Lines are put together from any pieces, and one beyond all measure is dropped."""
    lines = Lines(longest=4)
    assert lines.feed(b"ab") == []
    assert lines.feed(b"c\nde\nf") == [b"abc", b"de"]
    for _ in range(100):
        assert lines.feed(b"f" * 100) == []
    assert lines.feed(b"f\ngh\n") == [b"gh"]
