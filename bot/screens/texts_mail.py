"""Sentences about e-mail as a way out: in the chat, in mails, on the pages of their links.

Tests: tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

# --- In the chat -------------------------------------------------------------------------------------------

MAIL_WORDS = "email e-mail mail"
"""What names e-mail after /connect and /disconnect."""
MAIL_OFFER = (
    "Tips and reminders can come by e-mail as well: `/connect email ann@example.org`, with your own address."
)
MAIL_HOW = (
    "To get tips and reminders by e-mail, send me your address: `/connect email ann@example.org`. I send it a"
    " mail that asks whether it is yours; nothing else goes there before you have said so."
)
MAIL_NOT_ADDRESS = (
    "“{typed}” is no e-mail address that I can use. Like this: `/connect email ann@example.org`"
)
MAIL_NOT_SET_UP = "I can't send e-mail from here: it isn't set up. Whoever runs me can do that."
MAIL_MISSING = (
    "I can't send e-mail from here: set OO_SMTP_URL and OO_MAIL_FROM, and start `oo run`.\n"
    "> The how-to “Send tips by e-mail” explains it."
)
MAIL_ASKED = (
    "I have sent a mail to **{address}**. Open the link in it, or send me the code from it:"
    " `/connect email CODE`. Nothing else goes there before that.\n"
    "> It works once, for a day. If it is not there in some minutes, look among the unwanted mails."
)
MAIL_ALREADY = (
    "**{address}** is connected already. What I send on my own goes there from now on; /prefs changes that."
)
MAIL_TOO_OFTEN = (
    "You have had me send three mails that ask to confirm an address within a day. Please try again tomorrow."
)
MAIL_LATER = (
    "The mail server doesn't answer properly at the moment, so I have sent nothing. Please try again later."
)
MAIL_REFUSED = (
    "The mail server takes no mails to **{address}**, so nothing is connected. Is the address right?"
)
MAIL_CONFIRMED = (
    "E-mail is connected: **{address}**. What I send on my own goes there from now on: tips and reminders. The"
    " links in a mail do what the buttons do here.\n"
    "> I don't read answers by mail. /prefs changes where I write, /disconnect email ends it."
)
MAIL_WRONG_CODE = (
    "That code confirms nothing: it was used, it is more than a day old, or it is mistyped."
    " `/connect email` with your address sends a new one."
)
MAIL_TAKEN = "Mails already go to **{address}** for another account of oO, so it is not connected here. End it there first."
MAIL_STATE = "E-mail: **{address}**. /disconnect email ends it."
MAIL_STATE_ENDED = (
    "E-mail: nothing goes to **{address}** any more. /connect email with your address begins again."
)
MAIL_DISCONNECTED = "I have forgotten **{address}** and send no mails any more. From now on I write here."
MAIL_NOT_CONNECTED = "No e-mail address is connected."
MAIL_UNSUBSCRIBED = (
    "You have ended the mails to **{address}** by the link in one of them. I send nothing there any more, and"
    " write here instead. /connect email with your address begins again."
)
MAIL_BOUNCED = (
    "The mail server says that nobody gets mails at **{address}**. I send nothing there any more, and write"
    " here instead. /connect email with your address begins again."
)
WHERE_MAIL = "I write by e-mail, as you chose in /prefs. /unlink separates the two again."
WRITES_BY_MAIL = "by e-mail"
WRITE_BY_MAIL = "Write by e-mail"

# --- In mails ----------------------------------------------------------------------------------------------

LETTER_CONFIRM = (
    "**Is this your address?**\n"
    "Somebody, most likely you, wants oO to send tips and reminders to this address. Confirm it with the link"
    " below, or send this in the chat with oO:\n"
    "`/connect email {code}`\n"
    "> It works once, for a day. If it wasn't you, do nothing: no other mail comes. Answers by mail are not read."
)
LETTER_YES = "Confirm the address"
LETTER_TAKEN = (
    "**This address is in use already**\n"
    "Somebody, perhaps you, wants oO to send tips and reminders to this address. But mails already go here for"
    " another account of oO. If both are yours, send /disconnect email there first.\n"
    "> If it wasn't you, do nothing: nothing has changed. Answers by mail are not read."
)
FOOTER_WHY = "You get this mail because you asked oO to write to this address. Answers by mail are not read."
FOOTER_STOP = "No more mails"
WHY_LINK = "Why this tip?"

# --- In the browser ----------------------------------------------------------------------------------------

PAGE_TAP = "{label}?"
PAGE_TAP_HOW = "Nothing happens before you say so here."
PAGE_NOTED = "Noted"
PAGE_BEFORE = "This link was used before; it does nothing more. This is how it stands:"
PAGE_NOW = "This is how it stands now:"
PAGE_LATER = "It is noted, and will be carried out in a moment. You can close this page."
PAGE_WHY = "Why this tip"
PAGE_SEND = "Send"
PAGE_STOP = "Send no more mails?"
PAGE_STOP_HOW = "oO will send nothing to this address any more, and will say so in the chat."
PAGE_STOP_DO = "No more mails"
PAGE_STOPPED = "No more mails come"
PAGE_STOPPED_HOW = "oO writes to you in the chat instead. /connect email there begins again."
PAGE_CONFIRM = "Is this your address?"
PAGE_CONFIRM_HOW = "Tips and reminders of oO will come to {address}."
PAGE_CONFIRMED = "Confirmed"
PAGE_CONFIRMED_HOW = "Tips and reminders come to {address} from now on. You can close this page."
PAGE_TAKEN = "Not connected"
PAGE_TAKEN_HOW = (
    "Mails already go to {address} for another account of oO. End it there first: /disconnect email."
)
PAGE_INVALID = "This link doesn't work"
PAGE_INVALID_HOW = (
    "It is incomplete, too old, or was used before. In the chat with oO everything still works."
)

translate(__name__)
