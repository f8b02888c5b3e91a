"""All there is to say of an exercise under way, for a page of its own."""

from __future__ import annotations

from textual.content import Content

from trainer.guide import card, words
from trainer.guide.plan import Item, Plan


def told(made: Plan, item: Item, *, before: bool) -> Content:
    """Name and dose, then each heading with its lines; first what is to be known of the whole, `before` it begins."""
    parts: list[str | tuple[str, str]] = [
        (f"{item.name}\n", "bold $text-primary"),
        f"{item.exercise.purpose}\n",
        (f"{item.exercise.position}; {words.whole_dose(item)}\n".capitalize(), "bold"),
    ]
    for heading, lines in card.in_full(made, item, before=before):
        parts.append((f"\n{heading}\n", "bold"))
        parts += [f"· {line}\n" for line in lines]
    return Content.assemble(*parts).rstrip()
