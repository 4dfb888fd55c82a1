"""What people say to oO in German; ``core/words/phrasebooks/en/talk.py`` explains the constants.

Tests: tests/core/words/test_understand.py, tests/core/words/test_asks.py.
"""

from __future__ import annotations

# --- Politeness around what is said ------------------------------------------------------------------------

PLEASE, THANKING = "bitte", "danke"
HELLO, AFTER_HELLO, BEFORE_ALL = (
    r"(?:hallo|hi|hey|moin|servus)(?: du)?|guten (?:morgen|tag|abend)",
    r"erinner\w*|kannst|könntest|würdest|ich|füg\w*|bitte|was|zeig\w*",
    "also|ok|okay|so|ja|naja|ach(?: ?ja)?,? und|ach ?ja|ach|(?:ach )?übrigens|und außerdem|außerdem",
)
HESITATIONS = r"äh+m?|öhm?|hm+"
_GUT = "(?:super|toll|nett|schön|klasse|gut|lieb|cool|prima|großartig)"
FAVOURS = (
    (
        (
            r"^(?:kannst|könntest|würdest) du (?:bitte )?(?:so (?:lieb|nett|gut|freundlich) sein,? und"
            r"|mir (?:bitte )?(?:einen|den) gefallen tun,? und) "
        ),
        "kannst du ",
    ),
    (r"^tust du mir (?:bitte )?(?:einen|den) gefallen und erinnerst ", "erinnere "),
    (
        (
            r"^(?:ich wollte (?:dich )?(?:mal )?fragen,? ob|(?:wäre|ist) es möglich,? dass) du (.+?)"
            r" (?:erinnerst|erinnern (?:könntest|würdest|kannst|magst))"
        ),
        r"kannst du \1 erinnern",
    ),
    (r"^(?:tu|tust du) mir (?:bitte )?(?:einen|den) gefallen(?: und|[,:]) ", ""),
    (
        (
            rf"^(?:es )?wäre (?:echt |sehr |richtig )?{_GUT},? wenn du (.+?)"
            r" (?:erinnerst|erinnern (?:könntest|würdest|kannst|magst))"
        ),
        r"kannst du \1 erinnern",
    ),
    (r"^ich (?:glaube|denke|schätze),? (?=ich\b)", ""),
    (r"^ich darf (.{1,30}?) nicht vergessen,? (?=.+ .*zu)", r"ich darf nicht vergessen, \1 "),
)

# --- Short phrases -----------------------------------------------------------------------------------------

