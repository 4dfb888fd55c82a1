"""Contextual bandits: a mixed-effects linear model, exploration rules and off-policy evaluation.

The model: ``statistics`` holds one person's exact sufficient statistics, ``population`` the sum over all
people, ``mixed`` combines both into a posterior, ``empirical_bayes`` fits the variances and ``forgetting``
discounts old rewards. ``rules`` turn a posterior into a probability for each candidate; ``policy`` defines
the port and the one function that draws.

``standalone`` combines them into an in-memory bandit for any data; ``make_policy`` builds one.
``evaluation`` estimates from a log what another policy would have earned. This package knows no tips,
features or records: ``core/policies`` applies it to them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.bandit.standalone.learner import BanditPolicy
    from core.bandit.standalone.make import make_policy

__all__ = ["BanditPolicy", "make_policy"]


def __getattr__(name: str) -> object:
    """Import the public names on first use: the service does not need the standalone learner."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from core.bandit.standalone import learner, make

    return learner.BanditPolicy if name == "BanditPolicy" else make.make_policy
