"""Which moment of a figure belongs to where the guide stands. Pure: time is the guide's own."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trainer.figures.model import Figure
from trainer.guide.plan import Step
from trainer.guide.state import Position, State
from trainer.guide.view import told_of
from trainer.library.model import Breaths, Hold, Open, Repetitions

STEPS = 24
"""In how many steps the way from one pose to the next is shown."""
FRAME_MS = 84
"""The least time between two pictures: twelve a second."""
TURN_MS, TURN_STEPS = 1200, 14
"""How long a figure takes to turn over, and in how many steps."""
BREATH_MS = 3000
"""Half a quiet breath: ten a minute (own)."""


class Moment(Struct, frozen=True):
    """What is shown: so many steps on the way to a pose, on one of the sides."""

    pose: int
    step: int = STEPS
    """0 to `STEPS`."""
    mirror: bool = False
    arrow: bool = False
    dim: bool = False
    breath: bool = False
    """Whether the chest is full."""
    turn: int = TURN_STEPS
    """0 to `TURN_STEPS`: how far it has turned over from the other side."""


Shown = tuple[Moment, int | None]
"""A moment, and after how many milliseconds it may change by itself; None where it does not."""


def mirror_for(figure: Figure, side: str) -> bool:
    """Whether the mirror image is what shows `side`."""
    return figure.side is not None and side in ("left", "right") and side != figure.side


def preview(figure: Figure, elapsed_ms: int, *, mirror: bool = False, arrow: bool = False) -> Shown:
    """The whole movement at the figure's own pace, from the first pose on and round again."""
    poses = figure.pose
    if len(poses) < 2:
        return Moment(0, mirror=mirror, arrow=arrow), None
    spans: list[tuple[int, bool, int]] = [(0, False, _ms(poses[0].hold_s))]
    for number in (*range(1, len(poses)), 0):
        spans.append((number, True, _ms(poses[number].move_s)))
        if number:
            spans.append((number, False, _ms(poses[number].hold_s)))
    return _along(spans, elapsed_ms, mirror=mirror, arrow=arrow)


def period_ms(figure: Figure) -> int:
    """How long the whole movement takes once at the figure's own pace."""
    return sum(_ms(pose.move_s) + _ms(pose.hold_s) for pose in figure.pose)


def still(figure: Figure, pose: int | None = None, *, mirror: bool = False, dim: bool = False) -> Shown:
    """One pose that stands still: the first where none is named."""
    return Moment(min(pose or 0, len(figure.pose) - 1), mirror=mirror, dim=dim), None


