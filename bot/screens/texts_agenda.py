"""oO's sentences about the day and the week: agenda, look back, figures, and the time that there is.

Markup and placeholders are those of ``bot/screens/texts.py``.
Tests: tests/golden/test_screens.py.
"""

from __future__ import annotations

# --- The time that there is --------------------------------------------------------------------------------

RULED_OUT_TOO_LONG = "{tasks} of more than {minutes}"
NO_TIP_TOO_LONG = "Everything on your list takes longer than {minutes}. /tasks shows all of it."
KNEW_TOO_LONG_ONE = "; one of them takes longer"
KNEW_TOO_LONG = "; {count} of them take longer"

# --- Writing less or more often ----------------------------------------------------------------------------

CAP_NOW = "At most {cap} a day from now on."
CAP_NOW_ZERO = "I'll write only when you ask. /cap 3 lets me write again."
CAP_LEAST = (
    "I don't write on my own already: your limit is 0 a day. What you asked for still comes: reminders and"
    " snoozed tips."
)
CAP_MOST = "At most {cap} a day is the most that I can do. /tip gives you one at any time."
SETTING_RESTORED = "That is as it was before."
SETTING_CHANGED_SINCE = "That setting was changed again since, so I left it as it is. /prefs shows it."
