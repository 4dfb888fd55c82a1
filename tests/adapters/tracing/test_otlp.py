"""One tap is followed from its tip, by one process, to its answer, by the next; nothing personal is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.storage.store import open_store
from adapters.tracing import OtlpTracing
from core.store import Store
from tests.databases import empty_database
from tests.scenarios.conftest import NINE, reaching
from tests.scenarios.talking import expect_all_answered, expect_reply, welcomed
from tests.scenarios.world import scene
from tests.servers.local import hang, status
from tests.servers.otlp import Collector
from tests.servers.telegram import TelegramServer

PERSONAL = ("Ann", "rent", "Berlin", "Pay")


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    async with Collector() as server:
        yield server


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(flood=None) as server:
        yield server


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    empty_database(tmp_path / "oo.db")
    opened = await open_store(f"sqlite:///{tmp_path}/oo.db")
    yield opened
    await opened.close()


async def test_a_tap_is_followed_across_processes_back_to_its_tip(
    tmp_path: Path, telegram: TelegramServer, collector: Collector
) -> None:
    settings = {**reaching(telegram), "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url}
    async with scene(tmp_path, NINE, **settings) as oo:
        ann = await welcomed(oo, telegram.user(7, "Ann"))
        await expect_reply(ann, "/add pay rent tomorrow at 9")
        await oo.at("2026-11-23T08:30:00")
        tip = await ann.expect_message()
        await expect_all_answered(oo, telegram)
        await oo.app.intake.stop(0)  # as if it were stopped between a tap and its answer
        await ann.tap(tip, "Done")
        await telegram.expect_that(lambda: telegram.is_caught_up)
    async with scene(tmp_path, "2026-11-23T08:31:00", **settings) as oo:
        await ann.expect_edit(tip)
        await oo.app.intake.wait_until_answered()

    accepted = [one for one in collector.named("accept update") if one.attributes["oo.update"] == "tapped"][
        -1
    ]
    handled = [one for one in collector.named("handle update") if one.attributes["oo.update"] == "tapped"][-1]
    (pushed,) = (one for one in collector.named("push") if "telegram send" in collector.within(one))
    assert (handled.trace, handled.parent) == (accepted.trace, accepted.span)
    assert handled.links == (pushed.span,)
    assert pushed.trace != handled.trace
    assert {"transaction", "snapshot", "decide"} < collector.within(pushed)
    assert {"transaction", "telegram acknowledge", "telegram edit"} < collector.within(handled)
    assert not [word for word in PERSONAL for call in collector.calls if word.encode() in call.body]
    assert {one.service for one in collector.spans} == {"oo"}


async def test_what_is_stored_continues_a_trace_and_what_is_not_a_traceparent_begins_one(
    collector: Collector,
) -> None:
    tracing = OtlpTracing(collector.url, headers="Authorization=Bearer%20abc,x-tenant=7", service="oo-test")
    with tracing.span("first"):
        stored = tracing.traceparent
    for given in (stored, None, "", "00-xyz", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "é" * 500):
        with tracing.continued("next", given):
            tracing.link(given)
    assert tracing.traceparent is None
    await tracing.close()

    (first,) = collector.named("first")
    continued, *others = collector.named("next")
    assert (continued.trace, continued.parent) == (first.trace, first.span)
    assert len({first.trace, *(one.trace for one in others)}) == 6
    assert {one.parent for one in others} == {""}
    sent = {name.lower(): value for name, value in collector.calls[0].headers.items()}
    assert (sent["authorization"], sent["x-tenant"]) == ("Bearer abc", "7")


async def test_a_failure_is_told_by_its_class_alone(collector: Collector, store: Store) -> None:
    tracing = OtlpTracing(collector.url)

    async def fail() -> None:
        with tracing.span("work", tries=2):
            async with tracing.store(store).begin():
                raise KeyError("Ann's birthday")

    with pytest.raises(KeyError):
        await fail()
    await tracing.close()

    work, transaction = collector.named("work")[0], collector.named("transaction")[0]
    assert [one.failed for one in (work, transaction)] == [True, True]
    assert [one.attributes["error.type"] for one in (work, transaction)] == ["KeyError", "KeyError"]
    assert transaction.parent == work.span
    assert work.attributes["oo.tries"] == 2
    assert "birthday" not in repr(collector.calls + collector.spans)


@pytest.mark.parametrize("answer", [400, 503, "hang", None])
async def test_a_collector_that_fails_stops_nothing(
    collector: Collector, store: Store, answer: int | str | None
) -> None:
    if answer is None:
        await collector.stop()
    else:
        collector.faults.always(hang if isinstance(answer, str) else status(answer))
    tracing = OtlpTracing(collector.url, seconds_to_send=0.2)
    with tracing.span("work"):
        async with tracing.store(store).read() as unit:
            assert await unit.inbox.waiting() == ()
    await tracing.close()
    assert collector.spans == []
