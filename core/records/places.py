"""Places that people name when they say where they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a name denotes."""

    CAPITAL = "capital"
    CITY = "city"
    STATE = "state"
    COUNTRY = "country"
    TIME = "time"
    """The name of a time zone, such as ``EST`` or ``Pacific Time``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that has a time zone, or several."""

    kind: PlaceKind
    name: str
    country: str
    """ISO code, such as ``US``; may be empty."""
    state: str
    """Code of a part of the country, such as ``MA``; may be empty."""
    population: int
    zones: tuple[str, ...]
    """IANA names, the zone of most of the population first."""
