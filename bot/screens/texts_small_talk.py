"""Sentences: answers to small talk, if no language model answers it.

Tests: tests/scenarios/test_small_talk.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

ALL_RIGHT = "All right. If there is something to do, just write it."
ONLY_TASKS = "I'm good for tasks and tips only. Tell me something you need to do, or ask for a /tip; /help shows the rest."

translate(__name__)
