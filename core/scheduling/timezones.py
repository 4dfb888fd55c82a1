"""Time zones by name. All names that people or platforms send are looked up here."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

from core.errors import BadInput
from core.records import Person

MAX_NAME_LENGTH = 64
MAX_SUGGESTIONS = 5
NOT_PLACES = ("Factory", "localtime")  # "no zone yet", and the zone of this machine


def use_packaged_rules() -> None:
    """Read zones from the installed tzdata package instead of this machine's database.

    Called when a process starts: zones that were read before keep their rules.
    """
    reset_tzpath(())


def zone_by_name(name: str) -> ZoneInfo:
    """The IANA zone of that name, in any case. Raises ``BadInput("unknown_zone")`` for anything else.

    ``ZoneInfo`` gets only names of the zone database, so no text becomes a path.
    """
    canonical = _names().get(name.casefold())
    if canonical is None:
        raise BadInput("unknown_zone", value=name[:MAX_NAME_LENGTH])
    return _load(canonical)


def zone_of(person: Person) -> ZoneInfo:
    """The person's zone; UTC while it is unknown."""
    return ZoneInfo(person.zone or "UTC")


def known_zone_name(name: str | None) -> str | None:
    """The name as the database writes it; None without a name, or if the database does not have it."""
    try:
        return zone_by_name(name).key if name else None
    except BadInput:
        return None


def zone_or_default(name: str | None, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of that name; ``otherwise`` without a name, or if the database does not have it (any more)."""
    try:
        return zone_by_name(name) if name else otherwise
    except BadInput:
        return otherwise


def zone_named(text: str) -> ZoneInfo | None:
    """The zone of exactly that name, as people may type it: ``europe/berlin``, ``America/New York``."""
    exact = _names().get(_folded(text)) if len(text) <= MAX_NAME_LENGTH else None
    return _load(exact) if exact else None


def find_zone(text: str) -> ZoneInfo | tuple[str, ...]:
    """The zone that ``europe/berlin``, ``Berlin`` or ``são paulo`` means.

    If that is unclear: the names of at most ``MAX_SUGGESTIONS`` zones, possibly none.
    """
    if len(text) > MAX_NAME_LENGTH:
        return ()
    wanted = _folded(text)
    if exact := _names().get(wanted):
        return _load(exact)
    of_that_city = _cities().get(wanted, ())
    if len(of_that_city) == 1:
        return _load(of_that_city[0])
    return of_that_city[:MAX_SUGGESTIONS] or _similar(wanted)


def _similar(wanted: str) -> tuple[str, ...]:
    """Zones whose city contains the text, or has a similar spelling."""
    cities = [city for city in _cities() if len(wanted) >= 3 and wanted in city]
    cities = cities or get_close_matches(wanted, _cities(), n=MAX_SUGGESTIONS, cutoff=0.75)
    return tuple(name for city in cities for name in _cities()[city])[:MAX_SUGGESTIONS]


def _folded(text: str) -> str:
    """Lower case, without accents, with underscores for spaces, as in zone names."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "_".join(plain.casefold().split())


@cache
def _names() -> dict[str, str]:
    """Every zone by its name in lower case."""
    return {name.casefold(): name for name in sorted(available_timezones()) if name not in NOT_PLACES}


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    """Zones by the last part of their name.

    Without the area Etc, whose signs are inverted: Etc/GMT+2 is two hours *behind* Greenwich.
    """
    cities: dict[str, tuple[str, ...]] = {}
    for folded, name in _names().items():
        area, _, city = folded.rpartition("/")
        if area and area != "etc":
            cities[city] = (*cities.get(city, ()), name)
    return cities


@cache
def _load(canonical: str) -> ZoneInfo:
    """Cached without limit: ``zoneinfo`` itself caches eight zones and reads the others again."""
    return ZoneInfo(canonical)
