"""What people ask in German; ``core/words/phrasebooks/en/questions.py`` explains the constants.

Tests: tests/core/words/test_questions.py.
"""

from __future__ import annotations

_WAS = r"(?:(?:irgend|et)?was|termine|aufgaben|pläne)"
_HABE = "(?:habe?|hab) ich"
_ZEIG = r"(?:(?:zeige?|sage?)(?: mir)?(?: mal| bitte)*,? )"
_VOR = (
    r"(?: (?:alles|noch|so|denn|schon|übrig|an|vor|los|dran|zu tun|zu erledigen|fällig|machen|erledigen"
    r"|geplant|tun"
    r"|(?:im|in meinem) kalender|auf (?:dem plan|dem programm|der liste)))*"
)
DAYS = (
    r"zeige?(?!.* was )(?: mir)?(?: mal| bitte)* <when>",
    (
        rf"{_HABE}(?: (?:denn|schon|noch))* (?:{_WAS}(?: noch| schon)? <when>|<when>(?: noch| schon)*"
        rf" (?:{_WAS}|zeit|frei)){_VOR}"
    ),
    (
        rf"was (?:steht|liegt|ist|gibt(?: e|')s|{_HABE}|muss ich|soll ich)(?: (?:denn|alles|noch|so|für|an"
        r"|los|vor))*"
        rf" <when>{_VOR}"
    ),
    (
        r"bin ich <when> (?:noch )?(?:frei|verfügbar|beschäftigt|verplant)"
        rf"|(?:ist|steht|gibt(?:'s| es)) <when>(?: noch)? {_WAS}{_VOR}"
    ),
    (
        rf"{_ZEIG}was (?:ich |es )?<when>(?: alles| noch)* "
        r"(?:gibt|geplant ist|ansteht|anliegt|zu tun (?:ist|habe?)|habe?|vorhabe?"
        r"|los ist|fällig ist)"
    ),
    (
        r"(?:und|was ist mit|wie (?:ist|steht) es mit) (?:für |mit )?<when>|wie sieht(?:'s| es)? (?:mein "
        r"|der )?<when> aus"
    ),
    (
        rf"(?:{_ZEIG})?(?:mein(?:e|en)? |der |die |den )?(?:kalender|agenda|tagesplan|termine|aufgaben)"
        r" (?:für |von |vom )?<when>"
    ),
    rf"(?:sonst )?noch {_WAS} <when>|<when> (?:sonst )?noch {_WAS}",
)
_SCHON = "(?:(?:schon|denn|eigentlich|bereits|heute|überhaupt|noch) )*"
DONE_QUESTIONS = (
    (rf"(?:habe?|hab) ich {_SCHON}(?P<what>.+)", "ich habe {}"),
    (rf"(?:ist|sind) {_SCHON}(?P<what>(?!(?:es|das)\b).+?) {_SCHON}(?:erledigt|fertig|gemacht)", ""),
    (rf"(?:ist|sind|wurde|wurden) {_SCHON}(?P<what>(?!(?:es|das|da|er)\b).+)", "{}"),
)
SPANS = "(?:am |dieses |das )?wochenende|(?:nächste|kommende) woche|diesen monat"
BEFORE_SPANS = "für|in der|in|an"
_WIE_VIELE = (
    rf"wie ?viele? (?:offene )?(?:aufgaben|to-?dos|sachen|dinge)(?: (?:{_HABE}|sind|gibt es|stehen|bleiben))?"
)
HOW_MANY = (
    rf"{_WIE_VIELE}(?: (?:denn|noch|offen|übrig|da|zu tun|zu erledigen|mir|an|auf (?:der|meiner) liste))*",
)
HOW_MANY_ON = (rf"{_WIE_VIELE}(?: (?:denn|noch|für))* <when>{_VOR}",)
_DER = r"(?:der|die|das|den|dem|zum|zur|mein(?:e|en|em)?|unser(?:e|en)?)"
WHEN_IS = (
    (
        rf"wann (?:ist|{_HABE}) (?:{_DER} |wieder )?nächste[nrs]? (?:mal |termin )?"
        rf"(?:{_DER} |beim? |in der )?<task>"
        rf"|wann {_HABE} (?:wieder |noch ?mal )?<task>"
    ),
    rf"wann (?:muss|soll|sollte|wollte) ich (?:noch ?mal |noch )?(?:{_DER} )?<task>",
    (
        rf"wann (?:ist|sind|war|{_HABE}) (?:noch ?mal |eigentlich )?{_DER} <task>(?: fällig| dran)?"
        r"|wann ist <task> (?:fällig|dran)"
    ),
    rf"(?:an welchem tag|um wie ?viel uhr|wann genau) (?:ist|{_HABE}|muss ich) (?:{_DER} )?<task>",
)
NEXT = "nächste[nrms]?"
REMINDERS = (
    (
        rf"(?:welche|was für) erinnerungen (?:{_HABE}|gibt es|stehen an|sind (?:gesetzt|aktiv|geplant))"
        r"(?: (?:noch|gesetzt|geplant))*"
    ),
    rf"{_ZEIG}?(?:(?:alle|meine|die) )+erinnerungen|{_HABE} (?:noch )?erinnerungen",
    r"woran erinnerst du mich(?: noch| alles)*|wann erinnerst du mich(?: wieder)?",
)
NOT_REMINDED = (
    (
        r"(?:warum|wieso|weshalb) hast du mich(?: .+)? nicht(?: .+)? erinnert"
        r"|du hast mich(?: .+)? nicht(?: .+)? erinnert"
    ),
    r"(?:warum|wieso|weshalb) (?:hast|erinnerst) du mich nicht(?: (?:an .+|daran))?",
    (
        r"(?:warum|wieso) wurde ich nicht(?: .+)? erinnert|wo (?:ist|war|bleibt) (?:meine"
        r"|die) erinnerung(?: .+)?"
    ),
)
QUIET = (
    r"(?:wann|was|welche) (?:sind|ist) (?:meine|die|deine) ruhezeit(?:en)?|wann bist du (?:still|ruhig)",
    (
        rf"{_ZEIG}?(?:meine|die) ruhezeit(?:en)?|{_HABE} ruhezeiten|welche ruhezeit(?:en)? (?:{_HABE}"
        r"|gelten|sind eingestellt)"
    ),
)
CAP = (
    r"wie ?viele? (?:tipps|nachrichten) (?:bekomm|krieg)e? ich(?: (?:am|pro) tag| täglich)?",
    r"wie ?viele? (?:tipps|nachrichten) (?:schickst|sendest) du(?: mir)?(?: (?:am|pro) tag| täglich)?",
    r"wie oft schreibst du(?: mir)?(?: (?:am|pro) tag| täglich)?",
)
TIMES = (
    r"(?:um wie ?viel uhr|(?:zu|um) welche[nr]? (?:zeit(?:en)?|uhrzeit(?:en)?)) schreibst du(?: mir)?",
    r"wann (?:bekomm|krieg)e? ich (?:(?:meine|die|deine) )?tipps",
)
MUTED = (
    (
        rf"(?:was|welche themen) (?:{_HABE}|sind|ist) (?:alles )?(?:stumm(?: ?geschaltet)?|gesperrt"
        r"|ausgeschlossen)"
        r"|worüber schreibst du (?:mir )?nicht"
    ),
    rf"{_ZEIG}?(?:meine |die )?stumm(?:en|geschalteten) themen",
)
