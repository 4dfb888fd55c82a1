"""Reads the log of decisions page by page into compact arrays, which do not grow with the candidates."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from core.bandit.arrays import Matrix, Vector
from core.bandit.evaluation.evaluate import REWARD_RANGE
from core.bandit.evaluation.guess import count_known_before
from core.bandit.evaluation.logged import SUM_TOLERANCE, CompactDecisions, LoggedDecisions
from core.bandit.evaluation.paired import PairedLog, excess
from core.policies.catalog import EVEN_IF_QUIET
from core.records import PromptDraw, Shadow, TipKind
from core.store import RewardedDraw, Store

PAGE_SIZE = 1_000
"""Decisions per query."""

REWARD_OF_SILENCE = 0.0
"""``core/policies/rewards.py`` measures every reward against silence."""

DETERMINISTIC_POLICIES = tuple(EVEN_IF_QUIET)
"""Snoozed tips that came back, and reminders: nothing was drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDecision:
    """A served decision without its candidates."""

    decided_at: datetime
    reward: float
    policy_id: str
    kind: TipKind
    prompt_version: str | None
    llm_model: str | None
    prompt: PromptDraw | None = None
    """The prompt that was drawn, whatever tip was chosen; None if no language model was asked."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShadowLog:
    """The decisions with a logged distribution of one shadow policy, in order."""

    policy_id: str
    decided_at: npt.NDArray[np.float64]
    """Seconds since 1970."""
    decisions: CompactDecisions
    excess: Matrix
    """As in ``PairedLog``."""
    wait: timedelta
    """A reward is final after this time."""

    @property
    def since(self) -> float:
        """Time of the first decision in seconds; the same for shadows that were added together."""
        return float(self.decided_at[0])

    @property
    def paired(self) -> PairedLog:
        """The paired comparison with the policy that served these decisions; it must be one policy."""
        return PairedLog(
            weights=self.decisions.weights,
            rewards=self.decisions.rewards,
            excess=self.excess,
            known_before=count_known_before(self.decided_at, self.decided_at + self.wait.total_seconds()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredLog:
    """The log as evaluation needs it."""

    served: tuple[ServedDecision, ...]
    shadow_logs: tuple[ShadowLog, ...]
    waiting: int
    """Decisions left out because the log ends within their wait time."""
    invalid: int
    """Decisions left out because their figures are impossible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """Decisions that share arrays: one shadow, one version of features."""

    policy_id: str
    feature_version: str
    dimension: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Page:
    decided_at: npt.NDArray[np.float64]
    decisions: CompactDecisions
    excess: Matrix


