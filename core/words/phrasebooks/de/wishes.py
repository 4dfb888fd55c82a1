"""How people wish in German for a task; ``core/words/phrasebooks/en/wishes.py`` explains the constants.

Tests: tests/core/words/test_wishes.py, tests/core/words/test_details.py, tests/core/words/test_lines.py.
"""

from __future__ import annotations

# --- Reminders ---------------------------------------------------------------------------------------------

_BEFORE_TIME_OR_CONNECTOR = r"(?=\s*[:,–-]|\s+(?:\d|ans?|in|daran|für|um|am|jeden|heute|morgen)\b)"
REMINDERS = (
    r"erinner(?:e|t|st du|n sie)? (?:mich|uns)(?: bitte)?(?: mal)?(?: noch ?mal)?",
    (
        r"(?:(?:(?:kannst|könntest|würdest|willst|magst) du|denke? (?:bitte )?(?:daran|dran),?"
        r"|vergiss nicht,?) (?:mich|uns|mir(?= .+ bescheid))|ich (?:möchte|will|würde gerne?)"
        r"|(?:gib|gebt|sage?) (?:mir|uns)(?= (?:bitte )?(?:um|gegen|in|am|morgen|heute)\b.+ bescheid"
        r"|(?: bitte)? bescheid (?:um|gegen|in \d|am|morgen|heute)\b)) (?:bitte )?"
        r"(?:(?P<verb_last>.+?) )?(?:(?:zu )?erinner(?:n|t werden)|bescheid(?: geben| sagen)?)"
    ),
    (
        r"(?:erstelle?|stelle?|mache?|setze?|lege?)(?: mir)? (?:einen? )?(?:neuen? )?"
        r"(?:erinnerung(?: an)?|wecker(?: auf)?)"
    ),
    rf"(?:neue )?erinnerung{_BEFORE_TIME_OR_CONNECTOR}",
)
CONNECTORS = (r"(?:daran|dran|ans?|für|dass(?= ich)|zu[rm]?)[\s,:]+",)
CLAUSE_CONNECTOR = ""
# Words with "zu" need no "daran" before them: "erinnere mich, Mama anzurufen".
INFINITIVE_CLAUSE = r"(?:\S+ )+(?:(?:\w+zu|zu )[a-zäöüß]+n)"
CLAUSE_JOINTS, NO_CLAUSE_FIRST = "daran,? ", "an|daran"
AFTER_BARE_HOUR = "(?:daran|an) "
LIST_JOINTS, LISTED_AND = "und|oder", "und"
FOR_A_TIME, AROUND, SOME_TIME = "für", "gegen", "später"
QUESTION = "was|wann|wo|wer|wen|warum|wieso|wie|welche[rsnm]?|ob|wenn"
ABOUT_IT = "an"
NOT_A_TASK = "es|das|dies|mich|dich|uns|etwas|was|alles|später|daran|dran"
AFTER_IT = "wieder"
ASKED_FOR = "kannst|könntest|würdest"

# --- Reminders before an event -----------------------------------------------------------------------------

