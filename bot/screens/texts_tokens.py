"""Sentences about personal tokens.

Tests: tests/scenarios/test_tokens.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

OFF = "Programs can't reach me here. Whoever runs me can allow it: http.api or http.mcp in config.yaml."
NONE = "No program acts for you. A token lets one: /token new laptop"
LIST = "These tokens let programs act for you:"
LINE = "**{name}**: {scopes}. {used}"
USED, UNUSED = "Last used {when}.", "Never used."
MORE = "> For another one: /token new laptop"
ASK = 'What may a program with the token "{name}" do?'
READ, WRITE, ALL = "Only read", "Read and change", "Also export"
MADE = (
    "The token **{name}** is made:\n"
    "`{secret}`\n"
    "It lets a program {scopes}. Copy it now: I can't show it again."
)
SHORT_LIVED = (
    "> Whoever can read this chat, the platform included, can use it. I hide it here in {minutes} minutes."
)
CHOSEN = "**{name}**: {scopes}."
HIDE = "Hide it"
HIDDEN = "The token **{name}** is in force. I have hidden it here. /token revokes it."
REVOKE = "Revoke {name}"
REVOKED = "The token **{name}** is revoked: no program can use it any more."
GONE = "There is no such token any more."

SCOPES = {
    "tasks:read": "read your tasks",
    "tasks:write": "change your tasks",
    "tips": "ask for tips and answer them",
    "decisions": "read why I chose a tip",
    "events:read": "follow what happens",
    "preferences:read": "read your settings",
    "preferences:write": "change your settings",
    "export": "export everything about you",
    "delete": "delete everything about you",
}

HINTS = {
    "token_name": "How shall the token be called? For example: /token new laptop read",
    "token_name_taken": 'There is a token "{name}" already. Take another name, or revoke that one: /token',
    "token_scopes": "What may the program do? For example: /token new laptop read",
    "token_unknown": 'No token is called "{name}". /token shows yours.',
    "too_many_tokens": "You have {limit} tokens already. Revoke one first: /token",
}

translate(__name__)