GREETING = (
    (
        r"(?:hallo+|hallöchen|moin(?: moin)?|servus|grüezi|grüß (?:gott|dich|euch)|guten? (?:morgen|tag"
        r"|abend)|na)(?: (?:oo|zusammen|du|ihr|alle|welt|bot|da))*"
    ),
)
THANKS = (
    (
        r"(?:super,? |ok,? |alles klar,? )?(?:danke(?: ?dir| ?schön| sehr| oo)?|(?:vielen |lieben "
        r"|besten |herzlichen )+dank|dankesehr)"
    ),
)
NOT_NOW = (
    r"nicht (?:jetzt|heute)|jetzt nicht|gerade nicht|heute nicht|(?:vielleicht )?später",
    r"(?:(?:das )?mache? ich|ich mache? (?:es|das)) (?:dann )?(?:später|heute(?: noch)?|ein andermal)",
    (
        r"das (?:will|möchte|mag|mache?) ich (?:heute|jetzt) nicht(?: (?:machen|tun))?"
        r"|(?:heute|jetzt) (?:will|möchte|mag) ich das nicht(?: (?:machen|tun))?"
        r"|ich (?:will|möchte|mag) das (?:heute|jetzt) nicht(?: (?:machen|tun))?"
    ),
    r"(?:(?:ich )?habe? )?(?:jetzt |gerade )?keine zeit|(?:jetzt|gerade) schlecht|passt gerade nicht",
    r"heute nicht mehr|heute schaffe? ich (?:das |es )?(?:nicht|nichts)(?: mehr)?",
    r"(?:ich )?(?:kann|bin) gerade (?:nicht|beschäftigt)|(?:ich )?kann (?:jetzt|heute) nicht",
)
_DEN_TIPP = r"(?:den|das|diesen|dieses)(?: tipp)?"
DISMISS = (
    r"verwerfen|überspringen",
    rf"(?:nein,? )?{_DEN_TIPP} (?:bitte |lieber )?nicht|(?:bitte )?nicht {_DEN_TIPP}",
    (
        rf"{_DEN_TIPP} (?:will|möchte|mag) ich nicht(?: (?:machen|tun))?"
        r"|ich (?:will|möchte|mag) das nicht (?:machen|tun)"
    ),
)
NEVER_AGAIN = (
    rf"(?:bitte )?(?:zeige?|schicke?|schlage?)(?: mir)? {_DEN_TIPP} (?:nie|nicht)(?: wieder| mehr)(?: vor)?",
    (
        rf"{_DEN_TIPP} (?:bitte )?(?:nie (?:wieder|mehr)|nicht (?:wieder|mehr) (?=\w))"
        r"(?: ?(?:zeigen|schicken|vorschlagen))?"
    ),
    rf"{_DEN_TIPP} (?:will|möchte) ich nie (?:wieder|mehr) sehen",
)
SNOOZE = (
    r"erinner(?:e|st du)? mich später(?: (?:noch ?mal|wieder|daran))?|verschieb(?:e|en)?(?: (?:es|das))?",
)
SNOOZE_UNTIL = (
    r"(?:noch ?mal|wieder) (?P<wieder_dann>(?:in|um|am) .+|(?:über)?morgen(?: .+)?)",
    r"(?P<dann_wieder>(?:in|um|am) .+|(?:über)?morgen(?: .+)?) (?:noch ?mal|wieder)",
    r"schlummer[ne]?(?: lassen)? (?P<schlummern>.+)",
    (
        r"erinner(?:e|st du)? mich (?:daran,? )?(?:noch ?mal |wieder )?"
        r"(?P<daran>.+?)(?: noch ?mal| wieder)?(?: daran| dran)?(?: noch ?mal| wieder)?"
    ),
    r"vielleicht (?P<vielleicht>.+)|(?P<dann_vielleicht>.+?),? vielleicht",
    r"verschieb(?:e|en)?(?: (?:es|das|den tipp))? (?:auf |um )?(?P<verschiebe>.+)",
)
UNDO = (
    r"(?:(?:das|alles?|beides?) )?(?:wieder )?rückgängig(?: machen)?",
    r"mache? (?:(?:bitte )?(?:es|das|alles?|beides?) )+(?:wieder )?rückgängig",
    (
        r"(?:mache? )?(?:das letzte|(?:die |meine )?letzte (?:aktion|änderung|sache)|den letzten schritt)"
        r" (?:wieder )?rückgängig(?: machen)?"
    ),
    r"widerrufen|zurücknehmen|nimm (?:es|das|die letzte änderung) (?:wieder )?zurück",
)
_UPS = "(?:(?:ups|hoppla|oh|halt|warte|moment|nein|ne|nee|sorry|mist)[,.!]? )*"
NOT_DONE = (
    (
        rf"{_UPS}(?:hab(?:e)? ich|ich hab(?:e)?)(?: (?:es|das))?(?: doch| noch| gar)* nicht"
        r"(?: gemacht| erledigt| getan)?"
    ),
    rf"{_UPS}(?:(?:es|das) ist )?(?:doch |noch |gar )*nicht (?:erledigt|fertig|gemacht)",
    rf"{_UPS}(?:ich habe?|habe? ich) (?P<de_nicht>.+?) (?:doch |noch )*nicht [a-zäöüß]+",
    rf"{_UPS}(?P<de_offen>.+?) (?:ist|sind) (?:doch |noch )*nicht (?:erledigt|fertig|gemacht)",
    r"(?:wieder )?(?:öffnen|aufmachen)|mach (?:es|das|sie) wieder auf",
)
BRING_BACK = (
    (
        rf"{_UPS}(?:hole?|bringe?|nimm|setze?|schreibe?|pack) (?:bitte )?(?:es|das|ihn|sie|beide|alles)"
        r" (?:wieder )?(?:zurück|(?:auf|in) die liste)(?: auf die liste)?"
    ),
    r"(?:es|das|ihn|sie) (?:wieder )?(?:wiederherstellen|zurückholen)|stelle? (?:es|das|ihn|sie) wieder her",
    r"(?:hole?|setze?|schreibe?) (?:bitte )?(?P<de_zurueck>.+?) (?:wieder )?zurück(?: auf die liste)?",
    r"(?:setze?|schreibe?|nimm) (?:bitte )?(?P<de_wieder_auf>.+?) wieder auf die liste",
    r"(?P<de_her>.+?) (?:wiederherstellen|zurückholen)|stelle? (?P<de_wieder>.+?) wieder her",
)
NOT_AFTER_ALL = (
    rf"{_UPS}(?:doch nicht|lieber (?:doch )?nicht)",
    rf"{_UPS}(?:das war (?:falsch|ein (?:versehen|fehler))|(?:aus )?versehen(?:tlich)?|falsche aufgabe)",
)
HELP = (r"(?:ich brauche )?hilfe|was kannst du|wie (?:geht|funktioniert) das|wer bist du",)
_DAS = r"(?:das|den(?: tipp)?|diesen tipp|die nachricht)"
WHY = (
    (
        rf"(?:warum|wieso|weshalb) (?:hast|schickst|schlägst|schreibst) du(?: mir)?(?: gerade| jetzt)? {_DAS}"
        r"(?: (?:jetzt|heute))?(?: (?:geschickt|geschrieben|vorgeschlagen|gesendet|ausgesucht|vor))?"
    ),
    r"warum|wieso|weshalb|(?:warum|wieso) (?:das|dieser tipp)",
    (
        r"(?:warum|wieso|weshalb) (?:(?:denn|gerade|jetzt|ausgerechnet|genau) )*(?:der|das|den"
        r"|dies(?:er|en)?)"
        r"(?: tipp)?(?: (?:jetzt|heute))?"
    ),
)
_WARUM = r"(?:warum|wieso|weshalb)(?: denn)?"
_SEIT = (
    r"(?: (?:mir|dich|mich|ich|von dir|heute|gestern|noch|denn|eigentlich|bisher|bis jetzt|so lange|lange|gar"
    r"|(?:heute|gestern) (?:morgen|früh|abend|mittag)|seit \S+(?: \S+)?|(?:die )?(?:ganze|diese) woche))*"
)
_NICHTS = r"(?:nicht|nichts|keine?n? (?:tipps?|nachricht(?:en)?))(?: mehr)?"
WHY_NOT = (
    rf"{_WARUM} (?:schreibst|meldest|schickst|sagst) du{_SEIT} {_NICHTS}{_SEIT}",
    rf"{_WARUM} hast du{_SEIT} {_NICHTS}{_SEIT}(?: (?:geschrieben|geschickt|gesendet|gemeldet|gesagt))?",
    (
        rf"{_WARUM} (?:kam|kommt|kamen|kommen|war|gab es|gibt es|(?:bekomme?|krieg|kriege) ich)"
        rf"{_SEIT} {_NICHTS}{_SEIT}"
    ),
    rf"{_WARUM} habe? ich{_SEIT} {_NICHTS}{_SEIT}(?: (?:bekommen|gekriegt|gehört))?",
    rf"{_WARUM} (?:nicht|keine?n? (?:tipps?|nachricht(?:en)?)){_SEIT}",
    rf"{_WARUM} (?:bist|warst) du{_SEIT} so (?:still|ruhig|stumm|schweigsam){_SEIT}",
)
HELPED = (r"hilfst du(?: mir)?(?: überhaupt)?|helfen deine tipps(?: mir)?",)
PLAN = (
    r"wann (?:schreibst|meldest) du(?: mir| dich)?(?: wieder)?",
    (
        r"wann (?:kommt|ist|gibt es|bekomme? ich|krieg(?:e)? ich) (?:(?:der|die|den|mein(?:en?)?|deine?) )?"
        r"nächste[rn]? (?:tipp|nachricht)"
    ),
    (
        r"(?:bin ich|bist du) (?:noch |gerade )?(?:pausiert|still|stumm)|wann endet (?:die|meine) pause"
        r"|(?:bis wann|wie lange) (?:bin ich|bist du) (?:noch )?(?:pausiert|still|stumm)"
    ),
)
LIST_TASKS = (
    r"erinnere mich an meine aufgaben",
    r"(?:zeig(?:e)?(?: mir)? )?(?:meine )?aufgaben|meine liste|was (?:steht|liegt)(?: heute)? an",
    (
        r"was (?:ist|habe? ich|hab ich|gibt es)(?: (?:denn|alles|noch))* (?:offen|übrig|zu tun|zu erledigen)"
        r"|(?:zeige?|gib)(?: mir)?(?: mal| bitte)* (?:(?:alle|meine|die|offenen) )+(?:(?:aufgaben"
        r"|to-?do-?)?liste"
        r"|aufgaben|to-?dos)"
    ),
    r"erinnere mich,? was ich (?:heute )?zu tun habe",
    r"zeige?(?: mir)?(?: mal| bitte)* (?:alles|die ganze liste)(?:,? was (?:offen ist|ich zu tun habe))?",
)
RESUME = (
    r"(?:sage?|blase?) (?:die|meine) pause ab|(?:die|meine) pause absagen|doch keine pause",
    r"(?:ich )?bin (?:wieder )?(?:zu ?hause|daheim)|(?:ich )?bin aus dem urlaub (?:zurück|wieder da)",
    r"weiter|weitermachen|(?:ich )?bin (?:wieder )?(?:zurück|da)|wieder da",
    (
        r"(?:(?:die|meine) )?pause (?:beenden|aufheben|(?:ist )?(?:vorbei|zu ende))"
        r"|(?:beende|stoppe?) (?:(?:die|meine) )?pause|ende der pause|fortsetzen|mach weiter"
    ),
    (
        r"(?:jetzt )?(?:du )?(?:kannst|darfst)(?: du)?(?: (?:mir|jetzt|ruhig|gerne?))* wieder(?: mit)?"
        r" (?:schreiben|loslegen|anfangen)|schreibe?(?: mir)?(?: bitte)? wieder|(?:leg"
        r"|fang) wieder (?:los|an)"
    ),
)

