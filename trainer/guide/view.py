"""What can be shown of a walk at this moment, in words and figures. Pure; both front ends speak from it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trainer.guide import words
from trainer.guide.plan import Step
from trainer.guide.state import Position, State
from trainer.library.model import Breaths, Hold, Repetitions, Timed

LONG_HOLD_S = 5
"""A repetition that holds this long shows the seconds of its hold, a shorter one its number (own)."""


class CueLine(Struct, frozen=True):
    """One cue, under the heading of its kind."""

    heading: str
    """`Set up`, `Move`, `Breathe`, `Feel`, `Watch`, `Stop if`, `Next: …`; empty for the present part of a hold."""
    text: str


def told_of(position: Position, *, asking: bool) -> Step:
    """The step that is told of: a rest whose rating is given, or left for later, already belongs to what comes."""
    step = position.step
    return position.coming if step.kind == "rate" and not asking and position.coming else step


def big(position: Position) -> str:
    """What stands in the large digits: the seconds left, the repetition, or the time spent."""
    step, elapsed_ms = position.step, position.elapsed_ms
    if position.length_ms is None:
        return words.clock(elapsed_ms // 1000 * 1000)
    left_ms = position.length_ms - elapsed_ms
    if step.kind == "work" and isinstance(step.work, Repetitions | Breaths):
        number = min(_number(step, elapsed_ms), position.length_ms // _each_ms(step))
        if isinstance(step.work, Repetitions) and step.work.hold_s >= LONG_HOLD_S:
            hold_left_ms = _hold_left_ms(step, elapsed_ms)
            if hold_left_ms > 0:
                return str(-(-hold_left_ms // 1000))
        return str(number)
    left_s = -(-left_ms // 1000)
    return str(left_s) if left_s < 100 else words.clock(left_ms)


def phase(position: Position) -> str:
    """What the person does at this moment."""
    step, elapsed_ms = position.step, position.elapsed_ms
    if position.state is State.PAUSED:
        return "Paused"
    if step.kind != "work":
        return {"get_ready": "Get ready", "change_side": "Change side", "rest": "Rest", "rate": "Rest"}[step.kind]
    match step.work:
        case Repetitions():
            count = (position.length_ms or 0) // _each_ms(step)
            return f"{_way(step, elapsed_ms)} · {min(_number(step, elapsed_ms), count)} of {count}"
        case Breaths(_, in_s, _):
            count = (position.length_ms or 0) // _each_ms(step)
            way = "Breathe in" if elapsed_ms % _each_ms(step) < round(in_s * 1000) else "Breathe out"
            return f"{way} · {min(_number(step, elapsed_ms), count)} of {count}"
    if isinstance(step.work, Hold):
        return "Hold"
    if isinstance(step.work, Timed):
        return words.moving(step).capitalize()
    if step.item.exercise.check is not None:
        return "Look, and answer"
    text = words.work(step.work)
    return f"{text[0].upper()}{text[1:]} · → when done"


def cues(position: Position) -> list[CueLine]:
    """The cues that a person needs now, the most needed first."""
    step, coming = position.step, position.coming
    if step.kind == "rate":
        if coming is None:
            return []
        return _lines(f"Next: {coming.item.name}", coming.item.exercise.cues.set_up)
    cues = step.item.exercise.cues
    move, watch, stop = _lines("Move", cues.move), _lines("Watch", cues.mistakes), _lines("Stop if", cues.stop_if)
    if step.kind == "get_ready":
        why = position.plan.routine.step[step.item.index].why
        reason = _lines("Why", [why] if why and not step.item.eased else [])
        return _lines("Set up", cues.set_up) + move + stop + _lines("Breathe", cues.breathing) + reason
    if step.kind in ("change_side", "rest"):
        return watch + move
    # Who looks at a check has little time before it to read how it is done.
    ready = _lines("Set up", cues.set_up) if step.item.exercise.check is not None else []
    return _part(position) + ready + move + _lines("Breathe", cues.breathing) + stop + _lines("Feel", cues.feel) + watch


def _lines(heading: str, texts: Sequence[str]) -> list[CueLine]:
    return [CueLine(heading, text) for text in texts]


def next_line(position: Position) -> str:
    """What comes after the present step."""
    step, coming = position.step, position.coming
    if position.state is State.ENDED:
        return ""
    if step.kind in ("get_ready", "change_side", "rest"):
        if step.item.exercise.check is not None:
            return "Now: look, and answer"
        moving = f"{words.moving(step)} " if isinstance(step.work, Timed) else ""
        tempo = words.tempo(step.work)
        return f"Now: {moving}{words.work(step.work)}" + (f" · {tempo}" if tempo else "")
    if coming is None:
        return "Next: that is all"
    if coming.item.place != step.item.place or step.kind == "rate":
        return f"Next: {coming.item.name}, {coming.item.exercise.position}"
    if coming.side != step.side and coming.set_no == step.set_no:
        return f"Next: {coming.side_name}"
    return f"Next: rest, then set {coming.set_no} of {coming.sets}"


def item_number(position: Position) -> tuple[int, int]:
    """Which exercise this is, from 1, and how many there are; an easier form adds none."""
    indexes = list(dict.fromkeys(step.item.index for step in position.steps))
    return indexes.index(position.step.item.index) + 1, len(indexes)


def _part(position: Position) -> list[CueLine]:
    parts = position.step.item.exercise.parts
    if len(parts) < 2 or position.length_ms is None:
        return _lines("", parts)
    # The same moments at which the next part is said to begin.
    begins_ms = [position.length_ms * number // len(parts) for number in range(1, len(parts))]
    number = sum(position.elapsed_ms >= at_ms for at_ms in begins_ms)
    return _lines("", parts[number : number + 1])


def _each_ms(step: Step) -> int:
    assert isinstance(step.work, Repetitions | Breaths)
    return round(step.work.each_s * 1000)


def _number(step: Step, elapsed_ms: int) -> int:
    return elapsed_ms // _each_ms(step) + 1


def _hold_left_ms(step: Step, elapsed_ms: int) -> int:
    """Milliseconds left of a repetition's hold, 0 outside of it."""
    assert isinstance(step.work, Repetitions)
    within_ms = elapsed_ms % _each_ms(step) - round(step.work.out_s * 1000)
    hold_ms = round(step.work.hold_s * 1000)
    return hold_ms - within_ms if 0 <= within_ms < hold_ms else 0


def _way(step: Step, elapsed_ms: int) -> str:
    assert isinstance(step.work, Repetitions)
    within_ms = elapsed_ms % _each_ms(step)
    out_ms = round(step.work.out_s * 1000)
    if within_ms < out_ms:
        return "Out"
    return "Hold" if within_ms < out_ms + round(step.work.hold_s * 1000) else "Back"
