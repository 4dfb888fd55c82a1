"""What people ask oO in French to do with a task; ``core/words/phrasebooks/en/requests.py`` explains.

Tests: tests/core/words/test_changes.py, tests/core/words/test_patches.py, tests/core/words/test_pieces.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.fr.parts import TU

# --- Removals: the only group of a pattern is the task -----------------------------------------------------

_TU = rf"(?:{TU})?"
_LIST_FR = r"de (?:ma|la|mes) (?:liste|tâches)(?: de (?:tâches|courses))?"
FROM_LIST = loosely(
    (
        rf"{_TU}(?:supprime[rz]?|enlève[rz]?|enlever|retire[rz]?|efface[rz]?|raye[rz]?|ôte[rz]?|barre[rz]?)"
        rf" (.+?) {_LIST_FR}"
    ),
)
DELETE = loosely(
    rf"{_TU}(?:supprime[rz]?|enlève[rz]?|enlever|retire[rz]?|efface[rz]?|raye[rz]?) (.+)",
    r"(?:supprime|enlève|retire|efface|raye)[rz]?-(l[ea])",
)
CANCEL = loosely(
    rf"{_TU}(?:annule[rz]?|abandonne[rz]?) (?!pas\b|de\b|d['’])(.+)",
)
FOR_IT = loosely(
    r"(.+?) peut être supprimée?",
    (
        r"(.+?),? (?:c'est (?:annulée?)|est (?:annulée?|tombée? à l'eau)|n'est plus (?:nécessaire|utile"
        r"|d'actualité)|ne sert plus)"
    ),
    (
        r"(?:(?:j'|(?:je |on )?n'|on )?(?:ai |a )|(?:il )?n'y a )?(?:plus|finalement pas)"
        r" besoin (?:de |d['’]|du )(?!rappels?\b)(.+)"
    ),
    r"(?:c'est |ce n'est )?plus la peine (?:de |d['’])(.+)",
    r"pas besoin (?:de |d['’]|du )(?!rappels?\b|me\b)(.+) finalement",
)
FORGET = loosely(
    r"on (?:laisse tomber|oublie) (.+)",
    rf"{_TU}(?:oublie[rz]? (?=la tâche )|laisse tomber )(.+)",
)
_RAPPEL = r"(?:(?:le|ce|mon|son|dernier) )*rappel"
_POUR = r"(?:pour|de|du|des|d['’]|de la|de l['’]|concernant|sur)"
_ARRETE = r"(?:supprime|annule|enlève|retire|efface|arrête|désactive|coupe|stoppe)"
END_REMINDER = loosely(
    rf"{_TU}{_ARRETE}[rz]? {_RAPPEL}",
    rf"{_TU}{_ARRETE}[rz]? {_RAPPEL} {_POUR} ?(.+)",
    rf"(?:plus|pas|aucun)(?: besoin)?(?: (?:de|du))? ?rappel(?: {_POUR} ?(.+))?",
    rf"je n'ai plus besoin (?:du|de ce|d'un|de) rappel(?: {_POUR} ?(.+))?",
)
_DE = r"(?:de |d['’]|du |pour )?"
END_REMINDERS = loosely(rf"{_TU}{_ARRETE}[rz]? (?:(?:tous|mes|les|ces) )*rappels")
NO_REMINDER = loosely(
    rf"ne me rappelle[rz]? (?:pas|plus) {_DE}(.+)",
    rf"(?:arrête[rz]? de|inutile de|pas besoin de) me rappeler {_DE}(.+)",
    r"ne me (?:le |la |l['’])?rappelle[rz]? (?:pas|plus)(?: ça)?",
    r"(?:arrête[rz]? de|inutile de) me le rappeler",
)

I_WANT_TO = "je (?:voudrais|veux)|j['’]aimerais"
NO_LONGER = ""

# --- Moves that name no usable date, and a time that is left out -------------------------------------------

MOVE = loosely(
    (
        r"rappelle[- ]moi (?:encore )?(?:plus tard|une autre fois) (?:de |d['’]|pour |du )"
        r"(?:la |le |les |l['’])?(.+)"
    ),
    r"rappelle[- ]moi (?:encore )?(.+?) (?:plus tard|une autre fois)",
    r"(?:reporte|décale|déplace|repousse)[rz]? (.+)",
    rf"{TU}(?:reporter|décaler|déplacer|repousser|avancer) (.+)",
    r"avance[rz]? (?!sur |dans |vers )(.+)",
)
CAN_WAIT = loosely(
    r"(.+?) (?:peut|peuvent|doit|devra) (?:bien )?attendre",
)
_UNE_FOIS = r"(?: (?:aujourd'hui|demain|cette (?:fois|semaine)|la prochaine fois))?"
SKIP = loosely(
    rf"(?:saute|sautez|sauter) (?:le prochain |la prochaine )?(.+?){_UNE_FOIS}",
    r"pas de (.+?) (?:aujourd'hui|demain|cette (?:fois|semaine))",
)
OFF_ONCE = loosely(
    r"(.+?) (?:tombe|est tombée?) à l'eau|(.+?) ne se (?:fera|fait) (?:pas|plus)",
    r"(.+?) (?:n'a|n'aura) pas lieu(?: aujourd'hui| demain)?",
    r"(.+?),? (?:c'est|est|sont|a été) annulée?s?(?: aujourd'hui| demain)?",
)
SAYS_TODAY, SAYS_TOMORROW = "aujourd['’]?hui", "demain"
BEFORE_A_DATE = "(?:à|au|pour|jusqu['’](?:à|au)|de|d['’])(?: |$)"
LIKE_A_DATE = "hier|derni[eè]re?|plus tôt|passée?|jamais|bientôt|février|soir|matin"
EVERYTHING = "tout|(?:toutes )?(?:(?:mes|les) )*tâches"

# --- The whole list ----------------------------------------------------------------------------------------

BARE_ALL = "tout"
_SUR_LISTE = "(?: (?:sur|dans|de) (?:ma|la) liste)?"
_EN_RETARD = (
    r"(?:tout )?ce qui est (?P<late>en retard)"
    r"|(?:tou(?:te)?s )?(?:(?:les|mes) |celles |ceux )(?:qui sont )?(?P<late2>en retard)"
    r"|tout (?P<late3>en retard)"
)
ALL_TASKS = (
    rf"(?:(?:{_EN_RETARD})|(?P<all>(?:{BARE_ALL})(?: ce qui est| ce qu'il y a)?{_SUR_LISTE})"
    r"|(?:toutes )?(?:(?:mes|les) )*tâches(?: (?:qui sont )?(?P<late4>en retard))?"
    rf"{_SUR_LISTE}|(?:ma|la) liste(?: (?:entière|complète|de tâches))?)"
    r"(?: (?:de |d['’]|du |pour |prévues? pour )(?P<scope>(?!moi\b).+?))?"
)
ALL_NAMED = r"tou(?:te)?s (?:(?:les|mes|nos|ces) )+(?P<title>.+?)"
BEFORE_A_SCOPE = "de|d['’]|du|pour|prévue?s|qui sont"
REMOVE_ALL = loosely(
    r"(?:supprime|efface|enlève|retire|vide)[rz]? <all>",
    rf"{TU}(?:supprimer|effacer|enlever|retirer|vider) <all>",
)
COMPLETE_ALL = loosely(
    r"(?:marque|coche)[rz]? <all>(?: comme (?:faite?s?|terminée?s?))?",
    r"termine[rz]? (?!(?:ma|la) liste)<all>",
    r"<all> (?:est|sont) (?:faite?s?|finie?s?|terminée?s?)",
    r"j'ai (?:fini|fait|terminé) <all>",
    r"j'ai <all> (?:fini|fait|terminé)",
)
MOVE_ALL = loosely(
    r"(?:reporte|décale|déplace|repousse)[rz]? <all> (?:à|au|pour) (?P<to>.+)",
    rf"{TU}(?:reporter|décaler|déplacer|repousser) <all> (?:à|au|pour) (?P<to>.+)",
    r"(?:reporte|décale|repousse)[rz]? <all> (?P<by>d[e'’] ?(?:un|une|deux|trois|\d+) .+)",
)
BOTH_TASKS = "(?:toutes )?les deux(?: tâches)?"

# --- How people name a task --------------------------------------------------------------------------------

IT = (r"le|la|l'|[çc]a|cela|celui-(?:ci|là)|celle-(?:ci|là)|(?:cette|la) (?:dernière )?tâche|ce rappel",)
NAMES_IT = r"\w+-(?:l[ea]|[çc]a)\b"
_TACHE = r"(?:tâche|rappel|entrée|to-?do)"  # "la tache" is a stain
TASK_NAMED = (rf"(?:la |ma |le |mon )?{_TACHE}(?: appelée?)?(?: ?:| d[eu](?= )| d['’](?=\w))? ?(.+)",)
FILLERS = ""
TO_A_DATE = "(?:à|au)(?: la)*"
FROM_A_DATE = "du|de"
ARTICLES = "le |la |les |l['’]|mon |ma |mes |ce |cet |cette "
SOME = "un|une|des|tous|toutes|tout"
NO_TASK = (
    "je|tu|il|elle|nous|moi|toi"
    "|(?:(?:mon|ma|mes|le|les|la|toutes?|tous) )*(?:compte|données|tâches|taches|rappels|historique|liste"
    "|messages?)"
)
STOP_WORDS = "le la les l un une des du de d mon ma mes et au aux avec chez à en pour"

# --- Dates and recurrences as values -----------------------------------------------------------------------

NO_DATE = loosely(
    r"aucune?|(?:sans|pas de|aucune) (?:date|échéance)|un jour|(?:enlève|supprime) la date",
)
NO_REPEAT = loosely(
    r"ne (?:plus |pas )(?:se )?répéter|sans répétition|pas de répétition|une (?:seule )?fois",
)
DELAYS = loosely(
    r"(?:de |d')(?P<de>.+?)(?: plus tard)?|(?P<tard>.+) plus tard",
)
EARLIER = loosely(r"(?:de |d')?(?P<tot>.+) plus tôt")
INSTEAD = loosely(
    r"plutôt (?P<fr>.+)|(?P<plutot>.+) plutôt",
    r"(?P<au_lieu>.+?) au lieu (?:de|du) .+",
)
HOURS_AT = "à "
HOURS_OF_DAY = "heures?"
MOVED_TO = "à|au|en|jusqu['’]?(?:à|au)"
TO_A_VALUE, UNTIL_A_VALUE = "à|au", "jusqu['’]à|jusqu['’]au"
AFTER_DONE = loosely(
    (
        r"après (?:(?:l'|la |son |chaque )?(?:avoir (?:fait|fini|terminée?)e?|exécution|achèvement"
        r"|réalisation"
        r"|accomplissement|complétion)|que ce soit (?:fait|fini|terminé)"
        r"|(?:que )?(?:je l'ai|l'avoir) (?:fait|fini|terminé)e?|l'avoir (?:fait|fini|terminé)e?)"
    ),
)
EVERY = "tous les"
BEFORE_AMOUNTS = "les chaque"
COUNTS = "un|une|deux|trois|quatre|cinq|dix"
UNITS = "jours?|semaines?|mois|ans?"

# --- Priorities --------------------------------------------------------------------------------------------

HIGH = loosely(
    (
        r"(?:très |l[ea] plus )?(?:urgente?|importante?)|(?:priorité )?(?:haute|maximale|élevée)|haute"
        r" priorité"
        r"|prioritaire"
    ),
)
MEDIUM = (r"moyenne",)
LOW = loosely(
    r"basse|faible|aucune|normale|pas (?:si |très )?(?:urgente?|importante?)",
)
RAISED = loosely(
    r"plus (?:urgente?|importante?|haute)",
)
LOWERED = loosely(
    r"moins (?:urgente?|importante?)|plus basse",
)
PRIORITY_NAMES, OF_PRIORITY = "priorité", "à "

# --- Clauses of a change -----------------------------------------------------------------------------------

BOTH = r"^à la fois (?=.+ et )"
AND, THEN = "et", "puis"
NO = "aucune?|sans|pas de"
LABEL_NAMES, PROJECT_NAMES, ESTIMATE_NAMES = "étiquettes?", "projet", "durée|estimation"
RANKS = "priorité (?:p?[1-4]|basse|moyenne|normale|haute)|(?:basse|haute|aucune) priorité"
TAKES = "prend|dure|durée ?:?"
HOURS_AFTER_NUMBER = ""  # "vendredi 14 heures" is a time
NEW_TITLE = (
    r"(?:renomme[rz]?(?:-l[ea])?(?: en)?|(?:nouveau )?(?:titre|nom) ?:?|appelle-l[ea])[ :]+(?P<fr>.+)",
)
NOTE, NOTE_ADDED = "notes?|remarque", ""
NOTE_ARTICLES = "une|la"
NO_NOTES = (r"(?:sans|pas de|aucune) notes?|supprime(?:r)? (?:la|les) notes?",)

# --- Places in a list, and several tasks or requests -------------------------------------------------------

ORDINALS = (
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première seconde",
    "premier second",
)
ORDINAL_ENDINGS = ""
LAST_ONE = "dernier dernière"
BEFORE_PLACES, NUMBERED = "le|la|les", "t[âa]ches?|num[ée]ros?|n[°º]"
NUMBER_NAMES = ("un deux trois quatre cinq six sept huit neuf dix", "une")
FIRST_PLACES, LAST_PLACES = "<n> premi(?:er|ère)s", "<n> derni(?:er|ère)s"
NUMBER_ENDINGS = "[eè]?me|ère|er|e"
AFTER_PLACES = "t[âa]ches?|entr[ée]es?"
PLACES_DONE = (
    r"(?:coche|termine|finis)[rz]?|marque[rz]? comme (?:faite?s?|terminée?s?)",
    r"(?:(?:est|sont) )*(?:faite?s?|terminée?s?)",
    r"j['’]ai (?:déjà )?(?:fait|fini|terminé)",
)
BEFORE_NEW_DATES = "à au le pour jusqu'à"
AND_TASKS = "et|plus|ainsi que"
ALSO = "aussi|ensuite|puis|en plus"

# --- Splitting a task into steps ---------------------------------------------------------------------------

PIECES = "étapes?|etapes?|morceaux|parties?|sous-tâches?"
_DECOUPE = "découpe[rz]?|decoupe[rz]?|divise[rz]?|décompose[rz]?|decompose[rz]?|sépare[rz]?|fractionne[rz]?"
SPLIT = (
    rf"(?:{_DECOUPE}) (?P<title>.+?) en <pieces>",
    r"(?:découpe[rz]?|decoupe[rz]?|décompose[rz]?|decompose[rz]?) (?P<title>.+)",
)
MAY_SPLIT = "d[ée]co|divis|s[ée]par|fraction|[ée]tape|morceau|t[âa]che"
SPLIT_ASKED = "(?:peux|pourrais)[- ]tu |aide[- ]moi à "
SPLIT_IT = "ça|cela|ca|la"
SPLIT_ARTICLES = "(?:le|la|les|mon|ma|mes|tâche) |l['’]"
SPLIT_TASK_AT_END, NEVER_SPLIT = "", ""
NO_STEPS = r"non|non,? merci|annuler?|laisse(?: tomber)?|rien|pas maintenant"
STEP_THEN, STEP_AND, STEP_FIRST = "puis|ensuite|après ça", "et ", "d['’]abord"

# --- What `/token` is told ---------------------------------------------------------------------------------

NEW_ACCESS = "nouveau nouvelle créer"
REVOKE_ACCESS = "révoquer supprimer effacer"
ACCESS_TO_READ, ACCESS_TO_WRITE, ACCESS_TO_ALL = "lire", "écrire modifier", "tout"