_URLAUB = r"(?:(?:der|den|die|meine?n?|unsere?n?) )?(?:urlaub|ferien|reise|auszeit)"
_IN_URLAUB = r"(?:in (?:den |die )?(?:urlaub|ferien)|im urlaub|weg|fort|verreist)"
NOT_AWAY = (
    rf"(?:sage?|blase?) {_URLAUB} (?:wieder )?ab|(?:streiche?|storniere?) {_URLAUB}",
    (
        rf"{_URLAUB} (?:(?:ist|sind|wurden?) )?(?:doch |leider )?(?:abgesagt|abgeblasen|gestrichen|storniert"
        r"|ausgefallen|gecancelt)"
    ),
    rf"{_URLAUB} f(?:ä|ae)llt (?:doch |leider )?(?:aus|flach|ins wasser)|{_URLAUB} fallen (?:doch )?aus",
    r"doch kein(?:e|en)? (?:urlaub|ferien|reise)",
    (
        r"(?:ich |wir )?(?:fahre?n?|gehe?n?|fliege?n?|bin|sind) (?:jetzt |nun )?(?:doch nicht|nicht mehr) "
        rf"{_IN_URLAUB}|(?:ich |wir )?verreise?n? (?:doch nicht|nicht mehr)"
    ),
    r"(?:ich )?habe? doch (?:keinen urlaub|keine ferien)|(?:ich )?bleibe? doch (?:zu ?hause|daheim|hier)",
)

# --- Silence -----------------------------------------------------------------------------------------------

BE_SILENT = (
    "lass mich in ruhe|ruhe|(?:sei|bleib) (?:bitte )?(?:still|ruhig|leise|stumm)"
    "|(?:alles )?stumm(?: schalten)?"
    "|pausiere?n?|mache? (?:bitte |mal )?(?:eine )?pause"
    "|(?:schreibe? mir|(?:störe?|nerve?) mich)(?: bitte| jetzt)* nicht(?: mehr)?"
    "|keine (?:tipps|nachrichten)(?: mehr)?|abmelden|hör auf(?: (?:zu schreiben|mir zu schreiben))?"
    "|(?:die |alle )?(?:benachrichtigungen|tipps) (?:aus|ausschalten|abschalten|abstellen)"
    "|(?:schalte?|stelle?) (?:die |alle )?(?:benachrichtigungen|tipps|nachrichten) (?:aus|ab)"
)
AWAY = "(?:ich bin )?(?:im urlaub|weg)"
SILENCE_ENDS = "bis auf weiteres"
SILENCE_LASTS = (
    "(?:bis|für|über|übers|am|ab|vom|von) .+|heute|morgen|diese woche|nächste woche|(?:dieses|das) wochenende"
    r"|(?:(?:am )?diesen )?(?:\w+tag|mittwoch|sonnabend)"
)
_WANN = (
    r"(?:bis|für|über|übers|am|ab|vom|von) .+?|heute|morgen|diese woche|nächste woche"
    r"|diesen (?:\w+tag|mittwoch|sonnabend)"
    "|(?:dieses|das) wochenende"
)
_WEG = "(?:im urlaub|in urlaub|weg|fort|verreist|unterwegs|nicht da|auf reisen|in den ferien|offline)"
_HIER = (
    r"(?:(?:in|bei) (?:(?:einer|einem|ner|nem|der) )?(?:meeting|besprechung|termin|call|sitzung|vorlesung)"
    r"|im (?:meeting|termin|gespräch|unterricht|zug|flieger|auto|kino|büro)"
    r"|(?:auf|bei) (?:der )?arbeit|in der (?:schule|uni)|beschäftigt|unterwegs|nicht erreichbar)"
)
_WOCHENTAG = "(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
_FREIER_TAG = (
    "(?:heute|morgen|übermorgen|(?:ab )?(?:diese|nächste|kommende) woche"
    rf"|(?:(?:am|an|ab|diesen|nächsten|kommenden) )*{_WOCHENTAG}(?: und (?:am )?{_WOCHENTAG})?)"
)
_FREIE_TAGE = rf"(?:{_FREIER_TAG}|(?:ab|vom|von|bis) .+)"
_NICHT_DA = "(?:nicht im büro|nicht auf (?:der )?arbeit|außer haus|out of office|ooo)"
SILENCE_UNTIL = (
    rf"(?:ich |wir )?hab(?:e|en)? (?:mir )?(?P<de_frei>{_FREIE_TAGE}) (?:frei(?: ?genommen)?)",
    rf"(?:(?:ich )?hab(?:e|en)? )?(?:frei|urlaub|ferien) (?P<de_frei_am>{_FREIE_TAGE})",
    rf"(?P<de_am_frei>{_FREIE_TAGE}) (?:(?:hab(?:e|en)? (?:ich|wir) )?(?:frei|urlaub|ferien))",
    rf"(?:(?:ich )?bin )?{_NICHT_DA} (?P<de_nicht_da>{_FREIE_TAGE})",
    rf"(?:(?:ich )?bin )?(?P<de_da_nicht>{_FREIE_TAGE}) (?:bin ich )?{_NICHT_DA}",
    rf"(?:ich )?arbeite (?P<de_arbeite>{_FREIE_TAGE}) nicht",
    rf"(?P<de_keine_arbeit>{_FREIER_TAG}) arbeite ich nicht",
    rf"(?:(?:ich )?bin|wir sind) (?P<weg>{_WANN}) {_WEG}",
    rf"(?:ich )?habe? (?P<urlaub>{_WANN}) (?:urlaub|ferien)",
    rf"(?:ich )?bin (?P<hier_bis>bis .+?) {_HIER}|(?:ich )?bin {_HIER} (?P<bis_hier>bis .+)",
    rf"(?P<zuvor>{_WANN}) (?:bin ich {_WEG}|habe? ich (?:urlaub|ferien))",
    rf"mache? (?:bitte )?(?P<mach>{_WANN}) (?:bitte |mal )?(?:eine )?pause",
    (
        rf"(?P<zuerst>{_WANN}),? (?:bitte )?(?:keine (?:tipps|nachrichten)(?: mehr)?"
        r"|(?:pause|ruhe|stumm|pausieren))"
    ),
    r"lass mich (?P<lass>bis .+|heute|diese woche|nächste woche) in ruhe",
    (
        r"(?:schreibe? mir|(?:störe?|nerve?) mich) (?P<schreib>bis .+|heute|diese woche|nächste woche)"
        r" nicht(?: mehr)?"
    ),
)
WEEKENDS = ("(?:(?:für|über|übers|am|an) )?(?:das |dem |dieses |diesem )?wochenende",)
PAUSE_FROM, PAUSE_TO, PAUSE_UNTIL = "ab|von|vom", "bis(?: zum)?", ""
QUIET_OFF = (
    (
        r"(?:(?:die|meine|alle) )*ruhezeit(?:en)? (?:aus|ab|weg|ausschalten|abschalten|abstellen|löschen"
        r"|aufheben)"
    ),
    (
        r"(?:schalte?|stelle?|mache?) (?:(?:die|meine|alle) )*ruhezeit(?:en)? (?:aus|ab|weg)"
        r"|(?:lösche?|entferne?|beende?|deaktiviere?) (?:(?:die|meine|alle) )*ruhezeit(?:en)?"
    ),
    r"keine ruhezeit(?:en)?(?: mehr)?|ich (?:will|brauche?|möchte) keine ruhezeit(?:en)?(?: mehr)?",
)
QUIET_NAMES = r"ruhezeit(?:en)?(?: ist| sind)?:?"
DAY_STARTS = "mo|di|mi|do|fr|sa|so"
ON_DAYS, DAYS_AND = "", "bis|und"
FROM_HOURS, TO_HOURS, HOUR_NAMES = "von|zwischen", "bis|und", "uhr"
FOR_A_WHILE = "für|über"
UNTIL_AFTER = "(?:bis )?nach (?:dem )?"
UNTIL_TOMORROW = "heute|den rest des tages"
UNTIL_NEXT_WEEK = "das wochenende|diese woche|die woche|bis nach dem wochenende"
THROUGH_NEXT_WEEK = "nächste woche"
THROUGH_TOMORROW = "für morgen"
MUTE = (
    r"(?:nichts mehr|keine tipps mehr|keine tipps|nie wieder etwas|nie) (?:über|zu|von) (?P<nichts>.+)",
    r"(?:schalte? )?(?:das )?thema (?P<thema>.+?) stumm(?:schalten)?",
    (
        r"(?:hör(?:e)? auf|lass es),? (?:mich )?(?:ständig )?(?:nach|wegen|mit|über|an) (?P<hoer_auf>.+?)"
        r" zu (?:fragen|nerven|schreiben|erinnern)"
    ),
    r"(?:schlage?|schlag) (?:mir )?(?:nie(?: wieder| mehr)?|nicht mehr) (?P<schlag>.+?) vor",
    r"(?:frage?|nerv|schreibe?) (?:mich|mir) nie(?: wieder| mehr)? (?:nach|wegen|mit|zu|über) (?P<frag>.+)",
)
MUTED_FOR_GOOD = "mehr|nie wieder|bitte"
_IN_EINEM_THEMA = r"(?:von|über|zu[rm]?|aus|für|mit|an|wegen)(?: (?:der|die|das|dem|den|meiner|meinem))?"
MUTING = r"keine?n?|nichts?|nie|stumm\w*|nur|lass"
MUTE_ON_DAYS = (
    rf"(?:bitte )?keine?n? (?P<kein>.+)|(?:bitte )?nichts {_IN_EINEM_THEMA} (?P<nichts_von>.+)",
    (
        r"(?:bitte )?(?:schicke?|zeige?|gib|schreibe?|erinnere?|nerve?)(?: (?:mir|mich))?"
        rf" (?:nichts|nicht|nie|keine?n?)(?: {_IN_EINEM_THEMA})? (?P<schick>.+)"
    ),
    (
        rf"ich (?:will|möchte|mag|brauche?) (?:nichts|keine?n?)(?: {_IN_EINEM_THEMA})? (?P<will>.+?)"
        r"(?: (?:hören|sehen|wissen|bekommen|haben|lesen))?"
    ),
    r"lass(?:e)? (?P<lass>.+?) (?:weg|aus|in ruhe)",
)
MUTE_ON_OTHER_DAYS = (
    rf"(?:etwas )?{_IN_EINEM_THEMA} (?P<nur>.+) nur|nur (?:etwas )?{_IN_EINEM_THEMA} (?P<nur_zu>.+)",
    r"(?P<nur_sachen>.+?(?:aufgaben|sachen|themen|tipps|kram|zeug)) nur",
)
MUTED_KINDS = (
    r"(?:-| |(?<=\w\w\w)s)"
    r"(?:aufgaben?|sachen?|themen?|tipps?|kram|zeug|dinge?|nachrichten|erinnerungen|to-?dos?)$"
)
UNMUTE = (
    r"(?:das )?thema (?P<thema_wieder>.+?) (?:wieder erlauben|nicht mehr stumm(?:schalten)?|wieder an)",
    r"(?:erlaube?) (?P<erlaube>.+?) wieder|stummschaltung (?:von|für) (?P<stummschaltung>.+?) aufheben",
    (
        r"(?:(?:du )?(?:darfst|kannst)(?: mir)? wieder|schreibe?(?: mir)? wieder) (?:etwas )?(?:über|zu|zum"
        r"|zur|von) (?P<wieder_zu>.+?)(?: schreiben)?"
    ),
)

