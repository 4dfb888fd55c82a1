"""Fuzzing of everything that reads what oO did not write. ``python -m tests.fuzz`` runs it; see ``__main__``.

A target has a function that takes bytes, reads them by a parser of oO's, and checks what must hold of the
result whatever the bytes are. Inputs that once showed a defect are in ``regressions``, and the suite replays
them.
"""
