"""Time zones by name: the one door through which a zone that somebody typed or sent gets in."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

from core.errors import BadInput

LONGEST_NAME = 64
SUGGESTIONS = 5
NOT_PLACES = ("Factory", "localtime")  # "no zone yet", and whatever this machine happens to be set to


def use_packaged_rules() -> None:
    """From now on zones follow the tzdata package that oO is installed with, not what this machine has.

    For the start of a process: zones that were read before keep their rules.
    """
    reset_tzpath(())


def known_zone(name: str) -> ZoneInfo:
    """The IANA zone of that name, in any case. Raises ``BadInput("unknown_zone")`` for anything else.

    Only names from the zone database are ever looked up, so no text becomes a path.
    """
    canonical = _names().get(name.casefold())
    if canonical is None:
        raise BadInput("unknown_zone", value=name[:LONGEST_NAME])
    return _load(canonical)


def zone_or(name: str | None, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of that name; ``otherwise`` without a name, or if nobody knows it (any more)."""
    try:
        return known_zone(name) if name else otherwise
    except BadInput:
        return otherwise


def zone_named(text: str) -> ZoneInfo | None:
    """The zone of exactly that name, as people may type it: ``europe/berlin``, ``America/New York``."""
    exact = _names().get(_folded(text)) if len(text) <= LONGEST_NAME else None
    return _load(exact) if exact else None


def find_zone(text: str) -> ZoneInfo | tuple[str, ...]:
    """The zone somebody means by ``europe/berlin``, ``Berlin`` or ``são paulo``.

    If that is not clear: the names of up to five zones they may mean, possibly none.
    """
    if len(text) > LONGEST_NAME:
        return ()
    wanted = _folded(text)
    if exact := _names().get(wanted):
        return _load(exact)
    named_so = _cities().get(wanted, ())
    if len(named_so) == 1:
        return _load(named_so[0])
    return named_so[:SUGGESTIONS] or _similar(wanted)


def _similar(wanted: str) -> tuple[str, ...]:
    """Zones whose city contains the text, or is spelt much like it."""
    cities = [city for city in _cities() if len(wanted) >= 3 and wanted in city]
    cities = cities or get_close_matches(wanted, _cities(), n=SUGGESTIONS, cutoff=0.75)
    return tuple(name for city in cities for name in _cities()[city])[:SUGGESTIONS]


def _folded(text: str) -> str:
    """Without case and accents, with underscores for spaces, as zone names are written."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "_".join(plain.casefold().split())


@cache
def _names() -> dict[str, str]:
    """Every zone by its name in lower case."""
    return {name.casefold(): name for name in sorted(available_timezones()) if name not in NOT_PLACES}


@cache
def _cities() -> dict[str, tuple[str, ...]]:
    """Zones by the last part of their name.

    Without Etc, whose signs are turned round: Etc/GMT+2 is two hours *behind* Greenwich.
    """
    cities: dict[str, tuple[str, ...]] = {}
    for folded, name in _names().items():
        area, _, city = folded.rpartition("/")
        if area and area != "etc":
            cities[city] = (*cities.get(city, ()), name)
    return cities


@cache
def _load(canonical: str) -> ZoneInfo:
    """Kept for good: ``zoneinfo`` itself keeps eight and reads the others again."""
    return ZoneInfo(canonical)