# --- Done --------------------------------------------------------------------------------------------------

_DAS_HABE = (
    r"(?:(?:das |es )?habe?(?: ich)?(?:'s| es| das)?|ich habe?(?:'s| es| das)?)"
    r" (?:schon |gerade |eben |bereits )*"
)
DONE = (
    r"(?:schon )?(?:erledigt|gemacht|geschafft)|fertig",
    rf"{_DAS_HABE}(?:erledigt|gemacht|geschafft)",
    r"(?:das |es )?ist (?:schon |bereits )*(?:erledigt|gemacht|fertig)",
)
COMPLETED = (
    r"(?:ich )?(?:habe?|bin) (?P<habe>.+?) (?:erledigt|gemacht|geschafft)",
    r"(?:erledigt:?|(?:fertig|geschafft):|fertig mit) (?P<fertig>.+)",
    r"(?P<ist>.+?)(?: ist| sind)?(?: schon| beide| alle)* (?:erledigt|fertig)",
)
NOT_COMPLETED = "nicht|noch|nichts"
_ADVERBS = "(?:(?:schon|bereits|gerade|eben|endlich|heute|gestern|jetzt|längst|vorhin) )*"
_DEED = r"[a-zäöüß]*ge[a-zäöüß]+(?:t|en)|(?:be|ver|er|ent|zer|über|unter)[a-zäöüß]+(?:t|en)|[a-zäöüß]+iert"
DEEDS = (
    rf"(?:ich |wir )?(?:habe?n?|hab) {_ADVERBS}(?P<de_done>.+?) {_ADVERBS}(?P<de_deed>{_DEED})",
    rf"(?P<de_done2>.+?) (?:habe?n?|hab) (?:ich|wir) {_ADVERBS}(?P<de_deed2>{_DEED})",
    rf"(?P<de_done3>.+?) (?:ist|sind|wurden?) {_ADVERBS}(?P<de_deed3>{_DEED})",
    (
        rf"(?:ich |wir )?(?P<de_deed4>waren|war) {_ADVERBS}(?:bei(?: (?:der|dem|den|meiner|meinem))?|beim|im"
        r"|(?:in|auf|an) (?:der|dem|den)|am|zum|zur) (?P<de_done4>.+)"
    ),
    (
        rf"(?P<de_done5>(?!(?:es|das|alles|er|sie|ich|wir|ihr|du|hier)\b)[^,]+?)"
        rf" (?:ist|sind) {_ADVERBS}(?P<de_deed5>draußen|draussen|raus|weg|sauber|leer)"
    ),
)
_BERICHTET = (
    "bezahlt|gezahlt|überwiesen|beglichen|gekauft|eingekauft|besorgt|geholt|abgeholt|geschickt|abgeschickt"
    "|verschickt|losgeschickt|zurückgeschickt|gesendet|abgesendet|geschrieben|gebucht|bestellt|geputzt|gegossen"
    "|gewaschen|abgewaschen|gespült|repariert|abgegeben|eingereicht|zurückgebracht|weggebracht|rausgebracht"
    "|runtergebracht|gebracht|rausgestellt|verlängert|gelesen|gekocht|gebacken|gebügelt|gedruckt|ausgedruckt"
    "|gesaugt|gewischt|gemäht|gefüttert|aufgeräumt|weggeräumt|ausgeräumt|eingeräumt|ausgefüllt|unterschrieben"
    "|vereinbart|ausgemacht|verkauft|entsorgt|weggeworfen|zurückgegeben|aufgehängt|gepackt|verpackt|eingepackt"
    "|vorbereitet|beantwortet|beantragt|angemeldet|abgemeldet|gekündigt|installiert|geliefert|gereinigt|geflickt|gemacht"
    "|angerufen|besucht|getroffen|genommen|getankt|geladen|aufgeladen|bezogen|reserviert|eingelöst|umgetopft"
    "|gefaltet|zusammengelegt|gebadet|geharkt|weggeschickt|abgehoben|eingezahlt|eingeworfen|ausgetauscht"
    "|gewechselt|fertiggestellt|gescannt|eingescannt|hochgeladen|heruntergeladen|gelöscht|gelernt|geübt|aufgebaut"
    "|montiert|aufgegeben|getrennt|geschnitten|geprüft|überprüft|korrigiert|gestaubsaugt|abgestaubt|entkalkt"
    "|nachgefüllt|aufgefüllt|abgewischt|abgetrocknet|weitergeleitet|vorbeigebracht|mitgebracht|mitgenommen"
    "|abgeschlossen|aufgeschrieben|besprochen|gestellt|rausgeräumt|sortiert|organisiert"
)
_ABGESAGT = "abgesagt|storniert|gecancelt|ausgefallen|abgeblasen"
REPORTS = (rf"(?P<de_done>.+?) {_ADVERBS}(?P<de_deed>{_BERICHTET}|{_ABGESAGT})",)
TO_DO_BEGINS = ""
OFF_DEEDS = _ABGESAGT
DEEDS_AFTER = "(?: (?:schon|bereits|heute|gestern|jetzt))+"
IRREGULAR_DEEDS = {
    "war": "gehen fahren besuchen bringen", "waren": "gehen fahren besuchen bringen",
    "draußen": "rausbringen rausstellen runterbringen raustragen bringen stellen",
    "draussen": "rausbringen rausstellen runterbringen raustragen bringen stellen",
    "raus": "rausbringen rausstellen runterbringen raustragen abschicken schicken bringen",
    "weg": "wegbringen rausbringen runterbringen entsorgen wegwerfen abschicken wegschicken",
    "sauber": "putzen reinigen säubern saubermachen waschen spülen wischen schrubben",
    "leer": "leeren ausräumen ausleeren", "bezahlt": "zahlen überweisen begleichen",
    "gezahlt": "bezahlen überweisen",
    "überwiesen": "überweisen zahlen bezahlen", "beglichen": "begleichen zahlen bezahlen",
    "unterschrieben": "unterschreiben", "runtergebracht": "runterbringen rausbringen",
    "weggeworfen": "wegwerfen", "geworfen": "werfen", "eingeworfen": "einwerfen", "abgehoben": "abheben",
    "geschnitten": "schneiden", "gegessen": "essen", "getrunken": "trinken", "geschlossen": "schließen",
    "abgeschlossen": "abschließen", "besprochen": "besprechen", "gesprochen": "sprechen",
    "aufgeschrieben": "aufschreiben", "mitgebracht": "mitbringen", "vorbeigebracht": "vorbeibringen",
    "mitgenommen": "mitnehmen", "eingenommen": "einnehmen nehmen", "gefunden": "finden suchen",
    "gebracht": "bringen", "weggebracht": "wegbringen", "rausgebracht": "rausbringen",
    "zurückgebracht": "zurückbringen", "geschrieben": "schreiben", "gegossen": "gießen",
    "angerufen": "anrufen telefonieren", "genommen": "nehmen", "getroffen": "treffen",
    "besorgt": "kaufen holen",
    "gekauft": "besorgen holen", "geholt": "kaufen besorgen abholen", "abgegeben": "abgeben",
}  # fmt: skip
PARTICIPLE_PART = "ge"
FULFILLING = """
    war waren draußen draussen raus sauber
    bezahlt gezahlt überwiesen beglichen gekauft besorgt geholt abgeholt geschickt abgeschickt verschickt
    geschrieben angerufen gebucht bestellt geputzt gegossen gewaschen repariert abgegeben eingereicht
    zurückgebracht weggebracht rausgebracht runtergebracht verlängert gelesen gekocht gebügelt gedruckt
    unterschrieben gefüttert gesaugt gewischt gemäht ausgefüllt zurückgegeben entsorgt weggeworfen getankt
    gekündigt beantwortet ausgedruckt gescannt eingezahlt
"""
BOOKING = "gebucht reserviert"
AROUND_A_LABEL = "es sie das bitte ja mal"
COMPLETED_ARTICLES = "der |die |das |den |meine?n? "

