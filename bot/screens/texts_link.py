"""Sentences about one person on several channels: ``/link``, ``/unlink`` and where oO writes.

Tests: tests/scenarios/test_linking.py, tests/golden/test_screens.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

LINK = (
    "To use me on another channel as well, send me this there within ten minutes:\n`/link {code}`\n"
    "> In Slack: /oo link {code}. Whoever sends it is you from then on: show it to nobody, and never send one that"
    " somebody else gave you."
)
LINKED = {
    "joined": "Done. Here and there you are the same person now: one list of tasks, one daily limit, and what I learned.",
    "same": "That is your own code, and this account is yours already. Send it on the other channel.",
    "wrong": "That code doesn't link anything: it was used, it is more than ten minutes old, or it is mistyped. /link on the other channel gives you a new one.",
    "owner": "You own this oO from here, so this account can't become somebody else's. Send /link here, and the code that you get there.",
}
LINK_ASK = (
    "You have tasks or tips here. If you asked for this code yourself, here and there become one person: whoever"
    " made the code sees all that is here, and the settings there apply. Is it your own code?"
)
LINK_JOIN, LINK_LEAVE = "Yes, become one", "No, leave it"
LINK_LEFT = "Nothing was linked. If somebody gave you that code, they wanted to read what you have here."
LINK_TOO_OFTEN = "Those were too many wrong codes. Please try again in ten minutes."
SETTINGS_THERE = (
    "The settings are those of the other side, where you got the code. Topics that you muted on either side"
    " stay muted."
)
ENDED = "**{name}** was connected on both sides. I kept one connection and ended the other. Which one, you see in /connect."
ENDED_OF = "**{name}** was connected on both sides. I kept one connection and ended the one of {account}."
REFUSED = "Only what both sides had allowed is allowed now. Off: {purposes}. /privacy turns it on."
WHERE = "I write where I heard from you last; /prefs changes that. /unlink separates the two again."
WHERE_CHOSEN = "I write on {channel}, as you chose in /prefs. /unlink separates the two again."
LINKED_ELSEWHERE = (
    "Your account on {channel} is linked to this one now: here and there you are the same person. If that"
    " wasn't you, somebody has had your code: /unlink separates the two."
)

# --- Where oO writes ---------------------------------------------------------------------------------------

PREFS_WHERE = "**Write to me** {where}"
WHERE_I_ANSWER, WRITES_ON = "where I answer", "on {channel}"
WRITES_FROM_NOW = "From now on I write to you on {channel}."
WRITES_NOWHERE_ELSE = "I know you here only. /link adds another channel."
NOT_ON = "I don't know you on {channel} yet. /link gives you a code to send me there."
WRITE_ON = "Write on {channel}"
WRITE_WHERE_I_ANSWER = "Write where I answer"

# --- Unlinking ---------------------------------------------------------------------------------------------

UNLINK_WHICH = "You are one person on these accounts. Which one shall be separate?"
UNLINK_HERE = "{channel} (here)"
UNLINK_ONLY_ONE = "This is your only account, so there is nothing to separate. /link adds another one; /delete removes everything."
UNLINK_ASK = (
    "Your account on {channel} will be separate. Your tasks, history and connections, and what I have learned, stay with the"
    " other accounts. How shall it start?\n"
    "> A copy holds your open tasks and reminders, your settings and what you allow. Tasks from Todoist or a"
    " calendar are not copied."
)
UNLINK_EMPTY = "Separate, start empty"
UNLINK_COPY = "Separate with a copy"
UNLINK_KEEP = "Keep them linked"
UNLINKED = "Done: your account on {channel} is separate now."
UNLINKED_EMPTY = "It starts empty. Everything else stayed with the other accounts, what I learned included."
UNLINKED_COPY = "It has a copy of the tasks and settings. The rest stayed with the other accounts, what I learned included."
UNLINK_KEPT = "The accounts stay linked."
UNLINK_GONE = "That account is separate already, or it is the only one now."

CHANNELS = {
    "telegram": "Telegram",
    "slack": "Slack",
    "terminal": "the terminal",
    "web": "the browser",
    "email": "e-mail",
}

translate(__name__)
