"""The clock: a handful of jobs, never one per person. What is due is found by an indexed scan."""