# --- Replies to a tip --------------------------------------------------------------------------------------

REPLY_DONE = (
    (
        r"(?:ja,? )?(?:(?:ist|war|hab(?:e)?(?: ich)?) )?(?:schon |bereits |längst )?"
        r"(?:erledigt|gemacht|fertig|geschafft|getan|done)"
    ),
    r"schon passiert|abgehakt",
    r"(?:hab(?:e)? )?ich(?: hab(?:e)?)?(?: es| das)? (?:schon|bereits) (?:gemacht|erledigt)",
)
REPLY_NOT_NOW = (r"noch nicht|(?:vielleicht )?später|ein ander(?:es )?mal|jetzt nicht",)
REPLY_YES = (
    (
        r"(?:ja+|jo|jep|jup|jawohl|klar|gerne?|natürlich|einverstanden|ok(?:ay)?|mach(?: das| es|'?s)?|genau)"
        r"(?:,? (?:ja|klar|gerne?|bitte|doch|mach(?: das| es|'?s)?|genau|alle))*"
    ),
)
NEXT_PAGE = (
    r"(?:bitte )?(?:weiter|mehr|weitere)(?: bitte)?|nächste(?: seite)?",
    r"(?:zeige? )?(?:mir )?(?:mehr|weitere)",
)
PREVIOUS_PAGE = (r"zurück|vorige(?: seite)?|vorherige(?: seite)?|früher",)
REPLY_NO = (
    r"ne+in|nö|nee|nein,? danke|(?:das )?nicht|das nicht|lieber nicht|will ich nicht",
    r"kein interesse|weg damit",
)
REPLY_UNDO = (r"(?:doch )?nicht erledigt|rückgängig|zurück|doch nicht",)
REPLY_WHY = (r"warum(?: denn| jetzt)?|wieso(?: denn| das)?|weshalb|wozu",)
REPLY_SNOOZE = (r"erinner(?:e|st du)? mich(?: später| nochmal)?|schlummern",)
REPLY_NEVER = (r"nie(?: wieder)?|nie mehr",)
BEFORE_A_MOMENT = (
    "nein|lieber|besser|eher|erst|dann|vielleicht|erinner(?:e)? mich(?: wieder)?|bis|ich mache? (?:es|das)"
)
AFTER_A_MOMENT = ""
THAT = "das|es|der|die"
NO_VALUE = (r"abbrechen|abbruch|egal|vergiss es|lass es|doch nicht",)

# --- Tips --------------------------------------------------------------------------------------------------

