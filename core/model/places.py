"""Places that people name when they say where they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a name stands for. ``time`` is what clocks show somewhere: ``EST``, ``Pacific Time``."""

    CAPITAL = "capital"
    CITY = "city"
    STATE = "state"
    COUNTRY = "country"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place and the IANA zones in it, the one that most of its ``population`` lives in first.

    ``country`` is an ISO code (``US``), ``state`` the code of a part of it (``MA``); both may be empty.
    """

    kind: PlaceKind
    name: str
    country: str
    state: str
    population: int
    zones: tuple[str, ...]
