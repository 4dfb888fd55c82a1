"""``oo evaluate``: what other policies would have earned, and what prompts, models and kinds of tips did."""
