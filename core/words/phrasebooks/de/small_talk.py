"""Small talk in German; ``core/words/phrasebooks/en/small_talk.py`` explains the constants.

Tests: tests/core/words/test_small_talk.py.
"""

from __future__ import annotations

WORDS = """
    abbrechen abbruch aber ach achso aha alles also alter arsch arschloch beispiel beispiele bereit bitte
    blöd blöde blöder blödmann blödsinn boah bot cool danke dankeschön depp digga doch doof dumm dumme
    dummer echt egal ehrlich einverstanden ende entschuldigung ernsthaft erschöpft etwas ey falsch fertig
    fuck furchtbar ganz gar geil genau genervt genial gern gerne gestresst gleich gut gute guter haha hallo
    hallöchen herrje hey hi hihi hm hmm hoppla huch hungrig hurra hä idee idiot infos interessant irgendwas
    irgendwie ja jaja jawohl jep jo jup kein keine klappe klar klasse krank krass langweiler langweilig
    leider los lustig lächerlich mal mann maul mehr mensch menü mist moin moinsen moment morgen müde na naja
    natürlich ne nee nein nene nerv nervig nervst nichts nie niemals nix nochmal nutzlos nächste nächstes nö
    nützlich oh ohje oje ok okay passt pause perfekt prima puh quatsch richtig roger ruhe sauer schade
    scheisse scheiß scheiße schlecht schlimm schwachsinn schön sekunde selbstverständlich servus sicher so
    sorry spaß spitze spät später start stimmt stop stopp super test testen testnachricht tippfehler tja
    toll top traurig trottel tschau tschuldigung tschö tschüs tschüss tschüssi uff unsinn ups verdammt
    verstanden verzeihung vielleicht wahnsinn wahr wahrscheinlich warte warten weiß wetter willkommen
    wirklich witz wow wunderbar wurscht zurück äh ähm übrigens
"""

BETWEEN = """
    1 123 2 3 aber alle alles auch auf bin bist da dank dann das dem den der dich die dir drei du ein eine
    einen einer einmal eins es geht geht's gehts halt halts heute hier ich ihr ist ja jetzt kurz lass leck
    leute lieben mal mich mir mit nicht noch nur oder oo sehr sind so und viel vielen von war was welt wie
    wir zu zur zusammen zwei
"""

LAUGHTER = ""
OPENINGS = "ach aha haha hihi hm hmm hä naja nee nichts nix nö oh tja äh"
OPENINGS_OF_A_TIME = (
    r"um (?:punkt )?(?:\d{1,2}|halb|viertel|eins?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf"
    r"|zwölf)"
)

