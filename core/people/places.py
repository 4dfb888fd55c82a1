"""The time zone of a named place: ``Boston``, ``I live in Köln``, ``Paris, Texas``, ``EST``.

Nothing is guessed. A place that is much more likely than all others of its name is taken, less clear ones are
offered, and a similar spelling is never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from core.errors import BadInput
from core.ports import Gazetteer
from core.records import Place, PlaceKind
from core.scheduling.timezones import MAX_NAME_LENGTH, MAX_SUGGESTIONS, find_zone, zone_by_name, zone_named

MIN_WEIGHT_RATIO = 4
"""A place is taken if it weighs this many times as much as the next one in another zone."""

MAX_SENTENCE_LENGTH = 120  # characters of a sentence that says where somebody lives
WELL_KNOWN_POPULATION = 100_000
CAPITAL_WEIGHT, CAPITAL_BONUS, CAPITAL_BONUS_POPULATION = 10, 100_000, 5_000
STATE_WEIGHT = 0.3
OTHER_NAME_WEIGHT = 0.05
"""Factor for places found by another name than their main one: Victoria rarely means Hong Kong."""

REGION_CODES, CITY_CODES = ("US", "UK", "NY", "DC"), ("LA", "SF")
LARGE_POPULATION = 1_000_000
COMMON_CODES = ("usa", "uk", "uae", "nyc")  # in any case

MIN_OFFER_WEIGHT = 0.005  # relative to the likeliest place
MAX_REGION_WORDS = 3  # as in "North Rhine Westphalia"
MAX_CODE_LENGTH = 3
"""Shorter names count as codes only in capitals (``NYC``): "hi" and "ok" are no states."""

_SUBJECT = r"(?:i['’]?m|i am|i|we['’]re|we are|we|ich|wir|je|nous|j['’])(?:\b|(?<=['’]))"
_LIVES = (
    r"(?:(?:currently|now|just|actually|gerade|derzeit|zurzeit|jetzt|actuellement|live|living|based|staying|located"
    r"|moved|moving|travell?ing|am|are|bin|sind|lebe|leben|wohne|wohnen|sitze|komme|suis|habite|habitons|vis|vivons"
    r"|vivo|estoy|resido|abito|sono|moro|estou)\b ?)*"
)
_IN = (
    r"(?:(?:in der nähe von|in der naehe von|près de|pres de|close to|the city of|in|near|at|from|to|around"
    r"|bei|aus|nach|von|à|au|aux|a|en|dans|de|em|no|na) )?"
)
PREFIX = re.compile(rf"^(?:{_SUBJECT} ?)?{_LIVES}{_IN}", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:(?:the|der|den|die|la|le|les) |l['’])", re.IGNORECASE)
SUFFIX = re.compile(
    r"(?:[ ,]+(?:please|bitte|svp|now|right now|at the moment|currently|gerade|jetzt|time ?zone|time|zeit"
    r"|area))+$",
    re.IGNORECASE,
)
TIME_NAMES = frozenset((
    "eastern", "central", "mountain", "pacific", "atlantic",
    "central european", "eastern european", "western european",
))  # fmt: skip
"""Shortened names of time zones: "Eastern" means Eastern time, not a province of Zambia."""

_SAINT = re.compile(r"\bst\b")
OFFSET = re.compile(
    r"(?:utc|gmt|z)? ?(?P<sign>[+\-−–]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """A zone that may be meant, and how likely it is."""

    zone: str
    weight: float
    """Population, adjusted for the kind of place; comparable between places only."""


def folded(text: str) -> str:
    """Lower case, without accents and punctuation: the form in which names of places are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def zone_of_place(text: str, gazetteer: Gazetteer, *, now: datetime) -> ZoneInfo:
    """The zone that ``text`` means. ``now`` determines which zones have an offset such as ``UTC+2``.

    Raises ``BadInput``: ``which_zone`` with at most ``MAX_SUGGESTIONS`` zones, the likeliest first;
    ``this_zone`` with the only one to be confirmed; ``zone_alike`` with zones of similar names;
    ``unknown_zone``.
    """
    typed = text.strip()[:MAX_NAME_LENGTH]
    if len(text.strip()) > MAX_SENTENCE_LENGTH:
        raise BadInput("unknown_zone", value=typed)
    readings = _readings(text.strip(" \t.!?"))
    found = next((zones for one in readings if (zones := _zone(one, gazetteer, now))), ())
    found = found or _around(readings[-1], gazetteer)
    if isinstance(found, ZoneInfo):
        return found
    if len(found) == 1:
        raise BadInput("this_zone", value=typed, names=found[0])
    if found:
        raise BadInput("which_zone", value=typed, names=", ".join(found))
    if alike := _alike(readings[-1], gazetteer):
        raise BadInput("zone_alike", value=typed, names=", ".join(alike))
    raise BadInput("unknown_zone", value=typed)


