"""Whatever happens to secrets, keys and rows: the vault returns what was stored, or nothing (G14, T5)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import VaultDamaged
from core.integrations.vault_keys import check_vault, rotate_vault
from tests.contracts.store.records import person
from tests.fakes.cipher import open_vault
from tests.fakes.store import FakeStore

PEOPLE = ("ada", "bob")
PROVIDERS = ("todoist", "calendar")
KEYS = st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True)
ONE = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PROVIDERS))

Secret = tuple[str, str]


class VaultMachine(RuleBasedStateMachine):
    """Two people, two providers, three vault keys, and somebody who changes rows."""

    def __init__(self) -> None:
        super().__init__()
        self.store = FakeStore()
        self.keys = [1]
        self.expected: dict[Secret, str] = {}
        """What was stored last."""
        self.harmed: set[Secret] = set()
        """Secrets whose row, or the row of whose key, was changed."""
        self.run(self.begin())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run(work)

    async def begin(self) -> None:
        async with self.store.begin() as unit:
            for name in PEOPLE:
                await unit.people.add(person(name))

    @rule(which=ONE, number=st.integers(0, 999))
    def put(self, which: Secret, number: int) -> None:
        async def work() -> None:
            async with self.store.begin() as unit:
                await open_vault(*self.keys).put(unit, *which, f"canary {number}")

        self.run(work())
        self.expected[which] = f"canary {number}"
        self.harmed.discard(which)

    @rule(which=ONE)
    def remove(self, which: Secret) -> None:
        async def work() -> None:
            async with self.store.begin() as unit:
                await open_vault(*self.keys).remove(unit, *which)

        self.run(work())
        self.expected.pop(which, None)
        self.harmed.discard(which)

    @rule(name=st.sampled_from(PEOPLE))
    def shred(self, name: str) -> None:
        async def work() -> None:
            async with self.store.begin() as unit:
                await open_vault(*self.keys).shred(unit, name)
                assert await unit.secrets.keys(name) == ()

        self.run(work())
        for provider in PROVIDERS:
            self.expected.pop((name, provider), None)
            self.harmed.discard((name, provider))

    @rule(keys=KEYS)
    def configure(self, keys: list[int]) -> None:
        self.keys = keys

    @rule()
    def rotate(self) -> None:
        self.run(rotate_vault(self.store, open_vault(*self.keys)))

    @precondition(lambda self: len(self.expected) > 1)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        """Put the ciphertext of one secret into the row of another, with or without the name of its key."""
        target, source = data.draw(st.lists(st.sampled_from(sorted(self.expected)), min_size=2, max_size=2))
        with_key = data.draw(st.booleans())

        async def work() -> None:
            async with self.store.begin() as unit:
                mine, other = await unit.secrets.get(*target), await unit.secrets.get(*source)
                assert mine is not None
                assert other is not None
                key_id = other.key_id if with_key else mine.key_id
                await unit.secrets.put(replace(mine, ciphertext=other.ciphertext, key_id=key_id))

        self.run(work())
        if target != source:
            self.harmed.add(target)

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def flip(self, data: st.DataObject) -> None:
        """Change one bit of a secret."""
        target = data.draw(st.sampled_from(sorted(self.expected)))

        async def work() -> None:
            async with self.store.begin() as unit:
                mine = await unit.secrets.get(*target)
                assert mine is not None
                place = data.draw(st.integers(0, len(mine.ciphertext) - 1))
                changed = bytearray(mine.ciphertext)
                changed[place] ^= 1 << data.draw(st.integers(0, 7))
                await unit.secrets.put(replace(mine, ciphertext=bytes(changed)))

        self.run(work())
        self.harmed.add(target)

    @invariant()
    def returns_what_was_stored_or_nothing(self) -> None:
        self.run(self._everything_is_right(self.keys))

    @invariant()
    def with_every_key_all_that_is_unharmed_can_be_read(self) -> None:
        self.run(self._everything_is_right([3, 2, 1], all_keys=True))

    async def _everything_is_right(self, keys: list[int], *, all_keys: bool = False) -> None:
        vault = open_vault(*keys)
        unreadable = {
            (one.person_id, one.provider) for one in (await check_vault(self.store, vault)).unreadable
        }
        for which in [(name, provider) for name in PEOPLE for provider in PROVIDERS]:
            async with self.store.read() as unit:
                try:
                    found = await vault.get(unit, *which)
                except VaultDamaged:
                    assert which in unreadable
                    assert not all_keys or which in self.harmed
                    continue
            assert found == self.expected.get(which)
            assert which not in unreadable


TestVault = VaultMachine.TestCase
TestVault.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
