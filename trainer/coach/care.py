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
            "Ask a health professional what suits you and what to leave out: above all with "
            "ongoing pain, an injury, recent surgery, or in pregnancy.",
        ),
        "lasting, hip-back",
    ),
    Section(
        "While you exercise",
        (
            "Mild pain, below 5 of 10, is what the sources accept. From 5 on: ease, change or stop.",
            "Stop when pain grows, turns sharp, or something new is felt.",
            "Numbness or weakness: get medical attention before you go on.",
        ),
        "lasting, hip-back",
    ),
    Section(
        "Call your emergency number now",
        (
            "Pain, tingling, weakness or numbness in both legs; numbness round genitals or buttocks; "
            "trouble passing urine, lost bladder or bowel control; chest pain; a serious accident.",
        ),
        "NHS",
    ),
    Section(
        "See a doctor soon",
        (
            "Fever or weight loss with back pain; a lump or a back of changed shape; pain that is worse "
            "at night, when you cough, or between the shoulder blades; pain beyond six weeks.",
        ),
        "NHS, lasting",
    ),
    Section(
        "What this program is",
        (
            "It guides, counts and keeps what you rate. It examines nobody and finds no illness.",
            "Such lists are short and miss things. If you are worried, ask.",
        ),
        "Finucane 2020",
    ),
)
