"""The person's word about an account: connected, declined, replaced, ended. Access that is not used ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import SourceUnavailable
from core.integrations.revoking import revoke_due
from core.integrations.stored_tokens import Tokens, dump, load
from core.people.connecting import LINK_LASTS, pending_key
from core.people.connections import confirm, decline, disconnect, drop_unconfirmed
from core.people.privacy import forget
from core.records import Integration, PendingConnection, Task, TaskSource, TaskState, TokenStatus
from core.store import Store
from tests.core.providers import Provider
from tests.core.worlds import Scene, scene
from tests.fakes.cipher import open_vault

SOURCE = TaskSource.TODOIST


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
async def here(either: Store, provider: Provider) -> Scene:
    found = scene(either)
    found = replace(found, deps=replace(found.deps, vault=open_vault(), oauth={SOURCE: provider}))
    await found.person()
    return found


async def answered(here: Scene, name: str = "link", *, gave: str = "new", account: str = "77") -> None:
    """The browser came back: tokens wait for Ada's word."""
    now = here.clock.now()
    pending = PendingConnection(
        state_hash=name,
        person_id="ada",
        provider=SOURCE,
        account_id="telegram-ada",
        created_at=now,
        answered_at=now,
        outside_id=account,
        outside_name=f"{account}@example.org",
    )
    await stored(here, pending_key(SOURCE, name), gave)
    async with here.deps.store.begin() as unit:
        await unit.connecting.put(pending)


async def stored(here: Scene, key: str, token: str) -> None:
    async with here.deps.store.begin() as unit:
        await here.deps.vault.put(unit, "ada", key, dump(Tokens(access=token)))


async def confirmed(here: Scene, name: str = "link", person_id: str = "ada") -> Integration | None:
    return await confirm(await here.stored(person_id), name, SOURCE, here.deps)


async def connected(here: Scene) -> Integration | None:
    async with here.deps.store.read() as unit:
        return await unit.integrations.get("ada", SOURCE)


async def token(here: Scene, key: str = SOURCE) -> str | None:
    async with here.deps.store.read() as unit:
        secret = await here.deps.vault.get(unit, "ada", key)
    return load(secret).access if secret else None


async def copy(here: Scene) -> Task:
    return await here.task("Copy", source=SOURCE, external_id="1")


async def test_an_account_is_connected_by_the_persons_word_and_only_once(
    here: Scene, provider: Provider
) -> None:
    await answered(here)
    found = await confirmed(here)
    assert found == await connected(here)
    assert found
    assert (found.account_id, found.account_name) == ("77", "77@example.org")
    assert (await token(here), await token(here, pending_key(SOURCE, "link"))) == ("new", None)
    assert await confirmed(here) is None
    assert provider.ended == []
    assert "integration.connected" in await here.kinds()


async def test_the_word_counts_for_ten_minutes_and_from_nobody_else(here: Scene) -> None:
    await here.person("bob")
    await answered(here)
    assert await confirmed(here, person_id="bob") is None
    here.clock.time += LINK_LASTS + timedelta(seconds=1)
    assert await confirmed(here) is None
    assert await confirmed(here, "unknown") is None
    assert await connected(here) is None


async def test_a_link_that_never_came_back_can_not_be_confirmed(here: Scene) -> None:
    await answered(here)
    async with here.deps.store.begin() as unit:
        pending = await unit.connecting.get("link")
        assert pending
        await unit.connecting.put(replace(pending, answered_at=None))
    assert await confirmed(here) is None


async def test_a_link_whose_browser_came_back_a_moment_ago_has_no_tokens_yet(here: Scene) -> None:
    await answered(here)
    async with here.deps.store.begin() as unit:
        await here.deps.vault.remove(unit, "ada", pending_key(SOURCE, "link"))
    assert await confirmed(here) is None
    assert await connected(here) is None


async def test_another_account_takes_the_place_of_the_first_with_its_copies_and_its_access(
    here: Scene, provider: Provider
) -> None:
    await answered(here, gave="first", account="1")
    await confirmed(here)
    task = await copy(here)
    await answered(here, gave="second", account="2")
    await confirmed(here)
    assert await token(here) == "second"
    assert (await here.stored_task(task)).state is TaskState.GONE
    assert provider.ended == [("first", None)]


