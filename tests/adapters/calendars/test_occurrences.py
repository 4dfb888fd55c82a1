"""Rules are expanded as dateutil does it, from a start close by, and never without bounds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from adapters.calendars.occurrences import Budget, RuleUnusable, Span, occurrences

SPAN = Span(start=datetime(2026, 11, 28), end=datetime(2026, 12, 14))  # noqa: DTZ001
STARTS = [
    datetime(2026, 11, 30, 9),  # noqa: DTZ001
    datetime(2026, 1, 31, 23, 30),  # noqa: DTZ001
    datetime(2019, 2, 28, 8, 15),  # noqa: DTZ001
    datetime(2012, 2, 29, 0, 0),  # noqa: DTZ001
    datetime(1971, 12, 6, 12, 0),  # noqa: DTZ001
]
RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=DAILY;BYHOUR=8,12;BYMINUTE=0,30",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=2",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYMONTHDAY=30,31",
    "FREQ=YEARLY",
    "FREQ=YEARLY;INTERVAL=4",
    "FREQ=YEARLY;BYMONTH=12;BYDAY=1SU",
    "FREQ=YEARLY;BYMONTH=12",
    "FREQ=YEARLY;BYYEARDAY=340",
    "FREQ=YEARLY;BYWEEKNO=50;BYDAY=WE",
    "FREQ=DAILY;BYSETPOS=1;BYHOUR=8,12",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,SU,MO;WKST=SU",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA,SU,MO;WKST=MO",
    "FREQ=DAILY;BYMONTH=11,12;BYMONTHDAY=30,1,2",
    "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=11",
    "FREQ=YEARLY;BYDAY=MO;BYSETPOS=-3,-4",
    "FREQ=MONTHLY;BYDAY=2TU,4TU",
    "FREQ=MONTHLY;INTERVAL=5;BYDAY=MO;COUNT=90",
    "FREQ=YEARLY;BYMONTH=11,12;COUNT=60",
    "FREQ=DAILY;COUNT=20",
    "FREQ=DAILY;INTERVAL=2;COUNT=5000",
    "FREQ=WEEKLY;COUNT=3000",
    "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=50",
    "FREQ=MONTHLY;COUNT=500",
    "FREQ=DAILY;INTERVAL=5;BYHOUR=12,8;BYSETPOS=-1",
    "FREQ=DAILY;INTERVAL=45;BYHOUR=8,20;COUNT=300",
    "FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU;BYMONTH=12;COUNT=400",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;BYHOUR=8,20;BYSETPOS=2,-1",
    "FREQ=WEEKLY;INTERVAL=17;BYDAY=SA,SU,MO;WKST=SU;COUNT=90",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,WE;BYMONTHDAY=1,2,3,30",
    "FREQ=MONTHLY;BYDAY=MO;BYHOUR=6,18;BYSETPOS=-1,3",
    "FREQ=YEARLY;BYMONTH=11,12;BYHOUR=7,19;BYSETPOS=1,-1,9,-99",
    "FREQ=DAILY;UNTIL=20261203T235959Z",
    "FREQ=DAILY;UNTIL=20261203",
]


def of(
    rule: str, start: datetime, budget: Budget | None = None, until: datetime | None = None
) -> list[datetime]:
    return occurrences(rule, start, SPAN, budget or Budget(periods=10**9, dates=10**9), until)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("start", STARTS)
def test_a_rule_has_the_dates_that_it_has_from_its_own_start(rule: str, start: datetime) -> None:
    until = datetime(2026, 12, 3, 23, 59, 59) if "UNTIL" in rule else None  # noqa: DTZ001
    plain = ";".join(part for part in rule.split(";") if not part.startswith("UNTIL"))
    whole = rrulestr(plain, dtstart=start).between(SPAN.start, until or SPAN.end, inc=True)
    assert of(rule, start, until=until) == whole


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,1,2,3,4,5,6,7,8,9",
        "FREQ=DAILY;BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=HOURLY;BYMINUTE=0,10,20,30,40,50",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=FORTNIGHTLY",
        "FREQ=",
        "",
        "nonsense",
        "COUNT=3",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;" + "BYMONTH=1;" * 100,
        "FREQ=HOURLY",
        "FREQ=HOURLY;BYDAY=MO;COUNT=999999999",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYSETPOS=0",
        "FREQ=MONTHLY;BYSETPOS=367",
    ],
)
def test_what_repeats_too_often_or_makes_no_sense_is_refused(rule: str) -> None:
    with pytest.raises(RuleUnusable):
        of(rule, datetime(2020, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TH",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=WEEKLY;BYMONTH=6",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=YEARLY;INTERVAL=999",
        "FREQ=DAILY;INTERVAL=99999999",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    ],
)
@pytest.mark.parametrize("year", [1900, 1970, 2026])
def test_a_rule_without_dates_or_without_an_end_costs_a_bounded_amount(rule: str, year: int) -> None:
    budget = Budget()
    before = budget.periods
    found = of(rule, datetime(year, 1, 1, 9), budget)  # noqa: DTZ001
    assert len(found) <= 17
    assert before - budget.periods < 1_400


@pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
def test_years_beyond_the_calendar_are_refused(year: int) -> None:
    with pytest.raises(RuleUnusable):
        of("FREQ=DAILY", datetime(year, 1, 1))  # noqa: DTZ001


def test_many_rules_together_end_when_the_budget_is_spent() -> None:
    budget, start = Budget(), datetime(2026, 11, 1)  # noqa: DTZ001
    before = budget.periods
    of("FREQ=DAILY", start, budget)
    assert 0 < before - budget.periods < before / 1_000  # more than a thousand rules are read
    budget.periods = 0
    with pytest.raises(RuleUnusable):
        of("FREQ=DAILY", start, budget)


EVERY_HOUR = f"FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={','.join(map(str, range(24)))};COUNT=99999999"


def test_a_rule_with_too_many_dates_is_refused_alone() -> None:
    budget = Budget()
    with pytest.raises(RuleUnusable):
        of(EVERY_HOUR, datetime(1900, 1, 1), budget)  # noqa: DTZ001
    assert not budget.is_spent
    assert of("FREQ=DAILY", SPAN.start, budget)


def test_dates_of_all_rules_together_are_limited() -> None:
    budget = Budget(periods=10**9)
    for _ in range(11):
        with pytest.raises(RuleUnusable):
            of(EVERY_HOUR, datetime(1900, 1, 1), budget)  # noqa: DTZ001
    assert budget.is_spent


ALL_HOURS, ALL_DAYS = ",".join(map(str, range(24))), "MO,TU,WE,TH,FR,SA,SU"


@pytest.mark.parametrize(
    "rule",
    [
        f"FREQ=DAILY;INTERVAL=40000;COUNT=9;BYHOUR={ALL_HOURS}",
        f"FREQ=WEEKLY;INTERVAL=6000;COUNT=9;BYHOUR={ALL_HOURS};BYDAY={ALL_DAYS}",
        f"FREQ=DAILY;INTERVAL=9999;COUNT=9;BYHOUR={ALL_HOURS};BYSETPOS=1",
    ],
)
def test_what_lies_between_the_periods_of_a_rule_is_not_looked_at(rule: str) -> None:
    budget = Budget()
    before = budget.periods
    for _ in range(10):
        of(rule, datetime(1950, 1, 1), budget)  # noqa: DTZ001
    assert before - budget.periods < 100


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3;COUNT=9999",
        "FREQ=DAILY;BYSETPOS=2;COUNT=9999",
        f"FREQ=WEEKLY;BYSETPOS=99;BYDAY={ALL_DAYS};COUNT=9999",
        f"FREQ=MONTHLY;BYSETPOS=99;BYDAY={ALL_DAYS};COUNT=9999",
        f"FREQ=YEARLY;BYSETPOS=-366;BYDAY={ALL_DAYS};COUNT=9999",
    ],
)
def test_days_that_are_looked_at_in_vain_are_paid_for(rule: str) -> None:
    budget = Budget()
    before = budget.dates
    start = datetime(1950, 1, 1)  # noqa: DTZ001
    of(rule + ";BYHOUR=9", start, budget)
    assert before - budget.dates >= (SPAN.end - start).days - 31


def test_no_date_is_computed_after_the_last_of_a_count() -> None:
    budget = Budget()
    before = budget.dates
    assert of(f"FREQ=DAILY;BYDAY={ALL_DAYS};COUNT=9", datetime(1950, 1, 1), budget) == []  # noqa: DTZ001
    assert before - budget.dates < 20


def test_a_rule_that_ended_or_has_not_begun_costs_nothing() -> None:
    budget = Budget(periods=0)
    ended = datetime(2020, 1, 1)  # noqa: DTZ001
    assert of("FREQ=DAILY", ended, budget, until=ended + timedelta(days=3)) == []
    assert of("FREQ=DAILY", SPAN.end + timedelta(days=1), budget) == []
