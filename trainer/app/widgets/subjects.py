"""The list of what can be looked back on: all pain and each exercise, with what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sessions.folding import fold
from trainer.coach.lookback import ALL_PAIN, Subject
from trainer.coach.lookback_words import verdicts
from trainer.text import cells, cut

_NAME = 28
"""Columns of a name at most, where verdicts stand beside it (own)."""
_GAP = 2
_BAR = 2
"""Columns of the scrollbar."""


class Subjects(OptionList, inherit_bindings=False):
    """Letters leave those of which a word begins so; the same letter again goes on to the next of these.

    Letters in `functions` are keys of the screen, and are not typed. The arrows to the sides and Enter are its, too.
    """

    BINDINGS = [
        Binding("up", "cursor_up", "Up", show=False),
        Binding("down", "cursor_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("backspace", "shorten", "One letter less", show=False),
    ]

    class Narrowed(Message):
        """Other letters were typed: others are shown."""

    def __init__(self, *, functions: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.typed = ""
        """Letters with which a word of each one shown begins; empty where all are."""
        self._functions = functions
        self._all: list[Subject] = []
        self._shown: list[Subject] = []

    @property
    def chosen(self) -> Subject | None:
        """What the list stands on."""
        return self._shown[self.highlighted] if self._shown and self.highlighted is not None else None

    def show(self, subjects: Sequence[Subject]) -> None:
        """Put these in the place of those that are there; what is chosen stays chosen where it is among them."""
        self._all = list(subjects)
        self.narrow(self.typed)

    def narrow(self, typed: str, *, anew: bool = False) -> None:
        """Show those that fit what was typed, all where none does, and `anew` stand on the first."""
        chosen = None if anew else self.chosen
        fitting = [one for one in self._all if _fits(typed, one)]
        self.typed = typed if fitting else ""
        self._shown = fitting or self._all
        self.set_options([Option(row) for row in self._rows()])
        ids = [one.id for one in self._shown]
        self.highlighted = ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0
        self.post_message(self.Narrowed())

    def on_resize(self) -> None:
        """Rows that have more room say more."""
        for index, row in enumerate(self._rows()):
            self.replace_option_prompt_at_index(index, row)
        self.call_after_refresh(self.scroll_to_highlight)

    def _rows(self) -> list[Content]:
        return rows(self._shown, max(1, self.scrollable_content_region.width or self.size.width - _BAR))

    # --- letters ---------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are the list's own, so that no key of the application takes them."""
        return character is not None and len(character) == 1 and character.isalpha() and key not in self._functions

    def on_key(self, event: events.Key) -> None:
        """Narrow by letters; what no longer fits begins anew."""
        letter = event.character or ""
        if not self.check_consume_key(event.key, letter):
            return
        event.stop()
        event.prevent_default()
        letter = fold(letter)
        for typed in (self.typed + letter, letter):
            if typed and any(_fits(typed, one) for one in self._all):
                if typed == self.typed:
                    self.action_cursor_down()
                else:
                    self.narrow(typed, anew=typed == letter)
                return

    def action_shorten(self) -> None:
        """Take the last letter back."""
        self.narrow(self.typed[:-1])


def _fits(typed: str, one: Subject) -> bool:
    name = fold(one.name)
    # Many an exercise begins like "pain", which is never what is looked for.
    words = [name] if one.id == ALL_PAIN else name.split()
    return any(word.startswith(typed) for word in words)


def rows(subjects: Sequence[Subject], width: int) -> list[Content]:
    """A row for each, its parts below each other's; of two lines where there is no room for one."""
    lead = " "
    name_wide = min(_NAME, max((cells(one.name) for one in subjects), default=0))
    room = width - len(lead) - name_wide - _GAP
    exercises = [one for one in subjects if one.id != ALL_PAIN]
    for brief in (False, True):
        told = [verdicts(one, brief=brief) for one in exercises]
        column = max((cells(parts[0]) for parts in told if len(parts) > 1), default=0)
        widest = max((cells(_joined(parts, column)) for parts in told), default=0)
        if widest <= room:
            break
    beside = widest <= room
    made = []
    for one in subjects:
        parts = verdicts(one, brief=brief)
        if beside:
            name = cut(one.name, name_wide)
            padded = name + " " * (name_wide - cells(name) + _GAP)
            made.append(Content.assemble(lead, (padded, "bold"), _fitting(parts, column, room)))
        else:
            name = cut(one.name, width - len(lead))
            verdict = _fitting(parts, column, width - len(lead) - _GAP)
            made.append(Content.assemble(lead, (name, "bold"), "\n", lead, " " * _GAP, verdict))
    return made


def _joined(parts: Sequence[str], column: int) -> str:
    if len(parts) != 2:
        return "  ".join(parts)
    return f"{parts[0]}{' ' * (column - cells(parts[0]))}  {parts[1]}"


def _fitting(parts: Sequence[str], column: int, room: int) -> str:
    """As many parts as fit whole; of the first, as much as fits."""
    for count in range(len(parts), 1, -1):
        if cells(text := _joined(parts[:count], column if len(parts) == 2 else 0)) <= room:
            return text
    return cut(parts[0], room)
