"""What oO says where the texts of an old decision were erased.

Tests: tests/jobs/test_prune.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

TIP = "A tip whose words are gone"
WHY = "> The words of that tip are gone: I keep them for a while only. What I learned from it stays."

translate(__name__)
