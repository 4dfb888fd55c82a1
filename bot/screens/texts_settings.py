"""Settings: when oO may write, and what it confirms.

See ``texts.py`` for the tone.
Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

TIMES_AT = plural("at {times}", "at {times}")
TIMES_ON = plural("on {days} at {times}", "on {days} at {times}")
"""The form is chosen by the hour of the first time."""
TIMES_TWO = "{first}; {second}"
WEEKDAYS, WEEKENDS = "weekdays", "weekends"
SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY, ALL_DAY = "every day", "all day"
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
TIMES_SET = "I'll write {times}."
TIMES_SHOW = (
    "I may write {times}.\n> Change it like this: /times 9:00 13:00 18:30, or /times mon-fri 9:00, sat 11:00"
)
TIMES_OFF = "I don't write on my own. /tip still works; /times 9:00 13:00 turns it on again."
QUIET_SET = "Quiet hours: {quiet}."
QUIET_EACH_WEEK = "> That holds every week. If you mean only this time, undo it and send: /pause {days}"
QUIET_SHOW = "Quiet hours: {quiet}.\n> Change it like this: /quiet 22:00-07:00, or /quiet mon-fri 9-12, 22-7, or /quiet off"
WORK_HOURS = "Good to know. Shall I be silent then, {quiet}?"
QUIET_OFF = "No quiet hours any more."
QUIET_OFF_TIMES = "I still write only {times}."
CAP_SET = "At most {cap} a day from now on."
CAP_ZERO = "I'll write only when you ask. /cap 3 lets me write again."
CAP_SHOW = "At most {cap} a day{less}. To change it: /cap 2"
CAP_LESS = " for now, not {cap} (/helped says why)"
PAUSED = "Silent until {until}. /resume ends it sooner."
PAUSED_LONG = "Silent until you send /resume."
PAUSE_PLANNED = "I go silent {start}, until {until}. Before that I write as usual; /resume takes it back."
PAUSE_REPLACED = "> It takes the place of the pause that was planned: {start}, until {until}."
PAUSE_DROPPED = "The pause is off. Next: {next}."
RESUMED = "I'm back. Next: {next}."
RESUMED_NOT_PAUSED = "I wasn't paused. Next: {next}."
MUTED = "I won't write about {topics}."
MUTED_ON = "I won't write about {topics} on {days}."
MUTED_DAYS = "{topic} on {days}"
MUTE_LIST = "I don't write about: {topics}.\n> To allow one again: /mute off {first}"
MUTE_NONE = "Nothing is muted. To mute a topic: /mute rent"
UNMUTED = "I may write about {topics} again."
PREFS = (
    "**Times** {times}\n**Quiet** {quiet}\n**At most** {cap} a day{less}\n**Time zone** {zone}\n**Language** {language}\n"
    "**Muted** {muted}\n"
    "**Language model** {llm}\n**Learning** {learn}\n**Test of my help** {hold_out}\n"
    "**Status** {status}\n"
    "> The test: now and then a coin decides that I keep a tip to myself, so that /helped can compare."
)
NONE, ON, OFF = "none", "on", "off"
"""NONE: no times, and no quiet hours."""
NONE_MUTED, NO_LLM = "none", "none"
STATUS_PAUSED = "silent until {until}"
STATUS_ON = "next: {next}"
STATUS_PLANNED = "{status}; I go silent {start}, until {until}"
UNTIL_RESUME = "you send /resume"
NEXT_UNKNOWN = "when I know your time zone (/timezone)"
NEXT_NEVER = "only when you ask (/tip)"
ASK = {
    "times": "At what times? For example: 9:00 13:00 18:30",
    "quiet": "When shall I be quiet? For example: 22:00-07:00",
    "zone": "What city are you in? For example: Berlin",
}

translate(__name__)
