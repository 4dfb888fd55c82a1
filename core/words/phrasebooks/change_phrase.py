"""The frame of a phrasebook's phrases that ask for a change of a task.

A pattern has to match the whole text. Its groups: ``title`` names the task and ``value`` the new value, or
``rest`` holds both, parted at one of the ``joints``. Without ``title`` the last task is meant. A second
alternative of a pattern has ``title2`` and ``value2``.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.words.phrasebooks.patterns import LazyPhrase, lazy_phrase

Kind = Literal[
    "when", "delay", "advance", "call", "patch", "rule", "value", "deadline", "no_date", "no_repeat",
    "rename",
    "priority", "higher", "lower", "not_urgent", "minutes", "no_minutes",
    "label", "unlabel", "no_labels", "project", "no_project", "notes", "no_notes",
]  # fmt: skip
"""What is changed, and how ``value`` is read (``core/words/changes.py``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePhrase:
    """One way to ask for a change."""

    kind: Kind
    pattern: LazyPhrase
    is_sure: bool
    """Whether it is a request to oO in any case, and no to-do or talk."""
    joints: str = ""
    """A pattern of what may part the task from the new value in ``rest``."""


def phrases(kind: Kind, *patterns: str, sure: bool = True, joints: str = "") -> tuple[ChangePhrase, ...]:
    """A phrase for each pattern."""
    return tuple(
        ChangePhrase(kind=kind, pattern=lazy_phrase(one), is_sure=sure, joints=joints.replace("'", "['’]"))
        for one in patterns
    )