BEFORE = "vor"
AFTER_BEFORE = "(?:dem|der|meine[mr]|unsere[mr]) "
BEFORE_A_TASK = (
    (
        r"erinner(?:e|st du)? mich(?: bitte)? (?P<de_an>.+?) (?:vorher|davor|zuvor) (?:an|ans)"
        r" (?:den |das |die |meine[nr]? )?(?P<de_an_task>.+)"
    ),
    (
        r"erinner(?:e|st du)? mich(?: bitte)? (?:an|ans) (?:den |das |die |meine[nr]? )?(?P<de_dann_task>.+?)"
        r" (?P<de_dann>(?:\d+|eine?n?|zwei|drei|fünf|zehn|am) (?:\S+ )?\S+) (?:vorher|davor|zuvor)"
    ),
    (
        r"erinner(?:e|st du)? mich(?: bitte)?(?: nochmal)? (?P<de>.+?) (?:vorher|davor|vor (?:de[mr] "
        r"|meine[mr] )?(?P<de_task>.+))"
    ),
    (
        r"(?:kannst|könntest) du mich(?: bitte)? (?P<kannst>.+?) vor (?:de[mr] |meine[mr]"
        r" )?(?P<kannst_task>.+) erinnern"
    ),
)
ONE_UNIT = "am (?=tag)"
NAMED_LEADS: dict[str, str] = {}
LEAD_BEFORE = "vorher|davor|zuvor|im voraus|früher|eher"
TIME_BEFORE = {
    "evening": (
        "am (?:abend (?:vorher|davor|zuvor|vor(?= (?:dem|der|meine[mr]) ))|vorabend)"
        "|(?:den|einen) abend (?:vorher|davor|zuvor)"
    ),
    "day": (
        "am (?:tag (?:vorher|davor|zuvor|vor(?= (?:dem|der|meine[mr]) ))|vortag)"
        "|(?:(?:den|einen?|1) tag|tags) (?:vorher|davor|zuvor|früher)"
    ),
    "morning": "(?:am selben|an dem|am gleichen) morgen",
}
SO = "also|deshalb|deswegen|darum|aber|dann|bitte"
NO_SECOND_WISH_AFTER = "zu dass er sie du wir wer soll sollen kann könnte muss nicht sagte"
LEAD_OF_EACH, LEAD_TASKS = "jeder|allen", "aufgaben?"
LEAD_FOR_ME, LEAD_ALWAYS = "mich|uns", "immer"
_AUFGABEN = r"(?:aufgaben?|termine?n?|sachen?|dinge|to-?dos?)"
_ALLE = rf"(?:alles|jede[nmrs]? {_AUFGABEN}|alle[nr]?(?: meine[rn]?)? {_AUFGABEN})"
_FRÜHER = f"(?:{LEAD_BEFORE})"
_IMMER = "(?:immer|standardmäßig|grundsätzlich|jedes ?mal)"
LEAD_OF_ALL = (
    rf"erinner[en]?(?: sie)? mich(?: bitte)?(?: {_IMMER})? (.+?) vor (?:allem|{_ALLE})",
    rf"erinner[en]?(?: sie)? mich(?: bitte)?(?: {_IMMER})? (.+? {_FRÜHER}) an {_ALLE}",
    rf"erinner[en]?(?: sie)? mich(?: bitte)?(?: {_IMMER})? an {_ALLE}(?: {_IMMER})? (.+? {_FRÜHER})",
    rf"erinner[en]?(?: sie)? mich(?: bitte)?(?: {_IMMER})? (pünktlich) an {_ALLE}",
    rf"erinner[en]?(?: sie)? mich(?: bitte)? {_IMMER} (.+? {_FRÜHER})",
    rf"erinner[en]?(?: sie)? mich(?: bitte)?(?: {_IMMER})? an {_ALLE}",
)
_NICHT = r"(?:nicht|nie)(?: mehr| immer)?"
NO_LEAD_OF_ALL = (
    rf"erinner[en]?(?: sie)? mich(?: bitte)? {_NICHT}(?: an {_ALLE})?(?: (.+))? {_FRÜHER}",
    rf"erinner[en]?(?: sie)? mich(?: bitte)?(?: an {_ALLE})? {_NICHT}(?: (.+))? {_FRÜHER}",
    rf"erinner[en]?(?: sie)? mich(?: bitte)? {_NICHT}(?: (.+))? vor (?:allem|{_ALLE})",
    rf"keine erinnerung(?:en)?(?: mehr)?(?: (.+))? (?:{_FRÜHER}|vor (?:allem|{_ALLE}))",
)
AT_THE_TIME = r"pünktlich|zur zeit|0 ?min(?:uten?)"

# --- Reminders at a time that cannot be --------------------------------------------------------------------

PAST_DAYS = r"(?:vor)?gestern|letzte[nrs]? \w+"
IN_AN_AMOUNT, MINUS, ZERO = "in", "minus", "null"
UNITS_OF_TIME = r"sekunden?|std\.?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?"
AT_A_CLOCK_TIME = "um|gegen|ab"
SURELY_AT = ""
OF_A_MONTH = ""

# --- Wishes without a reminder -----------------------------------------------------------------------------

