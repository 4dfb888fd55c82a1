"""What oO says while somebody connects an account, or disconnects it. Markup as in ``texts.py``.

Tests: tests/scenarios/test_connecting.py.
"""

from __future__ import annotations

from bot.languages.catalogue import plural
from bot.languages.sentences import translate

# --- In the chat -------------------------------------------------------------------------------------------

LINK = (
    "Open Todoist, agree there, and come back here: I'll ask you whether it is the right account.\n"
    "> The link works once, for ten minutes, and connects to you: give it to nobody."
)
OPEN = "Open Todoist"
CONFIRM = (
    "Todoist says that this is the account of **{account}**. Connect it?\n"
    "> Only if you have just asked me for it yourself."
)
YES = "Connect"
NO = "Cancel"
CONNECTED = "Todoist is connected: {account}. Done here means done there."
SEES = plural(
    "I see one open task there; /tasks shows it.", "I see {count} open tasks there; /tasks shows them."
)
SEES_NONE = "There is no open task there at the moment."
READS_LATER = "Todoist doesn't answer properly at the moment. I'll read your tasks as soon as it does."
CANCELLED = "Nothing is connected, and I have given the access back."
NOTHING_CONNECTED = "Nothing is connected."
TOO_LATE = "That was more than ten minutes ago, so nothing is connected. /connect todoist begins again."
LOCKED = "I can't keep the access safe at the moment, so nothing is connected. Please try again later."
NOT_SET_UP = "Todoist is not connected. Connecting it isn't set up here; whoever runs me can do that."
MISSING = (
    "Todoist is not connected, and connecting it isn't set up: set {missing} and start me again.\n"
    "> The how-to “Connect Todoist” explains it. For your own account alone, TODOIST_API_TOKEN is enough."
)
OWN = "Todoist is connected: {account}{synced}. Done here means done there."
LOST = (
    "I can't read your Todoist any more: it says the connection was revoked. Everything else goes on, with what"
    " I knew."
)
LOST_HERE = (
    "I can't read your Todoist any more: I have lost the key to it, which is not your fault. Everything else"
    " goes on, with what I knew."
)
RECONNECT = "Reconnect"
DISCONNECT = "Disconnect"
DISCONNECT_ASK = plural(
    "Disconnect Todoist ({account})? I have a copy of one open task from there: keep it here, or remove it?",
    "Disconnect Todoist ({account})? I have copies of {count} open tasks from there: keep them here, or remove them?",
)
DISCONNECT_ASK_NONE = "Disconnect Todoist ({account})?"
KEEP = "Keep here"
REMOVE = "Remove here"
STAY = "Stay connected"
STAYS = "Todoist stays connected."
DISCONNECTED = "Todoist is disconnected. In Todoist itself, nothing has changed."
DISCONNECTED_KEPT = "Todoist is disconnected. Its open tasks are still on your list: from now on, what you change here stays here."
NOT_REVOKED = (
    "Todoist did not let me end my access there. Please do that in its settings, under Integrations."
)
REVOKED_LATER = (
    "Todoist has not ended my access yet. I keep asking for a week; you can also end it in Todoist's settings,"
    " under Integrations."
)
FORGOTTEN_LATER = (
    "Todoist has not ended my access to your account yet. To ask again, I keep its key for at most a week,"
    " encrypted and without your name. You can also end it in Todoist's settings, under Integrations."
)
BY_OPERATOR = "Todoist is connected by TODOIST_API_TOKEN; take it out of the settings and start me again."
NOT_CONNECTED = "Todoist is not connected."

# --- In the browser ----------------------------------------------------------------------------------------

PAGES = {
    "asked": (
        "Go back to the chat\noO asks you there whether this is the right account. Nothing is connected until you"
        " say so. You can close this page."
    ),
    "denied": (
        "Not connected\nYou did not agree, so nothing is connected. You can close this page; /connect todoist in"
        " the chat begins again."
    ),
    "invalid": (
        "This link doesn't work\nIt was used before, is older than ten minutes, or is incomplete. Nothing is"
        " connected. /connect todoist in the chat gives you a new one."
    ),
    "refused": (
        "Not connected\nTodoist did not accept the link. Nothing is connected. Go back to the chat; /connect"
        " todoist begins again."
    ),
    "failed": (
        "Not connected\nSomething doesn't work at the moment. Nothing is connected. Go back to the chat and try"
        " /connect todoist again later."
    ),
}
"""By ``Callback``: the title, and below it the text."""

translate(__name__)
