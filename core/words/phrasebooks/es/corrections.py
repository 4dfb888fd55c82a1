"""How people correct in Spanish what they have just said: "no, a las 5", "quise decir el viernes".

Tests: tests/core/words/test_corrections.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

(CORRECTING,) = loosely(
    r"no+|nop|perdón|perdona|lo siento|ups|uy|mejor(?: dicho)?|más bien|quise decir|quería decir|quiero decir"
    r"|me refería(?: al?)?|digo|en realidad|de hecho|me equivoqué(?: de (?:día|hora|fecha))?|al final"
    r"|corrección"
    r"|(?:es (?:el |la )?)?(?:día|hora|fecha) equivocad[ao]"
)
FILLERS = r"eh+m?|ah|oh|bueno|vale|espera|hm+|pero|pues|ok"
(ITS,) = loosely(r"es|era|será|que sea|ponl[oa](?: para)?|pon|hazl[oa]|cámbial[oa](?: (?:a|para))?(?= )|para")
(CORRECTED_AFTER,) = loosely(
    r"mejor|en su lugar|en vez de eso|digo|quise decir|quería decir|más bien|perdón"
    r"|(?:me (?:viene|va) |es )mejor"
)
NOT_BUT = loosely(
    r"no (?:es )?(?P<old>.+?),? sino (?:que )?(?P<value>.+)",
    r"no (?:es )?(?P<old>.+?)(?:,| [-–]) (?:es )?(?P<value>.+)",
    r"(?P<old>.+?) no, (?:es |mejor )?(?P<value>.+)",
    r"(?P<value>.+?),? (?:y )?(?:no|en (?:lugar|vez) de(?:l)?) (?P<old>.+)",
)
(WRONG,) = loosely(r"(?:es (?:el |la )?)?(?:día|hora|fecha) equivocad[ao]")

RESTATED = loosely(
    r"(?P<title>(?!(?:eso|esto|hoy)\b).+?) (?:es|será) (?P<value>.+)",
    r"(?P<title>.+?) (?:mejor|no hasta) (?P<value>.+)",
    (
        r"mejor (?P<title>(?:el|la|los|las|lo de) .+?) (?P<value>(?:(?:para )?(?:el|este|a las?) |"
        r"(?:pasado )?mañana\b).*)"
    ),
)

ASIDES = "al final|mejor|ahora|en realidad"
PLANNED = loosely(
    r"(.+?),? (?:lo|la|los|las) (?:haré|hago|voy a hacer)(?: mejor)? (.+)",
    r"(?:mejor )?(?:haré|hago|voy a hacer)(?: mejor)? (.+)",
)
PLANNED_IT = loosely(
    r"(?:mejor )?(?:me (?:ocupo|encargo)(?: de eso)?|(?:lo|la|los|las) (?:haré|hago|voy a hacer|dejo para)"
    r"|voy a hacerl[oa]s?)(?: mejor)?"
    r" (?!(?:hoy|ahora|antes|cada|tod[oa]s)\b)(.+)"
)
