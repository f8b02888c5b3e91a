"""Guides through a routine line by line, in real time, led by the same conductor as the screen."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable

from sessions.errors import LogbookError
from trainer.cli import streams
from trainer.cli.lay import wrap
from trainer.cli.notes import care_lines
from trainer.cli.plain.answers import Answers
from trainer.cli.plain.before import settle
from trainer.cli.plain.closing import close_session
from trainer.cli.plain.inbox import Inbox, TypedLines
from trainer.cli.plain.questions import Questions
from trainer.cli.plain.sound import PlainSound
from trainer.cli.plain.teller import Teller
from trainer.cli.wishes import as_options
from trainer.conductor import Conductor
from trainer.figures.reading import described
from trainer.guide import events as e
from trainer.guide import words
from trainer.guide.plan import Plan
from trainer.guide.state import State
from trainer.kit import Kit, Order, Unfinished, step_named
from trainer.library.model import Exercise

_WHILE_PAUSED_S = 1.0
SOUND_READY_S = 0.5
"""How long the first cue waits for what plays it; it takes about a tenth of this."""


def run_plain(kit: Kit, prepared: Plan, exercises: dict[str, Exercise], order: Order) -> int:
    """Guide through `prepared`, which was made as `order` says. Returns 0 where its end was reached, else 1.

    Raises `Signalled`, having kept what was done.
    """
    inbox = TypedLines(sys.stdin)
    ring = (lambda: print("\a", end="", flush=True)) if streams.is_terminal(sys.stdout) else None
    with inbox.watching_signals():
        return Guidance(kit, prepared, exercises, inbox, order=order, ring=ring).run()


def write_line(text: str) -> None:
    """Print a line at once; on a terminal it breaks between words."""
    if streams.is_terminal(sys.stdout):
        indent = text[: len(text) - len(text.lstrip())]
        text = "\n".join(wrap(text, streams.width(), indent))
    streams.say(text)
    sys.stdout.flush()


class Guidance:
    """One session in plain lines."""

    def __init__(
        self,
        kit: Kit,
        prepared: Plan,
        exercises: dict[str, Exercise],
        inbox: Inbox,
        *,
        order: Order | None = None,
        write: Callable[[str], None] = write_line,
        ring: Callable[[], None] | None = None,
    ) -> None:
        self.kit = kit
        self.prepared = prepared
        self.exercises = exercises
        self.inbox = inbox
        self.order = order or Order()
        self.write = write
        self.sound = PlainSound(kit.player, ring)
        self.held: deque[int] = deque()
        self.questions = Questions(inbox, write, self.held)
        self._told_trouble = kit.journal.trouble
        self.conductor: Conductor | None = None
        """What leads the session, once it is settled how to go through it."""

    def run(self) -> int:
        """See `run_plain`."""
        self._show_care()
        going_on = self._going_on()
        step = self._settle(going_on)
        conductor = self.kit.conductor(self.prepared, self.exercises, self.sound, going_on=going_on)
        self.conductor = conductor
        before = None
        if going_on is None and self.inbox.interactive and not self.prepared.only_checks:
            before = self.questions.pain("Pain now, before you begin, 0 to 10? Enter leaves it out.")
        answers = Answers(conductor, self.exercises, self.inbox, self.sound, self.write, self.held)
        teller = Teller(
            conductor.engine,
            self.write,
            asks=lambda: self.questions.answerable,
            attended=lambda: answers.attended,
            looks=lambda id: described(self.kit.library, id),
        )
        self.questions.begun = True
        self._open()
        self.sound.player.wait_settled(SOUND_READY_S)
        try:
            self._tell(conductor, teller, answers, conductor.start(step, pain_before=before))
            self._guide(conductor, teller, answers)
        except BaseException:
            # Whatever ends the program here, a signal or an output that is gone: what was done is kept.
            if conductor.leave():
                self._say_kept(conductor, streams.warn)
            raise
        if answers.left:
            self._say_kept(conductor, self.write)
            return 1
        close_session(conductor, self.questions, self.write, interactive=self.inbox.interactive)
        self._tell_trouble(conductor)
        return 1 if conductor.stopped else 0

    # --- before ----------------------------------------------------------------------------------

    def _show_care(self) -> None:
        if self.kit.rehearsal or self.kit.settings.care_shown:
            return
        for line, _ in care_lines(streams.width()):
            self.write(line)
        self.write("")
        if trouble := self.kit.save(care_shown=True):
            streams.warn(trouble)

    def _going_on(self) -> Unfinished | None:
        try:
            unfinished = self.kit.resumable(self.prepared, self.order)
        except LogbookError:
            return None  # what is wrong with it was said
        if unfinished is None:
            return None
        if self.order.from_step is None and self.inbox.interactive:
            at, steps = unfinished.step, unfinished.plan.steps
            where = steps[at].item.name if at < len(steps) else "the end"
            if self.questions.yes(f"You left this routine today at: {where}. Go on there? y or n"):
                return unfinished
        self.write("Starting anew. What you did before stays in the log.")
        return None

    def _settle(self, going_on: Unfinished | None) -> int:
        """Settle on the form to go through, and return the position of the step that it begins with."""
        if going_on is not None:
            self.prepared = going_on.plan
            return going_on.begins_at
        self.prepared, self.exercises = settle(
            self.kit,
            self.prepared,
            self.exercises,
            self.order,
            self.questions,
            self.write,
            interactive=self.inbox.interactive,
        )
        return 0 if self.order.from_step is None else step_named(self.prepared, self.order.from_step)

    def _open(self) -> None:
        plan = self.prepared
        count = words.plural(len(plan.items), "exercise")
        self.write(f"{words.title(plan)}: {count}, {words.about(plan.reckoned_ms)}.")
        for note in plan.routine.notes:
            self.write(note)
        if plan.left_out:
            self.write(f"Left out: {'; '.join(plan.left_out)}.")
        if self.kit.rehearsal:
            self.write(f"A rehearsal: {self.kit.clock.speed} times faster, and nothing is kept.")
        if self.inbox.interactive:
            self.write("h and Enter lists the keys.")

    # --- while it runs ---------------------------------------------------------------------------

    def _guide(self, conductor: Conductor, teller: Teller, answers: Answers) -> None:
        engine = conductor.engine
        while engine.state is not State.ENDED:
            wait_s = conductor.wait_s()
            line = self.inbox.get(_WHILE_PAUSED_S if wait_s is None else min(wait_s, _WHILE_PAUSED_S))
            events = conductor.advance()
            self._tell(conductor, teller, answers, events)
            if line is not None:
                self._tell(conductor, teller, answers, answers.take(line.strip()))
            self._tell(conductor, teller, answers, answers.unattended())
            teller.drip(self.kit.clock.now_ms())

    def _tell(self, conductor: Conductor, teller: Teller, answers: Answers, events: tuple[e.Event, ...]) -> None:
        while events:
            for event in events:
                if not (answers.left and isinstance(event, e.Finished)):
                    teller.tell(event)
            events = answers.follow(events)
        self._tell_trouble(conductor)

    def _tell_trouble(self, conductor: Conductor) -> None:
        trouble = conductor.journal.trouble
        if trouble and trouble != self._told_trouble:
            streams.warn(f"Not saved: {trouble} Keeping it and trying again.")
        elif self._told_trouble and not trouble:
            streams.warn("Saved now.")
        self._told_trouble = trouble

    def _say_kept(self, conductor: Conductor, write: Callable[[str], None]) -> None:
        if self.kit.rehearsal:
            return
        if any(result.worked for result in conductor.results()):
            command = f"trainer run {self.prepared.routine.id}{as_options(self.order.wish)}"
            write(f"What you did is kept. {command} goes on from here today.")
