"""Where the guide stands, which commands each state takes, and what can be seen of it. Nothing here changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from trainer.guide import events as e
from trainer.guide.marks import Mark, marks, unit_ms
from trainer.guide.plan import Item, Plan, Step
from trainer.library.model import Exercise, Side

GAP_MS = 2000
"""The longest time between two calls that counts as time spent."""
LEAST_WORK_MS = 1000
"""Work that lasted less counts as skipped: nothing was done (own)."""
LONGEST_MS = 3_600_000
"""No step is lengthened beyond this."""


class State(Enum):
    """Where the guide stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


_MOVES: frozenset[type] = frozenset({e.Next, e.Skip, e.Back, e.Redo, e.More, e.Less, e.Ease, e.Stop})
_RATINGS: frozenset[type] = frozenset({e.Rate, e.RateLater, e.Answer})

LEGAL: Mapping[State, frozenset[type]] = {
    State.READY: frozenset({e.Start}),
    State.RUNNING: _MOVES | _RATINGS | {e.Pause},
    State.PAUSED: _MOVES | _RATINGS | {e.Resume},
    State.ENDED: _RATINGS,
}
"""Which commands each state takes; `Position.allows` knows the conditions that go further."""


class IllegalCommand(Exception):
    """The command does not fit the present state. Nothing was changed."""


@dataclass(slots=True)
class Run:
    """One step under way."""

    step: Step
    then: int
    """The position of the step that follows."""
    began_ms: int
    """The moment at which it would have begun, had it never been interrupted."""
    length_ms: int | None
    marks: list[Mark] = field(default_factory=list)
    """Boundaries still to come."""
    said: set[object] = field(default_factory=set)
    """The keys of those that came."""
    rated: bool = False
    """Whether its exercise was rated while it was under way."""

    def place_marks(self, elapsed_ms: int) -> None:
        """Find the boundaries from `elapsed_ms` on; but for the last seconds, what was said is not said again."""
        new = [m for m in marks(self.step, self.length_ms) if m.key not in self.said or m.again(elapsed_ms)]
        self.marks = [mark for mark in new if mark.at_ms >= elapsed_ms]
        # A hold made shorter may have left the beginning of its present part behind.
        late = [mark for mark in new if mark.at_ms < elapsed_ms and mark.type is e.PartBegan]
        if late and elapsed_ms != self.length_ms:
            self.said.update(mark.key for mark in late[:-1])
            self.marks.insert(0, late[-1]._replace(at_ms=elapsed_ms))