_LISTE = r"(?:meine|die|meiner|der)? ?(?:to-?do-?|aufgaben|einkaufs)?liste"
_NOCH_OFFEN = (
    r"(?:(?:eine?n?|noch|weitere|neue[rns]?|mal|bitte|mir|kurz) )*"
    r"(?:aufgaben?|to-?dos?|erinnerung(?:en)?|eintrag|punkt|termin|etwas|was)(?: neues)?"
)
_EINTRAGEN = "hinzufügen|anlegen|eintragen|erstellen|notieren|aufschreiben|hinzuf(?:ue|u)gen|setzen|stellen"
ALONE = (
    (
        r"(?:kannst du |könntest du |würdest du )?(?:mich )?(?:bitte )?"
        r"(?:erinner(?:e|st du)? mich|erinnern)(?: (?:bitte|mal|an (?:et)?was|daran))*"
    ),
    r"(?:neue|weitere|noch eine) (?:aufgabe|erinnerung)(?: (?:für )?(.+))?",
    (
        rf"(?:füge?|trage?|lege?|schreibe?) {_NOCH_OFFEN}(?: (?:für )?(.+?))?(?: (?:zu|in|auf) {_LISTE})? "
        r"(?:hinzu|ein|an|auf)"
    ),
    rf"(?:erstelle?|notiere?|mache?|setze?|stelle?) {_NOCH_OFFEN}(?: (?:für )?(.+?))?(?: ein)?",
    (
        r"(?:(?:ich (?:will|möchte|würde gerne?|muss)|kannst du|könntest du|kann ich|lass mich) )?"
        rf"{_NOCH_OFFEN}(?: (?:für )?(.+?))?(?: (?:zu|in|auf) {_LISTE})? (?:{_EINTRAGEN})"
    ),
)
"""The group is a time."""
TASK_LABELS = "(?:neue )?aufgabe|notiz|zu erledigen|noch zu tun"
NEW_TASKS = "neue aufgabe"
TO_DO = (
    r"(?!(?:ich|wir|du|das|es|habe?)\b)(?P<vergessen>.+?),? (?:bitte |bloß |ja )*nicht vergessen[!. ]*",
    r"ich (?:darf|will|sollte) (?P<darf>(?!das\b|nicht\b).+?) (?:nicht|auf keinen fall) vergessen",
    r"(?:zu |sich )?merken: ?(?P<merken>.+)",
    (
        r"(?:nicht vergessen|verg(?:iss|esst) (?:bitte |bloß |ja )*nicht|denke? (?:bitte )?(?:daran|dran)"
        r"|ich (?:darf|will|möchte|sollte) (?:das )?(?:nicht|auf keinen fall) vergessen)[:,]? (?:daran,? "
        r"|dass (?=ich ))?(?P<vergiss>.+)"
    ),
    (
        r"vergiss (?P<nicht>.+) nicht|merke? dir:? (?P<merk>.+)"
        r"|notiere?(?: dir| mir| mal| bitte)*:? (?P<notier>.+)"
        r"|schreibe?(?: dir| mir)?(?: bitte)? auf(?:, (?=dass ich )|:? )(?P<schreib>(?!die |meine |eine ).+)"
    ),
    r"lege? (?:eine|die) (?:neue )?aufgabe an:? (?P<lege>.+)",
)
ALSO = "auch(?: noch)?|noch"
TO_LIST = (
    (
        rf"füge? (?P<fuege>.+?)(?: (?:(?:zu|auf|in) |zur )?{_LISTE})? hinzu"
        rf"|trage? (?:mir |bitte |noch |mal )*(?P<trag>.+?)(?: in {_LISTE})? ein"
    ),
    rf"(?:setze?|schreibe?|packe?|tu|nimm|stelle?) (?:bitte |mal )*(?P<setz>.+?) (?:auf|in) {_LISTE}",
    (
        r"(?:(?:kannst|könntest|würdest) du )?(?:bitte |mal )*"
        rf"(?P<auf>.+?) auf {_LISTE}(?: setzen| schreiben| packen)?"
    ),
)
_ADVERBS = "(?:(?:noch|auch|mal|unbedingt|wirklich|eigentlich) )*"
NEEDS = (
    (
        r"(?:(?:ich )?brauch(?:e|'|) |wir brauchen )(?:noch |mehr )?(?P<brauche>(?!hilfe|pause|zeit|ruhe|rat"
        r"|(?:eine?n? )?(?:tipps?|pause|idee|rat|moment)|urlaub|schlaf|dich|das|es|etwas"
        r"|nichts)(?:\S+ ?){1,4})"
    ),
)
NO_THINGS = (
    r"kaffee|tee|bier|wein|schlaf|ruhe|pause|urlaub|ferien|liebe|freunde?|\w*freund(?:in)?|job|arbeit|stille"
    r"|unterstützung|aufmerksamkeit|antwort(?:en)?|infos?|feedback|therapie|luft|energie|kraft|glück|mut"
    r"|geduld"
    r"|geld|tage?|woche|stunden?|minuten?|essen|frühstück|mittag|kuss|umarmung|nicht|nie|kein\w*|nur"
    r"|weil|wenn"
    r"|mein\w*|dein\w*|ihn|sie|euch|uns|mich|mal|jetzt|zu lange|lang|struktur|ideen?|beispiele?"
)
ALSO_ADD = r"(?:und )?(?:außerdem|ausserdem|dazu noch|ebenfalls|auch noch)|und (?:auch|noch)"
GIVING, A_THING = "", ""
FAMILY = "mama|mutti|papa|vati|oma|opa"
TIMES_A_DAY = (
    r"(?P<count>\d|drei|vier|fünf|sechs) ?(?:x|mal) (?:am tag|pro tag|täglich)"
    r"|(?P<twice>(?:2|zwei) ?(?:x|mal)) (?:am tag|pro tag|täglich)"
)
EVERY_HOURS = (
    r"alle (?P<hours>(?:\d{1,2}|zwei|drei|vier|sechs|acht|zwölf) (?:stunden|std|h))|jede (?P<one>stunde)"
)
TO_A_DAY = "zu|zum|auf|für"
HAVE_TO = (
    (
        rf"(?:ich )?(?:muss|müsste) {_ADVERBS}(?P<muss>.+)|ich (?:sollte|soll) {_ADVERBS}(?P<sollte>.+)"
        rf"|wir (?:müssen|sollten) {_ADVERBS}(?P<wir>.+)"
    ),
)
_NOW = "(?: (?:jetzt|gleich|bald|mal|erst))*"
TALK = (
    (
        r"(?:los|weg|gehen|schlafen|essen|arbeiten|nachdenken|überlegen|warten|aufhören|mal|raus|heim|weiter)"
        rf"(?: gehen)?{_NOW}"
    ),
    rf"(?:jetzt|gleich|bald) (?:los|weg|gehen|schlafen|arbeiten|raus|heim){_NOW}",
    r"(?:nach hause|ins bett|aufs klo|dir|dich)\b.*",
    r"(?:(?:euch|ehrlich|schon) .*)?(?:sagen|zugeben|gestehen|wissen|verstehen|lachen)\b.*",
)
WOULD_LIKE = (r"ich (?:will|möchte|würde gerne?) (?P<will>.+(?:en|ern|eln|tun))",)
NEXT_DAYS = "heute morgen übermorgen"
VISITS = (
    r"\w*arzt|\w*ärztin|friseur\w*|frisör\w*|physio\w*|\w*therapie|massage|\w*termin|meeting"
    r"|\w*besprechung|\w*gespräch"
    r"|mittagessen|abendessen|verabredung|probe|tüv|werkstatt"
)
_EVENT = (
    r"(?:\w*termin|\w*treffen|\w*prüfung|\w*klausur|\w*gespräch|\w*besprechung|\w*unterricht|\w*vorlesung"
    r"|\w*flug|\w*feier|\w*party|hochzeit|\w*konzert|\w*spiel|\w*probe|\w*schicht|\w*abgabe|\w*kurs"
    r"|\w*stunde|\w*vorstellung|\w*präsentation|meeting|geburtstag|zahnarzt|friseur|date|verabredung)"
)
_KEIN_GAST = (
    "(?:ich|du|er|sie|es|wir|ihr|das(?= kommt| hat|$)|was|wer|wann|wie|warum|wo|da|ob|niemand|keiner|nichts?"
    r"|kommt|am|heute|morgen|übermorgen|nächste\w*|diese\w*|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|sonnabend|\d\S*)"
)
APPOINTMENT = (
    (
        rf"(?:ich hab(?:e)?'?|hab(?:e)? ich) (?:(?P<de_time>(?!eine?n? |nicht |mein).+?) )?"
        r"(?:(?:eine?n?|noch|meinen?|den|die|das) )*"
        rf"(?P<de_have>(?:\w+ )?{_EVENT}\b.*)"
    ),
    # The birthday before its day, so that the title has no day within: "Mama hat Donnerstag Geburtstag".
    (
        rf"(?P<de_who>(?:meine? )?(?!{_KEIN_GAST}\b)\w+(?: \w+)?) hat"
        r"(?= .+ (?P<de_birthday>geburtstag)$)(?P<de_when> .+) geburtstag"
    ),
    (
        rf"(?P<de_who2>(?:meine? )?(?!{_KEIN_GAST}\b)\w+(?: \w+)?)"
        r" hat (?P<de_birthday2>geburtstag)(?P<de_when2> .+)"
    ),
    r"hat (?P<de_whose>(?:meine? )?\w+(?: \w+)?) (?P<de_birthday3>geburtstag)",
    r"(?:es )?ist (?P<de_ist>(?:\w+ ){1,3}geburtstag|(?:der )?geburtstag von .+)",
    rf"(?:der |die |das )?(?P<de_kommt>(?!{_KEIN_GAST}\b)(?:\S+ ){{1,4}}(?:kommt|kommen)(?: .+)?)",
    rf"(?P<de_event>(?:\w+ ){{0,3}}{_EVENT}(?: \w+){{0,3}}?) (?:ist|beginnt)(?P<de_is> .+)",
)
NO_DEED = r".*\b(?:nicht|nie|keine?[nmrs]?|pausieren|aufhören|(?:aus)?schlafen)\b.*"
WAKE = (
    (
        r"(?:(?:kannst|könntest|würdest) du mich |weck(?:e|st du)? (?:mich|uns) )(?:bitte )?"
        r"(?P<de>.+?)(?: auf| wecken)?"
    ),
    r"stelle?(?: mir)? (?:einen|den|meinen) wecker (?:auf |für )?(?P<wecker>.+)",
    r"(?:den )?wecker (?:auf |für )(?P<wecker_auf>.+?)(?: stellen)?",
    r"(?:stelle?(?: mir)? )?(?:einen |den )?timer (?:auf |für )(?P<timer_de>.+?)(?: stellen)?",
)
WAKING = {"de": "aufwachen", "wecker": "Wecker", "wecker_auf": "Wecker", "timer_de": "Timer"}
TIMERS = {"timer_de": "in "}
INVERTED = (
    (r"(muss|müsste|sollte|soll|darf|habe?|möchte|würde) ich ", r"ich \1 "),
    (
        (
            rf"(kommt|kommen) (?!{_KEIN_GAST}\b)(.+?)"
            r"(?= (?:um|gegen|ab|zwischen|von|zu|zum|zur|mit|wegen|für|nach|vorbei|an)\b|$)"
        ),
        r"\2 \1",
    ),
)

