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

CAP_LEAST = "I write only when you ask already. /cap 3 lets me write on my own again."
CAP_MOST = (
    "I may write {cap} times a day already, and that is the most I can do. /tip gives you a tip at any time."
)
CAP_ABOVE_TIMES = "> Your times allow no more than {slots} a day: {times}. /times changes them."
CAP_RESTORED = "As before: at most {cap} a day."
CAP_RESTORED_ZERO = "As before: I write only when you ask."
TIMES_RESTORED = "As before: I write {times}."
TIMES_RESTORED_OFF = "As before: I don't write on my own."
QUIET_RESTORED = "As before: quiet hours {quiet}."
QUIET_RESTORED_OFF = "As before: no quiet hours."
SETTING_RESTORED = "That is as it was before."
SETTING_CHANGED_SINCE = "That was changed again since, so I left it. /prefs shows all settings."
