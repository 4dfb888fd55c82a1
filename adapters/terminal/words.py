"""What the terminal itself says, beside the messages; in English unless the bot hands in other words.

Tests: tests/scenarios/test_languages.py.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalWords:
    """The terminal's own sentences in one language."""

    saved: str = "Saved as {path}"
    no_button: str = "There is no button {number}."
    idle: str = "Type a task, a question, or /help. Ctrl-D leaves."
    thinking: str = "oO is thinking …"
    leave: str = "Leave the chat"
    leave_by_key: str = "Leave the chat (or Ctrl-D)"
