"""What words for a time mean where the calendar and the clocks are not plain."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.records import Due
from core.scheduling.quiet_hours import instant
from core.text import clean
from core.words.dates.amounts import Amount, add_amount, read_amount
from core.words.dates.resolve import read_day, shift
from core.words.dates.rrules import with_day
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.dates.times import read_clock
from core.words.dates.vocabulary import ENGLISH
from core.words.tasks import next_due, parse_task
from tests.core.words.combined import Combined, combined, repeated
from tests.core.words.hostile import answered, hostile_text
from tests.core.words.reported import NOW as REPORTED
from tests.core.words.reported import rows
from tests.core.words.times import BERLIN, NOW, berlin, instants

ALL = (*rows("reported"), *rows("relatives"))
TOKYO, LOS_ANGELES = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")


def read_time(text: str, *, now: time | None = None) -> time | None:
    """The time of day that is typed, in any of the languages: ``half past 4``, ``um halb acht``, ``14 h``.

    Where it may be half a day later, the one to come after ``now``, by day if it can be; None if it is none.
    """
    words = sentence_of(tokens_of(text)).english
    found = read_clock(words.removeprefix("at "))
    return found.resolve(part=None, now=now) if found else None


def due(typed: str, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> Due | None:
    return parse_task(f"x {typed}", now=now, zone=zone).due


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1h30m", Amount(minutes=90)),
        ("1h30", Amount(minutes=90)),
        ("90min", Amount(minutes=90)),
        ("1.5 hours", Amount(minutes=90)),
        ("an hour and a half", Amount(minutes=90)),
        ("anderthalb Stunden", Amount(minutes=90)),
        ("une heure et demie", Amount(minutes=90)),
        ("two and a half hours", Amount(minutes=150)),
        ("zweieinhalb Stunden", Amount(minutes=150)),
        ("une demi-heure", Amount(minutes=30)),
        ("eine halbe Stunde", Amount(minutes=30)),
        ("un quart d'heure", Amount(minutes=15)),
        ("eine Dreiviertelstunde", Amount(minutes=45)),
        ("1 Std. 20 Min.", Amount(minutes=80)),
        ("half a day", Amount(minutes=720)),
        ("2 weeks and 3 days", Amount(days=17)),
        ("zwei Wochen und drei Tage", Amount(days=17)),
        ("a fortnight", Amount(days=14)),
        ("ein paar Tage", Amount(days=3)),
        ("quelques jours", Amount(days=3)),
        ("anderthalb Jahre", Amount(months=18)),
        ("un an", Amount(months=12)),
        ("1.5 months", None),  # of which month?
        ("3 bananas", None),
        ("half", None),
        ("", None),
    ],
)
def test_an_amount_is_read_in_three_languages(typed: str, amount: Amount | None) -> None:
    assert read_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("half past 4", "16:30"),
        ("half 4", "16:30"),
        ("halb acht", "19:30"),
        ("fünf vor halb acht", "19:25"),
        ("Viertel vor neun", "20:45"),
        ("viertel nach 5", "17:15"),
        ("quarter to 5", "16:45"),
        ("10 to 5", "16:50"),
        ("twenty past three", "15:20"),
        ("half past 4 am", "04:30"),
        ("8 Uhr 30", "08:30"),
        ("20 Uhr", "20:00"),
        ("14 h", "14:00"),
        ("14h30", "14:30"),
        ("14 heures 30", "14:30"),
        ("huit heures et demie", "20:30"),
        ("trois heures et demie", "15:30"),
        ("neuf heures moins le quart", "20:45"),
        ("midi", "12:00"),
        ("midi et demi", "12:30"),
        ("a quarter past noon", "12:15"),
        ("9", "21:00"),
        ("25:00", None),
        ("quarter to 13", None),
        ("halb", None),
    ],
)
def test_a_time_is_read_in_three_languages(typed: str, at: str | None) -> None:
    found = read_time(typed, now=time(10))
    assert (found.isoformat("minutes") if found else None) == at


# --- Clocks that change ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "typed", "then"),
    [
        ("2027-03-28 01:30", "in 1h30m", "2027-03-28 04:00"),
        ("2027-03-28 01:30", "in anderthalb Stunden", "2027-03-28 04:00"),
        ("2027-03-28 03:30", "2 hours ago", "2027-03-28 00:30"),
        ("2027-03-27 01:30", "in 1 day and 2 hours", "2027-03-28 04:30"),
        ("2027-10-31 01:30", "in 90 minutes", "2027-10-31 02:00"),
        ("2027-10-31 01:30", "in 2h30m", "2027-10-31 03:00"),
        ("2027-10-30 12:00", "in 24 hours", "2027-10-31 11:00"),
        ("2027-12-31 23:50", "in 20 minutes", "2028-01-01 00:10"),
        ("2028-02-28 23:30", "in an hour", "2028-02-29 00:30"),
    ],
)
def test_an_amount_of_hours_passes_alike_when_clocks_change(now: str, typed: str, then: str) -> None:
    local = datetime.fromisoformat(then)
    assert due(typed, berlin(now)) == Due(on=local.date(), at=local.time())


def test_a_time_that_the_clocks_skip_is_kept_as_said() -> None:
    """It is due at the first instant after the gap."""
    skipped = due("tomorrow at 02:30", berlin("2027-03-27 12:00"))
    assert skipped == Due(on=date(2027, 3, 28), at=time(2, 30))
    assert instant(datetime.fromisoformat("2027-03-28 02:30"), BERLIN) == berlin("2027-03-28 03:00")


def test_a_time_that_comes_twice_is_its_first_one() -> None:
    assert due("tomorrow at 02:30", berlin("2027-10-30 12:00")) == Due(on=date(2027, 10, 31), at=time(2, 30))
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert instant(datetime.fromisoformat("2027-10-31 02:30"), BERLIN) == first


# --- Ends of months and years ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "typed", "on"),
    [
        ("2027-01-31", "in a month", "2027-02-28"),
        ("2028-01-31", "in einem Monat", "2028-02-29"),
        ("2028-02-29", "dans un an", "2029-02-28"),
        ("2027-01-31", "next month", "2027-02-01"),
        ("2027-12-31", "nächste Woche", "2028-01-03"),
        ("2027-12-31", "la semaine prochaine", "2028-01-03"),
        ("2027-12-15", "übernächsten Monat", "2028-02-01"),
        ("2027-12-31", "l'année prochaine", "2028-01-01"),
        ("2027-11-30", "on the 31st", "2027-12-31"),
        ("2027-02-10", "on the 30th", "2027-03-30"),
        ("2027-03-01", "29 Feb", "2028-02-29"),
        ("2027-02-10", "end of feb", "2027-02-28"),
        ("2028-02-10", "Ende Februar", "2028-02-29"),
        ("2028-03-01", "fin février", "2029-02-28"),
        ("2027-12-31", "by the end of the month", "2027-12-31"),
        ("2027-12-31", "by the end of next month", "2028-01-31"),
        ("2027-12-30", "friday week", "2028-01-07"),
        ("2027-12-27", "next monday", "2028-01-03"),  # a Monday: a week later
        ("2028-01-02", "next monday", "2028-01-03"),  # a Sunday: weeks begin on Monday
        ("2028-01-02", "end of the week", "2028-01-02"),
        ("2028-01-02", "this weekend", "2028-01-02"),
        ("2028-01-01", "yesterday", "2027-12-31"),
        ("2028-01-01", "last friday", "2027-12-31"),
        ("2028-03-01", "gestern", "2028-02-29"),
        ("2027-03-31", "il y a un mois", "2027-02-28"),
        ("2027-12-24", "by christmas", "2027-12-25"),
        ("2027-12-26", "bis Weihnachten", "2028-12-25"),
        ("2027-03-29", "by easter", "2028-04-16"),  # the day after
        ("2027-12-01", "end of the quarter", "2027-12-31"),
    ],
)
def test_a_day_is_right_where_months_and_years_end(today: str, typed: str, on: str) -> None:
    assert due(typed, berlin(f"{today} 12:00")) == Due(on=date.fromisoformat(on))


@pytest.mark.parametrize("typed", ["31 Feb", "31.11.", "2027-02-30", "Friday the 13th", "Monday, 7 April"])
def test_a_day_that_does_not_exist_stays_in_the_title(typed: str) -> None:
    assert parse_task(f"x {typed}", now=NOW, zone=BERLIN).title == f"x {typed}"


# --- People elsewhere --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "typed", "then"),
    [
        (TOKYO, "tomorrow", Due(on=date(2027, 3, 18))),
        (LOS_ANGELES, "tomorrow", Due(on=date(2027, 3, 17))),
        (TOKYO, "gestern", Due(on=date(2027, 3, 16))),
        (LOS_ANGELES, "gestern", Due(on=date(2027, 3, 15))),
        (TOKYO, "at 8:00", Due(on=date(2027, 3, 18), at=time(8))),
        (LOS_ANGELES, "at 17:00", Due(on=date(2027, 3, 16), at=time(17))),
        (TOKYO, "in 2 hours", Due(on=date(2027, 3, 17), at=time(10, 30))),
        (LOS_ANGELES, "in 9 hours", Due(on=date(2027, 3, 17), at=time(1, 30))),
        (TOKYO, "at 8pm EST", Due(on=date(2027, 3, 16), at=time(20), zone="America/New_York")),
        (TOKYO, "at 3pm EST", Due(on=date(2027, 3, 17), at=time(15), zone="America/New_York")),
        (BERLIN, "tomorrow at 15:00 UTC", Due(on=date(2027, 3, 18), at=time(15), zone="UTC")),
        (BERLIN, "at 6:00 UTC-5", Due(on=date(2027, 3, 17), at=time(6), zone="Etc/GMT+5")),
        (LOS_ANGELES, "um 15 Uhr MEZ", Due(on=date(2027, 3, 17), at=time(15), zone="Europe/Berlin")),
    ],
)
def test_a_day_is_the_persons_and_a_named_zone_the_times_own(zone: ZoneInfo, typed: str, then: Due) -> None:
    late = datetime(2027, 3, 16, 23, 30, tzinfo=UTC)  # the 17th in Tokyo and Berlin, the 16th elsewhere
    assert due(typed, late, zone) == then


# --- Recurrences that end ----------------------------------------------------------------------------------


def test_a_rule_ends_on_the_day_that_was_said() -> None:
    draft = parse_task("choir every monday at 19:30 until 5 April", now=NOW, zone=BERLIN)
    assert (draft.title, draft.repeats) == ("choir", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270405")
    assert draft.due == Due(on=date(2027, 3, 22), at=time(19, 30))
    assert next_due(str(draft.repeats), draft.due, berlin("2027-03-30 09:00"), BERLIN) == Due(
        on=date(2027, 4, 5), at=time(19, 30)
    )
    assert next_due(str(draft.repeats), draft.due, berlin("2027-04-05 20:00"), BERLIN) is None


def test_a_rule_that_would_end_before_it_begins_is_none() -> None:
    typed = "choir every monday until friday"
    assert parse_task(typed, now=NOW, zone=BERLIN).title == typed


# --- Whatever is typed -------------------------------------------------------------------------------------


@given(st.one_of(hostile_text, st.sampled_from([row.typed for row in ALL])), instants())
def test_a_title_is_made_of_the_words_that_were_typed_in_their_order(typed: str, now: datetime) -> None:
    draft = answered(lambda: parse_task(typed, now=now, zone=BERLIN))
    if isinstance(draft, BadInput):
        return
    words = iter(word.strip(" ,;:–-!") for word in clean(typed, 1000).split())
    assert all(word.strip(" ,;:–-!") in words for word in draft.title.split())


@settings(max_examples=300)
@given(combined)
def test_a_day_is_the_same_whatever_leads_and_whatever_time_follows(one: Combined) -> None:
    draft, plain = (parse_task(typed, now=REPORTED, zone=BERLIN) for typed in (one.typed, one.plain))
    assert draft.title == plain.title == one.title
    assert draft.due is not None
    assert plain.due is not None
    assert draft.due.on == plain.due.on
    assert (draft.due.at is not None) == one.timed


@pytest.mark.parametrize(
    ("now", "typed", "due"),
    [
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "check oven in 1 hour", "2026-10-25 02:30"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "Ofen prüfen in 2 Stunden", "2026-10-25 03:30"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), "check oven in 1 hour", "2026-03-29 03:30"),
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), "sortir le pain dans 30 minutes", "2026-03-29 03:00"),
    ],
)
def test_an_hour_is_an_hour_when_the_clocks_change(now: datetime, typed: str, due: str) -> None:
    found = parse_task(typed, now=now, zone=BERLIN).due
    assert found is not None
    assert f"{found.on} {found.at:%H:%M}" == due


@settings(max_examples=300)
@given(repeated)
def test_a_recurrence_is_the_same_whatever_its_time_and_its_end(one: Combined) -> None:
    draft, plain = (parse_task(typed, now=REPORTED, zone=BERLIN) for typed in (one.typed, one.plain))
    assert draft.title == plain.title == one.title
    assert draft.due == plain.due
    assert draft.due is not None
    assert draft.due.at is not None
    assert str(draft.repeats).partition(";UNTIL=")[0] == plain.repeats
    assert ("UNTIL" in str(draft.repeats)) == (len(one.typed) > len(one.plain))


_PLAIN = st.text("bcdfgklmnprstvwz", min_size=5, max_size=9).filter(lambda word: word not in ENGLISH)


@given(st.lists(_PLAIN, min_size=1, max_size=8), instants())
def test_without_words_for_a_time_nothing_is_due(words: list[str], now: datetime) -> None:
    draft = parse_task(" ".join(words), now=now, zone=BERLIN)
    assert (draft.title, draft.due, draft.repeats) == (" ".join(words), None, None)


@given(hostile_text, instants())
def test_any_text_is_an_amount_a_day_and_a_time_or_none(typed: str, now: datetime) -> None:
    moved = shift(typed, now, BERLIN)
    assert moved is None or moved >= now
    assert read_time(typed) is None or isinstance(read_time(typed), time)
    read_day(sentence_of(tokens_of(typed)).english, now.date())


@pytest.mark.parametrize(
    "typed",
    [
        "work until friday every day",
        "see The Next Friday",
        "call in 2 hours at 9",
        'write "takes 10 min" again',
    ],
)
def test_words_that_contradict_each_other_or_are_a_name_stay_in_the_title(typed: str) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert (draft.title, draft.due, draft.repeats, draft.minutes) == (typed, None, None, None)


@pytest.mark.parametrize("typed", ["12/24 buy gifts", "24.12. buy gifts"])
def test_a_date_in_numbers_may_come_first(typed: str) -> None:
    draft = parse_task(typed, now=NOW, zone=BERLIN)
    assert draft.title == "buy gifts"
    assert draft.due is not None
    assert (draft.due.on.month, draft.due.on.day) == (12, 24)


@pytest.mark.parametrize("mark", [",", ":", ";"])
def test_a_mark_ends_a_recurrence_that_comes_first(mark: str) -> None:
    draft = parse_task(f"every 1st{mark} pay rent", now=NOW, zone=BERLIN)
    assert (draft.title, draft.repeats) == ("pay rent", "FREQ=MONTHLY;BYMONTHDAY=1")


def test_an_amount_beyond_the_calendar_has_no_instant() -> None:
    assert add_amount(Amount(months=12 * 9000), NOW, BERLIN) is None


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;BYDAY=MO", "every other monday"])
def test_a_rule_that_names_days_and_a_sources_own_words_stay_as_they_are(rule: str) -> None:
    assert with_day(rule, NOW.date()) == rule
