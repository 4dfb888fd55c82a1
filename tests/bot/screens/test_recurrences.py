"""Every shape of a rule has its words, in every language; what is no rule stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.active import speaking
from bot.languages.language import language_of, spoken
from bot.screens.recurrences import in_words


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO", "every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,SA", "every Monday, Tuesday, Wednesday, Thursday and Saturday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every 2 weeks on Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "every 2 weeks on weekdays"),
        ("FREQ=MONTHLY;BYDAY=2FR", "every second Friday of the month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every last Friday of the month"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "every first Monday and third Monday of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "every 2 months on the first Monday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every last weekday of the month"),
        ("FREQ=MONTHLY;BYDAY=SU;BYSETPOS=2", "every second Sunday of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every last day of the month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "every 3 months on the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and 15th"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,3,11,22", "every month on the 2nd, 3rd, 11th and 22nd"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "every month"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3", "every year"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday in November"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261224", "every Monday until 24 Dec 2026"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261224T235959Z", "every Monday until 24 Dec 2026"),
        ("RRULE:FREQ=DAILY;COUNT=10", "every day, 10 times"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
        ("FREQ=SECONDLY", "again and again"),
        ("FREQ=WEEKLY;BYDAY=??;INTERVAL=x;UNTIL=tomorrow;COUNT=-2", "every week"),
        ("FREQ=MONTHLY;BYDAY=9FR", "every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-9", "every month"),
        ("ev mon at 9", "ev mon at 9"),
    ],
)  # fmt: skip
def test_rules_in_english(rule: str, said: str) -> None:
    assert in_words(rule) == said


names = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "COUNT")
values = st.sampled_from(
    (
        "DAILY",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
        "2",
        "-1",
        "99",
        "MO",
        "2FR",
        "-1SU,MO",
        "20261224",
        "20269999",
        "",
    )
)


@given(st.dictionaries(st.sampled_from(names), values), st.sampled_from(spoken()))
def test_a_rule_of_any_source_can_be_said(parts: dict[str, str], code: str) -> None:
    rule = ";".join(f"{name}={value}" for name, value in ({"FREQ": "WEEKLY"} | parts).items())

    with speaking(language_of(code)):
        said = in_words(rule)

    assert said
    assert "{" not in said
    assert "FREQ" not in said
