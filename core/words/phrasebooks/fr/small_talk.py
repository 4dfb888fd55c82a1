"""Small talk in French; ``core/words/phrasebooks/en/small_talk.py`` explains the constants.

Tests: tests/core/words/test_small_talk.py.
"""

from __future__ import annotations

WORDS = """
    absolument ah ailleurs allons-y allô arrête attendez attends aucun aucune autre beaucoup ben bien
    bientôt blague bof bon bonjour bonne bonsoir bot bref béton carrément certainement chante chouette chut
    ciao compris con connard connasse conne content contente cool coucou d'accord dac dingue dommage drôle
    débile dégage désolé désolée dispo disponible effectivement encore ennuyeuse ennuyeux entendu essai euh
    exact exactement
    exemple exemples fatigué fatiguée faux fini férié fériée flûte gueule génial haha hein hm hop hélas
    idiot idiote idée
    imbécile impeccable impossible infos intéressant intéressante inutile jamais joyeux juste laisse-moi
    libre malade marrant
    mdr merci merde mince minute moche mouais météo nan non nul nulle oh ok okay ouais oublie oui oups
    pardon parfait patience peut-être pff pfff plus prêt prête ptdr purée putain quoi relou rien robot sais
    salope salut stop stressé stressée suivant super sympa sérieux tant tard terminé test top triste trop
    très voilà voyons vrai vraiment wesh wow youpi zut évidemment
"""

BETWEEN = """
    1 123 2 3 a au aujourd'hui bon c'est ce cest cette comme de des du en es est et j'ai je l'es la le les
    là maintenant mais me moi monde ne on oo ou pas pour qu'un que si suis t'es ta te tes toi tous tout
    toute tu un une va vas y à ça
"""

LAUGHTER = r"(?:mdr|ptdr)+"
OPENINGS = "ah bof euh haha hein hm mdr mouais oh pff pfff ptdr"
OPENINGS_OF_A_TIME = ""

PHRASES = (
    r"\d+ (?:minutes?|min|heures?)",
    r"aller bien|faire (?:autre chose|rien)|fais (?:autre chose|rien|mieux)|trouver autre chose",
    r"passer à autre chose|laisser? tomber|voir plus tard",
    r"va(?:-t'en| te .+| au diable| mourir| voir ailleurs)",
    r"(?:ça|sa|comment|comment ça|tout) va(?:s-tu)?(?: .*)?",
    r"(?:comment )?(?:tu vas|vas-tu|allez-vous)(?: bien)?|quoi de neuf|ta gueule|ferme-la",
    r"fous(?:-moi la paix| le camp)|casse-toi|fiche-moi la paix|laisse-moi(?: .*)?",
    (
        r"(?:raconte|raconte-moi|dis|dis-moi|chante|chante-moi|écris)(?: moi| nous)? (?:une|un"
        r"|des) (?:blagues?|histoire|chanson|poème)"
    ),
    r"(?:une |des )?blagues?|joue (?:de la musique|un morceau)|mets de la musique",
    r"(?:allume|éteins)(?:r)? la lumière",
    r"(?:quelle heure|quel temps|quel jour)(?: .*)?|(?:la )?météo(?: .*)?",
    r"il fait (?:beau|froid|chaud|quel temps)(?: .*)?",
    r"(?:que|qu'est-ce que|quoi) (?:fais-tu|tu fais|sais-tu)(?: .*)?",
    r"(?:c'est |à )?(?:quoi|qui)(?: .*)?",
    (
        r"(?:mauvaise|bonne|longue|dure|sale|belle|rude|excellente) (?:journée|soirée|nuit|semaine"
        r"|idée|chance|année|fin de journée)(?: .*)?"
    ),
    r"bon (?:week-end|courage|appétit|anniversaire|voyage|bot|robot|dimanche)(?: .*)?",
    r"joyeu(?:x noël|ses fêtes|ses pâques|x anniversaire)(?: .*)?|au revoir",
    r"à (?:plus|plus tard|bientôt|demain|tout à l'heure|tout de suite|la prochaine)|merci .*",
    r"(?:juste |c'est )?(?:un )?(?:test|essai)|(?:bla ?)+",
    r"bonjour (?:le monde|à tous|toi|oo|à toi)|salut (?:toi|oo|à tous)|coucou .*",
    r"(?:un|une|deux|juste une?) (?:instant|moment|minutes?|secondes?)(?: .*)?|on y va|c'est parti",
    r"allez(?:-y)?|bien sûr(?: que .*)?|pas (?:mal|compris|grave|encore|vrai|du tout)(?: .*)?",
    r"tant (?:pis|mieux)|aucune idée",
    r"rien (?:du tout|à faire|aujourd'hui|de spécial|pour l'instant|pour le moment)|je ne sais pas.*",
    r"j'sais pas",
    r"moi c'est .+|je m'appelle .+",
    r"(?:t'es|tu es|tu) (?:nul|nulle|bête|idiot|con|génial|m'énerves|super|gentil|un robot)(?: .*)?",
    r"j'habite .+|mauvais(?:e)? (?:bot|blague|idée)|et alors",
)

ANSWERS = (
    (
        r"(?:oui|ouais|ok|okay|d'accord|dac|bien|très bien|bien sûr|parfait|super|non|nan|exact"
        r"|exactement|voilà|c'est bon|ça marche|entendu|vrai|évidemment)(?:[ ,]+(?:oui|ok|merci|bien"
        r"|super|parfait|alors|bon))*"
    ),
    r"(?:c'est (?:tout|assez|bon)|ça suffit|(?:j'ai )?fini|assez) pour aujourd'hui",
    r"au revoir|ciao|adieu|à (?:plus|plus tard|bientôt|demain|tout à l'heure|la prochaine)",
    r"bonne (?:nuit|journée|soirée)|bon week-end|salut",
    r"(?:je suis )?désolée?|pardon|oups|excuse(?:z)?-moi|laisse(?:r)? tomber|oublie(?: ça)?|tant pis",
    r"pas grave|de rien|je t'en prie|pas de (?:souci|problème)|peu importe",
    r"(?:je )?(?:ne )?sais pas(?: encore)?|j'sais pas|aucune idée|peut-être",
    r"rien(?: (?:du tout|à faire|aujourd'hui|de spécial))?|attends(?: .*)?",
    r"(?:un|une) (?:instant|moment|minute|seconde)|compris|on verra",
)