def is_surely_a_place(name: str, gazetteer: Gazetteer, *, now: datetime) -> bool:
    """Whether the name within a sentence is a place's: it is known, and in lower case not by another name
    only ("I'm in luck" is not in Lutsk).
    """
    try:
        zone_of_place(name, gazetteer, now=now)
    except BadInput as fault:
        if fault.hint != "which_zone":
            return False
    return not name.islower() or any(folded(one.name) == folded(name) for one in _named(name, gazetteer))


def _readings(text: str) -> list[str]:
    """Possible names: the whole text, and the text without words such as "I live in" and "time"."""
    without_suffix = SUFFIX.sub("", text)
    name = PREFIX.sub("", without_suffix, count=1)
    readings = [text, without_suffix, name, ARTICLE.sub("", name, count=1)]
    if folded(name) in TIME_NAMES:
        readings.insert(0, f"{name} time")
    return [one for one in dict.fromkeys(readings) if one.strip()] or [text]


def _zone(text: str, gazetteer: Gazetteer, now: datetime) -> ZoneInfo | tuple[str, ...]:
    """The zone, or the names of those that may be meant; empty if ``text`` is no name of a place."""
    if "/" in text or folded(text) in ("utc", "zulu", "universal"):
        named = zone_named(text)
        if named:
            return named
    if (offset := _offset(text)) is not None:
        return _zones_at(offset, gazetteer, now)
    return _zone_of_name(text, gazetteer) or _in_database(text)


def _in_database(text: str) -> ZoneInfo | tuple[str, ...]:
    """By the city names of the zone database, which has very small places as well; exact names only."""
    found = find_zone(text)
    if isinstance(found, ZoneInfo):
        return found
    return tuple(name for name in found if folded(name.rpartition("/")[2]) == folded(text))


def _zone_of_name(text: str, gazetteer: Gazetteer) -> ZoneInfo | tuple[str, ...]:
    """The zone of a place, or of a place in a region (``Paris, Texas`` or ``Paris Texas``)."""
    name, comma, where = text.partition(",")
    if comma:
        return _zone_of_places(_inside(_named(name, gazetteer), where, gazetteer), name)
    if found := _named(text, gazetteer):
        zone = _zone_of_places(found, text)
        if isinstance(zone, ZoneInfo) and not any(map(_is_well_known, found)):
            return (zone.key,)
        return zone
    words = text.split()
    for count in range(1, min(len(words), MAX_REGION_WORDS + 1)):
        name, where = " ".join(words[:-count]), " ".join(words[-count:])
        if inside := _inside(_named(name, gazetteer), where, gazetteer):
            return _zone_of_places(inside, name)
    return ()


def _is_well_known(place: Place) -> bool:
    """Whether the name alone is enough; that of a small town may be another town's, or a word (Atlantis)."""
    return place.population >= WELL_KNOWN_POPULATION or place.kind is PlaceKind.CAPITAL


def _around(text: str, gazetteer: Gazetteer) -> ZoneInfo | tuple[str, ...]:
    """The zone of the region of an unknown place; without a known region, of all places of that name."""
    name, _, where = text.partition(",")
    regions = _regions(where, gazetteer) or _regions(where.rpartition(",")[2], gazetteer)
    return _zone_of_places(regions or _named(name, gazetteer), where if regions else name)


