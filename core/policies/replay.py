"""Replay: repeats a decision from the log and compares every number bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.model import Context, Decision, Snapshot, TipKind
from core.policies.catalog import policy_of
from core.policies.choose import Choice, choose, posterior_from_vector, take_snapshot
from core.policies.features import DIMENSION, FEATURE_VERSION, FEATURES
from core.policies.holdout_draw import draw_holdout
from core.tips.shortlist import inclusion_probability, places_drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """The result of a replay."""

    differences: tuple[str, ...]
    """One line per number that differs, without personal text."""

    @property
    def same(self) -> bool:
        """Whether every number is equal bit for bit."""
        return not self.differences


def replay(decision: Decision, snapshot: Snapshot) -> ReplayReport:
    """Repeat ``decision`` from its logged context, candidates and seed, with the weights of ``snapshot``.

    Raises ValueError for a decision without a context, that is a refusal: nothing was drawn.
    """
    if decision.context is None:
        raise ValueError("nothing was drawn in this decision: oO was not available")
    if decision.feature_version != FEATURE_VERSION:
        fault = f"feature_version: logged {decision.feature_version}, this program computes {FEATURE_VERSION}"
        return ReplayReport(differences=(fault,))
    try:
        repeated = _repeat_choice(decision, decision.context, snapshot)
    except ValueError as exc:
        return ReplayReport(differences=(f"can't be made again: {exc}",))
    return ReplayReport(differences=tuple(_differences(decision, repeated, snapshot)))


def _repeat_choice(decision: Decision, context: Context, snapshot: Snapshot) -> Choice:
    return choose(
        context,
        [scored.candidate for scored in decision.candidates],
        posterior=posterior_from_vector(np.array(snapshot.weights), DIMENSION),
        policy=policy_of(decision.policy_id),
        shadows=[policy_of(shadow.policy_id) for shadow in decision.shadows],
        seed=decision.seed,
    )


def _differences(decision: Decision, repeated: Choice, snapshot: Snapshot) -> Iterator[str]:
    content = take_snapshot(snapshot.policy_id, np.array(snapshot.weights), snapshot.feature_version)
    if content != snapshot:
        yield f"snapshot: named {snapshot.model_version}, but its content is {content.model_version}"
    yield from _first_stage_differences(decision)
    coin = decision.coin
    if coin and draw_holdout(coin.chance, coin.seed) != coin:
        yield f"coin: logged held_out {coin.held_out}, replayed {not coin.held_out}"
    logged, replayed = dict(_figures(decision)), dict(_figures(repeated))
    for name in sorted(logged.keys() | replayed.keys()):
        before, after = logged.get(name), replayed.get(name)
        if before != after:
            yield f"{name}: logged {before}, replayed {after}"


def _first_stage_differences(decision: Decision) -> Iterator[str]:
    """Repeat the draw of the shortlist and recompute the inclusion probabilities."""
    context = decision.context
    if context is None or context.shortlist is None:
        return
    shortlist = context.shortlist
    others = shortlist.eligible - shortlist.leading
    drawn = places_drawn(others, len(shortlist.drawn), shortlist.seed)
    if drawn != shortlist.drawn:
        yield f"shortlist: logged places {shortlist.drawn}, replayed {drawn}"
    places: dict[str | None, int] = {task.task_id: place for place, task in enumerate(context.tasks)}
    for place, scored in enumerate(decision.candidates):
        one = scored.candidate
        of_task = one.kind is TipKind.TASK and one.task_id in places
        chance = inclusion_probability(shortlist, places[one.task_id]) if of_task else 1.0
        if one.inclusion != chance:
            yield f"candidate {place} inclusion: logged {one.inclusion}, replayed {chance}"


def _figures(made: Decision | Choice) -> Iterator[tuple[str, str | None]]:
    """Every number as a name and its exact text; candidates are named by their position."""
    yield "policy_id", made.policy_id
    yield "model_version", made.model_version
    yield "floor", _exact(made.floor)
    yield "action", made.action
    yield "propensity", None if made.propensity is None else _exact(made.propensity)
    for place, scored in enumerate(made.candidates):
        yield f"candidate {place} score", _exact(scored.score)
        yield f"candidate {place} probability", _exact(scored.probability)
        for index, value in enumerate(scored.features):
            name = FEATURES[index].name if index < len(FEATURES) else index
            yield f"candidate {place} feature {name}", _exact(value)
    for number, shadow in enumerate(made.shadows):
        yield f"shadow {number} policy_id", shadow.policy_id
        yield f"shadow {number} model_version", shadow.model_version
        for place, probability in enumerate(shadow.probabilities):
            yield f"shadow {number} probability {place}", _exact(probability)


def _exact(value: float) -> str:
    """The shortest text that determines the bits: NaN equals itself, 0.0 and -0.0 differ."""
    return repr(float(value))
