"""Where somebody lives, in their own words, against the table that oO comes with."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest
from babel import Locale

from adapters.gazetteer import PackedGazetteer
from core.errors import BadInput
from core.people.places import folded, is_surely_a_place, zone_of_place
from core.ports import NoGazetteer
from core.scheduling.timezones import zone_by_name
from tests.core.capitals import CAPITALS, LARGE_CITIES
from tests.rows import each_of

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Remembering(PackedGazetteer):
    """It looks a name up once: each look-up goes through megabytes, and the rows ask for many names again."""

    named = cache(PackedGazetteer.named)


GAZETTEER = Remembering()


def meant(text: str) -> tuple[str, ...]:
    """The zone that was taken, alone; or those that were offered."""
    try:
        return (zone_of_place(text, GAZETTEER, now=NOW).key,)
    except BadInput as refused:
        if refused.hint not in ("which_zone", "this_zone"):
            raise
        return tuple(refused.values["names"].split(", "))


def offered(text: str) -> tuple[str, list[str]]:
    """The hint of what was not taken, and the zones that were offered."""
    with pytest.raises(BadInput) as refused:
        zone_of_place(text, GAZETTEER, now=NOW)
    names = refused.value.values.get("names", "")
    return refused.value.hint, names.split(", ") if names else []


@each_of(CAPITALS.items())
def test_every_capital_is_found_by_its_english_name(capital: str, zone: str) -> None:
    assert same_clock(meant(capital)[0], zone) or zone in meant(capital)


@each_of(LARGE_CITIES)
def test_large_cities_are_found_by_their_english_german_and_french_names(city: str, zone: str) -> None:
    assert same_clock(meant(city)[0], zone)
    assert same_clock(meant(f"I live in {city}")[0], zone)
    assert same_clock(meant(f"ich wohne in {city.lower()}")[0], zone)


@cache
def same_clock(one: str, other: str) -> bool:
    """Whether both show the same time all year round."""
    moments = [datetime(2027, month, 15, tzinfo=UTC) for month in range(1, 13)]
    return all(
        at.astimezone(zone_by_name(one)).utcoffset() == at.astimezone(zone_by_name(other)).utcoffset()
        for at in moments
    )


@pytest.mark.parametrize("language", ["en", "de", "fr", "it", "es", "ru"])
def test_a_country_with_one_zone_is_enough_in_any_language(language: str) -> None:
    names = Locale.parse(language).territories
    for code, zone in {
        "DE": "Europe/Berlin",
        "FR": "Europe/Paris",
        "IN": "Asia/Kolkata",
        "JP": "Asia/Tokyo",
        "CH": "Europe/Zurich",
        "EG": "Africa/Cairo",
    }.items():
        assert meant(names[code]) == (zone,)


@pytest.mark.parametrize(
    ("country", "first", "another"),
    [
        ("USA", "America/New_York", "America/Los_Angeles"),
        ("United States", "America/New_York", "America/Chicago"),
        ("Vereinigte Staaten", "America/New_York", "America/Denver"),
        ("Brazil", "America/Sao_Paulo", "America/Fortaleza"),
        ("Russland", "Europe/Moscow", "Asia/Vladivostok"),
        ("Australie", "Australia/Sydney", "Australia/Perth"),
        ("Spain", "Europe/Madrid", "Atlantic/Canary"),
        ("Texas", "America/Chicago", "America/Denver"),
    ],
)
def test_where_there_are_several_zones_they_are_offered_the_largest_first(
    country: str, first: str, another: str
) -> None:
    hint, zones = offered(country)

    assert hint == "which_zone"
    assert zones[0] == first
    assert another in zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Paris, Texas", "America/Chicago"),
        ("Paris Texas", "America/Chicago"),
        ("London, Ontario", "America/Toronto"),
        ("london ontario", "America/Toronto"),
        ("Portland, OR", "America/Los_Angeles"),
        ("Portland, Maine", "America/New_York"),
        ("Springfield, IL, USA", "America/Chicago"),
        ("Birmingham, Alabama", "America/Chicago"),
        ("Birmingham, England", "Europe/London"),
        ("San Jose, Costa Rica", "America/Costa_Rica"),
        ("Washington, D.C.", "America/New_York"),
        ("I live in Boston, MA", "America/New_York"),
        ("Frankfurt, Deutschland", "Europe/Berlin"),
        ("Wien, Österreich", "Europe/Vienna"),
        ("Valencia, Europe", "Europe/Madrid"),
        ("California", "America/Los_Angeles"),
        ("Bayern", "Europe/Berlin"),
        ("Bavaria", "Europe/Berlin"),
        ("Kerala", "Asia/Kolkata"),
        ("Kleinkleckersdorf, Germany", "Europe/Berlin"),
        ("Berlin, New Hampshire", "America/New_York"),
    ],
)
def test_a_region_tells_namesakes_apart(text: str, zone: str) -> None:
    assert zone_of_place(text, GAZETTEER, now=NOW).key == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("I'm in Berlin right now", "Europe/Berlin"),
        ("I am currently living in the Netherlands", "Europe/Amsterdam"),
        ("i moved to Seattle", "America/Los_Angeles"),
        ("Ich bin gerade in München", "Europe/Berlin"),
        ("in der Nähe von Köln", "Europe/Berlin"),
        ("à Lyon", "Europe/Paris"),
        ("J'habite à Genève.", "Europe/Zurich"),
        ("je suis à Paris", "Europe/Paris"),
        ("vivo en Madrid", "Europe/Madrid"),
        ("New York time", "America/New_York"),
        ("Berlin, please", "Europe/Berlin"),
        ("Europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("Troll", "Antarctica/Troll"),
        ("北京", "Asia/Shanghai"),
        ("Москва", "Europe/Moscow"),
        ("القاهرة", "Africa/Cairo"),
        ("東京", "Asia/Tokyo"),
        ("NYC", "America/New_York"),
        ("LA", "America/Los_Angeles"),
        ("uk", "Europe/London"),
    ],
)
def test_people_say_where_they_are_in_many_ways(text: str, zone: str) -> None:
    assert zone_of_place(text, GAZETTEER, now=NOW).key == zone


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("EST", {"America/New_York", "America/Toronto"}),
        ("est", {"America/New_York"}),
        ("PST", {"America/Los_Angeles"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("MST", {"America/Denver", "America/Phoenix"}),
        ("CET", {"Europe/Berlin", "Europe/Paris"}),
        ("MEZ", {"Europe/Berlin"}),
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("GMT", {"Europe/London", "Africa/Accra"}),
        ("ET", {"America/New_York"}),
        ("Eastern time", {"America/New_York"}),
        ("Pacific Time", {"America/Los_Angeles"}),
        ("Mitteleuropäische Zeit", {"Europe/Berlin"}),
    ],
)
def test_what_a_clock_is_called_offers_the_zones_that_people_live_in(text: str, zones: set[str]) -> None:
    hint, found = offered(text)

    assert hint == "which_zone"
    assert zones <= set(found)
    assert all("/" in zone for zone in found)  # never a fixed distance from Greenwich, such as EST


@pytest.mark.parametrize(
    ("text", "first"),
    [("PST", "America/Los_Angeles"), ("CST", "America/Chicago"), ("EST", "America/New_York"),
     ("MST", "America/Denver"), ("CET", "Europe/Berlin")],
)  # fmt: skip
def test_of_zones_that_call_their_clock_alike_the_usual_one_comes_first(text: str, first: str) -> None:
    assert offered(text)[1][0] == first


def test_a_city_has_a_zone_of_its_own_country() -> None:
    assert meant("Hanoi") == meant("Hà Nội") == ("Asia/Ho_Chi_Minh",)


@pytest.mark.parametrize("text", ["UTC+2", "utc +02:00", "GMT-3", "+05:30", "UTC+5:45", "GMT+0", "UTC−8"])
def test_a_distance_from_greenwich_offers_where_the_clocks_show_that_now(text: str) -> None:
    hint, zones = offered(text)

    assert hint in ("which_zone", "this_zone")
    digits = text.upper().removeprefix("UTC").removeprefix("GMT").strip().replace("−", "-")
    hours, _, minutes = digits[1:].partition(":")
    wanted = (int(hours) * 60 + int(minutes or 0)) * (-1 if digits[0] == "-" else 1)
    for zone in zones:
        offset = NOW.astimezone(zone_by_name(zone)).utcoffset()
        assert offset is not None
        assert offset.total_seconds() == wanted * 60


def test_summer_changes_what_is_two_hours_ahead() -> None:
    with pytest.raises(BadInput) as refused:
        zone_of_place("UTC+2", GAZETTEER, now=datetime(2027, 7, 1, tzinfo=UTC))
    assert "Europe/Berlin" in refused.value.values["names"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Frankfrut", "Europe/Berlin"),
        ("Munchen", "Europe/Berlin"),
        ("Muenchen", "Europe/Berlin"),
        ("Brelin", "Europe/Berlin"),
        ("Sydeny", "Australia/Sydney"),
        ("Melborne", "Australia/Melbourne"),
        ("Philadelfia", "America/New_York"),
        ("San Fransisco", "America/Los_Angeles"),
        ("Los Angelas", "America/Los_Angeles"),
        ("Zurch", "Europe/Zurich"),
        ("Barcelonaa", "Europe/Madrid"),
        ("Stokholm", "Europe/Stockholm"),
        ("Copenhagn", "Europe/Copenhagen"),
        ("Edinburg", "Europe/London"),
        ("Johanesburg", "Africa/Johannesburg"),
    ],
)
def test_a_misspelt_name_is_found_or_offered_the_right_one_first(typed: str, right: str) -> None:
    try:
        found = [zone_of_place(typed, GAZETTEER, now=NOW).key]
    except BadInput as refused:
        found = refused.values.get("names", "").split(", ")
    assert right in found[:2]


@pytest.mark.parametrize("text", ["San Jose", "Cambridge", "Georgia", "Hamilton", "Brest", "Victoria"])
def test_namesakes_of_like_size_are_offered_side_by_side(text: str) -> None:
    hint, zones = offered(text)

    assert hint == "which_zone"
    assert 2 <= len(zones) <= 5


@pytest.mark.parametrize(
    "text",
    ["narnia", "", " ", "hi", "ok", "OK", "no", "or", "../../etc/passwd", "x" * 10_000, "|", "\t", "\n",
     "pay rent", "thanks", "yes", "UTC+14:15", "+99", "\ud800", "42", "🙂"],
)  # fmt: skip
def test_what_is_no_place_is_refused(text: str) -> None:
    hint, zones = offered(text)

    assert (hint, zones) == ("unknown_zone", [])


@pytest.mark.parametrize(("town", "zone"), [("Atlantis", "Africa/Johannesburg"), ("Zug", "Europe/Zurich")])
def test_the_name_of_a_small_town_is_asked_about(town: str, zone: str) -> None:
    assert offered(town) == ("this_zone", [zone])
    assert meant("Zug, Switzerland") == ("Europe/Zurich",)


def test_folding_leaves_words_without_marks() -> None:
    assert folded("  São-Paulo,  BRASIL ") == "sao paulo brasil"
    assert folded("St. John’s") == folded("st john's") == "st john s"


def test_every_zone_of_the_table_is_one_of_the_database() -> None:
    for zone in GAZETTEER.zones():
        assert zone_by_name(zone).key == zone


def test_a_table_that_nobody_asks_is_not_unpacked() -> None:
    from adapters import gazetteer

    gazetteer._table.cache_clear()
    PackedGazetteer()
    assert gazetteer._table.cache_info().currsize == 0


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Eastern", "America/New_York"),
        ("Pacific", "America/Los_Angeles"),
        ("mountain", "America/Denver"),
        ("Central European", "Europe/Berlin"),
    ],
)
def test_the_name_of_a_time_needs_no_word_time(said: str, zone: str) -> None:
    assert zone in meant(said)
    assert not any(name.startswith("Africa/") for name in meant(said))


@each_of(
    [
        *((name, True) for name in ("Lyon", "lyon", "Köln", "Wien", "New York", "new york", "bath", "Genf")),
        *((name, True) for name in ("Springfield", "springfield", "San Jose")),
        *(
            (name, False)
            for name in ("luck", "love", "a meeting", "my car", "a flat", "einem Haus", "bed", "pain")
        ),
        *((name, False) for name in ("a hurry", "charge", "the office", "trouble", "shape")),
    ]
)
def test_a_place_within_a_sentence_is_one_or_is_none(name: str, is_place: bool) -> None:
    assert is_surely_a_place(name, GAZETTEER, now=NOW) == is_place


def test_without_a_table_only_the_names_of_zones_are_known() -> None:
    assert zone_of_place("Europe/Berlin", NoGazetteer(), now=NOW).key == "Europe/Berlin"
    with pytest.raises(BadInput):
        zone_of_place("Springfield", NoGazetteer(), now=NOW)
    assert not NoGazetteer().zones()
