"""What people ask oO in German to do with a task; ``core/words/phrasebooks/en/requests.py`` explains.

Tests: tests/core/words/test_changes.py, tests/core/words/test_patches.py, tests/core/words/test_pieces.py.
"""

from __future__ import annotations

from core.words.phrasebooks.de.parts import DU, MAL

# --- Removals: the only group of a pattern is the task -----------------------------------------------------

_DU = rf"(?:{DU})?{MAL}"
_LIST_DE = r"(?:von|aus) (?:meiner|der|den|meinen) (?:to-?do-?|aufgaben|einkaufs)?(?:liste|aufgaben)"
FROM_LIST = (
    (
        rf"{_DU}(?:lösche?|streiche?|entferne?|nimm|wirf|schmeiß) (?:bitte |mal )*(.+?) {_LIST_DE}(?: weg|"
        rf" runter| raus)?"
    ),
    rf"{_DU}(.+?) {_LIST_DE} (?:löschen|streichen|entfernen|nehmen|werfen|schmeißen)",
)
DELETE = (
    rf"{_DU}(?:lösche?|streiche?|entferne?) (?:bitte |mal )*(.+)",
    rf"{_DU}(.+) (?:löschen|streichen|entfernen)",
)
CANCEL = (
    (
        rf"{_DU}(?:storniere?|cancele?|verwirf) (?:bitte |mal )*(.+)|{_DU}sage? (?:bitte |mal )*(.+) ab"
        rf"|{_DU}(.+) (?:stornieren"
        rf"|canceln|absagen|verwerfen)"
    ),
)
FOR_IT = (
    r"(.+?) (?:kann weg|kann gelöscht werden)",
    (
        r"(.+?) (?:fällt (?:leider )?aus|hat sich erledigt|ist (?:nicht mehr (?:nötig|relevant)|hinfällig"
        r"|abgesagt))"
    ),
    r"ich (?:muss|brauche) (.+?) (?:nicht mehr|doch nicht)(?: machen| tun| [a-zäöüß]+e?n)?",
    r"(.+?) (?:brauche? ich|brauchen wir|muss ich) (?:nicht mehr|doch nicht)(?: machen| tun)?",
    r"(?:ich )?(?:brauche?|brauchen) (.+?) (?:nicht mehr|doch nicht)",
)
FORGET = (r"vergiss (?=.*aufgabe\b)(.+)(?<!nicht)",)
_ERINNERUNG = r"(?:(?:die|diese|meine|seine|ihre|letzte) )*erinnerung"
_AN = "(?:an|ans|für|fürs|zum|zur|am|wegen)"
_STOPPE = r"(?:lösche?|streiche?|entferne?|storniere?|cancele?|beende|stoppe?|deaktiviere?)"
_STOPPEN = (
    r"(?:löschen|streichen|entfernen|stornieren|canceln|abbrechen|ausschalten|abschalten|abstellen|beenden"
    r"|stoppen)"
)
END_REMINDER = (
    rf"{_DU}{_STOPPE} {MAL}{_ERINNERUNG}(?: {_AN} (.+))?",
    rf"{_DU}{_STOPPE} {MAL}(?:die|meine) (.+?)[- ]?erinnerung",
    rf"{_DU}{_ERINNERUNG}(?: {_AN} (.+?))? (?:wieder )?{_STOPPEN}",
    rf"{_DU}(?:die|meine) (.+?)[- ]?erinnerung {_STOPPEN}",
    rf"(?:schalte?|stelle?|brich|nimm|sage?) {MAL}{_ERINNERUNG}(?: {_AN} (.+?))? (?:aus|ab|raus|weg)",
    rf"{_ERINNERUNG}(?: {_AN} (.+?))? (?:weg|kann weg|aus|brauche? ich nicht(?: mehr)?)",
    rf"ich brauche? (?:die |diese |keine )?erinnerung(?: {_AN} (.+?))?(?: nicht)?(?: mehr)?",
    rf"keine erinnerung(?: mehr)?(?: {_AN} (.+?))?(?: mehr)?",
)
END_REMINDERS = (
    rf"{_DU}{_STOPPE} {MAL}(?:(?:alle|meine|die|diese) )*erinnerungen",
    rf"{_DU}(?:(?:alle|meine|die|diese) )*erinnerungen {_STOPPEN}",
)
NO_REMINDER = (
    rf"{_DU}erinner[en]? mich (?:bitte )?(?:nicht|nie)(?: mehr| wieder)? {_AN} (.+)",
    rf"erinnere? mich (?:bitte )?{_AN} (.+?) (?:bitte )?(?:nicht|nie)(?: mehr| wieder)?",
    rf"du (?:musst|brauchst|sollst) mich (?:nicht|nie)(?: mehr)? {_AN} (.+?) (?:zu )?erinnern",
    rf"{_AN} (.+?) (?:musst|brauchst|sollst) du mich (?:nicht|nie)(?: mehr)? (?:zu )?erinnern",
    r"erinnere? mich (?:bitte )?(?:doch )?nicht(?: mehr)?(?: daran)?",
)

