"""``oo promote``: a shadow policy becomes active if the log proves it better; that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.app import open_app
from bot.evaluate.gather import ShadowLog, gather
from bot.evaluate.terminal_report import CARRY_OVER_NOTE, name_of, number, too_few_decisions
from bot.evaluate.terminal_report import weights as weights_in_words
from bot.settings import Settings
from core.bandit.evaluation.evaluate import MEAN_WEIGHT_RANGE, days_to_wait
from core.deciding.active_policy import ActivePolicies, active_policies
from core.deciding.promotion import (
    ROLLED_BACK,
    PromotionRefusal,
    PromotionVerdict,
    ShadowCohorts,
    examine,
    history,
    promote,
    roll_back,
    shadow_named,
    significance_level,
    update_cohorts,
)
from core.policies.catalog import FALLBACK
from core.records import Event
from core.store import NOBODY

_SECONDS_PER_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionResult:
    """The result of trying to promote a shadow."""

    shadow: str
    incumbent: str
    verdict: PromotionVerdict | None = None
    """None: there is no decision yet with both policies."""
    wait_days: float | None = None
    """Days until there are enough decisions; None if that can't be foreseen."""

    @property
    def promoted(self) -> bool:
        """Whether it is the active policy now."""
        return self.verdict is not None and self.verdict.promotes

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "promoted": self.promoted}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionStatus:
    """The active policy, its shadows and the history of promotions."""

    policy: str
    shadows: tuple[str, ...]
    history: tuple[Event, ...]
    """Newest first."""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        events = [
            {"kind": one.kind, "happened_at": one.happened_at.isoformat(), **one.data} for one in self.history
        ]
        return {"policy": self.policy, "shadows": list(self.shadows), "history": events}


async def try_to_promote(settings: Settings, name: str) -> PromotionResult:
    """Promote the shadow with the id or name ``name`` if the active policy's decisions prove it better.

    Raises ``BadInput`` if there is no such shadow.
    """
    async with open_app(settings) as app:
        async with app.store.read() as unit:
            now = await active_policies(unit, app.deps)
        shadow = shadow_named(name, now)
        log = await gather(app.store, app.deps.rules.reward_wait, served_by=now.policy.policy_id)
        since = {one.policy_id: one.since for one in log.shadow_logs if one.policy_id != FALLBACK.policy_id}
        async with app.store.begin(NOBODY) as unit:
            cohorts = await update_cohorts(unit, now.policy.policy_id, since)
        shadow_log = next((one for one in log.shadow_logs if one.policy_id == shadow.policy_id), None)
        result = _examine(shadow_log, shadow.policy_id, now, cohorts)
        if result.verdict and result.verdict.promotes:
            await promote(app.deps, shadow, result.verdict, over=now.policy)
        return result


def _examine(
    shadow_log: ShadowLog | None, shadow: str, now: ActivePolicies, cohorts: ShadowCohorts
) -> PromotionResult:
    """``cohorts``: of all shadows that the incumbent ever had."""
    incumbent = now.policy.policy_id
    if shadow_log is None:
        return PromotionResult(shadow=shadow, incumbent=incumbent)
    verdict = examine(shadow_log.paired, error=significance_level(shadow, cohorts))
    days = float(shadow_log.decided_at[-1] - shadow_log.since) / _SECONDS_PER_DAY
    wait_days = days_to_wait(verdict.weights.effective, days)
    return PromotionResult(shadow=shadow, incumbent=incumbent, verdict=verdict, wait_days=wait_days)


async def undo(settings: Settings) -> PromotionStatus:
    """Undo the last promotion, or drop one that no longer applies. Raises ``BadInput`` if there is none."""
    async with open_app(settings) as app:
        await roll_back(app.deps)
    return await promotion_status(settings)


async def promotion_status(settings: Settings) -> PromotionStatus:
    """The present state; changes nothing."""
    async with open_app(settings) as app, app.store.read() as unit:
        now = await active_policies(unit, app.deps)
        return PromotionStatus(
            policy=now.policy.policy_id,
            shadows=tuple(one.policy_id for one in now.shadows),
            history=await history(unit),
        )


# --- In words ----------------------------------------------------------------------------------------------


def format_result(result: PromotionResult) -> str:
    """The result in words, with its figures."""
    return "\n".join(_result_lines(result))


def _result_lines(result: PromotionResult) -> Iterator[str]:
    shadow, incumbent, verdict = name_of(result.shadow), name_of(result.incumbent), result.verdict
    if verdict is None:
        yield f"Not promoted: there is no decision yet that {incumbent} served with {shadow} beside it."
        yield "Who serves now, the configuration says, or a promotion; oo evaluate lists who served this log."
        return
    if verdict.promotes:
        yield f"{shadow} serves from now on, in place of {incumbent}. To go back: oo promote --back"
    else:
        yield f"Not promoted: {incumbent} goes on serving."
    yield _reason(verdict, result.wait_days)
    if verdict.figures is not None:
        earns, more, least = map(number, (verdict.figures.earns, verdict.figures.more, verdict.figures.least))
        sure = f"{1 - verdict.error:.1%} sure, however often one looks"
        yield f"{incumbent} earns {earns} for each decision."
        yield f"With {shadow} in its place: a difference of {more}, at least {least} ({sure})."
        yield f"{weights_in_words(verdict.weights).capitalize()}."
        yield CARRY_OVER_NOTE


def _reason(verdict: PromotionVerdict, wait_days: float | None) -> str:
    match verdict.refusal:
        case PromotionRefusal.TOO_FEW:
            return too_few_decisions(verdict.weights.effective, wait_days)
        case PromotionRefusal.UNSOUND:
            return (
                f"The mean weight {verdict.weights.mean:.3f} is not within"
                f" {MEAN_WEIGHT_RANGE.low:g}–{MEAN_WEIGHT_RANGE.high:g}: the"
                " logged probabilities are not true, or the log is still too short for this shadow."
            )
        case PromotionRefusal.NOT_BETTER:
            return "The log does not show that it is better."
        case None:
            return "The log shows that it is better."


def format_status(found: PromotionStatus) -> str:
    """The active policy, the shadows and the history, in words."""
    return "\n".join(
        (
            f"Serves: {name_of(found.policy)}",
            "Shadows:",
            *(f"  {name_of(one)}" for one in found.shadows),
            *(
                ["History:", *map(_event_line, found.history)]
                if found.history
                else ["Nothing was promoted yet."]
            ),
        )
    )


def _event_line(event: Event) -> str:
    data = event.data
    policy, over = name_of(str(data["policy_id"])), name_of(str(data["over"]))
    when = f"  {event.happened_at:%Y-%m-%d %H:%M} UTC"
    if event.kind == ROLLED_BACK:
        return f"{when}  back to {policy}, from {over}"
    more, least = (number(float(data[name] or 0)) for name in ("more", "least"))
    return f"{when}  {policy} promoted over {over}: {more} more, at least {least}"
