"""What people say in German about when oO may write; the English ``schedules.py`` explains all.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.de.parts import DU

_NEWS = r"(?:nachrichten?|tipps?|mitteilungen?|meldung(?:en)?|vorschläge?|benachrichtigungen?)"
_WRITE = (
    r"(?:bitte )?(?:schreibe?|texte?)(?: du)?(?: mir|(?= (?:nur|erst)\b))(?: bitte)?"
    r"|(?:bitte )?melde? dich(?: bitte)?(?: bei mir)?"
    rf"|(?:bitte )?(?:schicke?|sende?)(?: mir)?(?: bitte)?(?: (?:die|deine|meine|nur))* {_NEWS}"
    rf"|(?:bitte )?(?:schicke?|sende?) mir (?:bitte )?(?:einen |eine )?{_NEWS}(?= (?:jeden|täglich|immer)\b)"
)
WRITE_AT = (
    rf"(?:{_WRITE}),? (?:immer )?(.+)",
    rf"{DU}mir (?:bitte )?(?:immer )?(.+?) (?:{_NEWS} )?(?:schreiben|schicken|senden)",
    rf"(?:ich (?:will|möchte|hätte gern|hätte gerne)) (?:die |meine )?{_NEWS} (.+?)(?: haben| bekommen)?",
    (
        r"(?:setze?|stelle?|ändere?) (?:(?:meine|die) )?(?:(?:tipp|nachrichten)-?)?(?:zeiten|uhrzeiten)"
        r" (?:auf|in) (.+)"
    ),
    r"(?:meine |die )?(?:zeiten|uhrzeiten) (?:sind|sollen) (.+?)(?: sein)?",
    rf"{_NEWS} (?:bitte )?(?:nur )?((?:um|jeden|täglich) .+)",
)
_NO = (
    rf"(?:bitte )?(?:schreibe?|melde?|schicke?|sende?|störe?)(?: mir| dich| mich)?(?: bitte)?"
    rf"(?: (?:nicht|nichts|nie|niemals|keine {_NEWS})(?: mehr)?)"
)
NOT_AT = (
    rf"{_NO} (.+)",
    (
        r"(?:bitte )?(?:schreibe?|melde?|störe?)(?: mir| dich| mich)?(?: bitte)? (.+?) (?:nicht|nichts"
        r"|nie)(?: mehr)?"
    ),
    rf"(?:bitte )?(?:keine|keinen|nie) {_NEWS}(?: mehr)?(?: bitte)? (.+)",
    r"(?:aber |bitte )?(?:nicht|nichts|nie|erst nicht) ((?:vor|nach) .+?)(?: schreiben| stören| melden)?",
    (
        r"(?:aber |bitte )?(?:nicht|nichts|nie|keine störung) ((?:am|an|in der|nachts|sonntags|samstags"
        r"|abends|morgens) ?.*)"
    ),
    rf"(.+?) (?:bitte )?(?:keine {_NEWS}|nicht (?:schreiben|stören)|nichts schreiben)",
)
ONLY = (
    rf"(?:{_WRITE}) nur (.+)",
    r"(?:bitte )?nur (.+?)(?: schreiben| stören)?",
)
BEFORE = "(?:vor|früher als|bis) (.+)"
AFTER = "(?:nach|später als|ab) (.+)"
BETWEEN = "(?:zwischen|von) .+"
ON_DAYS = "(?:am|an|übers?)(?: den)? (.+)"
EVERY = "(?:jede[nrms]?|alle) "
NIGHTS = "(?:in der |während der |über )?nachts?|nachts|in der nacht"
MORNINGS = "morgens|vormittags|am (?:morgen|vormittag)|jeden (?:morgen|vormittag)"
AFTERNOONS = "nachmittags|am nachmittag|jeden nachmittag"
EVENINGS = "abends|am abend|jeden abend|nach der arbeit|nach feierabend"
COUNTED = r"(?:ein|zwei|drei|vier|\d) ?mal(?: am tag| täglich| pro tag)?,? (?=um |gegen )"
ROUGHLY = r"\b(?:so )?(?:gegen|etwa|ungefähr|circa|ca\.?)\b"
OR = "oder|und|noch"
AFTER_ALL = "bitte|ab jetzt|ab sofort|von jetzt an|stattdessen|immer|danke|wenn möglich"

_A_DAY = r"(?:am tag|pro tag|täglich|jeden tag|den tag|/ ?tag)"
_MOST = r"(?:höchstens|maximal|max\.?|nicht mehr als|nie mehr als|nur|bis zu)"
_ENOUGH = (
    r"(?:ist|sind|wäre|wären) genug|reich(?:t|en)(?: mir| aus)?|genüg(?:t|en)(?: mir)?|maximal|höchstens"
)
_N = r"(ein(?=mal)|zwei(?=mal)|drei(?=mal)|\w+?)"
_WHICH = rf"(?:{_NEWS}|mal)"
LIMITS = (
    (
        rf"(?:(?:{_WRITE}) |(?:schicke?|sende?) mir |ich (?:will|möchte) )?(?:bitte )?{_MOST} {_N}"
        rf" ?{_WHICH}? ?{_A_DAY}"
        r"(?: schreiben)?"
    ),
    rf"(?:(?:{_WRITE}) |(?:schicke?|sende?) mir ){_N} ?{_WHICH}? ?{_A_DAY}",
    rf"{_N} ?{_WHICH}? {_A_DAY},? (?:{_ENOUGH})",
    rf"(\w+) {_NEWS} {_A_DAY}",
)
TIMES_A_DAY = ""

_BRIEF = (
    r"(?:(?:die|den|das|meine|meinen|eine|einen|tägliche[ns]?|morgendliche[ns]?) )*(?:agenda"
    r"|tagesplan|tagesübersicht"
    r"|übersicht(?: (?:über|für) (?:den|meinen) tag)?|morgenbrief(?:ing)?|tagesbrief(?:ing)?|briefing)"
)
_REVIEW = (
    r"(?:(?:die|den|das|meine|meinen|eine|einen|tägliche[ns]?|abendliche[ns]?) )*(?:rückblick"
    r"|tagesrückblick|rückschau)"
)
_TURN_ON = (
    rf"(?:{DU})?(?:bitte )?(?:schicke?|sende?|zeige?|gib|schalte?|starte?|aktiviere?|ich (?:will"
    r"|möchte|hätte gern))"
    r"(?: mir)?(?: bitte)?"
)
_EACH = r"(?:jeden (?:tag|morgen|abend)|täglich|morgens|abends)"
BRIEF_AT = (
    rf"{_TURN_ON} (?:{_EACH} )?((?:um|gegen) .+?) {_BRIEF}",
    rf"{_TURN_ON} (?:{_EACH} )?{_BRIEF}(?: ein)?(?: (?:{_EACH}))? ?((?:um|gegen) .+?)(?: ein)?",
    rf"{_TURN_ON} ({_EACH}) {_BRIEF}",
    rf"{_TURN_ON} {_BRIEF} ({_EACH}|ein)",
    (
        r"(?:mein(?:e|en)? |die |der |den )?(?:tägliche[rns]? )?(?:agenda|tagesplan|tagesübersicht"
        r"|morgenbriefing)"
        r" (?:täglich |jeden (?:tag|morgen) )(?:um )?(.+)"
    ),
)
BRIEF_OFF = (
    (
        rf"(?:bitte )?(?:schalte?|stelle?) {_BRIEF} (?:ab|aus)|(?:bitte )?(?:stoppe?|beende?|deaktiviere?)"
        rf" {_BRIEF}"
    ),
    r"keine(?:n)? (?:tägliche[n]? )?(?:agenda|tagesplan|tagesübersicht|briefing)s? mehr",
)
REVIEW_AT = (
    rf"{_TURN_ON} (?:{_EACH} )?((?:um|gegen) .+?) {_REVIEW}",
    rf"{_TURN_ON} (?:{_EACH} )?{_REVIEW}(?: ein)?(?: (?:{_EACH}))? ?((?:um|gegen) .+?)(?: ein)?",
    rf"{_TURN_ON} ({_EACH}) {_REVIEW}",
    rf"{_TURN_ON} {_REVIEW} ({_EACH}|ein)",
    (
        r"(?:der |den |mein(?:en)? )?(?:tägliche[rn]? |abendliche[rn]? )?tagesrückblick (?:täglich "
        r"|abends )?(?:um )(.+)"
    ),
)
REVIEW_OFF = (
    (
        rf"(?:bitte )?(?:schalte?|stelle?) {_REVIEW} (?:ab|aus)|(?:bitte )?(?:stoppe?|beende?"
        rf"|deaktiviere?) {_REVIEW}"
    ),
    r"keinen? (?:abendlichen |täglichen )?(?:rückblick|tagesrückblick) mehr",
)
