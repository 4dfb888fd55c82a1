"""Sentences about where oO keeps its data.

Tests: tests/scenarios/test_on_postgresql.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

DELETED_ON_SERVER = (
    "Everything about you is deleted. Copies in the log of the database server, and in backups of whoever runs me,"
    " go when those expire. Goodbye."
)

translate(__name__)
