"""What oO says about the changes of tasks, a task's card, and the narrowed list. Markup as in ``texts.py``.

Tests: tests/golden/test_screens.py, tests/bot/screens/test_texts.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

# --- Lists -------------------------------------------------------------------------------------------------

OPEN_BUTTON = "{number} ›"
"""Opens the card of the task with that number."""

FILTERED_HEAD = '**{count}** for "{filter}"'
FILTER_NONE = 'No open task fits "{filter}". /tasks shows all of them.'
FILTER_NONE_OVERDUE, FILTER_NONE_UNDATED = "Nothing is overdue.", "Every task has a date."
FILTER_NAMES = {"overdue": "overdue", "today": "today"}
"""How the filters that oO itself sets are called."""

SHOW_ALL = "All tasks"
LABEL, PROJECT, PRIORITY = "#{name}", "+{name}", "p{number}"
DEADLINE = "deadline {day}"
"""After the title: ``deadline tomorrow``, ``deadline Tue 15 Dec``."""
ADDED_SEVERAL = "Added **{count}**:"
ADDED_MORE = "> And {more} more. /tasks shows all of them."
UNDO_ALL = "Undo all"
REMOVED_SEVERAL = "Removed again: **{count}**."
REMOVED_SOME = "Removed again: **{count}**. The others are no longer open."

# --- Changes -----------------------------------------------------------------------------------------------

MOVED = "Moved: **{title}**, {due}."
SKIPPED_ONCE = "It is off only this once. To end the whole series, send: /remove {title}"
MOVED_UNDATED = "**{title}** has no date any more."
RENAMED = "Renamed: {before} is now **{title}**."
CHANGED = "Changed: **{title}**, {changes}."
RENAMED_AND_CHANGED = "Changed: {before} is now **{title}**, {changes}."
NOTHING_CHANGED = "**{title}** is like that already."
REMOVED = "Removed: **{title}**."
UNDONE = "Undone: **{title}**."
UNDONE_CHANGES = "Undone: **{title}**, {changes}."
ALREADY_UNDONE = "That is undone already."
CHANGED_SINCE = "**{title}** has been changed since, so I left it as it is."
NOT_OPEN_SINCE = "~~{title}~~ It is no longer open, so I left it as it is."
RESTORED = "**{title}** is on your list again."
RESTORED_AGAIN = "**{title}** is on your list again. If it is gone in Todoist by now, I add it there anew, without its comments."
ON_THE_LIST = "**{title}** is on your list already."

NO_DATE, NO_REPETITION, NO_ESTIMATE = "no date", "no repetition", "no estimate"
NO_LABELS, NO_PROJECT, NOTES_SET, NO_NOTES = "no labels", "no project", "with notes", "no notes"
NO_DEADLINE = "no deadline"
AFTER_DEADLINE = "> That is after its deadline, {day}."

# --- Which task --------------------------------------------------------------------------------------------

WHICH = {
    "remove": "Which one shall I remove?",
    "move": "Which one shall I move?",
    "edit": "Which one shall I change?",
    "remind": "Which one shall I remind you of?",
}
WHICH_RIVAL = {
    "remove": 'I am not sure which task you mean by "{words}". Which one shall I remove?',
    "move": 'I am not sure which task you mean by "{words}". Which one shall I move?',
    "edit": 'I am not sure which task you mean by "{words}". Which one shall I change?',
    "remind": 'I am not sure which task you mean by "{words}". Which one shall I remind you of?',
}
WHICH_OF_ALL = {
    "remove": 'No open task fits "{words}". Which one shall I remove?',
    "move": 'No open task fits "{words}". Which one shall I move?',
    "edit": 'No open task fits "{words}". Which one shall I change?',
    "remind": 'No open task fits "{words}". Which one shall I remind you of?',
}
PICK_BUTTON = {
    "remove": "Remove {number}",
    "move": "Move {number}",
    "edit": "Edit {number}",
    "remind": "Remind {number}",
}
"""By what is done to the task that is picked."""

NO_TASK_FITS = 'No open task fits "{words}", and your list is empty.'
NO_TASK_FITS_REQUEST = 'No open task fits "{typed}", so I left that.'
WHICH_LAST = "Which task do you mean? Please say a word of its title, or tap it in /tasks."
LIMIT_UNSURE = (
    'I left "{title}" as it is. To move it, say a day or a time. /quiet and /times set when I may write.'
)

# --- The whole list ----------------------------------------------------------------------------------------

ALL_ASK = {
    "remove": "Remove **{count}**?",
    "complete": "Mark **{count}** as done?",
    "move": "Move **{count}**: {to}?",
}
ALL_YES = {
    "remove": "Remove {count}",
    "complete": "{count}: done",
    "move": "Move {count}",
}
ALL_DUE = "Only what is due: {count}"
ALL_SAID = {
    "remove": "Removed: **{count}**.",
    "complete": "Done: **{count}**.",
    "move": "Moved: **{count}**.",
}
"""By what is done to all tasks."""

ALL_MORE = "> And {more} more."
UNDONE_MANY = "Undone: **{count}**."
UNDO_ASK = "The last that can be undone is what was added: **{count}**. Take that off your list again?"
ALL_NONE = "No open task is meant by that. /tasks shows your list."
ALL_OR_ACCOUNT = "Do you mean the tasks on your list (**{count}**), or everything I have about you?"
ALL_MY_DATA = "Everything about me"
ALL_KEEP = "Neither"

# --- The card ----------------------------------------------------------------------------------------------

CARD_TITLE = "**{title}**"
CARD_DUE = "Due: {due}"
CARD_DEADLINE = "Deadline: {deadline}"
CARD_REPEATS = "Repeats: {repeats}"
CARD_PRIORITY = "Priority: p{priority}"
CARD_ESTIMATE = "Takes: {estimate}"
CARD_LABELS = "Labels: {labels}"
CARD_PROJECT = "Project: {project}"
CARD_NOTES = "Notes: {notes}"
CARD_PART_OF = "Part of: {parent}"
CARD_PIECES = "Still to do for it:"
TASKS_BULLET = "– {title}{details}"
CARD_MORE_PIECES = "> And {more} more."
CARD_TODOIST = "> It lives in Todoist."

DONE, MOVE, EDIT, REMOVE, TO_LIST, BACK = "Done", "Move", "Edit", "Remove", "‹ List", "‹ Back"
OPEN = "Open"
MOVE_WHEN = "**{title}**\nWhen?"
MOVE_BUTTONS = {
    "today": "Today",
    "tomorrow": "Tomorrow",
    "weekend": "Weekend",
    "next_week": "Next week",
    "none": "No date",
}
TYPE_DATE = "Type a date"
EDIT_WHAT = "**{title}**\nWhat shall I change?"
EDIT_BUTTONS = {
    "title": "Title",
    "minutes": "Estimate",
    "labels": "Labels",
    "project": "Project",
    "notes": "Notes",
    "deadline": "Deadline",
}

# --- Typed values ------------------------------------------------------------------------------------------

ASK_FIELD = {
    "due": "When? For example: friday 9am, in 2 weeks, or none",
    "title": "What shall it be called?",
    "minutes": "How long does it take? For example: 30 min, 2 hours, or none",
    "labels": "Which labels? For example: health, phone, or none",
    "project": "Which project does it belong to? For example: House, House / Kitchen, or none",
    "notes": "What shall I note? Or: none",
    "deadline": "By which day does it have to be done? For example: 15 december, friday, or none",
}
FORM_TITLE = "Change a task"
FORM_FIELDS = {
    "title": "Title",
    "due": "Date (for example: friday 9am)",
    "deadline": "Deadline (for example: 15 december)",
    "priority": "Priority",
    "minutes": "How long it takes (for example: 30 min)",
    "labels": "Labels (for example: health, phone)",
    "project": "Project (for example: House / Kitchen)",
    "notes": "Notes",
}

HINTS = {
    "not_an_estimate": 'I didn\'t get "{value}" as a length of time. Try: 30 min, 2 hours, or none.',
    "not_a_priority": 'I didn\'t get "{value}". A priority is p1, p2, p3 or p4.',
    "not_a_deadline": 'I didn\'t get "{value}" as a day. Try: 15 december, friday, or none.',
    "too_many_labels": "That is more than {limit} labels. Fewer, please.",
}
"""Help with input that can't be used, by the hint of its ``BadInput``."""

translate(__name__)
