"""The vault, with the real cipher and the fake one, on both stores: G14."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.aes_gcm import AesGcm
from core.errors import VaultClosed, VaultDamaged, VaultKeyUnknown
from core.ports import Cipher
from core.records import SealedKey, SealedSecret
from core.store import Store
from core.vault import Vault, VaultKey, format_key, parse_keys, vault_key
from tests.contracts.store.records import person, revocation
from tests.fakes.cipher import FakeCipher

SECRET = "canary-token-äöü-🔑"
KEYS = [vault_key(bytes([number, *range(31)])) for number in range(1, 4)]


@pytest.fixture(params=[AesGcm, FakeCipher], ids=["aes-gcm", "fake"])
def cipher(request: pytest.FixtureRequest) -> Cipher:
    made: Cipher = request.param()
    return made


@pytest.fixture
async def store(either: Store, cipher: Cipher) -> Store:
    """Ada and Bob each have a secret for Todoist, Ada one for her calendar too."""
    vault = Vault(cipher, KEYS[:1])
    async with either.begin() as unit:
        for name in ("ada", "bob"):
            await unit.people.add(person(name))
            await vault.put(unit, name, "todoist", f"{SECRET} of {name}")
        await vault.put(unit, "ada", "calendar", "another")
    return either


async def read(store: Store, vault: Vault, name: str = "ada", provider: str = "todoist") -> str | None:
    async with store.read() as unit:
        return await vault.get(unit, name, provider)


async def test_each_person_has_their_own_secrets(store: Store, cipher: Cipher) -> None:
    vault = Vault(cipher, KEYS[:1])
    assert await read(store, vault) == f"{SECRET} of ada"
    assert await read(store, vault, "bob") == f"{SECRET} of bob"
    assert await read(store, vault, provider="calendar") == "another"
    assert await read(store, vault, "bob", "calendar") is None


async def test_a_secret_is_replaced_under_the_same_data_key(store: Store, cipher: Cipher) -> None:
    vault = Vault(cipher, KEYS[:1])
    async with store.begin() as unit:
        keys = await unit.secrets.keys("ada")
        await vault.put(unit, "ada", "todoist", "newer")
        assert await unit.secrets.keys("ada") == keys
    assert await read(store, vault) == "newer"


async def test_without_a_key_nothing_is_stored_or_read(store: Store, cipher: Cipher) -> None:
    for vault in (Vault(cipher, []), Vault(None, KEYS), Vault()):
        assert not vault.is_open
        with pytest.raises(VaultClosed):
            await read(store, vault)
        assert await read(store, vault, "ada", "nothing there") is None
        async with store.begin() as unit:
            with pytest.raises(VaultClosed):
                await vault.put(unit, "ada", "todoist", "newer")


async def test_the_first_key_encrypts_and_the_others_still_decrypt(store: Store, cipher: Cipher) -> None:
    vault = Vault(cipher, [KEYS[1], KEYS[0]])
    assert vault.key_ids == (KEYS[1].key_id, KEYS[0].key_id)
    assert await read(store, vault) == f"{SECRET} of ada"
    async with store.begin() as unit:
        await unit.people.add(person("eve"))
        await vault.put(unit, "eve", "todoist", "hers")
        (key,) = await unit.secrets.keys("eve")
    assert key.vault_key_id == KEYS[1].key_id


async def test_another_vault_key_reads_nothing_and_says_which_is_needed(store: Store, cipher: Cipher) -> None:
    with pytest.raises(VaultKeyUnknown, match=KEYS[0].key_id):
        await read(store, Vault(cipher, [KEYS[2]]))


async def test_a_person_can_connect_again_after_the_key_was_lost(store: Store, cipher: Cipher) -> None:
    """And what the lost key protects is read again when it is found."""
    vault = Vault(cipher, [KEYS[2]])
    async with store.begin() as unit:
        await vault.put(unit, "ada", "todoist", "newer")
    assert await read(store, vault) == "newer"
    with pytest.raises(VaultKeyUnknown):
        await read(store, vault, provider="calendar")
    assert await read(store, Vault(cipher, [KEYS[2], KEYS[0]]), provider="calendar") == "another"


def flipped(ciphertext: bytes, place: int = 20) -> bytes:
    return ciphertext[:place] + bytes([ciphertext[place] ^ 1]) + ciphertext[place + 1 :]


Tampering = Callable[[SealedSecret, SealedSecret], SealedSecret]

TAMPERED: dict[str, Tampering] = {
    "changed": lambda mine, other: replace(mine, ciphertext=flipped(mine.ciphertext)),
    "cut": lambda mine, other: replace(mine, ciphertext=mine.ciphertext[:-1]),
    "nearly empty": lambda mine, other: replace(mine, ciphertext=b"x"),
    "empty": lambda mine, other: replace(mine, ciphertext=b""),
    "of another row": lambda mine, other: replace(mine, ciphertext=other.ciphertext),
    "under another key": lambda mine, other: replace(other, person_id="ada", provider="todoist"),
    "of a key that is gone": lambda mine, other: replace(mine, key_id="0123456789abcdef"),
}


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.parametrize("whose", [("bob", "todoist"), ("ada", "calendar")], ids=" ".join)
async def test_a_secret_that_was_changed_or_swapped_is_not_read(
    store: Store, cipher: Cipher, how: str, whose: tuple[str, str]
) -> None:
    async with store.begin() as unit:
        mine, other = await unit.secrets.get("ada", "todoist"), await unit.secrets.get(*whose)
        assert mine is not None
        assert other is not None
        await unit.secrets.put(TAMPERED[how](mine, other))
    with pytest.raises(VaultDamaged) as raised:
        await read(store, Vault(cipher, KEYS[:1]))
    assert "canary" not in f"{raised.value!r} {raised.value.__cause__!r} {raised.value.__context__!r}"


Swapping = Callable[[SealedKey, SealedKey], SealedKey]

SWAPPED: dict[str, Swapping] = {
    "changed": lambda mine, other: replace(mine, ciphertext=flipped(mine.ciphertext)),
    "of another person": lambda mine, other: replace(mine, ciphertext=other.ciphertext),
    "said to be under another vault key": lambda mine, other: replace(mine, vault_key_id=KEYS[1].key_id),
    "under a vault key that is not there": lambda mine, other: replace(mine, vault_key_id="fedcba9876543210"),
    "empty": lambda mine, other: replace(mine, ciphertext=b""),
}


@pytest.mark.parametrize("how", SWAPPED)
async def test_a_data_key_that_was_changed_or_swapped_is_not_used(
    store: Store, cipher: Cipher, how: str
) -> None:
    async with store.begin() as unit:
        ((mine,), (other,)) = await unit.secrets.keys("ada"), await unit.secrets.keys("bob")
        await unit.secrets.put_key(SWAPPED[how](mine, other))
    with pytest.raises(VaultDamaged):
        await read(store, Vault(cipher, KEYS[:2]))
    assert await read(store, Vault(cipher, KEYS[:2]), "bob") == f"{SECRET} of bob"


async def test_a_data_key_and_its_secret_moved_to_another_person_together_are_not_read(
    store: Store, cipher: Cipher
) -> None:
    async with store.begin() as unit:
        (key,) = await unit.secrets.keys("bob")
        secret = await unit.secrets.get("bob", "todoist")
        assert secret is not None
        await unit.secrets.put_key(replace(key, person_id="ada"))
        await unit.secrets.put(replace(secret, person_id="ada"))
    with pytest.raises(VaultDamaged):
        await read(store, Vault(cipher, KEYS[:1]))


async def test_the_data_key_goes_with_the_last_secret_and_with_the_person(
    store: Store, cipher: Cipher
) -> None:
    closed = Vault()  # forgetting needs no key
    async with store.begin() as unit:
        await closed.remove(unit, "ada", "todoist")
        assert len(await unit.secrets.keys("ada")) == 1
        await closed.remove(unit, "ada", "calendar")
        assert await unit.secrets.keys("ada") == ()
        await closed.shred(unit, "bob")
        assert await unit.secrets.all() == ()
        assert await unit.secrets.all_keys() == ()


def test_keys_are_read_as_they_are_shown() -> None:
    shown = [format_key(one.key) for one in KEYS]
    for text in (",".join(shown), " ".join(shown), f"  {shown[0]} ,\n{shown[1]},\t{shown[2]},"):
        assert parse_keys(text) == tuple(KEYS)
    assert parse_keys("") == ()
    for one in KEYS:
        assert parse_keys(base64.urlsafe_b64encode(one.key).decode()) == (one,)
        assert parse_keys(format_key(one.key).rstrip("=")) == (one,)


GOOD = format_key(KEYS[0].key)
SHORT, LONG = (base64.b64encode(bytes(range(count))).decode() for count in (31, 33))


@pytest.mark.parametrize(
    "text",
    [
        "canary",
        SHORT,
        LONG,
        format_key(bytes(32)),
        f"{GOOD},{GOOD}",
        f"{GOOD},canary!",
        f"id:{GOOD}",
        f"{GOOD}x=",
        f'"{GOOD}"',
        f"{GOOD};{GOOD}",
        KEYS[0].key.hex(),
        "🔑",
    ],
)
def test_a_wrong_key_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(ValueError, match=r"key \d+ is") as raised:
        parse_keys(text)
    for part in text.split(","):
        assert part not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_no_key_and_no_ciphertext_is_in_a_representation() -> None:
    key = SealedKey(person_id="ada", key_id="k", vault_key_id="v", ciphertext=b"canary")
    secret = SealedSecret(person_id="ada", provider="todoist", key_id="k", ciphertext=b"canary")
    assert "canary" not in f"{key!r}{secret!r}"
    assert repr(KEYS[0].key) not in repr(KEYS[0])


# --- What decrypts and is wrong all the same ---------------------------------------------------------------


def test_a_secret_that_is_no_text_is_damaged(cipher: Cipher) -> None:
    vault = Vault(cipher, KEYS[:1])
    sealed_key, sealed = vault.seal_with_own_key("ada", "todoist", SECRET)
    key = vault.unwrap(sealed_key)
    belongs_to = json.dumps(["secret", "ada", "todoist", key.key_id]).encode()
    binary = replace(sealed, ciphertext=cipher.encrypt(key.key, b"\xff\xfe", belongs_to))
    with pytest.raises(VaultDamaged, match="no text"):
        vault.open(binary, [sealed_key])


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (replace(KEYS[1], key=b"short"), "wrong length"),
        (replace(KEYS[1], key_id="other"), "not the one that its id names"),
    ],
    ids=["short", "renamed"],
)
def test_a_data_key_that_is_none_is_damaged(cipher: Cipher, key: VaultKey, why: str) -> None:
    vault = Vault(cipher, KEYS[:1])
    with pytest.raises(VaultDamaged, match=why):
        vault.unwrap(vault.wrap("ada", key))


def test_a_secret_of_nobody_names_the_vault_key_that_it_needs(cipher: Cipher) -> None:
    key_id, ciphertext = Vault(cipher, KEYS[:1]).seal("r1", "todoist", SECRET)
    waiting = replace(revocation("r1"), provider="todoist", vault_key_id=key_id, ciphertext=ciphertext)
    assert Vault(cipher, [KEYS[1], KEYS[0]]).unseal(waiting) == SECRET
    with pytest.raises(VaultKeyUnknown, match=key_id):
        Vault(cipher, KEYS[1:]).unseal(waiting)
