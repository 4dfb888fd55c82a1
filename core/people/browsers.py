"""The browsers in which a person lets tips appear (Web Push).

A person has one account on ``Channel.WEB``, whatever the number of their browsers. What a browser sends is
hostile: here it gets its bounds; ``adapters/web_push`` decides which addresses are asked.

Tests: tests/core/people/test_browsers.py.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.chat import Channel, Sender
from core.dependencies import Dependencies
from core.people.access import join_account
from core.records import Account, Person, PushSubscription
from core.store import Unit, begin_about

MAX_BROWSERS = 10
"""Of one person. The one that was added first makes room for another."""

MAX_ENDPOINT = 2_000
"""Characters; those of real push services take some hundreds."""

_ENDPOINT = re.compile(r"https?://[!-~]+")
_P256DH = re.compile(r"[A-Za-z0-9_-]{87}=?")
_AUTH = re.compile(r"[A-Za-z0-9_-]{22}(==)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSubscription:
    """What a browser offers to be sent to."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    browser: str = ""
    """What it is called."""


def read_subscription(offered: object, browser: str) -> OfferedSubscription | None:
    """What ``PushSubscription.toJSON()`` holds; None if it is nothing that could be used."""
    match offered:
        case {"endpoint": str(endpoint), "keys": {"p256dh": str(p256dh), "auth": str(auth)}}:
            is_whole = _P256DH.fullmatch(p256dh) and _AUTH.fullmatch(auth)
            if is_whole and len(endpoint) <= MAX_ENDPOINT and _ENDPOINT.fullmatch(endpoint):
                return OfferedSubscription(endpoint=endpoint, p256dh=p256dh, auth=auth, browser=browser)
    return None


async def browsers_of(person: Person, deps: Dependencies) -> tuple[PushSubscription, ...]:
    """The person's browsers, oldest first."""
    async with deps.store.read() as unit:
        return await unit.push_subscriptions.of(person.person_id)


async def subscribe(
    person: Person, offered: OfferedSubscription, deps: Dependencies, *, language: str | None = None
) -> PushSubscription:
    """Let tips appear in a browser. It counts as the person's latest word: oO writes where it heard from them
    last. ``language``: IETF tag, of the page.
    """

    async def whose(unit: Unit) -> list[str]:
        """The person, and who had the same browser before."""
        before = await unit.push_subscriptions.at(offered.endpoint)
        return [person.person_id, *([before.person_id] if before else ())]

    async with begin_about(deps.store, whose) as unit:
        before = await unit.push_subscriptions.at(offered.endpoint)
        added = _subscription(person.person_id, offered, deps)
        if before and before.person_id == person.person_id:
            added = replace(added, subscription_id=before.subscription_id, created_at=before.created_at)
        await _put(unit, added)
        await _make_room(unit, person.person_id)
        await _open_account(unit, person, language, deps)
    return added


async def unsubscribe(person: Person, subscription_id: str, deps: Dependencies) -> bool:
    """No tips in that browser any more. False if the person has no such browser."""
    async with deps.store.begin(person.person_id) as unit:
        mine = [one.subscription_id for one in await unit.push_subscriptions.of(person.person_id)]
        if subscription_id not in mine:
            return False
        await unit.push_subscriptions.remove(subscription_id)
        await _close_without_browsers(unit, person.person_id)
        return True


async def renew(
    endpoint: str, auth: str, offered: OfferedSubscription, deps: Dependencies
) -> PushSubscription | None:
    """The push service gave a browser another address. Whoever knows the old one and its secret is that
    browser. None if there is no such browser.
    """

    async def whose(unit: Unit) -> list[str]:
        known = [await unit.push_subscriptions.at(one) for one in (endpoint, offered.endpoint)]
        return [one.person_id for one in known if one]

    async with begin_about(deps.store, whose) as unit:
        before = await unit.push_subscriptions.at(endpoint)
        known = before.auth.rstrip("=") if before else ""
        if before is None or not hmac.compare_digest(known.encode(), auth.rstrip("=").encode()):
            return None
        renewed = replace(before, endpoint=offered.endpoint, p256dh=offered.p256dh, auth=offered.auth)
        await _put(unit, renewed)
        return renewed


