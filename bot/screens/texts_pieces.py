"""What oO says about splitting a task into steps. Markup as in ``texts.py``.

Tests: tests/scenarios/test_pieces.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

BREAK_DOWN = "Break it down"
ADD_THESE = "Add these"
NO_THANKS = "No thanks"

PIECE_OF = '> A step of "{whole}".'
PROPOSED = "**{title}** in steps:"
STEP = "{number}. {title}"
ASK_STEPS = 'What is the first step of "{title}"? Send me one step, or several, each on a line of its own. "no" leaves it whole.'
ADDED = "**{title}** is split into steps:"
ADDED_ONE = "The first step of **{title}**:"
ONE_AT_A_TIME = "> I'll suggest them one at a time, in this order."
REMOVED = "**{title}** is whole again."
REMOVED_SOME = "**{title}** is whole again; what you had done stays done."
ALREADY_SPLIT = "**{title}** has open steps. Next: {next}."
LEFT_WHOLE = "Fine, I leave it whole."
WHICH = 'Which task shall I break down? I found no single one for "{words}".'
WHICH_ONE = "Which task shall I break down?"
NONE_OPEN = "There is no open task to break down."

NO_STEPS = 'I found no step in that. Send me one or more steps, each on a line of its own, or "no".'
TOO_MANY_STEPS = "That is more than {limit} steps. Please send me the first few."
DROPPED = {"not_next": "another step of it comes first"}
RULED_OUT = {"not_next": "{tasks} left for a later step"}

translate(__name__)
