"""Sentences of the person's pages.

Tests: tests/bot/web/me.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

NAVIGATION = "Pages"
PAGES = {
    "today": "Today",
    "tasks": "Tasks",
    "beliefs": "Beliefs",
    "helped": "What helped",
    "tips": "Decisions",
    "settings": "Settings",
    "privacy": "Privacy",
    "access": "Access",
}
LATER = "That takes a moment. I have noted it and do it as soon as I can."
SAVE, SHOW, SEND, CLEAR = "Save", "Show", "Send", "Show all"
ANSWER = "My answer"

# --- Today -------------------------------------------------------------------------------------------------

TIP = "My tip"
TIP_NOW = "A tip now"
NO_TIP = "No tip waits for you. Ask for one if you have a moment."
TIP_IN_CHAT = "It comes in the chat as well."
OVERDUE, DUE, BESIDE = "Overdue", "Due today", "Also today"
MORE_TASKS = plural("And a task more.", "And {count} tasks more.")
UNDATED = plural("One task without a date", "{count} tasks without a date")
ALL_TASKS = "All tasks"
NO_ZONE = "I don't know your time zone yet. Tell me where you are, so that I know when your day begins."

# --- Tasks -------------------------------------------------------------------------------------------------

ADD = "Add a task"
ADD_HINT = "As you would write it to me: Pay rent tomorrow 9:00 p1 #home"
ADD_BUTTON = "Add"
FILTER = "Show only"
FILTER_HINT = "today, overdue, #home, p1, or words of the title"
NO_TASKS = "Your list is empty."
NO_SUCH_TASKS = "No open task fits."
TASK_PAGES = "Pages of the list"
EARLIER, NEXT = "Earlier", "Next"
PAGE_OF = "Page {page} of {pages}"
NEWER, OLDER = "Newer", "Older"
DECISION_PAGES = "Pages of the decisions"
TASK = "Task"
TASK_GONE = "This task is no longer open."

# --- Beliefs, and what helped ------------------------------------------------------------------------------

NO_LEARNING = "I learn nothing at the moment. You can allow it under Privacy."
FOLLOWED = "Of {shown} tips you followed {done}."
NOTHING_YET = "I have learned nothing from you yet. After some tips you see here what helped, and when."
DONE_OF = "{done} of {shown}"
PLOTS = {
    "parts": "Followed tips by time of day",
    "days": "Followed tips by weekday",
    "weeks": "Followed tips by week",
    "done": "Tasks done in the last seven days",
}
PARTS = {
    "night": "night",
    "morning": "morning",
    "midday": "midday",
    "afternoon": "afternoon",
    "evening": "evening",
}
WEEK = "{day}/{month}"
FIGURES = "The figures"
WHEN, FIGURE = "When", "Done"
TEST = "Do my tips help?"

# --- Decisions ---------------------------------------------------------------------------------------------

NO_DECISIONS = "There are no decisions yet."
DECISIONS_HEAD = "Each time I could have written, I decided something. Here is what, and why."
SILENT = "Silent: {reason}"
SILENT_ANYHOW = "Silent"
REACTIONS = {"done": "done", "dismiss": "dismissed", "snooze": "put off"}
NO_REACTION = "no answer"
RECEIPT = "Receipt"
WHY = "Why"
OPTIONS = "What I could choose from"
OPTION, SHARE = "Choice", "Probability"
CHOSEN = "chosen"
SAYING_NOTHING = "Saying nothing"
MORE_OPTIONS = plural("And a choice more.", "And {count} choices more.")
OUTCOME = "Your answer"
REPEATABLE = "So that it can be repeated"
FACTS = {
    "policy": "Policy",
    "propensity": "Probability of the choice",
    "floor": "Least probability of each",
    "seed": "Seed of the draw",
    "model": "Model",
    "features": "Features",
    "prompt": "Prompt",
    "reward": "Reward",
    "id": "Decision",
}

# --- Settings ----------------------------------------------------------------------------------------------

SETTINGS_HEAD = "You can write each as you would in the chat."
FIELDS = {
    "times": "When I may write",
    "quiet": "Quiet hours",
    "cap": "Tips a day at most",
    "timezone": "Where you are",
    "language": "Language",
    "remind": "Reminders before a task",
    "brief": "Plan of the day",
    "review": "Look back at the day",
}
FIELD_HINTS = {
    "times": "9:00 13:00 18:30, with days if you like: mon-fri 9:00; none",
    "quiet": "22:00-7:00, with days if you like: sat-sun 22:00-9:00; none",
    "cap": "0: only when you ask",
    "timezone": "a city, or a time zone such as Europe/Berlin",
    "language": "the one I speak with you",
    "remind": "15 minutes; 0: at its time; off",
    "brief": "8:00; off",
    "review": "20:00; off",
}
MUTED = "Topics I leave out"
UNMUTE = "Allow {topic} again"
CHANNEL = "Where I write"
COMING = "When I write next"
PAUSE = "Pause"

# --- Privacy -----------------------------------------------------------------------------------------------

PRIVACY_HEAD = "What you allow. Each takes effect at once, and each says what is lost without it."
YOUR_DATA = "Everything about you"
EXPORT_HINT = "All that I have stored about you, what I believe included."
EXPORT_HTML, EXPORT_JSON = "As a page to read", "As JSON, for programs"
DELETE_HINT = "Deletes all of it, for good. I ask once more."
ON, OFF = "allowed", "not allowed"

# --- Access ------------------------------------------------------------------------------------------------

CONNECTED = "Accounts and calendars"
NOT_CONNECTED = "Nothing is connected."
CONNECT_TODOIST = "Connect Todoist"
CONNECT_HINT = "A calendar you connect in the chat, as its address is a secret: /connect calendar"
PROGRAMS = "Programs that act for you"
NO_PROGRAMS = "No program acts for you."
NEW_NAME = "Name of a new token"
NEW_SCOPE = "What it may do"
MAKE = "Make a token"
BROWSERS = "Browsers that are signed in"
THIS_BROWSER = "this browser"
SOME_BROWSER = "Some browser"
END = "Sign out"
END_OTHERS = "Sign out all others"

translate(__name__)
