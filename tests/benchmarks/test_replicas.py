"""What replicas cost is measured on a real PostgreSQL; a gap is where no request was under way."""

from __future__ import annotations

from benchmarks.replicas import longest_gap, measure_turns
from tests.servers.postgres import empty_database
from tests.servers.telegram import Poll


async def test_the_turn_of_a_message_and_its_report_are_measured() -> None:
    rows = {row.what: row.value for row in await measure_turns(empty_database(), times=20)}
    assert 0 < rows["a message's turn, p50"] <= rows["a message's turn, p99"]
    assert rows["… its processor time"] > 0
    assert rows["a message reported with 10"] > 0


def test_a_gap_is_where_no_request_was_under_way() -> None:
    polls = [(0.0, 1.0), (1.1, 9.0), (2.0, 3.0), (9.5, 9.6), (9.7, None)]
    found = longest_gap([Poll(began_at=began, ended_at=ended) for began, ended in polls])
    assert round(found, 6) == 0.5
