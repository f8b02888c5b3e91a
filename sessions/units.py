"""The types of which facts are made: every number is whole and has a range, and `true` is no number."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

Count: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000)]
Millis: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000_000)]
# The last moment is the year 9999, so that every local date has four digits of year.
UtcMs: TypeAlias = Annotated[int, Meta(ge=0, le=253_370_764_800_000)]
OffsetMin: TypeAlias = Annotated[int, Meta(ge=-1440, le=1440)]
Nrs: TypeAlias = Annotated[int, Meta(ge=0, le=10)]
Id: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]
Line: TypeAlias = Annotated[str, Meta(max_length=1_000)]
