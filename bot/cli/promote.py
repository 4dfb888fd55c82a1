"""``oo promote``: a shadow becomes the policy if the log proves it better; that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.app import opened
from bot.evaluate.gather import Shadowed, gather
from bot.evaluate.words import CARRIED_OVER, name_of, number, refusal
from bot.evaluate.words import weights as weights_in_words
from bot.settings import Settings
from core.bandit.evaluation.evaluate import SOUND, days_to_wait
from core.deciding.active_policy import Serving, serving_now
from core.deciding.promotion import (
    ROLLED_BACK,
    Arrivals,
    Refusal,
    Verdict,
    allowance,
    arrived,
    examine,
    history,
    promote,
    roll_back,
    shadow_named,
)
from core.model import Event
from core.policies.catalog import FALLBACK

_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of a shadow that was to be promoted. ``verdict`` None: no decision to compare by yet;
    ``wait_days``: until something can be said, None where that can't be foreseen.
    """

    shadow: str
    incumbent: str
    verdict: Verdict | None = None
    wait_days: float | None = None

    @property
    def promoted(self) -> bool:
        """Whether it serves now."""
        return self.verdict is not None and self.verdict.promotes

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "promoted": self.promoted}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who serves, who is a shadow, and how that came, newest first."""

    policy: str
    shadows: tuple[str, ...]
    history: tuple[Event, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        events = [
            {"kind": one.kind, "happened_at": one.happened_at.isoformat(), **one.data} for one in self.history
        ]
        return {"policy": self.policy, "shadows": list(self.shadows), "history": events}


async def ask(settings: Settings, name: str) -> Asked:
    """Promote the shadow ``name``, its id or its bare name, if it has proved itself better on the decisions
    that the policy served which serves now. Raises ``BadInput`` for a name that is no shadow's.
    """
    async with opened(settings) as app:
        async with app.store.read() as unit:
            now = await serving_now(unit, app.deps)
        shadow = shadow_named(name, now)
        log = await gather(app.store, app.deps.rules.reward_wait, served_by=now.policy.policy_id)
        since = {one.policy_id: one.since for one in log.shadowed if one.policy_id != FALLBACK.policy_id}
        async with app.store.begin() as unit:
            arrivals = await arrived(unit, now.policy.policy_id, since)
        shadowed = next((one for one in log.shadowed if one.policy_id == shadow.policy_id), None)
        asked = _asked(shadowed, shadow.policy_id, now, arrivals)
        if asked.verdict and asked.verdict.promotes:
            await promote(app.deps, shadow, asked.verdict, over=now.policy)
        return asked


def _asked(shadowed: Shadowed | None, shadow: str, now: Serving, arrivals: Arrivals) -> Asked:
    """``arrivals``: of all shadows that ever stood beside the incumbent."""
    incumbent = now.policy.policy_id
    if shadowed is None:
        return Asked(shadow=shadow, incumbent=incumbent)
    verdict = examine(shadowed.paired, error=allowance(shadow, arrivals))
    days = float(shadowed.decided_at[-1] - shadowed.since) / _DAY
    wait_days = days_to_wait(verdict.weights.effective, days)
    return Asked(shadow=shadow, incumbent=incumbent, verdict=verdict, wait_days=wait_days)


async def back(settings: Settings) -> Standing:
    """Undo the last promotion, or forget one that no longer holds. Raises ``BadInput`` if there is none."""
    async with opened(settings) as app:
        await roll_back(app.deps)
    return await standing(settings)


async def standing(settings: Settings) -> Standing:
    """How it stands. Nothing is changed."""
    async with opened(settings) as app, app.store.read() as unit:
        now = await serving_now(unit, app.deps)
        return Standing(
            policy=now.policy.policy_id,
            shadows=tuple(one.policy_id for one in now.shadows),
            history=await history(unit),
        )


# --- In words ----------------------------------------------------------------------------------------------


def asked_printed(asked: Asked) -> str:
    """What became of it, and the figures that this rests on."""
    return "\n".join(_said(asked))


def _said(asked: Asked) -> Iterator[str]:
    shadow, incumbent, verdict = name_of(asked.shadow), name_of(asked.incumbent), asked.verdict
    if verdict is None:
        yield f"Not promoted: there is no decision yet that {incumbent} served with {shadow} beside it."
        yield "Who serves now, the configuration says, or a promotion; oo evaluate lists who served this log."
        return
    if verdict.promotes:
        yield f"{shadow} serves from now on, in place of {incumbent}. To go back: oo promote --back"
    else:
        yield f"Not promoted: {incumbent} goes on serving."
    yield _because(verdict, asked.wait_days)
    if verdict.figures is not None:
        earns, more, least = map(number, (verdict.figures.earns, verdict.figures.more, verdict.figures.least))
        sure = f"{1 - verdict.error:.1%} sure, however often one looks"
        yield f"{incumbent} earns {earns} for each decision."
        yield f"With {shadow} in its place: a difference of {more}, at least {least} ({sure})."
        yield f"{weights_in_words(verdict.weights).capitalize()}."
        yield CARRIED_OVER


def _because(verdict: Verdict, wait_days: float | None) -> str:
    match verdict.refusal:
        case Refusal.TOO_FEW:
            return refusal(verdict.weights.effective, wait_days)
        case Refusal.UNSOUND:
            return (
                f"The mean weight {verdict.weights.mean:.3f} is not within"
                f" {SOUND.low:g}–{SOUND.high:g}: the"
                " logged probabilities are not true, or the log is still too short for this shadow."
            )
        case Refusal.NOT_BETTER:
            return "The log does not show that it is better."
        case None:
            return "The log shows that it is better."


def standing_printed(found: Standing) -> str:
    """Who serves, the shadows, and the history with its figures."""
    return "\n".join(
        (
            f"Serves: {name_of(found.policy)}",
            "Shadows:",
            *(f"  {name_of(one)}" for one in found.shadows),
            *(["History:", *map(_event, found.history)] if found.history else ["Nothing was promoted yet."]),
        )
    )


def _event(event: Event) -> str:
    data = event.data
    policy, over = name_of(str(data["policy_id"])), name_of(str(data["over"]))
    when = f"  {event.happened_at:%Y-%m-%d %H:%M} UTC"
    if event.kind == ROLLED_BACK:
        return f"{when}  back to {policy}, from {over}"
    more, least = (number(float(data[name] or 0)) for name in ("more", "least"))
    return f"{when}  {policy} promoted over {over}: {more} more, at least {least}"
