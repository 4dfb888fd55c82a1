"""Priorities in words: "p1", "urgent", "high priority", "hohe Priorität", "priorité haute".

Tests: tests/core/words/test_patches.py.
"""

from __future__ import annotations

import re

from core.records import TaskPatch
from core.words.phrasebooks.es import requests as es
from core.words.sayings import lazy_phrase

_LEVELS = {
    1: lazy_phrase(
        r"p ?1|1|!!!|(?:very |really |super )?urgent|asap|(?:very )?important|(?:(?:the |a )?(?:high"
        r"|highest|top|max|maximum|maximal"
        r"|first))(?: (?:prio|priority))?",
        r"(?:sehr |super )?(?:dringend|wichtig|eilig)|(?:hohe[rn]?|höchste[rn]?|oberste|hoch)(?: (?:prio"
        r"|priorität))?",
        r"(?:très )?(?:urgente?|importante?)|(?:priorité )?(?:haute|maximale|élevée)|haute priorité"
        r"|prioritaire",
        *es.HIGH,
    ),
    2: lazy_phrase(r"p ?2|2|!!|medium|mittel|mittlere|moyenne", *es.MEDIUM),
    3: lazy_phrase(r"p ?3|3|!"),
    4: lazy_phrase(
        r"p ?4|4|(?:the )?(?:low|lowest|no|normal|none|default)|not (?:so |that )?(?:urgent|important)",
        r"niedrige?[rn]?|niedrigste|keine|normale?|nicht (?:so |mehr )?(?:dringend|wichtig|eilig)",
        r"basse|faible|aucune|normale|pas (?:si |très )?(?:urgente?|importante?)",
        *es.LOW,
    ),
}
_NOUN = re.compile(
    r"^(?:(?:priority|prio|priorität|priorité)[: ]+(?:of |to |auf |à )?)|[ :]+(?:priority|prio|priorität"
    r"|priorité)$",
    re.IGNORECASE,
)
_STEPS = {
    1: lazy_phrase(
        r"(?:a )?higher|more (?:urgent|important)|höhere?|wichtiger|dringender",
        r"plus (?:urgente?|importante?|haute)",
        *es.RAISED,
    ),
    -1: lazy_phrase(
        r"(?:a )?lower|less (?:urgent|important)|niedrigere?|unwichtiger",
        r"moins (?:urgente?|importante?)|plus basse",
        *es.LOWERED,
    ),
}


def priority_of(words: str) -> TaskPatch | None:
    """The change of priority that the words mean; None for other words."""
    said = words.strip(" .!?,") or words
    level = _NOUN.sub("", said).strip()
    for step, pattern in _STEPS.items():
        if pattern.fullmatch(level):
            return TaskPatch(priority_step=step)
    found = next((number for number, pattern in _LEVELS.items() if pattern.fullmatch(level)), None)
    return TaskPatch(priority=found) if found else None
