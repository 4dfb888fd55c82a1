"""Every sentence that oO says, in English; read from elsewhere, each is in the active language.

Tone: a friend with good manners. Plain words, one thing at a time, no guilt, no exclamation marks. Markup:
see ``bot/screens/markup.py``. Translations: see ``bot/languages``.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bot.languages.catalogue import plural
from bot.languages.sentences import translate
from core.errors import StoreUnavailable
from core.tips.candidates import Template

# --- First contact -----------------------------------------------------------------------------------------

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

# --- Settings ----------------------------------------------------------------------------------------------

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
QUIET_SHOW = "Quiet hours: {quiet}.\n> Change it like this: /quiet 22:00-07:00, or /quiet mon-fri 9-12, 22-7, or /quiet off"
QUIET_OFF = "No quiet hours any more."
QUIET_OFF_TIMES = "I still write only {times}."
CAP_SET = "At most {cap} a day from now on."
CAP_ZERO = "I'll write only when you ask. /cap 3 lets me write again."
CAP_SHOW = "At most {cap} a day{less}. To change it: /cap 2"
CAP_LESS = " for now, not {cap} (/helped says why)"
PAUSED = "Silent until {until}. /resume ends it sooner."
PAUSED_LONG = "Silent until you send /resume."
RESUMED = "I'm back. Next: {next}."
RESUMED_NOT_PAUSED = "I wasn't paused. Next: {next}."
MUTED = "I won't write about {topics}."
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
UNTIL_RESUME = "you send /resume"
NEXT_UNKNOWN = "when I know your time zone (/timezone)"
NEXT_NEVER = "only when you ask (/tip)"
ASK = {
    "times": "At what times? For example: 9:00 13:00 18:30",
    "quiet": "When shall I be quiet? For example: 22:00-07:00",
    "zone": "What city are you in? For example: Berlin",
}

# --- Understanding -----------------------------------------------------------------------------------------

KNEW = "{when} you had {had}{habit}{weighed}."
KNEW_HABIT = "; you had done {done} of {shown} tips at this time of day"
KNEW_WEIGHED = "; I weighed the {leading} most pressing and {drawn} that I drew from the rest"
KNEW_LLM = "{when} {model} wrote it (prompt {prompt}), knowing {facts}."
FACTS = {"now": "the time", "load": "how much is open"}
NOTHING = "nothing"
NO_TASKS = "no open task"
SOME_OVERDUE = ", {count} overdue"
ENERGY = {"low": "little energy", "high": "much energy"}
CLAUSE_STARTS = {
    "A",
    "An",
    "It",
    "Its",
    "That",
    "The",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "You",
    "Your",
}
WHY_BECAUSE = "I chose it with {chance} probability, because {reason}."
WHY_TRY = "It was a try, to learn what helps you, with {chance} probability."
WHY_LOT = "Nothing looked better, so I drew lots, with {chance} probability."
WHY_PROMISED = "You snoozed it and I promised to bring it back."
WHY_PROMISED_ONLY = "I looked at nothing else."
WHY_NEXT = (
    'Next would have been "{content}" with {chance}.',
    "Otherwise I would have said nothing, with {chance}.",
)
"""First for a tip as the next best choice, then for silence; likewise below."""
WHY_LIKELIER = ('Likelier was "{content}" with {chance}.', "Saying nothing was likelier, with {chance}.")
WHY_AS_LIKELY = ('"{content}" was as likely.', "Saying nothing was as likely.")
WHY_ALONE = "There was nothing else to choose from."
WHY_ALONE_BUT = "There was nothing else to choose from: {ruled_out}."
WHY_NONE = "I haven't sent you a tip yet. /tip gives you one."
WHY_REASON = {
    "overdue": "it was overdue by {age}",
    "due_soon": "it {was} due {due}",
    "due_today": "it {was} due {due}",
    "due_later": "it {was} due {due}",
    "urgent": "you marked it urgent",
    "open": "it was the best of what was open",
}
WHY_DEADLINE, WHY_DEADLINE_OVER = "its deadline is {due}", "its deadline was {due}"
WHY_AHEAD, WHY_PAST = "is", "was"
TEMPLATE_REASON = {
    "no_tasks": "your list was empty",
    "many_overdue": "{overdue} tasks were overdue",
    "many_open": "{open} tasks were open",
    "morning": "it was morning and you had {open} to do",
    "midday": "it was the middle of the day",
    "evening": "the day was nearly done",
    "low_energy": "you said your energy was low",
}
_DUE = ("{pressing}", "it was less pressing")
FEATURE_WORDS = {
    "tip": ("a tip seemed better than none", ""),
    "requested": ("you asked for one", ""),
    "advice": ("advice seemed to help more than a task", "a task seemed to help more than advice"),
    "llm": ("it was written for that moment", "it was no language model's idea"),
    "template": ("it was something for any day", "it was more than something for any day"),
    "priority": ("you marked it p{priority}", "it was less urgent"),
    "overdue": _DUE,
    "long_overdue": _DUE,
    "near": _DUE,
    "due_today": _DUE,
    "old": ("it had waited longer", "it was newer on your list"),
    "task_morning": ("tasks go well in the morning", "tasks go less well in the morning"),
    "task_evening": ("tasks go well in the evening", "tasks go less well in the evening"),
    "task_weekend": ("tasks go well at the weekend", "tasks go less well at the weekend"),
    "advice_morning": ("advice goes well in the morning", "advice goes less well in the morning"),
    "advice_evening": ("advice goes well in the evening", "advice goes less well in the evening"),
    "advice_weekend": ("advice goes well at the weekend", "advice goes less well at the weekend"),
    "load": ("a long list calls for one of its tasks", "a long list calls for something else"),
    "done_rate": ("tips go well at this time of day", ""),
    "fits": ("it fitted the time you had", ""),
    "energy": ("it suited your energy", "it suited your energy"),
    "never_shown": ("it had not come up before", "it had come up before"),
    "item_shown": ("it had come up lately", "it had come up less often lately"),
    "item_put_off": ("", "you had put it off less often"),
    "item_dismissed": ("", "you had dismissed it less often"),
    "item_count": ("it had come up more often", "it had come up less often"),
    "kind_shown": ("there had been more of its kind lately", "there had been fewer of its kind lately"),
    "kind_dismissed": ("", "you had dismissed fewer of its kind"),
    "fatigue": ("", ""),
    "wording": ("it is worded like tips that go well", "it is worded like tips that go well"),
}
"""For each feature the words for having more of it than the runner-up, and for less; empty: not named."""
WHYNOT_TIME = "{when} it was time for a tip."
WHYNOT_BECAUSE = "I stayed silent because {reason}."
WHYNOT_CHOSE = "I chose to say nothing, with {chance} probability: no tip seemed worth a message."
WHYNOT_TRY = "Saying nothing was a try, to learn when you want no tip, with {chance} probability."
WHYNOT_UNSEEN = "I had not looked for a tip yet."
WHYNOT_AFRESH = "It moved to {time}; its tip is chosen then."
WHYNOT_NO_TIP = "There was no tip to choose from."
WHYNOT_HELD = 'Otherwise "{content}" would have come.'
WHYNOT_TESTING = "I won't say which one: that would give it to you. /helped compares."
WHYNOT_DROPPED = '"{content}" was left out: {dropped}.'
RULED_OUT = {
    "muted": "{tasks} about something you muted",
    "resting": "{tasks} that had come up lately",
    "dismissed": "{tasks} you had dismissed",
    "dismissed_twice": "{tasks} you had dismissed twice",
    "snoozed": "{tasks} you had snoozed",
    "held_out": "{tasks} kept back today by your test",
}
DROPPED = {
    "muted": "it is about something you muted",
    "resting": "it had come up lately",
    "dismissed": "you had dismissed it",
    "dismissed_twice": "you had dismissed it twice",
    "snoozed": "you had snoozed it",
    "same_meaning": "I had said much the same lately",
    "task_gone": "it was done elsewhere",
}
DROPPED_UNFIT = "it did not fit the facts"
WHYNOT_BEFORE = "> {when}: {reason}."
WHYNOT_QUIET_DAY = "Today is quiet all day (/quiet). Next: {next}."
WHYNOT_NONE = "I haven't kept silent on purpose in the last days. Next: {next}."
WHYNOT_REASON = {
    "no_consent": "you had not allowed me to write on my own",
    "no_zone": "I don't know your time zone",
    "unreachable": "I couldn't reach you",
    "paused": "you had paused me",
    "quiet": "it was in your quiet hours{until}",
    "cap": "you had had enough for that day",
    "stale": "I was switched off then, and it was too late afterwards",
    "spacing": "I had written shortly before",
    "nothing_to_say": "I had nothing useful to say",
    "chose_silence": "I had nothing better to say than nothing",
    "held_out": "you asked me to test whether I help: this time I kept a tip to myself",
}
WHYNOT_UNTIL = " until {time}"
WHYNOT_SNOOZED = "the tip that you had put off was over by then: its task was done, removed or muted"
WHYNOT_SNOOZED_ALONE = "No other tip took its place."
WHYNOT_ON_DEMAND = "you want tips only when you ask"
PLAN_HEAD = "The next seven days:"
PLAN_DAY = "**{day}** {slots}"
PLAN_NONE = "No times are set, so I won't write on my own. To set some: /times 9:00 13:00 18:30"
PLAN_MOVED = {
    "clocks_forward": "{at} instead of {planned} (the clocks go forward)",
    "quiet": "{at} instead of {planned} (quiet until {at})",
}
PLAN_CAP = "> At most {cap} of them a day{less}."
PLAN_PAUSED = "> Silent until {until}."
PLAN_EMPTY = "Nothing is planned for the next seven days."
HELPED_OFF = (
    "Do my tips help you? I can test it: a coin then makes me keep about one in {every} tips about your tasks to"
    " myself, and I compare how often the task gets done on the same day, with a tip and without. If it doesn't show that tips"
    " help, I write less by and by; /cap keeps it as it is.\n"
    "It is off: I keep nothing to myself, and I can't tell."
)
HELPED_NOTHING = (
    "The test is on: a coin makes me keep about one in {every} tips about your tasks to myself. What that changes"
    " I can say once a day of it is over."
)
HELPED_WITH, HELPED_WITHOUT = "**With a tip**: {done}.", "**Without**: {done}."
HELPED_DONE = "{share} done on the same day ({done} of {decisions})"
HELPED_NONE = "none so far"
HELPED_PROVEN = "My tips help you: of 100 tasks, {low} to {high} more get done that day."
HELPED_HARM = "My tips hold you back: of 100 tasks, {low} to {high} fewer get done that day."
HELPED_UNKNOWN = (
    "Not yet known: of 100 tasks, anything from {low} fewer to {high} more may get done thanks to a tip."
)
HELPED_WEEKS = "If tips get {worth} more of 100 tasks done, that takes about {weeks} to show."
HELPED_WEEK, HELPED_MORE_WEEKS = "one more week", "{weeks} more weeks"
HELPED_RESTS = "If tips get {worth} more of 100 tasks done, that takes about {tips} to show; there were none in the last weeks."
HELPED_TIP, HELPED_MORE_TIPS = "one more tip", "{tips} more tips"
HELPED_SMALL = "By now {worth} more would have shown: if tips help, it is by less."
HELPED_LESS = "Until I can show that tips help, I write at most {now} a day, not {cap}."
HELPED_HOW = (
    "> I count what is ticked off by the end of the day, here or where your tasks live. The range is 95 % sure,"
    " however often you look."
)
LEARNED_HEAD = "You did {done} of the {shown} tips that I have learned from. What stands out:"
LEARNED_FEW = (
    "I don't believe anything about you so far: I have learned from {shown}, and it takes at least {needed}."
)
LEARNED_NONE = "no tips yet"
LEARNED_EVEN = "Nothing stands out by more than chance so far: you did {done} of {shown} tips."
LEARNED_OFF = "> Learning is off, so no new tips count. /prefs turns it on."
LEARNED_LINE = "{number}{tick}{belief}"
LEARNED_TICK, LEARNED_CROSS = "✓ ", "✗ "
LEARNED_DENIED = "{number}{cross}{group}: you said I was wrong."
BELIEF_WORKS = "{group} worked for you: {done} of {shown}."
BELIEF_BETTER = "{group} worked better than the rest: {done} of {shown}."
BELIEF_LESS = "{group} worked less often than the rest: {done} of {shown}."
BELIEF_RARELY = "{group} rarely worked for you: {done} of {shown}."
BELIEF_WRONG = "{group}: noted, I was wrong.{taught}"
BELIEF_WRONG_TAUGHT = (
    " From now on I expect them to do as well as your other tips. Your word weighs as much as {count} tips."
)
BELIEF_FORGOTTEN = (
    "{group}: I no longer learn from the {shown} tips behind that, unless you tap one of them again."
    " They stay in your data (/export)."
)
BELIEF_RESTORED = "{group}: taken back, all is as it was before."
BELIEF_GONE = "I no longer believe that."
GROUP = {
    "task": "Tasks",
    "advice": "Advice",
    "weekend": "Tips at the weekend",
    "weekday": "Tips on weekdays",
    "overdue": "Overdue tasks",
    "not_overdue": "Tasks that are not overdue",
    "priority": "Tasks marked p{of}",
    "topic": 'Tips about "{of}"',
}
PART_OF_DAY = {
    "night": "at night",
    "morning": "in the morning",
    "midday": "around midday",
    "afternoon": "in the afternoon",
    "evening": "in the evening",
}

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
TOO_FAST = "That was a lot at once; I left some of it out. Please send the last one again."

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
