"""Whoever gets no mails any more is told so in a chat, once, and when oO may write."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.chat import Button, Channel, Line, Message, Span
from core.people.mail_endings import unsubscribe
from core.people.preferences import change, pause
from core.ports import Messengers
from core.records import Account, Person
from core.scheduling.pauses import without_pauses
from jobs.mail_notices import tell_ended
from jobs.notices import say
from tests.core.outsiders import Phone
from tests.core.worlds import DAY, Scene, account, scene
from tests.fakes.store import FakeStore
from tests.jobs.idle import watched


def said(ended: Account, person: Person, by_link: bool) -> Message:
    return Message(lines=(Line(spans=(Span(text=f"{ended.address} {person.person_id} {by_link}"),)),))


@pytest.fixture
async def here() -> Scene:
    plain = scene(FakeStore())
    messengers = Messengers(by_channel={Channel.TELEGRAM: plain.phone, Channel.EMAIL: Phone()})
    found = replace(plain, deps=replace(plain.deps, messengers=messengers))
    await found.person()
    await with_mail(found)
    return found


async def with_mail(here: Scene, account_id: str = "mail", *, reachable: bool = True) -> None:
    mail = replace(
        account("ada", here.clock.now()),
        account_id=account_id,
        channel=Channel.EMAIL,
        external_id=f"{account_id}@x.org",
        address=f"{account_id}@x.org",
        reachable=reachable,
    )
    async with here.deps.store.begin() as unit:
        await unit.people.save_account(mail)


async def test_nothing_is_said_while_mails_go_out(here: Scene) -> None:
    assert await tell_ended(here.deps, said) == 0
    assert here.phone.lines == []


async def test_who_ended_the_mails_is_told_once(here: Scene) -> None:
    await unsubscribe("mail", here.deps)
    assert [await tell_ended(here.deps, said) for _ in range(3)] == [1, 0, 0]
    assert here.phone.lines == ["mail@x.org ada True"]


async def test_who_was_refused_by_the_server_is_told_once(here: Scene) -> None:
    await with_mail(here, reachable=False)
    assert [await tell_ended(here.deps, said) for _ in range(3)] == [1, 0, 0]
    assert here.phone.lines == ["mail@x.org ada False"]


async def test_of_two_addresses_each_is_told_about_once(here: Scene) -> None:
    """Two people with mails have become one."""
    await with_mail(here, "another", reachable=False)
    await unsubscribe("mail", here.deps)
    assert [await tell_ended(here.deps, said) for _ in range(3)] == [2, 0, 0]
    assert sorted(here.phone.lines) == ["another@x.org ada False", "mail@x.org ada True"]


async def test_it_waits_for_the_end_of_a_pause(here: Scene) -> None:
    await unsubscribe("mail", here.deps)
    ada = await here.stored()
    await change(ada, here.deps, pause(here.clock.now() + DAY), what="pause")
    assert await tell_ended(here.deps, said) == 0
    await change(ada, here.deps, without_pauses, what="resume")
    assert await tell_ended(here.deps, said) == 1


@pytest.mark.parametrize("state", ["told", "paused"])
async def test_nothing_is_written_where_nobody_is_to_be_told(here: Scene, state: str) -> None:
    await unsubscribe("mail", here.deps)
    if state == "paused":
        await change(await here.stored(), here.deps, pause(here.clock.now() + DAY), what="pause")
    await tell_ended(here.deps, said)
    here, store = watched(here)
    assert await tell_ended(here.deps, said) == 0
    assert store.begun == 0


async def test_runs_at_the_same_moment_tell_it_once(here: Scene) -> None:
    await unsubscribe("mail", here.deps)
    told = await asyncio.gather(*(tell_ended(here.deps, said) for _ in range(3)))
    assert sorted(told) == [0, 0, 1]


async def test_it_waits_for_a_chat(here: Scene) -> None:
    await unsubscribe("mail", here.deps)
    async with here.deps.store.begin() as unit:
        await unit.people.save_account(replace(account("ada", here.clock.now()), reachable=False))
    assert await tell_ended(here.deps, said) == 0


async def test_a_notice_by_mail_can_be_unsubscribed_from(here: Scene) -> None:
    async with here.deps.store.read() as unit:
        mail = await unit.people.account_with("mail")
    assert mail is not None
    button = Button(label="Reconnect", verb="reconnect")
    await say(mail, Message(lines=(), buttons=((button,),)), here.deps)
    await say(mail, Message(lines=()), here.deps)
    phone = here.deps.messengers[Channel.EMAIL]
    assert isinstance(phone, Phone)
    first, second = (one.message for one in phone.shown)
    assert first.buttons[0][0].token
    assert first.envelope
    assert second.envelope
    assert first.envelope.account_id == "mail"
    assert first.envelope.delivery_id != second.envelope.delivery_id
