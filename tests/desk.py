"""A folder with exercises and routines of the person's own, and kits that share it."""

from __future__ import annotations

from sessions import Logbook
from tests.by_hand import FailingLogbook, HandClock, counted
from trainer.cues.player import SilentPlayer
from trainer.guide import events as e
from trainer.journal import Journal, Rehearsal
from trainer.kit import Kit
from trainer.paths import Paths
from trainer.settings import Settings

EXERCISE = """\
id = "{id}"
name = "{id}"
kind = "strength"
position = "standing"
purpose = "Any."
sides = "both"
[dose]
hold_s = {hold_s}
[cues]
"""
ROUTINE = """\
id = "{id}"
name = "{id}"
purpose = "Any."
rest_after_s = 15
{steps}
"""
STEPS = '[[step]]\nexercise = "mine-a"\n[[step]]\nexercise = "mine-b"\n'


class Silent(SilentPlayer):
    """A player that says what became of it."""

    def __init__(self, settings):
        super().__init__()
        self.settings = settings
        self.life = []

    def start(self):
        self.life.append("started")

    def close(self):
        self.life.append("closed")


class Desk:
    """A folder with two exercises and a routine of the person's own, and kits that share it."""

    def __init__(self, folder):
        self.paths = Paths(folder / "config", folder / "data")
        self.clock = HandClock()
        self.random = counted()
        self.players = []
        self.journals = []
        self.kits = []
        for id_ in ("mine-a", "mine-b"):
            self.write(f"exercises/{id_}.toml", EXERCISE.format(id=id_, hold_s=20))
        for id_ in ("mine", "other"):
            self.write(f"routines/{id_}.toml", ROUTINE.format(id=id_, steps=STEPS))

    def write(self, name, text):
        path = self.paths.config / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for kit in self.kits:
            kit.close()

    def kit(self, *, rehearsal=False, clock=None, **settings):
        made = Kit(
            paths=self.paths,
            settings=Settings(**settings),
            clock=clock or self.clock,
            make_journal=lambda: self._journal(rehearsal),
            make_player=self._player,
            rehearsal=rehearsal,
        )
        self.kits.append(made)
        return made

    def _journal(self, rehearsal):
        if rehearsal:
            return Rehearsal(stamp=self.clock.stamp, random=self.random)
        logbook = FailingLogbook(Logbook.open(self.paths.logbook, random=self.random))
        journal = Journal(logbook, stamp=self.clock.stamp, random=self.random)
        self.journals.append(journal)
        return journal

    def _player(self, settings):
        self.players.append(Silent(settings))
        return self.players[-1]

    def break_off(self, routine="mine", works=1):
        """A session in which so many works were done, and which was left then."""
        kit = self.kit()
        conductor = kit.conductor(*kit.prepare(routine), SilentPlayer())
        conductor.start()
        for _ in range(works):
            while conductor.engine.step.kind != "work":
                conductor.send(e.Next())
            for _ in range(20):
                self.clock.t_ms += 1000
                conductor.advance()
        conductor.leave()
        kit.close()
        self.clock.t_ms += 60_000
        return conductor.session

    def resumable(self, routine="mine", **more):
        kit = self.kit(**more)
        return kit.resumable(kit.prepare(routine)[0])
