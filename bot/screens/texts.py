"""What oO says, in English; read from elsewhere, each sentence is in the active language. Topics of some size
have a module ``texts_TOPIC`` of their own.

Tone: a friend with good manners. Plain words, one thing at a time, no guilt, no exclamation marks. Markup:
see ``bot/screens/markup.py``. Translations: see ``bot/languages``.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bot.languages.sentences import translate
from core.errors import StoreUnavailable
from core.tips.candidates import Template

# --- Tips --------------------------------------------------------------------------------------------------

TIP = "**{content}**: {why}"
TIP_ADVICE = "**{content}**"
TIP_WHY_LLM = "> From the language model{about}. {why}"
TIP_WHY_TEMPLATE = "> {why}"
TIP_ABOUT = ', about "{title}"'
QUOTED = '"{words}"'
TIP_LESS = (
    "> I can't show that my tips help you, so from now on I write at most {now} a day. /helped says more;"
    " /cap {cap} takes it back."
)
TIP_HARM = (
    "> My tips seem to hold you back, so from now on I write at most {now} a day. /helped says more;"
    " /cap {cap} takes it back."
)
TIP_AS_SET = "> My tips do help you, as it turns out, so I write up to {cap} a day again. /helped says more."
TIP_RETURNS = "> You asked me to bring this back."
NO_TIP_RULED_OUT = "Nothing on your list may come up right now: {ruled_out}. /tasks shows all of it."
NO_TIP = (
    "I have nothing good to suggest right now. Tell me something you need to do, for example: /add Call the dentist"
    " friday"
)

PRESSURE = {
    "overdue": "it was due {due}.",
    "due_soon": "it is due {due}.",
    "due_today": "it is due {due}.",
    "due_later": "it is due {due}.",
    "urgent": "you marked it urgent.",
    "open": "it has been on your list {since}.",
}
PRESSURE_DEADLINE = {
    "overdue": "its deadline was {due}.",
    "due_today": "its deadline is {due}.",
    "due_later": "its deadline is {due}.",
}
"""Where the deadline is earlier than the due date."""
PRESSURE_NEW = "it is new on your list."
TEMPLATE_WHY = {
    "no_tasks": "Your list is empty.",
    "many_overdue": "{overdue} tasks are overdue.",
    "many_open": "{open} tasks are open.",
    "morning": "It is morning, and you have {open} to do.",
    "midday": "It is the middle of the day.",
    "evening": "The day is nearly done.",
    "low_energy": "You said your energy is low.",
}

TEMPLATES = (
    Template(
        template_id="first_task",
        topic="planning",
        when="no_tasks",
        minutes=2,
        content="Write down the one thing that is on your mind.",
    ),
    Template(
        template_id="drop_one",
        topic="planning",
        when="many_overdue",
        minutes=5,
        content="Pick one overdue task and drop it or give it a new date.",
    ),
    Template(
        template_id="one_of_many",
        topic="planning",
        when="many_open",
        minutes=5,
        content="Choose the one task that would make today a good day.",
    ),
    Template(
        template_id="start_early",
        topic="planning",
        when="morning",
        minutes=10,
        content="Begin with the task you would rather put off, for ten minutes only.",
    ),
    Template(
        template_id="walk",
        topic="breaks",
        when="midday",
        minutes=10,
        content="Walk around the block before the next thing.",
    ),
    Template(
        template_id="tomorrow",
        topic="planning",
        when="evening",
        minutes=5,
        content="Write down the first thing for tomorrow, so that today can end.",
    ),
    Template(
        template_id="tiny",
        topic="breaks",
        when="low_energy",
        minutes=5,
        content="Do only the first two minutes of something easy, then rest.",
    ),
)

TOPICS = {"planning": "planning", "breaks": "breaks"}
"""The topics of the templates, in lower case."""

# --- After a tap -------------------------------------------------------------------------------------------

DONE_AT = "~~{content}~~ Done {time}."
DONE_MOVED = "~~{content}~~ Done {time}. Next: {due}."
BACK_AT = "**{content}**\nBack {when}."
SNOOZE_WHEN = "**{content}**\nWhen shall I bring it back?"
SNOOZE_TYPE = "When? For example: 18:30, in 2 hours, tomorrow 9am"
SNOOZE_QUIET = "**{content}**\nThat would be {when}, and it's quiet until {end}."
DISMISSED = "~~{content}~~ Fine, not this one. Why? It helps me choose."
DISMISSED_WHY = {
    "not_now": "~~{content}~~ Fine, later then.",
    "not_this": "~~{content}~~ Fine, I'll leave this one alone for a while.",
    "never_topic": '~~{content}~~ I won\'t write about "{topic}" again. /mute shows the list.',
    "did_it": "~~{content}~~ Good, it is off your list.",
}
ALREADY_DONE = "Already done {time}."
ALREADY_DISMISSED = "You dismissed this {time}."
GONE, GONE_OLD = "~~{content}~~", "~~{content}~~ That was {ago}."
GONE_DONE, GONE_REMOVED = "It has been done since, {when}.", "It is no longer on your list."
GONE_TOAST = "That is no longer open."
OLD_BUTTON = "That button no longer does anything. /tip gives you a fresh tip."
NO_DATA = "I no longer hold any data for you."
FORM_LABEL = "Your answer"
FINE_THEN = "Good."
TIME_PASSED = "That time has passed. When shall I bring it back?"
NOTHING_TO_UNDO = "There is nothing to undo."

# --- Tasks -------------------------------------------------------------------------------------------------

ADDED = "Added: **{title}**{details}."
ADD_WHAT = "What shall I add? For example: Pay rent tomorrow 9am"
REMIND_WHAT = "What shall I remind you of?"
TASKS_HEAD = "**{count}**"
TASKS_ONE, TASKS_COUNT = "1 task", "{count} tasks"
TASK_DONE_BUTTON = "Done {number}"
TASKS_LINE = "{number}. {title}{details}"
TASKS_NONE = "Nothing on your list. Tell me something you need to do, for example: Pay rent tomorrow 9am"
TASKS_MORE = "> Page {page} of {pages}."
TASK_DONE = "~~{title}~~ Done {time}."
TASK_DONE_MOVED = "~~{title}~~ Done {time}. Next: {due}."
TASK_REOPENED = "**{title}** is open again."
TASK_ALREADY = "That task is done already."
TASK_REMOVED = "~~{title}~~ Removed."
COMPLETE_RIVALS = 'I am not sure which task you mean by "{words}". It may be:'
COMPLETE_MORE = "> And {more} more: a word more of the title tells them apart."
COMPLETE_WHICH = 'I am not sure which task you mean by "{words}". Here is your list:'

# --- Talk --------------------------------------------------------------------------------------------------

HELP = (
    "/tip a tip now · /today your day · /stats your week\n"
    "/add, /tasks, /edit, /move, /remove your tasks · /import from a file\n"
    "/remind, /brief, /review reminders and daily messages\n"
    "/times, /quiet, /cap, /pause, /resume when I may write\n"
    "/why, /whynot, /plan, /learned, /helped what I do and why\n"
    "/prefs all settings · /language · /timezone · /mute · /connect, /disconnect · /link, /unlink\n"
    "/me your page in the browser · /privacy, /export, /delete your data\n"
    "> Or just write: remind me to call Ann friday. Move rent to monday. I have 20 minutes."
)
HELLO = "Hello. /tip gives you a tip; or tell me something you need to do."
THANKS = "You're welcome."
DONE_SAID = "Good."
DONE_THAT = 'Good, "{content}" is done.'
REPLY_WHICH = (
    "I can't tell which tip that is about. Please reply to the tip itself, or tap a button under it."
)
REPLY_WHICH_TASK = "Which one do you mean? Reply with its number, or tap its button."
REPLY_TASK = '"{title}" is on your list, and no tip that I could put off. Reply "done" when it is done.'
DONE_WHAT = "What is done? For example: done with the rent. /tasks shows your list."
NOT_NOW = "All right, not now."
SNOOZED_SAID = "All right, it comes back {when}."
SNOOZED_QUIET = "It's quiet then. Under the tip you can choose another time."
DISMISSED_SAID = "All right, not this one."
UNDONE_BACK = 'The tip "{content}" is back.'
UNDONE_SAID = '"{content}" is open again.'
NO_TIP_WAITS = "No tip waits for an answer. /tip gives you one."
UNCLEAR = "I didn't quite get that. Is it something to do? Then send: /add {text}\n> /help shows what else I understand."
UNCLEAR_LONG = "I didn't quite get that. /help shows what I understand."
WAKING = "One moment, the language model is waking up …"
UNKNOWN_COMMAND = "I don't know /{name}. /help shows what I understand."
CANT_READ = "I can only read text. What would you like to tell me?"
ONLY_WORDS = "> I read the words; {attachment} I can't look at."
ATTACHMENTS = {
    "animation": "the animation itself",
    "audio": "the audio itself",
    "checklist": "the checklist itself",
    "contact": "the contact itself",
    "dice": "the dice itself",
    "file": "the file itself",
    "game": "the game itself",
    "location": "the location itself",
    "photo": "the photo itself",
    "poll": "the poll itself",
    "sticker": "the sticker itself",
    "story": "the story itself",
    "video": "the video itself",
    "voice": "the voice itself",
}
"""By the kind that an adapter names."""
EDITED = "I saw that you edited a message. Please send it again if something should change."
LLM_PAUSE_OPEN = "until you send /resume"
LLM_ACTION = {
    "resume": "Shall I write again from now on?",
    "pause": "Shall I stay silent: {argument}?",
    "set_quiet": "Shall I set your quiet hours to {argument}?",
    "set_times": "Shall I write at {argument} from now on?",
    "mute": 'Shall I never write about "{argument}" again?',
    "complete_task": 'Shall I mark "{argument}" as done?',
}
NOT_DONE = "All right, I left it as it was."
TAP_ONE = "I am not sure which of these you mean. Please choose one of the buttons."
STORE_WHY: dict[str, str] = {
    "busy": "another program is using my database",
    "full": "the disk is full",
    "read_only": "my database can only be read",
    "lost": "my database is damaged or gone",
    "failing": "my database does not answer as it should",
    "unreachable": "my database does not answer as it should",
}
STORE_DELAYED = "I have your message, but I can't answer yet: {why}. I'll answer as soon as I can."
STORE_UNTAKEN = "I couldn't store that yet: {why}. I'll keep trying."
STORE_NOT_KEPT = "Not stored: {why}. Please type it again later: {text}"
_STORE_TROUBLE: dict[str, str] = {
    "busy": "another process is writing to it, a backup maybe. Try again when that has ended.",
    "full": "the disk is full. Make room, then try again.",
    "read_only": "it may only be read. Give oO the right to write the file and its folder, then try again.",
    "lost": "it is damaged or gone. Put it back or restore a backup, then start oO again.",
    "unreachable": "its server does not answer. See that it runs and can be reached, then try again.",
    "failing": "its disk does not answer as it should. Look after the disk, then try again.",
}


_SERVER_IS_READ_ONLY = (
    "oO may only read there. Give its role the right to write, by GRANT CREATE ON DATABASE {database} TO {role}"
    " and GRANT USAGE, CREATE ON SCHEMA public TO {role}, or name the primary server, then try again."
)
_SERVER_SAYS = 'its server says "{said}". Try again when that is over.'


def store_trouble(trouble: StoreUnavailable) -> str:
    """What the operator is told, and what to do; in English."""
    is_server = str(trouble.place).startswith("postgresql")
    advice = _STORE_TROUBLE[trouble.reason]
    if is_server and trouble.reason == "read_only":
        advice = _SERVER_IS_READ_ONLY.format(**_names_in(trouble.place))
    elif trouble.said:
        advice = _SERVER_SAYS.format(said=trouble.said)
    return f"The database {trouble.place} can't be used: {advice}"


def _names_in(place: str) -> dict[str, str]:
    """The database and the role, as SQL names them."""
    parts = urlsplit(place)
    names = {"database": unquote(parts.path[1:]), "role": unquote(parts.username or "")}
    return {key: one if re.fullmatch(r"[a-z_][a-z0-9_]*", one) else f'"{one}"' for key, one in names.items()}


TROUBLE = "Something went wrong on my side. Nothing of yours is lost; please try again in a moment."
INTERRUPTED_TEXT = (
    "I was interrupted each time I began with what you wrote {when}. I'll keep trying, less and less often;"
    " everything else goes on as usual. If it matters, please say it in other words."
)
INTERRUPTED_TAP = (
    "I was interrupted each time I began with the button you tapped {when}. I'll keep trying, less and less"
    " often; everything else goes on as usual. If it matters, please type what you want."
)
TOO_FAST = "That was a lot at once; I left some of it out. Please send again what has no answer."

# --- Sources, data -----------------------------------------------------------------------------------------

CONNECT_SYNCED = " (last read {time})"
CONNECT_OK = "Todoist is connected{synced}. Done here means done there."
CONNECT_EXPIRED = (
    "I can't read your Todoist any more: it says the connection was revoked. Everything else goes on. A new token"
    " goes into TODOIST_API_TOKEN, and then start me again."
)
CONNECT_FAILING = (
    "Todoist doesn't answer properly at the moment. I go on with what I knew{synced} and keep trying."
)
SOURCE_REFUSED = {
    "task.completed": 'Todoist did not let me complete "{title}", so it will be back on your list. Please complete it there.',
    "task.reopened": 'Todoist did not let me open "{title}" again. Please do that there.',
}
PRIVACY = (
    "I keep your tasks, what I sent you, your taps and your settings, and nothing else that you write.\n{llm}\n"
    "/export sends you everything as a file; /delete removes it."
)
EXPORT = "Everything I have about you."
DELETE_ASK = "Delete everything I have about you: tasks, tips, taps, settings? This can't be undone."
DELETED = (
    "Everything about you is deleted. Copies in backups of whoever runs me go when those expire, and a backup"
    " that is restored before deletes you again. Goodbye."
)
DELETE_KEPT = "Nothing was deleted."
INVITE = "This code lets one person in, within a week: they send me\n`/start {code}`"
INVITE_NOT_OWNER = "Only the owner of this oO can invite people."

# --- Help with bad input: keys are the hints of core.errors.BadInput ----------------------------------------

HINTS: dict[str, str] = {
    "not_a_time": 'I didn\'t get "{value}". A time looks like 9:00 or 18:30.',
    "times_missing": "At what times? For example: /times 9:00 13:00 18:30, or /times off",
    "too_many_times": "That is more than {limit} times a day. Fewer, please: /times 9:00 13:00 18:30",
    "not_a_window": 'I didn\'t get "{value}". Try /quiet 22:00-07:00, or /quiet off.',
    "quiet_missing": "When shall I be quiet? For example: /quiet 22:00-07:00, /quiet sat all day, or /quiet off",
    "quiet_same": 'With "{value}" do you mean all day, or never? Try /quiet sat all day, or /quiet off.',
    "quiet_always": "Then I could never write. Leave me some time, or use /times off or /pause.",
    "too_many_windows": "That is more than {limit} windows. Fewer, please: /quiet mon-fri 9-12, 22-7",
    "not_a_cap": 'I didn\'t get "{value}". How many a day, from 0 to 20? For example: /cap 3',
    "not_a_moment": 'I didn\'t get "{value}". Try: in 2 hours, 18:30, tomorrow 9am, or monday.',
    "muted_sometimes": (
        "I can't leave a topic out for a single day. Always: /mute {value}."
        " On some days of the week: /mute {value} on weekends"
    ),
    "not_a_topic": 'I didn\'t get "{value}". A topic is a word or two, for example: /mute rent',
    "past": '"{value}" has passed already. Try: in 2 hours, or tomorrow 9am.',
    "too_far": '"{value}" is more than a year away. Try something nearer, such as: monday, or 3 weeks.',
    "task_empty": "What shall I add? For example: /add Pay rent tomorrow 9am p1",
    "task_too_long": "That is too long for a task: at most {limit} characters, please.",
    "unknown_zone": 'I don\'t know where "{value}" is. Try a big city near you: /timezone Berlin',
    "far_date": "The calendar of plans goes from {first} to {last}.",
    "connect_what": 'I didn\'t get "{value}". Try /connect todoist, or /connect todoist off.',
    "not_on_off": 'I didn\'t get "{value}". Try /helped on, or /helped off.',
    "which_zone": 'Which one do you mean by "{value}"?',
    "this_zone": 'By "{value}", do you mean the time zone {names}?',
    "zone_alike": 'I don\'t know where "{value}" is. Do you mean one of these? If not: /timezone and a big city near you.',
    "too_many_tasks": "Your list has {limit} open tasks; please finish or remove some first.",
    "unknown_shadow": "No shadow is called {value}. There are:",
    "no_shadows": "There are no shadows (policy.shadows in config.yaml).",
    "which_shadow": "More than one shadow is called {value}. Which one?",
    "serves_already": "{value} serves already. Its shadows are:",
    "another_serves": "Meanwhile {value} serves. Please ask again.",
    "nothing_promoted": "There is no promotion to go back from: {value} serves because it is configured.",
}

# --- Buttons -----------------------------------------------------------------------------------------------

AGREE, SHOW_DETAILS, NO_THANKS = "Agree and start", "Details", "No thanks"
ADD_IT = "Add it"
YES, NO, CHANGE, FINE, CHANGE_TIMES = "Yes", "No", "Change", "Fine", "Change times"
DONE, SNOOZE, DISMISS, UNDO = "Done", "Snooze", "Dismiss", "Undo"
ONE_HOUR, EVENING, MORNING, NEXT_WEEK, TYPE_TIME, BACK = (
    "1 hour",
    "This evening",
    "Tomorrow morning",
    "Next week",
    "Type a time",
    "Back",
)
CHANGE_LANGUAGE = "Change language"
CHANGE_QUIET, FEWER, MORE_TIPS = "Change quiet hours", "Fewer a day", "More a day"
PAUSE_DAY, RESUME = "Pause a day", "Resume"
LLM_OFF, LLM_ON = "Without language model", "With language model"
LEARN_OFF, LEARN_ON = "Stop learning", "Learn again"
HOLD_OUT_OFF, HOLD_OUT_ON = "Stop the test", "Test if tips help"
AS_SET = "Up to {cap} a day again"
SEND_ANYWAY, TOMORROW_NINE = "Send anyway", "Tomorrow 9:00"
REASONS = {
    "not_now": "Not now",
    "not_this": "Not this",
    "never_topic": "Never about {topic}",
    "did_it": "Did it already",
}
EARLIER, MORE = "‹ Back", "More ›"
RIGHT, WRONG, FORGET = "Right", "Wrong", "Forget"
EXPORT_ALL, DELETE_ALL, KEEP = "Export", "Delete everything", "Keep it"

translate(__name__)
