"""Sentences about the language that oO speaks.

Tests: tests/bot/screens/test_texts.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

LANGUAGE_ASK = "I write to you in {language}. Which language would you like?"
LANGUAGE_SET = "From now on I write to you in {language}."
LANGUAGE_NOTICED = "> From now on I write to you in {language}."
LANGUAGE_UNKNOWN = "I don't speak {language} yet. Which of these would you like?"
LANGUAGE_UNHEARD = 'I know no language called "{words}". Which of these would you like?'

translate(__name__)
