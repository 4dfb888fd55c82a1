"""What e-mail needs of the store: counts of requests, accounts that end, and updates that came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.chat import Channel, Sender, Tapped
from core.records import Account
from core.store import Store
from tests.contracts.store.records import NOW, account, person

MAIL = replace(
    account(),
    account_id="mail",
    channel=Channel.EMAIL,
    external_id="ada@example.org",
    address="Ada@example.org",
)


async def with_accounts(store: Store, *accounts: Account) -> None:
    async with store.begin() as unit:
        for one in accounts:
            await unit.people.save_account(one)


async def test_requests_are_counted_by_scope_and_forgotten_by_age(store: Store) -> None:
    async with store.begin() as unit:
        await unit.mail_requests.add(["a", "b"], NOW)
        await unit.mail_requests.add(["a", "c"], NOW + timedelta(hours=1))
        assert await unit.mail_requests.counts(["a", "b", "c", "d"], NOW) == (2, 1, 1, 0)
        assert await unit.mail_requests.counts(["a", "b"], NOW + timedelta(minutes=1)) == (1, 0)
        assert await unit.mail_requests.prune(NOW + timedelta(minutes=1)) == 2
        assert await unit.mail_requests.counts(["a", "b", "c"], NOW) == (1, 0, 1)


async def test_requests_outlive_whoever_made_them(store: Store) -> None:
    async with store.begin() as unit:
        await unit.mail_requests.add(["a"], NOW)
        await unit.people.forget(person().person_id)
        assert await unit.mail_requests.counts(["a"], NOW) == (1,)


async def test_an_account_is_found_by_its_id(store: Store) -> None:
    await with_accounts(store, account(), MAIL)
    async with store.read() as unit:
        assert await unit.people.account_with("mail") == MAIL
        assert await unit.people.account_with("nobody") is None


async def test_accounts_that_nothing_reaches_are_found_by_their_channel(store: Store) -> None:
    gone = replace(MAIL, reachable=False)
    await with_accounts(store, replace(account(), reachable=False), gone)
    async with store.read() as unit:
        assert await unit.people.unreachable_on(Channel.EMAIL) == (gone,)
    await with_accounts(store, MAIL)
    async with store.read() as unit:
        assert await unit.people.unreachable_on(Channel.EMAIL) == ()


async def test_an_account_that_is_removed_leaves_the_others(store: Store) -> None:
    await with_accounts(store, account(), MAIL)
    async with store.begin() as unit:
        await unit.people.remove_account(MAIL, instead=account())
        assert await unit.people.account(Channel.EMAIL, "ada@example.org") is None
        assert await unit.people.accounts(person().person_id) == (account(),)


async def test_an_update_that_came_is_known_also_when_it_is_handled(store: Store) -> None:
    ada = Sender(channel=Channel.TELEGRAM, external_id="u-a1", address="chat-a1")
    tapped = Tapped(update_id="t.0", sender=ada, received_at=NOW, token="t.0")
    channel = tapped.sender.channel
    async with store.begin() as unit:
        assert not await unit.inbox.has(channel, "t.0")
        inbox_id = await unit.inbox.put(tapped)
        assert inbox_id is not None
        assert await unit.inbox.has(channel, "t.0")
        await unit.inbox.done(inbox_id)
        assert await unit.inbox.has(channel, "t.0")
        assert not await unit.inbox.has(Channel.EMAIL, "t.0")


async def test_a_handled_tap_from_a_mail_is_known_for_longer(store: Store) -> None:
    places = (Channel.TELEGRAM, Channel.EMAIL)
    async with store.begin() as unit:
        for channel in places:
            who = Sender(channel=channel, external_id="u", address="u")
            inbox_id = await unit.inbox.put(Tapped(update_id="t", sender=who, received_at=NOW, token="t.0"))
            assert inbox_id is not None
            await unit.inbox.done(inbox_id)
        later = NOW + timedelta(hours=1)
        assert await unit.inbox.prune(later, mails_before=NOW) == 1
        assert [await unit.inbox.has(channel, "t") for channel in places] == [False, True]
        assert await unit.inbox.prune(later, mails_before=later) == 1