# --- The text of a task ------------------------------------------------------------------------------------

NESTED = ""
PLAINER = ((r"^((?:heute|morgen|am \w+) |)(?:noch|unbedingt) (?=\w)", r"\1"),)
_PREFIX = (
    "ab|an|auf|aus|bei|durch|ein|fest|fort|frei|los|mit|nach|nieder|raus|rein|um|vor|vorbei|weg|weiter|wieder"
    "|zu|zurück|zusammen"
)
_CLAUSE_ENDS = r"(?=$|[,.;!]| (?:und|oder|bevor|damit|morgen|heute|übermorgen|am|um|bis|in|vor|jeden) )"
# A verb at the end of "dass ich …", and infinitives with *zu*.
AS_A_TASK = (
    (r"(?i:^(?:dass )?ich (.+) (?:muss|soll|sollte|will|wollte|möchte|darf)$)", r"\1"),
    (rf"\bzu ([a-zäöüß]+(?:en|ern|eln|tun|sein))\b{_CLAUSE_ENDS}", r"\1"),
    (rf"(?i:\b({_PREFIX})zu([a-zäöüß]{{2,}}(?:en|ern|eln|tun))\b{_CLAUSE_ENDS})", r"\1\2"),
)
INFINITIVES: dict[str, str] = {}
INFINITIVE_ENDINGS: tuple[tuple[str, str], ...] = ()
PRONOUNS = ""

