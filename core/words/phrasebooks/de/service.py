"""What people ask oO about itself in German; ``core/words/phrasebooks/en/service.py`` explains all.

Tests: tests/core/words/test_service.py.
"""

from __future__ import annotations

_SHOW = r"(?:(?:zeige?|öffne|ändere?)(?: mir)? )?(?:(?:alle|meine|die|deine) )*"
SETTINGS = (
    rf"{_SHOW}(?:einstellungen?|optionen|konfiguration)(?: (?:zeigen|ändern|öffnen|anzeigen))?",
    r"(?:wo (?:sind|finde ich)|gibt es) (?:die |meine )?(?:einstellungen|optionen)",
)
PRIVACY = (
    rf"{_SHOW}(?:datenschutz(?:erklärung|einstellungen)?|privatsphäre)|dsgvo|mein konto|meine daten",
    r"(?:wo|wie) (?:sind|werden|speicherst du|liegen) (?:meine|die) (?:daten|aufgaben)(?: gespeichert)?",
    r"sind meine daten (?:sicher|privat|verschlüsselt)|ist das (?:sicher|privat|anonym)",
    r"was (?:weißt|speicherst|sammelst) du(?: (?:alles|über mich|von mir))*",
    r"(?:liest|kannst) du meine (?:nachrichten|daten)(?: (?:lesen|sehen|mit))?",
)
_DATA = r"(?:(?:alle|meine|mein|das|die|all) )*(?:konto|account|daten|profil|verlauf)"
DELETE_DATA = (
    rf"(?:bitte )?(?:lösche?|entferne?|vergiss) (?:{_DATA}|mich|alles (?:über|von) mi[rc]h?)",
    rf"(?:{_DATA}|alles (?:über|von) mi[rc]h?) (?:löschen|entfernen|kündigen|schließen)",
    rf"(?:wie (?:kann|lösche) ich|ich (?:will|möchte)|kannst du) {_DATA}(?: löschen)?",
)
EXPORT_ALL = (
    (
        rf"(?:bitte )?(?:exportiere?|sichere?)(?: mir)?(?: bitte)? (?:{_DATA}|alles)"
        rf"|lade? {_DATA} (?:herunter|runter)"
    ),
    (
        rf"(?:(?:kann|möchte|will) ich |kannst du |wie kann ich )?(?:{_DATA}|alles)"
        r" (?:exportieren|herunterladen|runterladen|sichern)"
    ),
)
_FREUND = (
    r"(?:(?:meine?n?|eine?n?) (?:frau|mann|partner(?:in)?|freund(?:in)?|kollege?n?|kollegin|bruder|schwester)"
    r"|jemand(?:en)?(?: anderen?)?)"
)
INVITE = (
    (
        rf"(?:bitte )?lade? {_FREUND} ein|(?:(?:wie )?kann ich |ich möchte )?{_FREUND}(?: zu (?:dir"
        r"|oo))? einladen"
    ),
    rf"wie lade ich {_FREUND} ein|kann {_FREUND} dich (?:auch )?(?:nutzen|benutzen|verwenden)",
)
_LISTE = r"(?:(?:mir|meine|die|alle) )*(?:(?:aufgaben|to-?do-?)?liste|aufgaben)"
PRINT = (rf"(?:bitte )?{_LISTE} (?:aus)?drucken|drucke? {_LISTE}(?: aus)?|kann ich {_LISTE} (?:aus)?drucken",)
SHARE = (
    rf"teile? {_LISTE}(?: mit .+)?|{_LISTE}(?: mit .+)? teilen|kann ich {_LISTE}(?: mit .+)? teilen",
    (
        r"(?:schicke?|sende?) (?:meine |die )(?:(?:aufgaben)?liste|aufgaben) an (?!mich\b|slack\b"
        r"|telegram\b).+"
    ),
)
SORT = (
    (
        rf"(?:sortiere?|ordne?)(?: {_LISTE}| sie)? nach (?:dem |der )?(?:datum|tag|zeit|priorität"
        r"|dringlichkeit|namen?|titel|fälligkeit|wichtigkeit|frist)"
    ),
    (
        rf"(?:{_LISTE} )?nach (?:datum|tag|zeit|priorität|dringlichkeit|namen?|titel|fälligkeit"
        r"|wichtigkeit|frist) (?:sortieren|ordnen)"
    ),
    rf"sortiere? {_LISTE}|{_LISTE} sortieren",
)
SWAP = (
    r"(?:ver)?tausche? (?P<tausch>.+?) (?:und|mit|gegen) (?P<tausch_mit>.+)",
    r"(?P<vertausch>.+?) (?:und|mit) (?P<vertausch_mit>.+) (?:ver)?tauschen",
)
TIMEZONE = (
    (
        r"(?:(?:ändere?|stelle?|setze?) )?(?:meine |die )?zeitzone"
        r"(?: (?:ist|auf|nach))? (?P<de_place>(?!falsch|nicht|um|ändern|einstellen|stimmt).+)"
    ),
    (
        r"ich (?:wohne|lebe|bin)(?: jetzt| gerade| nun)?(?: im urlaub| auf reisen)? in"
        r" (?P<de_city>.+?)(?: unterwegs)?"
        r"|bin (?:jetzt|gerade|nun) in (?P<de_here>.+)"
        r"|ich bin nach (?P<de_moved>.+) (?:um)?gezogen"
    ),
)
ASK_TIMEZONE = (
    (
        r"(?:stelle?|ändere?) (?:die |meine )?zeitzone(?: um)?|(?:meine |die )?zeitzone(?: (?:ändern"
        r"|umstellen"
        r"|einstellen|ist falsch|stimmt nicht))?|falsche zeitzone|(?:die|deine) uhr(?:zeit)? (?:ist falsch"
        r"|stimmt nicht|geht falsch)|welche zeitzone (?:habe ich|ist eingestellt)"
    ),
)
_A_TASK = r"(?:(?:eine|einen|ein|meine|die|neue|das) )*(?:aufgaben?|erinnerung(?:en)?|tipps?|termine?|das)"
HOW_TO = (
    (
        rf"wie (?:füge|lege|lösche|ändere|verschiebe|erstelle|mache|stelle|bearbeite|beende|hake"
        rf"|kann) ich {_A_TASK}"
        r"(?: (?:hinzu|an|hinzufügen|anlegen|löschen|ändern|verschieben|erstellen|ab|aus|ein|bearbeiten))?"
    ),
    (
        r"wie (?:funktionieren|gehen) (?:die )?(?:erinnerungen|tipps|aufgaben)|was (?:ist ein"
        r"|sind) (?:die )?tipps?"
    ),
    r"was (?:kann|soll|muss|darf) ich (?:hier |dir )?(?:schreiben|sagen|tippen|fragen|machen|eingeben)",
    r"was (?:kannst du (?:alles|so|noch)|machst du(?: so| hier)?|bist du|ist das(?: hier)?|soll das)",
    (
        r"(?:kannst|könntest|würdest) du mich (?:auch )?(?:(?:an|bei) )?(?:(?:sachen|dinge|aufgaben"
        r"|etwas|alles"
        r"|meine aufgaben) )?(?:erinnern|unterstützen)|kannst du mir helfen|hilf mir"
    ),
    (
        r"(?:das )?(?:versteh|verstehe|kapier|kapiere|check|checke) ich nicht|ich (?:verstehe?"
        r"|kapiere?|checke?)"
        r" (?:das |es |dich )?nicht|anleitung|bedienung|befehle"
        r"|erklär(?:e)?(?: mir)?(?: das)?"
    ),
    (
        r"was kostet (?:das|es|du)(?: denn)?|(?:ist (?:das|es)|bist du) (?:kostenlos|gratis|umsonst)"
        r"|wer hat dich (?:gemacht|gebaut|programmiert|entwickelt)"
    ),
    r"bist du (?:ein |eine |echt )?(?:mensch|bot|roboter|ki|maschine|echt)(?: oder .+)?",
)
