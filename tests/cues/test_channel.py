"""Channels to the child: a line goes at once, or is dropped."""

import os
import time

import pytest

from trainer.cues.channel import QUEUED, PipeChannel, QueuedChannel

CHANNELS = [
    pytest.param(PipeChannel, marks=pytest.mark.skipif(os.name == "nt", reason="pipes always block here")),
    QueuedChannel,
]


@pytest.fixture
def pipe():
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)


@pytest.mark.parametrize("channel_type", CHANNELS)
def test_lines_arrive(pipe, channel_type):
    """Lines come out in order, and closing ends them."""
    reader, writer = pipe
    channel = channel_type(writer)
    assert channel.send(b"one\n")
    assert channel.send(b"two\n")
    channel.close()
    channel.close()
    assert not channel.send(b"three\n")
    with open(reader, "rb", closefd=False) as file:
        assert file.read() == b"one\ntwo\n"


@pytest.mark.parametrize("channel_type", CHANNELS)
def test_a_full_pipe_drops(pipe, channel_type):
    """Nobody reads: lines are dropped, at once, and those that were sent are whole."""
    reader, writer = pipe
    channel = channel_type(writer)
    line = b"x" * 1023 + b"\n"
    begin = time.perf_counter()
    sent = [channel.send(line) for _ in range(2000)]
    assert time.perf_counter() - begin < 2
    assert sent.count(False) > 1000
    channel.close()
    with open(reader, "rb", closefd=False) as file:
        assert set(file.read().splitlines(keepends=True)) == {line}


def test_the_queue_is_bounded():
    """No more than a few lines wait for a reader that hangs."""
    assert QUEUED <= 8


def test_nobody_at_the_other_end():
    """A pipe whose reader is gone drops, and does not end the program."""
    reader, writer = os.pipe()
    os.close(reader)
    channel = PipeChannel(writer)
    assert not channel.send(b"one\n")
    channel.close()
