"""The factory of all standalone policies: ``make_policy("inverse-gap", dimension=32)``.

Tests: tests/core/bandit/standalone/test_learner.py.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from core.bandit.mixed import Variances
from core.bandit.rules import rule_of
from core.bandit.standalone.learner import BanditPolicy, Learner
from core.bandit.standalone.recovering import RecoveringSoftmax

_VARIANCES = {field.name for field in fields(Variances)}
_MODEL = {"half_life", "refresh_every"}
_ALIASES = {"squarecb": "inverse-gap"}  # the name that Foster & Rakhlin gave their algorithm


def make_policy(name: str, dimension: int, **settings: Any) -> BanditPolicy:
    """A policy without observations, for feature vectors of length ``dimension``.

    ``name``: one of ``rules.RULES``, ``squarecb`` or ``recovering-softmax``; ``_`` and ``-`` are the same.
    ``settings``: those of the rule, the initial variances (``noise``, ``person``, ``common``), ``half_life``
    in days and ``refresh_every`` in rewards. ``recovering-softmax`` has no model and takes the fields of
    ``RecoveringSoftmax``. Raises ValueError for an unknown name or setting, and for a value out of range.
    """
    called = name.replace("_", "-")
    if called == "recovering-softmax":
        return _recovering(dimension, settings)
    of_rule = {key: value for key, value in settings.items() if key not in _VARIANCES | _MODEL}
    return Learner(
        dimension=dimension,
        rule=rule_of(_ALIASES.get(called, called), **of_rule),
        variances=Variances(**{key: value for key, value in settings.items() if key in _VARIANCES}),
        **{key: value for key, value in settings.items() if key in _MODEL},
    )


def _recovering(dimension: int, settings: dict[str, Any]) -> BanditPolicy:
    known = {one.name for one in fields(RecoveringSoftmax) if one.init} - {"dimension"}
    if unknown := sorted(settings.keys() - known):
        there = ", ".join(sorted(known))
        raise ValueError(f"recovering-softmax has no setting {', '.join(unknown)}; there are: {there}")
    return RecoveringSoftmax(dimension=dimension, **settings)
