"""An address for mails: asked for within limits, confirmed once, ended at once; nobody learns of others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.chat import Channel, Line, Message, Sender, Span
from core.errors import NotSent, SendFailed, SendRejected, SendUnknown, Unreachable
from core.people.access import recognise, refresh_account
from core.people.linking import in_groups
from core.people.mail import (
    MAX_REQUESTS,
    Asked,
    Confirmed,
    ask_to_confirm,
    asked_address,
    confirm_by_link,
    confirm_typed,
    disconnect,
    forget_requests,
    language_there,
    mail_account,
)
from core.people.mail_endings import end_again, unsubscribe
from core.people.privacy import forget
from core.people.unlinking import unlink
from core.ports import Messengers
from core.records import Account, Consent, DeliveryState, Person
from core.signing import Signer
from core.store import Store
from core.vault import vault_key
from tests.core.outsiders import Phone
from tests.core.worlds import DAY, Scene, account, scene

ADDRESS = "ann@example.org"


@dataclass(slots=True)
class Letters:
    """What is sent; the codes are kept."""

    codes: list[str] = field(default_factory=list)

    def confirm(self, code: str) -> Message:
        self.codes.append(code)
        return Message(lines=(Line(spans=(Span(text=f"confirm {code}"),)),))

    def taken(self) -> Message:
        return Message(lines=(Line(spans=(Span(text="taken"),)),))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """People who may get mails."""

    here: Scene
    mail: Phone
    letters: Letters = field(default_factory=Letters)

    async def account(self, name: str) -> Account:
        return account(name, self.here.clock.now())

    async def ask(self, name: str = "ada", address: str = ADDRESS) -> Asked:
        person, asked_on = await self.here.stored(name), await self.account(name)
        return await ask_to_confirm(person, asked_on, address, self.letters, self.here.deps)

    async def connect(self, name: str = "ada", address: str = ADDRESS) -> Account:
        """Ask and confirm; the account."""
        assert await self.ask(name, address) is Asked.SENT
        outcome = await confirm_by_link(self.letters.codes[-1], self.here.deps)
        assert outcome.result is Confirmed.DONE
        found = await mail_account(await self.here.stored(name), self.here.deps)
        assert found
        return found


def _sender(account: Account) -> Sender:
    return Sender(channel=account.channel, external_id=account.external_id, address=account.address)


@pytest.fixture
async def world(either: Store) -> World:
    plain, mail = scene(either), Phone()
    messengers = Messengers(by_channel={Channel.TELEGRAM: plain.phone, Channel.EMAIL: mail})
    signer = Signer([vault_key(bytes(range(32)))])
    here = replace(plain, deps=replace(plain.deps, messengers=messengers, signer=signer))
    await here.person()
    await here.person("bob")
    return World(here=here, mail=mail)


async def test_an_address_is_connected_by_the_code_in_its_mail(world: World) -> None:
    assert await world.ask() is Asked.SENT
    (shown,) = world.mail.shown
    assert (shown.address, shown.message.text) == (ADDRESS, f"confirm {world.letters.codes[0]}")
    ada, deps = await world.here.stored(), world.here.deps
    assert await mail_account(ada, deps) is None
    waiting = await asked_address(world.letters.codes[0], deps)
    assert waiting
    assert waiting.address == ADDRESS
    outcome = await confirm_typed(ada, f" {in_groups(world.letters.codes[0]).lower()} ", deps)
    assert (outcome.result, outcome.address) == (Confirmed.DONE, ADDRESS)
    assert outcome.asked_on
    assert outcome.asked_on.channel is Channel.TELEGRAM
    found = await mail_account(ada, deps)
    assert found
    assert (found.address, found.external_id, found.reachable) == (ADDRESS, ADDRESS, True)
    assert (await world.here.stored()).preferences.channel is Channel.EMAIL
    assert (await confirm_typed(ada, world.letters.codes[0], deps)).result is Confirmed.WRONG
    assert await world.ask() is Asked.ALREADY


async def test_a_code_confirms_for_whoever_asked_and_for_a_day(world: World) -> None:
    await world.ask()
    bob, deps = await world.here.stored("bob"), world.here.deps
    assert (await confirm_typed(bob, world.letters.codes[0], deps)).result is Confirmed.WRONG
    world.here.clock.move(days=1)
    assert await asked_address(world.letters.codes[0], deps) is None
    assert (await confirm_by_link(world.letters.codes[0], deps)).result is Confirmed.WRONG
    assert (await confirm_by_link("0" * 13, deps)).result is Confirmed.WRONG
    assert world.here.phone.shown == []


async def test_only_the_latest_code_works(world: World) -> None:
    await world.ask(address="old@example.org")
    await world.ask()
    deps = world.here.deps
    assert (await confirm_by_link(world.letters.codes[0], deps)).result is Confirmed.WRONG
    assert (await confirm_by_link(world.letters.codes[1], deps)).address == ADDRESS


async def test_of_two_who_confirm_at_once_one_does(world: World) -> None:
    await world.ask()
    (code,) = world.letters.codes
    outcomes = await asyncio.gather(*(confirm_by_link(code, world.here.deps) for _ in range(5)))
    assert sorted(one.result for one in outcomes) == [Confirmed.DONE, *[Confirmed.WRONG] * 4]


async def test_nobody_floods_an_address_and_no_answer_tells_that_others_asked(world: World) -> None:
    for _ in range(MAX_REQUESTS):
        assert await world.ask() is Asked.SENT
    assert await world.ask(address="else@example.org") is Asked.TOO_OFTEN
    assert await world.ask("bob", "ANN@example.org") is Asked.SENT
    assert len(world.mail.shown) == MAX_REQUESTS
    world.here.clock.move(hours=23)
    assert await world.ask() is Asked.TOO_OFTEN
    world.here.clock.move(hours=1, seconds=1)
    assert await world.ask() is Asked.SENT
    assert len(world.mail.shown) == MAX_REQUESTS + 1


async def test_whoever_leaves_and_comes_back_floods_no_address_either(world: World) -> None:
    for _ in range(MAX_REQUESTS):
        await world.ask()
    await forget(await world.here.stored(), world.here.deps)
    await world.here.person("new")
    assert await world.ask("new") is Asked.SENT
    assert len(world.mail.shown) == MAX_REQUESTS


async def test_whose_address_it_is_only_its_mailbox_learns(world: World) -> None:
    await world.connect("bob")
    assert await world.ask("ada", "Ann@example.org") is Asked.SENT
    assert world.mail.lines[-1] == "taken"
    assert len(world.letters.codes) == 1


async def test_an_address_that_becomes_somebody_elses_meanwhile_stays_theirs(world: World) -> None:
    await world.ask("ada")
    mine = world.letters.codes[-1]
    theirs = await world.connect("bob")
    assert (await confirm_by_link(mine, world.here.deps)).result is Confirmed.TAKEN
    assert await mail_account(await world.here.stored("bob"), world.here.deps) == theirs
    assert await mail_account(await world.here.stored(), world.here.deps) is None


@pytest.mark.parametrize(
    ("fault", "expected", "works"),
    [
        (NotSent("down"), Asked.LATER, False),
        (Unreachable("550"), Asked.REFUSED, False),
        (SendRejected("554"), Asked.REFUSED, False),
        (SendUnknown("lost"), Asked.SENT, True),
    ],
)
async def test_a_code_that_was_not_sent_does_not_work(
    world: World, fault: SendFailed, expected: Asked, works: bool
) -> None:
    world.mail.faults = [fault]
    assert await world.ask() is expected
    assert (await asked_address(world.letters.codes[0], world.here.deps) is not None) is works


async def test_another_address_takes_the_place_of_the_first(world: World) -> None:
    await world.connect()
    second = await world.connect(address="new@example.org")
    async with world.here.deps.store.read() as unit:
        accounts = await unit.people.accounts("ada")
    assert [one for one in accounts if one.channel is Channel.EMAIL] == [second]


async def test_disconnecting_forgets_the_address_and_what_waits_goes_to_the_chat(world: World) -> None:
    await world.connect()
    await world.here.task("Water the ferns")
    world.mail.faults = [NotSent("greylisted")]
    decision = await world.here.slot()
    waiting = await world.here.delivery(decision)
    assert waiting.state is DeliveryState.RESERVED
    deps = world.here.deps
    assert await disconnect(await world.here.stored(), deps) == [ADDRESS]
    assert (await world.here.delivery(decision)).account_id == "telegram-ada"
    assert (await world.here.stored()).preferences.channel is None
    assert await disconnect(await world.here.stored(), deps) == []
    async with deps.store.read() as unit:
        assert ADDRESS not in str(await unit.people.everything("ada"))


async def test_unsubscribing_ends_the_mails_and_an_old_link_begins_none(world: World) -> None:
    mail = await world.connect()
    deps = world.here.deps
    assert await unsubscribe(mail.account_id, deps)
    assert await unsubscribe(mail.account_id, deps)
    assert not await unsubscribe("telegram-ada", deps)
    assert not await unsubscribe("nobody", deps)
    ended = await mail_account(await world.here.stored(), deps)
    assert ended
    assert not ended.reachable
    assert (await world.here.stored()).preferences.channel is None
    person, sender = await world.here.stored(), _sender(ended)
    known = await recognise(sender, deps)
    assert known
    assert not (await refresh_account(known, sender, deps)).account.reachable
    assert person.consent is Consent.AGREED
    world.here.clock.move(days=2)
    again = await world.connect()
    assert again.reachable
    assert (await world.here.kinds()).count("account.unsubscribed") == 1


async def test_pushes_go_by_mail_and_to_the_chat_once_they_have_ended(world: World) -> None:
    await world.here.task("Water the ferns")
    mail = await world.connect()
    decision = await world.here.slot()
    assert world.mail.lines[-1] == "Water the ferns"
    envelope = world.mail.shown[-1].message.envelope
    assert envelope
    delivery = await world.here.delivery(decision)
    assert (envelope.delivery_id, envelope.account_id) == (delivery.delivery_id, mail.account_id)
    await world.here.task("Pay rent")
    world.mail.faults = [Unreachable("550 5.1.1")]
    await world.here.slot("2027-06-14 13:00")
    ended = await mail_account(await world.here.stored(), world.here.deps)
    assert ended
    assert not ended.reachable
    await world.here.slot("2027-06-14 18:30")
    assert len(world.here.phone.shown) == 1


async def test_an_account_without_a_chat_can_be_neither_left_nor_the_only_one(world: World) -> None:
    mail = await world.connect()
    ada: Person = await world.here.stored()
    assert await unlink(ada, mail.account_id, world.here.deps, copies=False) is None
    assert await unlink(ada, "telegram-ada", world.here.deps, copies=False) is None


async def test_old_requests_and_addresses_that_nobody_confirmed_are_forgotten(world: World) -> None:
    await world.ask()
    deps = world.here.deps
    async with deps.store.begin() as unit:
        assert await forget_requests(unit, world.here.clock.now()) == 0
        assert await forget_requests(unit, world.here.clock.now() + DAY + timedelta(seconds=1)) == 3
        assert await unit.connecting.of("ada", "email") == ()


async def test_deleting_everything_takes_the_address_along(world: World) -> None:
    await world.connect()
    await world.ask("bob", "bob@example.org")
    for name in ("ada", "bob"):
        await forget(await world.here.stored(name), world.here.deps)
    assert (await confirm_by_link(world.letters.codes[-1], world.here.deps)).result is Confirmed.WRONG
    async with world.here.deps.store.read() as unit:
        assert await unit.people.account(Channel.EMAIL, ADDRESS) is None


async def test_the_code_of_somebody_who_does_not_agree_any_more_is_good_for_nothing(world: World) -> None:
    assert await world.ask() is Asked.SENT
    code = world.letters.codes[-1]
    found = await asked_address(code, world.here.deps)
    assert found is not None
    assert found.address == ADDRESS
    await world.here.decline()
    assert await asked_address(code, world.here.deps) is None
    assert (await confirm_by_link(code, world.here.deps)).result is Confirmed.WRONG
    assert await mail_account(await world.here.stored(), world.here.deps) is None


async def test_without_a_signer_no_mail_is_asked_for(world: World) -> None:
    unsigned = replace(world, here=replace(world.here, deps=replace(world.here.deps, signer=None)))
    with pytest.raises(LookupError):
        await unsigned.ask()
    assert world.mail.shown == []


async def test_a_mail_is_in_the_language_of_the_account_that_it_goes_to(world: World) -> None:
    connected = await world.connect()
    deps = world.here.deps
    assert await language_there(connected.account_id, deps) is None
    async with deps.store.begin() as unit:
        await unit.people.save_account(replace(connected, language="fr"))
    assert await language_there(connected.account_id, deps) == "fr"
    assert await language_there("nobody's", deps) is None


async def test_in_a_restored_database_mails_that_had_ended_end_again(world: World) -> None:
    connected = await world.connect()
    deps = world.here.deps
    async with deps.store.begin() as unit:
        ada = await unit.people.get("ada")
        await unit.people.save(replace(ada, preferences=replace(ada.preferences, channel=Channel.EMAIL)))
        assert await end_again(unit, "ada", lambda account_id: False) == 0
        assert (await unit.people.get("ada")).preferences.channel is Channel.EMAIL
        assert await end_again(unit, "ada", lambda account_id: account_id == connected.account_id) == 1
    assert await mail_account(await world.here.stored(), deps) is None
    assert (await world.here.stored()).preferences.channel is None
