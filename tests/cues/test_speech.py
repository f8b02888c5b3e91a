"""Speech on its way: asked for by a line, fitted into its time, mixed sample for sample."""

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cues.mixer import DUCK_FRAMES, DUCKED, FULL_SCALE, HUSH_FRAMES, Mixer, render
from trainer.cues.pending import LATE_NS, SPEECH_LATE_NS, Pending, Speech, Waiting
from trainer.cues.protocol import LONGEST, STOP, Lines, parse, say_line
from trainer.cues.recordings import GAP_FRAMES, fitted, recorded, render_speech
from trainer.cues.script import HALF_WAY
from trainer.cues.speech import RECORDED_HZ, key_of
from trainer.cues.timeline import LEAD_NS, Timeline
from trainer.cues.tones import SOUNDS

S = 10**9
PERIOD = 882
HALF = key_of(HALF_WAY)
CUES = st.sampled_from(sorted(SOUNDS))


def samples(data):
    return array("h", data)


def level(value, frames):
    return array("h", [value]) * frames


# --- lines ---------------------------------------------------------------------------------------


@given(
    st.lists(st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True), max_size=5),
    st.integers(0, 2**63),
    st.integers(0, 2**63),
    st.integers(0, 100),
)
def test_what_is_asked_for_is_understood(keys, deadline_ns, until_ns, volume):
    """A line says to the child what the player was asked, and is short enough to be written whole."""
    line = say_line(keys, deadline_ns, until_ns, volume)
    (one,) = Lines().feed(line)
    asked = parse(one)
    assert asked == Speech(deadline_ns, tuple(keys[: len(asked.keys)]), volume, until_ns)
    assert len(line) <= LONGEST
    assert len(asked.keys) == len(keys) or len(line) + len(keys[len(asked.keys)]) >= LONGEST


@pytest.mark.parametrize("key", ["", "../passwd", "a.wav", "A", "a b", "a\nstop", "ä", "/", "x" * 41, "-" * 41])
def test_what_is_no_key_is_refused(key):
    """Nothing but a plain name goes to the child, and the child takes nothing else."""
    with pytest.raises(ValueError, match=r".*"):
        say_line([key], 1, 0, 70)
    asked = parse(f"say 1 0 70 {key}".encode())
    assert asked is None or key not in asked.keys


@pytest.mark.parametrize("line", [b"say", b"say 1", b"say 1 0", b"say x 0 70", b"say 1 y 70 a", b"say 1 0 z a"])
def test_a_broken_line_says_nothing(line):
    """A line that is not whole asks for nothing."""
    assert parse(line) is None


def test_no_phrase_ends_what_is_said():
    """A line without a phrase is whole; it is not the line that hushes all."""
    assert say_line([], 5, 0, 70) != STOP
    assert parse(say_line([], 5, 0, 70)[:-1]) == Speech(5, (), 70, 0)


# --- recordings ----------------------------------------------------------------------------------


def test_a_recording_comes_out_at_twice_its_rate(voice):
    """Every sample of a recording is there, scaled as a tone is, with the mean of its neighbours between."""
    voice.record("one", [0, 100, 300, -200])
    assert list(render_speech(("one",))) == [0, 50, 100, 200, 300, 50, -200, -100]
    assert list(render_speech(("one",), 50)) == [0, 12, 25, 50, 75, 12, -50, -25]
    assert not any(render_speech(("one",), 0))


def test_phrases_follow_each_other(voice):
    """Several phrases are said in order, with a short silence between."""
    keys = voice.record("one", 3), voice.record("two", 5)
    both = render_speech(keys)
    gap = level(0, GAP_FRAMES)
    assert both == render_speech(keys[:1]) + gap + render_speech(keys[1:])


@pytest.mark.parametrize(
    ("until_s", "now_s", "kept"),
    [
        (0, 9, ["one", "two"]),  # it may take its time
        (15, 9, ["one", "two"]),
        (12.4, 9, ["one", "two"]),
        (12.3, 9, ["one"]),
        (11, 9, ["one"]),
        (10.9, 9, []),
        (12.4, 10.1, ["one"]),  # it comes late
        (5, 9, []),
    ],
)
def test_no_phrase_is_begun_that_is_not_over_in_time(voice, until_s, now_s, kept):
    """Of lines of a second each, from the tenth second on, only those are said whose end comes in time."""
    keys = (voice.record("one", RECORDED_HZ), voice.record("two", RECORDED_HZ))
    speech = Speech(10 * S, keys, 70, round(until_s * S))
    assert list(fitted(speech, round(now_s * S)).keys) == kept