PHRASES = (
    r"\d+ (?:minuten?|min|stunden?)",
    r"noch ?(?:ein)?mal(?: bitte)?",
    (
        r"gute[nrs]? (?:morgen|tag|abend|nacht|idee|bot|job|arbeit|besserung|reise|laune|frage|witz"
        r"|so|gemacht)"
    ),
    r"grüß (?:gott|dich|euch)|grüezi|grüß dich|hallo (?:zusammen|welt|ihr|du|bot|alle)",
    r"in ruhe .+|nichts machen|(?:was|etwas) anderes .+",
    r"keine (?:ahnung|lust|zeit|idee|frage|sorge|angst)(?: .*)?|ruhe geben",
    r"(?:hab|habe) keine (?:zeit|lust|ahnung)(?: .*)?",
    r"(?:halt|halts|halt's) (?:die klappe|den mund|das maul|deine klappe|maul|mund|klappe)",
    r"verpiss dich|leck mich(?: .*)?|hau ab|geh (?:weg|schlafen|sterben|heim)|zieh leine|fick dich",
    r"mach(?: einfach)? weiter",
    r"(?:lass|lassen) (?:das|es|mich|sein|gut sein)(?: .*)?|hör auf(?: damit)?|hau rein|komm schon",
    r"pass auf|schau mal|sag mal|mach mal|vergiss es|weiter so|gut gemacht",
    r"wie (?:geht'?s|gehts|geht es)(?: dir| euch| ihnen)?(?: .*)?|was geht(?: ab)?",
    r"alles (?:klar|gut|ok|okay|gute|super|fit)(?: .*)?|(?:auf|los) geht'?s",
    (
        r"(?:erzähl|erzähle|sag|sing|schreib)(?: mir| uns| mal)* (?:ein|eine|einen) (?:witz|lied"
        r"|geschichte|gedicht)(?: .*)?"
    ),
    r"(?:spiel|spiele) (?:etwas )?musik(?: ab)?|musik (?:abspielen|spielen|an|aus)",
    r"wie (?:ist|wird) das wetter(?: .*)?|(?:das )?wetter(?:bericht)?(?: (?:heute|morgen))?",
    r"wie (?:spät|viel uhr) ist es",
    r"(?:mach |schalte )?(?:das )?licht (?:an|aus|anmachen|ausmachen|einschalten|ausschalten)",
    (
        r"(?:so ein |was für ein )?(?:schlechter|blöder|mieser|guter|schöner|langer|harter"
        r"|anstrengender|stressiger|schlimmer|scheiß) tag(?: (?:heute|gestern|war das))?"
    ),
    (
        r"(?:schöne[nrs]?|gute[nrs]?)(?: (?:tag|abend|wochenende|feierabend|urlaub|woche"
        r"|nacht))(?: (?:noch|dir|euch|auch|gewünscht))*"
    ),
    r"frohe (?:weihnachten|ostern|feiertage)|frohes (?:neues(?: jahr)?|fest)",
    r"(?:guten|einen guten) rutsch",
    r"(?:herzlichen glückwunsch|alles gute)(?: .*)?|(?:ist )?nur ein test|(?:bla ?)+",
    r"lange nicht gesehen|(?:einen |eine |nur eine? )?(?:moment|minute|sekunde|augenblick)(?: bitte)?",
    r"warte (?:mal|kurz|bitte)",
    r"ich (?:bin's|bins)|\w+ hier|mein name ist .+",
    r"(?:heute )?nichts(?: (?:besonderes|neues|heute|mehr|zu tun))*|heute nichts|gar nichts",
    r"(?:das )?stimmt (?:nicht|so nicht|schon)",
    r"(?:guter|braver|dummer|blöder|schlechter|böser) (?:bot|roboter|witz)",
)

ANSWERS = (
    (
        r"(?:ja|jo|jep|jup|jawohl|ok|okay|klar|gut|passt|alles klar|alles gut|super|prima|nein|nee|nö"
        r"|genau|stimmt|richtig|gerne?|einverstanden|natürlich)(?:[ ,]+(?:ja|ok|okay|gut|super|danke"
        r"|doch|genau|klar|dann|alles klar|nicht))*"
    ),
    (
        r"(?:sorry,? |ups,? )?(?:falsche[rs]? (?:chat|person|fenster|gruppe|empfänger)"
        r"|(?:das )?war (?:gar )?nicht (?:für dich|an dich)(?: gedacht)?)"
    ),
    r"alles fertig für heute",
    r"tsch(?:üss|üs|au|ö|üssi)|ciao|servus|bis (?:bald|dann|später|morgen|demnächst|nachher)",
    r"gute nacht|schöne[nrs]? (?:tag|abend|wochenende|feierabend)(?: noch)?|mach'?s gut",
    r"auf wiedersehen|(?:endlich )?feierabend",
    r"(?:(?:das )?(?:war'?s|ist alles|reicht)|genug|schluss|feierabend|fertig)(?: dann)? für heute",
    r"sorry|entschuldigung|tut mir leid|ups|hoppla|mein fehler|verzeihung|vergiss es|egal|abbrechen",
    r"abbruch|kein problem|keine sorge|bitte(?: sehr| schön)?|gern geschehen|schon gut|lass gut sein",
    (
        r"(?:weiß (?:ich )?nicht|ich weiß (?:es )?nicht|keine ahnung|kein plan|vielleicht|mal sehen"
        r"|nichts|nix|verstanden)(?: (?:noch|heute|mehr|jetzt|genau))*"
    ),
    r"heute nichts|(?:einen |eine )?(?:moment|minute|sekunde|augenblick)(?: bitte)?",
    r"warte(?: mal| kurz)?|gleich",
)
