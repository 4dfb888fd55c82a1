"""What people ask oO about itself in French; ``core/words/phrasebooks/en/service.py`` explains all.

Tests: tests/core/words/test_service.py.
"""

from __future__ import annotations

_SHOW = (
    r"(?:(?:montre|montre-moi|ouvre|ouvrir|voir|change|changer|modifier) )?(?:(?:tous|les|mes|la|ma|tes) )*"
)
SETTINGS = (
    rf"{_SHOW}(?:réglages?|paramètres?|préférences?|options|configuration)",
    r"où (?:sont|trouver|je trouve) (?:les |mes )?(?:réglages|paramètres|options)",
)
PRIVACY = (
    rf"{_SHOW}(?:confidentialité|vie privée|protection des données)|rgpd|mon compte|mes données",
    r"(?:où|comment) (?:sont|tu gardes|tu stockes) (?:stockées |gardées )?mes données",
    (
        r"(?:est-ce que )?mes données sont(?:-elles)? (?:en sécurité|sûres|privées)|c'est (?:sûr"
        r"|sécurisé|privé|anonyme)"
    ),
    r"(?:que|qu'est-ce que tu) sais(?:-tu)?(?: (?:de|sur) moi)|tu lis mes messages",
)
_DATA = r"(?:(?:toutes|mes|mon|les|le) )*(?:compte|données|profil|historique)|tout sur moi"
DELETE_DATA = (
    rf"(?:supprime[rz]?|efface[rz]?|ferme[rz]?|enlève|oublie) (?:{_DATA})",
    rf"(?:comment|je (?:veux|voudrais)|tu peux|peux-tu) (?:supprimer|effacer|fermer) (?:{_DATA})",
)
EXPORT_ALL = (
    (
        r"(?:comment |puis-je |(?:peux|pourrais)-tu |je (?:veux|voudrais) )?(?:exporte[rz]?|télécharge[rz]?"
        r"|sauvegarde[rz]?)(?:-moi)? (?:(?:toutes|mes|les) )*données"
    ),
)
_AMI = (
    r"(?:(?:ma|mon|une?) (?:femme|mari|compagnon|compagne|copine|copain|amie?|collègue|frère|soeur"
    r"|sœur)|quelqu'un)"
)
INVITE = (
    rf"(?:comment |puis-je |je (?:veux|voudrais) )?(?:invite[rz]?) {_AMI}(?: (?:sur|à) (?:oo|toi))?",
    rf"{_AMI} peut (?:aussi )?t'utiliser",
)
_LISTE = r"(?:(?:ma|mes|la|les|toutes) )*(?:liste(?: de tâches)?|tâches)"
PRINT = (rf"(?:puis-je |comment )?imprime[rz]? {_LISTE}",)
SHARE = (
    (
        rf"(?:puis-je |comment )?partage[rz]? {_LISTE}(?: avec .+)?|envoie[rz]? (?:ma liste"
        r"|mes tâches) à .+"
    ),
)
SORT = (
    (
        rf"(?:trie[rz]?|classe[rz]?|ordonne[rz]?)(?: {_LISTE}|-les|-la)? (?:par|selon) (?:la )?(?:date"
        r"|jour|heure"
        r"|priorité|urgence|nom|titre|échéance|importance)"
    ),
    rf"trie[rz]? {_LISTE}",
)
SWAP = (
    r"(?:échange|inverse|permute|intervertis)[rz]? (?P<echange>.+?) (?:et|avec|contre) (?P<echange_avec>.+)",
)
TIMEZONE = (
    (
        r"(?:(?:change|changer|mets|règle) )?(?:mon |le )?fuseau(?: horaire)?(?: (?:est|à|sur|pour))?"
        r" (?P<fr_place>(?!faux|mauvais|pas|incorrect|est|n'est|horaire).+)"
    ),
    (
        r"(?:j'habite|je vis|je suis)(?: maintenant)?(?: en (?:vacances|voyage|déplacement))?"
        r" (?:à|en|au) (?P<fr_city>(?!r[ée]union\b|vacances\b|voyage\b|d[ée]placement\b|cours\b|rdv\b"
        r"|rendez-vous\b).+?)(?: maintenant|"
        r" en ce moment)?"
    ),
)
ASK_TIMEZONE = (
    (
        r"(?:change|changer|modifier|corriger?) (?:mon |le )?fuseau(?: horaire)?|(?:mon "
        r"|le )?fuseau(?: horaire)?"
        r"(?: (?:est (?:faux|mauvais|incorrect)|n'est pas bon))?|mauvais fuseau(?: horaire)?"
        r"|(?:l'|ton )heure est (?:fausse|mauvaise)|quel est mon fuseau(?: horaire)?"
    ),
)
_A_TASK = r"(?:(?:une|un|des|mes|la|les|le|nouvelle) )*(?:tâches?|rappels?|conseils?|dates?)"
HOW_TO = (
    (
        r"comment (?:je (?:peux |fais pour )?|on |puis-je |faire pour )?(?:ajoute|ajouter|supprime"
        r"|supprimer|crée"
        rf"|créer|modifier?|déplacer?|terminer?|changer?|arrêter?|faire) {_A_TASK}"
    ),
    (
        r"comment (?:fonctionnent|marchent) les (?:rappels|conseils|tâches)|comment (?:tu"
        r"|ça) (?:marches?|fonctionnes?)"
    ),
    (
        r"(?:qu'est-ce que je peux|que (?:puis-je|dois-je|faut-il)|je peux) (?:écrire|dire|taper"
        r"|demander|faire ici)"
    ),
    (
        r"(?:à quoi|c'est quoi|qu'est-ce que) (?:tu sers|ça sert|c'est|tu fais|tu peux faire)"
        r"|que (?:fais-tu|sais-tu faire)"
    ),
    (
        r"(?:tu peux|peux-tu|pourrais-tu|tu pourrais) (?:m'aider|me rappeler (?:des choses"
        r"|quelque chose|mes tâches|tout))"
    ),
    (
        r"(?:je )?(?:ne )?(?:comprends|comprend) (?:pas|rien)|(?:j'ai )?(?:pas|rien) compris"
        r"|explique(?:-moi)?(?: .+)?"
    ),
    r"mode d'emploi|commandes|aide .+",
    (
        r"(?:c'est|est-ce) (?:gratuit|payant)|(?:ça|c'est) (?:coûte )?combien|combien ça coûte"
        r"|qui t'a (?:créée?|faite?|programmée?)"
    ),
    r"(?:tu es|es-tu|t'es) (?:un |une )?(?:robot|bot|humaine?|ia|machine|vraie? personne)(?: ou .+)?",
)