async def remove_again(unit: Unit, person_id: str, has_ended: Callable[[str], bool]) -> int:
    """Forget the person's browsers whose id ``has_ended``, in a restored database; returns how many."""
    ended = [one for one in await unit.push_subscriptions.of(person_id) if has_ended(one.subscription_id)]
    for one in ended:
        await unit.push_subscriptions.remove(one.subscription_id)
    if ended:
        await _close_without_browsers(unit, person_id)
    return len(ended)


class KnownBrowsers:
    """The browsers behind the addresses of accounts: what the channel asks for when it sends."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    async def at(self, address: str) -> tuple[PushSubscription, ...]:
        """The browsers of the person who has the account with that address."""
        async with self._deps.store.read() as unit:
            account = await unit.people.account(Channel.WEB, address)
            return await unit.push_subscriptions.of(account.person_id) if account else ()

    async def delivered(self, subscription: PushSubscription) -> None:
        """Note that a message was accepted for a browser."""
        async with self._deps.store.begin(subscription.person_id) as unit:
            await unit.push_subscriptions.delivered(subscription.subscription_id, self._deps.clock.now())

    async def gone(self, subscription: PushSubscription) -> None:
        """Forget a browser that has ended its subscription, unless that was renewed meanwhile."""
        async with self._deps.store.begin(subscription.person_id) as unit:
            known = await unit.push_subscriptions.at(subscription.endpoint)
            if known and known.subscription_id == subscription.subscription_id:
                await unit.push_subscriptions.remove(known.subscription_id)
                await _close_without_browsers(unit, known.person_id)


def _subscription(person_id: str, offered: OfferedSubscription, deps: Dependencies) -> PushSubscription:
    return PushSubscription(
        subscription_id=deps.random.new_id(),
        person_id=person_id,
        endpoint=offered.endpoint,
        p256dh=offered.p256dh,
        auth=offered.auth,
        browser=offered.browser,
        created_at=deps.clock.now(),
    )


async def _put(unit: Unit, subscription: PushSubscription) -> None:
    """Store it; whoever had that browser before has it no longer."""
    before = await unit.push_subscriptions.at(subscription.endpoint)
    if before and before.subscription_id != subscription.subscription_id:
        await unit.push_subscriptions.remove(before.subscription_id)
    await unit.push_subscriptions.put(subscription)
    if before and before.person_id != subscription.person_id:
        await _close_without_browsers(unit, before.person_id)


async def _make_room(unit: Unit, person_id: str) -> None:
    for one in (await unit.push_subscriptions.of(person_id))[:-MAX_BROWSERS]:
        await unit.push_subscriptions.remove(one.subscription_id)


async def _open_account(unit: Unit, person: Person, language: str | None, deps: Dependencies) -> None:
    accounts = await _accounts(unit, person.person_id)
    if not accounts:
        place = deps.random.new_id()
        sender = Sender(channel=Channel.WEB, external_id=place, address=place, language=language)
        await join_account(unit, sender, await unit.people.get(person.person_id), deps)
    for one in accounts:
        await unit.people.save_account(replace(one, reachable=True, last_seen_at=deps.clock.now()))


async def _close_without_browsers(unit: Unit, person_id: str) -> None:
    """Somebody without a browser can't be reached in one."""
    if await unit.push_subscriptions.of(person_id):
        return
    for one in await _accounts(unit, person_id):
        await unit.people.save_account(replace(one, reachable=False))


async def _accounts(unit: Unit, person_id: str) -> list[Account]:
    """One; two if two people became one, and then both mean all browsers."""
    return [one for one in await unit.people.accounts(person_id) if one.channel is Channel.WEB]
