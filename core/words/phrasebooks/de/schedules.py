"""What people say in German about when oO may write; the English ``schedules.py`` explains all.

Tests: tests/core/words/test_schedules.py.
"""

from __future__ import annotations

from core.words.phrasebooks.de.parts import DU

REWORDED = (
    (r"\b(schreib|meld|schick|send|stör|text|lass)e?n sie (?:bitte )?(?=(?:mir|sich|mich)\b)", r"\1e "),
    (r"\bmelde  ?sich\b", "melde dich"),
    (r"\b(?:können|könnten|würden) sie\b", "kannst du"),
    (r"\bhoechstens\b", "höchstens"),
    (r"\btaeglich\b", "täglich"),
    (r"^(?:ab (?:jetzt|sofort)|von jetzt an|in zukunft|künftig) (?:bitte )?", ""),
    (r"\bstoer(?=en?\b|\b)", "stör"),
    (
        (
            r"\b(morgens|abends|nachts|(?:in der )?früh|am (?:morgen|abend)) (?:bitte )?"
            r"((?:nicht|nichts|nie|erst) (?:vor|nach|ab) \d[\d:.]*(?: uhr)?)(?!\w)"
        ),
        r"\2 \1",
    ),
)
_TIPS = r"(?:tipps?|vorschläge?|benachrichtigungen?)"
_NEWS = r"(?:nachricht(?:en)?|messages|tipps?|mitteilungen?|meldung(?:en)?|vorschläge?|benachrichtigungen?)"
_WRITE = (
    r"(?:bitte )?(?:schreibe?|texte?)(?: du)?(?: mir|(?= (?:nur|erst)\b))(?: bitte)?"
    r"|(?:bitte )?melde? dich(?: bitte)?(?: bei mir)?"
    rf"|(?:bitte )?(?:schicke?|sende?)(?: mir)?(?: bitte)?(?: (?:die|deine|meine|nur))* {_NEWS}"
    rf"|(?:bitte )?(?:schicke?|sende?) mir (?:bitte )?(?:einen |eine )?{_NEWS}(?= (?:jeden|täglich|immer)\b)"
)
WRITE_AT = (
    rf"(?:{_WRITE}),? (?:(?:immer|lieber|besser|doch|künftig|ab jetzt|stattdessen) )*(.+)",
    rf"{DU}mir (?:bitte )?(?:immer )?(.+?) (?:{_NEWS} )?(?:schreiben|schicken|senden)",
    (
        rf"(?:ich (?:will|möchte|hätte gern|hätte gerne)) (?:die |meine )?{_NEWS} (?!nur\b)(.+?)(?:"
        rf" haben| bekommen)?"
    ),
    (
        r"(?:setze?|stelle?|ändere?) (?:(?:meine|die) )?(?:(?:tipp|nachrichten)-?)?(?:zeiten|uhrzeiten)"
        r" (?:auf|in) (.+)"
    ),
    r"(?:meine |die )?(?:zeiten|uhrzeiten) (?:sind|sollen) (.+?)(?: sein)?",
    rf"{_TIPS} (?:bitte )?(?:nur )?((?:um|jeden|täglich) .+)",
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
    (
        rf"(.+?) (?:bitte )?(?:keine {_NEWS}(?: mehr)?|(?:nicht|nichts|nie)(?: mehr)? (?:schreiben"
        rf"|stören|melden|schicken"
        r"|senden))"
    ),
    r"(?:nie|niemals) (am .+)",
    r"lasse? mich (?:bitte )?(.+?) (?:in ruhe|zufrieden)",
)
NAMES_MESSAGES = (
    rf"{_NEWS}|schreib\w*|melde\w*|texte?n?|schick\w*|sende?n?|stör\w*|lass\w*|ruhe|ruhig|still|stille|stumm"
    r"|mir|mich|dich|du|ich|meine?[rn]?|deine?|arbeit\w*|büro|schlaf\w*|feierabend|schluss"
)
MESSAGES = rf"{_NEWS}|zeiten|uhrzeiten"
LEAVES_OUT = (
    r"(?:aber |bitte |nur )*(?:nicht|nie|keine?) (?:(?:am|an|an den) )?(\w+tags|mittwochs|wochenenden?)",
)
EXCEPT_DAYS = (r"(?:aber |bitte )*(?:außer|ausser|ohne|bis auf)(?: (?:am|an|an den|den|die|das))? (.+)",)
ON_ONE_DAY = (r"nur (?:am )?(.+)",)
NOT_ALONE = (
    (
        r"(?:aber |bitte )*(?:nicht|nichts|nie|erst nicht) ((?:vor|nach|zwischen|von) .+?)(?: schreiben"
        r"| stören| melden)?"
    ),
    (
        r"(?:aber |bitte )*(?:nicht|nichts|nie|keine störung) ((?:(?:am|an|in der|nachts|\w+tags"
        r"|mittwochs|abends|morgens)\b) ?.*)"
    ),
    r"(?:aber |bitte )*(?:nicht|nichts|nie) ((?:während|wenn) .+|(?:in|bei|auf) (?:der |meiner )?arbeit\w*)",
)
_DAYS = r"(?:am |an )?(?:.*s|wochenende|wochenenden)"
NEVER_ON = (
    rf"({_DAYS}),? (?:bitte )?(?:nie|nicht|nichts|niemals|gar nicht|gar nichts|ruhe)",
    rf"({_DAYS}) (?:will|möchte|brauche?) ich (?:meine )?ruhe",
    r"((?:ab|nach) .+?),? (?:bitte )?(?:nichts mehr|nicht mehr|keine nachrichten mehr|ruhe|ist schluss)",
)
STOP_AT = (
    r"(?:bitte )?(?:schluss|stopp?|aufhören|hör auf) (?:um|ab|nach) (.+)",
    r"um (.+?) (?:ist )?schluss",
    r"(?:bitte )?ruhe (?:ab|nach) (.+)",
)
DAYS_NOT = (r"(.+?),? (?:bitte )?(?:nicht|nie|nichts) ((?:vor|nach) .+?)(?: schreiben| melden)?",)
DAYS_ONLY = (r"(.+?),? (?:bitte )?(?:erst|nur) (.+?)(?: schreiben| melden)?",)
ONLY = (
    rf"(?:{_WRITE}) nur (?:noch )?(.+)",
    r"(?:bitte )?nur (?:noch )?(.+?)(?: schreiben| stören)?",
    rf"(?:bitte )?(?:(?:{_WRITE}) )?erst ((?:ab|nach) .+?)(?: schreiben| melden)?",
    r"(?:ich will|ich möchte) (?:die )?(?:nachrichten|tipps) nur (.+)",
)
BEFORE = "(?:vor|früher als) (.+)"
AFTER = "(?:nach|später als|ab) (.+)"
BETWEEN = "(?:zwischen|von) .+"
WEEKS = "woche"
ON_DAYS = "(?:am|an|übers?)(?: den)? (.+)"
WORKING = (
    r"während (?:der |meiner )?(?:arbeit|arbeitszeit|arbeitszeiten)|wenn ich (?:arbeite|auf"
    r" (?:der )?arbeit bin"
    r"|in der arbeit bin|im büro bin)|(?:in|bei|auf)(?: der| meiner)? arbeit(?:szeit)?"
)
_MEISTENS = r"(?: (?:immer|meist|meistens|normalerweise|gewöhnlich|üblicherweise))?"
SLEEP_HOURS = (
    rf"ich (?:schlaf|schlafe|bin im bett|liege im bett){_MEISTENS} (.+)",
    rf"ich bin{_MEISTENS} (.+?) im bett",
    r"meine schlafens?zeit(?:en)? (?:ist|sind|geht|gehen) (.+)",
)
WORK_HOURS = (
    rf"ich (?:arbeit|arbeite){_MEISTENS} (.+)",
    rf"ich bin{_MEISTENS} (.+?) (?:(?:auf|bei|in)(?: der)? arbeit|im büro)",
    r"meine (?:arbeitszeit|bürozeit|dienstzeit)(?:en)? (?:ist|sind|geht|gehen) (.+)",
)
LUNCH = (r"(?:in|während) (?:der |meiner )?mittagspause|(?:beim|über) mittag(?:essen)?",)
EVERY_SECOND_DAY = (
    r"(?:alle (?:zwei|2) tage|jeden (?:zweiten|2\.) tag),? (?:reichen|reicht|genügt|ist genug)(?: mir| aus)?",
    rf"(?:{_WRITE}) (?:nur )?(?:alle (?:zwei|2) tage|jeden (?:zweiten|2\.) tag)",
)
ONCE = r"(?:diese[nms]?|nächste[nsrm]?|kommende[nsrm]?) \w+"
HABIT = "jeden|jede|immer|nie|niemals|alle"
HALF_PAST = ()
HALF_BEFORE = (r"halb (\w+)",)
EVERY = "(?:jede[nrms]?|alle) "
NIGHTS = "(?:in der |während der |über )?nachts?|nachts|in der nacht"
MORNINGS = "morgens|vormittags|am (?:morgen|vormittag)|jeden (?:morgen|vormittag)"
AFTERNOONS = "nachmittags|am nachmittag|jeden nachmittag"
EVENINGS = "abends|am abend|jeden abend|nach der arbeit|nach feierabend"
COUNTED = r"(?:ein|zwei|drei|vier|\d) ?mal(?: am tag| täglich| pro tag)?,? (?=um |gegen )"
ROUGHLY = r"\b(?:so )?(?:gegen|etwa|ungefähr|circa|ca\.?)\b"
BUT = "aber"
OR = "oder|und|noch"
AFTER_ALL = "bitte|ab jetzt|ab sofort|von jetzt an|stattdessen|immer|danke|wenn möglich"

