"""What oO says about what a person allows, about their data, and about the budget of the language model.

Tests: tests/scenarios/test_privacy.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

# --- The screen of /privacy --------------------------------------------------------------------------------

PURPOSE_LINE = "**{name}**: {state}. {without}"
PURPOSE_NAMES = {
    "messages": "Messages on my own",
    "language_model": "Language model",
    "learning": "Learning",
    "population": "Sharing what I learn",
    "calendar": "Calendar titles",
    "talk": "Memory of our talk",
    "notifications": "Silenced notifications",
    "holdout": "Test of my help",
}
PURPOSE_ON = {
    "messages": "Without it: no tips, reminders or daily messages unless you ask.",
    "language_model": "It sees your tasks and some messages. Without it: my own tips and rules only.",
    "learning": "Your taps teach me what helps you. Without it: I choose as for somebody new.",
    "population": "A few sums of it, no words, help to choose for others. Without it: it helps only you.",
    "calendar": "Titles of your events are kept. Without it: only when you are busy.",
    "talk": "What we say is kept for {hours} hours. Without it: each message stands alone.",
    "notifications": "I wait while Slack is silenced, and follow your zone there. Without it: I don't.",
    "holdout": "Now and then I hold a tip back and compare. Without it: no proof that I help.",
}
"""What is lost when the purpose is switched off."""
PURPOSE_OFF = {
    "messages": "I write only when you ask. Tips, reminders and daily messages stay away.",
    "language_model": "Nothing goes to a language model: my own tips and rules only.",
    "learning": "Your taps teach me nothing, and I choose as for somebody new.",
    "population": "What I learn helps only you.",
    "calendar": "Of a calendar I keep only when you are busy.",
    "talk": 'Each message stands alone: I don\'t know what "the second one" is.',
    "notifications": "I don't see whether you have silenced Slack, nor your time zone there.",
    "holdout": "No tip is held back, so I can't prove that I help.",
}
"""What is missing while it is switched off."""
SWITCH_OFF = {
    "messages": "Stop messages",
    "language_model": "Without language model",
    "learning": "Stop learning",
    "population": "Stop sharing",
    "calendar": "Forget titles",
    "talk": "Forget talks",
    "notifications": "Don't ask Slack",
    "holdout": "Stop the test",
}
SWITCH_ON = {
    "messages": "Allow messages",
    "language_model": "With language model",
    "learning": "Learn again",
    "population": "Share",
    "calendar": "Keep titles",
    "talk": "Remember talks",
    "notifications": "Ask Slack",
    "holdout": "Test if tips help",
}
LEARNED_KEPT = "> What I learned so far is kept, but not used."
ERASE_LEARNED = "Erase what I learned"
ERASE_ASK = "Erase what I learned from your taps? Your tasks and settings stay. This can't be undone."
ERASED = "What I learned from your taps is erased."
ERASE_KEPT = "What I learned is kept."
MESSAGES_OFF = "Messages on my own are off, so I won't write. /privacy allows them again."

# --- The budget of the language model ----------------------------------------------------------------------

BUDGET_SPENT = (
    "> The language model has done all it may for today; my own rules still work. Tomorrow it helps again."
)
BUDGET_OWNER = (
    "The language model's budget for today is spent. Tips go on without it until tomorrow (UTC).\n"
    "> The limits are in config.yaml, under budget; oo doctor shows what was used."
)

translate(__name__)
