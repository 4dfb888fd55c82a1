"""``oo vault`` and what ``oo doctor`` says about connections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.storage.store import open_store
from bot.cli.doctor import examine
from bot.cli.vault import check, new_key, rotate
from bot.settings import Settings, load_settings
from core.errors import SettingsError
from core.records import TokenStatus
from core.vault import parse_keys
from tests.contracts.store.records import integration, person


def settings(database_url: str, folder: Path, *keys: str) -> Settings:
    environ = {"DATABASE_URL": database_url, "OO_VAULT_KEYS": ",".join(keys), "OLLAMA_URL": ""}
    return load_settings(environ, folder)


async def stored(given: Settings) -> None:
    """Ada and Bob have a secret each, under the first key."""
    from bot.app import open_app

    async with open_app(given) as app, app.store.begin() as unit:
        for name, status in (("ada", TokenStatus.CONNECTED), ("bob", TokenStatus.MISSING)):
            await unit.people.add(person(name))
            await app.deps.vault.put(unit, name, "todoist", "canary")
            await unit.integrations.put(integration(person_id=name, status=status))


def test_a_new_key_is_another_one_each_time_and_is_accepted() -> None:
    keys = [new_key() for _ in range(5)]
    assert len({key for key, _ in keys}) == 5
    for key, key_id in keys:
        (parsed,) = parse_keys(key)
        assert parsed.key_id == key_id


async def test_a_key_is_changed_and_the_old_one_dropped(database_url: str, tmp_path: Path) -> None:
    (old, old_id), (new, new_id) = new_key(), new_key()
    await stored(settings(database_url, tmp_path, old))
    both = settings(database_url, tmp_path, new, old)

    before, rotated, after = await check(both), await rotate(both), await check(both)

    assert "`oo vault rotate`" in before.text
    assert f"key {old_id}: data keys that need it: 2" in before.text
    assert rotated.rotated == 2
    assert f"key {new_id}: the first, encrypts; data keys under it: 2" in after.text
    assert f"key {old_id}: nothing needs it; it may be dropped" in after.text
    alone = await check(settings(database_url, tmp_path, new))
    assert alone.ok
    assert alone.text.startswith("Secrets: 2, people: 2; all can be read.")
    for found in (before, rotated, after):
        said = found.text + json.dumps(found.as_dict())
        assert not any(secret in said for secret in ("canary", old, new))


async def test_what_cannot_be_read_is_named_and_is_no_success(database_url: str, tmp_path: Path) -> None:
    (old, old_id), (other, _) = new_key(), new_key()
    await stored(settings(database_url, tmp_path, old))
    found = await check(settings(database_url, tmp_path, other))
    assert not found.ok
    assert f"NO  ada todoist: the vault key {old_id} is not configured" in found.text
    assert f"key {old_id}: not in OO_VAULT_KEYS; data keys that need it: 2" in found.text
    assert json.loads(json.dumps(found.as_dict()))["ok"] is False


async def test_without_a_key_the_vault_commands_say_how_to_make_one(
    database_url: str, tmp_path: Path
) -> None:
    for run in (check, rotate):
        with pytest.raises(SettingsError, match="`oo vault key` makes a key"):
            await run(settings(database_url, tmp_path))


async def test_the_doctor_says_what_the_vault_and_the_connections_are_like(
    database_url: str, tmp_path: Path
) -> None:
    (key, key_id), (other, _) = new_key(), new_key()
    await stored(settings(database_url, tmp_path, key))

    async def said(*keys: str) -> dict[str, tuple[bool, str]]:
        findings = await examine(settings(database_url, tmp_path, *keys))
        return {one.what: (one.ok, one.said) for one in findings}

    fine, wrong, none = await said(key), await said(other), await said()

    assert fine["vault"] == (True, f"secrets that can be read: 2; key {key_id} encrypts")
    assert fine["connections to todoist"] == (False, "1 connected, 1 missing")
    assert wrong["vault"] == (False, "2 of 2 secrets can't be read: see `oo vault check`")
    assert none["vault"] == (False, "OO_VAULT_KEYS is not set, but there are secrets that need a key")


async def test_the_doctor_counts_logins_and_not_what_is_read_with_them(
    database_url: str, tmp_path: Path
) -> None:
    key, _ = new_key()
    chosen = settings(database_url, tmp_path, key)
    await stored(chosen)
    store = await open_store(database_url)
    async with store.begin() as unit:
        for provider in ("caldav", "caldav_calendar"):
            await unit.integrations.put(integration(person_id="ada", provider=provider))
    await store.close()
    found = {one.what: one.said for one in await examine(chosen)}
    assert found["connections to caldav_calendar"] == "1 connected"
    assert "connections to caldav" not in found


async def test_the_doctor_of_an_oo_without_connections_misses_nothing(
    database_url: str, tmp_path: Path
) -> None:
    await (await open_store(database_url)).close()
    findings = {one.what: one for one in await examine(settings(database_url, tmp_path))}
    assert findings["vault"].ok
    assert "nobody can connect an account" in findings["vault"].said
    assert not any(what.startswith("connections") for what in findings)
