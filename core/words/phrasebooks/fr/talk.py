"""What people say to oO in French; ``core/words/phrasebooks/en/talk.py`` explains the constants.

Tests: tests/core/words/test_understand.py, tests/core/words/test_asks.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely, without_accents
from core.words.phrasebooks.fr.parts import TU

# --- Politeness around what is said ------------------------------------------------------------------------

PLEASE, THANKING = "s'il (?:te|vous) pla[iî]t|stp|svp", "merci"
HELLO, AFTER_HELLO, BEFORE_ALL = (
    "bonjour|bonsoir|salut|coucou|hello",
    r"rappel\w*|ajoute|peux|pourrais|je|est|qu\w*",
    "alors|ok|donc|bah|ben|en fait|au fait|finalement|ah|[çc]a y est(?! pour)|voil[àa]",
)
HESITATIONS = r"euh+|hum+"
_BIEN = "(?:bien|super|gentil|sympa|top|cool|chouette)"
_DONNE = "affiche|ajoute|donne|envoie|explique|laisse|liste|montre|note|propose"
FAVOURS = (
    (r"\best ce (?=qu)", "est-ce "),
    (rf"^({_DONNE})(?: moi|z[- ]moi) (?=\w)", r"\1-moi "),
    (r"^([ée]cris|pr[ée]viens|rappelle|avertis|dis|lis|mets|file|fiche) moi (?=\w)", r"\1-moi "),
    (r"^[ée]crivez[- ]moi ", "écris-moi "),
    (r"^dites[- ]moi ", "dis-moi "),
    (r"^mettez[- ]moi ", "mets-moi "),
    (r"^pr[ée]venez[- ]moi ", "préviens-moi "),
    (r"^rappell?ez[- ]moi ", "rappelle-moi "),
    (r"^est[- ]ce que (?:tu peux|tu pourrais) ", "peux-tu "),
    (r"^est[- ]ce que (?:vous pouvez|vous pourriez) ", "pouvez-vous "),
    (r"^(?:j'aimerais|je voudrais|j'aimerais bien) que tu me rappelles ", "rappelle-moi "),
    (rf"^(?:ça|ce) serait (?:vraiment |très )?{_BIEN},? si tu pouvais ", "peux-tu "),
    (r"^je me demand(?:ais|e) si tu (?:pouvais|pourrais|peux) ", "peux-tu "),
    (
        (
            r"^(?:peux[- ]tu|tu peux|pourrais[- ]tu|tu pourrais) (?:avoir la gentillesse de"
            r"|(?:me )?rendre un service et|être (?:gentil|gentille|sympa) et) "
        ),
        "peux-tu ",
    ),
    (r"^je (?:crois|pense)(?: bien)? que (?=je\b)", ""),
    (
        (
            r"^(?:je dois|(?:il )?(?:faut|faudrait)(?: absolument)?(?: que je)?|je devrais)"
            r" pense[rz]? (?:à|a) (?=\w+(?:er|ir|re)\b)"
        ),
        "je dois ",
    ),
)

# --- Short phrases -----------------------------------------------------------------------------------------

GREETING = (
    r"(?:bonjour|bonsoir|salut|coucou|hello)(?: (?:oo|toi|à tous|à toi|le monde|tout le monde|bot))?",
)
THANKS = (r"(?:ok,? |super,? )?merci(?: (?:beaucoup|bien|à toi|oo|infiniment))*",)
NOT_NOW = loosely(
    r"je (?:(?:le|la|les) (?:ferai|fais)|(?:ferai|fais) ça) (?:plus tard|aujourd'hui)|peut-être plus tard",
    r"pas maintenant|pas tout de suite|plus tard|pas aujourd'hui|(?:je n'ai )?pas le temps",
    r"je ne veux pas (?:le faire|faire (?:ça|cela)) (?:aujourd'hui|maintenant)|pas (?:ça )?aujourd'hui",
)
_CE_CONSEIL = r"(?:ça|cela|celui-(?:ci|là)|celle-(?:ci|là)|ce conseil(?:-là)?)"
DISMISS = loosely(
    rf"ignorer|(?:non,? )?pas {_CE_CONSEIL}|passe",
    r"je ne veux pas (?:le faire|(?:faire )?(?:ça|cela))|je n'en veux pas",
)
NEVER_AGAIN = loosely(
    rf"(?:ne )?me (?:montre|propose|envoie)[rsz]? plus (?:jamais )?{_CE_CONSEIL}|plus jamais {_CE_CONSEIL}",
    r"(?:ne )?me l[ea] (?:montre|propose|envoie)[rsz]? plus(?: jamais)?",
    rf"je ne veux plus (?:jamais )?voir {_CE_CONSEIL}",
)
SNOOZE = loosely(
    r"rappelle(?:-l[ea])?[- ]moi (?:ça )?plus tard|reporte[rz]?(?:-l[ea]| ça)?",
)
SNOOZE_UNTIL = loosely(
    r"rappelle(?:-l[ea])?[- ]moi (?:ça )?(?P<rappelle>.+)",
    r"(?:redis|redemande|reparle|repose|relance)(?:-l[ea]|-m'en)?[- ]moi (?:ça )?(?P<redis>.+)",
    r"peut-être (?P<peut_etre>.+)|(?P<et_peut_etre>.+?),? peut-être",
    r"reporte[rz]?(?:-l[ea]| ça)? (?:au |de |d['’])?(?P<reporte>.+)",
)
UNDO = loosely(
    r"(?:tout )?annule[rz]?(?: (?:tout|ça|cela|les deux))?",
    r"annule[rz]? (?:la dernière (?:action|chose|modification)|le dernier(?: changement)?)",
    r"défais(?: ça)?|(?:reviens|revenir) en arrière",
)
_OUPS = "(?:(?:oups|ah|attends?|non|pardon|zut|en fait)[,.!]? )*"
NOT_DONE = loosely(
    rf"{_OUPS}je (?:ne )?(?:l'ai|les ai) pas(?: encore)?(?: (?:faite?s?|finie?s?))?",
    rf"{_OUPS}(?:(?:c'est|ce n'est) )?pas (?:encore )?(?:faite?|finie?|terminée?)(?: finalement)?",
    rf"{_OUPS}(?P<fr_pas>.+?) (?:n'est|ne sont) pas (?:encore )?(?:faite?s?|finie?s?|terminée?s?)",
    (
        rf"{_OUPS}j(?:e n)?'ai pas (?:encore |du tout )?"
        r"(?P<fr_pas_fait>(?!(?:eu|pu|su|dû|vu|dit|compris|reçu)\b)\w+(?:é|u|i|is|it)e?s? .+?)(?: encore)?"
    ),
    r"(?:rouvre|décoche)[rz]?(?:-l[ea]| ça| cela)?",
)
BRING_BACK = loosely(
    (
        rf"{_OUPS}(?:remets|remettre|ramène|restaure|récupère)[rz]?(?:-l[ea]s?| ça| cela)?"
        r"(?: (?:sur|dans) (?:la|ma) liste)?"
    ),
    r"(?:remets|remettre|récupère[rz]?) (?P<fr_remets>.+?) (?:sur|dans) (?:la|ma) liste",
    r"restaure[rz]? (?P<fr_restaure>.+?)(?: (?:sur|dans) (?:la|ma) liste)?",
)
NOT_AFTER_ALL = loosely(
    rf"{_OUPS}(?:finalement (?:non|pas)|(?:en fait|ah) non|c'était une erreur|par erreur)",
    rf"{_OUPS}je me suis trompée?",
)
HELP = loosely(
    r"aide(?:-moi)?|à l'aide|que (?:peux|sais)-tu faire|qui es-tu|comment ça marche"
    r"|(?:tu es|t'es) qui|tu (?:sers|sert) à quoi|tu (?:sais|peux) faire quoi|qu'est-ce que tu (?:sais"
    r"|peux) faire",
)
WHY = (rf"pourquoi(?: (?:justement |précisément )?(?:moi|maintenant|{_CE_CONSEIL}))?",)
_RIEN_ECRIT = (
    r"(?: (?:rien|écrit|envoyé|dit|de (?:messages?|conseils?)))*"
    r"(?: (?:aujourd'hui|ce matin|hier|cette semaine|depuis .+))?"
)
WHY_NOT = (
    r"pourquoi pas|pourquoi rien",
    *loosely(
        rf"pourquoi (?:est-ce que )?(?:tu )?(?:ne? )?m'(?:écris|envoies|as|avez)(?:[- ]tu)?"
        rf" (?:pas|rien|plus|jamais){_RIEN_ECRIT}",
        rf"tu (?:ne )?m'as (?:pas|rien|plus rien) (?:écrit|envoyé){_RIEN_ECRIT}",
    ),
)
HELPED = ()
PLAN = loosely(
    r"quand (?:vas-tu|est-ce que tu vas|tu vas) m'écrire(?: (?:ensuite|la prochaine fois))?",
    r"tu (?:m'écris|m'envoies (?:un|le prochain) (?:conseil|message)) quand",
    (
        r"(?:c'est )?quand(?: (?:vient|arrive|est|aurai-je|est-ce que j'aurai|j'aurai))? (?:le|mon) prochain"
        r" (?:conseil|message)"
    ),
    (
        r"(?:es-tu|tu es) (?:encore )?en pause|jusqu'à quand (?:es-tu|tu es) (?:en pause|muet)"
        r"|quand finit la pause"
    ),
)
_MA_LISTE = (
    r"(?:ma liste|la liste|(?:toutes )?(?:mes|les) tâches|mes trucs|tout ce que (?:j'ai|je dois|tu as|t'as)"
    r"(?: à faire| faire| noté)*|ce que (?:j'ai noté|tu as noté|t'as noté))"
)
LIST_TASKS = loosely(
    r"rappelle-moi mes tâches",
    rf"(?:(?:montre|affiche|donne|dis|liste|lis)(?:-moi)?|fais[- ]voir|{TU}(?:me )?(?:montrer|afficher|donner"
    rf"|lire|dire|lister)|(?:je (?:veux|voudrais)|j'aimerais) voir|voir|c'est quoi) {_MA_LISTE}",
    r"(?:qu'est-ce qu'il|il) (?:me )?reste(?: quoi| encore)*(?: à faire)?|(?:qu'ai-je|j'ai quoi) à faire",
    r"qu'est-ce que (?:j'ai noté|tu as noté|t'as noté|je dois (?:encore )?faire|j'ai sur (?:ma|la) liste)",
    r"(?:montre(?:-moi)? )?(?:mes tâches|ma liste)|qu'est-ce que j'ai à faire(?: aujourd'hui)?|quoi de prévu",
    r"rappelle-moi ce que j'ai à faire(?: aujourd'hui)?",
)
RESUME = loosely(
    r"reprends|reprendre|continue[rz]?|je suis (?:de retour|revenue?|rentrée?|là)",
    (
        r"(?:termine|arrête|finis|enlève|annule)[rz]? (?:la|ma) pause|fin de (?:la )?pause"
        r"|(?:la )?pause est (?:finie|terminée)"
    ),
    (
        r"tu peux (?:de nouveau |à nouveau )?(?:m'écrire|me réécrire|réécrire|recommencer)"
        r"(?: (?:de nouveau|à nouveau|encore))?|(?:ré)?écris-moi (?:de nouveau|à nouveau)"
    ),
)

_VACANCES, _EN_VACANCES = (
    r"(?:(?:les?|mes|nos|mon) )?(?:vacances|congés?|voyage)",
    "(?:vacances|congés?|voyage)",
)
NOT_AWAY = loosely(
    rf"annule[sz]? {_VACANCES}",
    rf"{_VACANCES} (?:(?:sont|est|ont été|a été) )?(?:annulée?s?|tombée?s? à l'eau)",
    (
        r"(?:finalement,? )?(?:je|on|nous) (?:ne |n')?(?:pars?|partons|vais|va|suis|est) (?:finalement )?"
        rf"(?:pas|plus) (?:finalement )?en {_EN_VACANCES}(?:,? finalement)?"
    ),
    rf"finalement,? (?:pas|plus) de {_EN_VACANCES}|(?:pas|plus) de {_EN_VACANCES},? finalement",
    r"finalement,? je reste (?:à la maison|chez moi)|je reste (?:à la maison|chez moi),? finalement",
)

# --- Silence -----------------------------------------------------------------------------------------------

(BE_SILENT,) = loosely(
    r"silence|muet(?:te)?|reste (?:muet|silencieux|silencieuse)|(?:mets(?:-toi)?|fais|met) (?:en |une )pause"
    r"|chut|pas de (?:conseils|messages)|sans (?:conseils|messages)|tais-toi|laisse-moi tranquille"
    r"|(?:ne )?m['’]écri(?:s|t|vez) (?:pas|plus)|plus de (?:conseils|messages)"
    r"|(?:ne )?me dérange[rz]? (?:pas|plus)|lâche-moi|fiche-moi la paix|arrête[rz]? de m['’](?:écrire"
    r"|embêter|envoyer des messages)"
    r"|(?:désactive[rz]?|coupe[rz]?|arrête[rz]?) (?:les |tous les |toutes les )?(?:notifications"
    r"|conseils|messages)|désabonne-moi"
)
AWAY = (
    "(?:(?:je (?:suis|serai)|on (?:est|sera)) )?"
    "(?:en (?:vacances|congés?|déplacement|voyage|arrêt(?: maladie)?)|absente?(?: du bureau)?|malade)"
)
SILENCE_ENDS = "jusqu'à nouvel ordre"
SILENCE_LASTS = (
    r"(?:pendant|pour) .+|jusqu['’]?(?:à|a|au|en)? .+|aujourd'hui|demain|cette semaine|la semaine prochaine"
    r"|(?:le|ce|dès|du|à partir d[eu]) .+|\w+di|dimanche"
)
_JOUR_LIBRE = (
    r"(?:aujourd'hui|demain|après-demain|cette semaine|la semaine prochaine"
    r"|(?:(?:le|ce|dès) )?(?:\w{2,6}di|dimanche)(?: prochain| et (?:le )?(?:\w{2,6}di|dimanche))?)"
)
_JOURS_LIBRES = rf"(?:{_JOUR_LIBRE}|(?:à partir d[eu]|dès|jusqu.|d[eu]) .+)"
_LIBRE = r"(?:en (?:congés?|vacances|rtt)|absente?(?: du bureau)?|pas au bureau|hors du bureau)"
SILENCE_UNTIL = loosely(
    rf"(?:je (?:ne )?(?:suis|serai) )?(?:{_LIBRE}) (?P<fr_libre>{_JOURS_LIBRES})",
    rf"(?:mes |les )?(?:congés?|vacances|rtt) (?P<fr_conges>{_JOURS_LIBRES})",
    (
        r"(?:j['’]ai|on a|je prends|j['’]ai pris) (?:un |mes |des |une )?(?:(?:jours?|journée) de )?"
        rf"(?:congés?|vacances|rtt) (?P<fr_jai_conge>{_JOURS_LIBRES})"
    ),
    rf"je (?:ne )?(?:travaille|bosse) pas (?P<fr_sans_travail>{_JOURS_LIBRES})",
    rf"(?P<fr_jour_libre>{_JOUR_LIBRE}),? je (?:ne )?(?:travaille|bosse) pas",
    rf"(?P<fr_ce_jour>{_JOUR_LIBRE}),? (?:je (?:suis|serai) )?en (?:congés?|vacances|rtt)",
    (
        r"(?P<dabord>aujourd'hui|demain|cette semaine|la semaine prochaine|ce week-?end|jusqu['’]?(?:à"
        r"|au)? .+?)"
        r",? (?:(?:pas|plus) de|sans) (?:conseils|messages)"
    ),
    # What lasts for some hours is no pause on a day: "je suis en réunion mardi" may be a to-do.
    (
        r"(?P<fr_dabord>(?:à partir d[eu] |dès |d[eu] |cette |la |ce |jusqu.)[^,]+?|aujourd'hui|demain),?"
        r" (?:je (?:suis|serai)|on (?:est|sera)) (?:en (?:vacances|congés?)|absente?|malade)"
    ),
    r"je suis (?:en (?:réunion|rendez-vous|rdv|cours)|pris|prise|occupée?) (?P<occupe>jusqu.+)",
    (
        r"(?:je|on) (?:pars?|serai|sera|vais|va) en (?:vacances|congés?|voyage)"
        r" (?P<en_vacances>d[eu] .+ (?:au|à) .+|jusqu.+|(?:pour|pendant) .+|.+ (?:pour|pendant) .+)"
    ),
)
WEEKENDS = ("(?:(?:pour|pendant|durant) )?(?:le |ce )?week-?end",)
PAUSE_FROM, PAUSE_TO, PAUSE_UNTIL = "à partir d[eu]|dès|du|de", "au|à", "jusqu'(?:à|au)"
QUIET_OFF = loosely(
    (
        r"(?:désactive|supprime|enlève|annule|coupe)[rz]? (?:(?:les|mes|toutes) )*heures? (?:calmes?"
        r"|de silence"
        r"|silencieuses?)"
    ),
    r"(?:plus|pas) d'heures? (?:calmes?|de silence|silencieuses?)",
    r"(?:(?:les|mes) )?heures? (?:calmes?|de silence|silencieuses?) désactivées?",
)
QUIET_NAMES = r"heures? (?:calmes?|de silence|silencieuses?):?|ne m'écri[st] (?:pas|plus)"
DAY_STARTS, ON_DAYS, DAYS_AND = "", "", ""
FROM_HOURS, TO_HOURS, HOUR_NAMES = "", "", ""
FOR_A_WHILE = "pour|pendant"
UNTIL_AFTER = "(?:jusqu'(?:à )?)?après (?:le )?"
UNTIL_TOMORROW = "aujourd'hui"
UNTIL_NEXT_WEEK = "cette semaine|la semaine|ce week-end|le week-end|jusqu'après le week-end"
THROUGH_NEXT_WEEK = "la semaine prochaine"
THROUGH_TOMORROW = "pour demain|pendant demain"
MUTE = loosely(
    (
        r"(?:plus|jamais) (?:rien|de (?:conseils|messages)) (?:sur|à propos d[eu]"
        r"|au sujet d[eu]) (?P<plus_rien>.+)"
        r"|ne (?:me parle|m'écris) (?:plus|jamais) (?:de|sur|à propos d[eu]) (?P<ne_plus>.+)"
    ),
    r"(?:ignore|coupe) le sujet (?P<sujet>.+)",
    (
        r"(?:arrête|cesse)[rz]? de (?:m'écrire|me parler|me demander|m'embêter|me rappeler) (?:sur|de|avec"
        r"|à propos d[eu]) (?P<arrete>.+)"
    ),
    r"ne me propose[rz]? (?:plus|jamais) (?P<propose>.+)",
    r"(?:arrête|coupe|stoppe|stop)[rz]? (?:(?:avec )?les )?(?:conseils|messages|suggestions)"
    r" (?:sur|à propos d[eu]|au sujet d[eu]) (?P<fr_stop>.+)",
    r"je (?:ne )?veux (?:plus|pas) (?:entendre parler d[eu]|(?:de|recevoir de) (?:conseils|messages) sur)"
    r" (?P<fr_veux_plus>.+)",
    r"(?:ne )?me parle[rz]? (?:plus|jamais)(?: jamais)? d[eu] (?P<fr_parle>.+)",
)
MUTED_FOR_GOOD = "plus jamais|jamais plus|s'il te plaît|stp"
MUTING = "pas|rien|jamais|plus|coupe|ignore|seulement|uniquement|que"
MUTE_ON_DAYS = loosely(
    r"(?:plus |pas )(?:de |d'|du )(?P<fr_pas_de>.+)",
    r"rien (?:sur|de|du|d'|pour|concernant|à propos d[eu]) ?(?P<fr_rien_sur>.+)",
    (
        r"(?:ne )?(?:m'envoie|me propose|me montre|me parle|me rappelle|me donne)[sz]?"
        r" (?:pas|rien|plus|jamais) (?:(?:de |du |d'|sur |concernant ))?(?P<fr_ne_pas>.+)"
    ),
    r"je (?:ne )?veux (?:pas|rien|plus) (?:entendre parler )?(?:(?:de |du |d'|sur ))?(?P<fr_veux_pas>.+)",
)
MUTE_ON_OTHER_DAYS = loosely(
    r"(?P<fr_seulement>(?:le|la|les|l'|des) ?.+) (?:seulement|uniquement)",
    r"(?:ne )?(?:me parle|m'écris)[sz]? (?:de |du |d'|sur )(?P<fr_que>.+) que",
)
MUTED_KINDS = (
    r"^(?:les |des )?(?:tâches|choses|trucs|conseils|messages|rappels)"
    r" (?:de la |de |du |d'|sur |pour )(?:le |la |les |l')?"
)
UNMUTE = loosely(
    r"(?:réautorise|autorise de nouveau|réactive) (?:le sujet )?(?P<autorise>.+)",
    (
        r"tu peux (?:de nouveau|à nouveau) (?:écrire|parler|m'écrire|me parler) (?:sur|de"
        r"|à propos d[eu]) (?P<peux_sur>.+)"
    ),
    r"(?:tu peux (?:me reparler|recommencer à me parler)|reparle[- ]moi)"
    r"(?: (?:sur|à propos))? (?:de |du |d')(?P<fr_reparle>.+)",
)

# --- Done --------------------------------------------------------------------------------------------------

DONE = loosely(
    r"(?:c'est |j'ai )?(?:déjà )?(?:fait|fini|terminé)(?: déjà)?|ça y est",
    r"(?:c'est|je l'ai|je les ai|on l'a|on les a) (?:déjà |bien )?(?:fait|fini|terminé)e?s?",
)
# After them something else is good or done: "c'est bon pour moi", "c'est bon pour demain".
_PAS_UNE_TACHE = (
    r"(?!(?:moi|toi|nous|lui|elle|vous|eux|tout|rien|ça|cela|aujourd|demain|hier|ce|cette|cet|l'instant"
    r"|le moment|la santé|le moral|une fois|maintenant|(?:le )?\w+di|dimanche|l'année|le mois|la semaine)\b)"
)
COMPLETED = loosely(
    r"j'ai (?:déjà |enfin )?(?:fini|terminé|fait)(?: avec| de)? (?P<fini>.+)",
    rf"(?:c'est )?(?:bon|ok|fait|fini|réglé|terminé) (?:pour|avec) {_PAS_UNE_TACHE}(?P<fr_cest_bon>.+)",
    rf"(?:pour )?(?=(?:l[ae]s? |l'|mon |ma |mes )){_PAS_UNE_TACHE}(?P<fr_bon>.+?),?"
    r" (?:c'est (?:bon|ok|réglé)|ça y est)",
    rf"pour {_PAS_UNE_TACHE}(?P<fr_pour_fait>.+?),? c'est (?:bon|ok|réglé|fait|fini)",
    rf"ça y est pour {_PAS_UNE_TACHE}(?P<fr_ca_y_est>.+)",
    r"(?:fait|fini|terminé) ?: ?(?P<fait_ceci>.+)|(?:fini|terminé)(?: avec| de| pour)? (?P<fini_ceci>.+)",
    (
        r"(?P<est>.+?)(?: est| sont| c'est)?(?: déjà)? (?:terminée?s?|finie?s?)|(?P<fait>.+?)(?: est"
        r"| sont| c'est)(?: déjà)? faite?s?"
    ),
)
NOT_COMPLETED = "pas|rien|jamais|presque|bien|j['’]ai|tu|il|elle|qui|que|ce|ça"
_ADVERBS = "(?:(?:déjà|enfin|bien|aussi) )*"
_DIT = (
    "payée?s?|réglée?s?|achetée?s?|envoyée?s?|réservée?s?|commandée?s?|nettoyée?s?|rangée?s?|réparée?s?"
    "|virée?s?|versée?s?|transférée?s?|nourrie?s?|étendue?s?|lue?s?|relue?s?|retirée?s?|résiliée?s?"
    "|scannée?s?|chargée?s?|validée?s?|corrigée?s?|balayée?s?|inscrite?s?|remise?s?|apportée?s?|aspirée?s?"
    "|rendue?s?|écrite?s?|lavée?s?|postée?s?|imprimée?s?|arrosée?s?|récupérée?s?|renvoyée?s?|sortie?s?"
    "|descendue?s?|vidée?s?|remplie?s?|signée?s?|livrée?s?|préparée?s?|vendue?s?|tondue?s?|repassée?s?|cuisinée?s?"
    "|déposée?s?|rapportée?s?|ramenée?s?|renouvelée?s?|changée?s?|pliée?s?|jetée?s?|prise?s?|faite?s?|appelée?s?"
)
_DEED = (
    r"[a-zà-ÿ]{2,}(?:ée?s?|ie?s?|ue?s?)|faite?s?|prise?s?|mise?s?|écrite?s?|lue?s?|vue?s?"
    "|cuite?s?|peinte?s?|inscrite?s?"
)
(_DIT_SANS_ACCENT,) = loosely(_DIT)
DEEDS = (
    rf"(?:j'ai|on a|nous avons) (?:(?:d[eé]j[aà]|enfin) )*(?P<fr_deed4>{_DIT_SANS_ACCENT}) (?P<fr_done4>.+)",
    rf"(?:j'ai|on a|nous avons) {_ADVERBS}(?P<fr_deed>{_DEED}) (?P<fr_done>.+)",
    rf"(?P<fr_done6>.+?),? c'est {_ADVERBS}(?P<fr_deed6>{_DIT_SANS_ACCENT})",
    rf"(?P<fr_done2>.+?)(?: est| sont| a été| ont été) {_ADVERBS}(?P<fr_deed2>{_DEED})",
    (
        r"(?:je suis|on est) (?:bien |déjà )?(?P<fr_deed5>all[ée]e?s?|pass[ée]e?s?) (?:chez|à|au|aux|voir) "
        r"(?P<fr_done5>.+)"
    ),
    (
        r"(?:j'|on |j'ai |on a )(?P<fr_deed7>étais|etais|était|etait|été|ete) (?:chez|à|au|aux) "
        r"(?P<fr_done7>.+)"
    ),
    rf"(?P<fr_done8>(?!tout\b)[^,]+?)(?: est| sont) {_ADVERBS}(?P<fr_deed8>dehors|propres?|vides?)",
    r"je viens (?:juste |tout juste )?(?:de |d')(?P<fr_deed3>[a-zà-ÿ]+(?:er|ir|re)) (?P<fr_done3>.+)",
)
_ANNULE = "annulée?s?"
REPORTS = (
    rf"(?!(?:au|en|tout|bien|ça|c'est) )(?P<fr_done>.+?)(?<!\ben) {_ADVERBS}(?P<fr_deed>{_DIT}|{_ANNULE})",
)
TO_DO_BEGINS = r"[a-zà-ÿ]+(?:er|ir|re) (?:le|la|les|un|une|des|du|mon|ma|mes)"
OFF_DEEDS = _ANNULE
DEEDS_AFTER = "(?: (?:déjà|aujourd['’]hui|hier|ce matin|enfin))+"
IRREGULAR_DEEDS = {
    "allé": "aller passer", "alle": "aller passer", "passé": "passer aller", "passe": "passer aller",
    "étais": "aller passer", "etais": "aller passer", "été": "aller passer", "ete": "aller passer",
    "était": "aller passer", "etait": "aller passer", "dehors": "sortir descendre",
    "propre": "nettoyer laver faire", "vide": "vider", "viré": "virer verser payer régler",
    "versé": "verser virer payer", "cuit": "cuire", "peint": "peindre",
    "inscrit": "inscrire", "relu": "relire", "mis": "mettre", "remis": "remettre rendre",
    "étendu": "étendre", "sorti": "sortir descendre", "retiré": "retirer récupérer chercher",
    "récupéré": "récupérer retirer chercher", "déposé": "déposer rendre apporter",
    "payé": "régler virer", "réglé": "payer", "pris": "prendre", "fait": "faire",
    "écrit": "écrire",
    "lu": "lire", "vu": "voir", "reçu": "recevoir", "rendu": "rendre rapporter", "vendu": "vendre",
    "répondu": "répondre", "téléphoné": "appeler", "appelé": "téléphoner", "acheté": "prendre",
}  # fmt: skip
PARTICIPLE_PART = ""
FULFILLING = """
    étais etais était etait été ete dehors propre propres
    allé allée alle passé passée passe
    payé payée payés payées réglé réglée acheté achetée appelé appelée envoyé envoyée réservé réservée
    commandé commandée nettoyé nettoyée rangé rangée réparé réparée rendu rendue écrit écrite lu lue lavé
    lavée posté
    postée imprimé arrosé récupéré renvoyé fait faite viré versé déposé signé rempli
    retiré nourri résilié renouvelé sorti remis