async def test_the_same_account_connected_again_keeps_copies_and_access(
    here: Scene, provider: Provider
) -> None:
    await answered(here, gave="first")
    await confirmed(here)
    task = await copy(here)
    await answered(here, gave="second")
    await confirmed(here)
    assert await token(here) == "second"
    assert (await here.stored_task(task)).state is TaskState.OPEN
    assert provider.ended == []


async def test_tokens_that_no_key_opens_are_replaced_all_the_same(here: Scene, provider: Provider) -> None:
    """Their access can't be ended: only the provider still knows them."""
    await answered(here, gave="lost", account="1")
    await confirmed(here)
    here = replace(here, deps=replace(here.deps, vault=open_vault(2)))
    await answered(here, gave="second", account="2")
    await confirmed(here)
    assert await token(here) == "second"
    assert provider.ended == []


async def test_what_is_declined_is_given_back_and_forgotten(here: Scene, provider: Provider) -> None:
    await answered(here)
    assert await decline("ada", "link", SOURCE, here.deps)
    assert provider.ended == [("new", None)]
    assert await token(here, pending_key(SOURCE, "link")) is None
    assert await confirmed(here) is None


async def test_a_provider_that_is_down_is_asked_to_end_it_later(here: Scene, provider: Provider) -> None:
    provider.faults = [SourceUnavailable("down")]
    await answered(here)
    assert not await decline("ada", "link", SOURCE, here.deps)
    here.clock.move(minutes=1)
    assert await revoke_due(here.deps) == 1
    assert provider.ended == [("new", None)]


async def test_a_token_that_is_in_use_is_not_ended_when_it_is_declined(
    here: Scene, provider: Provider
) -> None:
    await stored(here, SOURCE, "the same")
    await answered(here, gave="the same")
    assert await decline("ada", "link", SOURCE, here.deps)
    assert provider.ended == []
    assert await token(here) == "the same"


async def test_what_nobody_confirmed_in_time_is_given_back(here: Scene, provider: Provider) -> None:
    await answered(here)
    here.clock.time += LINK_LASTS
    await answered(here, "younger", gave="younger")
    assert await drop_unconfirmed(SOURCE, here.deps) == 0
    here.clock.move(seconds=1)
    assert await drop_unconfirmed(TaskSource.CALDAV, here.deps) == 0
    assert await drop_unconfirmed(SOURCE, here.deps) == 1
    assert provider.ended == [("new", None)]
    assert await confirmed(here, "younger")


@pytest.mark.parametrize("keep", [True, False])
async def test_the_end_of_a_connection_ends_the_access_and_keeps_the_tasks_if_wanted(
    here: Scene, provider: Provider, keep: bool
) -> None:
    await answered(here)
    await confirmed(here)
    task = await copy(here)
    ended = await disconnect(await here.stored(), SOURCE, here.deps, keep=keep)
    assert ended
    assert (ended.revoked, ended.queued, ended.tasks) == (True, False, 1)
    assert provider.ended == [("new", None)]
    assert (await connected(here), await token(here)) == (None, None)
    left = await here.stored_task(task)
    assert (left.source, left.state) == (
        (TaskSource.OO, TaskState.OPEN) if keep else (SOURCE, TaskState.GONE)
    )
    assert await disconnect(await here.stored(), SOURCE, here.deps, keep=keep) is None


async def test_the_end_of_a_connection_says_if_the_access_ends_later_or_not_at_all(
    here: Scene, provider: Provider
) -> None:
    provider.faults = [SourceUnavailable("down")]
    for oauth, expected in ((here.deps.oauth, (False, True)), ({}, (False, False))):
        await answered(here)
        await confirmed(here)
        deps = replace(here.deps, oauth=oauth)
        ended = await disconnect(await here.stored(), SOURCE, deps, keep=False)
        assert ended
        assert (ended.revoked, ended.queued) == expected
    assert provider.ended == []


async def test_the_operators_token_is_not_the_persons_to_disconnect(here: Scene) -> None:
    await here.connect()
    assert await disconnect(await here.stored(), SOURCE, here.deps, keep=False) is None
    kept = await connected(here)
    assert kept
    assert kept.status is TokenStatus.CONNECTED


async def test_who_leaves_gives_back_what_was_not_confirmed_too(here: Scene, provider: Provider) -> None:
    await answered(here, gave="first")
    await confirmed(here)
    await answered(here, "second", gave="second")
    assert await forget(await here.stored(), here.deps)
    assert sorted(provider.ended) == [("first", None), ("second", None)]
