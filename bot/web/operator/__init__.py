"""The operator's pages: how oO is doing, and what to do about it. Nothing on them is about one person.

``figures`` reads what is shown in one transaction, ``rows`` says it in words, ``plots`` draws it, ``pages``
answers. What takes long, the evaluation of the log, is computed by a job (``jobs/evaluation.py``).

Tests: tests/bot/web/operator.
"""