@dataclass(slots=True)
class _LogReader:
    """Collects pages of the log."""

    served_by: str | None
    """Only decisions of this policy; None: of all."""
    served: list[ServedDecision] = field(default_factory=list)
    pages: defaultdict[_Key, list[_Page]] = field(default_factory=lambda: defaultdict(list))
    invalid: int = 0

    def add(self, page: Sequence[RewardedDraw]) -> None:
        drawn = [one for one in page if self._is_included(one.policy_id)]
        sound = [one for one in drawn if is_valid(one)]
        self.invalid += len(drawn) - len(sound)
        self.served += map(_served_decision, sound)
        together = defaultdict[_Key, list[_Pair]](list)
        for one in sound:
            for shadow in {shadow.policy_id: shadow for shadow in one.shadows}.values():
                if fits(one, shadow):
                    key = _Key(
                        policy_id=shadow.policy_id,
                        feature_version=one.feature_version,
                        dimension=len(one.features[0]),
                    )
                    together[key].append(_Pair(served=one, shadow=shadow))
        for key, pairs in together.items():
            self.pages[key].append(_page(pairs))

    def _is_included(self, policy_id: str) -> bool:
        return (
            policy_id not in DETERMINISTIC_POLICIES if self.served_by is None else policy_id == self.served_by
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    served: RewardedDraw
    shadow: Shadow


async def gather(store: Store, wait: timedelta, *, served_by: str | None = None) -> GatheredLog:
    """Read the whole log, or only the decisions of the policy ``served_by``.

    Decisions less than ``wait`` before the last one are left out: only their quick reactions are known, which
    are mostly positive.
    """
    reader = _LogReader(served_by=served_by)
    after = ""
    while True:
        async with store.read() as unit:
            page = await unit.decisions.rewarded_draws(after, PAGE_SIZE)
        if not page:
            break
        reader.add(page)
        after = page[-1].decision_id
    return _gathered(reader, wait)


def is_valid(one: RewardedDraw) -> bool:
    """Whether a decision's figures are possible."""
    same_size = len(set(map(len, one.features))) == 1
    in_range = (
        0 < one.propensity <= 1 and _reward(one) in REWARD_RANGE and _is_distribution(one.probabilities)
    )
    return same_size and in_range and all(map(math.isfinite, chain.from_iterable(one.features)))


def fits(one: RewardedDraw, shadow: Shadow) -> bool:
    """Whether the shadow has a probability distribution over the decision's candidates."""
    return len(shadow.probabilities) == len(one.features) and _is_distribution(shadow.probabilities)


def _is_distribution(chances: Sequence[float]) -> bool:
    if not all(map(math.isfinite, chances)):
        return False
    return min(chances) >= 0 and abs(math.fsum(chances) - 1) <= SUM_TOLERANCE


def _reward(one: RewardedDraw) -> float:
    return REWARD_OF_SILENCE if one.reward is None else one.reward


def _served_decision(one: RewardedDraw) -> ServedDecision:
    return ServedDecision(
        decided_at=one.decided_at,
        reward=_reward(one),
        policy_id=one.policy_id,
        kind=one.kind,
        prompt_version=one.prompt_version,
        llm_model=one.llm_model,
        prompt=one.prompt,
    )


def _page(pairs: Sequence[_Pair]) -> _Page:
    counts = [len(pair.served.features) for pair in pairs]
    logged = LoggedDecisions(
        features=np.array([row for pair in pairs for row in pair.served.features]),
        offsets=np.concatenate(([0], np.cumsum(counts))),
        action=np.array([pair.served.drawn for pair in pairs]),
        # Both policies choose from the same shortlist, so its inclusion probability cancels in the weight.
        pscore=np.array([pair.served.probabilities[pair.served.drawn] for pair in pairs]),
        reward=np.array([_reward(pair.served) for pair in pairs]),
        action_dist=np.array([chance for pair in pairs for chance in pair.shadow.probabilities]),
    )
    served = np.array([chance for pair in pairs for chance in pair.served.probabilities])
    return _Page(
        decided_at=np.array([pair.served.decided_at.timestamp() for pair in pairs]),
        decisions=logged.compact(),
        excess=excess(served, logged.action_dist, logged.offsets[:-1]),
    )


# --- Assembly ----------------------------------------------------------------------------------------------


def _gathered(reader: _LogReader, wait: timedelta) -> GatheredLog:
    if not reader.served:
        return GatheredLog(served=(), shadow_logs=(), waiting=0, invalid=reader.invalid)
    until = max(one.decided_at for one in reader.served) - wait
    known = sorted((one for one in reader.served if one.decided_at <= until), key=attrgetter("decided_at"))
    shadows = sorted({key.policy_id for key in reader.pages})
    shadow_logs = (_shadow_log(policy_id, reader.pages, until.timestamp(), wait) for policy_id in shadows)
    return GatheredLog(
        served=tuple(known),
        shadow_logs=tuple(one for one in shadow_logs if one.decided_at.size),
        waiting=len(reader.served) - len(known),
        invalid=reader.invalid,
    )


def _shadow_log(policy_id: str, pages: dict[_Key, list[_Page]], until: float, wait: timedelta) -> ShadowLog:
    """One shadow's pages in order. Each version of features gets columns of its own."""
    own_pages = {key: found for key, found in pages.items() if key.policy_id == policy_id}
    width = sum(key.dimension for key in own_pages)
    parts: list[_Page] = []
    start = 0
    for key, found in own_pages.items():
        parts += (_with_columns(page, start, width) for page in found)
        start += key.dimension
    times = np.concatenate([part.decided_at for part in parts])
    order = np.argsort(times, kind="stable")
    order = order[times[order] <= until]
    return ShadowLog(
        policy_id=policy_id,
        decided_at=times[order],
        decisions=CompactDecisions(
            weights=_concatenate([part.decisions.weights for part in parts], order),
            rewards=_concatenate([part.decisions.rewards for part in parts], order),
            drawn=_concatenate([part.decisions.drawn for part in parts], order),
            expected=_concatenate([part.decisions.expected for part in parts], order),
        ),
        excess=_concatenate([part.excess for part in parts], order),
        wait=wait,
    )


def _concatenate(arrays: Sequence[Vector], order: npt.NDArray[np.intp]) -> Vector:
    joined: Vector = np.concatenate(arrays)[order]
    return joined


def _with_columns(page: _Page, start: int, width: int) -> _Page:
    def widened(features: Vector) -> Vector:
        wide = np.zeros((len(features), width))
        wide[:, start : start + features.shape[1]] = features
        return wide

    one = page.decisions
    if one.drawn.shape[1] == width:
        return page
    wide = CompactDecisions(
        weights=one.weights, rewards=one.rewards, drawn=widened(one.drawn), expected=widened(one.expected)
    )
    return _Page(decided_at=page.decided_at, decisions=wide, excess=page.excess)
