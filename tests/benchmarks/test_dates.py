from __future__ import annotations

from benchmarks.date_readers import READERS, Reading
from benchmarks.dates import LANGUAGES, measure
from tests.core.words.reported import rows


def test_oo_reads_every_row_that_people_reported() -> None:
    _, make = READERS["oO"]
    scores = measure(make(), (*rows("reported"), *rows("spanish")))
    assert [score.what for score in scores] == ["span", "value", "rule", "all three"]
    assert all(score.shares == (1.0,) * len(LANGUAGES) for score in scores)


def test_who_reads_nothing_is_right_only_where_nothing_is_due() -> None:
    table = [row for row in rows("reported") if row.language == "en"]
    span, value, rule, both = measure(lambda typed, language: Reading(title=typed), table)
    undated = sum(row.day == "" for row in table) / len(table)
    assert both.shares[0] == undated < span.shares[0]  # "for Friday" stays in its title
    assert value.shares[0] < rule.shares[0] < 1