def test_what_was_not_recorded_is_left_out(voice):
    """A phrase without a recording, or with a broken one, is passed over; the others are said."""
    voice.record("stereo", 20, channels=2)
    voice.record("slow", 20, rate_hz=8000)
    voice.record("empty", 0)
    (voice.folder / "text.wav").write_text("no sound")
    (voice.folder / "short.wav").write_bytes(b"RIFF\4\0\0\0WAVE")
    (voice.folder / "folder.wav").mkdir()
    broken = ["missing", "stereo", "slow", "empty", "text", "short", "folder"]
    assert [len(recorded(key)) for key in broken] == [0] * len(broken)
    good = voice.record("good", 20)
    assert fitted(Speech(1, (*broken, good), 70), 0).keys == (good,)


# --- the mixer -----------------------------------------------------------------------------------


def test_speech_begins_at_its_frame():
    """Speech sounds from its very frame on, whole, with silence before and after."""
    mixer = Mixer()
    mixer.say(level(5000, 300), 1000)
    assert samples(mixer.read(2000)) == level(0, 1000) + level(5000, 300) + level(0, 700)
    assert mixer.idle


def test_speech_for_the_past_begins_at_once():
    """Speech that comes late is said whole, from the next frame on."""
    mixer = Mixer()
    mixer.read(500)
    mixer.say(level(5000, 300), 100)
    assert samples(mixer.read(400)) == level(5000, 300) + level(0, 100)


def test_new_speech_takes_the_place_of_the_old():
    """At the frame of a new phrase the one under way fades within 10 ms; there is never a second one beside it."""
    mixer = Mixer()
    mixer.say(level(5000, 3000), 0)
    mixer.say(level(-7000, 1000), 2000)
    heard = samples(mixer.read(5000))
    assert heard[:2000] == level(5000, 2000)
    assert all(one <= other for other, one in pairwise(heard[2000 : 2000 + HUSH_FRAMES]))
    assert heard[2000] == -2000
    assert heard[2000 + HUSH_FRAMES : 3000] == level(-7000, 1000 - HUSH_FRAMES)
    assert not any(heard[3000:])


def test_no_speech_ends_the_old():
    """Nothing said in its place, a phrase fades within 10 ms; what had not begun never does."""
    mixer = Mixer()
    mixer.say(level(5000, 3000), 0)
    mixer.read(100)
    mixer.say(array("h"), 0)
    assert not any(samples(mixer.read(4000))[HUSH_FRAMES:])
    mixer.say(level(5000, 3000), 9000)
    mixer.say(array("h"), 8000)
    assert mixer.idle


def test_a_phrase_that_is_over_is_left_alone():
    """Speech replaces only what still sounds at its frame."""
    mixer = Mixer()
    mixer.say(level(5000, 100), 0)
    mixer.say(level(6000, 100), 100)
    assert samples(mixer.read(200)) == level(5000, 100) + level(6000, 100)


def test_tones_stay_when_speech_is_replaced():
    """A tone is no speech: it sounds to its end."""
    mixer = Mixer()
    mixer.add("start", 0, 70)
    mixer.say(level(5000, 9000), 0)
    mixer.read(100)
    mixer.say(array("h"), 100)
    tone = render("start", 70)
    assert samples(mixer.read(len(tone) - 100))[HUSH_FRAMES:] == tone[100 + HUSH_FRAMES :]


def test_speech_gives_way_to_a_tone():
    """While a tone sounds, speech is quieter, without a step, and as loud as before afterwards."""
    mixer = Mixer()
    mixer.say(level(10_000, 20_000), 0)
    mixer.add("count", 5000, 70)
    heard, tone = samples(mixer.read(20_000)), render("count", 70)
    assert heard[:5001] == level(10_000, 5001)
    speech = [both - one for both, one in zip(heard[5000:], tone, strict=False)]
    assert speech[DUCK_FRAMES:-DUCK_FRAMES] == [round(10_000 * DUCKED)] * (len(tone) - 2 * DUCK_FRAMES)
    assert max(abs(one - other) for one, other in pairwise(speech)) <= 10_000 * (1 - DUCKED) / DUCK_FRAMES + 1
    assert heard[5000 + len(tone) :] == level(10_000, 15_000 - len(tone))


