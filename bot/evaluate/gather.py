"""The served log, read page by page into arrays: small enough to keep, however many candidates there were."""

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
from core.bandit.evaluation.evaluate import REWARDS
from core.bandit.evaluation.guess import settled_before
from core.bandit.evaluation.logged import SUM, CompactDecisions, LoggedDecisions
from core.bandit.evaluation.paired import Paired, excess
from core.model import Shadow, TipKind
from core.policies.catalog import PROMISE, PROMISE_QUIET
from core.store import Served, Store

PAGE = 1_000
"""Decisions that are read at once."""

STAYING_SILENT = 0.0
"""What silence is worth: ``core/policies/rewards.py`` measures every reward against it."""

KEPT = (PROMISE.policy_id, PROMISE_QUIET.policy_id)
"""Who kept a promise drew nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One served decision, without its candidates."""

    decided_at: datetime
    reward: float
    policy_id: str
    kind: TipKind
    prompt_version: str | None
    llm_model: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shadowed:
    """Decisions for which a shadow's distribution was logged, in the order in which they were made.
    ``excess`` as in ``Paired``; a reward is certain after ``wait``.
    """

    policy_id: str
    decided_at: npt.NDArray[np.float64]
    decisions: CompactDecisions
    excess: Matrix
    wait: timedelta

    @property
    def since(self) -> float:
        """When the first decision was made that counts by now, in seconds: for shadows that came together
        it is the same one.
        """
        return float(self.decided_at[0])

    @property
    def paired(self) -> Paired:
        """What a shadow is compared by with the one policy that served them all."""
        return Paired(
            weights=self.decisions.weights,
            rewards=self.decisions.rewards,
            excess=self.excess,
            settled=settled_before(self.decided_at, self.decided_at + self.wait.total_seconds()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The log. ``waiting`` decisions were left out because their wait time was not over when the log ends,
    ``invalid`` ones because their figures can't be true.
    """

    outcomes: tuple[Outcome, ...]
    shadowed: tuple[Shadowed, ...]
    waiting: int
    invalid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """Decisions that fit into one array: of one shadow, with features of one kind."""

    policy_id: str
    feature_version: str
    dimension: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Page:
    decided_at: npt.NDArray[np.float64]
    decisions: CompactDecisions
    excess: Matrix


@dataclass(slots=True)
class _Book:
    """What was read so far, of what ``served_by`` drew, or of everything."""

    served_by: str | None
    outcomes: list[Outcome] = field(default_factory=list)
    pages: defaultdict[_Key, list[_Page]] = field(default_factory=lambda: defaultdict(list))
    invalid: int = 0

    def add(self, page: Sequence[Served]) -> None:
        drawn = [one for one in page if self._counts(one.policy_id)]
        sound = [one for one in drawn if is_valid(one)]
        self.invalid += len(drawn) - len(sound)
        self.outcomes += map(_outcome, sound)
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

    def _counts(self, policy_id: str) -> bool:
        return policy_id not in KEPT if self.served_by is None else policy_id == self.served_by


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    served: Served
    shadow: Shadow


async def gather(store: Store, wait: timedelta, *, served_by: str | None = None) -> Gathered:
    """Read the whole log, or what the policy ``served_by`` drew.

    What was decided less than ``wait`` before the last decision is left out: by then only the quick reactions
    were in, which are the good ones.
    """
    book = _Book(served_by=served_by)
    after = ""
    while True:
        async with store.read() as unit:
            page = await unit.decisions.rewarded_draws(after, PAGE)
        if not page:
            break
        book.add(page)
        after = page[-1].decision_id
    return _closed(book, wait)


def is_valid(one: Served) -> bool:
    """Whether a decision's figures can be true."""
    same_size = len(set(map(len, one.features))) == 1
    in_range = 0 < one.propensity <= 1 and _reward(one) in REWARDS and _is_distribution(one.probabilities)
    return same_size and in_range and all(map(math.isfinite, chain.from_iterable(one.features)))


def fits(one: Served, shadow: Shadow) -> bool:
    """Whether a shadow's distribution is one, over the decision's candidates."""
    return len(shadow.probabilities) == len(one.features) and _is_distribution(shadow.probabilities)


def _is_distribution(chances: Sequence[float]) -> bool:
    if not all(map(math.isfinite, chances)):
        return False
    return min(chances) >= 0 and abs(math.fsum(chances) - 1) <= SUM


def _reward(one: Served) -> float:
    return STAYING_SILENT if one.reward is None else one.reward


def _outcome(one: Served) -> Outcome:
    return Outcome(
        decided_at=one.decided_at,
        reward=_reward(one),
        policy_id=one.policy_id,
        kind=one.kind,
        prompt_version=one.prompt_version,
        llm_model=one.llm_model,
    )


def _page(pairs: Sequence[_Pair]) -> _Page:
    counts = [len(pair.served.features) for pair in pairs]
    logged = LoggedDecisions(
        features=np.array([row for pair in pairs for row in pair.served.features]),
        offsets=np.concatenate(([0], np.cumsum(counts))),
        action=np.array([pair.served.drawn for pair in pairs]),
        # Both policies choose from one shortlist: its probability stands above and below, and cancels.
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


# --- All pages together ------------------------------------------------------------------------------------


def _closed(book: _Book, wait: timedelta) -> Gathered:
    if not book.outcomes:
        return Gathered(outcomes=(), shadowed=(), waiting=0, invalid=book.invalid)
    until = max(one.decided_at for one in book.outcomes) - wait
    known = sorted((one for one in book.outcomes if one.decided_at <= until), key=attrgetter("decided_at"))
    shadows = sorted({key.policy_id for key in book.pages})
    shadowed = (_shadowed(policy_id, book.pages, until.timestamp(), wait) for policy_id in shadows)
    return Gathered(
        outcomes=tuple(known),
        shadowed=tuple(one for one in shadowed if one.decided_at.size),
        waiting=len(book.outcomes) - len(known),
        invalid=book.invalid,
    )


def _shadowed(policy_id: str, pages: dict[_Key, list[_Page]], until: float, wait: timedelta) -> Shadowed:
    """Features of different versions mean different things: each version has columns of its own."""
    theirs = {key: found for key, found in pages.items() if key.policy_id == policy_id}
    width = sum(key.dimension for key in theirs)
    parts: list[_Page] = []
    start = 0
    for key, found in theirs.items():
        parts += (_widened(page, start, width) for page in found)
        start += key.dimension
    times = np.concatenate([part.decided_at for part in parts])
    order = np.argsort(times, kind="stable")
    order = order[times[order] <= until]
    return Shadowed(
        policy_id=policy_id,
        decided_at=times[order],
        decisions=CompactDecisions(
            weights=_joined([part.decisions.weights for part in parts], order),
            rewards=_joined([part.decisions.rewards for part in parts], order),
            drawn=_joined([part.decisions.drawn for part in parts], order),
            expected=_joined([part.decisions.expected for part in parts], order),
        ),
        excess=_joined([part.excess for part in parts], order),
        wait=wait,
    )


def _joined(arrays: Sequence[Vector], order: npt.NDArray[np.intp]) -> Vector:
    joined: Vector = np.concatenate(arrays)[order]
    return joined


def _widened(page: _Page, start: int, width: int) -> _Page:
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
