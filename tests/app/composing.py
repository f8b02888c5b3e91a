"""A composer on the screen, with what one does and sees there."""

from textual.widgets import Input, Static

from tests.app.pressing import press
from trainer.app.compose import ComposeScreen
from trainer.app.compose.lists import PickField, StepList


class Composing:
    """A composer on the screen, with what one does and sees there."""

    def __init__(self, coach, pilot):
        self.coach, self.pilot, self.app = coach, pilot, coach.app

    async def open(self, id=None):
        await self.pilot.pause()
        self.app.push_screen(ComposeScreen(id))
        await self.pilot.pause()
        return self

    async def press(self, *keys):
        await press(self.pilot, *keys)

    async def type(self, text, *, into=Input):
        """Put a text into the field that has the focus."""
        field = self.app.screen.focused
        assert isinstance(field, into)
        field.value = text
        await self.pilot.pause()

    async def field(self, key, text):
        """Put a text into a field of a form."""
        self.app.screen.query_one(f"#ask-{key}", Input).value = text
        await self.pilot.pause()

    async def add(self, *names):
        """Pick exercises by what is typed."""
        await self.press("a")
        for name in names:
            await self.type(name, into=PickField)
            await self.press("enter")
        await self.press("escape")

    @property
    def screen(self):
        return next(one for one in reversed(self.app.screen_stack) if isinstance(one, ComposeScreen))

    @property
    def ids(self):
        return [step.exercise for step in self.screen.draft.routine.step]

    @property
    def at(self):
        return self.screen.query_one(StepList).highlighted

    def shown(self):
        return self.coach.shown()

    def said(self):
        """What the screen on top says in words, lines joined."""
        return " ".join(" ".join(str(one.render()) for one in self.app.screen.query(Static)).split())

    def top(self):
        return self.shown().splitlines()[0]

    def notices(self):
        return " ".join(notice.message for notice in self.app._notifications)
