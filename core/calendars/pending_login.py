"""The login of a CalDAV account whose password was asked for. It waits in the vault, for minutes only."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.calendars.copies import format_login, parse_login
from core.dependencies import Dependencies
from core.records import Account, CalendarLogin, CalendarProvider, PendingConnection, Person
from core.store import Unit

PASSWORD_WAIT = timedelta(minutes=10)
"""How long the question for the password can be answered."""

_SECRET = f"{CalendarProvider.CALDAV.value}.pending"


async def keep_login(person: Person, account: Account, login: CalendarLogin, deps: Dependencies) -> None:
    """Keep ``login``, which has no password yet, in place of an earlier one. Raises ``VaultError``."""
    pending = PendingConnection(
        state_hash=deps.random.new_id(),
        person_id=person.person_id,
        provider=CalendarProvider.CALDAV,
        account_id=account.account_id,
        created_at=deps.clock.now(),
    )
    async with deps.store.begin(person.person_id) as unit:
        await _drop(unit, person.person_id, deps)
        await deps.vault.put(unit, person.person_id, _SECRET, format_login(login))
        await unit.connecting.put(pending)


async def take_login(person: Person, deps: Dependencies) -> CalendarLogin | None:
    """The login that waits, once; None if that was too long ago, or none does. Raises ``VaultError``."""
    async with deps.store.begin(person.person_id) as unit:
        secret = await deps.vault.get(unit, person.person_id, _SECRET)
        asked_at = await _drop(unit, person.person_id, deps)
    if secret is None or asked_at is None or deps.clock.now() - asked_at > PASSWORD_WAIT:
        return None
    return parse_login(secret)


async def drop_unanswered(deps: Dependencies) -> int:
    """Forget the logins whose question can't be answered any more; returns how many there were."""
    before = deps.clock.now() - PASSWORD_WAIT
    async with deps.store.read() as unit:
        old = [
            one for one in await unit.connecting.old(before) if one.provider == CalendarProvider.CALDAV.value
        ]
    for one in old:
        async with deps.store.begin(one.person_id) as unit:
            if await unit.connecting.get(one.state_hash) is None:
                continue  # it was asked again meanwhile
            await _drop(unit, one.person_id, deps)
    return len(old)


async def _drop(unit: Unit, person_id: str, deps: Dependencies) -> datetime | None:
    """Forget the login that waits; returns when its password was asked for."""
    asked = await unit.connecting.of(person_id, CalendarProvider.CALDAV)
    await unit.connecting.remove([one.state_hash for one in asked])
    await deps.vault.remove(unit, person_id, _SECRET)
    return max((one.created_at for one in asked), default=None)
