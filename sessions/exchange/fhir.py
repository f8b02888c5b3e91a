"""Pain ratings as FHIR R4 Observations (version 4.0.1), for whoever keeps records in that form. Pure.

Each rating is LOINC 72514-3, a person's own rating from 0 to 10, and nothing is concluded from it: no diagnosis, no
interpretation, no range that would be normal.

- The value is a `valueQuantity` with the UCUM unit `{score}`: the code is quantitative, and R4's search by value
  (`value-quantity`) finds quantities only, never a `valueInteger`.
- The category is `survey`. `vital-signs` would bring R4's vital signs profile with it, which demands a patient.
- When it was rated, after which exercise and on which of its sides stands in components, as text. A side is that of the
  exercise and not of the pain, so that there is no `bodySite`.
- A corrected rating is `amended`. Nobody is named unless the caller does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sessions.exchange.derived import id_of
from sessions.exchange.moments import as_text
from sessions.records import When
from sessions.rows import RatingRow

NOBODY = "The person who keeps this logbook"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_FARTHEST_OFFSET_MIN = 14 * 60
"""Minutes; a `dateTime` allows no more."""
_WHEN: dict[When, str] = {
    "before": "before the session",
    "after_exercise": "after an exercise",
    "after": "after the session",
    "next_morning": "the next morning",
}
_SIDE = {"left": "left", "right": "right", "alternating": "both in turn"}


def observation(rating: RatingRow, person: str = "") -> dict[str, Any]:
    """Return one rating as an Observation. `person` is whom it is about, in words; empty names nobody."""
    return {
        "resourceType": "Observation",
        "id": rating.id if _ID.fullmatch(rating.id) else _uuid(rating),
        "identifier": [_identifier(rating.id)],
        "status": "amended" if rating.corrected else "final",
        "category": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": "survey",
                        "display": "Survey",
                    }
                ]
            }
        ],
        "code": {
            "coding": [
                {
                    "system": "http://loinc.org",
                    "code": "72514-3",
                    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
                }
            ],
            "text": "Pain, rated by the person from 0 (none) to 10 (the worst imaginable)",
        },
        "subject": {"type": "Patient", "display": _text(person) or NOBODY},
        "effectiveDateTime": _moment(rating),
        "valueQuantity": {
            "value": rating.nrs,
            "unit": "{score}",
            "system": "http://unitsofmeasure.org",
            "code": "{score}",
        },
        "component": [{"code": {"text": name}, "valueString": value} for name, value in _about(rating)],
    }


def entry(rating: RatingRow, person: str = "") -> dict[str, Any]:
    """Return one rating as an entry of a Bundle: see `observation`."""
    return {"fullUrl": f"urn:uuid:{_uuid(rating)}", "resource": observation(rating, person)}


def bundle(ratings: Iterable[RatingRow], person: str = "") -> Iterator[str]:
    """Yield the JSON text of a Bundle (a collection) of all `ratings`, in their order, piece by piece."""
    import json

    yield '{\n"resourceType": "Bundle",\n"type": "collection"'
    first = True
    for rating in ratings:
        # An empty list is no valid JSON of FHIR's, so it begins with the first entry.
        yield ',\n"entry": [\n' if first else ",\n"
        yield json.dumps(entry(rating, person), ensure_ascii=False, separators=(",", ":"))
        first = False
    yield "\n}\n" if first else "\n]\n}\n"


def _about(rating: RatingRow) -> Iterator[tuple[str, str]]:
    yield "Rated", _WHEN[rating.when]
    if exercise := _text(rating.name or rating.exercise or ""):
        yield "Exercise", exercise
    if rating.side in _SIDE:
        yield "Side of the exercise", _SIDE[rating.side]


def _identifier(id_: str) -> dict[str, str]:
    if _UUID.fullmatch(id_):
        return {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id_}"}
    return {"value": _text(id_) or "?"}


def _uuid(rating: RatingRow) -> str:
    """The rating's id, or where that is no UUID one that is derived from it."""
    return rating.id if _UUID.fullmatch(rating.id) else id_of(rating.utc_ms, "rating", rating.id)


def _moment(rating: RatingRow) -> str:
    if abs(rating.offset_min) > _FARTHEST_OFFSET_MIN:
        return as_text(rating.utc_ms, 0)
    return as_text(rating.utc_ms, rating.offset_min)


def _text(text: str) -> str:
    """A string as FHIR allows it: without control characters and without white space around it."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text).strip()
