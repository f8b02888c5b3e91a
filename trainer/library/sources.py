"""What data files cite. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from trainer.library.dose import OWN


class Source(Struct, frozen=True):
    """A text that figures and form come from."""

    title: str
    publisher: str
    article: bool = True
    """Whether it is one of the five articles that the program started from."""
    address: str = ""


SOURCES: dict[str, Source] = {
    "relief": Source("Corrective Exercises for Relief From Back, Neck, and Hip Pain", "article by trainers"),
    "lower-back": Source("Lower Back Corrective Exercises / Back Strengthening Exercises", "article by a coach"),
    "lasting": Source(
        "Corrective Exercise Routines Designed for Lasting Back Pain Relief (21 Jan 2026)",
        "guide by a chiropractic clinic",
    ),
    "imbalance": Source("Muscle imbalance and back pain", "article by a Pilates instructor"),
    "hip-back": Source("Hip and lower back pain: exercises", "guide by a maker of posture aids"),
    # Beyond the articles: what a desk worker needs and they leave out.
    "ccohs-stretching": Source(
        "Office Ergonomics - Stretching - At the Workstation",
        "Canadian Centre for Occupational Health and Safety",
        article=False,
        address="ccohs.ca/oshanswers/ergonomics/office/stretching.html",
    ),
    "worksafe-vic": Source(
        "Exercises for office employees",
        "WorkSafe Victoria, Australia",
        article=False,
        address="worksafe.vic.gov.au/exercises-office-employees",
    ),
    "newcastle-oh": Source(
        "1-minute body check",
        "Newcastle Occupational Health Service, Newcastle upon Tyne Hospitals NHS Foundation Trust",
        article=False,
        address=(
            "newcastle-hospitals.nhs.uk/services/newcastle-occupational-health-service/physiotherapy/"
            "1-minute-body-check"
        ),
    ),
    "nia-neck": Source(
        "Neck (Go4Life exercises)",
        "National Institute on Aging, United States",
        article=False,
        address="go4life.nia.nih.gov/exercises/neck",
    ),
    "worksafebc-eyes": Source(
        "Importance of breaks (Ergonomics Enews)",
        "WorkSafeBC, Canada",
        article=False,
        address="worksafebcmedia.com/enews/ergonomics/211021/article4.html",
    ),
    "cal-osha-easy": Source(
        "Easy Ergonomics for Desktop Computer Users",
        "Cal/OSHA Consultation Service, California Department of Industrial Relations",
        article=False,
        address="dir.ca.gov/dosh/dosh_publications/page26.html",
    ),
    "nhs-tayside": Source(
        "Exercises to try at home",
        "NHS Tayside, Scotland",
        article=False,
        address=(
            "rightdecisions.scot.nhs.uk/being-a-partner-in-my-care-realistic-medicine-together/local-resources/"
            "nhs-tayside/exercises-to-try-at-home"
        ),
    ),
    "nhs-fife-calf": Source(
        "Calf stretches",
        "NHS Fife, Scotland",
        article=False,
        address="nhsfife.org/services/all-services/patient-advice/calf-stretches",
    ),
}
"""By the key that data files cite them with."""

Shelf = Literal["articles", "public bodies", "own"]


def shelf(keys: Iterable[str]) -> Shelf:
    """Where an exercise or routine that cites `keys` belongs: the articles first, then public bodies, then neither."""
    known = [SOURCES[key] for key in keys if key in SOURCES]
    if any(one.article for one in known):
        return "articles"
    return "public bodies" if known else "own"


def title(key: str) -> str:
    """What a source's key stands for, in words."""
    if key == OWN:
        return "chosen by this program"
    source = SOURCES.get(key)
    if source is None:
        return key
    return source.title if source.article else f"{source.title}, {source.publisher}"
