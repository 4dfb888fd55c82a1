"""Which French words of a task say that it is in the morning or in the evening.

Tests: tests/core/words/dates/test_occasions.py.
"""

from __future__ import annotations

from core.words.phrasebooks.accents import loosely

(MORNINGS,) = loosely(
    r"(?:se |me |te )?réveill\w+|(?:se|me|te) lever|debout|(?:petit|p['’]tit)[- ]déj\w*|lever du soleil"
    r"|^(?:mettre )?(?:le |mon |un )?réveil$"
)
(EVENINGS,) = loosely(
    r"dîner|souper|apéro|apéritif|ciné(?:ma)?|concert|soirée|fête|pub|discothèque|théâtre|opéra"
    r"|(?:boire|prendre) un (?:verre|coup)|verre avec"
    r"|bières? avec|^bières?\b|boire une bière|bar avec|^bar\b|raclette|tapas|karaoké|pizza avec"
    r"|cuisiner pour (?!la |le |les )\w+|(?:voir|regarder) le match"
)
(EVENING_ORDERS,) = loosely(
    r"commander (?:une |des |la |les |le )?(?:pizzas?|sushis?|burgers?|dîner|à manger)"
)
(MIDDAYS,) = loosely(r"déjeuner")
(EARLY_ON_A_DAY,) = loosely(
    r"(?:à|pour|vers) l['’]aéroport|^(?:l['’])?aéroport|^(?:mon |le |notre )?(?:vol|avion)"
    r"|^(?:mon |le |notre )?train(?: pour .*)?$|prendre (?:le |mon |un |l['’])(?:vol|train|avion)"
    r"|^alarme$"
)
(OTHER_ERRANDS,) = loosely(
    r"acheter|réserver|commander|appeler|téléphoner|écrire|payer|chercher|récupérer|organiser|inviter"
    r"|annuler|billets?|places|table|réservation"
)
