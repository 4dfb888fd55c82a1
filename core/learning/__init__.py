"""What rewards teach: the stored sums, their updates and refits, beliefs, corrections, the hold-out
experiment.
"""
