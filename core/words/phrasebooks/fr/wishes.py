"""How people wish in French for a task; ``core/words/phrasebooks/en/wishes.py`` explains the constants.

Tests: tests/core/words/test_wishes.py, tests/core/words/test_details.py, tests/core/words/test_lines.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely
from core.words.phrasebooks.fr.parts import TU

# --- Reminders ---------------------------------------------------------------------------------------------

_BEFORE_TIME_OR_CONNECTOR = r"(?=\s*[:,–-]|\s+(?:\d|de|à|le|pour|chaque|dans|demain|ce soir)\b| d['’])"
REMINDERS = (
    r"rappel(?:le|les|lez|er)?(?:-l[ea])?[- ](?:moi|nous)|fai(?:s|tes)[- ](?:moi|nous) penser",
    (
        rf"(?:{TU}|(?:pensez?|n'oubliez? pas) (?:à|de) )me (?:rappeler|faire penser)|je (?:voudrais|veux"
        r"|souhaite) que tu me rappelles"
    ),
    (
        r"(?:mets|crée|ajoute|programme|mettre|créer)(?:[- ]moi)? (?:une? )?(?:nouveau |nouvelle )?"
        r"(?:rappel|alarme)(?: pour)?"
        rf"|(?:nouveau )?rappel{_BEFORE_TIME_OR_CONNECTOR}"
    ),
    (
        r"(?:pr[ée]viens|pr[ée]venez|avertis|avertissez|alertez?)[- ](?:moi|nous)"
        r"(?= (?:[àa] (?:\d|midi|minuit)|dans (?:\d|un|deux)|demain|ce soir|cet après|vers \d|dimanche"
        r"|(?:lun|mar|mercre|jeu|vendre|same)di))"
    ),
)
CONNECTORS = (r"(?:de|du|à|au|que|pour)[\s,:]+", "(?:d|qu)['’]")
CLAUSE_CONNECTOR = ""
INFINITIVE_CLAUSE = ""
CLAUSE_JOINTS, NO_CLAUSE_FIRST = (
    "de |(?=d['’])",
    (
        "de|que|l['’]|(?:les?|la|mon|ma|mes|notre|nos|une?)"
        "(?! (?:jour|soir|matin|veille|semaine|mois|moment|lendemain|prochain))"
    ),
)
AFTER_BARE_HOUR = "(?:de|à) |d['’]"
LIST_JOINTS, LISTED_AND = "et|ou", "et"
FOR_A_TIME, AROUND, SOME_TIME = "pour", "vers", "plus tard"
QUESTION = "que|qui|quoi|quand|où|pourquoi|comment|quel(?:le)?s?|ce qu['’e]|si"
ABOUT_IT = "à|de"
NOT_A_TASK = "ça|cela|moi|toi|nous|quelque chose|tout|plus tard"
AFTER_IT = "encore"
ASKED_FOR = "peux|pourrais|tu|pouvez|pourriez|est-ce que"

# --- Reminders before an event -----------------------------------------------------------------------------

BEFORE, AFTER_BEFORE = "avant", ""
_RAPPELLE = (
    rf"(?:(?:rappelle(?:-l[ea])?|pr[ée]viens|avertis|alerte)[- ]moi(?: ça)?"
    rf"|{TU}(?:me (?:l[ea] )?rappeler|me pr[ée]venir|m['’]avertir)(?: ça)?)"
)
_AVANT = "(?:avant|(?:à|a) l['’]avance|d['’]avance)"
_DELAI = (
    r"(?:(?:une?|deux|trois|quatre|cinq|dix|quinze|vingt|trente|\d+) ?(?:minutes?|min|heures?|h|jours?"
    r"|semaines?)|une demi[- ]heure|un quart d['’]heure)"
)
_DU = r"(?:le |la |l['’]|les |du |de la |mon |ma )"
_LA_VEILLE = "(?:la veille|le jour (?:d['’])?avant|un jour avant)"
BEFORE_A_TASK = (
    rf"{_RAPPELLE} (?P<veille>{_LA_VEILLE})(?: (?:de la |de l'|du |de |d')(?P<veille_task>.+))?",
    rf"{_RAPPELLE} {_DU}(?P<fr_apres_task>.+?) (?P<fr_apres>{_DELAI}) {_AVANT}",
    rf"{_RAPPELLE} {_DU}(?P<veille2_task>.+?) (?P<veille2>{_LA_VEILLE})",
    rf"{_RAPPELLE} (?P<fr>.+?) {_AVANT}(?: (?P<fr_task>.+))?",
)
ONE_UNIT = ""
NAMED_LEADS = {"veille": "1 day", "veille2": "1 day"}
LEAD_BEFORE = "avant|à l'avance|d'avance"
TIME_BEFORE = {
    "evening": "(?:la veille au soir|(?:le soir|la nuit) d['’]avant)",
    "day": "la veille|(?:le|un) jour (?:d['’])?avant",
    "morning": "le matin m[êe]me",
}
SO = "donc|alors|du coup|mais|puis"
NO_SECOND_WISH_AFTER = "de à que qui il elle ils tu me ne pas"
LEAD_OF_EACH, LEAD_TASKS = "chaque|toutes? les", "tâches?"
LEAD_FOR_ME, LEAD_ALWAYS = "moi", "toujours"
_TACHES = r"(?:tâches?|taches?|choses?|rendez-vous|rdv|réunions?)"
_TOUT = rf"(?:tout|chaque {_TACHES}|tou(?:te)?s (?:les|mes) {_TACHES})"
_EN_AVANCE = "(?:avant|à l['’]avance|d['’]avance|plus tôt|en avance)"
LEAD_OF_ALL = (
    rf"(?:rappelle|pr[ée]viens|avertis)[- ]moi(?: toujours)? (.+?) avant {_TOUT}",
    rf"rappelle[- ]moi(?: toujours)? (?:de )?{_TOUT} (.+? {_EN_AVANCE})",
    rf"rappelle[- ]moi(?: toujours)? {_TOUT} (à l['’]heure|la veille)",
    rf"rappelle[- ]moi (?:toujours|par défaut) (.+? {_EN_AVANCE})|rappelle[- ]moi (?:toujours )?{_TOUT}",
    r"rappelle[- ]moi toujours (la veille)",
)
_PAS_DE_RAPPEL = r"(?:(?:ne )?me rappelle (?:pas|plus|jamais)|(?:pas|plus) de rappels?)"
NO_LEAD_OF_ALL = (
    rf"{_PAS_DE_RAPPEL}(?: (?:de )?{_TOUT})?(?: (.+))? {_EN_AVANCE}",
    rf"{_PAS_DE_RAPPEL}(?: (.+))? avant {_TOUT}",
)
AT_THE_TIME = "à l'heure"

# --- Reminders at a time that cannot be --------------------------------------------------------------------

PAST_DAYS = "(?:avant-)?hier|la semaine dernière"
IN_AN_AMOUNT, MINUS, ZERO = "dans|en", "moins", "zéro"
UNITS_OF_TIME = "secondes?|heures?|jours?|semaines?|mois|années?"
AT_A_CLOCK_TIME = "à|vers"
SURELY_AT = ""
OF_A_MONTH = ""

# --- Wishes without a reminder -----------------------------------------------------------------------------

_PEUX_TU = rf"(?:{TU})?"
_TACHE = r"(?:(?:une|la) )?(?:nouvelle )?(?:tâche|tache)"
_A_NOMMER = (
    r"(?:(?:une?|des|encore|autre|nouve(?:lle|au)) )*(?:t[âa]ches?|rappels?|chose|quelque chose)"
    r"(?: (?:de plus|d['’]autre))?"
)
ALONE = (
    rf"{_PEUX_TU}(?:me )?rappel(?:le|ez|er)(?:[- ]moi)?(?: (?:de|quelque chose|un truc))?",
    (
        rf"(?:{_PEUX_TU}|(?:je (?:veux|voudrais|souhaite|dois)|j['’]aimerais) )"
        rf"(?:ajoute|crée|mets|mettre|note|programme)[rz]?(?:[- ]moi)?(?: {_A_NOMMER})?"
        r"(?: (?:à|sur|dans) (?:ma|la) liste)?(?: (?:pour )?(.+))?"
    ),
    r"(?:nouvelle|autre|encore une) t[âa]che(?: (?:pour )?(.+))?|nouveau rappel(?: (?:pour )?(.+))?",
)
"""The group is a time."""
TASK_LABELS = "(?:nouvelle )?t[âa]che|à faire|pense-bête"
NEW_TASKS = "nouvelle tâche"
TO_DO = (
    (
        r"(?:n'oublie[zs]? pas|ne pas oublier|oublie[zs]? pas|je (?:ne )?dois pas oublier"
        r"|(?:il )?(?:ne )?faut pas (?:que j'oublie|oublier)|que je n'oublie pas"
        r"|pense[zs]?(?= à \w+(?:er|ir|re)\b))(?: ?:)? (?:de |d['’]|à |que )?(?P<oublie>.+)"
    ),
    rf"(?:ajoute[rz]?|crée[rz]?) {_TACHE} ?(?::|de |pour |d['’])? ?(?P<tache>.+)",
)
ALSO = "aussi|également"
TO_LIST = (
    rf"{_PEUX_TU}note[rz]?(?:[- ]moi)? (?:de |d['’])(?P<noted>\w+(?:er|ir|re)\b.*)",
    rf"(?:{TU}noter|tu (?:me )?notes)(?:[- ]moi)? (?P<a_noter>(?!de\b|d['’]|que\b|ça\b).+)",
    r"note[rz]?(?:[- ]moi)? (?P<note_le>(?:le |la |les |l'|une? |du |des |mon |ma ).+)",
    rf"{_PEUX_TU}ajoute[rz]? (?:à|sur) (?:ma|la) liste ?:? ?(?P<liste>.+)",
    rf"{_PEUX_TU}ajoute[rz]? (?P<ajoute>.+?)(?: (?:à|sur|dans) (?:ma|la) liste.*)?",
    rf"{_PEUX_TU}(?:mets|mettez|mettre|note[rz]?) (?P<mets>.+?) (?:à|sur|dans) (?:ma|la) liste.*",
)
_ADVERBS = "(?:(?:vraiment|aussi|encore|absolument|vite) )*"
NEEDS = (
    (
        r"(?:(?:j['’]ai|on a) besoin (?:de |d['’]|du |des )"
        r"|il (?:me|nous) (?:faut|faudrait|manque) (?:encore )?"
        r"(?:de la |de l['’]|du |des |une? |de |d['’]))"
        r"(?P<besoin_de>(?!aide|temps|toi|repos"
        r"|vacances|sommeil|conseils?|une? (?:pause|conseil|idée|aide)|rien|ça|\w+(?:er|ir"
        r"|re)\b)(?:\S+ ?){1,4})"
    ),
)
NO_THINGS = (
    r"café|thé|bière|vin|sommeil|repos|calme|silence|vacances|amour|amie?s?|travail|boulot|soutien|attention"
    r"|réponses?|infos?|thérapie|air|énergie|force|chance|courage|patience|argent|jours?|semaine|heures?"
    r"|minutes?|câlins?|plus|moins|rien|pas|mon|ma|mes|ton|ta|tes|lui|elle|eux|savoir|comprendre"
)
ALSO_ADD = r"(?:et )?(?:aussi|en plus)"
GIVING, A_THING = "", r"(?:les? |la |l['’]|des |une? |mon |ma |mes )\S.*"
FAMILY = "maman|papa|mamie|mamy|papy|papi|mémé|pépé"
TIMES_A_DAY = r"(?P<count>\d|trois|quatre|cinq|six) fois par jour|(?P<twice>deux fois) par jour"
EVERY_HOURS = (
    r"toutes les (?P<hours>(?:\d{1,2}|deux|trois|quatre|six|huit|douze) ?(?:heures|h))"
    r"|(?:toutes les|chaque) (?P<one>heures?)"
)
TO_A_DAY = "à|pour"
HAVE_TO = (
    r"(?P<reflexif>(?:me |m['’])\w{2,}(?:er|ir|re|oir)\b(?! (?:chier|suer|plaisir)).*)",
    (
        rf"(?:je dois|je devrais|on doit|nous devons) {_ADVERBS}(?P<dois>.+)"
        r"|(?:il )?(?:faut|faudrait) (?:absolument )?que j(?:e |['’])(?P<clause_fr>.+)"
    ),
    r"j'ai besoin (?:de |d['’])(?P<besoin>\w+(?:er|ir|re)\b.*)",
    r"(?:il )?faut (?P<faut>(?:\S+ )?\S+(?:er|ir|re|oir)\b.*)",
)
_NOW = "(?: (?:maintenant|bientôt))*"
TALK = (
    rf"(?:partir|y aller|dormir|manger|réfléchir|travailler|arrêter|filer|me reposer){_NOW}",
    rf"aller (?:dormir|au lit|aux toilettes){_NOW}",
    r"(?:dire|avouer|admettre|savoir|être|te|vous|comprendre|reconnaître|croire)\b.*|t['’].*",
)
WOULD_LIKE = (r"(?:je (?:voudrais|veux)|j'aimerais) (?P<veux>\w+(?:er|ir|re|oir)\b.*)",)
NEXT_DAYS = "demain après-demain"
VISITS = (
    r"dentiste|médecin|docteur|dr|vétérinaire|véto|coiffeur|coiffeuse|kiné|massage|rdv|rendez-vous|réunion"
    r"|entretien|déjeuner|dîner|visite"
)
(_EVENT,) = loosely(
    r"(?:rendez-vous|rdv|réunion|examen|contrôle|entretien|cours|vol|train|dîner|déjeuner|fête"
    r"|mariage|concert"
    r"|match|répétition|spectacle|présentation|anniversaire|dentiste|médecin|visite|appel|soirée)"
)
_PERSONNE = (
    r"(?:(?:je|tu|il|elle|on|nous|vous|ils|elles|ça|qui|que|ce|personne|quand|aujourd['’]hui|(?:après-)?demain"
    r"|(?:le |ce )?(?:\w{2,6}di|dimanche)|(?:le )?\d+)\b|d['’]où)"
)
APPOINTMENT = (
    (
        r"(?:j['’]ai|on a|nous avons|(?:il )?y a|(?:mets|note)(?:[- ]moi)?) (?:une? |le |la |mon |ma "
        r"|l['’])?(?P<fr_have>(?:\w+"
        rf" )?{_EVENT}\b.*)"
    ),
    (
        rf"(?:le |la |l['’]|mon |ma )?(?P<fr_event>{_EVENT}(?: \S+){{0,4}}?) (?:est|a lieu"
        r"|commence) (?P<fr_when>.+)"
    ),
    r"(?:c['’]est|ce sera) (?:l['’]|la )?(?P<fr_fete>(?:anniversaire|f[êe]te) (?:de |d['’]|du ).+)",
    r"(?P<fr_son_anniversaire>(?!(?:quand|qui|on)\b)\S+(?: \S+)? (?:a|f[êe]te) son anniversaire\b.*)",
    rf"(?P<fr_vient>(?!{_PERSONNE})(?:\S+ ){{1,4}}(?:vient|viennent)\b.*)",
)
NO_DEED = r"(?:dormir|partir|arrêter|ne pas)\b.*"
WAKE = (
    r"réveille[sz]?[- ](?:moi|nous) (?P<fr>.+)",
    r"(?:mets|programme)(?:[- ]moi)? (?:une alarme|un réveil|le réveil) (?:pour |à )?(?P<alarme>.+)",
    r"(?:(?:mets|lance|programme)(?:[- ]moi)? )?(?:un |le )?minuteur (?:de |pour )?(?P<minuteur>.+)",
)
WAKING = {"fr": "se réveiller", "alarme": "alarme", "minuteur": "minuteur"}
TIMERS = {"minuteur": "dans "}
INVERTED = (
    (
        (
            r"(vient|viennent) ((?:le|la|les|un|une|mon|ma|mes) .+?|l['’].+?|[^\W\d_]+)"
            r"(?= (?:à|a|vers|pour|dès|chez|entre|avec|d[eu])\b|$)"
        ),
        r"\2 \1",
    ),
)

# --- The text of a task ------------------------------------------------------------------------------------

NESTED = (
    r"j['’]ai (?=(?:un|une|le|la|mon|ma|rendez-vous)\b)|(?:que )?je (?:dois|devrais) "
    r"|(?:de |d['’])(?=\w+(?:er|ir|re)\b)|ne pas oublier (?:de |d['’])?|qu['’]il faut "
)
PLAINER: tuple[tuple[str, str], ...] = ()
AS_A_TASK: tuple[tuple[str, str], ...] = ()
INFINITIVES = {
    "aille": "aller", "fasse": "faire", "sois": "être", "aie": "avoir", "prenne": "prendre",
    "mette": "mettre", "vienne": "venir", "finisse": "finir", "écrive": "écrire", "lise": "lire",
    "achète": "acheter",
    "appelle": "appeler", "paie": "payer", "paye": "payer", "envoie": "envoyer", "passe": "passer",
    "réserve": "réserver", "rende": "rendre", "réponde": "répondre", "sorte": "sortir", "range": "ranger",
    "prépare": "préparer", "nettoie": "nettoyer", "rappelle": "rappeler", "commande": "commander",
    "trouve": "trouver", "répare": "réparer", "lave": "laver", "cherche": "chercher", "demande": "demander",
}  # fmt: skip
INFINITIVE_ENDINGS: tuple[tuple[str, str], ...] = ()
PRONOUNS = ""

# --- Lists of tasks ----------------------------------------------------------------------------------------

TASKS_FOLLOW = (
    r"(?:(?:mes|nouvelles|les) )?(?:tâches|taches|rappels)|ma liste|à faire|ajoute|rappelle-moi de|je dois",
)
LETTER_BEGINS = "bonjour|salut|cher|chère|merci"
LETTER_LINES = (r"cordialement.*|bises.*|oui|non",)
SHOPPING_LISTS = (
    "(?:(?:liste (?:de|des) |faire (?:les|des) )?courses|achats|supermarché|(?:à |au )?acheter|marché)"
)
AGAIN = "encore "
AT_AN_HOUR = "à"

# --- Details of a task -------------------------------------------------------------------------------------

THAT, THAT_ALONE = "ça|cela", "ça|cela"
TAKES = r"prend|prendra|va\s+prendre|va\s+durer|dure|durera|durée\s?:"
CIRCA, ROUGHLY = "environ", ""
NO_ESTIMATE_AFTER = "qui|que|pour|pendant|à|dans|vers"
AMOUNT_PARTS = "heure|quart"
ABOUT_AN_AMOUNT = "seulement|bien|environ|à peu près|vers"
ACTIVITIES = """
    lire marcher courir méditer nager étudier réviser pratiquer pédaler étirer
