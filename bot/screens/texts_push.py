"""Sentences about tips that appear as notifications in browsers.

Tests: tests/scenarios/test_web_push.py, tests/bot/web/me/test_browsers.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

TITLE = "Tips in the browser"
INTRO = (
    "My tips can appear as notifications in this browser, with their buttons, even while this page is closed or you are signed out."
    " They come at the same times as in the chat, and each comes only once."
)
WHERE = "I write in one place: where you chose, else where I heard from you last. In the chat, /prefs changes that."
TURN_ON = "Show tips in this browser"
IS_ON = "This browser shows tips."
TURN_OFF = "No more tips in this browser"
DENIED = "This browser does not let me show notifications. You can allow them in its settings for this site."
UNUSABLE = "This browser can't show notifications of sites."
NEEDS_SCRIPT = "This needs JavaScript, which is off in this browser."
FAILED = "That didn't work. Please load this page again and retry."

BROWSERS = "Browsers that show tips"
NO_BROWSERS = "None yet."
UNNAMED = "A browser"
SINCE = "added: {when}"
LAST = "last tip: {when}"
REMOVE = "Remove"
REMOVE_WHICH = "Remove {browser}"

WHERE_CHOSEN = "My tips appear in your browser, as you chose in /prefs. /unlink separates the two again."
WRITES_ON = "in the browser"
WRITE_ON = "Write in the browser"
WRITES_FROM_NOW = "From now on what I write appears in your browser."
NOT_ON = "No browser of yours shows my tips. /me opens your page, where you can turn that on."

NOT_HERE = "Whoever runs this oO has not set up notifications in browsers."
NOT_HERE_OWNER = (
    "Notifications in browsers are off. To turn them on, set OO_PUSH_KEY to a key that `oo push key` makes, and"
    " start me again."
)


translate(__name__)
