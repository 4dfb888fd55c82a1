"""Learning from rewards: the stored model, its updates and refits, beliefs and their corrections, and the
hold-out experiment.
"""