I_WANT_TO = "ich (?:möchte|will)"
NO_LONGER = "nicht mehr|doch nicht"

# --- Moves that name no usable date, and a time that is left out -------------------------------------------

MOVE = (
    r"schlummere? (.+)|(.+) schlummern(?: lassen)?",
    (
        r"erinner(?:e|st du)? mich (?:bitte )?(?:noch ?mal |wieder )?(?:später|ein ander(?:es )?mal)"
        r"(?: noch ?mal| wieder)? (?:an |ans |zu[rm]? )(.+)"
    ),
    r"erinner(?:e|st du)? mich (?:bitte )?an (.+?) (?:später|ein ander(?:es )?mal)(?: noch ?mal| wieder)?",
    rf"{MAL}(?:verschiebe?|verlege?|vertage?) {MAL}(.+)",
    rf"(?:{DU})?(.+) (?:verschieben|verlegen|vertagen)",
)
CAN_WAIT = (
    r"(.+?) (?:(?:kann|können|muss|müssen) (?:noch |erst ?mal )*warten|(?:hat|haben) (?:noch )?zeit)",
)
_EINMAL = r"(?:heute|morgen|diesmal|einmal|diese woche|nächste woche|das nächste mal)"
SKIP = (
    rf"(?:überspringe?|lass) {MAL}(?:d(?:as|en|ie) nächsten? )?(.+?)(?: {_EINMAL})?(?: aus| ausfallen| weg)?",
    rf"(.+?) (?:{_EINMAL} )?(?:überspringen|auslassen|ausfallen lassen)",
)
OFF_ONCE = (
    rf"(.+?) (?:fällt|fallen)(?: leider)?(?: {_EINMAL})?(?: leider)? aus", rf"{_EINMAL} fällt (.+?) aus",
    rf"(.+?) (?:ist|sind|wurden?)(?: {_EINMAL})? abgesagt(?: worden)?",
)  # fmt: skip
SAYS_TODAY, SAYS_TOMORROW = "heute", "morgen"
BEFORE_A_DATE = "(?:auf|bis|zum|um)(?: |$)"
LIKE_A_DATE = r"gestern|letzte\w*|vorige\w*|nie|später|bald|früher|februar|nachmittag|abend|mittag"
EVERYTHING = r"alles|(?:alle )?(?:(?:meine|die|überfälligen?|offenen?) )*(?:aufgaben|tasks|to-?dos)"

# --- The whole list ----------------------------------------------------------------------------------------

