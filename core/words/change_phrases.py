"""How people say that a task shall change, for ``core/words/changes.py``.

A pattern has to match the whole text. Its groups: ``title`` names the task and ``value`` the new value, or
``rest`` holds both, parted at one of the ``joints``. Without ``title`` the last task is meant.
Patterns of dates are in this file, those of all other fields in ``core/words/field_phrases.py``.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.words.phrasebooks.es import requests as es
from core.words.reminders import REQUEST
from core.words.sayings import LazyPhrase, lazy_phrase

Kind = Literal[
    "when", "delay", "call", "patch", "rule", "value", "no_date", "no_repeat", "rename", "priority", "higher",
    "lower", "not_urgent", "minutes", "no_minutes",
    "label", "unlabel", "no_labels", "project", "no_project", "notes", "no_notes",
]  # fmt: skip
"""What is changed, and how ``value`` is read."""


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


DU = r"(?:(?:kannst|könntest|würdest|magst) du )(?:bitte |mal )*"
MAL = r"(?:bitte |mal )*"
TU = r"(?:(?:peux|pourrais)[- ]tu|tu (?:peux|pourrais)|(?:pouvez|pourriez)[- ]vous|est-ce que tu peux) "
LETS = rf"(?:let's |{REQUEST})"

_EN_JOINTS = (
    r" (?:(?:back|out|off|forward|up|over) )?(?:to|until|till|onto|for)(?= )|(?= (?:back |out |off )?by )"
)
_AFTER_TITLE = r" (?=\S)"
_DE_JOINTS = r" (?:auf|aufs|bis|zum|ins|nach)(?= )|(?= um )"
_FR_JOINTS = r" (?:à|au|pour|jusqu'à|jusqu'au|en)(?= )|(?= (?:d'|de |le |dans |la semaine))"

DATES = (
    *phrases(
        "when",
        rf"{LETS}(?:re-?schedule|move|postpone|shift|push|put off|delay|defer|snooze) (?P<rest>.+)",
        rf"{LETS}put (?P<rest>.+? off (?:until|till|to|for) .+)",
        rf"{LETS}(?:change|set) the (?:due )?(?:date|deadline|time|day) (?:of|for) (?P<rest>.+)",
        rf"{LETS}(?:change|set) (?P<title>.+?)['’]s (?:due )?(?:date|deadline|time|day) to (?P<value>.+)",
        r"(?:can|could) we (?:re-?schedule|move|postpone|push) (?P<rest>.+)",
        rf"{LETS}bump (?P<rest>.+)",
        joints=_EN_JOINTS,
    ),
    *phrases(
        "delay",
        rf"{LETS}(?:postpone|delay|defer|push|put off) (?P<rest>.+)",
        joints=r" (?:(?:back|out|off) )?(?=\S+ \S+)",
    ),
    *phrases("when", rf"{LETS}(?:move|re-?schedule|postpone|shift|push) to (?P<value>.+)"),
    *phrases("when", rf"{LETS}(?:change|set|put|extend) (?P<rest>.+)", sure=False, joints=_EN_JOINTS),
    *phrases("value", rf"{LETS}make (?P<title>it|this|that|this one|that one) (?P<value>.+)"),
    *phrases(
        "when",
        r"(?P<title>.+?)(?: is|'s| was| has been| got| will be)? (?:now|moved|actually|rescheduled"
        r"|postponed|pushed back)"
        r"(?: to| on| until)* (?P<value>.+?)(?: instead)?",
        r"(?P<title>.+?)(?: is|'s| will be)? (?P<value>(?:on|at|next|tomorrow|today) ?.*) (?:instead|rather)",
        r"(?P<title>.+?) (?:is|'s) (?P<value>(?:on|at|next|tomorrow|today|every) ?.*) now",
        r"(?P<title>.+?) ?(?:→|[-=]+>) ?(?P<value>.+)",
        sure=False,
    ),
    *phrases("when", rf"{LETS}(?:set|make) (?P<title>.+?) due (?P<value>.+)"),
    *phrases("when", r"(?P<title>.+?) (?:is|'s)(?: now)? due (?P<value>.+?)(?: now)?", sure=False),
    *phrases("patch", rf"{LETS}(?:edit|change|update|set) (?P<title>[^:]+) ?: (?P<value>.+)"),
    *phrases(
        "patch", r"(?:ändere?|bearbeite|setze?|modifie[rz]?|change[rz]?) (?P<title>[^:]+) ?: (?P<value>.+)"
    ),
    *phrases("rule", rf"{LETS}make (?P<title>.+?) (?:repeat|recur) (?P<value>.+)"),
    *phrases(
        "rule",
        rf"{LETS}(?:make|repeat|set) (?P<rest>.+)",
        r"(?P<title>.+?) (?:repeats|recurs|should repeat|is|happens|takes place) (?P<value>.+)",
        sure=False,
        joints=r"(?: to)?(?: repeat| recur)? (?=(?:every|each|daily|weekly|monthly|yearly|quarterly)\b)",
    ),
    *phrases(
        "when",
        rf"{MAL}(?:verschiebe?|verlege?|schiebe?|vertage?) {MAL}(?P<rest>.+)",
        rf"{DU}(?P<rest>.+) (?:verschieben|verlegen|vertagen|schieben|legen)",
        rf"{MAL}(?:ändere?|setze?) (?:das datum|den termin|die frist|die zeit) (?:von|vom|für) (?P<rest>.+)",
        joints=_DE_JOINTS,
    ),
    *phrases(
        "when",
        r"(?P<rest>.+) (?:verschieben|verlegen|vertagen|ändern)",
        rf"{MAL}(?:setze?|lege?|ändere?|stelle?|packe?) {MAL}(?P<rest>.+)",
        sure=False,
        joints=_DE_JOINTS,
    ),
    *phrases("value", r"mache? (?P<title>es|das|ihn|sie) (?:auf |zu )?(?P<value>.+)"),
    *phrases(
        "when",
        r"(?P<title>.+?) (?:ist|findet|wird|wurde) (?:jetzt|nun|doch(?: erst)?|stattdessen|erst)(?:"
        r" auf)? (?P<value>.+?)"
        r"(?: statt)?",
        r"(?P<title>.+?) (?:ist|findet) (?P<value>.+?) (?:stattdessen|statt(?: .+)?)",
        r"(?P<title>.+?) (?:wurde|wird|ist) (?:auf )?(?P<value>.+?) (?:verschoben|verlegt|vertagt)(?:"
        r" worden)?",
        sure=False,
    ),
    *phrases(
        "rule",
        rf"{MAL}wiederhole? (?P<rest>.+)",
        joints=r" (?=(?:jede|alle|täglich|wöchentlich|monatlich|jährlich))",
    ),
    *phrases(
        "rule",
        rf"{MAL}mache? (?P<rest>.+)",
        r"(?P<rest>(?!.* soll sich ).+) wiederholen",
        sure=False,
        joints=r" (?=(?:jede|alle|täglich|wöchentlich|monatlich|jährlich))",
    ),
    *phrases(
        "rule",
        r"(?P<title>.+?) soll sich (?P<value>.+) wiederholen|(?P<title2>.+?) wiederholt sich (?P<value2>.+)",
        sure=False,
    ),
    *phrases(
        "when",
        r"(?:reporte|reportez|décale|décalez|déplace|déplacez|repousse|repoussez|remets|remettez)"
        r" (?P<rest>.+)",
        rf"{TU}(?:reporter|décaler|déplacer|repousser|remettre) (?P<rest>.+)",
        r"(?:reporte|décale|déplace|repousse|remets|mets)-(?P<title>l[ea]|ça) (?:à|au|pour) (?P<value>.+)",
        r"change(?:r)? (?:la date|l'heure|l'horaire) (?:de la|de l'|du|des|de|d') ?(?P<rest>.+)",
        joints=_FR_JOINTS,
    ),
    *phrases(
        "when",
        r"(?:reporter|décaler|déplacer|repousser|remettre) (?P<rest>.+)",
        r"(?:mets|passe|change|fixe) (?P<rest>.+)",
        sure=False,
        joints=_FR_JOINTS,
    ),
    *phrases(
        "when",
        r"(?P<title>.+?)(?: est| c'est| sera)? (?:finalement|plutôt|maintenant|désormais) (?P<value>.+)",
        r"(?P<title>.+?)(?: est| c'est| sera) (?P<value>.+?) (?:finalement|plutôt)",
        r"(?P<title>.+?) (?:est|a été) (?:reportée?|décalée?|déplacée?|repoussée?) (?:à|au|pour)"
        r" (?P<value>.+)",
        sure=False,
    ),
    *phrases("rule", r"répète (?P<rest>.+)", joints=r" (?=(?:chaque|tous|toutes))"),
    *phrases("rule", r"(?P<title>.+?) se répète (?P<value>.+)", sure=False),
    *phrases(
        "when",
        rf"{LETS}(?:re-?schedule|move|postpone) (?P<rest>.+)",
        r"(?:make )?(?P<rest>.+? (?:instead|rather|later|später|plutôt|plus tard))",
        r"(?P<rest>.+? (?:lieber|besser|doch) .+)",
        sure=False,
        joints=_AFTER_TITLE,
    ),
    *phrases("when", *es.MOVES_OF_DATES, joints=es.MOVE_JOINTS),
    *phrases("when", *es.MOVES, joints=es.MOVE_JOINTS),
    *phrases("when", *es.DATES, joints=es.DATE_JOINTS),
    *phrases("delay", *es.DELAYS_OF_IT),
    *phrases("when", *es.DATES_OF_IT),
    *phrases("when", *es.DATES_SET, sure=False, joints=es.DATE_JOINTS),
    *phrases("when", *es.DATES_IF_IT_FITS, sure=False),
    *phrases("patch", *es.PATCHES),
    *phrases("rule", *es.RULES, joints=es.RULE_JOINTS),
    *phrases("rule", *es.RULES_IF_THEY_FIT, sure=False),
)
"""Dates and recurrences that are set."""

NO_DATES = (
    *phrases(
        "no_date",
        rf"{LETS}(?:remove|clear|delete|drop|take(?: away)?|unset) (?:the )?(?:due )?(?:date|deadline)"
        rf" (?:of|from|for|on|off)"
        r" (?P<title>.+)",
        rf"{LETS}(?:remove|clear|delete|drop) (?P<title>.+?)['’]s (?:due )?(?:date|deadline)",
        r"no (?:due )?(?:date|deadline) for (?P<title>.+)|(?P<title2>.+?) (?:has|needs) no (?:due"
        r" )?(?:date|deadline)(?: any ?more)?",
        rf"{LETS}unschedule (?P<title>.+)",
        rf"{LETS}(?:make|set|move|change) (?P<title>.+?) (?:to )?(?:no date|undated|someday)",
        r"(?P<title>it|that) (?:has|needs) no date",
        rf"{MAL}(?:entferne?|lösche?|streiche?|nimm) {MAL}(?:das datum|den termin|die frist) (?:von|vom"
        rf"|für|bei|beim|aus)"
        r" (?P<title>.+?)(?: weg| raus)?",
        r"(?:kein datum|keine frist|ohne datum) (?:für|bei|beim) (?P<title>.+)|(?P<title2>.+?) (?:hat"
        r"|braucht) kein datum"
        r"(?: mehr)?",
        rf"(?:{DU})?(?:das datum|die frist) (?:von|vom|für|bei|beim) (?P<title>.+) (?:entfernen|löschen"
        rf"|streichen)",
        r"(?:enlève|enlevez|supprime|supprimez|retire|retirez|efface) (?:la date|l'échéance)"
        r" (?:de la |de l'|du |des |de |d'|pour )(?P<title>.+)",
        r"(?:pas de|plus de|aucune) (?:date|échéance) pour (?P<title>.+)",
        rf"{TU}(?:enlever|supprimer|retirer) la date (?:de la |de l'|du |des |de |d')(?P<title>.+)",
        r"(?P<title>.+?) n'a (?:pas|plus) de date",
        *es.NO_DATES,
    ),
    *phrases(
        "no_repeat",
        rf"{LETS}(?:stop|quit|cancel) (?:repeating|the (?:repetition|recurrence) of) (?P<title>.+)",
        rf"{LETS}(?:don't|do not|never) repeat (?P<title>.+?)(?: any ?more| again)?",
        r"(?P<title>.+?) (?:doesn't|does not|shouldn't|should not|won't) (?:repeat|recur)(?: any ?more|"
        r" again)?",
        rf"{LETS}make (?P<title>.+?) (?:non-?recurring|non-?repeating|not (?:repeat|recur)|one-?time|a"
        rf" one-?off|only once)",
        rf"{MAL}wiederhole? {MAL}(?P<title>.+?) nicht(?: mehr)?"
        r"|(?P<title2>(?!.* soll sich ).+?) nicht mehr wiederholen",
        r"hör(?:e)? auf,? (?P<title>.+?) zu wiederholen",
        r"(?P<title>.+?) (?:soll sich nicht(?: mehr)? wiederholen|wiederholt sich nicht(?: mehr)?)",
        r"(?:ne répète (?:plus|pas)|arrête(?:z)? de répéter) (?P<title>.+)",
        r"(?P<title>.+?) ne se répète (?:plus|pas)",
        *es.NO_REPEATS,
    ),
)
"""Dates and recurrences that are taken away."""
