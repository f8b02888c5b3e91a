"""A session under way, with all that it did."""

from __future__ import annotations

from tests.by_hand import HandClock, counted
from tests.guide.conftest import make_exercise, make_plan
from trainer.conductor import Conductor
from trainer.guide import events as e
from trainer.guide.engine import Engine
from trainer.guide.record import owed_places
from trainer.journal import Journal
from trainer.library.model import Dose

PLAN = make_plan(make_exercise("one", Dose(hold_s=20), sides="both"), make_exercise("two"), rest_after_s=15)


N = e.Next()
RANDOM = counted()


class Led:
    """A session under way, and all that it did in order: facts stored, sounds made, events given."""

    def __init__(self, logbook, plan=PLAN, *, pain_limit=5, going_on=None):
        self.clock = HandClock()
        self.logbook = logbook
        self.done = []
        self.made_journals = 0
        engine = Engine(
            plan,
            {item.exercise.id: item.exercise for item in plan.items},
            owed=owed_places(plan, going_on.works, going_on.ratings) if going_on else (),
        )
        self.conductor = Conductor(
            engine, clock=self.clock, journal=self._journal, sound=self, pain_limit=pain_limit, going_on=going_on
        )

    def _journal(self):
        self.made_journals += 1
        return Journal(self, stamp=self.clock.stamp, random=RANDOM)

    # what the journal asks of a logbook
    read_only = False

    def append(self, draft):
        fact = self.logbook.append(draft)
        self.done.append(("fact", draft.parsed()))
        return fact

    # what the conductor asks of a player
    def play(self, cue, at_ns=None):
        self.done.append(("sound", cue, at_ns))

    def say(self, texts, at_ns=None, until_ns=None):
        self.done.append(("speech", texts, at_ns, until_ns))

    def do(self, *entries):
        for entry in entries:
            if isinstance(entry, int):
                for _ in range(entry * 2):
                    self.clock.t_ms += 500
                    self.give(self.conductor.advance())
            else:
                self.give(self.conductor.send(entry))
        return self

    def start(self, step=0, **more):
        self.give(self.conductor.start(step, **more))
        return self

    def give(self, events):
        self.done.extend(("event", event) for event in events)
        return events

    def facts(self, kind=None):
        found = [one[1] for one in self.done if one[0] == "fact"]
        return [fact for fact in found if kind is None or isinstance(fact, kind)]

    def sounds(self):
        return [one[1] for one in self.done if one[0] == "sound"]

    def detail(self):
        return self.logbook.session(self.conductor.session)
