"""Personal tokens and kept answers in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from core.records import SAID, ApiToken, Consent, KeptAnswer, PersonToken
from tests.fakes.tables import Tables


class FakeTokens:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, token: ApiToken) -> None:
        if self._tables.all("api_tokens", secret_hash=token.secret_hash):
            raise ValueError("there is a token with this hash")
        self._tables.add("api_tokens", token.token_id, token)

    async def used(self, token_id: str, at: datetime) -> None:
        self._change(token_id, used_at=at)

    async def shown(self, token_id: str, account_id: str | None, message_id: str | None) -> None:
        self._change(token_id, account_id=account_id, message_id=message_id)

    def _change(self, token_id: str, **fields: object) -> None:
        found = self._tables.find("api_tokens", token_id)
        if found is not None:
            self._tables.put("api_tokens", token_id, replace(found, **fields))

    async def known(self, secret_hash: str) -> PersonToken | None:
        token = next(iter(self._tables.all("api_tokens", secret_hash=secret_hash)), None)
        if token is None:
            return None
        return PersonToken(token=token, person=self._tables.find("people", token.person_id))

    async def of(self, person_id: str) -> tuple[ApiToken, ...]:
        theirs = self._tables.all("api_tokens", person_id=person_id)
        return tuple(sorted(theirs, key=lambda one: (one.created_at, one.token_id)))

    async def in_force(self, token_ids: Collection[str]) -> Mapping[str, str]:
        known = [one for one in self._tables.all("api_tokens") if one.token_id in token_ids]
        return {
            one.token_id: one.person_id
            for one in known
            if self._tables.find("people", one.person_id).consent is Consent.AGREED
        }

    async def shown_before(self, before: datetime) -> tuple[ApiToken, ...]:
        found = self._tables.all("api_tokens")
        return tuple(one for one in found if one.message_id is not None and one.created_at < before)

    async def delete(self, token_id: str) -> None:
        self._tables.drop("api_tokens", token_id)


class FakeKeptAnswers:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, person_id: str, key: str) -> KeptAnswer | None:
        found: KeptAnswer | None = self._tables.find("kept_answers", (person_id, key))
        return found

    async def put(self, answer: KeptAnswer) -> None:
        self._tables.put("kept_answers", (answer.person_id, answer.key), answer)

    async def prune(self, before: datetime, *, said_before: datetime) -> int:
        old = [
            one
            for one in self._tables.all("kept_answers")
            if one.answered_at < (said_before if one.status == SAID else before)
        ]
        for one in old:
            self._tables.drop("kept_answers", (one.person_id, one.key))
        return len(old)
