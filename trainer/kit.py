"""What the command line makes once and hands to a front end: folders, preferences, library, clocks, logbook, sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from trainer.clock import Clock
from trainer.guide.plan import Plan, plan
from trainer.library.errors import LibraryError
from trainer.library.model import Exercise, Weaker
from trainer.library.shelf import Library
from trainer.paths import Paths
from trainer.settings import Settings, save

if TYPE_CHECKING:  # the logbook, the sound and the guide are loaded after the first paint
    from sessions.rows import SessionDetail
    from trainer.coach.progression import LastTime, Suggestion
    from trainer.conductor import Conductor, Sound
    from trainer.cues.player import Player, SilentPlayer
    from trainer.guide.shorten import Wish
    from trainer.journal import Journal
    from trainer.timekeeper import Hour


class Order(Struct, frozen=True):
    """What a person said beforehand of how to go through a routine."""

    from_step: str | None = None
    """The exercise to begin at: its number in the routine, from 1, or its id."""
    wish: Wish | None = None
    level: int | None = None
    """The level of a routine that grows, None where it is still to be asked for."""
    weaker: Weaker | Literal["none"] | None = None
    """The weaker side, `none` where none is; None where it is still to be asked for."""


class Unfinished(Struct, frozen=True):
    """A session of today that broke off and can go on."""

    detail: SessionDetail
    step: int
    """The position of the plan's step at which it goes on; the plan's length where only its end is missing."""
    plan: Plan
    """What it goes through: at the level and with the weaker side that it began with."""

    @property
    def begins_at(self) -> int:
        """The position to begin with: where only its end is missing, the last rating, else behind the last step."""
        last = len(self.plan.steps) - 1
        return min(self.step, last if self.plan.steps[last].kind == "rate" else last + 1)


class Kit:
    """Everything a session needs. What is costly is made when it is first asked for."""

    def __init__(
        self,
        *,
        paths: Paths,
        settings: Settings,
        clock: Clock,
        make_journal: Callable[[], Journal],
        make_player: Callable[[Settings], Player | SilentPlayer],
        rehearsal: bool = False,
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self.rehearsal = rehearsal
        self.library = Library(paths.config)
        self._make_journal = make_journal
        self._make_player = make_player
        self._player: Player | SilentPlayer | None = None
        self.sync: Callable[[], tuple[int, str]] | None = None
        """Syncs, in any thread: how many facts came in, and what went wrong if anything. None where nothing is kept."""
        self.keep_hour: Callable[[], Hour] | None = None
        """Makes what counts to the next break; None in a rehearsal."""

    @cached_property
    def journal(self) -> Journal:
        """Where facts are taken down."""
        return self._make_journal()

    def reopen(self) -> None:
        """Open the logbook anew, once another file stands in its place; whoever holds the journal goes on with it."""
        self.journal.go_on_as(self._make_journal())

    @property
    def player(self) -> Player | SilentPlayer:
        """What sounds, started when it is first asked for."""
        if self._player is None:
            self._player = self._make_player(self.settings)
            self._player.start()
        return self._player

    def replace_player(self) -> None:
        """Make the player anew, as the preferences now say."""
        if self._player is not None:
            self._player.close()
            self._player = None

    def save(self, **changes: Any) -> str:
        """Keep changed preferences. Returns what went wrong, empty where nothing did."""
        from msgspec import structs

        self.settings = structs.replace(self.settings, **changes)
        try:
            save(self.paths.settings, self.settings, **changes)
        except (OSError, ValueError) as error:
            return f"The settings could not be saved: {getattr(error, 'strerror', None) or error}."
        return ""

    def prepare(
        self,
        id: str,
        wish: Wish | None = None,
        *,
        level: int | None = None,
        weaker: Weaker | None = None,
    ) -> tuple[Plan, dict[str, Exercise]]:
        """The plan of a routine or of one exercise, and the exercises with their easier forms by id.

        Raises `LibraryError`, and `NothingLeft` where the wish leaves nothing of it.
        """
        value = self.library.practice(id)
        exercises = self.library.exercises_of(value)
        made = plan(value, exercises, level=level, weaker=weaker)
        if wish is not None:
            from trainer.guide.shorten import fits, wished

            made = wished(made, wish)
            # An easier form has to be one that the wish leaves, too.
            exercises = {key: one for key, one in exercises.items() if fits(one, wish)}
        return made, exercises

    def prepare_as(self, id: str, order: Order) -> tuple[Plan, dict[str, Exercise]]:
        """See `prepare`; what `order` leaves open is taken as it stands first."""
        return self.prepare(id, order.wish, level=order.level, weaker=None if order.weaker == "none" else order.weaker)

    def unfinished(self) -> SessionDetail | None:
        """Today's last session where it broke off, None where there is none or the logbook cannot say."""
        from sessions.errors import LogbookError

        logbook = self.journal.logbook
        if logbook is None:
            return None
        try:
            row = logbook.unfinished(self.journal.today())
            return logbook.session(row.id) if row is not None else None
        except LogbookError as error:
            self.journal.noticed(error)
            return None

    def last_time(self, routine: str) -> LastTime | None:
        """What the last session of a routine that grows tells, None where there is none or the logbook cannot say."""
        from sessions.errors import LogbookError
        from trainer.coach.progression import last_time

        logbook = self.journal.logbook
        if logbook is None:
            return None
        try:
            detail = logbook.last_session(routine)
        except LogbookError:
            return None
        return None if detail is None else last_time(detail)

    def suggestion(self, prepared: Plan, wish: Wish | None = None) -> Suggestion | None:
        """Which level of a routine that grows to take, None where the routine has none.

        Only levels of which the wish leaves something are among its choices.
        """
        routine = prepared.routine
        if not routine.level:
            return None
        from trainer.coach.progression import suggest, within
        from trainer.guide.shorten import NothingLeft

        found = suggest(len(routine.level), self.last_time(routine.id), self.settings.pain_limit)
        if wish is None:
            return found

        def fits(level: int) -> bool:
            try:
                self.prepare(routine.id, wish, level=level)
            except NothingLeft:
                return False
            return True

        return within(found, fits)

    def routine_names(self, ids: Iterable[str]) -> dict[str, str]:
        """Names of routines by id; those that cannot be read are left out."""
        names = {}
        for id in ids:
            try:
                names[id] = self.library.routine(id).name
            except LibraryError:
                continue
        return names

    def resumable(self, prepared: Plan, order: Order | None = None) -> Unfinished | None:
        """Today's broken-off session of this routine in this form, None where there is none or the routine has changed.

        None too where the logbook cannot say. `order` is what `prepared` was made with.
        """
        if self.rehearsal:
            return None
        order = order or Order()
        from sessions.errors import LogbookError
        from sessions.records import SessionBegun
        from trainer.guide.record import content_hash, resume_at

        detail = self.unfinished()
        if detail is None or detail.row.routine != prepared.routine.id or not detail.works:
            return None
        if order.level not in (None, detail.row.level) or order.weaker not in (None, detail.weaker or "none"):
            return None
        logbook = self.journal.logbook
        assert logbook is not None, "unfinished() has looked"
        try:
            begun = [body for fact in logbook.facts(detail.row.id) if isinstance(body := fact.parsed(), SessionBegun)]
        except LogbookError:
            return None
        if not begun:
            return None
        if (detail.row.level, detail.weaker) != (prepared.level, prepared.weaker):
            from trainer.guide.shorten import NothingLeft

            try:
                prepared, _ = self.prepare(
                    prepared.routine.id, order.wish, level=detail.row.level, weaker=detail.weaker
                )
            except (LibraryError, NothingLeft):
                return None
        if begun[0].content_hash != content_hash(prepared):
            return None
        return Unfinished(detail, resume_at(prepared, detail.works), prepared)

    def conductor(
        self,
        prepared: Plan,
        exercises: dict[str, Exercise],
        sound: Sound,
        *,
        going_on: Unfinished | None = None,
    ) -> Conductor:
        """What leads a session through `prepared`, or leads on one that broke off."""
        from trainer.conductor import Conductor
        from trainer.guide.engine import Engine
        from trainer.guide.record import looked_before, owed_places
        from trainer.guide.state import GAP_MS

        detail = going_on.detail if going_on else None
        engine = Engine(
            prepared,
            exercises,
            gap_ms=GAP_MS * self.clock.speed,
            owed=owed_places(prepared, detail.works, detail.ratings) if detail else (),
            looked=looked_before(prepared, detail.works, detail.answers) if detail else None,
        )
        return Conductor(
            engine,
            clock=self.clock,
            journal=lambda: self.journal,
            sound=sound,
            pain_limit=self.settings.pain_limit,
            going_on=detail,
            routine_names=self.routine_names,
        )

    def close(self) -> None:
        """Let go of the sound and the logbook."""
        if self._player is not None:
            self._player.close()
        journal = self.__dict__.get("journal")
        if journal is not None and journal.logbook is not None:
            journal.logbook.close()


def step_named(prepared: Plan, name: str) -> int:
    """The position of the step at which an exercise begins: its number in the routine, from 1, or its id.

    Raises `LibraryError` where the routine has no such step.
    """
    from trainer.library.errors import Problem
    from trainer.text import clean

    ids = [item.exercise.id for item in prepared.items]
    if name.isascii() and name.isdigit() and len(name) <= 6 and 1 <= int(name) <= len(ids):
        return prepared.first_step_of(prepared.items[int(name) - 1].index)
    if name in ids:
        return prepared.first_step_of(prepared.items[ids.index(name)].index)
    allowed = f"1 to {len(ids)}, or one of: " + ", ".join(ids)
    raise LibraryError(Problem("--from", "", repr(clean(name, limit=60)), allowed))