TIP_QUESTION = (
    r"(?:und )?was (?:kommt |mache? ich )?als nächstes|was zuerst",
    (
        r"(?:womit|wo|mit was) (?:soll|kann|fange?) ich (?:jetzt |heute |am besten )*"
        r"(?:anfangen|beginnen|starten|an)"
    ),
    (
        r"(?:(?:gib|zeige?|hast du|sage?)(?: mir)? )?(?:bitte |mal )*(?:et)?was"
        r" (?:kleines|schnelles|einfaches|leichtes|kurzes|zu tun)"
    ),
    (
        r"was (?:geht|ginge|schaffe? ich|passt|kann ich) (?:noch |so )?(?:in|mit) (?P<geht_in>.+?)"
        r"(?: (?:schaffen|machen|erledigen|tun))?"
    ),
    r"was (?:soll|kann) ich(?: jetzt| heute| als nächstes)? (?:tun|machen)|was (?:nun|jetzt)",
    (
        r"(?:(?:gib|schicke?|sage?|zeige?|nenne?)(?: mir)?|hast du|hättest du|ich (?:brauche?|will"
        r"|möchte|hätte gern))"
        r" (?:(?:bitte|mal|noch|schnell) )*(?:eine?n? )?(?:(?:kurz|schnell|klein|gut|neu)en? )?"
        r"(?:tipp|idee|vorschlag)(?: für mich| parat)?"
    ),
    r"(?:noch )?(?:ein(?:en)? )?(?:anderen?|weiteren?|neuen?|kurzen?|schnellen?) (?:tipp|vorschlag)",
    r"(?:gib mir )?(?:(?:noch )?ein(?:en)? )?tipp|mir ist langweilig|ich brauche (?:einen tipp|eine idee)",
    (
        r"(?:gib mir |zeige? mir )?(?:bitte |lieber )*(?:(?:noch )?ein(?:en)? ander(?:en|er)"
        r"|(?:et)?was anderes)(?: tipp)?|(?:(?:den|der|bitte) )*nächste[rn](?: tipp)?"
    ),
)
I_HAVE = "(?:ich )?habe?(?: (?:nur|noch|gerade|jetzt|mal))*|habe? ich(?: nur| noch)*"
TIME_BEFORE, TIME_ABOUT, TIME_AFTER = "für|in|mit", "etwa|ungefähr", "zeit"
_I_AM = "(?:(?:ich )?(?:bin|habe?) )?(?:(?:gerade|heute|sehr|so|voll|echt|total|ganz schön) )*"
LOW_ENERGY = (rf"{_I_AM}(?:müde|erschöpft|wenig energie|keine energie)",)
HIGH_ENERGY = (rf"{_I_AM}(?:fit|wach|voller energie|viel energie)",)
CLAUSES_AND, NO_CLAUSE_AFTER_AND = "und|aber", "eine halbe"

# --- What is asked -----------------------------------------------------------------------------------------

