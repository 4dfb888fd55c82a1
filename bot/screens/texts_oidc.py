"""Sentences of signing in at an identity provider.

Tests: tests/bot/web/test_oidc.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

SIGN_IN = "Sign in with {name}"
GO = "On to {name}\nThere you say who you are. Then you come back here."
DO_GO = "Go to {name}"
SIGN_OUT = "Sign out at {name}, too"
AGAIN = "To the sign-in"

# On the person's page.
NOT_LINKED = "So far you come here by a link from the chat. An account at {name} can open this page as well."
LINK = "Sign in with {name} from now on"
LINKED = "An account at {name} opens this page. You linked it {when}."
USED = "It was last used {when}."
UNUSED = "It was not used yet."
UNLINK = "Stop signing in with {name}"
UNLINK_NOTE = "Browsers that are signed in stay so until you sign them out."

# The first line is the title.
RESULTS = {
    "unknown": "I don't know this account\n"
    "Write /me to me in the chat: my answer opens your page. There you can link your account at {name}.",
    "taken": "This account is linked already\n"
    "It opens somebody else's page. Who that is I don't say. It has to be unlinked there first.",
    "not_operator": "This page is not for you\n"
    "OO_OPERATORS lists who may open it. Your account at {name} is not there; its id is {subject}",
    "denied": "You did not sign in\nYou said no at {name}. Nothing was changed.",
    "invalid": "Please start again\n"
    "This sign-in is too old, was used, or began in another browser. Nothing was changed.",
    "refused": "I can't be sure who you are\nWhat {name} says does not prove it. Nothing was changed. Please try again.",
    "failed": "{name} does not answer\nSo I can't sign you in that way right now. Please try again later, or write /me to me in the chat.",
}

OPERATOR = "The operator's page\nIt shows whether this oO is well. It holds no personal text."
OPERATOR_CLOSED = (
    "The operator's page is closed\n"
    "To open it, set OIDC_ISSUER and OO_OPERATORS, or http.operator_on_loopback in config.yaml for this machine."
)

translate(__name__)