BARE_ALL = "alles|alle"
_AUF_LISTE = "(?: (?:auf|von|aus) (?:meiner|der) (?:to-?do-?|aufgaben)?liste)?"
_UEBERFAELLIG = "(?:ü|ue?)berf(?:ä|ae?)llig"
_UEBERFAELLIGE = (
    rf"alles?,? (?:was|die) (?P<late>{_UEBERFAELLIG}) (?:ist|sind),?"
    rf"|(?:alles? |meine |die |das )*(?P<late2>(?:{_UEBERFAELLIG}|verspätet)(?:e[ns]?)?)"
    r"(?: sachen| dinge| punkte)?"
)
ALL_TASKS = (
    rf"(?:(?:{_UEBERFAELLIGE})|(?P<all>(?:{BARE_ALL}){_AUF_LISTE})"
    r"|(?:alle )?(?:(?:meine|die|offenen?|restlichen?) )*"
    rf"(?:(?:(?P<late3>{_UEBERFAELLIG}en?)|(?P<today>heutigen)) )?"
    r"(?:aufgaben|to-?dos|tasks|einträge)"
    rf"{_AUF_LISTE}|(?:meine|die) (?:ganze |gesamte |komplette )?(?:to-?do-?|aufgaben)?liste)"
    r"(?:,? (?:von|für|am|vom|was (?:am )?) ?(?P<scope>(?!mir\b).+?)(?: fällig ist| ist)?)?"
)
ALL_NAMED = r"alle (?:(?:meine|die|unsere|diese|offenen) )*(?P<title>.+?)"
BEFORE_A_SCOPE = "von|vom|für|am|die|was"
REMOVE_ALL = (
    rf"{_DU}(?:lösche?|streiche?|entferne?|leere?|verwirf) {MAL}<all>",
    rf"{_DU}<all> (?:löschen|streichen|entfernen|leeren|verwerfen)",
)
COMPLETE_ALL = (
    rf"{_DU}(?:markiere?|setze?) {MAL}<all> (?:als |auf )?(?:erledigt|fertig)",
    rf"{_DU}hake? {MAL}<all> ab",
    r"(?:erledige?|beende?) (?!(?:meine|die) .*liste)<all>",
    rf"{_DU}<all> (?:abhaken|(?:als |auf )?(?:erledigt|fertig) (?:markieren|setzen))",
    r"<all> (?:ist |sind )?(?:schon )?(?:erledigt|fertig)",
    r"(?:ich habe?|habe? ich|habe?) <all> (?:erledigt|gemacht|geschafft)",
    r"<all> habe? ich (?:erledigt|gemacht)",
)
MOVE_ALL = (
    rf"{_DU}(?:verschiebe?|verlege?|vertage?|schiebe?) {MAL}<all> (?:auf|nach|bis|zum) (?P<to>.+)",
    rf"{_DU}<all> (?:auf|nach|bis|zum) (?P<to>.+?) (?:verschieben|verlegen|vertagen|schieben)",
    rf"{_DU}(?:verschiebe?|verlege?|schiebe?) {MAL}<all> (?P<by>um .+)",
)
BOTH_TASKS = "(?:die |alle )?beiden?(?: aufgaben)?"

# --- How people name a task --------------------------------------------------------------------------------

IT = (r"es|das|den|die|ihn|sie|dies(?:e[nsr]?)?|die(?:se)? (?:letzte )?(?:aufgabe|erinnerung)|das to-?do",)
NAMES_IT = r"(?:\w+ )?(?:es|das|ihn|sie)\b"
_AUFGABE = r"(?:aufgabe|erinnerung|eintrag|to-?do|task)"
TASK_NAMED = (
    rf"(?:die |meine |den )?{_AUFGABE}(?: namens)?:? (.+)|(?:die |den |das |meine )(.+?)[- ]{_AUFGABE}",
)
FILLERS = "mal"
TO_A_DATE = "(?:auf|bis|um)(?: (?:den|die|letzten?))*"
FROM_A_DATE = "von|vom"
ARTICLES = "der |die |das |den |dem |meine?[nm]? |diese?[nms]? "
SOME = r"ein|eine|einen|noch|alle|jede\w*"
NO_TASK = (
    "alles|ich|er|wir|mich|dich|mir|dir|uns|ihr"
    "|(?:(?:meine?n?|deine?n?|die|das|den) )*(?:konto|daten|profil|aufgaben|liste|erinnerungen|nachrichten"
    "|to-?dos|tasks)"
)
STOP_WORDS = "der die das den dem ein eine meine mein mit und zu im am"

