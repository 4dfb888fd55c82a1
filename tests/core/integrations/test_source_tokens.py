"""Nobody reads with a token that is not theirs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.errors import SourceDisconnected, TokenMissing
from core.integrations.source_tokens import SourceTokens
from core.records import Integration, Person, TokenStatus
from tests.core.outsiders import NOW
from tests.fakes.store import FakeStore


@dataclass
class Own:
    """Tokens of people by person."""

    refused: str | None = None

    async def get(self, person_id: str, *, refused: str | None = None) -> str:
        self.refused = refused
        return f"token of {person_id}"


async def tokens(own: Own | None = None, operators: str | None = "operators") -> SourceTokens:
    """Ada reads with the operator's token, Bob with his own; Carol has none."""
    store = FakeStore()
    async with store.begin() as unit:
        for name, by_operator in (("ada", True), ("bob", False)):
            await unit.people.add(Person(person_id=name, created_at=NOW))
            await unit.integrations.put(
                Integration(
                    person_id=name,
                    provider="todoist",
                    status=TokenStatus.CONNECTED,
                    changed_at=NOW,
                    by_operator=by_operator,
                )
            )
    return SourceTokens("todoist", store, own=own, operators=operators)  # type: ignore[arg-type]  # all that it asks of it


async def test_the_operators_token_is_the_owners_alone() -> None:
    found = await tokens(Own())
    assert await found.get("ada") == "operators"
    assert await found.get("bob") == "token of bob"
    with pytest.raises(TokenMissing):
        await found.get("carol")


async def test_a_refused_token_of_the_operator_has_no_other() -> None:
    with pytest.raises(SourceDisconnected):
        await (await tokens(Own())).get("ada", refused="operators")


async def test_a_refused_token_of_a_person_is_renewed() -> None:
    own = Own()
    await (await tokens(own)).get("bob", refused="old")
    assert own.refused == "old"


async def test_what_is_not_configured_is_missing() -> None:
    found = await tokens(None, None)
    for name in ("ada", "bob"):
        with pytest.raises(TokenMissing):
            await found.get(name)
