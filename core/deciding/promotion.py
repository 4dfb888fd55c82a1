"""A shadow becomes the policy when it has proved itself better, and not before.

``examine`` compares a shadow with the incumbent on the decisions that the incumbent served, and may be asked
every day (``core/bandit/evaluation/paired.py``): whoever does so with every shadow, each with its
``allowance``, promotes, as long as the incumbent serves, one that is at no time better with probability
``ERROR`` at most, whatever shadows come in meanwhile and why. That holds for a log that only grows: whoever
has oO forget them takes their decisions out of it, which changes the evidence, though no allowance that was
given out. Who serves is read in ``core/deciding/active_policy.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from core.bandit.evaluation.evaluate import REWARDS, Weights, weigh
from core.bandit.evaluation.paired import Paired, at_least, difference
from core.bandit.policy import Policy
from core.deciding.active_policy import NOTE, Promotions, Serving, serving, serving_now
from core.dependencies import Dependencies
from core.errors import BadInput
from core.events import record_event
from core.model import Event
from core.store import Unit
from core.text import clean

ERROR = 0.05
FOR_LATER = 0.2

ARRIVALS = "shadows"
"""The key of the note that says in what order shadows came beside each incumbent."""

Arrivals = tuple[tuple[str, ...], ...]
"""Ids of shadows: those that came at once together, in the order in which they came."""

PROMOTED, ROLLED_BACK = "policy.promoted", "policy.rolled_back"
KINDS = frozenset((PROMOTED, ROLLED_BACK))
LATEST = 100
"""Events of the history that are shown."""


# --- The proof ---------------------------------------------------------------------------------------------


class Refusal(StrEnum):
    """Why a shadow is not promoted."""

    TOO_FEW = "too_few"
    UNSOUND = "unsound"
    NOT_BETTER = "not_better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """``earns``: the incumbent's mean reward; ``more``: how much more the shadow would have earned, by an
    estimate; ``least``: how much more at least.
    """

    earns: float
    more: float
    least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the log says of a shadow; without ``weights.enough`` there are no ``figures``. ``error``: how
    likely a shadow that is at no time better is ever promoted.
    """

    weights: Weights
    error: float
    figures: Figures | None = None
    refusal: Refusal | None = None

    @property
    def promotes(self) -> bool:
        """Whether the shadow may become the policy."""
        return self.refusal is None


def in_order(since: Mapping[str, float], before: Arrivals = ()) -> Arrivals:
    """``before``, and after them the shadows that are not among them, by when each was first logged."""
    known = {shadow for group in before for shadow in group}
    new = {shadow: at for shadow, at in since.items() if shadow not in known}
    groups = (tuple(one for one in new if new[one] == at) for at in sorted(set(new.values())))
    return (*before, *groups)


def allowance(shadow: str, arrivals: Arrivals) -> float:
    """How much of ``ERROR`` a shadow gets, one of all that ever stood beside the incumbent.

    Those that came at once share alike in what those before them left, but for the part ``FOR_LATER``. So
    there is always something left for whatever comes in, and nobody's share changes then.
    """
    earlier, group = next(found for found in enumerate(arrivals) if shadow in found[1])
    return ERROR * FOR_LATER**earlier * (1 - FOR_LATER) / len(group)


async def arrived(unit: Unit, incumbent: str, since: Mapping[str, float]) -> Arrivals:
    """In what order shadows came beside ``incumbent``: as was found when it was first asked, by ``since``
    when each was logged, and kept then, whatever leaves the log or enters it belatedly.
    """
    stored = await unit.notes.get(None, ARRIVALS)
    kept: dict[str, Arrivals] = json.loads(stored) if stored else {}
    before = tuple(map(tuple, kept.get(incumbent, ())))
    arrivals = in_order(since, before)
    if arrivals != before:
        await unit.notes.put(None, ARRIVALS, json.dumps(kept | {incumbent: arrivals}))
    return arrivals


