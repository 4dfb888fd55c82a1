"""Export and deletion: all of one person, and nothing of another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.chat import Button, Line, Message, Span
from core.delivery.callbacks import with_button_tokens
from core.delivery.reactions import react
from core.errors import NotFound, SourceUnavailable
from core.integrations.revoking import revoke_due
from core.integrations.stored_tokens import Tokens, dump
from core.learning.model_state import deserialize, serialize
from core.learning.update import reward_ignored_tips
from core.people.muting import mute
from core.people.preferences import change
from core.people.privacy import export, forget
from core.records import Decision, Due, Person, TaskSource
from core.store import Store
from tests.core.outsiders import NOW
from tests.core.providers import Provider
from tests.core.worlds import DISMISS, DONE, NOT_NOW, Scene, scene
from tests.fakes.cipher import open_vault

NOTHING = serialize(deserialize(None))


async def lives(here: Scene, *names: str) -> list[Decision]:
    """People with tasks, muted topics, tips on the screen and taps."""
    for name in names:
        person = await here.person(name)
        await here.task(f"Secret of {name}", name)
        await change(person, here.deps, mute(f"topic of {name}"), what="mute")
    for local in ("2027-06-14 09:00", "2027-06-14 13:00"):
        here.clock.berlin(local)
        await here.tick()
        for name in names:
            await here.task(f"Another secret of {name}", name)
    decisions = [(await here.decisions(name))[-1] for name in names]
    for decision, kind in zip(decisions, (DONE, DISMISS, DISMISS), strict=False):
        person = await here.stored(decision.person_id)
        await react(decision.decision_id, person, here.deps, kind=kind)
    here.clock.move(hours=9)
    await reward_ignored_tips(here.deps)
    return decisions


async def shown_buttons(here: Scene, person: Person) -> str:
    """A token on one of the person's buttons."""
    line = Line(spans=(Span(text="?"),))
    message = Message(lines=(line,), buttons=((Button(label="Yes", verb="agree"),),))
    async with here.deps.store.begin() as unit:
        ready = await with_button_tokens(unit, message, person, here.deps)
    return ready.buttons[0][0].token


def bytes_in(folder: Path) -> bytes:
    """All bytes of the database's files."""
    return b"".join(file.read_bytes() for file in folder.glob("oo.db*"))


async def test_an_export_holds_everything_of_a_person_and_nothing_of_another(on_disk: Store) -> None:
    here = scene(on_disk)
    await lives(here, "ada", "bob")
    token = await shown_buttons(here, await here.stored())

    content = await export(await here.stored(), here.deps)

    text = content.decode()
    document = json.loads(text)
    assert document["exported_at"] == here.clock.now().isoformat()
    tables = document["tables"]
    assert tables["people"][0]["person_id"] == "ada"
    assert [row["title"] for row in tables["tasks"]] == ["Secret of ada", "Another secret of ada"]
    assert len(tables["decisions"]) == 2
    assert {row["source"] for row in tables["rewards"]} == {"done_late", "silence"}
    assert {"accounts", "deliveries", "events", "reactions", "tip_scores", "statistics"} <= tables.keys()
    assert "Secret of ada" in text
    assert "bob" not in text
    assert token.split(".", maxsplit=1)[0] not in text


async def test_an_export_of_a_newcomer_is_whole_too(either: Store) -> None:
    here = scene(either)
    person = await here.person()
    assert json.loads(await export(person, here.deps))["tables"]["people"]


async def test_who_leaves_takes_their_part_of_the_model_along_exactly(either: Store) -> None:
    here = scene(either)
    await lives(here, "ada", "bob", "cleo")
    assert await here.model_of() == await here.replayed("ada", "bob", "cleo")

    await forget(await here.stored("bob"), here.deps)
    assert await here.model_of() == await here.replayed("ada", "cleo")
    await forget(await here.stored("ada"), here.deps)
    assert await here.model_of() == await here.replayed("cleo")
    await forget(await here.stored("cleo"), here.deps)
    assert await here.model_of() == NOTHING


async def test_nothing_is_left_of_who_left(on_disk: Store, tmp_path: Path) -> None:
    here = scene(on_disk)
    await lives(here, "ada", "bob")
    await forget(await here.stored(), here.deps)

    with pytest.raises(NotFound):
        await here.stored()
    assert await here.decisions() == ()
    assert all(event.person_id == "bob" for event in await here.events())
    left = bytes_in(tmp_path)
    assert b"Secret of bob" in left
    assert b"ecret of ada" not in left
    assert b"topic of ada" not in left


async def test_a_tap_on_an_old_message_finds_nothing(here: Scene) -> None:
    (decision,) = await lives(here, "ada")
    ada = await here.stored()
    await forget(ada, here.deps)
    with pytest.raises(NotFound):
        await react(decision.decision_id, ada, here.deps, kind=DISMISS, reason=NOT_NOW)
    assert await here.model_of() == NOTHING


async def test_the_work_goes_on_for_those_who_stay(here: Scene) -> None:
    await lives(here, "ada", "bob")
    await forget(await here.stored(), here.deps)
    shown = len(here.phone.shown)
    await here.task("One more", "bob", priority=1, due=Due(on=NOW.date()))
    here.clock.berlin("2027-06-16 09:00")
    await here.tick()
    assert len(here.phone.shown) == shown + 1
    assert here.phone.shown[-1].address == "chat-bob"


@pytest.mark.parametrize("fault", [None, SourceUnavailable("down")])
async def test_who_leaves_takes_the_access_to_their_accounts_away(
    here: Scene, fault: SourceUnavailable | None
) -> None:
    """However they leave: in the chat, by the API, or by the operator's command."""
    provider = Provider(faults=[fault] if fault else [])
    deps = replace(here.deps, vault=open_vault(), oauth={TaskSource.TODOIST: provider})
    await here.person("ada")
    await here.person("bob")
    async with deps.store.begin() as unit:
        for name in ("ada", "bob"):
            await deps.vault.put(unit, name, TaskSource.TODOIST, dump(Tokens(access=f"access of {name}")))
    assert await forget(await here.stored("ada"), deps) == (fault is None)
    with pytest.raises(NotFound):
        await here.stored("ada")
    here.clock.move(minutes=1)
    await revoke_due(deps)
    assert provider.ended == [("access of ada", None)]
    async with deps.store.read() as unit:
        assert await deps.vault.get(unit, "bob", TaskSource.TODOIST)
