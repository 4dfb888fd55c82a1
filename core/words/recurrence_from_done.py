"""Recurrences that count from the completion: "every 3 days after completion", "3 Tage nach Erledigung".

Tests: tests/core/words/test_recurrences_from_done.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.words.phrasebooks.es import requests as es
from core.words.sayings import any_phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRecurrence:
    """A text with its recurrence in ordinary words."""

    text: str
    from_done: bool = False
    """Whether the recurrence counts from the completion."""


def without_from_done(text: str) -> PlainRecurrence:
    """``every 3 days`` for ``every 3 days after completion``, and for ``3 days after I did it``."""
    found = _AFTER_DONE.search(text)
    if found is None:
        return PlainRecurrence(text=text)
    before, after = text[: found.start()].rstrip(" ,"), text[found.end() :]
    amount = _AMOUNT_AT_END.search(before)
    if amount and found[0].split()[-1].lower() == "done" and len(found[0].split()) == 2:
        return PlainRecurrence(text=text)  # "2 weeks after done" may be a name
    if amount:
        word = next(_EVERY[name] for name, value in amount.groupdict().items() if value)
        before = f"{before[: amount.start()]}{word} {amount[0].lstrip()}"
    return PlainRecurrence(text=f"{before}{after}", from_done=True)


_AFTER_DONE = re.compile(
    r"[ ,]+(?:{})(?!\w)".format(
        any_phrase(
            r"(?:after|from|since|following) (?:the |its |my |each |every |last )*(?:completion"
            r"|completing(?: it)?"
            r"|finishing(?: it)?|doing it|i(?:'ve| have)? (?:did|done|do|finish(?:ed)?|complete[d]?)(?:"
            r" it| that)?"
            r"|it(?:'s| is| was| has been)? (?:done|finished|completed)|done)",
            r"nach (?:der |dem |jeder )?(?:letzten )?(?:erledigung|erledigen|abschluss|fertigstellung"
            r"|abhaken)"
            r"|nachdem (?:ich (?:es|das|sie|ihn) (?:erledigt|gemacht|getan) (?:habe?|hatte)"
            r"|(?:es|das|sie|er) (?:erledigt|gemacht|fertig) (?:ist|war|wurde))",
            r"après (?:(?:l'|la |son |chaque )?(?:avoir (?:fait|fini|terminée?)e?|exécution|achèvement"
            r"|réalisation"
            r"|accomplissement|complétion)|que ce soit (?:fait|fini|terminé)"
            r"|(?:que )?(?:je l'ai|l'avoir) (?:fait|fini|terminé)e?|l'avoir (?:fait|fini|terminé)e?)",
            *es.AFTER_DONE,
        ).pattern
    ),
    re.IGNORECASE,
)
# An amount without "every" before it: "3 days after I did it".
_AMOUNT_AT_END = re.compile(
    r"(?<!every )(?<!each )(?<!alle )(?<!jede )(?<!jeden )(?<!jedes )(?<!les )(?<!chaque )(?<!cada )"
    r"(?:(?<=\s)|^)(?:\d{1,3}|an?|one|two|three|four|five|six|seven|ten|zwei|drei|vier|fünf|sechs|sieben|zehn"
    r"|eine?[nm]?|un|une|deux|trois|quatre|cinq|dix|una|dos|tres|cuatro|cinco|seis|diez) "
    r"(?:(?P<en>(?:day|week|month|year)s?)|(?P<de>(?:tage?n?|wochen?|monate?n?|jahre?n?))"
    r"|(?P<fr>(?:jours?|semaines?|mois|ans?))|(?P<es>(?:d[íi]as?|semanas?|mes(?:es)?|años?)))$",
    re.IGNORECASE,
)
_EVERY = {"en": "every", "de": "alle", "fr": "tous les", "es": "cada"}