# --- Dates and recurrences as values -----------------------------------------------------------------------

NO_DATE = (
    r"kein(?:e|s)?|(?:kein|ohne|keine) (?:datum|termin|frist)|irgendwann|datum (?:weg|entfernen|löschen)",
)
NO_REPEAT = (r"nicht (?:mehr )?wiederholen|keine wiederholung|(?:nur )?einmal(?:ig)?",)
DELAYS = (r"um (?P<um>.+?)(?: nach hinten| später)?|(?P<spaeter>.+) (?:später|nach hinten)",)
EARLIER = (r"(?:um )?(?P<frueher>.+) (?:früher|eher|nach vorne?)",)
INSTEAD = (
    r"(?:lieber|besser) (?P<de>.+)",
    r"doch (?:erst |schon )?(?P<doch>.+)",
    r"(?P<statt>.+?) (?:statt|anstatt) .+",
)
HOURS_AT = "um "
HOURS_OF_DAY = ""
MOVED_TO = "auf|bis|zum|nach"
TO_A_VALUE, UNTIL_A_VALUE = "auf", "bis"
AFTER_DONE = (
    (
        r"nach (?:der |dem |jeder )?(?:letzten )?(?:erledigung|erledigen|abschluss|fertigstellung"
        r"|abhaken)"
        r"|nachdem (?:ich (?:es|das|sie|ihn) (?:erledigt|gemacht|getan) (?:habe?|hatte)"
        r"|(?:es|das|sie|er) (?:erledigt|gemacht|fertig) (?:ist|war|wurde))"
    ),
)
EVERY = "alle"
BEFORE_AMOUNTS = "alle jede jeden jedes"
COUNTS = "zwei|drei|vier|fünf|sechs|sieben|zehn|eine?[nm]?"
UNITS = "tage?n?|wochen?|monate?n?|jahre?n?"

# --- Priorities --------------------------------------------------------------------------------------------

HIGH = (
    (
        r"(?:sehr |super )?(?:dringend|wichtig|eilig)|(?:hohe[rn]?|höchste[rn]?|oberste|hoch)(?: (?:prio"
        r"|priorität))?"
    ),
)
MEDIUM = ("mittel|mittlere",)
LOW = (r"niedrige?[rn]?|niedrigste|keine|normale?|nicht (?:so |mehr )?(?:dringend|wichtig|eilig)",)
RAISED = (r"höhere?|wichtiger|dringender",)
LOWERED = (r"niedrigere?|unwichtiger",)
PRIORITY_NAMES, OF_PRIORITY = "priorität|prio", "auf "

# --- Clauses of a change -----------------------------------------------------------------------------------

BOTH = r"^sowohl (?=.+ als auch )"
AND, THEN = "und", "dann"
NO = "keine?|ohne"
LABEL_NAMES, PROJECT_NAMES, ESTIMATE_NAMES = "labels?|tags?|etiketten", "projekt", "dauer|schätzung"
RANKS = "dringend|(?:keine|normale|niedrige|mittlere|hohe|höchste) priorität"
TAKES = "dauert|braucht|dauer:?|schätzung:?"
HOURS_AFTER_NUMBER = "stunden?|std|minuten"
NEW_TITLE = (
    (
        r"(?:umbenennen in|nenne? (?:es|sie|ihn)|(?:neuer )?(?:titel|name)(?: ist)?:?|benenne? (?:es|sie"
        r"|ihn) um in)[ :]+(?P<de>.+)"
    ),
)
NOTE, NOTE_ADDED = "notiz(?:en)?", ""
NOTE_ARTICLES = "eine|die"
NO_NOTES = (r"(?:keine|ohne) notiz(?:en)?|notiz(?:en)? (?:weg|löschen|entfernen)",)

