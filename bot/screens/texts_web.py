"""Sentences that all pages in the browser share, and those of signing in.

Tests: tests/bot/web/test_sign_in.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

SKIP = "To the content"
BACK = "To my page"
SIGN_OUT = "Sign out"

# In the chat.
LINK = "This opens your page: your tasks, what I believe and why, your settings."
LINK_LASTS = "> It signs one browser in, within {minutes} minutes. Don't pass it on."
OPEN = "Open my page"
OFF = "There is no page here yet. Whoever runs me has to set:"
NEEDS = {
    "http.pages": "**http.pages** to true, in config.yaml",
    "OO_PUBLIC_URL": "**OO_PUBLIC_URL** to the address of this server for browsers",
    "OO_VAULT_KEYS": "**OO_VAULT_KEYS** to a key that `oo vault key` makes",
}

# In the browser. The first line is the title.
SIGN_IN = "Sign in\nWrite /me to me in the chat. My answer has a button that signs this browser in."
ASK = "Sign in?\nSomebody asked for this link in the chat: {channel}, {when}. If that was you, sign in."
ASK_OTHER = "This browser is signed in already. That ends when you go on."
DO_SIGN_IN = "Sign in to my page"
NOT_ME = "Nobody but you should have this link. If you did not ask for it, close this page."
LINKS = {
    "used": "This link was used\nEach link signs in once. For another one, write /me to me in the chat.",
    "expired": "This link is too old\nIt worked for ten minutes. For another one, write /me to me in the chat.",
    "unknown": "This link does not work\nPerhaps a part of it is missing. For another one, write /me to me in the chat.",
}
SIGNED_OUT = "You are signed out\nTo come back, write /me to me in the chat."

FAULTS = {
    "400": "I can't read that\nWhat the browser sent is broken. Please go back and try again.",
    "403": "Please try again\nThis form is too old, or comes from another site. Nothing was changed. Open the page again.",
    "404": "There is nothing here\nPerhaps it was removed, or the address is wrong.",
    "405": "That does not work here\nThis address can't be used that way.",
    "413": "That is too much\nPlease send less at once.",
    "415": "I can't read that\nWhat the browser sent is no form.",
    "422": "I can't use that\nPlease go back and change it.",
    "429": "That was a lot at once\nPlease wait a little, then try again.",
    "500": "Something went wrong here\nThat is my fault, and it is noted. Please try again later.",
    "503": "I can't be reached right now\nPlease try again in a moment.",
}
NO_KEY = "Pages need a key: whoever runs me has to set OO_VAULT_KEYS. The command `oo vault key` makes one."

translate(__name__)
