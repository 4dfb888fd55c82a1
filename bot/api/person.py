"""The person: plan, integrations, export, deletion."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from bot.api.models import Output
from bot.api.operation import Call, Header, Operation, Result
from bot.api.problems import Kind, Problem
from core.people.privacy import export, forget
from core.records import CalendarProvider, Moved, Scope, Slot, TaskSource, TokenStatus
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
        paused_until=person.paused_until,
        guard=call.deps.rules.availability.guard,
    )
    ahead = [SlotOut.of(slot) for slot in slots if slot.at > now]
    return Result(
        content=PlanOut.model_construct(zone=zone.key, paused_until=person.paused_until, slots=ahead)
    )


class IntegrationOut(Output):
    """The state of an outside source."""

    provider: str
    token_status: TokenStatus
    changed_at: datetime | None
    synced_at: datetime | None
    not_before: datetime | None = Field(description="When the source may be asked again")


class IntegrationList(Output):
    """All outside sources."""

    integrations: list[IntegrationOut]


async def _integrations(call: Call) -> Result:
    async with call.deps.store.read() as unit:
        known = {
            source: await unit.integrations.get(call.person.person_id, source)
            for source in (*TaskSource, *CalendarProvider)
            if source is not TaskSource.OO
        }
    listed = [
        IntegrationOut.model_construct(
            provider=source.value,
            token_status=state.status if state else TokenStatus.MISSING,
            changed_at=state.changed_at if state else None,
            synced_at=state.synced_at if state else None,
            not_before=state.not_before if state else None,
        )
        for source, state in known.items()
    ]
    return Result(content=IntegrationList.model_construct(integrations=listed))


class Export(Output):
    """Everything that is stored about the person."""

    exported_at: datetime
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
        name="export_everything", method="GET", path="/v1/export", scope=Scope.EXPORT, run=_export,
        summary="Everything that is stored about the person", answer=Export, needs_consent=False,
    ),
    Operation(
        name="delete_everything", method="DELETE", path="/v1/me", scope=Scope.DELETE, run=_delete,
        summary="Delete everything about the person, this token included", status=204, takes=(CONFIRM,),
        problems=(Kind.NOT_CONFIRMED,), needs_consent=False,
    ),
)  # fmt: skip
