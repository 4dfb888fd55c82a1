"""What the terminal itself says, beside the messages.

Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

SAVED = "Saved as {path}"
NO_BUTTON = "There is no button {number}."
IDLE = "Type a task, a question, or /help. Ctrl-D leaves."
THINKING = "oO is thinking …"
LEAVE, LEAVE_BY_KEY = "Leave the chat", "Leave the chat (or Ctrl-D)"

translate(__name__)
