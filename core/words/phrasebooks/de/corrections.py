"""How people correct in German what they have just said: "nein, halb 6", "doch erst um 9".

Tests: tests/core/words/test_corrections.py.
"""

from __future__ import annotations

CORRECTING = (
    r"nein|ne+|nee+|nö|doch(?: (?:erst|lieber|besser|schon|eher))?|erst|lieber|besser|eher|sorry"
    r"|(?:ent)?schuldig(?:ung|e)|tschuldigung|verzeihung|ups+|upsi|hoppla|quatsch|ich mein(?:te|e)?"
    r"|ich (?:sagte|hab(?:e|['’])? gesagt)"
    r"|ich wollte (?:sagen|schreiben)|gemeint (?:war|ist)|stattdessen|eigentlich|vielmehr|korrektur"
    r"|stimmt nicht|mache? daraus"
    r"|(?:das (?:ist|war) )?falsch(?:er tag|e zeit|e uhrzeit|es datum)?|vertan|vertippt|verschrieben"
)
FILLERS = r"äh+m?|hm+|ach|oh|ah|also|halt|warte|moment|ja|aber|mal|bitte|dann|ok(?:ay)?"
ITS = (
    r"es ist|das ist|ist|mache?(?: (?:es|das|mal|lieber|doch|daraus|bitte))*(?: (?:auf|zu))?"
    r"|machen wir(?: daraus)?"
    r"|nimm|nehmen wir|sagen wir|auf|erst|lieber|doch|besser"
)
CORRECTED_AFTER = (
    r"stattdessen|lieber|doch|besser|eher|d(?:a)?raus|mein(?:te|e) ich|gemeint|sorry|eigentlich"
    r"|(?:passt|geht|wäre|ist)(?: mir)? besser"
)
NOT_BUT = (
    r"(?:doch )?nicht (?P<old>.+?),? sondern (?:erst |schon |doch )?(?P<value>.+)",
    r"(?:doch )?nicht (?P<old>.+?)(?:,| [-–]) (?P<value>.+)",
    r"(?P<value>.+?),? (?:nicht|statt|anstatt) (?P<old>.+)",
    r"statt (?P<old>.+?),? (?:lieber|besser|doch) (?P<value>.+)",
)
WRONG = r"(?:das (?:ist|war) )?(?:der |die |das )?falsche[rs]? (?:tag|zeit|uhrzeit|datum|stunde)"

_VERBEN = (
    r"(?:bitte |mal |ich |wir )*(?:verschieb|verleg|schieb|vertag|leg|setz|stell|änder|pack|mach|trag|plan"
    r"|wart|freu|kannst|könntest)"
)
_DOCH = "(?: (?:doch|jetzt|nun|erst|schon|eigentlich|jetzt doch|leider|nämlich|bereits))*"
RESTATED = (
    r"(?P<title>.+?)(?: (?:ist|wurde|wird))?(?: jetzt)? verschoben (?:worden )?auf (?P<value>.+)",
    r"(?P<title>.+?) (?:ist|wurde|wird)(?: jetzt)? auf (?P<value>.+?) verschoben(?: worden)?",
    rf"(?P<title>(?!(?:es|das|heute|morgen)\b).+?) (?:ist|findet){_DOCH} (?P<value>.+?)(?: statt| fällig)?",
    rf"(?P<title>(?!{_VERBEN}).+?) (?:auf|erst) (?P<value>.+)",
)

_LIEBER = "(?: (?:doch|dann|lieber|besser|wohl))*"
_NOT_TODAY = r"(?!(?:heute|jetzt|gleich|bis|vor|jeden)\b)"
ASIDES = "doch|jetzt|nun|erst|schon|eigentlich|leider|nämlich|bereits"
PLANNED = (
    rf"(?:ich )?(?:mach|mache|erledige|erledig){_LIEBER} (.+)",
    (
        r"(?!(?:das|es|dies) mach)(.+?) (?:(?:mach|mache|erledige|erledig) ich|(?:machen|erledigen) wir)"
        rf"{_LIEBER} (.+)"
    ),
)
PLANNED_IT = (
    rf"(?:(?:das|es) )?(?:(?:mach|mache|erledige|erledig) ich|machen wir){_LIEBER} {_NOT_TODAY}(.+)",
    rf"ich (?:mach|mache|erledige|erledig) (?:es|das){_LIEBER} {_NOT_TODAY}(.+)",
)
