"""What people ask in French; ``core/words/phrasebooks/en/questions.py`` explains the constants.

Tests: tests/core/words/test_questions.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

_MONTRE = r"(?:(?:montre|affiche|dis|donne)[rz]?(?:-moi)? )"
_PREVU = (
    r"(?: (?:de prévu|prévu|à faire|au programme|d'autre|pour"
    r"|dans (?:mon|ma|le) (?:agenda|calendrier|liste)))*"
)
_RIEN = r"(?:quelque chose|autre chose|un truc|des (?:trucs|rendez-vous|tâches|choses|plans))"
DAYS = loosely(
    rf"(?:est-ce que j'ai|ai-je|j'ai|est-ce qu'il y a|y a-t-il) {_RIEN}{_PREVU} <when>",
    rf"j'ai rien{_PREVU} <when>",
    r"(?:est-ce que )?(?:je suis|suis-je) (?:libre|disponible|occupée?) <when>",
    rf"{_MONTRE}?(?:ce que|qu'est-ce que) (?:j'ai|je dois faire|je fais){_PREVU} <when>",
    rf"{_MONTRE}ce (?:qui est|qu'il y a|qui (?:m'attend|vient|arrive|reste)){_PREVU} <when>",
    (
        r"(?:qu'y a-t-il|qu'est-ce qu'il y a|il y a quoi|y a quoi|j'ai quoi|je fais quoi|qu'ai-je|quoi"
        rf"|qu'est-ce qui est|(?:qu'est-ce qu'il|il) (?:me )?reste(?: quoi)?){_PREVU} <when>"
    ),
    rf"et (?:pour )?<when>|{_RIEN}{_PREVU} <when>",
    (
        rf"(?:{_MONTRE}?(?:mon |le |mes |les )(?:agenda|programme|planning|calendrier|tâches)"
        r"|agenda|planning|calendrier|tâches) (?:de |pour |du |d')?<when>"
    ),
)
DONE_QUESTIONS = (
    (r"(?:est[- ]ce que )?j['’]ai (?:déjà |bien )?(?P<what>.+)", "j'ai {}"),
    (r"(?:ai[- ]je) (?:déjà |bien )?(?P<what>.+)", "j'ai {}"),
    (r"(?:est[- ]ce que )?(?P<what>(?:le|la|les|l['’]).+)", "{}"),
)
SPANS = "(?:ce |le )?week-end|(?:la )?semaine prochaine|ce mois"
BEFORE_SPANS = "pour|pendant"
_COMBIEN = (
    r"combien de (?:tâches|choses|trucs)(?: (?:est-ce que j'ai|j'ai|ai-je|me reste-t-il|il me reste"
    r"|reste-t-il|il y a|y a-t-il))?"
)
HOW_MANY = loosely(
    rf"{_COMBIEN}(?: (?:encore|à faire|en cours|ouvertes|sur ma liste))*",
    r"(?:il me reste|j'ai)(?: encore)? combien de (?:tâches|choses)(?: à faire)?",
)
HOW_MANY_ON = loosely(rf"{_COMBIEN}(?: (?:à faire|pour))* <when>")
_LE = r"(?:(?:le|la|les|mon|ma|mes|notre) |l')"
WHEN_IS = loosely(
    rf"quand (?:dois-je|est-ce que je dois|je dois|faut-il) {_LE}?<task>",
    rf"(?:c'est )?quand (?:(?:est|sont|ai-je|j'ai|est-ce que j'ai) )?(?:déjà )?{_LE}<task>",
    rf"(?:à quelle heure|quel jour) (?:est|ai-je|j'ai|est-ce que j'ai|c'est) {_LE}<task>",
    rf"(?:c'est|il est|elle est|j'ai) (?:à quelle heure|quel jour|quand) {_LE}<task>",
    rf"{_LE}<task>,? (?:(?:c'est|est) )?(?:(?:pour )?quand|à quelle heure|quel jour)",
    rf"j'ai {_LE}?<task> (?:quand|à quelle heure|quel jour)",
)
NEXT = "prochaine?s?"
REMINDERS = loosely(
    r"(?:quels|quels sont (?:mes|les)) rappels(?: (?:j'ai|ai-je|est-ce que j'ai|y a-t-il))?(?: de prévus?)?",
    rf"{_MONTRE}?(?:tous )?(?:mes|les) rappels|(?:est-ce que )?j'ai des rappels",
    r"quand (?:est-ce que tu me|me) rappelles?(?:-tu)?|tu me rappelles quand",
)
NOT_REMINDED = loosely(
    r"pourquoi (?:tu )?(?:ne )?m'as(?:-tu)? (?:pas|rien) (?:rappelée?|prévenue?|avertie?)(?: .+)?",
    r"tu (?:ne )?m'as (?:pas|rien) (?:rappelée?|prévenue?|avertie?)(?: .+)?|où est (?:mon|le) rappel(?: .+)?",
)
_CALMES = r"heures? (?:calmes?|de silence|silencieuses?)"
QUIET = loosely(
    rf"(?:quand|quelles) sont (?:mes|les|tes) {_CALMES}|{_MONTRE}?mes {_CALMES}",
    rf"(?:est-ce que )?j'ai des {_CALMES}",
)
CAP = loosely(
    (
        r"combien de (?:conseils|messages) (?:est-ce que je reçois|je reçois|m'envoies-tu|tu m'envoies"
        r"|est-ce que tu m'envoies)(?: par jour)?"
    ),
    r"combien de fois (?:par jour )?(?:m'écris-tu|tu m'écris|est-ce que tu m'écris)(?: par jour)?",
)
TIMES = loosely(r"à quelles? heures? (?:m'écris-tu|tu m'écris|est-ce que tu m'écris)")
MUTED = loosely(
    (
        r"(?:qu'est-ce que j'ai|quels sujets (?:ai-je|j'ai)) (?:coupée?s?|masquée?s?|mis en sourdine"
        r"|rendus? muets?)"
    ),
    rf"{_MONTRE}?(?:mes |les )?sujets (?:coupés|masqués|muets)",
)
