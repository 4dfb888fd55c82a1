"""Personal tokens, and the answers to requests that may be repeated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from adapters.storage.endings import token_hash
from adapters.storage.people import PEOPLE
from adapters.storage.rows import Repository, Rows
from adapters.storage.tables import api_tokens, kept_answers
from core.records import SAID, ApiToken, Consent, KeptAnswer, PersonToken

IDS_PER_STATEMENT = 500
"""Fewer than the values that a database takes at once."""

_TOKENS = Rows(ApiToken, api_tokens)
_ANSWERS = Rows(KeptAnswer, kept_answers)

_IS_TOKEN = api_tokens.c.token_id == bindparam("which")
_WITH_PERSON = (
    select(*_TOKENS.columns, *PEOPLE.columns)
    .join_from(api_tokens, PEOPLE.table)
    .where(api_tokens.c.secret_hash == bindparam("hash"))
)
_OF_PERSON = _TOKENS.select.where(api_tokens.c.person_id == bindparam("person_id")).order_by(
    api_tokens.c.created_at, api_tokens.c.token_id
)
_IN_FORCE = (
    select(api_tokens.c.token_id, api_tokens.c.person_id)
    .join_from(api_tokens, PEOPLE.table)
    .where(
        api_tokens.c.token_id.in_(bindparam("ids", expanding=True)),
        PEOPLE.table.c.consent == Consent.AGREED,
    )
)
_SHOWN = _TOKENS.select.where(
    api_tokens.c.message_id.is_not(None), api_tokens.c.created_at < bindparam("before")
)
_USED = update(api_tokens).where(_IS_TOKEN).values(used_at=bindparam("at"))
_SHOWN_IN = (
    update(api_tokens)
    .where(_IS_TOKEN)
    .values(account_id=bindparam("account"), message_id=bindparam("message"))
)
_DELETE = delete(api_tokens).where(_IS_TOKEN)

_ANSWER = _ANSWERS.select.where(
    kept_answers.c.person_id == bindparam("person_id"), kept_answers.c.key == bindparam("its_key")
)
_PRUNE = delete(kept_answers).where(
    kept_answers.c.answered_at < bindparam("said_before"),
    or_(kept_answers.c.status == SAID, kept_answers.c.answered_at < bindparam("before")),
)


class Tokens(Repository):
    """Implements ``core.store.Tokens``."""

    async def add(self, token: ApiToken) -> None:
        await self._add(_TOKENS, token)

    async def used(self, token_id: str, at: datetime) -> None:
        await self._session.change(_USED, {"which": token_id, "at": at})

    async def shown(self, token_id: str, account_id: str | None, message_id: str | None) -> None:
        values = {"which": token_id, "account": account_id, "message": message_id}
        await self._session.change(_SHOWN_IN, values)

    async def known(self, secret_hash: str) -> PersonToken | None:
        found = await self._session.rows(_WITH_PERSON, hash=secret_hash)
        if not found:
            return None
        person = found[0][len(_TOKENS.columns) :]
        return PersonToken(token=_TOKENS.record(found[0]), person=PEOPLE.record(person))

    async def of(self, person_id: str) -> tuple[ApiToken, ...]:
        return await self._all(_TOKENS, _OF_PERSON, person_id=person_id)

    async def in_force(self, token_ids: Collection[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        ids = sorted(token_ids)
        for start in range(0, len(ids), IDS_PER_STATEMENT):
            part = ids[start : start + IDS_PER_STATEMENT]
            rows: Sequence[Any] = await self._session.rows(_IN_FORCE, ids=part)
            found |= {row[0]: row[1] for row in rows}
        return found

    async def shown_before(self, before: datetime) -> tuple[ApiToken, ...]:
        return await self._all(_TOKENS, _SHOWN, before=before)

    async def delete(self, token_id: str) -> None:
        self._session.ended.append(token_hash(token_id))
        await self._session.change(_DELETE, {"which": token_id})


class KeptAnswers(Repository):
    """Implements ``core.store.KeptAnswers``."""

    async def get(self, person_id: str, key: str) -> KeptAnswer | None:
        return await self._first(_ANSWERS, _ANSWER, person_id=person_id, its_key=key)

    async def put(self, answer: KeptAnswer) -> None:
        await self._put_later(_ANSWERS, answer)

    async def prune(self, before: datetime, *, said_before: datetime) -> int:
        return await self._session.change(_PRUNE, {"before": before, "said_before": said_before})
