"""What oO says about calendars. Markup as in ``texts.py``.

Tests: tests/scenarios/test_calendar.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

# --- Connecting --------------------------------------------------------------------------------------------

CALENDAR_WORDS = "calendar"
"""What may stand after /connect and /disconnect for a calendar: one word, or several with spaces between."""
CALENDAR_HOW = (
    "Which calendar? Its address ends in .ics; calendar apps call it the secret address, or publishing.\n"
    "/connect calendar https://example.org/my.ics\n"
    "Or with a user and a password, with the tasks there as well:\n"
    "/connect caldav https://example.org/dav/ ann"
)
CALENDAR_OK = "Your calendar **{name}** is connected: {meetings} in the next two weeks."
CALENDAR_OK_UNNAMED = "Your calendar is connected: {meetings} in the next two weeks."
MEETINGS = plural("a meeting", "{count} meetings")
CALENDAR_MEANS = (
    "During meetings I don't send tips, and before one only what fits in. Reminders ring as you set them."
)
CALENDAR_TASKS = "Its tasks are on your list too. Done here means done there."
CALENDAR_LEFT_OUT = "> {count} of its events I can't read, or they repeat too often: I left them out."
CALENDAR_ASK_TITLES = "May I store the titles, too? Then /today shows them; without, it shows only the times."
CALENDAR_TITLES_YES, CALENDAR_TITLES_NO = "Titles too", "Only the times"
CALENDAR_TITLES_ON = "Fine, the titles, too. /today shows them now. I keep them for the next two weeks only."
CALENDAR_TITLES_LATER = (
    "Fine, the titles, too. I can't read your calendar at the moment: they come as soon as I can."
)
CALENDAR_TITLES_OFF = "Fine: I keep only when you are busy."
CALENDAR_FORGOTTEN = "> I deleted your message, because of what is in it."
CALENDAR_NOT_FORGOTTEN = (
    "> Your message is still in this chat, and I can't delete it here. It opens your calendar to"
    " whoever reads it: better delete it."
)
CALDAV_ASK = "What is the password of {name}? Best is one made only for me, an app password."
CALDAV_KEPT = "> I keep it encrypted. What you type stays in this chat, as I can't delete it here: delete it afterwards."
CALDAV_DELETED = "> I keep it encrypted, and delete your message at once."
CALDAV_BUTTON = "Type the password"
CALDAV_TITLE = "The password"
CALDAV_GONE = "That took too long, so I forgot the address. Please begin again: /connect caldav"
CALENDAR_NO_VAULT = (
    "I can't keep the address of a calendar safe yet, so I stored nothing. Whoever runs me makes a key with"
    " `oo vault key`, sets it as OO_VAULT_KEYS and starts me again."
)

CALENDAR_REFUSED = {
    "bad_address": "That is no address of a calendar. It looks like https://example.org/my.ics.",
    "bad_scheme": "I read calendars only from addresses that begin with https://, http:// or webcal://.",
    "insecure": "I send a password only to addresses that begin with https://.",
    "bad_redirect": "That address leads on to one that I don't follow.",
    "private": "That address is inside a private network, where I don't look.",
    "unknown_host": "I can't find the server of that address. Is it spelt right?",
    "too_slow": "That server took too long to answer. Please try again later.",
    "too_many_redirects": "That address leads from one to the next without end.",
    "gone": "There is nothing at that address. It may have changed: please copy it again.",
    "too_large": "What is at that address is larger than {size}. That is more than I read of a calendar.",
    "not_a_calendar": "What is at that address is no calendar. I need one that ends in .ics, not a page to look at.",
    "cut_off": "The calendar at that address breaks off in the middle. Please try again later.",
    "too_many_events": "That calendar has more events than I can read.",
    "repeats_too_often": "The events of that calendar repeat so often that I can't read it.",
    "no_calendars": "I found no calendar there. Please give me the address of the CalDAV server itself.",
    "not_offered": "I can't read calendars here.",
}
"""By the reason of a ``CalendarUnusable``. In each case nothing was stored."""

CALENDAR_LOGIN_REFUSED = "The server doesn't let me in. Are the address, the user and the password right?"
CALENDAR_BUSY = "That server asks me to wait. Please try again later."
CALENDAR_UNREACHABLE = "That server doesn't answer properly at the moment. Please try again later."
CALENDAR_NOT_STORED = "> I stored nothing."

# --- The state ---------------------------------------------------------------------------------------------

CALENDAR_NAMES = {"calendar": "calendar", "caldav_calendar": "CalDAV calendar"}
CALENDAR_STATE = "Your {calendar} is connected{synced}."
CALENDAR_STATE_ERROR = (
    "Your {calendar} can't be read at the moment. I go on with what I knew{synced} and keep trying."
)
CALENDAR_STATE_LOST = "I can't read your {calendar} any more: the server doesn't let me in. Please connect it again: /connect {name}"
CALENDAR_STATE_MISSING = (
    "I can't read the address of your {calendar} any more. Please connect it again: /connect {name}"
)
CALENDAR_END = "> /disconnect {name} ends it."
CALENDAR_OFFER = "> A calendar keeps me quiet in your meetings: /connect calendar"
CALENDAR_DISCONNECTED = (
    "Your {calendar} is disconnected. I deleted its address and everything that I had copied from it."
)
CALDAV_DISCONNECT_ASK = plural(
    "Disconnect CalDAV? I have a copy of one open task from there: keep it here, or remove it?",
    "Disconnect CalDAV? I have copies of {count} open tasks from there: keep them here, or remove them?",
)
CALDAV_DISCONNECTED_KEPT = "CalDAV is disconnected. Its open tasks are still on your list: from now on, what you change here stays here."
CALDAV_STAYS = "CalDAV stays connected."
CALENDAR_NOT_CONNECTED = "No such calendar is connected. /connect shows what is."
DISCONNECT_WHICH = "What shall I disconnect?"
NOTHING_CONNECTED = "Nothing is connected. /connect shows what can be."

CALDAV_REFUSED = {
    "task.completed": (
        'Your CalDAV server did not let me complete "{title}", so it will be back on your list. Please complete it there.'
    ),
    "task.reopened": 'Your CalDAV server did not let me open "{title}" again. Please do that there.',
    "task.changed": (
        'Your CalDAV server did not accept the change of "{title}", so it will be as before. Please change it there.'
    ),
    "task.removed": (
        'Your CalDAV server did not let me delete "{title}", so it will be back on your list. Please delete it there.'
    ),
    "task.restored": 'Your CalDAV server did not let me add "{title}" again. Please add it there.',
}
"""By kind of event."""

# --- Meetings ----------------------------------------------------------------------------------------------

WHYNOT_MEETING = "you were in a meeting{until}"
WHYNOT_TOO_LATE = "At its end it was too late for that tip."
PLAN_MEETING = "{at} instead of {planned} (a meeting until {at})"
PLAN_LOST = "not {planned} (a meeting until {at})"
KNEW_FREE = "{minutes} until your next meeting"
AGENDA_EVENTS = "> Calendar: {events}"
EVENT_AT = "{start}–{end} {title}"
EVENT_POINT = "{start} {title}"
EVENT_WHOLE_DAY = "{title} (all day)"
EVENT_BUSY, EVENT_FREE = "busy", "an event"

translate(__name__)
