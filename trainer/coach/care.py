"""Notes on care: what to ask, when to stop, what needs help at once. Data, with its sources.

The lists catch not everything (Finucane 2020); no text says that a person without these signs is well.
"""

from __future__ import annotations

from msgspec import Struct


class Section(Struct, frozen=True):
    """A heading and its lines."""

    title: str
    lines: tuple[str, ...]
    source: str


CARE: tuple[Section, ...] = (
    Section(
        "Before you start",
        (
            "Ask a health professional first: above all with ongoing pain, an injury, recent surgery, or in pregnancy.",
            "Ask which exercises suit you, which to leave out, and how much is enough.",
            "In pregnancy, do not lie flat on your back for long, above all after week 16.",
        ),
        "lasting, hip-back; NHS, ACOG 804",
    ),
    Section(
        "While you exercise",
        (
            "Mild pain, below 5 of 10, is what the sources accept. From 5 on: ease it, change it or stop.",
            "Stop when pain grows, turns sharp, or something new is felt.",
            "Stop and get medical attention before you go on if you feel numbness or weakness.",
            "Little and well is better than much. Do not bounce, and force no twist.",
        ),
        "lasting, hip-back, relief",
    ),
    Section(
        "Call your emergency number now",
        (
            "Pain, tingling, weakness or numbness in both legs.",
            "Numbness around the genitals or buttocks.",
            "Trouble passing urine, or loss of bladder or bowel control.",
            "Chest pain.",
            "Back pain after a serious accident.",
        ),
        "NHS",
    ),
    Section(
        "See a doctor soon",
        (
            "Fever, or losing weight without trying.",
            "A lump, or a back that has changed its shape.",
            "Pain that is worse at night, when you cough, or that sits between the shoulder blades.",
            "Pain that lasts longer than six weeks, or that keeps you from what you do.",
        ),
        "NHS; lasting",
    ),
    Section(
        "What this program is",
        (
            "It guides, counts and keeps what you rate. It does not examine you and finds no illness.",
            "These lists are short and miss things. If you are worried, ask, whatever they say.",
        ),
        "Finucane 2020",
    ),
)
