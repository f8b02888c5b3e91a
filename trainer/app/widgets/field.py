"""A field to type in. What is pasted passes the one door for text before it is shown."""

from __future__ import annotations

from textual.widgets import Input

from trainer.text import clean


class Field(Input):
    """An input whose value never holds a character that steers a terminal."""

    def validate_value(self, value: str) -> str:
        """The value, cleaned."""
        return clean(value)
