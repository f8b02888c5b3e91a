"""Ratings as FHIR R4 Observations: against the definitions of the standard, and what is never said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.exchange import fhir
from sessions.ids import uuid7
from sessions.rows import RatingRow

UTC_MS = 1_772_352_000_000
ID = "019ca869-5fa0-7000-8000-000000000004"

# The regular expressions are those of R4's data types (hl7.org/fhir/R4/datatypes.html).
DATE_TIME = (
    r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])"
    r"(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?"
)


def matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def string(value: Any) -> bool:
    """R4: at least one character that is no white space, and none below 32 but tab and line ends."""
    return isinstance(value, str) and bool(value.strip()) and not re.search(r"[\0-\x08\x0b\x0c\x0e-\x1f]", value)


def one_of(*codes: str) -> Callable[[Any], bool]:
    return lambda value: value in codes


uri, code, id_ = matches(r"\S+"), matches(r"[^\s]+(\s[^\s]+)*"), matches(r"[A-Za-z0-9\-\.]{1,64}")


def decimal(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# Element → (least, most, what it is), from the definitions of the resources; most None means a list of any length. Only
# what R4 knows may stand there, and what is left out here would be found as unknown.
CODING = {"system": (0, 1, uri), "version": (0, 1, string), "code": (0, 1, code), "display": (0, 1, string)}
CONCEPT = {"coding": (0, None, CODING), "text": (0, 1, string)}
REFERENCE = {"reference": (0, 1, string), "type": (0, 1, uri), "display": (0, 1, string)}
QUANTITY = {"value": (0, 1, decimal), "unit": (0, 1, string), "system": (0, 1, uri), "code": (0, 1, code)}
IDENTIFIER = {"system": (0, 1, uri), "value": (0, 1, string)}
STATUS = ("registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown")
OBSERVATION = {
    "resourceType": (1, 1, one_of("Observation")),
    "id": (0, 1, id_),
    "identifier": (0, None, IDENTIFIER),
    "status": (1, 1, one_of(*STATUS)),
    "category": (0, None, CONCEPT),
    "code": (1, 1, CONCEPT),
    "subject": (0, 1, REFERENCE),
    "effectiveDateTime": (0, 1, matches(DATE_TIME)),
    "valueQuantity": (0, 1, QUANTITY),
    "component": (0, None, {"code": (1, 1, CONCEPT), "valueString": (0, 1, string)}),
}
ENTRY = {"fullUrl": (0, 1, uri), "resource": (0, 1, OBSERVATION)}
BUNDLE = {
    "resourceType": (1, 1, one_of("Bundle")),
    "type": (1, 1, one_of("collection")),
    "entry": (0, None, ENTRY),
}


def problems(value: Any, definition: Any, place: str = "Bundle") -> list[str]:
    """What is wrong with a value by the definitions above."""
    if not isinstance(definition, dict):
        return [] if definition(value) else [f"{place}: {value!r}"]
    if not isinstance(value, dict) or not value:
        return [f"{place}: no object, or an empty one"]
    found = [f"{place}.{name}: unknown" for name in value.keys() - definition.keys()]
    for name, (least, most, kind) in definition.items():
        if name not in value:
            found += [f"{place}.{name}: missing"] if least else []
        elif most == 1:
            found += problems(value[name], kind, f"{place}.{name}")
        elif not isinstance(value[name], list) or not value[name]:
            found += [f"{place}.{name}: no list, or an empty one"]
        else:
            found += [one for item in value[name] for one in problems(item, kind, f"{place}.{name}")]
    return found


def rating(**fields: Any) -> RatingRow:
    given = {"id": ID, "session": "s1", "utc_ms": UTC_MS, "offset_min": 60, "when": "before", "nrs": 3, "index": None}
    return RatingRow(**(given | {"exercise": None, "name": None, "side": None, "corrected": False} | fields))


def bundle(*ratings: RatingRow, person: str = "") -> Any:
    return json.loads("".join(fhir.bundle(ratings, person)))


anything = st.text(st.characters(codec="utf-8"))
rows = st.builds(
    RatingRow,
    st.one_of(anything.filter(bool), st.binary(min_size=10, max_size=10).map(lambda random: uuid7(UTC_MS, random))),
    anything,
    st.integers(0, 253_370_764_800_000),
    st.integers(-1440, 1440),
    st.sampled_from(["before", "after_exercise", "after", "next_morning"]),
    st.integers(0, 10),
    st.none() | st.integers(0, 50),
    st.none() | anything,
    st.none() | anything,
    st.sampled_from([None, "none", "left", "right", "alternating"]),
    st.booleans(),
)


@given(st.lists(rows, max_size=4, unique_by=lambda row: row.id), anything)
def test_whatever_was_rated_is_valid(ratings: list[RatingRow], person: str) -> None:
    """Every element is one of R4's, there as often as it has to be, of its type, and in its form."""
    found = bundle(*ratings, person=person)
    assert problems(found, BUNDLE) == []
    entries = found.get("entry", [])
    assert len(entries) == len(ratings)
    assert len({entry["fullUrl"] for entry in entries}) == len(ratings)


