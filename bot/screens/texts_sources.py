"""What oO says about changes that the source of a task refused. Markup as in ``texts.py``.

Tests: tests/scenarios/test_todoist_changes.py.
"""

from __future__ import annotations

from bot.languages.sentences import translate

CHANGE_REFUSED = {
    "task.changed": (
        'Todoist did not accept the change of "{title}", so it will be as before. Please change it there.'
    ),
    "task.removed": (
        'Todoist did not let me delete "{title}", so it will be back on your list. Please delete it there.'
    ),
    "task.restored": 'Todoist did not let me add "{title}" again. Please add it there.',
}
"""By kind of event."""

translate(__name__)