TODAY, TOMORROW, WEEK = "heute(?: noch)?", "morgen", "(?:in )?(?:diese[r]?|die) woche"
AGENDA = (
    (
        r"was (?:steht|liegt|ist|habe? ich|gibt(?: e|')s|muss ich)(?: denn)? <day>(?: alles| noch)*"
        r"(?: an| vor| los| zu tun| fällig| machen| erledigen| tun| geplant| auf dem (?:plan|programm))?"
    ),
    (
        r"was (?:steht|liegt) an <day>|(?:meine? )?(?:agenda|tagesplan|plan) (?:für )?<day>|was (?:habe?"
        r"|muss) ich noch <day> vor"
    ),
    (
        r"(?:was|welche aufgaben) (?:ist|sind|kommt|kommen|wäre)(?: (?:denn|alles))* <day>(?: (?:denn|alles"
        r"|noch))* dran"
    ),
    r"was (?:kommt|erwartet mich|wartet)(?: alles)? <day>(?: (?:alles|noch|auf mich))*",
    r"erinnere? mich,? was ich <day> (?:zu tun|vor) habe",
)
MY_DAY = (r"(?:meine )?agenda|mein tag",)
YESTERDAY = "gestern"
DONE_ON = (
    (
        r"(?:was|wie ?viele?(?: aufgaben)?|welche aufgaben) (?:habe?|hab) ich(?: (?:schon|alles|denn"
        r"|bisher))* <day>"
        r"(?: (?:schon|alles|bisher))* (?:geschafft|erledigt|gemacht|getan|abgehakt)"
    ),
    (
        r"(?:zeige?|sage?)(?: mir)?(?: mal| bitte)*,? was ich <day>(?: alles| schon)*"
        r" (?:geschafft|erledigt|gemacht|getan|abgehakt) habe?"
    ),
    r"was (?:ist|wurde) <day>(?: schon| alles)* (?:erledigt|geschafft)(?: worden)?",
)
STATS = (
    (
        r"(?:wie ?viel(?:e)?(?: aufgaben)?|was) (?:habe? ich|hab ich)(?: (?:heute|diese woche|schon|alles"
        r"|bisher|letzte woche))*"
        r" (?:geschafft|erledigt|gemacht|getan|abgehakt)"
    ),
    (
        r"(?:meine )?(?:statistik(?:en)?|zahlen|fortschritte?)(?: (?:der|für die|dieser) woche)?|wie war"
        r" meine woche|wie läuft(?:'s| es) bei mir"
        r"|wie (?:läuft|lief|war) (?:meine|die|diese) woche(?: so| bisher| denn)*"
    ),
)
_NACHRICHTEN = r"(?:nachrichten|tipps?|mitteilungen|meldungen|vorschläge|benachrichtigungen)"
LESS = (
    r"nerve?(?: mich)?(?: bitte)? nicht(?: (?:so|so viel|so oft|rum|ständig))?|du nervst(?: mich)?",
    (
        r"(?:(?:kannst|könntest) du )?(?:bitte )?(?:schreibe?|schick|sende?|melde? dich)(?: mir)?(?: bitte)?"
        r" (?:etwas |ein bisschen )?"
        rf"(?:weniger|seltener|nicht so (?:oft|viel|viele))(?: oft| {_NACHRICHTEN})?"
    ),
    r"(?:kannst|könntest) du(?: mir| bitte)* (?:weniger|seltener|nicht so (?:oft|viel)) schreiben",
    (
        rf"(?:etwas |bitte )*(?:weniger|seltener|nicht so (?:oft|viele?|häufig))(?: {_NACHRICHTEN}|"
        rf" schreiben| oft)?"
    ),
    (
        rf"(?:das sind |du schickst(?: mir)? |es sind )?(?:viel )?zu (?:viele?|oft|häufig)(?:"
        rf" {_NACHRICHTEN})?|du (?:schreibst|meldest dich)(?: mir)?"
        r" (?:viel )?zu (?:oft|viel|häufig)"
    ),
)
MORE = (
    (
        rf"(?:schreibe?|schick|sende?|melde? dich)(?: mir)?(?: bitte)? (?:mehr|öfters?|häufiger)(?:"
        rf" {_NACHRICHTEN})?"
    ),
    (
        rf"(?:bitte )?(?:mehr {_NACHRICHTEN}|öfters?(?: schreiben)?|häufiger(?: schreiben)?|zu wenige?"
        rf" {_NACHRICHTEN})"
    ),
    (
        r"du (?:schreibst|meldest dich)(?: mir)? zu (?:selten|wenig)|du (?:kannst|darfst)(?: mir)? (?:öfter"
        r"|mehr|häufiger) schreiben"
    ),
)
_AUFGABEN = r"(?:aufgaben|to-?dos|tasks)"
_ZEIG = r"(?:(?:zeige?|liste|such|finde?)(?: mir)?(?: bitte)? )"
OVERDUE = (
    r"was habe? ich (?:alles )?(?:vergessen|verpasst|verschwitzt|versäumt)",
    (
        rf"{_ZEIG}?(?:alle |meine |die )*(?:überfälligen?|verspäteten?) {_AUFGABEN}|was ist (?:alles |schon"
        rf" )?überfällig|überfällige?s?"
    ),
    (
        rf"(?:wie ?viele?|welche)(?: (?:von )?(?:meinen? )?{_AUFGABEN}| sachen)? sind (?:(?:schon|denn"
        rf"|gerade|noch) )*"
        r"überfällig"
    ),
    (
        rf"(?:wie ?viele?|welche) überfälligen? {_AUFGABEN}(?: (?:habe? ich|gibt es|sind da)(?: noch)?)?"
        rf"|(?:habe? ich|gibt es)(?: (?:noch|irgendwelche))* überfällige {_AUFGABEN}"
        rf"|(?:ist (?:noch |schon )?(?:irgend)?(?:et)?was|sind (?:noch |schon )?{_AUFGABEN}) überfällig"
    ),
)
DUE_TODAY = (rf"{_ZEIG}?(?:alle |meine |die )*(?:heutigen {_AUFGABEN}|{_AUFGABEN} (?:für |von )?heute)",)
BY_LABEL = (
    (
        rf"{_ZEIG}?(?:(?:alle|meine|die) )*(?P<etikett>[#@][^\W\d_][\w/-]*)[ -]{_AUFGABEN}"
        rf"|{_ZEIG}?{_AUFGABEN} mit (?P<mit>[#@]\S+)"
    ),
)
ABOUT = (
    r"(?:zeige?|liste|finde?)(?: mir)?(?: mal| bitte)* alles (?:zu|zum|zur|über|mit|für) (?P<de_alles>.+)",
    rf"alle (?:meine )?{_AUFGABEN} (?:zu|zum|zur|über|mit|für) (?P<de_alle>.+)",
    rf"{_ZEIG}(?:(?:alle|meine|die) )*{_AUFGABEN} (?:zu|zum|zur|über|mit|für) (?P<de>.+)",
    rf"welche {_AUFGABEN} (?:habe ich |gibt es )(?:zu|zum|zur|über|mit|für) (?P<welche>.+)",
)
EXPORT = (
    (
        rf"(?:bitte )?(?:exportiere?|sichere?)(?: mir)?(?: bitte)? (?:(?:alle|meine|die) )*"
        rf"(?:{_AUFGABEN}|liste|aufgabenliste)(?: (?:als|im|in)(?: eine?)? (?P<de_format>.+?))?(?: herunter)?"
    ),
    (
        rf"(?:(?:kannst|könntest) du (?:bitte )?)?(?:(?:alle|meine|die) )*(?:{_AUFGABEN}|liste|aufgabenliste)"
        r"(?: als(?: eine?)? (?P<de_als>.+?))? (?:exportieren|herunterladen|runterladen|sichern)"
    ),
    (
        rf"lade? (?:(?:alle|meine|die) )*(?:{_AUFGABEN}|liste)(?: als(?: eine?)? (?P<de_lade>.+?))?"
        r" (?:herunter|runter)"
    ),
    rf"(?:gib|schick)(?: mir)? (?:(?:alle|meine|die) )*{_AUFGABEN} als (?:eine? )?(?P<de_datei>.+)",
)
_DIENST = (
    r"(?:(?:meinen?|mein|den|das|einen?) )*(?P<{}>(?:[\w-]+[ -])?[\w-]*kalender|todoist|caldav)(?:[ -]konto)?"
)
MY_PAGE = (
    (
        r"(?:bitte )?(?:öffne|zeige?|gib|schick)(?: mir)?(?: bitte)? (?:den link zu )?meiner? (?:eigene )?"
        r"(?:web)?seite"
    ),
    (
        r"(?:(?:kannst|könntest) du (?:mir )?(?:bitte )?)?meine (?:eigene )?(?:web)?seite"
        r"(?: (?:öffnen|zeigen|anzeigen|aufmachen))?"
    ),
    r"(?:wo (?:ist|finde ich)|wie öffne ich|wie komme ich (?:zu|auf)) meiner? (?:web)?seite",
)
CONNECT = (
    (
        r"(?:(?:kannst|könntest) du (?:bitte )?|wie kann ich |kann ich |ich (?:möchte|will|würde gerne?) )?"
        rf"{_DIENST.format('de_dienst')}(?: mit (?:dir|oo))?"
        r" (?:verbinden|verknüpfen|anbinden|anschließen|einbinden|synchronisieren)"
    ),
    (
        r"(?:bitte )?(?:wie )?(?:verbinde|verknüpfe|synchronisiere)(?: ich)?(?: bitte)?"
        rf" {_DIENST.format('de_den_dienst')}(?: (?:mit (?:dir|oo)|bitte))*"
    ),
)
_BITTE_ICH = (
    r"(?:(?:kannst|könntest) du (?:bitte )?|wie kann ich |kann ich |bitte "
    r"|ich (?:möchte|will|würde gerne?) )?"
)
DISCONNECT = (
    (
        rf"{_BITTE_ICH}{_DIENST.format('de_weg')}(?: bitte)?"
        r" (?:trennen|abkoppeln|entkoppeln|abhängen|abmelden|lösen)"
    ),
    (
        r"(?:bitte )?(?:wie )?(?:trenne?|entkopp(?:le|el)|löse?)(?: ich)?(?: bitte)?"
        rf" {_DIENST.format('de_den_weg')}(?: (?:von (?:dir|oo)|bitte|wieder))*"
    ),
    rf"(?:bitte )?(?:kopp(?:le|el)|häng|melde?) {_DIENST.format('de_ab')} (?:wieder )?ab",
    (
        rf"{_BITTE_ICH}(?:(?:trenne?|beende?|lösche?|löse?|entferne?) )?(?:die )?verbindung (?:zu[mr]?|mit)"
        rf" {_DIENST.format('de_verbindung')}(?: (?:trennen|beenden|lösen|löschen|entfernen|bitte))*"
    ),
)
HERE = "hier(?:her|hin)?"
BROWSER = r"(?:(?:den|dem|meinen|meinem) )?browser"
_NEUES = "(?:tipps?|nachrichten?|vorschläge?|hinweise|meldungen|erinnerungen|alles)"
WRITE_ON = (
    (
        r"(?:(?:kannst|könntest) du )?(?:bitte )?(?:schicke?|sende?|schreibe?|gib)(?: mir)?(?: bitte)?"
        rf"(?: (?:alle|meine|deine|die))*(?: {_NEUES})?"
        r"(?: (?:bitte|ab jetzt|künftig|in zukunft|nur noch|lieber))*"
        r" (?:(?:nach|in|auf|über|per|via|an|im) )?<channel>"
        r"(?: (?:ab jetzt|künftig|in zukunft|nur noch|bitte|schicken|senden|schreiben))*"
    ),
    (
        rf"(?:(?:alle|meine|deine|die) )*{_NEUES} (?:bitte |ab jetzt |künftig |lieber )*"
        r"(?:nach|in|auf|über|per|via|an|im)? ?<channel>(?: (?:schicken|senden|schreiben|bitte))*"
    ),
    rf"(?:nutze?|benutze?|nimm|verwende?) <channel> für (?:(?:alle|meine|deine|die) )*{_NEUES}",
)