def test_the_check_finds_what_it_is_for() -> None:
    """The table of R4's requirements sees a missing, an unknown, an empty and a misshapen element."""
    good = fhir.observation(rating())
    for change, place in (
        ({"status": "done"}, "status"),
        ({"component": []}, "component"),
        ({"diagnosis": "x"}, "diagnosis"),
        ({"effectiveDateTime": "2026-03-01T08:00"}, "effectiveDateTime"),
        ({"id": "a b"}, "id"),
        ({"valueQuantity": {"value": True}}, "valueQuantity.value"),
    ):
        (found,) = problems(good | change, OBSERVATION, "Observation")
        assert found.startswith(f"Observation.{place}")
    assert problems({name: value for name, value in good.items() if name != "code"}, OBSERVATION, "O") == [
        "O.code: missing"
    ]


def test_a_rating_word_for_word() -> None:
    """The code, the number with its unit, the moment with its offset, and when it was rated."""
    given = rating(when="after_exercise", nrs=0, name="Bird dog", exercise="bird-dog", side="left", corrected=True)
    found = fhir.observation(given)
    assert found["code"]["coding"][0] == {
        "system": "http://loinc.org",
        "code": "72514-3",
        "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
    }
    unit = {"unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"}
    assert found["valueQuantity"] == {"value": 0} | unit
    assert type(found["valueQuantity"]["value"]) is int
    assert found["category"][0]["coding"][0]["code"] == "survey"
    assert found["effectiveDateTime"] == "2026-03-01T09:00:00.000+01:00"
    assert found["identifier"] == [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{ID}"}]
    assert (found["id"], found["status"]) == (ID, "amended")
    assert [(one["code"]["text"], one["valueString"]) for one in found["component"]] == [
        ("Rated", "after an exercise"),
        ("Exercise", "Bird dog"),
        ("Side of the exercise", "left"),
    ]


@pytest.mark.parametrize(
    ("when", "said"),
    [("before", "before the session"), ("after", "after the session"), ("next_morning", "the next morning")],
)
def test_when_it_was_rated(when: str, said: str) -> None:
    """A rating of the whole session says when, and of no exercise and no side."""
    found = fhir.observation(rating(when=when, side="none"))
    assert found["component"] == [{"code": {"text": "Rated"}, "valueString": said}]
    assert found["status"] == "final"


def test_nobody_is_named() -> None:
    """Without a name the subject is the person of the logbook; with one it is that, cleaned."""
    assert fhir.observation(rating())["subject"]["display"] == fhir.NOBODY
    assert fhir.observation(rating(), " Ann\x1b O. ")["subject"]["display"] == "Ann\ufffd O."


def test_nothing_is_concluded() -> None:
    """No place of the body, no interpretation, no range, no condition: only what the person rated."""
    text = json.dumps(bundle(rating(nrs=10, side="right"))).lower()
    for word in ("bodysite", "interpretation", "referencerange", "condition", "diagnos", "severe", "normal"):
        assert word not in text


def test_an_offset_beyond_what_the_form_knows() -> None:
    """A clock more than fourteen hours from UTC is told in UTC, at the same moment."""
    assert fhir.observation(rating(offset_min=840))["effectiveDateTime"] == "2026-03-01T22:00:00.000+14:00"
    assert fhir.observation(rating(offset_min=841))["effectiveDateTime"] == "2026-03-01T08:00:00.000+00:00"


def test_no_ratings() -> None:
    """A bundle without ratings has no entries, rather than an empty list, which the form forbids."""
    assert bundle() == {"resourceType": "Bundle", "type": "collection"}


@given(st.lists(rows, max_size=3))
def test_the_same_ratings_give_the_same_text(ratings: list[RatingRow]) -> None:
    """Nothing of the moment or the machine is in it."""
    assert list(fhir.bundle(ratings)) == list(fhir.bundle(list(ratings)))
