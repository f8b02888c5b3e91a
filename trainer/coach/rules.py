"""The rules of the sources that the program follows, each with its figure and where it comes from. Data."""

from __future__ import annotations

from msgspec import Struct


class Rule(Struct, frozen=True):
    """One rule."""

    id: str
    text: str
    sources: tuple[str, ...]
    """Keys of `trainer.library.sources.SOURCES`."""


class Topic(Struct, frozen=True):
    """Rules that belong together."""

    title: str
    rules: tuple[Rule, ...]


ARTICLES = ("relief", "lower-back", "lasting", "imbalance", "hip-back")

RULES: tuple[Topic, ...] = (
    Topic(
        "Before you begin",
        (
            Rule(
                "ask-first",
                "Ask a provider before you start, above all with ongoing pain, an injury, or in pregnancy.",
                ("lasting", "hip-back"),
            ),
            Rule(
                "red-flags",
                "Numbness or weakness: get medical attention before you go on.",
                ("hip-back",),
            ),
            Rule(
                "take-care",
                "Leave out or take care with running and jumping, forced twisting, full sit-ups and toe touches.",
                ("hip-back",),
            ),
        ),
    ),
    Topic(
        "Pain",
        (
            Rule("scale", "Pain is rated from 0 to 10.", ARTICLES),
            Rule(
                "acceptable",
                "Mild pain, from 0 to below 5, is accepted in exercise; one passage says 0 to 5.",
                ("lasting",),
            ),
            Rule(
                "no-worse",
                "Exercise should not leave the pain worse than it was before; so it is rated at the start too.",
                ("lasting",),
            ),
            Rule(
                "change-or-stop", "When pain grows or something new is felt, change the exercise or stop.", ("lasting",)
            ),
            Rule("six-weeks", "With pain that lasts beyond 6 weeks, see a professional.", ("lasting",)),
        ),
    ),
    Topic(
        "How much",
        (
            Rule("start", "Begin with 2 or 3 repetitions.", ("lasting",)),
            Rule("progress", "Add slowly, up to 2 sets of 15 repetitions.", ("lasting",)),
            Rule("sets", "Take 1 to 3 sets, with enough rest between them.", ("lower-back",)),
            Rule("stretch", "Hold a stretch for 20 to 30 s.", ("lower-back", "imbalance")),
            Rule(
                "quality",
                "Quality comes before quantity: do less until the right muscles work and the body is in line.",
                ("relief",),
            ),
        ),
    ),
    Topic(
        "Sides and hips",
        (
            Rule(
                "sides",
                "A difference between the sides grows if it is left; the weaker side gets its extra work at once.",
                ("lower-back",),
            ),
            Rule(
                "hips",
                "One hip higher and a pelvis tipped forward have a routine each: uneven-hips and tilted-pelvis.",
                ("imbalance",),
            ),
        ),
    ),
    Topic(
        "In the week, and later",
        (
            Rule(
                "activity",
                "In a week: 150 min of moderate or 75 min of vigorous activity, strength twice, "
                "balance and flexibility several times.",
                ("lasting",),
            ),
            Rule("hip-routine", "The hip and back routine is for 2 or 3 days a week.", ("hip-back",)),
            Rule("when-to-expect", "Change takes from a few weeks to several months.", ("hip-back",)),
            Rule("keep-going", "Keep the exercises in your week after the pain is gone.", ("lower-back",)),
        ),
    ),
)