def examine(paired: Paired, *, error: float) -> Verdict:
    """Whether a shadow is better, by the decisions in which the incumbent served and the shadow was logged;
    wrong with probability ``error`` at most, all looks taken together.
    """
    weights = weigh(paired.weights)
    if not weights.enough:
        return Verdict(weights=weights, error=error, refusal=Refusal.TOO_FEW)
    figures = Figures(
        earns=float(paired.rewards.mean()),
        more=difference(paired),
        least=at_least(paired, rewards_in=REWARDS, error=error),
    )
    return Verdict(weights=weights, error=error, figures=figures, refusal=_refusal(weights, figures.least))


def _refusal(weights: Weights, least: float) -> Refusal | None:
    if not weights.sound:
        return Refusal.UNSOUND
    return None if least > 0 else Refusal.NOT_BETTER


# --- What changes who serves --------------------------------------------------------------------------------


def shadow_named(name: str, now: Serving) -> Policy:
    """The shadow with that id, or with that name if only one has it. Raises ``BadInput`` with the shadows
    that there are.
    """
    if not now.shadows:
        raise BadInput("no_shadows")
    exact = [one for one in now.shadows if one.policy_id == name]
    alike = [one for one in now.shadows if one.policy_id.partition(":")[0] == name]
    found = exact or alike
    if len(found) == 1:
        return found[0]
    names, said = "\n".join(one.policy_id for one in found or now.shadows), clean(name, 80)
    if found:
        raise BadInput("which_shadow", value=said, names=names)
    if name in (now.policy.policy_id, now.policy.policy_id.partition(":")[0]):
        raise BadInput("serves_already", value=said, names=names)
    raise BadInput("unknown_shadow", value=said, names=names)


async def promote(deps: Dependencies, shadow: Policy, verdict: Verdict, *, over: Policy) -> None:
    """Let ``shadow`` serve in place of ``over``, from the next decision on, and write down why.

    Raises ``BadInput`` if another policy serves by now, and ValueError for a verdict that refuses.
    """
    if verdict.figures is None or verdict.refusal is not None:
        raise ValueError(f"{shadow.policy_id} has not proved itself better: {verdict.refusal}")
    async with deps.store.begin() as unit:
        now = await serving_now(unit, deps)
        if now.policy.policy_id != over.policy_id:
            raise BadInput("another_serves", value=now.policy.policy_id)
        before = now.promotions.policies if now.promotions else ()
        await _note(unit, deps, (*before, shadow.policy_id))
        await record_event(
            unit,
            deps,
            PROMOTED,
            None,
            policy_id=shadow.policy_id,
            over=over.policy_id,
            decisions=verdict.weights.decisions,
            effective=verdict.weights.effective,
            mean_weight=verdict.weights.mean,
            error=verdict.error,
            **asdict(verdict.figures),
        )


async def roll_back(deps: Dependencies) -> Serving:
    """Let the policy serve again that did before the last promotion; returns who serves now. Of promotions
    that no longer hold the note is cleared, and the same policy serves on.

    Raises ``BadInput`` if nothing was promoted.
    """
    async with deps.store.begin() as unit:
        stored = await unit.notes.get(None, NOTE)
        now = serving(deps, stored)
        if stored is None:
            raise BadInput("nothing_promoted", value=now.policy.policy_id)
        if now.promotions is None:
            await _note(unit, deps, ())
            return now
        await _note(unit, deps, now.promotions.policies[:-1])
        back = await serving_now(unit, deps)
        await record_event(
            unit, deps, ROLLED_BACK, None, policy_id=back.policy.policy_id, over=now.policy.policy_id
        )
    return back


async def _note(unit: Unit, deps: Dependencies, policies: tuple[str, ...]) -> None:
    promotions = Promotions(configured=deps.policy.policy_id, policies=policies)
    await unit.notes.put(None, NOTE, promotions.as_text() if policies else None)


async def history(unit: Unit) -> tuple[Event, ...]:
    """Promotions and roll-backs, newest first."""
    return await unit.events.own(KINDS, LATEST)
