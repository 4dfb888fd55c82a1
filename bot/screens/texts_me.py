"""Sentences of the person's pages.

Tests: tests/bot/web/me.
"""

from __future__ import annotations

from bot.languages.sentences import translate

TODAY = "Today"

translate(__name__)