# --- Lists of tasks ----------------------------------------------------------------------------------------

TASKS_FOLLOW = (
    (
        r"(?:(?:meine|neue|die) )?(?:aufgaben|to-?dos|liste|aufgabenliste|erinnerungen)|zu erledigen|zu tun"
        r"|erinnere mich an|ich muss(?: noch)?"
    ),
)
LETTER_BEGINS = "hallo|liebe[rs]?|danke|lg|vg|mfg"
LETTER_LINES = (r"(?:viele|liebe|beste) grüße.*|ja|nein",)
SHOPPING_LISTS = (
    "(?:einkauf|einkaufen|einkäufe|einkaufsliste|einkaufszettel|supermarkt|besorgungen"
    "|(?:zu |noch )?(?:kaufen|besorgen))"
)
AGAIN = "nochmal "
AT_AN_HOUR = "um"

# --- Details of a task -------------------------------------------------------------------------------------

THAT, THAT_ALONE = "es|das", "das|es"
TAKES = r"dauert|braucht|brauche\s+ich|dauer:"
CIRCA, ROUGHLY = r"ca\.?|circa", "etwa|ungefähr|rund"
NO_ESTIMATE_AFTER = "der|die|das|was|wie lange|für|während|um"
AMOUNT_PARTS = "halb|stunde"
ABOUT_AN_AMOUNT = r"nur|noch|maximal|höchstens|circa|ca\.?|etwa|ungefähr|rund|gut|knapp"
ACTIVITIES = """
    lesen spazieren laufen joggen meditieren trainieren dehnen schwimmen üben lernen radfahren
"""
LASTING, LONG = "für", "lang"
CONTEXTS = """
    zuhause arbeit büro besorgungen telefon rechner einkaufen unterwegs stadt garten warten
"""
COLOUR_WORDS = "farbe|farbcode|streichen|hintergrund"
WORDS_BEFORE_A_NAME = "über auf in zu mit von an im und oder"
SHOPPING = "kaufen besorgen holen einkaufen bestellen mitbringen"
URGENT = "dringend"

