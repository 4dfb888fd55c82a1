"""What oO says around a talk with the language model: proposals, memory, edited messages.

Tests: tests/scenarios/with_model/test_proposals.py, tests/scenarios/with_model/test_talk_memory.py, tests/scenarios/test_edited.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

# --- Proposed actions --------------------------------------------------------------------------------------

LLM_ACTION = {
    "remove_task": 'Shall I remove "{argument}"?',
    "change_task": 'Shall I change "{argument}" to: {changed}?',
    "move_task": 'Shall I move "{argument}" to: {changed}?',
    "estimate": 'Shall I note that "{argument}" takes {estimate}?',
    "set_cap": "Shall I set the daily limit to {argument}?",
    "set_language": "Shall I write in {argument} from now on?",
}
"""The question before an action, where oO asks about a single one."""

PROPOSED = "Which of these shall I do?"
PROPOSED_ITEM = {
    "add_task": '{number}. Add "{argument}"',
    "remind": '{number}. Remind you: "{argument}"',
    "complete_task": '{number}. Mark "{argument}" as done',
    "remove_task": '{number}. Remove "{argument}"',
    "change_task": '{number}. Change "{argument}" to: {changed}',
    "move_task": '{number}. Move "{argument}" to: {changed}',
    "estimate": '{number}. Note that "{argument}" takes {estimate}',
    "give_tip": "{number}. Send a tip",
    "list_tasks": "{number}. Show your tasks",
    "pause": "{number}. Stay silent: {argument}",
    "resume": "{number}. Write again from now on",
    "set_quiet": "{number}. Set your quiet hours to {argument}",
    "set_times": "{number}. Write at {argument} from now on",
    "set_cap": "{number}. Set the daily limit to {argument}",
    "set_language": "{number}. Write in {argument}",
    "mute": '{number}. Never write about "{argument}" again',
}
"""An action in a list of several."""

PROPOSED_DO, PROPOSED_ALL, PROPOSED_NONE = "Do {number}", "Do all", "Do none"
PROPOSED_CHOSEN = "All right."
NOT_POSSIBLE = "> I could not tell exactly what to change. Please say it in other words."

# --- What a tip of a language model rests on, for /why -----------------------------------------------------

FACTS = {
    "agenda": "what is due today",
    "done": "what you did today",
    "s": "what is snoozed",
    "h": "what came of earlier tips",
}

# --- Edited messages ---------------------------------------------------------------------------------------

CHANGED_TO = "Changed to: {title}{details}."
CHANGED_SEVERAL = "Changed."

# --- Memory of the talk ------------------------------------------------------------------------------------

MEMORY_ASK = (
    "Shall I remember what we say for {hours} hours?"
    ' Then you can write "the second one" or "make it tomorrow instead".\n'
    "> The language model gets it with your next messages; after that it is deleted. /prefs changes it."
)
REMEMBER, DONT_REMEMBER = "Remember", "Don't remember"
MEMORY_ON = "I remember what we say for {hours} hours. /prefs changes that."
MEMORY_OFF = "I don't remember what we say."
TIP_SENT = "Tip: {tip}"
MEMORY_SWITCH_OFF, MEMORY_SWITCH_ON = "Forget talks", "Remember talks"
PREFS_MEMORY = "**Memory of our talk** {memory}"
MEMORY_HOURS = "{hours} hours"
PRIVACY_WITH_MEMORY = (
    "I keep your tasks, what I sent you, your taps and your settings, and for {hours} hours what we say"
    " (/prefs changes that); nothing else that you write.\n{llm}\n"
    "/export sends you everything as a file; /delete removes it."
)

translate(__name__)
