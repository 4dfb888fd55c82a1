"""``oo evaluate``: off-policy evaluation of the log, and mean rewards by prompt, model and kind of tip."""
