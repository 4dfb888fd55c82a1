"""A contextual bandit in memory for anybody's data: what ``core.bandit`` exports."""
