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
LINK_TOO_OFTEN = "Those were too many wrong codes. Please try again in ten minutes."
SETTINGS_THERE = (
    "The settings are those of the other side, where you got the code. Topics that you muted on either side"
    " stay muted."
)
ENDED = (
    "**{name}** was connected on both sides. I kept one connection and ended the other: /connect shows which."
)
ENDED_OF = "**{name}** was connected on both sides. I kept one connection and ended the one of {account}."
REFUSED = "Only what both sides had allowed is allowed now. Off: {purposes}. /privacy turns it on."
WHERE = "I write where I heard from you last."
LINKED_ELSEWHERE = (
    "Your account on {channel} is linked to this one now: here and there you are the same person. If that"
    " wasn't you, somebody has had your code."
)
CHANNELS = {"telegram": "Telegram", "slack": "Slack", "terminal": "the terminal"}

translate(__name__)
