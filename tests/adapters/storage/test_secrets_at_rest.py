"""No secret is in the clear in a file, log, export or error; deleting leaves nothing to decrypt: G13, G14."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.aes_gcm import AesGcm
from adapters.storage.store import Storage, open_store
from core.errors import SourceDisconnected, TokenMissing
from core.integrations.states import connected
from core.integrations.stored_tokens import dump, granted
from core.integrations.tokens import AccessTokens
from core.integrations.vault_keys import check_vault, rotate_vault
from core.vault import Vault, format_key, vault_key
from tests.contracts.store.records import NOW, person
from tests.core.outsiders import HandClock, SeededRandom
from tests.fakes.oauth import LASTS, RotatingProvider

OLD, NEW = (vault_key(bytes([number, *b"canary-of-a-vault-key-is-31byte"])) for number in (1, 2))
SECRETS = (b"canary-access", b"canary-refresh", b"canary-of-a-vault-key", format_key(OLD.key)[:20].encode())


@pytest.fixture
async def storage(tmp_path: Path, database_url: str) -> AsyncIterator[Storage]:
    storage = await open_store(database_url)
    yield storage
    await storage.close()


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("oo.db*")))


def tokens_of(storage: Storage, vault: Vault, clock: HandClock, provider: RotatingProvider) -> AccessTokens:
    random = SeededRandom()
    return AccessTokens("todoist", provider, store=storage, vault=vault, clock=clock, random=random)


async def test_no_secret_is_in_the_clear_anywhere_in_the_life_of_a_connection(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    clock, errors = HandClock(), []
    (tmp_path / "provider").mkdir()
    provider = RotatingProvider(tmp_path / "provider" / "state.json", clock)
    old, both, new = Vault(AesGcm(), [OLD]), Vault(AesGcm(), [NEW, OLD]), Vault(AesGcm(), [NEW])
    first = granted(provider.grant(), clock.now())
    async with storage.begin() as unit:
        await unit.people.add(person())
        await unit.integrations.put(connected("ada", "todoist", NOW, expires_at=first.expires_at))
        await old.put(unit, "ada", "todoist", dump(first))
    clock.time += LASTS
    used = await tokens_of(storage, old, clock, provider).get("ada")
    assert used.startswith("canary-access")
    assert await rotate_vault(storage, both) == 1
    errors.append(str(await check_vault(storage, old)))
    with pytest.raises(TokenMissing) as missing:
        await tokens_of(storage, old, clock, provider).get("ada")
    provider.withdraw()
    with pytest.raises(SourceDisconnected) as refused:
        await tokens_of(storage, new, clock, provider).get("ada", refused=used)
    errors += [repr(fault) for fault in (missing.value, refused.value, refused.value.__cause__)]
    async with storage.read() as unit:
        export = json.dumps(await unit.people.everything("ada"), default=str)

    found = bytes_on_disk(tmp_path) + f"{errors} {caplog.text} {export} {new!r} {OLD!r} {first!r}".encode()

    assert [secret for secret in SECRETS if secret in found] == []
    assert "ciphertext" not in export


@pytest.mark.parametrize("how", ["disconnect", "shred", "delete"])
async def test_what_would_decrypt_a_secret_is_gone_from_the_file(
    storage: Storage, tmp_path: Path, how: str
) -> None:
    vault = Vault(AesGcm(), [OLD])
    async with storage.begin() as unit:
        for name in ("ada", "bob"):
            await unit.people.add(person(name))
            await vault.put(unit, name, "todoist", "canary")
    async with storage.read() as unit:
        keys = await unit.secrets.all_keys()
        secrets = await unit.secrets.all()
    ada, bob = [[one.ciphertext for one in both] for both in zip(keys, secrets, strict=True)]
    assert all(ciphertext in bytes_on_disk(tmp_path) for ciphertext in (*ada, *bob))
    async with storage.begin() as unit:
        match how:
            case "disconnect":
                await vault.remove(unit, "ada", "todoist")
            case "shred":
                await vault.shred(unit, "ada")
            case _:
                await unit.people.forget("ada")
    left = bytes_on_disk(tmp_path)
    assert not any(ciphertext in left for ciphertext in ada)
    assert all(ciphertext in left for ciphertext in bob)


async def test_what_the_old_key_had_encrypted_is_gone_after_a_rotation(
    storage: Storage, tmp_path: Path
) -> None:
    async with storage.begin() as unit:
        await unit.people.add(person())
        await Vault(AesGcm(), [OLD]).put(unit, "ada", "todoist", "canary")
        (before,) = await unit.secrets.all_keys()
    await rotate_vault(storage, Vault(AesGcm(), [NEW, OLD]))
    assert before.ciphertext not in bytes_on_disk(tmp_path)
