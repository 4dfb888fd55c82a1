"""How single values are stored."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite import dialect

from adapters.storage.values import Json, Moment, Vector, Word
from core.model import Consent

SQLITE: Dialect = dialect()


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_survives_to_the_microsecond(instant: datetime) -> None:
    stored = Moment().process_bind_param(instant, SQLITE)
    assert Moment().process_result_value(stored, SQLITE) == instant.astimezone(UTC)


def test_instants_sort_as_their_numbers() -> None:
    earlier = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    later = datetime(2025, 12, 31, 15, 0, 0, 1, tzinfo=UTC)
    stored = [Moment().process_bind_param(one, SQLITE) for one in (earlier, later)]
    assert stored == sorted(stored, key=lambda one: one or 0)
    assert stored[0] != stored[1]


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Moment().process_bind_param(datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001 the very thing


@given(st.lists(st.floats()).map(tuple))
def test_a_vector_survives_bit_for_bit(vector: tuple[float, ...]) -> None:
    stored = Vector().process_bind_param(vector, SQLITE)
    read = Vector().process_result_value(stored, SQLITE)
    assert read is not None
    assert [_bits(one) for one in read] == [_bits(one) for one in vector]


def _bits(value: float) -> tuple[float, float] | str:
    """Tells -0.0 from 0.0, and makes NaN equal to itself."""
    return "nan" if math.isnan(value) else (value, math.copysign(1, value))


def test_a_word_that_is_not_in_the_vocabulary_is_refused() -> None:
    assert Word(Consent).process_bind_param("agreed", SQLITE) == "agreed"
    with pytest.raises(ValueError, match="maybe"):
        Word(Consent).process_bind_param("maybe", SQLITE)


@pytest.mark.parametrize("kind", [Moment(), Word(Consent), Json(dict[str, int]), Vector()])
def test_nothing_stays_nothing(kind: Moment | Word | Json | Vector) -> None:
    assert kind.process_bind_param(None, SQLITE) is None
    assert kind.process_result_value(None, SQLITE) is None