# --- Places in a list, and several tasks or requests -------------------------------------------------------

ORDINALS = ("erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte",)
ORDINAL_ENDINGS = "n r s m"
LAST_ONE = "letzte"
BEFORE_PLACES, NUMBERED = "die|der|das|den|dem|beide", r"aufgaben?|nummern?|nr\.?|punkte?"
NUMBER_NAMES = ("eins zwei drei vier fünf sechs sieben acht neun zehn", "ein beide", "eine beiden")
FIRST_PLACES, LAST_PLACES = "ersten? <n>|<n> ersten?", "letzten? <n>|<n> letzten?"
NUMBER_ENDINGS = ""
AFTER_PLACES = "aufgaben?|punkte?|eintr[aä]ge?|to-?dos?"
PLACES_DONE = (
    r"(?:bitte )?(?:hake?(?: bitte)? ab|abhaken|abgehakt|erledige?|beende?)",
    r"(?:(?:ist|sind) )*(?:erledigt|fertig)",
    r"(?:ich habe?|habe? ich)(?: schon)? (?:erledigt|gemacht|geschafft|fertig)",
)
BEFORE_NEW_DATES = "um auf am bis zum"
AND_TASKS = "und|sowie|plus|als auch|wie auch"
ALSO = "auch|dann|danach|anschließend|außerdem"

# --- Splitting a task into steps ---------------------------------------------------------------------------

PIECES = "schritte?n?|teile?n?|stücke?|teilaufgaben|unteraufgaben|häppchen"
_TEILE = "teile?|zerlege?|zerteile?|unterteile?|gliedere?|splitte?|zerleg|teil|brich"
SPLIT = (
    rf"(?:{_TEILE}) (?P<title>.+?) (?:(?:in|auf) <pieces>(?: (?:auf|ein))?|auf|ein)",
    r"(?P<title>.+?) (?:in <pieces> )(?:auf|ein|zer|unter)?(?:teilen|zerlegen|gliedern|splitten)",
    r"(?P<title>.+?) zerlegen",
    r"(?:zerlege?|splitte?) (?P<title>.+)",
    r"(?:bei|mit) (?:der |dem |meine[rm] )?(?P<title>.+)",  # what is left of "hilf mir bei der Steuer"
    r"ich komme? (?:bei|mit) (?:der |dem |meine[rm] )?(?P<title>.+?) nicht (?:weiter|voran)",
    (
        r"(?:wie|womit|wo) (?:fange?|soll|kann) ich (?:bei|mit) (?:der |dem |meine[rm] )?(?P<title>.+?)"
        r" (?:an|anfangen|beginnen)"
    ),
)
MAY_SPLIT = "teil|zerleg|glied|brich|schritt|stück|häpp|hilf|weiter|voran|fang|beginn"
SPLIT_ASKED = "(?:kannst|könntest|würdest) du |bitte |hilf mir,? "
SPLIT_IT = "es|das|dies"
SPLIT_ARTICLES = "(?:der|die|das|den|meine?n?|aufgabe) "
SPLIT_TASK_AT_END = "aufgabe"
NEVER_SPLIT = "rechnung|holz"
NO_STEPS = r"nein|nein,? danke|abbrechen|egal|lass(?: es)?|vergiss es|nichts|nicht jetzt|keine?"
STEP_THEN, STEP_AND, STEP_FIRST = "danach|dann", "und ", "zuerst|erst|als erstes"

# --- What `/token` is told ---------------------------------------------------------------------------------

NEW_ACCESS = "neu neues neuer"
REVOKE_ACCESS = "widerrufen löschen entfernen weg"
ACCESS_TO_READ, ACCESS_TO_WRITE, ACCESS_TO_ALL = "lesen", "schreiben ändern", "alles"
