"""How oO chooses: policies that give every candidate its probability, and the models they read.

For any data: ``make_policy`` makes a contextual bandit in memory, from a mixed-effects linear model
(``mixed``, ``empirical_bayes``, ``forgetting``) and a rule to explore by (``rules``); ``learner`` joins
them. ``evaluate`` says what policies are worth by what others logged.

For tips: ``statistics`` holds what each person taught, exactly, and ``population`` what all did; together
they give a posterior, a ``policy`` turns features and posterior into a distribution, from which ``draw``
takes one candidate. ``choose`` joins them for one decision and ``replay`` proves from the log that it was
so.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.bandit.standalone.learner import BanditPolicy
    from core.bandit.standalone.make import make_policy

__all__ = ["BanditPolicy", "make_policy"]


def __getattr__(name: str) -> object:
    """Both are imported when somebody asks for them: what serves people does without the learner."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from core.bandit.standalone import learner, make

    return learner.BanditPolicy if name == "BanditPolicy" else make.make_policy