class Position:
    """What can be seen of a walk through a plan. All times are milliseconds of one clock."""

    def __init__(
        self,
        plan: Plan,
        easier: Mapping[str, Exercise] | None = None,
        *,
        gap_ms: int = GAP_MS,
        owed: tuple[int, ...] = (),
        looked: Mapping[tuple[int, Side], str | None] | None = None,
    ) -> None:
        """`easier` holds easier forms by id; `owed` are the places of items whose rating is still due.

        `looked` are self-checks done before, by place and side, each with its answer where there is one.
        """
        self.plan = plan
        self.steps: tuple[Step, ...] = plan.steps
        self.items: dict[int, Item] = {item.place: item for item in plan.items}
        self.state = State.READY
        self.number = 0
        """The present step's position in `steps`."""
        self.now_ms = 0
        self.active_ms = 0
        self.paused_ms = 0
        self.ratings: dict[int, int] = {}
        self.looked: set[tuple[int, Side]] = set(looked or ())
        """Places and sides of self-checks that were done."""
        self.answers: dict[tuple[int, Side], str] = {key: id for key, id in (looked or {}).items() if id is not None}
        """Answers to self-checks, by place and side."""
        self.worked: set[int] = {*owed, *(place for place, _ in self.looked)}
        """Places of items of which something was done."""
        self._owed: dict[int, None] = dict.fromkeys(owed)
        self._easier = easier or {}
        self._gap_ms = gap_ms
        self._run = Run(plan.steps[0], 1, 0, plan.steps[0].length_ms)
        self._held: tuple[Run, int] | None = None  # a work behind its lead-in after a pause, and its elapsed time
        self._paused_at_ms = 0
        self._attempts: dict[tuple[int, int, str], int] = {}
        self._out: list[e.Event] = []

    # --- what can be seen ------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The present step."""
        return self._run.step

    @property
    def length_ms(self) -> int | None:
        """How long the present step lasts, None where nobody can know."""
        return self._run.length_ms

    @property
    def elapsed_ms(self) -> int:
        """Milliseconds of the present step that are over."""
        return self.elapsed_at(self.now_ms)

    def elapsed_at(self, now_ms: int) -> int:
        """Milliseconds of the present step that are over at a moment that nobody has told the engine of yet."""
        if self.state is State.READY:
            return 0
        until_ms = self._paused_at_ms if self.state is State.PAUSED else self.now_ms
        if self.state is State.RUNNING:
            until_ms = max(until_ms, now_ms)
        elapsed_ms = max(0, until_ms - self._run.began_ms)
        return elapsed_ms if self.length_ms is None else min(elapsed_ms, self.length_ms)

    @property
    def remaining_ms(self) -> int | None:
        """Milliseconds of the present step that are left, None where nobody can know."""
        return None if self.length_ms is None else self.length_ms - self.elapsed_ms

    @property
    def total_left_ms(self) -> int:
        """Milliseconds to reckon with until the end of the plan."""
        if self.state is State.ENDED:
            return 0
        here_ms = self.remaining_ms
        if here_ms is None:
            here_ms = max(0, self.step.reckoned_ms - self.elapsed_ms)
        if self._held is not None:
            work, elapsed_ms = self._held
            here_ms += max(0, (work.length_ms or 0) - elapsed_ms)
        return here_ms + sum(step.reckoned_ms for step in self.steps[self._after :])

    @property
    def owed(self) -> tuple[Item, ...]:
        """Items whose rating is due and was not given, in order."""
        return tuple(self.items[place] for place in self._owed)

    @property
    def unanswered(self) -> tuple[tuple[Item, Side], ...]:
        """Self-checks that were done, each with the side whose answer is missing, in order."""
        missing = self.looked - self.answers.keys()
        sides = {(step.item.place, step.side): step for step in self.steps}
        return tuple((step.item, step.side) for key, step in sides.items() if key in missing)

    @property
    def coming(self) -> Step | None:
        """The next work that waits beyond the present one, None before the end."""
        return next((step for step in self.steps[self._after :] if step.kind == "work"), None)

    def next_boundary_ms(self) -> int | None:
        """The next moment at which anything changes that a person can see or hear, None while time stands."""
        if self.state is not State.RUNNING:
            return None
        elapsed_ms = self.elapsed_ms
        if self.length_ms is None:
            due_ms = elapsed_ms // 1000 * 1000 + 1000
        else:
            # The clock shows the seconds that are left, so its whole seconds count from the end.
            due_ms = self.length_ms - (self.length_ms - elapsed_ms - 1) // 1000 * 1000
        if self._run.marks:
            due_ms = min(due_ms, self._run.marks[0].at_ms)
        return self._run.began_ms + due_ms

    def allows(self, command: e.Command) -> bool:
        """Whether `Engine.send(command)` would be taken now."""
        if type(command) not in LEGAL[self.state]:
            return False
        match command:
            case e.Start(step):
                return 0 <= step <= len(self.steps)  # behind the last one only the end is left
            case e.More():
                return self.length_ms is not None and self.length_ms + unit_ms(self.step) <= LONGEST_MS
            case e.Less():
                return self.length_ms is not None
            case e.Back():
                return self._work_before() is not None
            case e.Redo():
                return self._work_to_redo() is not None
            case e.Rate(place, nrs):
                return (
                    type(nrs) is int and 0 <= nrs <= 10 and (place in self.worked or self._work_of(place) is not None)
                )
            case e.Answer(place, side, answer):
                return self._answerable(place, side, answer)
            case e.RateLater(place):
                return place in self.worked and place not in self.ratings
            case e.Ease(place):
                # There is no half of a look.
                return place == self.step.item.place and self.step.item.exercise.check is None
        return True

    def _answerable(self, place: int, side: Side, answer: str) -> bool:
        item = self.items.get(place)
        if item is None or item.exercise.check is None or answer not in {a.id for a in item.exercise.check.answer}:
            return False
        work = self._work_of(place)
        return (place, side) in self.looked or (work is not None and work.step.side == side)

    @property
    def _after(self) -> int:
        """The position of the step that follows what is under way."""
        return self._run.then if self._held is None else self._held[0].then

    def _work_of(self, place: int) -> Run | None:
        """The work of an item that is under way, also behind a lead-in."""
        run = self._run if self._held is None else self._held[0]
        return run if run.step.kind == "work" and run.step.item.place == place else None

    def _work_before(self) -> int | None:
        return next((n for n in range(self.number - 1, -1, -1) if self.steps[n].kind == "work"), None)

    def _work_to_redo(self) -> int | None:
        """The present work; in a rest or before a rating, the one just done."""
        if self.step.kind == "work" or self._run.then == self.number:
            return self.number
        before = self._work_before()
        if before is not None and self.steps[before].item.place == self.step.item.place:
            return before
        return None
