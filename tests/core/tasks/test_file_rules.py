from datetime import date
from zoneinfo import ZoneInfo

import pytest

from core.tasks.file_rules import usable_rule
from core.words.dates.rrules import next_date

BERLIN = ZoneInfo("Europe/Berlin")
START = date(2026, 12, 31)  # a Thursday

RULES = {
    "FREQ=DAILY": "FREQ=DAILY",
    "RRULE:FREQ=DAILY;INTERVAL=1": "FREQ=DAILY",
    " freq=weekly ; byday=mo,fr ; wkst=mo ": "FREQ=WEEKLY;BYDAY=MO,FR",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
    "FREQ=MONTHLY": "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=-1FR": "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0": "FREQ=DAILY",
    "FREQ=DAILY;COUNT=10": "FREQ=DAILY;UNTIL=20270109",
    "FREQ=DAILY;COUNT=999999": "FREQ=DAILY",
    "FREQ=YEARLY;COUNT=1000": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31;UNTIL=21261231",  # in a century
    "FREQ=WEEKLY;UNTIL=20270630": "FREQ=WEEKLY;UNTIL=20270630",
    "FREQ=WEEKLY;UNTIL=20270630T230000Z": "FREQ=WEEKLY;UNTIL=20270701",
    "FREQ=WEEKLY;UNTIL=20270630T230000": "FREQ=WEEKLY;UNTIL=20270630",
}


@pytest.mark.parametrize("text", RULES)
def test_a_rule_of_a_file_gets_oos_own_form_and_has_a_next_date(text: str) -> None:
    rule = usable_rule(text, START, BERLIN)

    assert rule == RULES[text]
    assert rule
    assert next_date(rule, START, START)
    assert usable_rule(rule, START, BERLIN) == rule


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "FREQ=", "FREQ=HOURLY", "FREQ=SECONDLY;COUNT=5", "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;FOO=1", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;COUNT=1",
        "FREQ=WEEKLY;UNTIL=20261231", "FREQ=WEEKLY;UNTIL=20261301", "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=20MO",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=YEARLY;BYMONTH=13", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYSETPOS=400;BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY" + ";BYMONTH=1" * 100,
        "FREQ=DAILY" + " " * 300 + ";BYMONTH=2", "RRULE:" + "FREQ=DAILY".ljust(295) + ";BYMONTH=2",
        "FREQ=DAILY" + ";BYMONTH=12" * 100,
        "every week", "FREQ=YEARLY;BYEASTER=1", "FREQ=YEARLY;BYWEEKNO=53",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_none(text: str) -> None:
    assert usable_rule(text, START, BERLIN) is None


def test_a_rule_on_the_last_days_of_time_is_no_error() -> None:
    assert usable_rule("FREQ=DAILY", date(9999, 12, 31), BERLIN) is None


@pytest.mark.parametrize("year", ["0001", "0025", "0999", "1970", "2026"])
def test_a_rule_that_has_ended_can_not_be_used(year: str) -> None:
    for when in (f"{year}1231", f"{year}0101T000000Z", f"{year}1230T235959"):
        assert usable_rule(f"FREQ=MONTHLY;BYDAY=-1FR;UNTIL={when}", START, BERLIN) is None
