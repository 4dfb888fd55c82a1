"""The first contact and consent.

See ``texts.py`` for the tone.
Tests: tests/scenarios/test_first_contact.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

GREETING = (
    "Hi, I'm oO. I send you one useful tip at the right moment, a few times a day at most, and learn from the"
    " buttons under it.\n"
    "I keep your tasks and taps in my own database; what I learn from them, as a few sums without words, also"
    " helps others who use this oO. {llm}\n"
    "With /privacy you switch off each of these, and see, export or delete everything."
)
GREETING_LLM = (
    "A language model ({where}) sees your tasks, earlier tips, and what you write when I don't understand it by"
    " myself. /prefs switches it off."
)
LLM_GATEWAY = "the LiteLLM gateway"
LLM_HERE, LLM_AT = "{model} on this machine", "{model} at {host}"
GREETING_NO_LLM = "No language model is set up, so nothing is sent to one."
STRANGER = "Hello. I only work for people who were invited. If you have a code, send /start and the code."
WRONG_CODE = (
    "That code doesn't let anybody in: it was used, or it is more than a week old. Please ask for a new one."
)
DETAILS = (
    "**Stored**: your tasks, what I sent, what you tapped, and your settings. Nothing else that you write is"
    " kept.\n"
    "**Sent elsewhere**: {llm} Tasks from Todoist are read and completed there only if you connect it.\n"
    "**Shared**: what your taps teach me, as a few sums without words, helps to choose for others too; /privacy"
    " takes it out again.\n"
    "**Never**: sold, or used for anything but tips. The people who run this oO can read its database.\n"
    "/export gives you all of it as a file, /delete removes all of it."
)
AGREED = "You agreed. /privacy shows all of this again."
DECLINED = "All right. I keep nothing but that answer and will not write again. /start brings me back."
ZONE_GUESS = "Your time zone looks like **{zone}**, right?"
ZONE_ASK = "What time zone are you in? A city is enough, for example: Berlin"
ZONE_FIRST = (
    "Gladly, but first I need to know what time it is for you. Which city are you in? For example: Berlin"
)
ZONE_SET = "Your time zone is **{zone}**; it is {now} there."
ZONE_SHOW = "Your time zone is **{zone}**; it is {now} there. To change it: /timezone Tokyo"
READY = (
    'Tell me two or three things you need to do, one per message, for example "Pay rent tomorrow 9am"{connect}.\n'
    "{writing} Ask for a tip any time with /tip."
)
READY_TIMES = "I'll write {times}, {quiet}."
READY_NEVER = "No times are set, so I won't write on my own."
READY_CONNECT = "; those in Todoist I read there (/connect)"
READY_CONNECTABLE = ", or connect your Todoist with /connect"
NEVER_BETWEEN = "never between {start} and {end}"
NEVER_IN, ANY_HOUR = "never in your quiet hours ({quiet})", "at any hour you set"
NOW_OWNER = "You are the owner of this oO now."
WELCOME_BACK = "Welcome back. Your settings are as you left them. /tip gives you a tip, /help lists the rest."

translate(__name__)
