"""Dates, times, lists and shares are written as the readers of a country write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.languages.active import speaking
from bot.languages.forms import forms
from bot.languages.language import language_of

SUNDAY = date(2027, 3, 28)


@pytest.mark.parametrize(
    ("tag", "clock"),
    [
        ("en", "13:05"),
        ("en-US", "1:05 PM"),
        ("en-GB", "13:05"),
        ("en-AU", "1:05 pm"),
        ("de", "13:05"),
        ("de-CH", "13:05"),
        ("fr", "13:05"),
        ("fr-CA", "13 h 05"),
        ("es", "13:05"),
        ("es-MX", "1:05 p.m."),
    ],
)
def test_the_clock_is_that_of_the_country(tag: str, clock: str) -> None:
    with speaking(language_of(tag)):
        assert forms().clock(time(13, 5)) == clock


@pytest.mark.parametrize(
    ("tag", "near", "far", "weekday", "month"),
    [
        ("en", "Sun 28 Mar", "28 Mar 2027", "Sunday", "March"),
        ("en-US", "Sun, Mar 28", "Mar 28, 2027", "Sunday", "March"),
        ("en-GB", "Sun 28 Mar", "28 Mar 2027", "Sunday", "March"),
        ("de", "So., 28. März", "28. März 2027", "Sonntag", "März"),
        ("fr", "dim. 28 mars", "28 mars 2027", "dimanche", "mars"),
        ("es", "dom, 28 mar", "28 mar 2027", "domingo", "marzo"),
    ],
)
def test_dates_have_the_order_of_the_country(tag: str, near: str, far: str, weekday: str, month: str) -> None:
    with speaking(language_of(tag)):
        found = forms()

    assert (found.near_date(SUNDAY), found.far_date(SUNDAY)) == (near, far)
    assert (found.weekday(SUNDAY), found.month(SUNDAY)) == (weekday, month)


@pytest.mark.parametrize(
    ("tag", "listed", "percent", "ago"),
    [
        ("en", "a, b and c", "62 %", "3 weeks ago"),
        ("en-US", "a, b, and c", "62%", "3 weeks ago"),
        ("de", "a, b und c", "62\xa0%", "vor 3 Wochen"),
        ("fr", "a, b et c", "62\xa0%", "il y a 3 semaines"),
        ("es", "a, b y c", "62\xa0%", "hace 3 semanas"),
    ],
)
def test_lists_shares_and_spans(tag: str, listed: str, percent: str, ago: str) -> None:
    with speaking(language_of(tag)):
        found = forms()

    assert found.listed(["a", "b", "c"]) == listed
    assert found.percent(0.618) == percent
    assert found.ago(timedelta(weeks=3)) == ago


@pytest.mark.parametrize(
    ("tag", "first"), [("en", 0), ("en-US", 6), ("en-GB", 0), ("de", 0), ("fr", 0), ("es", 0), ("es-MX", 6)]
)
def test_the_week_begins_as_in_the_country(tag: str, first: int) -> None:
    with speaking(language_of(tag)):
        assert forms().first_weekday == first


@pytest.mark.parametrize("tag", ["de-XX", "fr-ZZ", "es-AQ", "en-QQ", "de-US"])
def test_a_language_in_a_country_that_cldr_does_not_know_has_its_usual_forms(tag: str) -> None:
    with speaking(language_of(tag)):
        assert forms().weekday(SUNDAY)


@pytest.mark.parametrize("number", [*range(1, 32)])
def test_plain_english_knows_ordinals_as_cldr_does(number: int) -> None:
    with speaking(language_of("en-GB")):
        by_cldr = forms().ordinal(number)

    assert forms().ordinal(number) == by_cldr
