"""The reward model of off-policy evaluation."""

from __future__ import annotations

import numpy as np
import pytest

from core.bandit.evaluation.reward_model import cross_fitted

RNG = np.random.default_rng(0)
X = RNG.uniform(-1, 1, size=(400, 3))
EXPECTED = RNG.uniform(-1, 1, size=(400, 3))
REWARDS = 0.25 + X @ np.array([0.5, -0.25, 0.0])


def test_a_linear_truth_is_found() -> None:
    found = cross_fitted(X, EXPECTED, REWARDS, folds=5, seed=0, ridge=1e-6)
    assert found.q_logged == pytest.approx(REWARDS, abs=1e-4)
    assert found.q_policy == pytest.approx(0.25 + EXPECTED @ np.array([0.5, -0.25, 0.0]), abs=1e-4)


def test_no_decision_is_judged_by_a_model_that_saw_it() -> None:
    changed = REWARDS.copy()
    changed[17] += 100
    before = cross_fitted(X, EXPECTED, REWARDS, folds=4, seed=2, ridge=1.0)
    after = cross_fitted(X, EXPECTED, changed, folds=4, seed=2, ridge=1.0)
    untouched = np.flatnonzero(np.abs(before.q_logged - after.q_logged) < 1e-9)
    assert 17 in untouched
    assert untouched.size == 100


def test_the_same_seed_deals_the_same_folds() -> None:
    first, second, other = (
        cross_fitted(X, EXPECTED, REWARDS**2, folds=5, seed=seed, ridge=1.0).q_logged for seed in (1, 1, 2)
    )
    assert first.tolist() == second.tolist() != other.tolist()


def test_leverage_is_what_one_reward_moves() -> None:
    """Compared with the change of the fit on all decisions when one reward changes."""
    fit = cross_fitted(X, EXPECTED, REWARDS, folds=2, seed=0, ridge=1.0).fit
    assert fit is not None
    x, policy = fit.x, np.column_stack((np.ones(400), EXPECTED))
    weights = RNG.exponential(size=400)

    def model_share(rewards: np.ndarray) -> float:
        theta = np.linalg.solve(fit.gram, x.T @ rewards)
        return float((policy @ theta - weights * (x @ theta)).sum())

    more = REWARDS.copy()
    more[3] += 1
    assert fit.leverage(weights)[3] == pytest.approx(model_share(more) - model_share(REWARDS))


def test_one_decision_is_judged_by_a_model_that_knows_nothing() -> None:
    found = cross_fitted(X[:1], EXPECTED[:1], REWARDS[:1], folds=5, seed=0, ridge=1.0)
    assert (found.q_logged.tolist(), found.q_policy.tolist()) == ([0.0], [0.0])


@pytest.mark.parametrize(("folds", "ridge"), [(1, 1.0), (5, 0.0), (5, -1.0), (5, float("nan"))])
def test_bad_settings_are_refused(folds: int, ridge: float) -> None:
    with pytest.raises(ValueError, match="folds"):
        cross_fitted(X, EXPECTED, REWARDS, folds=folds, seed=0, ridge=ridge)


def test_features_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="features of shapes"):
        cross_fitted(X, EXPECTED[:, :2], REWARDS, folds=5, seed=0, ridge=1.0)
