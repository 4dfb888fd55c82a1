"""Applies ``core.bandit`` to tips: features, the policy catalog, one choice, its replay, and rewards."""
