"""Treatment effects from randomised trials with known assignment probabilities.

A person may read the result on any day, and oO acts on it, so the interval is a confidence sequence: it
holds at every look, from the first trial on.

That guarantee assumes outcomes that never change once known. Undo and late taps rewrite a few between two
looks, which makes it approximate; so does an assignment that changes the outcome of an earlier trial of the
same day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.bandit.arrays import Flags, Indices, Vector
from core.bandit.evaluation.guess import guesses
from core.bandit.evaluation.intervals import Interval

BET_FRACTIONS = np.geomspace(0.01, 0.64, 7)
"""The bets λ, as fractions of the largest bet that cannot lose everything."""

BISECTION_STEPS = 40

MIXTURE_COST = 2.3
"""What averaging over bets adds to ln(1/α); an empirical value for 100 to 1,000 trials."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomisedTrials:
    """n trials in the order of their assignment."""

    outcome: Vector
    """0 or 1, (n,)."""
    held_out: Flags
    """Whether the trial is in the control arm, (n,)."""
    holdout_probability: Vector
    """Probability of the control arm, above 0 and below 1, (n,)."""
    known_before: Indices
    """At each assignment: the outcomes of this many of the first trials were known, (n,)."""


def effect_interval(trials: RandomisedTrials, *, confidence: float = 0.95) -> Interval:
    """Confidence sequence for P(outcome | treated) − P(outcome | held out), in [-1, 1].

    With y the outcome, p the hold-out probability and c a guess of y from outcomes known before the
    assignment,

        X = (y − c) / (1 − p) if treated,   X = −(y − c) / p if held out

    has the effect as its expectation, for any c and any drift of the outcomes: it follows from the
    randomisation alone (inverse probability weighting). X is bounded. Under the hypothesis "the effect is
    m", the wealth Π (1 + λ(X − m)) is a martingale for every small λ ≥ 0, and so is its mean over several λ.
    By Ville's inequality it ever reaches 2/α with probability at most α/2, so an m with wealth ≥ 2/α is
    below the effect (Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting", JRSS
    B 86, 2024, section 4). The upper end is the lower end for −X. It needs neither normality nor a minimal
    n.
    """
    y, p = trials.outcome, trials.holdout_probability
    guess = guesses(y, trials.known_before)
    x = (y - guess) * np.where(trials.held_out, -1 / p, 1 / (1 - p))
    max_loss = np.maximum((1 - guess) / p, guess / (1 - p))  # x ≥ -max_loss
    max_gain = np.maximum(guess / p, (1 - guess) / (1 - p))  # x ≤ max_gain
    alpha = (1 - confidence) / 2
    return Interval(low=_lower_bound(x, max_loss, alpha), high=-_lower_bound(-x, max_gain, alpha))


def _lower_bound(x: Vector, max_loss: Vector, alpha: float) -> float:
    """The largest m in [-1, 1] that bets on E[``x``] > m refute at level ``alpha``, by bisection; -1 if
    none.

    Bets are λ = fraction / (max_loss + m), with ``x`` ≥ −``max_loss``.
    """
    threshold = math.log(BET_FRACTIONS.size / alpha)
    low, high = -1.0, 1.0
    for _ in range(BISECTION_STEPS):
        middle = (low + high) / 2
        log_wealth = np.log1p(np.outer(BET_FRACTIONS, (x - middle) / (max_loss + middle))).sum(axis=1)
        if np.logaddexp.reduce(log_wealth) >= threshold:
            low = middle
        else:
            high = middle
    return low


def decisions_needed(
    trials: RandomisedTrials, effect: float, holdout_probability: float, *, confidence: float = 0.95
) -> int:
    """The approximate number of trials after which the interval excludes 0 with probability 1/2, if the true
    effect is ``effect`` > 0: n = 2 v (ln(2/α) + ``MIXTURE_COST``) / effect².

    The log-wealth grows by about effect² / (2 v) per trial. v = r(1 − r) / (1 − p) + s(1 − s) / p is the
    variance of X, with r and s the outcome rates of the treated and the held-out trials so far, shrunk
    towards 1/2.
    """
    p = holdout_probability
    treated = _shrunk_rate(trials.outcome[~trials.held_out])
    control = _shrunk_rate(trials.outcome[trials.held_out])
    variance = treated * (1 - treated) / (1 - p) + control * (1 - control) / p
    evidence = math.log(2 / (1 - confidence)) + MIXTURE_COST
    return math.ceil(2 * variance * evidence / effect**2)


def _shrunk_rate(outcome: Vector) -> float:
    """(successes + 1) / (n + 2)."""
    return (float(outcome.sum()) + 1) / (outcome.size + 2)
