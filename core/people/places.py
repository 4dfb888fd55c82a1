"""The time zone of a place that somebody names: ``Boston``, ``I live in Köln``, ``Paris, Texas``, ``EST``.

Nothing is guessed: one place that dwarfs all others of its name is taken, what is less clear is offered, and
a name that is merely spelt alike is never taken.
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
from core.model import Place, PlaceKind
from core.ports import Gazetteer
from core.scheduling.timezones import LONGEST_NAME, SUGGESTIONS, find_zone, known_zone, zone_named

DWARFS = 4
"""So many times the weight of the next one in another zone makes a place the one that is meant."""

LONGEST = 120  # characters of a sentence that says where somebody lives
WELL_KNOWN = 100_000  # inhabitants
CAPITAL_WEIGHT, CAPITAL_BONUS, VILLAGE = 10, 100_000, 5_000
STATE_WEIGHT = 0.3
OTHER_NAME_WEIGHT = 0.05
"""A place of that very name is meant sooner than one that is also called so: Victoria is not Hong Kong."""

REGION_CODES, CITY_CODES = ("US", "UK", "NY", "DC"), ("LA", "SF")
LARGE = 1_000_000  # inhabitants
COMMON_CODES = ("usa", "uk", "uae", "nyc")  # in any case

LEAST_WEIGHT = 0.005  # of the likeliest: what is less is not worth a button
LONGEST_REGION = 3  # words, as in "North Rhine Westphalia"
SHORT = 3
"""Letters of a name that must be typed as a code (``NYC``) to be one: "hi" and "ok" are no states."""

_WHO = r"(?:i['’]?m|i am|i|we['’]re|we are|we|ich|wir|je|nous|j['’])(?:\b|(?<=['’]))"
_IS = (
    r"(?:(?:currently|now|just|actually|gerade|derzeit|zurzeit|jetzt|actuellement|live|living|based|staying|located"
    r"|moved|moving|travell?ing|am|are|bin|sind|lebe|leben|wohne|wohnen|sitze|komme|suis|habite|habitons|vis|vivons"
    r"|vivo|estoy|resido|abito|sono|moro|estou)\b ?)*"
)
_IN = (
    r"(?:(?:in der nähe von|in der naehe von|près de|pres de|close to|the city of|in|near|at|from|to|around"
    r"|bei|aus|nach|von|à|au|aux|a|en|dans|de|em|no|na) )?"
)
PREFIX = re.compile(rf"^(?:{_WHO} ?)?{_IS}{_IN}", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:(?:the|der|den|die|la|le|les) |l['’])", re.IGNORECASE)
SUFFIX = re.compile(
    r"(?:[ ,]+(?:please|bitte|svp|now|right now|at the moment|currently|gerade|jetzt|time ?zone|time|zeit"
    r"|area))+$",
    re.IGNORECASE,
)
OF_A_TIME = frozenset((
    "eastern", "central", "mountain", "pacific", "atlantic",
    "central european", "eastern european", "western european",
))  # fmt: skip
"""Names of times that people shorten: "Eastern" is no province of Zambia."""

_SAINT = re.compile(r"\bst\b")
OFFSET = re.compile(
    r"(?:utc|gmt|z)? ?(?P<sign>[+\-−–]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """A zone that may be meant, and how much speaks for it."""

    zone: str
    weight: float


def folded(text: str) -> str:
    """Words in small letters, without accents and marks: how names of places are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def zone_of_place(text: str, gazetteer: Gazetteer, *, now: datetime) -> ZoneInfo:
    """The zone somebody means. Raises ``BadInput``: ``which_zone`` with up to five zones that may be meant,
    the likeliest first, ``this_zone`` with the only one, ``zone_alike`` with those of names that are spelt
    alike, or ``unknown_zone``.

    ``now`` decides what is two hours ahead of Greenwich, for those who say ``UTC+2``.
    """
    typed = text.strip()[:LONGEST_NAME]
    if len(text.strip()) > LONGEST:
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


def _readings(text: str) -> list[str]:
    """What may be the name: all of it, and what is left without "I live in" and "time"."""
    bare = SUFFIX.sub("", text)
    name = PREFIX.sub("", bare, count=1)
    readings = [text, bare, name, ARTICLE.sub("", name, count=1)]
    if folded(name) in OF_A_TIME:
        readings.insert(0, f"{name} time")
    return [one for one in dict.fromkeys(readings) if one.strip()] or [text]


def _zone(text: str, gazetteer: Gazetteer, now: datetime) -> ZoneInfo | tuple[str, ...]:
    """The zone, or those that may be meant; none if it is no name of a place."""
    if "/" in text or folded(text) in ("utc", "zulu", "universal"):
        named = zone_named(text)
        if named:
            return named
    if (offset := _offset(text)) is not None:
        return _at(offset, gazetteer, now)
    return _chosen(text, gazetteer) or _in_database(text)


def _in_database(text: str) -> ZoneInfo | tuple[str, ...]:
    """By the names of the zone database, which knows places where hardly anybody lives; only exact ones."""
    found = find_zone(text)
    if isinstance(found, ZoneInfo):
        return found
    return tuple(name for name in found if folded(name.rpartition("/")[2]) == folded(text))


def _chosen(text: str, gazetteer: Gazetteer) -> ZoneInfo | tuple[str, ...]:
    """The zone of what the text names: a place, or one in a region (``Paris, Texas`` or ``Paris Texas``)."""
    name, comma, where = text.partition(",")
    if comma:
        return _settled(_inside(_named(name, gazetteer), where, gazetteer), name)
    if found := _named(text, gazetteer):
        settled = _settled(found, text)
        if isinstance(settled, ZoneInfo) and not any(map(_is_well_known, found)):
            return (settled.key,)
        return settled
    words = text.split()
    for count in range(1, min(len(words), LONGEST_REGION + 1)):
        name, where = " ".join(words[:-count]), " ".join(words[-count:])
        if inside := _inside(_named(name, gazetteer), where, gazetteer):
            return _settled(inside, name)
    return ()


