"""A list of rows under headings."""

from __future__ import annotations

from textual.widgets import OptionList


class HeadedList(OptionList):
    """Rows under headings, which are options that cannot be chosen."""

    def action_page_up(self) -> None:
        """Move up by a page, at most to the first row: the heading above it cannot be chosen."""
        super().action_page_up()  # type: ignore[no-untyped-call]  # as it is there
        if self.highlighted is None:
            self.action_first()
