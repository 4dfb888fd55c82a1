"""How people ask in German for a change of a task; ``change_phrase`` has the frame.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.phrasebooks.change_phrase import phrases
from core.words.phrasebooks.de.parts import DU, MAL
from core.words.phrasebooks.tags import tags

# --- Dates -------------------------------------------------------------------------------------------------

_JOINTS = r" (?:auf|aufs|bis|zum|ins|nach)(?= )|(?= um )"
_AFTER_TITLE = r" (?=\S)"
_BEFORE_RULE = r" (?=(?:jede|alle|täglich|wöchentlich|monatlich|jährlich))"
DATES = (
    *phrases(
        "advance",
        rf"{MAL}(?:zieh|ziehe|verschieb|verschiebe|verleg|verlege) {MAL}(?P<rest>.+?) (?:vor|nach vorne?)",
        rf"{DU}(?P<rest>.+) vorziehen",
        joints=r" (?:um )?(?=(?:eine?n?|zwei|drei|vier|\d+) \w+$)",
    ),
    *phrases(
        "patch",
        r"(?:ändere?|bearbeite|setze?) (?P<title>[^:]+) ?: (?P<value>.+)",
    ),
    *phrases(
        "when",
        rf"{MAL}(?:verschiebe?|verlege?|schiebe?|vertage?|schlummere?|snooze) {MAL}(?P<rest>.+)",
        rf"{DU}(?P<rest>.+) (?:verschieben|verlegen|vertagen|schieben|legen)",
        rf"{MAL}(?:ändere?|setze?) (?:das datum|den termin|die zeit) (?:von|vom|für) (?P<rest>.+)",
        joints=_JOINTS,
    ),
    *phrases(
        "when",
        r"(?P<rest>.+) (?:verschieben|verlegen|vertagen|ändern)",
        rf"{MAL}(?:setze?|lege?|ändere?|stelle?|packe?) {MAL}(?P<rest>.+)",
        sure=False,
        joints=_JOINTS,
    ),
    *phrases(
        "value",
        r"mache? (?P<title>es|das|ihn|sie) (?:auf |zu )?(?P<value>.+)",
    ),
    *phrases(
        "when",
        rf"{MAL}(?:plane?|trage?|setze?|lege?|packe?|stelle?|notiere?|schreibe?) {MAL}"
        r"(?P<title>es|das|ihn|sie) (?:mal |bitte )*(?:für |auf )?(?P<value>.+?)(?: (?:ein|fest|auf))?",
        rf"{DU}(?P<title>es|das|ihn|sie) (?:mal |bitte )*(?:für |auf )?(?P<value>.+?) "
        r"(?:eintragen|einplanen|planen|setzen|legen|notieren)",
    ),
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
        joints=_BEFORE_RULE,
    ),
    *phrases(
        "rule",
        rf"{MAL}mache? (?P<rest>.+)",
        r"(?P<rest>(?!.* soll sich ).+) wiederholen",
        sure=False,
        joints=_BEFORE_RULE,
    ),
    *phrases(
        "rule",
        r"(?P<title>.+?) soll sich (?P<value>.+) wiederholen|(?P<title2>.+?) wiederholt sich (?P<value2>.+)",
        sure=False,
    ),
    *phrases(
        "when",
        r"(?P<title>.+?) (?:kann|können|muss) (?:noch )?(?:bis )?(?P<value>.+?) warten",
        r"(?P<title>.+?) (?:soll|sollte|muss) (?:auf |erst )*(?P<value>.+?)(?: sein| stattfinden)?",
        sure=False,
    ),
    *phrases(
        "when",
        r"(?P<rest>(?!.* (?:mache?|erledige?) (?:ich|wir) ).+? (?:später|früher|(?:lieber|besser|doch) .+))",
        sure=False,
        joints=_AFTER_TITLE,
    ),
)
_LIMITS = "(?:die (?:abgabe)?frist|die deadline|den abgabetermin|den stichtag)"
DEADLINES = (
    *phrases(
        "deadline",
        rf"{MAL}(?:ändere?|setze?|verschiebe?|verlängere?|lege?) {MAL}{_LIMITS}"
        r" (?:von|vom|für|fürs|bei|beim) (?P<rest>.+)",
        rf"(?:{DU})?{_LIMITS} (?:von|vom|für|bei|beim) (?P<rest>.+)"
        r" (?:setzen|ändern|verschieben|verlängern|legen)",
        joints=r" (?:auf(?: den)?|bis(?: zum)?|zum)(?= )",
    ),
    *phrases(
        "deadline",
        r"(?:die )?(?:frist|deadline) (?:von|vom|für|bei|beim) (?P<title>.+?) ist (?:jetzt |nun )?"
        r"(?P<value>.+)",
    ),
)
NO_DATES = (
    *phrases(
        "no_date",
        rf"{MAL}(?:entferne?|lösche?|streiche?|nimm) {MAL}(?:das datum|den termin|die frist) (?:von|vom"
        rf"|für|bei|beim|aus)"
        r" (?P<title>.+?)(?: weg| raus)?",
        rf"{MAL}(?:entferne?|lösche?|streiche?) {MAL}(?:die|seine) (?:frist|deadline)",
        r"(?:kein datum|keine frist|ohne datum) (?:für|bei|beim) (?P<title>.+)|(?P<title2>.+?) (?:hat"
        r"|braucht) kein datum"
        r"(?: mehr)?",
        rf"(?:{DU})?(?:das datum|die frist) (?:von|vom|für|bei|beim) (?P<title>.+) (?:entfernen|löschen"
        rf"|streichen)",
    ),
    *phrases(
        "no_repeat",
        rf"{MAL}wiederhole? {MAL}(?P<title>.+?) nicht(?: mehr)?"
        r"|(?P<title2>(?!.* soll sich ).+?) nicht mehr wiederholen",
        r"hör(?:e)? auf,? (?P<title>.+?) zu wiederholen",
        r"(?P<title>.+?) (?:soll sich nicht(?: mehr)? wiederholen|wiederholt sich nicht(?: mehr)?)",
    ),
)

# --- Labels, project and notes -----------------------------------------------------------------------------

_TAGS = tags(" und")
LABELS = (
    *phrases(
        "unlabel",
        rf"{MAL}(?:entferne?|lösche?|nimm) (?:das (?:label|etikett|schlagwort|tag) )?(?P<value>{_TAGS})"
        rf" (?:von|vom|bei|beim) (?P<title>.+?)(?: weg)?",
        rf"{MAL}(?:entferne?|lösche?) das (?:label|etikett|schlagwort|tag) (?P<value>\S+) (?:von|vom|bei"
        rf"|beim) (?P<title>.+)",
    ),
    *phrases(
        "label",
        rf"{MAL}(?:markiere?|etikettiere?|versieh|labele?|tagge?|kennzeichne?) (?P<title>.+?) (?:mit "
        rf"|als )?(?P<value>{_TAGS})",
        rf"{MAL}(?:etikettiere?|labele?|tagge?) (?P<title>es|das|ihn|sie) (?:mit |als )?"
        r"(?P<value>(?!(?:später|jetzt|mal|bitte|nochmal|erledigt|fertig)$)[^\W\d_][\w-]*)",
        rf"{MAL}gib (?P<title>.+?) das (?:label|etikett|schlagwort|tag) (?P<value>\S+)",
        rf"{MAL}füge? (?:das (?:label|etikett|schlagwort) )?(?P<value>{_TAGS}) (?:zu|zum|zur|bei)"
        rf" (?P<title>.+) hinzu",
        rf"{MAL}füge? (?P<title>.+?) (?:das (?:label|etikett|schlagwort) )?(?P<value>{_TAGS}) hinzu",
    ),
    *phrases(
        "label",
        rf"(?P<title>.+?) mit (?P<value>{_TAGS}) (?:markieren|versehen|kennzeichnen)",
        sure=False,
    ),
)
PROJECTS = (
    *phrases(
        "no_project",
        rf"{MAL}(?:nimm|entferne?) (?P<title>.+?) aus dem projekt(?: \S+)?(?: raus| heraus)?",
    ),
    *phrases(
        "project",
        rf"{MAL}(?:lege?|packe?|schiebe?|verschiebe?|tu|ordne|setze?|stecke?|füge?) {MAL}(?P<title>.+?)"
        r" (?:in das|ins|in|unter|zum|dem) projekt (?P<value>.+?)(?: hinzu| zu)?",
        r"(?P<title>.+?) gehört (?:zum|ins|in das) projekt (?P<value>.+)",
    ),
)
NOTES = (
    *phrases(
        "no_notes",
        rf"{MAL}(?:entferne?|lösche?) die notiz(?:en)? (?:von|vom|zu|zum|zur|bei|beim) (?P<title>.+)",
    ),
    *phrases(
        "notes",
        rf"{MAL}füge? (?:zu |zum |zur |bei |beim )?(?P<title>.+?) (?:eine|die|diese) notiz hinzu ?:"
        rf" ?(?P<value>.+)",
        rf"{MAL}(?:schreibe?|notiere?|ergänze?) (?:bei|beim|zu|zum|zur|als notiz (?:zu|zum|zur|bei"
        rf"|beim)) (?P<title>.+?) ?: ?(?P<value>.+)",
    ),
    *phrases(
        "notes",
        r"notiz(?:en)? (?:für|zu|zum|zur|bei|beim) (?P<title>(?!mich\b).+?) ?: (?P<value>.+)",
        sure=False,
    ),
)

# --- Title, priority and estimate --------------------------------------------------------------------------

TITLES = (
    *phrases(
        "call",
        rf"{MAL}nenne? (?P<title>es|sie|ihn|die aufgabe) (?:jetzt |lieber |besser )?(?P<value>.+)",
    ),
    *phrases(
        "rename",
        rf"{MAL}(?:benenne?|taufe?) (?P<title>.+?) (?:in|zu|auf) (?P<value>.+) um",
        rf"{MAL}(?:benenne?|nenne?) (?P<title>.+?) um(?: in| zu|:) (?P<value>.+)",
        rf"{DU}(?P<title>.+?) in (?P<value>.+) umbenennen|(?P<title2>.+?) umbenennen (?:in|zu)"
        r" (?P<value2>.+)",
        r"(?P<title>.+?) in (?P<value>.+) umbenennen",
        rf"{MAL}ändere? den (?:namen|titel) (?:von|vom|der) (?P<title>.+?) (?:in|zu|auf) (?P<value>.+)",
    ),
    *phrases(
        "rename",
        r"(?P<title>.+?) heißt (?:jetzt|nun|eigentlich|richtig) (?P<value>.+)",
        rf"{MAL}ändere? (?P<title>.+?) in (?P<value>.+)",
        sure=False,
    ),
)
_STARK = (
    r"(?:p ?[1-4]|(?:sehr |super )?(?:dringend|wichtig|eilig)|(?:zur )?(?:hohe[rn]?|höchste[rn]?"
    r"|niedrige[rn]?|mittlere[rn]?"
    r"|normale[rn]?|keine) (?:prio|priorität)|(?:prio|priorität) (?:p?[1-4]|hoch|niedrig|mittel)|nicht"
    r" (?:so |mehr )?(?:dringend|wichtig|eilig)|dringender"
    r"|wichtiger)"
)
_STUFE = r"(?:p?[1-4]|hoch|höher|niedrig|niedriger|mittel|normal|dringend|wichtig)"
PRIORITIES = (
    *phrases(
        "priority",
        r"(?P<title>.+?) (?:ist|hat|bekommt|wird|soll)(?: (?:jetzt|nun|ab jetzt))* (?P<value>p"
        r" ?[1-4])(?: (?:sein|haben))?",
        rf"{MAL}(?:ändere?|stufe?|hebe?|schiebe?) {MAL}(?P<title>.+?) auf (?P<value>p ?[1-4])(?: (?:hoch"
        rf"|runter|herab|ein))?",
    ),
    *phrases(
        "priority",
        rf"{MAL}(?:mache?|setze?|stelle?|markiere?|gib) {MAL}(?P<title>.+?) (?:(?:auf|als|zu)"
        rf" )?(?P<value>{_STARK})",
        rf"{MAL}gib (?:der |dem )?(?P<title>.+?) (?P<value>{_STARK})",
        rf"(?:{DU})?(?P<title>.+?) auf (?P<value>{_STARK}) (?:setzen|stellen)",
        rf"{MAL}(?:setze?|ändere?|stelle?) die priorität (?:von|vom|der|des|für) (?P<title>.+?) auf"
        rf" (?P<value>{_STUFE})",
    ),
    *phrases(
        "priority",
        rf"(?P<title>.+?) (?:ist|sind|hat|sollte|bekommt)(?: jetzt| nun| wirklich)* (?P<value>{_STARK})",
        rf"(?P<value2>{_STARK}|(?:prio|priorität) hoch) (?:für|bei) (?P<title2>.+)",
        sure=False,
    ),
    *phrases(
        "not_urgent",
        r"(?P<title>.+?) (?:ist|sind) nicht(?: mehr)? (?:so )?(?:dringend|wichtig|eilig)",
        r"(?P<title>.+?) (?:hat|haben) (?:noch )?(?:keine eile|zeit)|(?P<title2>.+?) eilt nicht(?: mehr)?",
        sure=False,
    ),
    *phrases(
        "higher",
        rf"{MAL}erhöhe? die (?:prio|priorität) (?:von|vom|der|des|für) (?P<title>.+)",
    ),
    *phrases(
        "lower",
        rf"{MAL}(?:senke?|verringere?|reduziere?) die (?:prio|priorität) (?:von|vom|der|des|für)"
        rf" (?P<title>.+)",
    ),
    *phrases(
        "higher",
        r"priorisiere? (?P<title>.+)",
        sure=False,
    ),
)
BARE_PRIORITIES = phrases("priority", r"(?P<title>.+?) (?:auf|->|→) (?P<value>p ?[1-4])", sure=False)
ESTIMATES = (
    *phrases(
        "minutes",
        r"(?P<title>.+?) (?:dauert|braucht|benötigt) (?P<value>.+)|(?P<title2>.+?) wird (?P<value2>.+)"
        r" dauern",
        r"für (?P<title>.+?) (?:brauche|benötige) ich (?P<value>.+)|ich brauche (?P<value2>.+) für"
        r" (?P<title2>.+)",
        r"ich brauche für (?P<rest>.+)",
        sure=False,
        joints=r" (?=\S)",
    ),
    *phrases(
        "minutes",
        rf"{MAL}schätze? (?P<title>.+?) auf (?P<value>.+)|(?:dauer|schätzung) (?:von|für)"
        rf" (?P<title2>.+?): ?(?P<value2>.+)",
        rf"{MAL}setze? die (?:dauer|schätzung) (?:von|vom|für) (?P<title>.+?) auf (?P<value>.+)",
    ),
    *phrases(
        "no_minutes",
        rf"{MAL}(?:entferne?|lösche?) die (?:dauer|schätzung) (?:von|vom|für|bei|beim) (?P<title>.+)"
        r"|keine (?:dauer|schätzung) für (?P<title2>.+)",
    ),
)