"""
BOOKING = "réservé réservée réservés réservées"
AROUND_A_LABEL = "les ça cela oui svp"
COMPLETED_ARTICLES = "le |la |les |l['’]|mon |ma |mes "

# --- Replies to a tip --------------------------------------------------------------------------------------

REPLY_DONE = loosely(
    r"(?:oui,? )?(?:c'est |je l'ai )?(?:déjà |deja )?(?:fait|fini|terminé|termine)|c'est bon",
)
REPLY_NOT_NOW = (r"pas (?:maintenant|encore|aujourd'hui)|plus tard|une autre fois",)
REPLY_YES = (
    (
        r"(?:oui+|ouais|d'accord|dac|bien sûr|vas-y|fais-le|ok(?:ay)?|volontiers)"
        r"(?:,? (?:oui|merci|vas-y|fais-le|s'il te plaît|toutes))*"
    ),
)
NEXT_PAGE = (r"(?:page )?suivante?s?|la suite|suite|plus|encore|(?:montre )?(?:m'en )?plus",)
PREVIOUS_PAGE = (r"(?:page )?précédente?s?|retour",)
REPLY_NO = (r"non|non,? merci|pas (?:ça|celui-(?:ci|là)|celle-(?:ci|là))|ignorer|passe[rz]?",)
REPLY_UNDO = (r"annule[rz]?|pas fait",)
REPLY_WHY = (r"pourquoi(?: ça| donc| maintenant)?",)
REPLY_SNOOZE = (r"rappelle(?:-| )moi(?: plus tard)?|reporter",)
REPLY_NEVER = (r"(?:plus )?jamais",)
BEFORE_A_MOMENT = "non|plutôt|rappelle(?:-| )moi|jusqu'à"
AFTER_A_MOMENT = ""
THAT = "ça"
NO_VALUE = (r"annuler|annule|laisse tomber|tant pis",)

# --- Tips --------------------------------------------------------------------------------------------------

TIP_QUESTION = loosely(
    (
        r"que (?:dois|puis|devrais)-je faire(?: maintenant| aujourd'hui)?|qu'est-ce que je (?:dois faire"
        r"|fais)(?: maintenant)?"
    ),
    (
        r"(?:donne-moi |j'ai besoin d'|je veux |je voudrais |(?:tu as|as-tu|t'as|tu aurais|aurais-tu"
        r"|avez-vous) )?"
        r"(?:(?:un )?(?:autre |petit )?conseil(?: rapide| court| bref)?"
        r"|une (?:autre |petite )?(?:idée|suggestion)(?: rapide)?)(?: pour moi)?|je m'ennuie"
    ),
    (
        r"(?:(?:donne|propose|file|trouve)-moi|(?:tu as|t'as|as-tu|tu aurais)) (?:un truc|quelque chose"
        r"|une (?:chose|tâche))(?: à faire)?(?: maintenant)?"
    ),
    r"qu'est-ce que je (?:peux|pourrais|devrais) faire(?: maintenant| là| d'abord)?",
    r"(?:je (?:fais|peux faire|pourrais faire|dois faire)|on fait) quoi(?: maintenant| là| d'abord)?",
    r"par quoi (?:je )?commence(?:r|-je)?|je commence par quoi|quoi faire(?: maintenant)?",
    (
        r"(?:donne-moi |montre-moi |plutôt )?(?:un autre|une autre|autre chose|quelque chose d'autre"
        r"|(?:le )?(?:suivant|prochain conseil))|donne(?:-m'en| m'en) un autre"
    ),
)
I_HAVE = "j['’]ai(?: seulement| encore)?"
TIME_BEFORE, TIME_ABOUT, TIME_AFTER = "pour|en", "environ", "devant moi"
LOW_ENERGY = loosely(
    r"(?:et )?(?:je suis )?(?:très |un peu |trop )?(?:fatiguée?|crevée?|épuisée?)|peu d'énergie",
)
HIGH_ENERGY = ()
CLAUSES_AND, NO_CLAUSE_AFTER_AND = "et|mais", "demie?"

# --- What is asked -----------------------------------------------------------------------------------------

TODAY = r"(?:aujourd'hui|ce (?:matin|soir)|cet après-midi)"
TOMORROW, WEEK = "demain", r"(?:cette|la) semaine"
AGENDA = loosely(
    (
        r"(?:qu'est-ce que j'ai|qu'est-ce qu'il y a|qu'ai-je|j'ai quoi|quoi de prévu|c'est quoi le"
        r" programme|quel est le programme|qu'est-ce qui est|qu'y a-t-il|quoi|qu'est-ce qui m'attend"
        r"|c'est quoi|il y a quoi|y a quoi|(?:tu as|t'as) (?:noté|prévu) quoi|qu'est-ce que (?:tu as|t'as)"
        r" (?:noté"
        r"|prévu))"
        r"(?: à faire| de prévu| prévu| au programme)? (?:pour )?<day>"
    ),
    r"(?:mon |le )?(?:agenda|programme|planning) (?:de |pour |d')?<day>|que dois-je faire <day>",
    r"rappelle-moi ce que j'ai (?:à faire|de prévu) <day>",
)
MY_DAY = (r"(?:mon )?agenda",)
YESTERDAY = "hier"
DONE_ON = loosely(
    r"(?:qu'est-ce que j'ai|qu'ai-je) (?:déjà )?(?:fait|fini|terminé|accompli) <day>",
    r"j'ai (?:fait|fini|terminé) quoi <day>",
    (
        r"(?:combien de|quelles) (?:tâches|choses) (?:ai-je|j'ai|est-ce que j'ai) (?:déjà )?"
        r"(?:fait|fini|terminé|accompli)e?s? <day>"
    ),
    r"(?:montre|dis)(?:-moi)? ce que j'ai (?:fait|fini|terminé|accompli) <day>",
)
STATS = loosely(
    (
        r"combien (?:de tâches |de choses )?(?:j'(?:en )?ai|(?:en )?ai-je|est-ce que j'(?:en )?ai)(?: déjà)?"
        r" (?:fait|fini|terminé|accompli)(?:es)?"
        r"(?: (?:aujourd'hui|cette semaine|de tâches|de choses))*"
    ),
    (
        r"qu'(?:est-ce que j'ai|ai-je) (?:fait|fini|terminé|accompli)(?: (?:aujourd'hui|cette semaine))*"
        r"|comment (?:va|se passe|s'est passée|était) (?:ma|la|cette) semaine"
        r"|j'en ai fait combien(?: cette semaine)?"
    ),
    r"(?:mes )?(?:stats|statistiques|chiffres|progrès)(?: de la semaine)?",
)
_CONSEILS = r"(?:messages?|conseils?|notifications?|suggestions?)"
LESS = loosely(
    rf"(?:écris|écrivez|envoie)(?:-moi)? (?:un peu )?moins(?: souvent)?(?: de {_CONSEILS})?",
    rf"{TU}m'(?:écrire|envoyer) (?:un peu |beaucoup )?moins(?: souvent)?(?: de {_CONSEILS})?",
    r"(?:ne )?m'(?:écris|envoie)[sz]? pas (?:aussi|si) souvent|(?:ne )?m'écris pas autant",
    (
        rf"(?:un peu )?moins (?:souvent|de {_CONSEILS})|(?:c'est |tu envoies |il y a )?(?:beaucoup )?trop"
        rf" (?:de {_CONSEILS}|souvent)"
    ),
    r"tu (?:m')?(?:écris|envoies) (?:beaucoup )?trop(?: souvent| de messages)?|pas si souvent",
)
MORE = loosely(
    (
        rf"(?:écris|écrivez|envoie)(?:-moi)? (?:plus souvent|davantage|plus de {_CONSEILS})|(?:un peu )?plus"
        rf" souvent|pas assez de {_CONSEILS}"
    ),
    rf"{TU}m'(?:écrire|envoyer) (?:(?:un peu |beaucoup )?plus(?: souvent| de {_CONSEILS})?|davantage)",
    r"écris-moi (?:un peu |beaucoup )?plus|tu (?:ne )?m'écris pas (?:assez|beaucoup|souvent)",
)
_TACHES = "(?:tâches|taches)"
_MONTRE = r"(?:(?:montre|liste|affiche|donne|cherche)[rz]?(?:-moi)? )"
OVERDUE = loosely(
    (
        rf"{_MONTRE}?(?:(?:mes|les|toutes les) )?{_TACHES} en retard|(?:qu'est-ce qui|qui|quoi) est en"
        rf" retard|en retard"
    ),
    (
        rf"(?:combien (?:de |(?:j'ai|ai-je|est-ce que j'ai|il y a|y a-t-il) de )|quelles? ){_TACHES}"
        r"(?: (?:sont|j'ai|ai-je|est-ce que j'ai))? en retard"
    ),
    (
        rf"(?:ai-je|est-ce que j'ai|j'ai|y a-t-il|il y a|est-ce qu'il y a)(?: encore)? (?:des|de)"
        rf" {_TACHES} en retard"
        r"|(?:est-ce qu'il y a |y a-t-il )?quelque chose (?:est )?en retard"
    ),
)
DUE_TODAY = loosely(
    rf"{_MONTRE}?(?:(?:mes|les) )?{_TACHES} (?:d'|pour |de )?aujourd'hui",
)
BY_LABEL = (rf"{_MONTRE}?(?:(?:mes|les) )?{_TACHES} (?:avec )?(?P<avec>[#@][^\W\d_][\w/-]*)",)
ABOUT = loosely(
    rf"{_MONTRE}(?:(?:mes|les) )?{_TACHES} (?:sur|avec|pour|à propos (?:de|du)) (?P<fr>.+)",
    rf"quelles {_TACHES} (?:j'ai |ai-je )?(?:sur|avec|pour|à propos de) (?P<quelles>.+)",
)
EXPORT = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux )?(?:exporte[rz]?|télécharge[rz]?|sauvegarde[rz]?)(?:-moi)?"
        rf" (?:(?:toutes|mes|les|ma|la) )*(?:{_TACHES}|liste(?: de {_TACHES})?)"
        r"(?: (?:en|au format|comme)(?: un)? (?P<fr_format>.+))?"
    ),
    rf"(?:donne|envoie)-moi (?:(?:toutes|mes|les) )*{_TACHES} (?:en|au format) (?P<fr_fichier>.+)",
)
MY_PAGE = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux )?(?:ouvre|ouvrir|affiche|afficher|montre|montrer)(?:[- ]moi)?"
        r" ma page(?: web| personnelle)?"
    ),
    r"(?:donne|envoie)[- ]moi (?:le lien (?:de|vers) )?ma page(?: web| personnelle)?",
    r"(?:où est|où se trouve|comment ouvrir|je veux voir|je voudrais voir) ma page(?: web| personnelle)?",
    r"ma page(?: web| personnelle)?",
)
CONNECT = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux |je (?:veux|voudrais|souhaite) |(?:comment|puis-je) )?"
        r"(?:connecte[rz]?|relie[rz]?|lie[rz]?|synchronise[rz]?|branche[rz]?|associe[rz]?)(?:-moi)?"
        r" (?:(?:mon|le|un|ma|mes|avec|à) )*(?P<fr_service>calendrier|agenda|(?:compte )?todoist|caldav)"
        r"(?: [\w-]+)?(?: (?:à|avec) (?:toi|oo))?"
    ),
)
DISCONNECT = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux |je (?:veux|voudrais|souhaite) |(?:comment|puis-je) )?"
        r"(?:d[ée]connecte[rz]?|d[ée]lie[rz]?|dissocie[rz]?|d[ée]branche[rz]?|d[ée]tache[rz]?"
        r"|(?:coupe[rz]?|supprime[rz]?|arrête[rz]?|enlève|retire[rz]?) la (?:connexion|liaison)"
        r" (?:avec|à|de)|arrête de (?:lire|synchroniser|suivre))(?:-moi)?(?: de)?"
        r" (?:(?:mon|le|du|de|ma|mes|avec|à) )*"
        r"(?P<fr_gone_service>calendrier|agenda|(?:compte )?todoist|caldav)"
        r"(?: (?:de (?:toi|oo)|maintenant))*"
    ),
)
HERE = "ici"
BROWSER = r"(?:(?:le|mon) )?navigateur"
_NOUVELLES = "(?:conseils?|messages?|suggestions?|notifications?|rappels?|tout)"
WRITE_ON = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux )?(?:m['’])?"
        r"(?:envoie|envoyer|envoyez|écris|écrire|mets|mettre)(?:-moi)?"
        rf"(?: (?:tous|mes|tes|les|toutes|des))*(?: {_NOUVELLES})? (?:(?:sur|à|dans|via|par|vers) )?<channel>"
        r"(?: (?:maintenant|désormais|dorénavant|plutôt))*"
    ),
    rf"utilise[rz]? <channel> pour (?:(?:tous|mes|tes|les) )*{_NOUVELLES}",
)

_ENVOIS = (
    r"(?:(?:tous|toutes|les|mes|tes|et|ou|des) )*(?:conseils?|rappels?|messages?"
    r"|notifications?|suggestions?|tout)"
)
_PAR_MAIL = r"(?:par|via|en) (?:e-?mails?|mails?|courriels?|mél)"
_MON_MAIL = r"(?:mon|ma|l'|l’|mes) ?(?:adresse )?(?:e-?mail|mail|courriel)"
_ENVOIE = r"(?:(?:peux|pourrais)-tu (?:m')?|tu peux (?:m')?)?(?:envoie[rz]?|envoyer|transmets)(?:-moi)?"
MAIL_NAMES = (r"e-?mail", "mail", "courriel", "mél")
MAIL_ME = (
    (
        rf"{_ENVOIE}(?: {_ENVOIS})+"
        rf"(?: {_PAR_MAIL})?(?: (?:à|sur|vers))?(?: {_MON_MAIL}:?)? <address>(?: {_PAR_MAIL})?"
    ),
    rf"{_ENVOIE}(?: {_ENVOIS})+ {_PAR_MAIL}",
    (
        rf"(?:je (?:veux|voudrais|souhaite)|puis-je|comment)(?: recevoir| avoir)?(?: {_ENVOIS})+ {_PAR_MAIL}"
        r"(?: (?:à|sur) <address>)?"
    ),
    rf"(?:écris|écrivez)-moi {_PAR_MAIL}(?: (?:à|sur) <address>)?",
    r"(?:écris|écrivez)-moi (?:à|sur) <address>",
    rf"{_ENVOIS} {_PAR_MAIL}(?: (?:à|sur) <address>)?",
    rf"(?:connecte[rz]?|relie[rz]?|utilise[rz]?) {_MON_MAIL}:?(?: <address>)?",
    rf"{_MON_MAIL} est <address>",
)
ABOUT_TOMORROW = "(?:pour )?demain"
SPEAK = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux )?(?:me )?(?:parle[rz]?|écris|écrire|écrivez|réponds|répondre"
        r"|répondez)(?:-moi)?(?: en)? <name>(?: avec moi| maintenant)*"
    ),
    r"(?:change|passe|mets)(?:r)? (?:la langue )?(?:en|à) <name>|(?:tu parles|parles-tu) <name>",
    r"en <name>(?: maintenant)?",
)
SPEAK_ANY = (
    (
        r"(?:(?:peux|pourrais)-tu |tu peux )?(?:me )?(?:parle[rz]?|tu parles|parles-tu|écris|écrire|réponds"
        r"|répondre)(?:-moi)?(?: aussi)?(?: en)? <name>(?: avec moi)?"
    ),
)

# --- To-dos without words that ask for one -----------------------------------------------------------------

_CHORES = """
    accrocher acheter affûter ajouter aller amener annuler appeler apporter apprendre arracher arranger
    arroser assembler assurer attacher aérer balayer boire bricoler brosser changer charger chercher choisir
    classer coller commander commencer comparer compléter composter confirmer congeler construire contacter
    contrôler copier coudre couper courir créer cueillir cuire cuisiner demander dessiner donner débarrasser
    déboucher déclarer décorer dégivrer déménager déposer désherber désinfecter détartrer emballer embaucher
    emporter emprunter encaisser enregistrer entretenir envoyer essayer essuyer expédier faire fermer finir
    fixer fêter garer gonfler graisser habiller imprimer inscrire installer inviter jardiner jeter jouer
    laver lire livrer louer lustrer manger marcher mesurer mettre meubler monter nager nettoyer noter
    nourrir numériser obtenir organiser ouvrir passer payer peindre percer photographier planifier planter
    plier polir porter poser poster postuler pratiquer prendre promener préparer prévoir publier raccommoder
    ramasser ramener ramoner ranger rappeler recoudre relire rembourser remercier remplacer remplir rendre
    renouveler renvoyer repasser repeindre restituer retirer retourner réclamer récupérer rédiger régler
    réparer répondre réserver résilier réviser sauvegarder semer signer soigner sortir souscrire stocker
    suivre surveiller sécher tailler terminer tondre traduire transférer tricoter trier trouver télécharger
    téléphoner vacciner vendre verser vider virer visiter voir vérifier écouter écrire épousseter étendre
    étudier
"""
CHORES = f"{_CHORES} {without_accents(_CHORES)}"
CHORES_AT_END = ""
ABOUT_CHAT = """
    tâches conseil conseils message messages notification notifications rappel rappels réglage réglages
    paramètre paramètres langue fuseau bot oo moins
"""
NOT_ABOUT_CHAT = (
    (
        r"\bmessages? (?:à|au|aux|pour) (?!moi\b|slack|telegram|whatsapp|mon (?:mail|téléphone))\w.*"
        r"|\bmessages? de .*"
    ),
    r"\b(?:le|la|du|au|un|mon|ton|notre|les|des|aux|mes|petit) chats?\b.*",
    r"^(?:apprendre|étudier|pratiquer) .*\blangue\b.*|\bsalle de .*",
)

DEEDS_OF_TALK = ""
CONVERSATION = """
    je j'ai tu il elle nous vous c'est est suis sont pas non oui qui quoi quand où comment pourquoi
    jusqu'à jusqu'au rappelle-moi reporte ciao
"""
NOT_TALK_AFTER_CHORES = "du es"  # "acheter du lait"
RULE_WORDS = "chaque|tous|toutes|après"
BEFORE_DATES, WITHIN_DATES = "", "du"
