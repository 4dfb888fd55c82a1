"""One door to every policy: ``make_policy("inverse-gap", dimension=32)``."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from core.bandit.learner import BanditPolicy, Learner
from core.bandit.mixed import Variances
from core.bandit.rules import EpsilonGreedy, InverseGap, LinUcb, Rule, Softmax, Thompson, Uniform

RULES: dict[str, type[Rule]] = {
    "inverse-gap": InverseGap,
    "squarecb": InverseGap,
    "thompson": Thompson,
    "epsilon-greedy": EpsilonGreedy,
    "softmax": Softmax,
    "linucb": LinUcb,
    "uniform": Uniform,
}

_MODEL = ("half_life", "refresh_every")


def make_policy(name: str, dimension: int, **settings: Any) -> BanditPolicy:
    """A fresh policy for feature vectors of length ``dimension``.

    ``settings`` are those of the rule (``rules.py``), of the variances at the start (``noise``,
    ``person``, ``common``), ``half_life`` in days and ``refresh_every`` in rewards. Raises ValueError for
    an unknown name or setting.
    """
    rule = RULES.get(name.replace("_", "-"))
    if rule is None:
        raise ValueError(f"no policy is called {name!r}; there are {', '.join(sorted(RULES))}")
    if dimension < 1:
        raise ValueError("a policy needs at least one feature")
    of_rule = {field.name for field in fields(rule) if field.init}  # type: ignore[arg-type]
    of_variances = {field.name for field in fields(Variances)}
    unknown = settings.keys() - of_rule - of_variances - set(_MODEL)
    if unknown:
        known = sorted(of_rule | of_variances | set(_MODEL))
        raise ValueError(f"{name} has no setting {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return Learner(
        dimension=dimension,
        rule=rule(**{key: value for key, value in settings.items() if key in of_rule}),
        variances=Variances(**{key: value for key, value in settings.items() if key in of_variances}),
        **{key: value for key, value in settings.items() if key in _MODEL},
    )
