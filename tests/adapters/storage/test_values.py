"""How single values are stored."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite import dialect

from adapters.storage.values import Json, Moment, Vector, Word
from core.records import Consent

SQLITE: Dialect = dialect()

A_VALUE_TYPE = Moment | Word | Json | Vector


def store(kind: A_VALUE_TYPE, value: Any) -> Any:
    """What SQLAlchemy writes for a value."""
    return kind.bind_processor(SQLITE)(value)


def load(kind: A_VALUE_TYPE, stored: Any) -> Any:
    """What SQLAlchemy makes of what it reads."""
    return kind.result_processor(SQLITE, None)(stored)


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_survives_to_the_microsecond(instant: datetime) -> None:
    stored = store(Moment(), instant)
    assert load(Moment(), stored) == instant.astimezone(UTC)


def test_instants_sort_as_their_numbers() -> None:
    earlier = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    later = datetime(2025, 12, 31, 15, 0, 0, 1, tzinfo=UTC)
    stored = [store(Moment(), one) for one in (earlier, later)]
    assert stored == sorted(stored, key=lambda one: one or 0)
    assert stored[0] != stored[1]


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        store(Moment(), datetime(2026, 1, 1))  # noqa: DTZ001 - the very thing


@given(st.lists(st.floats()).map(tuple))
def test_a_vector_survives_bit_for_bit(vector: tuple[float, ...]) -> None:
    stored = store(Vector(), vector)
    read = load(Vector(), stored)
    assert read is not None
    assert [_bits(one) for one in read] == [_bits(one) for one in vector]


def _bits(value: float) -> tuple[float, float] | str:
    """Tells -0.0 from 0.0, and makes NaN equal to itself."""
    return "nan" if math.isnan(value) else (value, math.copysign(1, value))


def test_a_word_that_is_not_in_the_vocabulary_is_refused() -> None:
    assert store(Word(Consent), "agreed") == "agreed"
    with pytest.raises(ValueError, match="maybe"):
        store(Word(Consent), "maybe")


@pytest.mark.parametrize("kind", [Moment(), Word(Consent), Json(dict[str, int]), Vector()])
def test_nothing_stays_nothing(kind: Moment | Word | Json | Vector) -> None:
    assert store(kind, None) is None
    assert load(kind, None) is None
