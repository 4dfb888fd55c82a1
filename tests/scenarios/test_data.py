"""What oO knows about somebody: told, handed over, deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.operators_log import operators_log
from tests.scenarios.talking import (
    expect_all_answered,
    expect_edit_on_tap,
    expect_greeting,
    expect_message_on_tap,
    expect_reply,
    expect_toast_on_tap,
    invited,
)
from tests.scenarios.world import Scene
from tests.servers.telegram import Message, Person, TelegramServer
from tests.stored import bytes_in


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything that is logged at the lowest level that an operator can set."""
    with operators_log() as stream:
        yield stream


async def expect_export(ann: Person) -> Any:
    """What /export hands over for programs; the page for people follows."""
    message = await expect_reply(ann, "/export")
    assert message.document is not None
    assert message.text == "Everything I have about you."
    page = await ann.expect_message()
    assert page.document is not None
    assert page.document.content.startswith(b"<!doctype html>")
    return json.loads(message.document.content)


async def test_the_export_is_a_file_with_everything(oo: Scene, ann: Person) -> None:
    await expect_reply(ann, "/add Pay rent tomorrow 9am p1")
    tip = await expect_reply(ann, "/tip")
    await expect_edit_on_tap(ann, tip, "Done")

    found = await expect_export(ann)

    tables = found["tables"]
    assert [task["title"] for task in tables["tasks"]] == ["Pay rent"]
    assert len(tables["decisions"]) == 1
    assert "Pay rent" in json.dumps(tables["tip_scores"])
    assert [reaction["kind"] for reaction in tables["reactions"]] == ["done"]
    names = [one.document.name for one in ann.chat.messages if one.document]
    assert names == ["oo-export-2026-11-22.json", "oo-export-2026-11-22.html"]


async def test_the_export_holds_nobody_elses_data_and_no_secret(
    oo: Scene, ann: Person, telegram: TelegramServer
) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    await expect_reply(bob, "/add Feed Schrödinger")
    await expect_reply(ann, "/add Pay rent")

    text = json.dumps(await expect_export(ann), ensure_ascii=False)

    assert "Schrödinger" not in text
    assert telegram.token not in text


async def test_somebody_who_declined_may_see_and_delete(oo: Scene, telegram: TelegramServer) -> None:
    ann = telegram.user(7, "Ann")
    greeting = await expect_reply(ann, f"/start {await oo.owner_code()}")
    await expect_edit_on_tap(ann, greeting, "No thanks")

    assert (await expect_export(ann))["tables"]["people"]
    assert "Delete everything" in (await expect_reply(ann, "/delete")).labels


async def test_privacy_says_what_is_kept_and_leads_to_both(oo: Scene, ann: Person) -> None:
    told = await expect_reply(ann, "/privacy")

    assert "your tasks" in told.text
    assert "language model" in told.text
    assert told.labels[-2:] == ["Export", "Delete everything"]
    assert (await expect_message_on_tap(ann, told, "Export")).document is not None
    assert (await ann.expect_message()).document is not None
    asked = await expect_message_on_tap(ann, told, "Delete everything")
    assert asked.labels == ["Delete everything", "Keep it"]
    assert (await expect_edit_on_tap(ann, asked, "Keep it")).text == "Nothing was deleted."
    assert await oo.person("7")


async def test_deleted_means_gone_from_the_file(oo: Scene, ann: Person, tmp_path: Path) -> None:
    await expect_reply(ann, "/add Buy xylophone-canary")
    tip = await expect_reply(ann, "/tip")
    asked = await expect_reply(ann, "/delete")
    assert "can't be undone" in asked.text

    deleted = await expect_edit_on_tap(ann, asked, "Delete everything")

    assert "backups" in deleted.text
    assert deleted.labels == []
    assert await expect_toast_on_tap(ann, tip, "Done") == "I no longer hold any data for you."
    with pytest.raises(LookupError):
        await oo.person("7")
    assert b"xylophone" not in bytes_in(tmp_path)


async def test_nothing_of_whoever_left_is_in_any_file_or_line_of_the_log(
    oo: Scene, ann: Person, telegram: TelegramServer, tmp_path: Path, log: StringIO
) -> None:
    """G11: every text that somebody typed is a canary, in every way in which it can be stored."""
    canaries = [f"{name}canary" for name in ("task", "note", "muted", "label", "talk", "reminder", "edited")]
    task, note, muted, label, talk, reminder, edited = canaries
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    await expect_reply(bob, "/add Feed bobcanary")
    await expect_reply(ann, f"/add Buy {task} today p1 @{label} // {note}")
    await expect_edit_on_tap(ann, await expect_reply(ann, "/tip"), "Dismiss")
    await expect_reply(ann, f"/mute {muted}")
    await expect_reply(ann, f"remind me tomorrow at 9 to {reminder}")
    await expect_reply(ann, f"what would {talk} say about that, honestly?")
    await expect_reply(ann, f"rename {task} to {edited}")
    await expect_export(ann)
    person = await oo.person("7")
    assert sum(canary.encode() in bytes_in(tmp_path) for canary in canaries) >= 4

    deleted = await expect_edit_on_tap(ann, await expect_reply(ann, "/delete"), "Delete everything")
    await oo.tick("push", "remind", "deliver", "recover", "relay", "rewards", "learn", "embed", "prune")
    await expect_all_answered(oo, telegram)

    assert "Everything about you is deleted" in deleted.text
    texts_of_ann = (*canaries, person.person_id)
    assert [one for one in texts_of_ann if one.encode() in bytes_in(tmp_path)] == []
    assert [one for one in (*texts_of_ann, telegram.token) if one in log.getvalue()] == []
    assert b"bobcanary" in bytes_in(tmp_path)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "no longer"), ("de", "mehr"), ("fr", "plus"), ("es", "Ya no")],
)
async def test_a_later_tap_hears_so_in_the_language_that_the_platform_says(
    oo: Scene, telegram: TelegramServer, language: str, said: str
) -> None:
    bea = telegram.user(7, "Bea", language)
    greeting = await expect_greeting(oo, bea)
    await expect_message_on_tap(bea, greeting, greeting.labels[0])
    await expect_reply(bea, "Berlin")
    shown = await expect_reply(bea, "/privacy")
    asked = await expect_reply(bea, "/delete")
    await expect_edit_on_tap(bea, asked, asked.labels[0])
    assert said in await expect_toast_on_tap(bea, shown, shown.labels[0])


async def test_whoever_was_deleted_is_a_stranger(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    await expect_edit_on_tap(ann, await expect_reply(ann, "/delete"), "Delete everything")

    await oo.at("2026-11-22T12:00:00")
    await expect_all_answered(oo, telegram)

    assert "invited" in (await expect_reply(ann, "hello")).text


async def test_delete_tapped_twice_deletes_once(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    asked = await expect_reply(ann, "/delete")
    first = await ann.tap(asked, "Delete everything")
    await ann.expect_edit(asked)

    await ann.resend(first)
    await expect_all_answered(oo, telegram)

    assert len(asked.edits) == 1


async def test_another_person_is_untouched(oo: Scene, ann: Person, telegram: TelegramServer) -> None:
    bob = await invited(oo, ann, telegram.user(8, "Bob"))
    await expect_reply(bob, "/add Feed the cat p1")
    kept: Message = await expect_reply(bob, "/tip")
    await expect_edit_on_tap(ann, await expect_reply(ann, "/delete"), "Delete everything")

    assert (await expect_edit_on_tap(bob, kept, "Done")).text.startswith("Feed the cat Done")
    assert (await oo.person("8")).owner is False
