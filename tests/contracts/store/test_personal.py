"""Export and erasure: G11, G12."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest

from core.errors import NotFound
from core.records import Identity, PendingSignIn, SignInGoal
from core.store import Invitation, Store, Unit
from tests.contracts.store.records import (
    NOW,
    account,
    correction,
    decision,
    delivery,
    event,
    handle,
    integration,
    mentioned,
    person,
    reaction,
    reward,
    said,
    sealed_key,
    sealed_secret,
    snapshot,
    snooze,
    task,
    trial,
)


@pytest.fixture
async def store(store: Store) -> Store:
    """Knows everything about Ada and Bob."""
    async with store.begin() as unit:
        await unit.people.add(person("bob"))
        await fill(unit, "ada", other="bob")
        await fill(unit, "bob", other="ada")
        await unit.learning.write({"population": b"everybody"})
        await unit.embeddings.put(None, "space", {"own": (1.0,)}, NOW)
        await unit.notes.put(None, "offset", "1")
        await unit.events.append(event("start", person_id=None))
    return store


async def fill(unit: Unit, name: str, other: str) -> None:
    """A row about ``name`` in every table; each is recognised by the name in it."""
    mine = {"person_id": name}
    of_decision = {"decision_id": f"{name}-d", **mine}
    await unit.people.save_account(account(f"{name}-a", external_id=f"{name}-x", **mine))
    await unit.invitations.add(
        Invitation(code_hash=f"{name}-code", created_at=NOW, expires_at=None, invited_by=name)
    )
    assert await unit.invitations.redeem(f"{name}-code", used_by=other, now=NOW)
    await unit.tasks.put(task(f"{name}-t", title=f"{name}'s task", **mine))
    await unit.decisions.add(decision(**of_decision, model_version=f"{name}-m"), snapshot(f"{name}-m"))
    await unit.decisions.add(decision(f"{name}-shared", model_version="shared", **mine), snapshot("shared"))
    await unit.trials.add(trial(task_id=f"{name}-t", **of_decision))
    await unit.deliveries.add(delivery(delivery_id=f"{name}-v", message_id=f"{name}-message", **of_decision))
    await unit.reactions.add(reaction(f"{name}-r", **of_decision))
    await unit.reactions.put_reward(reward(**of_decision))
    await unit.snoozes.add(snooze(f"{name}-z", **of_decision))
    await unit.learning.write({name: f"{name}-statistics".encode()})
    await unit.corrections.put(correction(f"{name}-k", **mine))
    await unit.embeddings.put(name, "space", {f"{name}-digest": (0.5, -0.25)}, NOW)
    await unit.handles.add(handle(f"{name}-token", **mine))
    await unit.messages.put(mentioned(f"{name}-said", handle=f"{name}-token", **mine))
    await unit.inbox.put(said(f"{name}-u", f"{name}-x", text=f"{name} says"))
    await unit.events.append(event(f"{name}-e", **mine))
    await unit.integrations.put(integration(**mine, account_name=f"{name}-account"))
    await unit.secrets.put_key(sealed_key(f"{name}-key", **mine))
    sealed = f"{name}-sealed".encode()
    await unit.secrets.put(sealed_secret("todoist", f"{name}-key", ciphertext=sealed, **mine))
    await unit.notes.put(name, "awaiting", f"{name}-note")
    await unit.identities.add(
        Identity(issuer="https://id.example", subject=f"{name}-subject", person_id=name, linked_at=NOW)
    )
    await unit.identities.begin(
        PendingSignIn(
            state_hash=f"{name}-state",
            browser_hash=f"{name}-browser",
            goal=SignInGoal.LINK,
            person_id=name,
            created_at=NOW,
        )
    )


async def test_an_export_holds_everything_about_the_person(store: Store) -> None:
    async with store.read() as unit:
        tables = await unit.people.everything("ada")
    text = json.dumps(tables)
    expected = ("ada-x", "ada's task", "ada-d", "Europe/Berlin", "Water the ferns", "ada-message", "ada-r")
    others = (
        "ada-z",
        "ada-k",
        "ada-e",
        "ada-note",
        "2026-05-06T09:30:15.123456",
        "todoist",
        "ada-account",
        "ada-subject",
    )
    for part in (*expected, *others):
        assert part in text
    assert {"people", "accounts", "invitations", "tasks", "decisions", "deliveries"} <= tables.keys()
    assert tables["people"][0]["person_id"] == "ada"


async def test_an_export_holds_no_secret_and_nobody_else(store: Store) -> None:
    async with store.read() as unit:
        text = json.dumps(await unit.people.everything("ada"))
    sealed = b64encode(b"ada-sealed").decode()
    for part in (
        "ada-state",
        "ada-browser",
        "ada-token",
        "ada-code",
        "ada says",
        "bob",
        "everybody",
        sealed,
        "ciphertext",
    ):
        assert part not in text


async def test_an_export_of_somebody_unknown_is_empty(store: Store) -> None:
    async with store.read() as unit:
        assert not any((await unit.people.everything("nobody")).values())


async def test_nothing_of_a_forgotten_person_is_left(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.forget("ada")
    async with store.read() as unit:
        assert not any((await unit.people.everything("ada")).values())
        assert await unit.people.accounts("ada") == ()
        assert await unit.tasks.open("ada") == ()
        assert await unit.decisions.latest("ada", 9) == ()
        assert await unit.trials.of("ada") == ()
        assert await unit.deliveries.of("ada-d") == ()
        assert await unit.reactions.reward("ada-d") is None
        assert await unit.snoozes.waiting("ada") == ()
        assert await unit.learning.read("ada") == {}
        assert await unit.corrections.of("ada") == ()
        assert [one.person_id for one in await unit.corrections.teaching()] == ["bob"]
        assert await unit.embeddings.read("ada", "space", ["ada-digest"]) == {}
        assert await unit.handles.get("ada-token") is None
        assert await unit.messages.get("a1", "ada-said") is None
        assert await unit.integrations.get("ada", "todoist") is None
        assert await unit.secrets.get("ada", "todoist") is None
        assert await unit.secrets.keys("ada") == ()
        assert await unit.notes.get("ada", "awaiting") is None
        assert {one.person_id for one in await unit.events.undispatched(9)} == {"bob", None}
        for get in (unit.people.get("ada"), unit.tasks.get("ada-t"), unit.decisions.snapshot("ada-m")):
            with pytest.raises(NotFound):
                await get


async def test_forgetting_one_person_leaves_the_others_alone(store: Store) -> None:
    async with store.read() as unit:
        before = await unit.people.everything("bob")
    async with store.begin() as unit:
        await unit.people.forget("ada")
    async with store.read() as unit:
        after = await unit.people.everything("bob")
        assert await unit.decisions.snapshot("shared") == snapshot("shared")
        assert await unit.learning.read("population") == {"population": b"everybody"}
        assert await unit.embeddings.read("bob", "space", ["own", "bob-digest"]) == {
            "own": (1.0,),
            "bob-digest": (0.5, -0.25),
        }
        assert await unit.notes.get(None, "offset") == "1"
    # An invitation between the two was about both.
    assert before.pop("invitations")
    assert {table: rows for table, rows in after.items() if rows and table != "invitations"} == {
        table: rows for table, rows in before.items() if rows
    }


async def test_updates_of_a_forgotten_person_are_not_handled_and_not_taken_again(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.forget("ada")
        assert [one.update.update_id for one in await unit.inbox.waiting()] == ["bob-u"]
        assert await unit.inbox.put(said("ada-u", "ada-x")) is None


async def test_work_under_way_can_not_bring_a_forgotten_person_back(store: Store) -> None:
    async with store.read() as unit:
        ada = await unit.people.get("ada")
    async with store.begin() as unit:
        await unit.people.forget("ada")
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.people.save(ada)
    with pytest.raises(NotFound):
        async with store.begin() as unit:
            await unit.reactions.add(reaction("late", decision_id="ada-d"))


async def test_a_forgotten_person_may_start_again(store: Store) -> None:
    async with store.begin() as unit:
        await unit.people.forget("ada")
        await unit.people.add(person("ada"))
        await unit.people.save_account(account("ada-a", external_id="ada-x"))
    async with store.read() as unit:
        assert await unit.people.get("ada") == person("ada")
