"""Many use cases in one transaction."""

from __future__ import annotations

import pytest

from core.store import Within
from tests.fakes.store import FakeStore


async def _write_and_fail(store: FakeStore) -> None:
    async with store.begin() as unit:
        within = Within(unit)
        async with within.begin("ada") as inner:
            await inner.notes.put(None, "key", "value")
        async with within.read() as reading:
            assert await reading.notes.get(None, "key") == "value"
        raise RuntimeError


async def test_what_begins_within_a_transaction_ends_with_it() -> None:
    store = FakeStore()
    with pytest.raises(RuntimeError):
        await _write_and_fail(store)
    async with store.read() as unit:
        assert await unit.notes.get(None, "key") is None
