"""Two people with histories become one: nothing is lost, and nothing counts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from core.chat import Channel, Sender
from core.delivery.reactions import react
from core.integrations.states import connected
from core.integrations.stored_tokens import Tokens, dump
from core.learning.model_state import POPULATION, deserialize, serialize
from core.learning.refit import cache_observations, rebuild_from_log, refresh_if_due
from core.people.connecting import pending_key
from core.people.connections import confirm
from core.people.consents import AT_THE_START
from core.people.linking import Linked, link, link_code, link_surely
from core.people.merging import Merged
from core.people.privacy import forget
from core.records import (
    CalendarEvent,
    CalendarProvider,
    Consent,
    Due,
    NotificationState,
    PendingConnection,
    Preferences,
    Purpose,
    ReactionKind,
    ReminderKind,
    Signal,
    Speaker,
    Spending,
    TalkTurn,
    Task,
    TaskSource,
    TaskState,
    TokenStatus,
)
from core.store import Store
from core.tasks.reminders import remind_of
from core.vault import Vault, vault_key
from tests.core.histories import days, lived, two_sided
from tests.core.outsiders import NOW
from tests.core.providers import Provider
from tests.core.worlds import DAY, HOUR, Scene, scene
from tests.fakes.cipher import FakeCipher, open_vault
from tests.fakes.store import FakeStore

BOB = Sender(channel=Channel.TELEGRAM, external_id="bob", address="chat-bob")


@pytest.fixture
def here(either: Store) -> Scene:
    return scene(either, todoist=True)


async def two(here: Scene, **bob: object) -> None:
    """Ada and Bob, who are one and the same."""
    await here.person()
    await here.person("bob", **bob)


async def joined(here: Scene) -> Merged:
    """Bob's account becomes Ada's. Returns what did not come along."""
    outcome = await link(BOB, await link_code(await here.stored(), here.deps), here.deps)
    if outcome.result is Linked.ASK:
        outcome = await link_surely(BOB, outcome.code_hash, here.deps)
    assert outcome.result is Linked.JOINED
    assert outcome.merged
    return outcome.merged


async def mirrored(here: Scene, person_id: str, external_id: str, **fields: object) -> Task:
    """The copy of a task in Todoist."""
    task = Task(
        task_id=here.todoist.task_id(person_id, external_id),
        person_id=person_id,
        title=external_id,
        created_at=here.clock.now() - DAY,
        source=TaskSource.TODOIST,
        external_id=external_id,
        **fields,  # type: ignore[arg-type]
    )
    async with here.deps.store.begin() as unit:
        await unit.tasks.put(task)
    return task


async def test_the_model_is_that_of_one_person_who_got_every_reward_once(here: Scene) -> None:
    await two(here)
    now = here.clock.now()
    await lived(here.deps.store, now, two_sided())
    await lived(here.deps.store, now, days(2, *[Signal.DONE] * 5, *[Signal.SILENCE] * 3), "bob")
    expected = await here.replayed("ada", "bob")

    await joined(here)

    assert await here.model_of("ada") == expected == await here.replayed("ada")
    assert await here.model_of() == expected  # and so is the population, of which they are one part
    async with here.deps.store.read() as unit:
        assert await unit.learning.read("bob") == {}
        stored = await unit.learning.read("ada", POPULATION)
    cache = await cache_observations(here.deps)
    async with here.deps.store.begin() as unit:
        await rebuild_from_log(unit, now, cache)
        assert (await unit.learning.read("ada"))["ada"] == stored["ada"]


async def test_what_only_one_shares_leaves_the_population(here: Scene) -> None:
    await two(here)
    await here.person("eve")
    for name in ("ada", "bob", "eve"):
        await lived(here.deps.store, here.clock.now(), days(1, Signal.DONE, Signal.SILENCE), name)
    await here.allow(Purpose.POPULATION, granted=False, person_id="bob")

    merged = await joined(here)

    assert merged.refused == (Purpose.POPULATION,)
    assert await here.model_of("ada") == await here.replayed("ada")
    await forget(await here.stored(), here.deps)
    assert await here.model_of() == await here.replayed("eve")


async def test_deletion_afterwards_leaves_a_model_that_saw_neither(here: Scene) -> None:
    await two(here)
    await here.person("eve")
    for name in ("ada", "bob", "eve"):
        await lived(here.deps.store, here.clock.now(), days(1, Signal.DONE, Signal.SILENCE), name)
    await joined(here)
    await forget(await here.stored(), here.deps)
    assert await here.model_of() == await here.replayed("eve")


async def test_tasks_are_there_once(here: Scene) -> None:
    await two(here)
    for name in ("ada", "bob"):
        await here.task(f"Feed {name}'s cat", name)
        await mirrored(here, name, "rent")
    other = await mirrored(here, "bob", "taxes")

    await joined(here)

    async with here.deps.store.read() as unit:
        found = await unit.tasks.open("ada")
        assert await unit.tasks.open("bob") == ()
    assert sorted(task.title for task in found) == ["Feed ada's cat", "Feed bob's cat", "rent", "taxes"]
    assert here.todoist.task_id("ada", "taxes") in {task.task_id for task in found}
    assert other.task_id not in {task.task_id for task in found}


async def test_what_was_about_a_copy_is_about_the_one_that_stays(here: Scene) -> None:
    await two(here)
    task = await mirrored(here, "bob", "rent", due=Due(on=here.clock.now().date() + DAY, at=time(12)))
    async with here.deps.store.begin() as unit:
        assert await remind_of(unit, task, here.deps)
    await here.slot()
    decision = await here.latest("bob")
    assert decision.tip
    assert decision.tip.task_id == task.task_id

    await joined(here)

    new = here.todoist.task_id("ada", "rent")
    async with here.deps.store.read() as unit:
        stored = await unit.decisions.stored_tip(decision.decision_id)
        (reminder,) = await unit.reminders.of_person("ada")
    assert stored.task
    assert stored.task.task_id == stored.decision.tip.task_id == reminder.task_id == new  # type: ignore[union-attr]
    assert reminder.reminder_id == f"asked-{new}"
    assert reminder.next_at


async def test_the_cap_counts_over_both(here: Scene) -> None:
    await two(here)
    await here.task("Water the ferns")
    await here.task("Feed the cat", "bob")
    await here.slot()
    start = here.clock.now() - HOUR

    await joined(here)

    async with here.deps.store.read() as unit:
        assert len(await unit.decisions.proactive_messages("ada", start, here.clock.now() + HOUR)) == 2
        assert len((await unit.decisions.past_slots("ada", start)).served) == 1


async def test_settings_are_those_of_who_made_the_code(here: Scene) -> None:
    await here.person(preferences={"cap": 5, "muted": ("tv",)})
    await here.person("bob", preferences={"cap": 1, "muted": ("sport",), "brief": time(8)}, zone="Asia/Tokyo")
    await joined(here)
    ada = await here.stored()
    assert ada.preferences == replace(Preferences(), cap=5, muted=("sport", "tv"))
    assert ada.zone == "Europe/Berlin"
    async with here.deps.store.read() as unit:
        kinds = [one.kind for one in await unit.reminders.of_person("ada")]
    assert ReminderKind.BRIEF not in kinds


async def test_only_what_both_allowed_is_allowed_and_the_log_has_both_histories(here: Scene) -> None:
    await two(here, consent=Consent.ASKED, allowed=())
    await here.agree("bob")
    await here.allow(Purpose.TALK, person_id="bob")
    await here.allow(Purpose.LEARNING, granted=False)

    merged = await joined(here)

    ada = await here.stored()
    both = tuple(one for one in AT_THE_START if one is not Purpose.LEARNING)
    assert ada.allowed == both
    assert set(merged.refused) == {Purpose.LEARNING, Purpose.TALK}
    async with here.deps.store.read() as unit:
        log = await unit.consents.of("ada")
    latest = {entry.purpose: entry.granted for entry in log}
    assert {purpose for purpose, granted in latest.items() if granted} == set(both)
    assert [entry.granted for entry in log if entry.purpose is Purpose.LEARNING] == [False, True, False]


async def test_what_both_allowed_to_be_kept_is_kept_and_what_one_refused_is_forgotten(here: Scene) -> None:
    kept = (*AT_THE_START, Purpose.TALK, Purpose.CALENDAR, Purpose.NOTIFICATIONS)
    for allowed, is_kept in ((kept, True), (AT_THE_START, False)):
        here = scene(FakeStore(), todoist=True)
        await here.person(allowed=kept)
        await here.person("bob", allowed=allowed)
        now = here.clock.now()
        event = CalendarEvent(starts_at=now, ends_at=now + HOUR, is_busy=True, title="Budget")
        turn = TalkTurn(person_id="ada", speaker=Speaker.PERSON, text="hello", said_at=now)
        state = NotificationState(
            account_id="telegram-ada", person_id="ada", read_at=now, expires_at=now + HOUR
        )
        async with here.deps.store.begin() as unit:
            await unit.turns.add([turn])
            await unit.calendar.replace("ada", CalendarProvider.FEED, [event])
            await unit.notifications.put(state)
        await joined(here)
        async with here.deps.store.read() as unit:
            (meeting,) = await unit.calendar.between("ada", now, now + HOUR)
            said = await unit.turns.latest("ada", now - HOUR, 9)
            states = await unit.notifications.of("ada")
        assert (meeting.title is not None, bool(said), bool(states)) == (is_kept,) * 3


async def test_somebody_who_was_never_asked_takes_nothing_away(here: Scene) -> None:
    await two(here, consent=Consent.ASKED, allowed=())
    assert (await joined(here)).refused == ()
    assert (await here.stored()).allowed == AT_THE_START


async def test_spending_is_added_up(here: Scene) -> None:
    await two(here)
    today, one = here.clock.now().date(), Spending(calls=1, tokens=10, micros=100)
    async with here.deps.store.begin() as unit:
        for name in ("ada", "bob", "bob"):
            await unit.spending.add(today, name, one)
        await unit.spending.add(today - DAY, "bob", one)
    await joined(here)
    async with here.deps.store.read() as unit:
        assert await unit.spending.of(today, "ada") == Spending(calls=3, tokens=30, micros=300)
        assert await unit.spending.of(today - DAY, "ada") == one
        assert await unit.spending.of(today, None) == Spending(calls=3, tokens=30, micros=300)


# --- Connections -------------------------------------------------------------------------------------------


def secured(here: Scene) -> Scene:
    vault = Vault(FakeCipher(), [vault_key(bytes(range(32)))])
    return replace(here, deps=replace(here.deps, vault=vault))


async def connect(here: Scene, name: str, *, account: str, token: str, **fields: object) -> None:
    at = here.clock.now()
    async with here.deps.store.begin() as unit:
        found = connected(name, "todoist", at, account_id=account, account_name=account)
        await unit.integrations.put(replace(found, **fields))  # type: ignore[arg-type]
        secret = dump(Tokens(access=token, refresh=None, expires_at=None))
        await here.deps.vault.put(unit, name, "todoist", secret)


async def token_of(here: Scene, name: str) -> str | None:
    async with here.deps.store.read() as unit:
        return await here.deps.vault.get(unit, name, "todoist")


async def test_a_secret_is_sealed_for_the_person_who_stays(here: Scene) -> None:
    here = secured(here)
    await two(here)
    await connect(here, "bob", account="bob@example.org", token="bob's")
    merged = await joined(here)
    assert merged.ended == ()
    assert "bob's" in (await token_of(here, "ada") or "")
    async with here.deps.store.read() as unit:
        assert await unit.secrets.keys("bob") == ()
        assert (await unit.integrations.get("ada", "todoist")).status is TokenStatus.CONNECTED  # type: ignore[union-attr]


@pytest.mark.parametrize("older", ["ada", "bob"])
async def test_of_two_accounts_at_one_provider_the_older_connection_stays(here: Scene, older: str) -> None:
    here = secured(here)
    await two(here)
    newer = "bob" if older == "ada" else "ada"
    for name in (older, newer):
        await connect(here, name, account=f"{name}@example.org", token=f"{name}'s")
        await mirrored(here, name, f"{name}'s rent")
        here.clock.move(minutes=1)

    merged = await joined(here)

    assert [one.account_name for one in merged.ended] == [f"{newer}@example.org"]
    assert f"{older}'s" in (await token_of(here, "ada") or "")
    async with here.deps.store.read() as unit:
        assert [task.title for task in await unit.tasks.open("ada")] == [f"{older}'s rent"]
        (status,) = await unit.integrations.of("ada")
    assert status.account_name == f"{older}@example.org"


async def test_the_access_of_the_connection_that_ends_is_ended_at_the_provider(here: Scene) -> None:
    provider, here = Provider(), secured(here)
    here = replace(here, deps=replace(here.deps, oauth={TaskSource.TODOIST: provider}))
    await two(here)
    for name in ("ada", "bob"):
        await connect(here, name, account=name, token=f"{name}'s")
        here.clock.move(minutes=1)
    assert len((await joined(here)).revocations) == 1
    assert provider.ended == [("bob's", None)]
    assert "ada's" in (await token_of(here, "ada") or "")


@pytest.mark.parametrize("trouble", ["no secret", "no key", "no tokens in it"])
async def test_access_that_can_not_be_read_does_not_keep_two_apart(here: Scene, trouble: str) -> None:
    provider, here = Provider(), secured(here)
    here = replace(here, deps=replace(here.deps, oauth={TaskSource.TODOIST: provider}))
    await two(here)
    await connect(here, "ada", account="a", token="ada's")
    here.clock.move(minutes=1)
    await connect(here, "bob", account="b", token="bob's")
    async with here.deps.store.begin() as unit:
        if trouble == "no secret":
            await here.deps.vault.remove(unit, "bob", "todoist")
        elif trouble == "no key":
            await open_vault(2).put(unit, "bob", "todoist", "sealed by a key that is gone")
        else:
            await here.deps.vault.put(unit, "bob", "todoist", "no tokens")
    merged = await joined(here)
    assert [one.account_name for one in merged.ended] == ["b"]
    assert (merged.revocations, provider.ended) == ((), [])
    assert "ada's" in (await token_of(here, "ada") or "")


async def test_without_a_key_the_end_of_an_access_can_not_wait_for_the_provider(here: Scene) -> None:
    provider = Provider()
    locked = replace(here, deps=replace(here.deps, oauth={TaskSource.TODOIST: provider}))
    here = secured(here)
    await two(here)
    for name in ("ada", "bob"):
        await connect(here, name, account=name, token=f"{name}'s")
        here.clock.move(minutes=1)
    assert (await joined(locked)).revocations == ()
    assert provider.ended == []


async def test_a_link_of_either_can_still_be_confirmed_afterwards(here: Scene) -> None:
    provider, here = Provider(), secured(here)
    here = replace(here, deps=replace(here.deps, oauth={TaskSource.TODOIST: provider}))
    await two(here)
    now, key = here.clock.now(), pending_key("todoist", "answered")
    async with here.deps.store.begin() as unit:
        for name, answered_at in (("answered", now), ("open", None)):
            pending = PendingConnection(
                state_hash=name,
                person_id="bob",
                provider="todoist",
                account_id="telegram-bob",
                created_at=now,
                answered_at=answered_at,
            )
            await unit.connecting.put(pending)
        await here.deps.vault.put(unit, "bob", key, dump(Tokens(access="bob's")))
    await joined(here)
    connection = await confirm(await here.stored(), "answered", TaskSource.TODOIST, here.deps)
    assert connection
    assert connection.person_id == "ada"
    assert "bob's" in (await token_of(here, "ada") or "")
    async with here.deps.store.read() as unit:
        (left,) = await unit.connecting.of("ada", "todoist")
    assert (left.state_hash, left.answered_at) == ("open", None)


async def test_a_connection_that_works_beats_an_older_one_that_does_not(here: Scene) -> None:
    here = secured(here)
    await two(here)
    await connect(here, "ada", account="a", token="ada's", status=TokenStatus.REVOKED)
    here.clock.move(minutes=1)
    await connect(here, "bob", account="b", token="bob's")
    await joined(here)
    assert "bob's" in (await token_of(here, "ada") or "")


async def test_one_account_connected_twice_is_connected_once(here: Scene) -> None:
    here = secured(here)
    await two(here)
    for name in ("ada", "bob"):
        await connect(here, name, account="me", token=f"{name}'s")
        await mirrored(here, name, "rent")
    merged = await joined(here)
    assert merged.ended == ()
    async with here.deps.store.read() as unit:
        assert [task.state for task in await unit.tasks.open("ada")] == [TaskState.OPEN]


async def test_without_the_key_the_account_is_to_be_connected_again(here: Scene) -> None:
    locked, here = here, secured(here)
    await two(here)
    await connect(here, "bob", account="b", token="bob's")
    await joined(locked)
    async with here.deps.store.read() as unit:
        assert (await unit.integrations.get("ada", "todoist")).status is TokenStatus.MISSING  # type: ignore[union-attr]


async def test_of_two_calendars_of_one_kind_the_events_of_one_stay(here: Scene) -> None:
    await two(here)
    for name, minutes in (("ada", 30), ("bob", 60)):
        now = here.clock.now()
        event = CalendarEvent(starts_at=NOW, ends_at=NOW + timedelta(minutes=minutes), is_busy=True)
        async with here.deps.store.begin() as unit:
            await unit.integrations.put(connected(name, CalendarProvider.FEED, now, account_id=name))
            await unit.calendar.replace(name, CalendarProvider.FEED, [event])
        here.clock.move(minutes=1)
    assert [one.provider for one in (await joined(here)).ended] == [CalendarProvider.FEED]
    async with here.deps.store.read() as unit:
        (event,) = await unit.calendar.between("ada", NOW, NOW + HOUR)
    assert event.ends_at == NOW + timedelta(minutes=30)


async def test_copies_of_a_source_that_is_not_offered_any_more_become_oos_own(here: Scene) -> None:
    await two(here)
    await connect(secured(here), "bob", account="b", token="bob's")
    await mirrored(here, "bob", "rent")
    await joined(replace(here, deps=replace(here.deps, providers={})))
    async with here.deps.store.read() as unit:
        (task,) = await unit.tasks.open("ada")
        assert await unit.integrations.get("ada", TaskSource.TODOIST) is None
    assert (task.title, task.source, task.external_id) == ("rent", TaskSource.OO, None)


@pytest.mark.parametrize("history", ["task", "tip", "connection"])
async def test_a_history_is_not_given_away_without_a_question(here: Scene, history: str) -> None:
    await two(here)
    if history == "task":
        await here.task("Feed the cat", "bob")
    elif history == "tip":
        await lived(here.deps.store, here.clock.now(), days(1, Signal.DONE), "bob")
    else:
        await here.connect("bob")
    outcome = await link(BOB, await link_code(await here.stored(), here.deps), here.deps)
    assert outcome.result is Linked.ASK
    assert (await here.stored("bob")).person_id == "bob"
    here.clock.move(minutes=10)
    late = await link_surely(BOB, outcome.code_hash, here.deps)
    assert late.result is Linked.WRONG  # a late answer joins nothing


async def test_a_tip_from_before_is_tapped_afterwards_and_counts_once(here: Scene) -> None:
    await two(here)
    await here.task("Feed the cat", "bob")
    await here.slot()
    decision = await here.latest("bob")
    await joined(here)
    for _ in range(2):
        await react(decision.decision_id, await here.stored(), here.deps, kind=ReactionKind.DONE)
    assert await here.model_of("ada") == await here.model_of() == await here.replayed("ada")
    reward = await here.reward(decision)
    assert reward
    assert reward.source is Signal.DONE


async def test_two_become_one_while_the_model_is_unreadable_and_it_is_rebuilt(here: Scene) -> None:
    await two(here)
    await lived(here.deps.store, here.clock.now(), two_sided())
    await lived(here.deps.store, here.clock.now(), days(2, Signal.DONE), "bob")
    async with here.deps.store.begin() as unit:
        await unit.learning.write({POPULATION: b"unreadable"})
    await joined(here)
    assert await refresh_if_due(here.deps)
    rebuilt = await here.model_of("ada")
    assert rebuilt == await here.replayed("ada") != serialize(deserialize(None))
