"""How people correct in French what they have just said: "non, 17h30", "je voulais dire vendredi".

Tests: tests/core/words/test_corrections.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

(CORRECTING,) = loosely(
    r"non+|nan|pardon|désolée?|excuse[sz]?[- ]moi|oups|mince|zut|plutôt|je (?:voulais|veux) dire"
    r"|je pensais(?: à)?|en fait|finalement|correction"
    r"|je me suis trompée?(?: (?:de |d['’])(?:jour|date|heure))?"
    r"|(?:c['’]est )?(?:le |la )?mauvaise? (?:jour|date|heure)|rectification"
)
FILLERS = r"euh+|ah+|oh|bon|ben|bah|attends|attendez|hum+|mais|alors|enfin|ok"
(ITS,) = loosely(r"c['’]est|c['’]était|ce (?:sera|serait)|mets(?:[- ](?:l[ea]|ça))?|disons|plutôt|pour")
(CORRECTED_AFTER,) = loosely(
    r"plutôt|à la place|en fait|finalement|je voulais dire|pardon|(?:c['’]est |ce serait )?mieux"
)
NOT_BUT = loosely(
    r"(?:c['’]est )?pas (?P<old>.+?),? mais (?:plutôt )?(?P<value>.+)",
    r"(?:c['’]est )?pas (?P<old>.+?)(?:,| [-–]) (?:plutôt )?(?P<value>.+)",
    r"(?P<old>.+?) non, (?:plutôt )?(?P<value>.+)",
    r"(?P<value>.+?),? (?:(?:et )?(?:non )?pas |au lieu d(?:e |['’]|u ))(?P<old>.+)",
)
WRONG = r"(?:c['’]est )?(?:le |la )?mauvaise? (?:jour|date|heure)"

RESTATED = (
    r"(?P<title>(?!(?:c|ce|ça|cela|aujourd)\b).+?)(?:,? c['’]est| est| sera) (?P<value>.+)",
    r"(?P<title>.+?) (?:seulement|pas avant) (?P<value>.+)",
    (
        r"(?:(?:plutôt|finalement) )?(?P<value>.+?),? (?:(?:plutôt|finalement) )?pour"
        r" (?P<title>(?:le |la |les |l['’]|mon |ma ).+)"
    ),
)

ASIDES = "finalement|plutôt|maintenant|désormais|en fait|du coup"
PLANNED = loosely(
    r"(.+?),? je (?:le|la|les) (?:ferai|fais|vais faire) (?:plutôt )?(.+)",
    r"je (?:(?:vais )?faire|ferai|fais)(?: plutôt)? (.+)",
)
PLANNED_IT = loosely(
    r"(?:je (?:m'en (?:occupe|occuperai)|(?:le|la|les) (?:ferai|fais|vais faire)|vais (?:le|la|les) faire|"
    r"(?:ferai|fais) (?:ça|cela))"
    r"|on (?:le fait|fait ça))(?: plutôt)? (?!(?:aujourd|maintenant|avant|tous|chaque)\b)(.+)"
)
