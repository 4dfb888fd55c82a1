"""Replay: repeats a decision from the log and compares every number bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.policies.catalog import policy_of
from core.policies.choose import choose, posterior_from_vector, take_snapshot
from core.policies.features import DIMENSION, FEATURE_VERSION, FEATURES
from core.policies.holdout_draw import draw_holdout
from core.records import Draw, Snapshot, TipKind
from core.tips.shortlist import drawn_positions, inclusion_probability


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayReport:
    """The result of a replay."""

    differences: tuple[str, ...]
    """One line per number that differs, without personal text."""

    @property
    def same(self) -> bool:
        """Whether every number is equal bit for bit."""
        return not self.differences


def replay(logged: Draw, snapshot: Snapshot) -> ReplayReport:
    """Repeat a logged draw from its context, candidates and seed, with the weights of ``snapshot``."""
    if logged.feature_version != FEATURE_VERSION:
        fault = f"feature_version: logged {logged.feature_version}, this program computes {FEATURE_VERSION}"
        return ReplayReport(differences=(fault,))
    if logged.context.texts_erased:
        return ReplayReport(differences=("texts: erased by retention, so features can't be computed again",))
    try:
        repeated = _repeat_draw(logged, snapshot)
    except ValueError as exc:
        return ReplayReport(differences=(f"can't be made again: {exc}",))
    return ReplayReport(differences=tuple(_differences(logged, repeated, snapshot)))


def _repeat_draw(logged: Draw, snapshot: Snapshot) -> Draw:
    choice = choose(
        logged.context,
        [scored.candidate for scored in logged.candidates],
        posterior=posterior_from_vector(np.array(snapshot.weights), DIMENSION),
        policy=policy_of(logged.policy_id),
        shadows=[policy_of(shadow.policy_id) for shadow in logged.shadows],
        seed=logged.seed,
    )
    return choice.draw


def _differences(logged: Draw, repeated: Draw, snapshot: Snapshot) -> Iterator[str]:
    content = take_snapshot(snapshot.policy_id, np.array(snapshot.weights), snapshot.feature_version)
    if content != snapshot:
        yield f"snapshot: named {snapshot.model_version}, but its content is {content.model_version}"
    yield from _first_stage_differences(logged)
    coin = logged.coin
    if coin and draw_holdout(coin.chance, coin.seed) != coin:
        yield f"coin: logged held_out {coin.held_out}, replayed {not coin.held_out}"
    before, after = dict(_figures(logged)), dict(_figures(repeated))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name}: logged {before.get(name)}, replayed {after.get(name)}"


def _first_stage_differences(logged: Draw) -> Iterator[str]:
    """Repeat the draw of the shortlist and recompute the inclusion probabilities."""
    shortlist = logged.context.shortlist
    if shortlist is None:
        return
    others = shortlist.eligible - shortlist.leading
    drawn = drawn_positions(others, len(shortlist.drawn), shortlist.seed)
    if drawn != shortlist.drawn:
        yield f"shortlist: logged places {shortlist.drawn}, replayed {drawn}"
    places: dict[str | None, int] = {task.task_id: place for place, task in enumerate(logged.context.tasks)}
    for place, scored in enumerate(logged.candidates):
        one = scored.candidate
        of_task = one.kind is TipKind.TASK and one.task_id in places
        chance = inclusion_probability(shortlist, places[one.task_id]) if of_task else 1.0
        if one.inclusion != chance:
            yield f"candidate {place} inclusion: logged {one.inclusion}, replayed {chance}"


def _figures(made: Draw) -> Iterator[tuple[str, str]]:
    """Every number as a name and its exact text; candidates are named by their position."""
    yield "policy_id", made.policy_id
    yield "model_version", made.model_version
    yield "floor", _exact(made.floor)
    yield "action", made.action
    yield "propensity", _exact(made.propensity)
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
