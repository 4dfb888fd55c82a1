"""Sentences about files of tasks: importing and exporting them.

Tests: tests/bot/screens/test_task_files.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

IMPORT_NEW_ONE = "One new task in this file:"
IMPORT_NEW = "{number} new tasks in this file:"
IMPORT_NOTHING_NEW = "Nothing new in this file."
IMPORT_FULL = "Your list is full: I added none of the new tasks in this file."
IMPORT_NO_TASKS = "There are no open tasks in this file."
IMPORT_TITLE = "· {title}"
IMPORT_TITLE_DUE = "· {title} ({due})"
IMPORT_MORE_ONE = "· and one more"
IMPORT_MORE = "· and {number} more"
IMPORT_KNOWN_ONE = "> One I know already."
IMPORT_KNOWN = "> {number} I know already."
IMPORT_CHANGED_ONE = "> One of these differs from the last time; I keep mine."
IMPORT_CHANGED = "> {number} of these differ from the last time; I keep mine."
IMPORT_LEFT_OUT_ONE = "> One is done, cancelled or hidden: left out."
IMPORT_LEFT_OUT = "> {number} are done, cancelled or hidden: left out."
IMPORT_UNREADABLE_ONE = "> One line I could not read: {lines}."
IMPORT_UNREADABLE = "> {number} lines I could not read: {lines}."
IMPORT_UNREADABLE_MANY = "> {number} lines I could not read: {lines}, …"
IMPORT_NO_ROOM_ONE = "> One more does not fit: a list holds {limit} open tasks."
IMPORT_NO_ROOM = "> {number} more do not fit: a list holds {limit} open tasks."

IMPORT_ADD, IMPORT_DROP, IMPORT_UNDO = "Add {number}", "No thanks", "Undo"
IMPORT_ADDED_ONE = "Added one task."
IMPORT_ADDED = "Added {number} tasks."
IMPORT_ADDED_NONE = "Nothing was added: all of it is on your list by now, or your list is full."
IMPORT_DROPPED = "Fine, I added nothing."
IMPORT_OLD = "That offer is over. Send the file again."
IMPORT_UNDONE_ONE = "Took one task back."
IMPORT_UNDONE = "Took {number} tasks back."
IMPORT_KEPT_ONE = "> One was done or removed before, and stays so."
IMPORT_KEPT = "> {number} were done or removed before, and stay so."
IMPORT_HOW = (
    "Send me a file here: todo.txt, a CSV of Todoist's, or an ICS calendar with tasks. I show what is new before I"
    " add anything."
)
IMPORT_HOW_TERMINAL = "Which file? For example: /import ~/todo.txt"

EXPORT_WHICH = "Your open tasks as a file. In which format?"
EXPORT_TASKS = "Your open tasks."
EXPORT_NO_TASKS = "You have no open tasks."
EXPORT_UNKNOWN = (
    'I didn\'t get "{format}". Try /export tasks todo.txt, /export tasks csv or /export tasks ics.'
)
FORMAT_LABELS = {"todo.txt": "todo.txt", "csv": "Todoist CSV", "ics": "ICS"}

FILE_FAULTS = {
    "too_big": "That file is too large. I read files of up to {limit}.",
    "too_many": "That file has more than {limit} open tasks. Split it, please.",
    "too_many_lines": "That file has more than {limit} lines. Split it, please.",
    "empty": "That file is empty.",
    "binary": "That is no text file. I read todo.txt, Todoist's CSV, and ICS calendars with tasks.",
    "unknown": "I don't know that kind of file. I read todo.txt, Todoist's CSV, and ICS calendars with tasks.",
    "gone": "I can't get that file any more. Send it again, please.",
    "not_allowed": "I am not allowed to read files here. Whoever runs me can allow it.",
    "unreachable": "I could not get that file just now. Try again in a moment.",
    "no_file": "I find no file {name}.",
    "no_regular_file": "{name} is no file that I can read.",
    "no_permission": "I am not allowed to read {name}.",
}
"""By the reason of a ``FileUnusable``."""

translate(__name__)
