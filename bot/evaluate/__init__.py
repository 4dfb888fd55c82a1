"""``oo evaluate``: off-policy evaluation of the log, and mean rewards by prompt, model and kind of tip.

Tests: tests/bot/test_evaluate.py, tests/bot/test_evaluate_plots.py.
"""