def _named(text: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """The places of that name. A short name must be the main name, or a code in capitals."""
    letters = "".join(char for char in text if char.isalnum())
    found = [place for spelling in _spellings(text) for place in gazetteer.named(spelling)]
    if len(letters) > MAX_CODE_LENGTH or not letters.isascii():
        return found
    return [place for place in found if _is_own_name(place, text) or _is_typed_code(place, text, letters)]


def _is_typed_code(place: Place, text: str, letters: str) -> bool:
    """Whether the short ``text`` means this place. Few codes of two letters do ("OK" is not Oklahoma), and
    in lower case only names of three letters of very large cities (Rom).
    """
    if not text.isupper():
        is_large = (
            len(letters) == MAX_CODE_LENGTH
            and place.population >= LARGE_POPULATION
            and place.kind in (PlaceKind.CAPITAL, PlaceKind.CITY)
        )
        return is_large or letters.lower() in COMMON_CODES
    codes = REGION_CODES if place.kind in (PlaceKind.COUNTRY, PlaceKind.STATE) else CITY_CODES
    return len(letters) == MAX_CODE_LENGTH or letters in codes or place.kind is PlaceKind.TIME


def _spellings(text: str) -> list[str]:
    """The folded name, with and without its dots: ``D.C.`` may be ``d c`` or ``dc``."""
    return list(dict.fromkeys((folded(text), folded(text.replace(".", "")))))


def _regions(where: str, gazetteer: Gazetteer) -> list[Place]:
    found = [place for spelling in _spellings(where) for place in gazetteer.named(spelling)]
    return [place for place in found if place.kind in (PlaceKind.COUNTRY, PlaceKind.STATE)]


def _inside(places: Sequence[Place], where: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """The places in that country, state or part of the world; in all of them if commas separate several."""
    for part in (part for part in where.split(",") if folded(part)):
        regions = _regions(part, gazetteer)
        places = [one for one in places if any(_lies_in(one, it) for it in regions) or _is_in(one, part)]
    return places


def _lies_in(place: Place, region: Place) -> bool:
    return place.country == region.country and region.state in ("", place.state)


def _is_in(place: Place, part: str) -> bool:
    """Whether the area of the place's zone is ``part`` (``Europe``)."""
    return folded(place.zones[0].split("/")[0]) == folded(part)


def _zone_of_places(places: Sequence[Place], name: str) -> ZoneInfo | tuple[str, ...]:
    """The zone of the place that outweighs all others; else the names of all zones, the likeliest first."""
    offers = _ranked(offer for place in places for offer in _offers(place, name))
    if not offers:
        return ()
    first, *others = offers
    if not others or first.weight >= MIN_WEIGHT_RATIO * others[0].weight:
        return zone_by_name(first.zone)
    return tuple(
        one.zone for one in offers[:MAX_SUGGESTIONS] if one.weight >= MIN_OFFER_WEIGHT * first.weight
    )


def _offers(place: Place, name: str) -> list[_Offer]:
    """The zones of a place with almost equal weights: its name does not tell which of them is meant."""
    weight = _weight(place) * (1 if _is_own_name(place, name) else OTHER_NAME_WEIGHT)
    return [_Offer(zone=zone, weight=weight * 0.9**number) for number, zone in enumerate(place.zones)]


def _is_own_name(place: Place, name: str) -> bool:
    return _SAINT.sub("saint", folded(place.name)) == _SAINT.sub("saint", folded(name))


def _weight(place: Place) -> float:
    """How likely a name means this place: its population, increased for a capital, reduced for a state."""
    if place.kind is PlaceKind.CAPITAL:
        bonus = CAPITAL_BONUS if place.population > CAPITAL_BONUS_POPULATION else 0
        return place.population * CAPITAL_WEIGHT + bonus
    return place.population * STATE_WEIGHT if place.kind is PlaceKind.STATE else float(place.population)


def _ranked(offers: Iterable[_Offer]) -> list[_Offer]:
    best: dict[str, _Offer] = {}
    for offer in offers:
        if offer.zone not in best or best[offer.zone].weight < offer.weight:
            best[offer.zone] = offer
    return sorted(best.values(), key=lambda offer: -offer.weight)


def _alike(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Zones of places with similar names, the likeliest first."""
    name = folded(text.partition(",")[0])
    found = [place.zones[0] for place in gazetteer.alike(name)] if name else []
    return tuple(dict.fromkeys(found))[:MAX_SUGGESTIONS]


def _offset(text: str) -> timedelta | None:
    """The UTC offset, if the text is one: ``UTC+2``, ``GMT-3``, ``+05:30``."""
    found = OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return size if found["sign"] == "+" else -size


def _zones_at(offset: timedelta, gazetteer: Gazetteer, now: datetime) -> tuple[str, ...]:
    """Zones with that UTC offset at ``now``, the one with the largest city first."""
    there = (zone for zone in gazetteer.zones() if now.astimezone(zone_by_name(zone)).utcoffset() == offset)
    return tuple(islice(there, MAX_SUGGESTIONS))
