"""oO's sentences about the day and the week: agenda, look back, figures, and the time that there is.

Markup and placeholders are those of ``bot/screens/texts.py``.
Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

# --- The time that there is --------------------------------------------------------------------------------

RULED_OUT_TOO_LONG = "{tasks} of more than {minutes}"
NO_TIP_TOO_LONG = "Everything on your list takes longer than {minutes}. /tasks shows all of it."
KNEW_TOO_LONG_ONE = "; one of your tasks takes longer"
KNEW_TOO_LONG = "; {count} of your tasks take longer"

# --- Writing less or more often ----------------------------------------------------------------------------

CAP_LEAST = "I already write only when you ask. /cap 3 lets me write on my own again."
CAP_MOST = "I may already write {cap} times a day, which is the most I do. /tip gives you a tip at any time."
CAP_ABOVE_TIMES = "> Your times allow no more than {slots} a day: {times}. /times changes them."
QUIET_WEEKENDS, QUIET_WEEKLY = "Silent every weekend", "Every week"
CAP_RESTORED = "As before: at most {cap} a day."
CAP_RESTORED_ZERO = "As before: I write only when you ask."
TIMES_RESTORED = "As before: I write {times}."
TIMES_RESTORED_OFF = "As before: I don't write on my own."
QUIET_RESTORED = "As before: quiet hours {quiet}."
QUIET_RESTORED_OFF = "As before: no quiet hours."
PAUSE_RESTORED = "As before: silent until {until}."
PLAN_RESTORED = "As before: I go silent {start}, until {until}."
PAUSE_RESTORED_OFF = "As before: no pause."
SETTING_RESTORED = "That is as it was before."
SETTING_CHANGED_SINCE = "That was changed again since, so I left it. /prefs shows all settings."


# --- The agenda of a day -----------------------------------------------------------------------------------

TODAY_HEAD = "**Today: {tasks}**"
TODAY_HEAD_LATE = "**Today: {tasks}**, {late} overdue"
TODAY_NOTHING = "**Nothing is due today.**"
TODAY_ALL_DONE = "**Nothing more is due today.**"
DAY_HEAD = "**{day}: {tasks}**"
DAY_NOTHING = "**Nothing is due {day}.**"
WEEK_HEAD = "**The next seven days: {tasks}**"
WEEK_HEAD_LATE = "**The next seven days: {tasks}**, {late} overdue"
WEEK_NOTHING = "**Nothing is due in the next seven days.**"
AGENDA_OVERDUE = "Overdue"
AGENDA_DUE = "Due today"
AGENDA_DAY = "{day}"
AGENDA_LINE = "{number}. {title}{details}"
AGENDA_LINE_AT = "{number}. {time} {title}{details}"
AGENDA_MORE_OVERDUE = "> And {more} more overdue: /tasks overdue"
AGENDA_MORE = "> And {more} more: /tasks"
AGENDA_MORE_OF = "> And {more} more: /tasks {filter}"
FILTER_WEEK = "week"
"""What ``core/tasks/filters.py`` reads as the next seven days."""
AGENDA_REMINDERS = "> Reminders: {titles}"
AGENDA_RETURNING = "> Snoozed tips: {titles}"
AGENDA_AT = "{time} {title}"
ASKED_DONE, ASKED_OPEN = "Yes, {at}: {title}.", "Not yet."
ASKED_UNKNOWN = "I know of no such task: none is open, and none was done in the last {days} days."
AGENDA_DONE = "> Done today: {titles}"
DONE_ON = {"today": "**Done today: {tasks}**", "yesterday": "**Done yesterday: {tasks}**"}
NOTHING_DONE_ON = {
    "today": "No task was ticked off today. /stats shows your week.",
    "yesterday": "No task was ticked off yesterday. /stats shows your week.",
}
AGENDA_AND_MORE = "and {more} more"
AGENDA_UNDATED = "> Without a date: {tasks}. /tip picks one, /tasks shows all."
TODAY_HOW = 'I didn\'t get "{value}". Try /today, /today tomorrow, /today friday or /today week.'
DAY_PAST = "I look ahead only. Try /today, /today tomorrow, /today friday or /today week."

# --- The daily messages ------------------------------------------------------------------------------------

BRIEF_MOVED = "> Moved since yesterday: {titles}"
BRIEF_MOVED_TO = "{title}, now {due}"
BRIEF_MOVED_UNDATED = "{title}, now without a date"
AGENDA_DEADLINE = "{title} (deadline)"
"""Where several titles share a line."""
BRIEF_AHEAD = "> {day}: {titles}"
REVIEW_DONE = "**Done today: {tasks}**"
REVIEW_DONE_ON = "**Done {day}: {tasks}**"
REVIEW_TITLES = "{titles}"
REVIEW_OPEN = "Still open:"
REVIEW_OPEN_ONLY = "**Still open today: {tasks}**"
REVIEW_OPEN_ONLY_ON = "**Still open from {day}: {tasks}**"
REVIEW_CLEAR = "Nothing of that day is open any more."
DONE_NUMBER = "Done {number}"
TOMORROW_NUMBER = "Tomorrow {number}"
DROP_NUMBER = "Drop {number}"
SKIP_NUMBER = "Skip {number}"
MOVED_TO = "**{title}** is due {due} now."
MOVED_BACK = "**{title}** is due {due}, as before."
TASK_RESTORED = "**{title}** is on your list again."
TASK_CHANGED_SINCE = "That task was changed again since, so I left it as it is."

# --- The figures of the week -------------------------------------------------------------------------------

STATS_DONE = "**Done this week: {tasks}**"
STATS_DONE_NONE = "**Done this week: nothing so far**"
STATS_DAYS = "{days}"
STATS_DAY = "{day} {count}"
STATS_TASKS = "Added {added} · moved {moved} · open {open}"
STATS_TASKS_LATE = "Added {added} · moved {moved} · open {open}, {late} of them overdue"
STATS_TIPS = "Tips followed: {followed} of {sent}"
STATS_BEFORE = "> The whole week before: done {done} · added {added} · moved {moved}"
STATS_BEFORE_TIPS = (
    "> The whole week before: done {done} · added {added} · moved {moved}"
    " · tips followed {followed} of {sent}"
)
STATS_NONE = (
    "There is nothing to count yet. Tell me something you need to do, for example: Pay rent tomorrow 9am"
)

translate(__name__)
