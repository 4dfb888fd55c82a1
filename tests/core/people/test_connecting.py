"""A link to connect an account: it works once and in time; what comes back waits for the person's word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from core.errors import ClientRefused, SourceRefused, SourceUnavailable
from core.integrations.stored_tokens import load
from core.people.connecting import (
    LINK_LASTS,
    MAX_STATE_CHARACTERS,
    Callback,
    come_back,
    connection_link,
    pending_key,
)
from core.people.privacy import forget
from core.records import Consent, PendingConnection, TaskSource
from core.secret_hash import secret_hash
from core.store import Store
from core.vault import Vault
from tests.core.providers import LASTS, Provider
from tests.core.worlds import Scene, account, scene
from tests.fakes.cipher import open_vault

SOURCE = TaskSource.TODOIST


@dataclass
class Browser:
    """Ada's, at the provider's page."""

    here: Scene
    provider: Provider
    state: str

    async def back(self, code: str | None = "code", *, state: str | None = None) -> Callback:
        """How it comes back from there."""
        known = self.state if state is None else state
        outcome = await come_back(known, code=code, client=self.provider, deps=self.here.deps)
        named = outcome.result is not Callback.INVALID
        assert (outcome.person is not None and outcome.person.person_id == "ada") == named
        return outcome.result

    async def pending(self) -> PendingConnection | None:
        async with self.here.deps.store.read() as unit:
            return await unit.connecting.get(secret_hash(self.state))

    async def secret(self) -> str | None:
        """What waits in the vault for the person's word."""
        async with self.here.deps.store.read() as unit:
            key = pending_key(SOURCE, secret_hash(self.state))
            return await self.here.deps.vault.get(unit, "ada", key)


def with_provider(store: Store) -> tuple[Scene, Provider]:
    """A world with an open vault, and the provider in it."""
    provider, here = Provider(), scene(store)
    deps = replace(here.deps, vault=open_vault(), oauth={SOURCE: provider})
    return replace(here, deps=deps), provider


@pytest.fixture
async def browser(either: Store) -> Browser:
    """It was given a link."""
    here, provider = with_provider(either)
    ada = await here.person()
    url = await connection_link(ada, account("ada", here.clock.now()), SOURCE, provider, here.deps)
    return Browser(here, provider, url.rpartition("=")[2])


async def test_what_the_provider_gives_waits_in_the_vault_for_the_persons_word(browser: Browser) -> None:
    now = browser.here.clock.now()
    assert await browser.back() is Callback.ASKED
    pending = await browser.pending()
    assert pending is not None
    assert (pending.outside_id, pending.outside_name) == ("77", "77@example.org")
    assert (pending.answered_at, pending.account_id) == (now, "telegram-ada")
    tokens = load(await browser.secret() or "")
    assert (tokens.access, tokens.refresh, tokens.expires_at) == ("access-1", "refresh-1", now + LASTS)
    async with browser.here.deps.store.read() as unit:
        assert await unit.integrations.of("ada") == ()


async def test_a_link_works_once_and_for_ten_minutes(browser: Browser) -> None:
    browser.here.clock.time += LINK_LASTS - timedelta(seconds=1)
    assert await browser.back() is Callback.ASKED
    assert await browser.back() is Callback.INVALID
    assert browser.provider.consents == 1


async def test_a_link_that_is_too_old_asks_the_provider_nothing(browser: Browser) -> None:
    browser.here.clock.time += LINK_LASTS
    assert await browser.back() is Callback.INVALID
    assert browser.provider.consents == 0


@pytest.mark.parametrize("state", ["", "guessed", "é\ud800", "x" * (MAX_STATE_CHARACTERS + 1)])
async def test_a_state_that_nobody_was_given_is_nobodys(browser: Browser, state: str) -> None:
    assert await browser.back(state=state) is Callback.INVALID
    assert browser.provider.consents == 0
    assert await browser.back() is Callback.ASKED, "the link itself still works"


async def test_who_says_no_there_used_the_link_up(browser: Browser) -> None:
    assert await browser.back(code=None) is Callback.DENIED
    assert await browser.pending() is None
    assert await browser.back() is Callback.INVALID


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (SourceRefused("no such code"), Callback.REFUSED),
        (ClientRefused("operator"), Callback.FAILED),
        (SourceUnavailable("down"), Callback.FAILED),
    ],
)
async def test_a_provider_that_gives_no_tokens_leaves_nothing_behind(
    browser: Browser, fault: SourceUnavailable, result: Callback
) -> None:
    browser.provider.no_tokens = fault
    assert await browser.back() is result
    assert (await browser.pending(), await browser.secret()) == (None, None)
    assert browser.provider.ended == []


async def test_an_account_that_can_not_be_named_is_given_back(browser: Browser) -> None:
    browser.provider.no_account = SourceUnavailable("down")
    assert await browser.back() is Callback.FAILED
    assert (await browser.pending(), await browser.secret()) == (None, None)
    assert browser.provider.ended == [("access-1", "refresh-1")]


async def test_without_a_vault_key_the_provider_is_not_even_asked(browser: Browser) -> None:
    browser.here = replace(browser.here, deps=replace(browser.here.deps, vault=Vault()))
    assert await browser.back() is Callback.FAILED
    assert browser.provider.consents == 0
    assert await browser.pending() is None


async def test_whoever_leaves_while_the_provider_answers_is_connected_to_nothing(browser: Browser) -> None:
    here = browser.here

    async def leaves() -> None:
        await forget(await here.stored(), here.deps)

    browser.provider.meanwhile = leaves
    assert await browser.back() is Callback.FAILED
    assert browser.provider.ended == [("access-1", "refresh-1")]
    assert await browser.secret() is None


class LosingVault(Vault):
    """It has lost its keys since somebody looked."""

    @property
    def is_open(self) -> bool:
        return True


async def test_a_vault_that_can_not_take_the_tokens_connects_nothing(browser: Browser) -> None:
    browser.here = replace(browser.here, deps=replace(browser.here.deps, vault=LosingVault()))
    assert await browser.back() is Callback.FAILED
    assert await browser.pending() is None
    assert await browser.back() is Callback.INVALID, "the link is used up"


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.DECLINED])
async def test_the_link_of_somebody_who_takes_the_consent_back_is_worth_nothing(
    browser: Browser, consent: Consent
) -> None:
    here = browser.here
    async with here.deps.store.begin() as unit:
        await unit.people.save(replace(await here.stored(), consent=consent))
    assert await browser.back() is Callback.INVALID
    assert browser.provider.consents == 0


async def test_the_link_of_somebody_who_left_is_worth_nothing(browser: Browser) -> None:
    await forget(await browser.here.stored(), browser.here.deps)
    assert await browser.back() is Callback.INVALID
    assert browser.provider.consents == 0