def _is_well_known(place: Place) -> bool:
    """Whether its name alone is enough; that of a small town may be another one's, or a word (Atlantis)."""
    return place.population >= WELL_KNOWN or place.kind is PlaceKind.CAPITAL


def _around(text: str, gazetteer: Gazetteer) -> ZoneInfo | tuple[str, ...]:
    """A village that nobody knows is where its region is; without a known region, all places of its name."""
    name, _, where = text.partition(",")
    regions = _regions(where, gazetteer) or _regions(where.rpartition(",")[2], gazetteer)
    return _settled(regions or _named(name, gazetteer), where if regions else name)


def _named(text: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """The places of that name. A short one has to be their own, or a code: then it is typed in capitals."""
    letters = "".join(char for char in text if char.isalnum())
    found = [place for spelling in _spellings(text) for place in gazetteer.named(spelling)]
    if len(letters) > SHORT or not letters.isascii():
        return found
    return [place for place in found if _is_own_name(place, text) or _is_typed_code(place, text, letters)]


def _is_typed_code(place: Place, text: str, letters: str) -> bool:
    """Whether people call a place so: of two letters, few codes are names ("OK" is not Oklahoma), and in
    small letters only the largest cities have such a name (Rom).
    """
    if not text.isupper():
        is_large = (
            len(letters) == SHORT
            and place.population >= LARGE
            and place.kind in (PlaceKind.CAPITAL, PlaceKind.CITY)
        )
        return is_large or letters.lower() in COMMON_CODES
    codes = REGION_CODES if place.kind in (PlaceKind.COUNTRY, PlaceKind.STATE) else CITY_CODES
    return len(letters) == SHORT or letters in codes or place.kind is PlaceKind.TIME


def _spellings(text: str) -> list[str]:
    """The folded name, with dots between letters and without: ``D.C.`` is ``dc``."""
    return list(dict.fromkeys((folded(text), folded(text.replace(".", "")))))


def _regions(where: str, gazetteer: Gazetteer) -> list[Place]:
    found = [place for spelling in _spellings(where) for place in gazetteer.named(spelling)]
    return [place for place in found if place.kind in (PlaceKind.COUNTRY, PlaceKind.STATE)]


def _inside(places: Sequence[Place], where: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Those that lie in that country, state or part of the world, or in several, with commas between."""
    for part in (part for part in where.split(",") if folded(part)):
        regions = _regions(part, gazetteer)
        places = [one for one in places if any(_lies_in(one, it) for it in regions) or _is_in(one, part)]
    return places


def _lies_in(place: Place, region: Place) -> bool:
    return place.country == region.country and region.state in ("", place.state)


def _is_in(place: Place, part: str) -> bool:
    """Whether it lies in that part of the world, as the zones are named (``Europe``)."""
    return folded(place.zones[0].split("/")[0]) == folded(part)


def _settled(places: Sequence[Place], name: str) -> ZoneInfo | tuple[str, ...]:
    """The zone of the place that dwarfs all others; else those of all, the likeliest first."""
    offers = _ranked(offer for place in places for offer in _offers(place, name))
    if not offers:
        return ()
    first, *others = offers
    if not others or first.weight >= DWARFS * others[0].weight:
        return known_zone(first.zone)
    return tuple(one.zone for one in offers[:SUGGESTIONS] if one.weight >= LEAST_WEIGHT * first.weight)


def _offers(place: Place, name: str) -> list[_Offer]:
    """A place with several zones says nothing about which: they stay close to one another."""
    weight = _weight(place) * (1 if _is_own_name(place, name) else OTHER_NAME_WEIGHT)
    return [_Offer(zone=zone, weight=weight * 0.9**number) for number, zone in enumerate(place.zones)]


def _is_own_name(place: Place, name: str) -> bool:
    return _SAINT.sub("saint", folded(place.name)) == _SAINT.sub("saint", folded(name))


def _weight(place: Place) -> float:
    """How likely a place is meant by its name: by its size, a capital more, a state less than a city."""
    if place.kind is PlaceKind.CAPITAL:
        bonus = CAPITAL_BONUS if place.population > VILLAGE else 0
        return place.population * CAPITAL_WEIGHT + bonus
    return place.population * STATE_WEIGHT if place.kind is PlaceKind.STATE else float(place.population)


def _ranked(offers: Iterable[_Offer]) -> list[_Offer]:
    best: dict[str, _Offer] = {}
    for offer in offers:
        if offer.zone not in best or best[offer.zone].weight < offer.weight:
            best[offer.zone] = offer
    return sorted(best.values(), key=lambda offer: -offer.weight)


def _alike(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Zones of places whose names are spelt alike, the likeliest first."""
    name = folded(text.partition(",")[0])
    found = [place.zones[0] for place in gazetteer.alike(name)] if name else []
    return tuple(dict.fromkeys(found))[:SUGGESTIONS]


def _offset(text: str) -> timedelta | None:
    """How far ahead of Greenwich, if the text says just that: ``UTC+2``, ``GMT-3``, ``+05:30``."""
    found = OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return size if found["sign"] == "+" else -size


def _at(offset: timedelta, gazetteer: Gazetteer, now: datetime) -> tuple[str, ...]:
    """Zones whose clocks are that far ahead now, the one with the largest city first."""
    there = (zone for zone in gazetteer.zones() if now.astimezone(known_zone(zone)).utcoffset() == offset)
    return tuple(islice(there, SUGGESTIONS))