# --- An estimate without any word for it -------------------------------------------------------------------

ESTIMATE_UNITS = r"std\.?|stunden?|minuten?"
ESTIMATE_MINUTES = "minuten"
ESTIMATES_IN_WORDS = "eine (?:halbe )?stunde"
UNITS_OF_NO_CLOCK = r"stunden?|std\.?"
NO_ESTIMATE_BESIDE_BEFORE = "für in nach vor alle jede bis die der das ab seit um oder und"
NO_ESTIMATE_BESIDE_AFTER = "vor nach lang später früher pro zu mehr und oder"
BEFORE_DATES = "am und"

# --- Deadlines ---------------------------------------------------------------------------------------------

DEADLINE = (
    r"(?:deadline|(?:abgabe|letzte )?frist|abgabetermin|abgabedatum|stichtag|letzter termin)"
    r"(?: ist| bis| am| zum| den| der| endet| läuft bis)*"
)
WITH_A_DEADLINE = "(?:mit|und|hat)(?: der| einer| dem| den| einen?)?|die|der"
NO_LATER_THAN = (
    r"(?:(?:bis|am) )?(?:aller)?spätestens(?: bis| am| zum)*|nicht später als(?: am)?|bis(?:"
    r" zum)?(?= [^,;]{1,30} spätestens\b)"
)
NO_DEADLINE_AFTER = (
    "über|um|für|wegen|von|vor|nach|zur|zum|die neue|neue|meine|unsere|diese|verlängere|prüfe|einer?|jede"
    "|verpasse|kläre"
)
