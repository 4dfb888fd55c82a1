"""The person: plan, integrations, export, deletion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from bot.api.models import Output
from bot.api.operation import Call, Header, Operation, Result
from bot.api.problems import Kind, Problem
from core.calendars.known_meetings import known_meetings
from core.errors import NotFound
from core.integrations.states import by_login
from core.people.consents import withdraw
from core.people.privacy import export, forget
from core.records import (
    OUTSIDE_LOGINS,
    Consent,
    Integration,
    Moved,
    Person,
    Purpose,
    Scope,
    Slot,
    TokenStatus,
    Via,
)
from core.scheduling.meetings import still_ahead
from core.scheduling.pauses import paused_until
from core.scheduling.slots import plan

PLAN_DAYS = 7
CONFIRMED = "delete everything about me"


class SlotOut(Output):
    """When oO may write."""

    key: str = Field(description="The planned local date and time")
    at: datetime
    local: str = Field(description="The wall clock at that instant")
    moved: list[Moved] = Field(description="Why it is not at the planned time")
    merged: list[str] = Field(description="Keys of further slots at the same instant")

    @classmethod
    def of(cls, slot: Slot) -> SlotOut:
        """The slot of an answer."""
        return cls.model_construct(
            key=slot.key,
            at=slot.at,
            local=f"{slot.local:%Y-%m-%dT%H:%M}",
            moved=list(slot.moved),
            merged=list(slot.merged),
        )


class PlanOut(Output):
    """The slots of the next days."""

    zone: str
    paused_until: datetime | None
    slots: list[SlotOut]


async def _plan(call: Call) -> Result:
    person, now, zone = call.person, call.deps.clock.now(), call.zone
    slots = plan(
        person.preferences,
        zone,
        start=now.astimezone(zone).date(),
        days=PLAN_DAYS,
        pauses=person.pauses,
        guard=call.deps.rules.availability.guard,
    )
    meetings = await known_meetings(person.person_id, call.deps)
    ahead = [SlotOut.of(slot) for slot in still_ahead(slots, meetings, zone, now)]
    return Result(
        content=PlanOut.model_construct(zone=zone.key, paused_until=paused_until(person, now), slots=ahead)
    )


class IntegrationOut(Output):
    """The connection to an outside service."""

    provider: str
    token_status: TokenStatus
    account_name: str | None = Field(None, description="How the provider calls the account")
    connected_at: datetime | None = None
    expires_at: datetime | None = None
    changed_at: datetime | None = Field(None, description="When the status changed")
    synced_at: datetime | None = None
    not_before: datetime | None = Field(None, description="When the provider may be asked again")

    @classmethod
    def of(cls, known: Integration) -> IntegrationOut:
        """The connection of an answer."""
        names = set(cls.model_fields) - {"token_status"}
        return cls.model_construct(
            token_status=known.status, **{name: getattr(known, name) for name in names}
        )


class IntegrationList(Output):
    """The accounts and calendars that are connected, and those that could be."""

    integrations: list[IntegrationOut]


async def _integrations(call: Call) -> Result:
    async with call.deps.store.read() as unit:
        known = by_login(await unit.integrations.of(call.person.person_id))
    missing = OUTSIDE_LOGINS - {one.provider for one in known}
    listed = [IntegrationOut.of(one) for one in known]
    listed += [IntegrationOut(provider=name, token_status=TokenStatus.MISSING) for name in sorted(missing)]
    return Result(content=IntegrationList.model_construct(integrations=listed))


class ConsentOut(Output):
    """What the person allows. They allow it in the chat; a program may only withdraw it."""

    agreed: bool
    purposes: list[Purpose]


async def _consents(call: Call) -> Result:
    return _consents_of(call.person)


async def _withdraw(call: Call) -> Result:
    """Of a purpose that is not allowed, or not one, there is nothing to withdraw; only the latter is 404."""
    try:
        purpose = Purpose(call.path["purpose"])
    except ValueError:
        raise NotFound("no such purpose") from None
    return _consents_of(await withdraw(call.person, call.deps, purpose, via=Via.PROGRAM))


def _consents_of(person: Person) -> Result:
    return Result(
        content=ConsentOut.model_construct(
            agreed=person.consent is Consent.AGREED, purposes=list(person.allowed)
        )
    )


class Belief(Output):
    """What oO believes about the person, and its evidence."""

    belief: str
    done: int = Field(description="Tips that were done")
    shown: int = Field(description="Tips that were shown")


class Export(Output):
    """Everything that is stored about the person."""

    exported_at: datetime
    beliefs: list[Belief] = Field(description="What oO believes, derived from the tables")
    tables: dict[str, list[dict[str, Any]]] = Field(description="Rows by table")


async def _export(call: Call) -> Result:
    return Result(content=await export(call.person, call.deps))


async def _delete(call: Call) -> Result:
    if call.headers.get(CONFIRM.name.lower()) != CONFIRMED:
        raise Problem(Kind.NOT_CONFIRMED, f"Send a header: {CONFIRM.name}: {CONFIRMED}")
    await forget(call.person, call.deps)
    return Result()


CONFIRM = Header(name="OO-Confirm", meaning=f"`{CONFIRMED}`: nothing can bring it back")

PERSON = (
    Operation(
        name="read_plan", method="GET", path="/v1/plan", scope=Scope.PREFERENCES_READ, run=_plan,
        summary="When oO may write in the next seven days", answer=PlanOut, needs_zone=True,
    ),
    Operation(
        name="list_integrations", method="GET", path="/v1/integrations", scope=Scope.PREFERENCES_READ,
        run=_integrations, summary="The state of every outside source", answer=IntegrationList,
    ),
    Operation(
        name="read_consents", method="GET", path="/v1/consents", scope=Scope.PREFERENCES_READ,
        run=_consents, summary="What the person allows", answer=ConsentOut, needs_consent=False,
    ),
    Operation(
        name="withdraw_consent", method="DELETE", path="/v1/consents/{purpose}",
        scope=Scope.PREFERENCES_WRITE, run=_withdraw,
        summary="Withdraw a purpose; the person can allow it again in the chat", answer=ConsentOut,
        needs_consent=False,
    ),
    Operation(
        name="export_everything", method="GET", path="/v1/export", scope=Scope.EXPORT, run=_export,
        summary="Everything that is stored about the person", answer=Export, needs_consent=False,
    ),
    Operation(
        name="delete_everything", method="DELETE", path="/v1/me", scope=Scope.DELETE, run=_delete,
        summary="Delete everything about the person, this token included", status=204, takes=(CONFIRM,),
        problems=(Kind.NOT_CONFIRMED,), needs_consent=False,
    ),
)  # fmt: skip