@pytest.mark.parametrize("cue", sorted(SOUNDS))
def test_speech_and_a_tone_do_not_clip(cue):
    """The loudest speech that ships stays below full scale together with any one tone."""
    mixer = Mixer()
    peak = round(0.86 * FULL_SCALE)
    tone = render(cue)
    for sign in (1, -1):
        begin = mixer.position
        mixer.say(level(sign * peak, 2 * len(tone)), begin)
        mixer.add(cue, begin + 100, 100)
        assert max(map(abs, samples(mixer.read(2 * len(tone))))) < FULL_SCALE


@given(
    st.lists(st.tuples(CUES, st.integers(0, 20_000), st.integers(0, 100)), max_size=4),
    st.lists(st.tuples(st.integers(-30_000, 30_000), st.integers(0, 9000), st.integers(0, 20_000)), max_size=4),
    st.lists(st.integers(0, 3000), max_size=30),
)
def test_any_chunks_give_the_same_samples(cues, said, chunks):
    """However it is read, a mix of tones and speech is the same."""
    whole, parts = Mixer(), Mixer()
    for mixer in (whole, parts):
        for value, frames, at_frame in said:
            mixer.say(level(value, frames), at_frame)
        for cue, at_frame, volume in cues:
            mixer.add(cue, at_frame, volume)
    assert b"".join(map(parts.read, chunks)) == whole.read(sum(chunks))


# --- deadlines -----------------------------------------------------------------------------------


@given(st.integers(10**9, 3 * 10**9), st.integers(1, 100))
def test_speech_meets_its_deadline_to_the_sample(deadline_ns, volume):
    """A device that asks every 20 ms hears speech at the frame of its deadline, behind the constant delay of all."""
    timeline, heard = Timeline(), array("h")
    timeline.add(Speech(deadline_ns, (HALF,), volume))
    for i in range(200):
        heard.frombytes(timeline.read(PERIOD, 20_000_000 * i))
    # The first request fills the buffer; so frame n is asked for at n / 44,100 s, and comes LEAD_NS later.
    first = (deadline_ns + LEAD_NS) * 44_100 // S
    said = render_speech((HALF,), volume)
    assert heard[first : first + len(said)] == said[: len(heard) - first]
    assert not any(heard[:first])


def test_speech_and_cues_are_as_late_as_is_of_use():
    """A phrase up to a second late is said still, a cue up to a quarter of it; what comes later is dropped."""
    assert (SPEECH_LATE_NS, LATE_NS) == (S, S // 4)
    for late_ns, kept in ((0, 2), (LATE_NS, 2), (LATE_NS + 1, 1), (SPEECH_LATE_NS, 1), (SPEECH_LATE_NS + 1, 0)):
        pending = Pending()
        pending.add(Speech(5 * S, (), 70))
        pending.add(Waiting(5 * S, "count", 70))
        assert len(pending.due(5 * S + 1, 5 * S + late_ns)) == kept


@pytest.mark.parametrize("keys", [(), ("other",)])
def test_only_what_was_asked_for_last_is_said(keys):
    """Speech that waits for its moment is forgotten when other speech, or none, is asked for; cues are not."""
    pending = Pending()
    pending.add(Speech(5 * S, (HALF,), 70))
    pending.add(Waiting(5 * S, "count", 70))
    pending.add(Speech(4 * S, keys, 70))
    assert pending.due(9 * S, 4 * S) == [Speech(4 * S, keys, 70), Waiting(5 * S, "count", 70)]


def test_hush_ends_speech():
    """Muting ends what is being said and what was to be said."""
    timeline = Timeline()
    timeline.add(Speech(S // 2, (HALF,), 70))
    heard = array("h")
    for i in range(40):
        heard.frombytes(timeline.read(PERIOD, 20_000_000 * i))
    assert any(heard)
    timeline.add(Speech(2 * S, (HALF,), 70))
    timeline.hush()
    after = samples(b"".join(timeline.read(PERIOD, 20_000_000 * i) for i in range(40, 200)))
    assert not any(after[HUSH_FRAMES:])
    assert timeline.idle
