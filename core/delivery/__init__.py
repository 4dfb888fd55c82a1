"""A tip on its way to a person, and what comes back: pushes, sends, callbacks, reactions."""
