"""One decision: its decision point, its context, its candidates, what was chosen, and why."""
