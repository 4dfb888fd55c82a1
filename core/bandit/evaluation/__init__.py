"""Off-policy evaluation: estimators, intervals, and comparisons that are valid at every look."""
