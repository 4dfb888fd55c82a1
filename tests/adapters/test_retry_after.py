"""``Retry-After``: a number or a date, or whatever a server writes there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from multidict import CIMultiDict

from adapters.retry_after import seconds_to_wait
from tests.rows import each_of

DATE = "Wed, 25 Nov 2026 09:00:00 GMT"


def wait(said: str | None, date: str | None = DATE) -> float:
    headers = {"Retry-After": said, "Date": date}
    given = CIMultiDict({name: value for name, value in headers.items() if value is not None})
    return seconds_to_wait(given, otherwise=60.0, at_most=3600.0, at_least=1.0)


@each_of(
    [
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 1.0),
        ("999999999999", 3600.0),
        ("9" * 400, 3600.0),
        ("Wed, 25 Nov 2026 09:02:00 GMT", 120.0),
        ("Wed, 25 Nov 2026 10:02:00 +0100", 120.0),
        ("Wed, 25 Nov 2026 09:02:00 -0000", 120.0),
        ("Wed, 25 Nov 2026 08:00:00 GMT", 1.0),
        ("Thu, 31 Dec 9999 23:59:59 GMT", 3600.0),
    ]
)
def test_a_number_or_a_date_is_waited_for_within_the_limits(said: str, seconds: float) -> None:
    assert wait(said) == seconds


@each_of(
    [
        None,
        "",
        "soon",
        "-5",
        "1.5",
        "1e9",
        "inf",
        "nan",
        "９９",
        "²",
        "\x00",
        "Wed, 25 Nov 2026 09:02:00 +99999999999999999999",
        "Wed, 25 Nov 2026 09:02:00 +9999",
        "Wed, 99 Nov 2026 99:99:99 GMT",
        "Wed, 25 Nov 99999999999 09:02:00 GMT",
        ", , ,",
    ]
)
def test_what_makes_no_sense_is_waited_for_as_usual(said: str | None) -> None:
    assert wait(said) == 60.0


def test_a_date_needs_the_answers_own_date() -> None:
    for date in (None, "", "now", "Wed, 25 Nov 2026 09:00:00 +99999999999999999999"):
        assert wait("Wed, 25 Nov 2026 09:02:00 GMT", date) == 60.0


def test_a_clock_can_be_set_to_whatever_is_waited_for() -> None:
    for said in ("9" * 5000, "Thu, 31 Dec 9999 23:59:59 GMT"):
        assert datetime(2026, 11, 25, tzinfo=UTC) + timedelta(seconds=wait(said))
