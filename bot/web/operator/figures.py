"""What the operator's page shows, read in one transaction: constant work, however long the log is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.chat import Channel
from core.deciding.active_policy import ActivePolicies, active_policies
from core.deciding.evaluation_summary import stored_summary
from core.deciding.promotion import history
from core.dependencies import BudgetRules, Dependencies
from core.incidents import IncidentList, incidents, last_backup
from core.records import (
    Backlog,
    ConnectionCount,
    DailySpending,
    DeliveryState,
    EvaluationSummary,
    Event,
    Lateness,
    Spending,
)

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SPENDING_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything on the page."""

    now: datetime
    incidents: IncidentList
    backup: datetime | None
    """When `oo backup` made the last backup."""
    channels: Mapping[Channel, str | None]
    """The failure of each configured channel that keeps a connection; None: it is connected."""
    unwatched: tuple[Channel, ...]
    """Configured channels that keep no connection."""
    connections: tuple[ConnectionCount, ...]
    deliveries: Mapping[timedelta, Mapping[DeliveryState, int]]
    """By state, over ``DAY`` and ``WEEK``."""
    lateness: Mapping[timedelta, Lateness]
    """Over ``DAY`` and ``WEEK``."""
    backlog: Backlog
    spending: tuple[DailySpending, ...]
    """A row for each of the last ``SPENDING_DAYS``, oldest first, also for those without any use."""
    budget: BudgetRules
    policies: ActivePolicies
    promotions: tuple[Event, ...]
    evaluation: EvaluationSummary | None

    @property
    def today(self) -> Spending:
        """What the language model was used for today."""
        return self.spending[-1].spent


async def read_figures(deps: Dependencies) -> Figures:
    """Read the figures as they are now. Raises ``StoreUnavailable``."""
    now = deps.clock.now()
    health = deps.messengers.health()
    first = (now - timedelta(days=SPENDING_DAYS - 1)).date()
    async with deps.store.read() as unit:
        spent = {one.day: one.spent for one in await unit.spending.days(first)}
        return Figures(
            now=now,
            incidents=await incidents(unit, now),
            backup=await last_backup(unit),
            channels=health,
            unwatched=tuple(one for one in deps.messengers.by_channel if one not in health),
            connections=await unit.operations.connections(),
            deliveries={span: await unit.operations.deliveries(now - span) for span in (DAY, WEEK)},
            lateness={span: await unit.operations.lateness(now - span) for span in (DAY, WEEK)},
            backlog=await unit.operations.backlog(now),
            spending=tuple(
                DailySpending(day=day, spent=spent.get(day, Spending())) for day in _days(first, now.date())
            ),
            budget=deps.rules.budget,
            policies=await active_policies(unit, deps),
            promotions=await history(unit),
            evaluation=await stored_summary(unit),
        )


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
