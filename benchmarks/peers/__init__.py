"""``make bench-peers``: latency and reward of oO's policy and of other libraries' bandits."""
