"""Leads one session: the engine's events become facts first, then sound, then what a front end shows.

Both front ends, the screen and the plain lines, are led by this, so that they cannot differ in what they
record. A fact is stored before the events that it comes from are handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from sessions.records import CheckAnswered, Note, PainRated, SessionResumed, WorkDone
from sessions.rows import SessionDetail
from trainer.clock import Clock
from trainer.coach.pain import Advice, after_rating
from trainer.coach.tomorrow import tomorrow
from trainer.cues.choose import cue_for
from trainer.cues.script import Script
from trainer.cues.tones import Cue
from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.outcome import Rating, Result, Work, rated, results
from trainer.guide.record import begun, facts
from trainer.guide.state import State
from trainer.journal import Journal
from trainer.text import clean

if TYPE_CHECKING:
    from trainer.coach.checks import Given, Told


class Sound(Protocol):
    """What the conductor asks of a player."""

    def play(self, cue: Cue, at_ns: int | None = None) -> None:
        """Play a cue that was due at `at_ns`."""

    def say(self, texts: Sequence[str], at_ns: int | None = None, until_ns: int | None = None) -> None:
        """Say texts from `at_ns` on, those that are over by `until_ns`, in the place of what is being said."""


class Conductor:
    """One session from its first command to its note."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Clock,
        journal: Callable[[], Journal],
        sound: Sound,
        pain_limit: int = 5,
        going_on: SessionDetail | None = None,
        routine_names: Callable[[Iterable[str]], dict[str, str]] = lambda _: {},
    ) -> None:
        """`journal` is asked for when the first fact is written. `going_on` is an unfinished session that goes on.

        `routine_names` gives the names of routines by their ids, of those that there are.
        """
        self.engine = engine
        self.clock = clock
        self.sound = sound
        self.pain_limit = pain_limit
        self.pain_before = going_on.row.pain_before if going_on else None
        self.pain_after: int | None = None
        self.note = ""
        self.works: list[Work] = list(going_on.works) if going_on else []
        self.ratings: list[Rating] = list(going_on.ratings) if going_on else []
        self.answers: list[Given] = list(going_on.answers) if going_on else []
        """Answers to self-checks, the later one of a check and side being the one that counts."""
        self._routine_names = routine_names
        self.advice: Advice | None = None
        """What is wise after the last rating, until the person has answered."""
        self._script = Script()
        self._resumes = going_on is not None
        self._before_active_ms = going_on.row.active_ms if going_on else 0
        self._make_journal = journal
        self._session = going_on.row.id if going_on else ""
        self._leaving = False
        self._how = ""

    @cached_property
    def journal(self) -> Journal:
        """Where the facts go."""
        return self._make_journal()

    @cached_property
    def session(self) -> str:
        """The session's id."""
        return self._session or self.journal.new_session()

    # --- the session ----------------------------------------------------------------------------

    def start(self, step: int = 0, *, pain_before: int | None = None) -> tuple[e.Event, ...]:
        """Begin, or go on, at a position of the plan's steps. `pain_before` is 0 to 10, None where not said."""
        if self._resumes:
            self.journal.write(self.session, SessionResumed(step))
        else:
            self.journal.write(self.session, begun(self.engine.plan, step))
        if pain_before is not None:
            self.pain_before = pain_before
            self.journal.write(self.session, PainRated("before", pain_before))
        self.engine.now_ms = self.clock.now_ms()
        return self._conduct(self.engine.send(e.Start(step)))

    def advance(self) -> tuple[e.Event, ...]:
        """Let time go on to now."""
        return self._conduct(self.engine.advance(self.clock.now_ms()))

    def send(self, command: e.Command) -> tuple[e.Event, ...]:
        """Let time go on to now, then do what `command` asks if it still fits."""
        events = self._conduct(self.engine.advance(self.clock.now_ms()))
        if not self.engine.allows(command):
            return events
        if isinstance(command, e.Rate):
            self.advice = after_rating(command.worst, self.pain_before, self.pain_limit)
        return events + self._conduct(self.engine.send(command))

    def leave(self) -> tuple[e.Event, ...]:
        """Keep what was done and go, without ending the session: it can be taken up again today."""
        if self.engine.state not in (State.RUNNING, State.PAUSED):
            return ()
        events = self.advance()  # what is over by now counts, the end of the session included
        if not self.engine.allows(e.Stop()):
            return events
        self._leaving = True
        return events + self._conduct(self.engine.send(e.Stop()))

    def rate_after(self, nrs: int) -> None:
        """Pain after the whole session, 0 to 10."""
        self.pain_after = nrs
        self.journal.write(self.session, PainRated("after", nrs))

    def write_note(self, text: str) -> None:
        """A note on the session; what is empty or said already is not written."""
        text = clean(text.strip(), limit=10_000, lines=True)
        if text and text != self.note:
            self.note = text
            self.journal.write(self.session, Note(text))

    @property
    def stopped(self) -> bool:
        """Whether the person ended the session before its end."""
        return self._how == "stopped"

    @property
    def how(self) -> str:
        """How it ended, in a word: `done`, `stopped`, or `skipped` where nothing of it was done."""
        if self.stopped:
            return "stopped"
        return "done" if self.worked else "skipped"

    @property
    def worked(self) -> bool:
        """Whether anything of it was done."""
        return any(work.outcome != "skipped" for work in self.works)

    @property
    def active_ms(self) -> int:
        """Milliseconds spent in the session, what was spent before it went on included."""
        return self._before_active_ms + self.engine.active_ms

    def results(self) -> list[Result]:
        """What became of each exercise so far, what was recorded before the session went on included."""
        return results(begun(self.engine.plan).exercises, self.works, self.ratings)

    def rated(self) -> list[tuple[str, int]]:
        """Names and ratings of the exercises rated so far."""
        return rated(self.ratings)

    @property
    def only_looked(self) -> bool:
        """Whether nothing but self-checks was done, after which there is no pain to compare."""
        looks = {item.exercise.id for item in self.engine.plan.items if item.exercise.check is not None}
        done = [work for work in self.works if work.outcome != "skipped"]
        return self.engine.plan.only_checks or bool(done and all(work.exercise in looks for work in done))

    def checked(self) -> list[Told]:
        """What the person's answers to self-checks say back."""
        if not self.answers:
            return []
        from trainer.coach import checks

        exercises = [item.exercise for item in self.engine.plan.items]
        return checks.told(exercises, self.answers, self._routine_names(checks.suggested(exercises)))

    def tomorrow(self) -> list[str]:
        """What comes next, with the reason."""
        return tomorrow(
            frequency=self.engine.plan.routine.frequency,
            before=self.pain_before,
            after=self.pain_after,
            ratings=self.rated(),
            limit=self.pain_limit,
            finished=not self.stopped,
            only_looked=self.only_looked,
            answered=bool(self.answers),
        )

    def wait_s(self) -> float | None:
        """Seconds until anything changes that a person can see or hear, None while time stands."""
        boundary_ms = self.engine.next_boundary_ms()
        return None if boundary_ms is None else self.clock.wait_s(boundary_ms)

    # --- facts, then sound ----------------------------------------------------------------------

    def _conduct(self, events: tuple[e.Event, ...]) -> tuple[e.Event, ...]:
        for event in events:
            self._record(event)
        for event in events:
            if (cue := cue_for(event)) is not None and not (self._leaving and isinstance(event, e.Finished)):
                self.sound.play(cue, self.clock.monotonic_ns(event.at_ms))
            if (said := self._script.said_at(event)) is not None:
                until_ns = None if said.until_ms is None else self.clock.monotonic_ns(said.until_ms)
                self.sound.say(said.texts, self.clock.monotonic_ns(said.at_ms), until_ns)
        return events

    def _record(self, event: e.Event) -> None:
        if isinstance(event, e.Finished):
            self._how = event.how
            if self._leaving:
                return
        for body in facts(event, step_number=self._number(event), before_active_ms=self._before_active_ms):
            if isinstance(body, WorkDone):
                if self._leaving and body.outcome == "skipped":
                    continue  # it was only begun; it waits until the session goes on
                self.works.append(body)
            if isinstance(body, PainRated):
                self.ratings.append(body)
            if isinstance(body, CheckAnswered):
                self.answers.append(body)
            self.journal.write(self.session, body)

    def _number(self, event: e.Event) -> int:
        if not isinstance(event, e.WorkEnded):
            return 0
        steps = self.engine.steps
        return next((n for n, step in enumerate(steps) if step is event.step), self.engine.number)