"""
LASTING, LONG = "pendant", ""
CONTEXTS = """
    maison travail bureau courses téléphone ordinateur ville jardin attente
"""
COLOUR_WORDS = "couleur|peindre|fond"
WORDS_BEFORE_A_NAME = "sur dans à avec pour de et ou le la"
SHOPPING = "acheter prendre commander apporter"
URGENT = ""

# --- An estimate without any word for it -------------------------------------------------------------------

ESTIMATE_UNITS = "heures?|minutes?|mn"
ESTIMATE_MINUTES = "minutes|mn"
ESTIMATES_IN_WORDS = "une (?:demi-)?heure"
UNITS_OF_NO_CLOCK = ""
NO_ESTIMATE_BESIDE_BEFORE = "pour dans pendant après avant chaque toutes les la le de à ou et"
NO_ESTIMATE_BESIDE_AFTER = "avant après de du par plus tard et ou"
BEFORE_DATES = "à le et de du"

# --- Deadlines ---------------------------------------------------------------------------------------------

DEADLINE = (
    r"(?:date (?:de )?limite|date butoir|d[ée]lai|[ée]ch[ée]ance|deadline)"
    r"(?: est| fix[ée]e?| au| le| du| jusqu['’]au| pour le)*"
)
WITH_A_DEADLINE = "(?:avec|et|a)(?: une| un| la| le| pour)?|la|le|l['’]"
NO_LATER_THAN = (
    r"(?:(?:pour|d['’]ici) )?(?:le |la )?au plus tard(?: le)?|(?:pour|avant)(?= [^,;]{1,30} au"
    r" plus tard\b)|dernier délai"
)
NO_DEADLINE_AFTER = (
    "de|du|des|sur|pour|avant|après|repousser|vérifier|demander|ma|mon|notre|cette|nouvelle|chaque|une?"
)