_MELDUNGEN = (
    r"(?:(?:alle|die|meine|deine|diese|und|oder) )*(?:tipps?|erinnerungen?|nachrichten?|benachrichtigungen"
    r"|meldungen|vorschläge|alles)"
)
_PER_MAIL = r"(?:per|via|als|mit|in) (?:einer )?(?:e-?)?mails?"
MAIL_NAMES = (r"e-?mail", "mail")
MAIL_ME = (
    (
        rf"(?:schicke?|sende?|maile?|leite?)(?: mir)?(?: bitte)?(?: {_MELDUNGEN})+(?: bitte)?"
        rf"(?: {_PER_MAIL})?(?: (?:an|auf))?(?: (?:meine|die) (?:e-?)?mail(?:-?adresse)?:?)? <address>"
        rf"(?: {_PER_MAIL}| weiter| bitte)*"
    ),
    rf"(?:schicke?|sende?|maile?)(?: mir)?(?: bitte)?(?: {_MELDUNGEN})+ {_PER_MAIL}",
    (
        rf"(?:ich (?:möchte|will|hätte gerne?)|kann ich|wie bekomme ich)(?: {_MELDUNGEN})+ {_PER_MAIL}"
        r"(?: (?:an|auf) <address>)?(?: bekommen| haben| erhalten)?"
    ),
    rf"(?:schreibe?|maile?) mir(?: bitte)? {_PER_MAIL}(?: an <address>)?",
    r"(?:schreibe?|maile?) mir(?: bitte)?(?: an)? <address>",
    (
        rf"(?:kannst|könntest|würdest) du(?: mir)?(?: bitte)?(?: {_MELDUNGEN})+ (?:{_PER_MAIL}|an <address>)"
        r"(?: an <address>)? (?:schicken|senden|schreiben)"
    ),
    rf"{_MELDUNGEN} {_PER_MAIL}(?: an <address>)?(?: bitte)?",
    r"(?:verbinde|verknüpfe|nimm|nutze?) (?:(?:meine|die) )?(?:e-?)?mail(?:-?adresse)?:?(?: <address>)?",
    r"meine (?:e-?)?mail(?:-?adresse)? (?:ist|lautet) <address>",
)
ABOUT_TOMORROW = "(?:für )?morgen"
SPEAK = (
    (
        r"(?:(?:kannst|könntest|würdest) du )?(?:schreibe?|antworte?|sprich|rede?|spreche?)"
        r"(?: (?:bitte|mit mir|mir|zu mir|jetzt))*(?: (?:auf|in))? <name>(?: (?:mit mir|bitte|ab jetzt"
        r"|weiter))*"
    ),
    (
        r"(?:kannst|könntest|würdest) du(?: (?:bitte|mit mir|mir|auch))*(?: (?:auf|in))? <name>"
        r"(?: (?:sprechen|schreiben|antworten|reden))?"
    ),
    r"sprichst du(?: auch)? <name>|(?:auf|in) <name>(?: ab jetzt)?",
    r"(?:stelle?|wechsle|ändere?)(?: die| deine)? sprache (?:auf|zu) <name>(?: um)?",
)
SPEAK_ANY = (
    (
        r"(?:(?:kannst|könntest|würdest) du )?(?:schreibe?|antworte?|sprich|rede?|spreche?|sprichst du|kannst"
        r" du)(?: (?:bitte|mit mir|mir|zu mir|auch|jetzt))*(?: (?:auf|in))? <name>"
        r"(?: (?:mit mir|sprechen|schreiben))?"
    ),
    (
        r"(?:kannst|könntest|würdest) du(?: (?:bitte|mit mir|mir|auch))*(?: (?:auf|in))? <name>"
        r" (?:sprechen|schreiben|antworten|reden)"
    ),
)

# --- To-dos without words that ask for one -----------------------------------------------------------------

CHORES = ""
CHORES_AT_END = """
    abbestellen abbuchen abgeben abheben abholen ablesen abmelden abschicken abschließen abspülen abstauben
    abtauen abtrocknen abwaschen anbauen anfragen ankündigen anmelden anprobieren anrufen anschauen
    anschließen ansehen anstreichen antworten anziehen arbeiten aufbauen auffüllen aufhängen aufladen
    aufräumen aufschreiben ausdrucken ausfüllen ausleihen ausmisten auspacken ausräumen aussortieren
    aussuchen austauschen auswechseln backen baden basteln bauen beantragen beantworten bearbeiten beenden
    besorgen besprechen bestellen besuchen bezahlen bohren bringen buchen bügeln digitalisieren drucken
    duschen düngen einkaufen einladen einlagern einlösen einpacken einreichen einrichten einräumen
    einschicken einschreiben eintragen einzahlen entkalken entrümpeln entsorgen erledigen erneuern ernten
    fahren faxen fegen feiern füttern gehen gießen gratulieren heften heizen hinbringen holen hängen impfen
    installieren joggen kaufen kehren kleben klären kochen kontaktieren kontrollieren kopieren kündigen
    kürzen laden laminieren laufen leeren lernen lesen lüften machen mahlen malen melden messen mieten
    mitbringen mitnehmen montieren mähen nachfragen nachfüllen nachsehen nehmen nähen ordnen organisieren
    packen pflanzen pflegen planen polieren posten proben programmieren prüfen putzen radeln rasieren
    rausbringen rausstellen raussuchen recherchieren rechnen reinigen renovieren reparieren reservieren
    saugen schauen schicken schleifen schmieren schneiden schreiben schwimmen sortieren spazieren spenden
    sperren spielen spülen staubsaugen stellen stornieren streichen stricken studieren suchen tanken
    tauschen telefonieren testen tippen trainieren treffen trinken trocknen turnen umbuchen umfüllen
    umtauschen umtopfen unternehmen unterschreiben updaten verabreden verbuchen vereinbaren vergleichen
    verkaufen verlegen verlängern vermieten verpacken verschenken verschicken versenden versichern verteilen
    vertikutieren vorbereiten vorkochen vorlesen wandern waschen wechseln wegbringen wegräumen wegwerfen
    weiterleiten werfen wickeln wischen wählen zahlen zeichnen ziehen zubereiten zurückbringen zurückgeben
    zurückrufen zurückschicken zusammenbauen zusammenfassen zusammenlegen ölen üben überarbeiten überprüfen
    übersetzen überweisen
"""
ABOUT_CHAT = """
    aufgaben tipp tipps nachricht nachrichten benachrichtigung benachrichtigungen erinnerung
    erinnerungen einstellung einstellungen sprache zeitzone bot oo weniger seltener öfter häufiger
"""
NOT_ABOUT_CHAT = (
    r"\bnachricht(?:en)? an (?!mich\b|slack|telegram|whatsapp|meine? (?:mail|handy))\w.*",
    r"\bnachricht(?:en)? (?:von|der|des) .*|\bsprachen? (?:lernen|üben)\b.*|\btrinkgeld\b.*",
)

DEEDS_OF_TALK = ""
CONVERSATION = """
    tschüss tschüs servus
    ich du wir er sie es ist sind war bin hat haben kann nicht nein ja wer was wann wo wie warum bis dann gern
    erinnere erinner verschiebe
"""
NOT_TALK_AFTER_CHORES = ""
RULE_WORDS = r"jede\w*|alle|täglich|wöchentlich|monatlich|nach(?:dem)?"
BEFORE_DATES = "am bis"
WITHIN_DATES = "im"
