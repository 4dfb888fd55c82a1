"""An in-memory contextual bandit for any data, behind ``core.bandit.make_policy``."""
