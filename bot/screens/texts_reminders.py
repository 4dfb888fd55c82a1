"""Every sentence about reminders; the markup is that of ``bot/screens/markup.py``.

Tests: tests/scenarios/test_reminders.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

# --- A reminder rings --------------------------------------------------------------------------------------

RING = "**{title}**"
RING_ASKED = "> You asked me to remind you."
RING_DUE = "> It is due {due}."
RING_LATE = {
    "away": "> It was for {planned}; I was away since {since}.",
    "paused": "> It was for {planned}, while you had paused me.",
    "quiet": "> It was for {planned}, in your quiet hours.",
    "other": "> It was for {planned}; I'm late.",
}
RINGS_HEAD = "**{count}**"
RINGS_LATE = {
    "away": "I was away since {since}. Meanwhile these came up:",
    "paused": "While you had paused me, these came up:",
    "quiet": "In your quiet hours, these came up:",
    "other": "These came up, and I'm late:",
}
RINGS_LINE = "{number}. {title}, {when}"
RINGS_LINE_DONE = "{number}. ~~{title}~~"
RINGS_MORE = "> Page {page} of {pages}."
RINGS_COUNT_ONE, RINGS_COUNT = "1 reminder", "{count} reminders"
RING_DONE_BUTTON = "Done {number}"

# --- Asked for ---------------------------------------------------------------------------------------------

WILL_REMIND = "I'll remind you {when}: **{title}**."
WILL_REMIND_SEVERAL = "I'll remind you of **{count}**:"
REMIND_SEVERAL_SOME = "> {number}: I'll remind you {when}."
REMIND_SEVERAL_QUIET = "> {number} would come in your quiet hours, so I'll remind you {when}."
WILL_REMIND_REPEATEDLY = "I'll remind you {when}, then {repeats}: **{title}**."
REMIND_QUIET = (
    "**{title}**\nThat would be {when}, and it's quiet until {end}. Without an answer I'll remind you then."
)
REMIND_NO_TIME = "**{title}** has no time that is still to come, so I can't remind you before it."
REMIND_TAKEN_BACK = "I won't remind you of **{title}**."

# --- /remind -----------------------------------------------------------------------------------------------

LEAD_OFF = (
    "I remind you of tasks only when you ask: remind me at 15:00 to call Ann."
    " /remind 15 minutes before would do it for every task with a time."
)
LEAD_AT = "I remind you of every task with a time, at that time. /remind off ends that."
LEAD_BEFORE = "I remind you of every task with a time, {lead} before. /remind off ends that."
LEAD_SET_AT = "From now on I'll remind you of every task with a time, at that time. /remind off ends that."
LEAD_SET_BEFORE = (
    "From now on I'll remind you of every task with a time, {lead} before. /remind off ends that."
)
LEAD_SET_OFF = "I'll remind you of tasks only when you ask. What you asked for stays."
PREFS_REMINDERS = "**Reminders** {lead}\n**Plan of the day** {brief}\n**Look back** {review}"
PREFS_LEAD_OFF = "only when you ask"
PREFS_LEAD_AT = "of every task with a time, at that time"
PREFS_LEAD_BEFORE = "of every task with a time, {lead} before"
PREFS_LEAD_BUTTON, PREFS_BRIEF_BUTTON, PREFS_REVIEW_BUTTON = (
    "Reminders",
    "Plan of the day",
    "Look back",
)
ASK = {
    "lead": "How long before a task with a time shall I remind you? For example: 15 minutes, or off",
    "brief": "When shall I send the plan of your day? For example: 8:00, or off",
    "review": "When shall I look back at your day with you? For example: 20:00, or off",
}
REMINDERS_NONE = "No reminder is waiting."
REMINDERS_HEAD = "**Next reminders**"
REMINDERS_LINE = "{number}. {when}: {title}"
REMINDERS_MORE = "> And {more} more."
REMINDERS_CANCEL = "Cancel {number}"
REMINDER_CANCELLED = "I won't remind you of **{title}**."
REMINDER_ENDED = "I won't remind you of **{title}**. The task stays on your list."
REMINDER_NOT_SET = "I have no reminder of **{title}** to cancel. The task is as it was."
REMOVE_TOO = "Remove the task"
REMINDER_BACK = "I'll remind you {when} again: **{title}**."
REMINDER_OVER = "Its time has passed: **{title}**."
REMIND_HOW = (
    'I didn\'t get "{value}". Try /remind 15 minutes before, /remind off, or /remind me at 15:00 to call Ann.'
)
PLAN_REMINDERS = "**Reminders**"
PLAN_REMINDER = "{when}: {title}"
PLAN_REMINDERS_MORE = "> And {more} more: /remind shows them."
CARD_REMINDER = "I'll remind you {when}."

# --- Daily messages ----------------------------------------------------------------------------------------

DAILY_NAMES = {"brief": "the plan of your day", "review": "a look back at your day"}
DAILY_OFF = {
    "brief": "I send no plan of the day. /brief 8:00 would send one every day at that time.",
    "review": "I send no look back at the day. /review 20:00 would send one every day at that time.",
}
DAILY_SHOW = {
    "brief": "Every day at {time} I send the plan of your day, if there is one. /brief off ends that.",
    "review": "Every day at {time} I look back at your day with you. /review off ends that.",
}
DAILY_SET = {
    "brief": "From now on I'll send the plan of your day every day at {time}, if there is one.",
    "review": "From now on I'll look back at your day with you every day at {time}.",
}
DAILY_SET_OFF = {
    "brief": "I won't send the plan of your day any more.",
    "review": "I won't look back at your day any more.",
}
DAILY_QUIET = "That would be {time}, and it's quiet until {end}. Nothing has changed yet."
DAILY_HOW = {
    "brief": 'I didn\'t get "{value}". One time, please: /brief 8:00, or /brief off',
    "review": 'I didn\'t get "{value}". One time, please: /review 20:00, or /review off',
}

# --- Explanations ------------------------------------------------------------------------------------------

WHY_REMINDER = "{when} I reminded you of **{title}**, because you asked me to."
WHY_LEAD = (
    "{when} I reminded you of **{title}**, because you want a reminder of every task with a time (/remind)."
)
WHY_REMINDERS = "{when} I sent the reminders that you had asked for."
WHY_DAILY = {
    "brief": "{when} I sent the plan of your day, because you asked for it every day (/brief).",
    "review": "{when} I looked back at your day, because you asked for it every day (/review).",
}
WHY_NO_CHOICE = (
    "Nothing was chosen or learned: a reminder is a promise, and comes whatever your daily limit is."
)
WHYNOT_HELD = {
    "paused": "A reminder waits until {until} because you paused me: **{title}**.",
    "quiet": "A reminder waits until {until} because of your quiet hours: **{title}**.",
}

translate(__name__)
