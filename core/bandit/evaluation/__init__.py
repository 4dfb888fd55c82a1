"""Off-policy evaluation: estimators, their intervals, and comparisons that may be looked at daily."""