_A_DAY = r"(?:am tag|pro tag|täglich|jeden tag|den tag|/ ?tag)"
_MOST = r"(?:höchstens|maximal|max\.?|nicht mehr als|nie mehr als|nur(?: noch)?|bis zu)"
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
    rf"(?:bitte )?(?:höchstens|maximal|max\.?|nicht mehr als|nie mehr als|bis zu) (\w+) {_NEWS}",
    rf"(\w+) {_NEWS},? (?:maximal|höchstens|max\.?)",
    (
        rf"(?:setze?|stelle?|ändere?|begrenze?) (?:(?:die|meine|deine|anzahl der|zahl der) )*{_NEWS}"
        rf" (?:auf|zu) (\w+)"
    ),
)
TIMES_A_DAY = ""

_BRIEF = (
    r"(?:(?:die|den|das|meine|meinen|eine|einen|tägliche[ns]?|morgendliche[ns]?) )*(?:agenda"
    r"|tagesplan|tagesübersicht"
    r"|(?:übersicht|überblick)(?: (?:über|für) (?:den|meinen) tag)?|morgenbrief(?:ing)?"
    r"|tagesbrief(?:ing)?|briefing)"
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
EACH = f"{_EACH}|ein"
BRIEF_AT = (
    rf"{_TURN_ON} (?:{_EACH} )?((?:um|gegen) .+?) {_BRIEF}",
    rf"{_TURN_ON} (?:{_EACH} )?{_BRIEF}(?: ein)?(?: (?:{_EACH}))? ?((?:um|gegen) .+?)(?: ein)?",
    rf"{_TURN_ON} ({_EACH}) {_BRIEF}",
    rf"((?:{_EACH}) (?:um|gegen) .+?) (?:eine?n?|die|den|das|meine?n?) {_BRIEF}",
    rf"(?:eine?n?|die|den|das|meine?n?) {_BRIEF} ((?:{_EACH}) (?:um|gegen) .+?)",
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
    r"(?:agenda|tagesplan|tagesübersicht|morgenbriefing) (?:bitte )?(?:aus|ab|abschalten|ausschalten)",
)
REVIEW_AT = (
    rf"{_TURN_ON} ((?:(?:{_EACH}) )?(?:um|gegen) .+?) {_REVIEW}",
    rf"{_TURN_ON} (?:{_EACH} )?{_REVIEW}(?: ein)? ?((?:(?:{_EACH}) )?(?:um|gegen) .+?)(?: ein)?",
    rf"((?:{_EACH}) (?:um|gegen) .+?) (?:eine?n?|die|den|das|meine?n?) {_REVIEW}",
    rf"(?:eine?n?|die|den|das|meine?n?) {_REVIEW} ((?:{_EACH}) (?:um|gegen) .+?)",
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
    r"kein(?:en)? (?:abendlichen |täglichen )?(?:rückblick|tagesrückblick) mehr",
    r"(?:rückblick|tagesrückblick) (?:bitte )?(?:aus|ab|abschalten|ausschalten)",
)