def turning(figure: Figure, elapsed_ms: int, *, mirror: bool) -> Shown:
    """Turning over from the other side, then the movement of this one."""
    if elapsed_ms >= TURN_MS:
        return preview(figure, elapsed_ms - TURN_MS, mirror=mirror, arrow=True)
    turn = elapsed_ms * TURN_STEPS // TURN_MS
    return Moment(0, mirror=mirror, turn=turn), _soon(TURN_MS // TURN_STEPS)


def at_work(figure: Figure, goal: int, step: Step, length_ms: int | None, elapsed_ms: int) -> Shown:
    """The moment of a work under way. `goal` is the number of the figure's goal."""
    mirror = mirror_for(figure, step.side)
    work = step.work
    if isinstance(work, Repetitions):
        return _repetition(figure, goal, step, work, elapsed_ms, mirror=mirror)
    if isinstance(work, Breaths):
        return _breath(figure, work, elapsed_ms, mirror=mirror)
    if isinstance(work, Hold | Open):
        pose = _part(figure, goal, len(step.item.exercise.parts), length_ms, elapsed_ms)
        if isinstance(work, Open):
            return Moment(pose, mirror=mirror), None
        return Moment(pose, mirror=mirror, breath=bool(elapsed_ms // BREATH_MS % 2)), None
    return preview(figure, elapsed_ms, mirror=mirror)


def of_guide(figure: Figure, goal: int, position: Position, *, asking: bool, now_ms: int) -> Shown:
    """The moment that belongs to where a walk through a plan stands at `now_ms`.

    `goal` is the number of the figure's goal; `asking` whether a rating is asked for.
    """
    step = told_of(position, asking=asking)
    mirror = mirror_for(figure, step.side)
    if position.state is State.READY:
        return Moment(0, mirror=mirror, arrow=True), None
    elapsed_ms = position.elapsed_at(now_ms)
    if position.state is State.ENDED or position.step.kind in ("rest", "rate"):
        return still(figure, mirror=mirror, dim=True)
    if step.kind == "work":
        moment, wait_ms = at_work(figure, goal, step, position.length_ms, elapsed_ms)
    elif step.kind == "change_side" and figure.side is not None:
        moment, wait_ms = turning(figure, elapsed_ms, mirror=mirror)
    else:
        moment, wait_ms = preview(figure, elapsed_ms, mirror=mirror, arrow=True)
    return moment, wait_ms if position.state is State.RUNNING else None


# --- work ----------------------------------------------------------------------------------------


def _repetition(figure: Figure, goal: int, step: Step, work: Repetitions, elapsed_ms: int, *, mirror: bool) -> Shown:
    each_ms = round(work.each_s * 1000)
    number, within_ms = divmod(elapsed_ms, max(1, each_ms))
    order = list(range(len(figure.pose)))
    there, back = order[1 : goal + 1], [*order[goal + 1 :], 0]
    if step.side == "alternating" and len(order) > 2 and len(order) % 2 == 0:
        # One half of the loop is one side, the other half the other.
        half = len(order) // 2
        middle = half - half // 2
        one = [*order[1 : half + 1]] if number % 2 == 0 else [*order[half + 1 :], 0]
        there, back = one[:middle], one[middle:]
    if not there:
        return Moment(0, mirror=mirror), None
    spans = [*_way(figure, there, _ms(work.out_s))]
    if work.hold_s:
        spans.append((there[-1], False, _ms(work.hold_s)))
    spans += _way(figure, back, _ms(work.back_s))
    return _along(spans, within_ms, mirror=mirror, again=False)


def _breath(figure: Figure, work: Breaths, elapsed_ms: int, *, mirror: bool) -> Shown:
    """Towards the pose of each breath; where the poses name none, to and fro with it."""
    in_ms, out_ms = _ms(work.in_s), _ms(work.out_s)
    within_ms = elapsed_ms % max(1, in_ms + out_ms)
    named = [pose.breath for pose in figure.pose]
    breathing_in = within_ms < in_ms
    wanted = "in" if breathing_in else "out"
    if len(named) < 2:
        return Moment(0, mirror=mirror, breath=breathing_in), None
    pose = named.index(wanted) if wanted in named else int(breathing_in)
    done_ms, length_ms = (within_ms, in_ms) if breathing_in else (within_ms - in_ms, out_ms)
    return _along([(pose, True, length_ms)], done_ms, mirror=mirror, again=False)


def _part(figure: Figure, goal: int, parts: int, length_ms: int | None, elapsed_ms: int) -> int:
    """The pose of the present part, where the poses behind the first stand for the parts; else the goal."""
    if parts > 1 and length_ms and len(figure.pose) == parts + 1:
        return 1 + min(parts - 1, elapsed_ms * parts // length_ms)
    return goal


# --- along the poses -----------------------------------------------------------------------------


def _way(figure: Figure, poses: Sequence[int], length_ms: int) -> list[tuple[int, bool, int]]:
    """The way over several poses in a given time, shared as their own times are."""
    own = [max(0.1, figure.pose[pose].move_s) for pose in poses]
    return [(pose, True, round(length_ms * share / sum(own))) for pose, share in zip(poses, own, strict=True)]


def _along(
    spans: Sequence[tuple[int, bool, int]], elapsed_ms: int, *, mirror: bool, arrow: bool = False, again: bool = True
) -> Shown:
    """Where one is among spans of moving and of staying, which follow each other."""
    total_ms = sum(length_ms for _, _, length_ms in spans)
    left_ms = elapsed_ms % total_ms if again and total_ms else elapsed_ms
    for pose, moves, length_ms in spans:
        if left_ms < length_ms:
            if not moves:
                return Moment(pose, mirror=mirror, arrow=arrow), _soon(length_ms - left_ms)
            step = left_ms * STEPS // length_ms
            return Moment(pose, step, mirror=mirror, arrow=arrow), _soon(length_ms // STEPS)
        left_ms -= length_ms
    return Moment(spans[-1][0], mirror=mirror, arrow=arrow), None


def _soon(wait_ms: int) -> int:
    return max(FRAME_MS, wait_ms)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
