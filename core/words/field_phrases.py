"""How people say that a task gets another title, priority, estimate, label, project or note.

The patterns are like those of ``core/words/change_phrases.py``, which has the dates.

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from core.words.change_phrases import DU, LETS, MAL, TU, phrases
from core.words.phrasebooks.es import requests as es

_TO = r" (?:to|as|into)(?= )"
_OF_FR = r"(?:de la |de l'|du |des |de |d')"
_TAG = r"[#@][^\W\d_][\w/-]*"
_TAGS = rf"{_TAG}(?:(?:,| and| und| et)? {_TAG})*"
_STRONG = (
    r"(?:p ?[1-4]|(?:very |really |super )?urgent|(?:very |really )?important|asap"
    r"|(?:a )?(?:high|higher|highest|top|low|lower|lowest|medium|normal|no) (?:prio|priority)"
    r"|(?:the )?(?:highest|top|lowest) priority|priority (?:p?[1-4]|low|medium|normal|high)"
    r"|not (?:so |that )?urgent|less urgent|more urgent|less important|more important)"
)
_STARK = (
    r"(?:p ?[1-4]|(?:sehr |super )?(?:dringend|wichtig|eilig)|(?:zur )?(?:hohe[rn]?|höchste[rn]?"
    r"|niedrige[rn]?|mittlere[rn]?"
    r"|normale[rn]?|keine) (?:prio|priorität)|(?:prio|priorität) (?:p?[1-4]|hoch|niedrig|mittel)|nicht"
    r" (?:so |mehr )?(?:dringend|wichtig|eilig)|dringender"
    r"|wichtiger)"
)
_FORT = (
    r"(?:p ?[1-4]|(?:très )?(?:urgente?|importante?|prioritaire)|(?:priorité )(?:haute|basse|moyenne"
    r"|normale|maximale|p?[1-4])"
    r"|(?:haute|basse) priorité|pas (?:si |très )?(?:urgente?|importante?)|(?:plus|moins) (?:urgente?"
    r"|importante?))"
)
_LEVEL = r"(?:p?[1-4]|high|higher|highest|top|low|lower|lowest|medium|normal|none|urgent|important|max)"
_STUFE = r"(?:p?[1-4]|hoch|höher|niedrig|niedriger|mittel|normal|dringend|wichtig)"
_NIVEAU = r"(?:p?[1-4]|haute|basse|moyenne|normale|urgente?|maximale)"

TITLES = (
    *phrases(
        "rename",
        rf"{LETS}(?:rename|retitle|reword|rephrase) (?P<rest>.+)",
        rf"{LETS}change (?:the )?(?:title|name|wording) of (?P<rest>.+)",
        joints=_TO,
    ),
    *phrases(
        "call",
        rf"{LETS}(?:call|name|title) (?P<title>it|this task|that task|this one|that one|the task) "
        r"(?!a day|quits|off\b|back\b|in\b|again\b|now\b|later\b)(?P<value>.+)",
        rf"{MAL}nenne? (?P<title>es|sie|ihn|die aufgabe) (?:jetzt |lieber |besser )?(?P<value>.+)",
        r"(?:appelle|nomme)-(?P<title>l[ea]) plutôt (?P<value>.+)"
        r"|renomme-(?P<title2>l[ea])(?: en)? (?P<value2>.+)",
    ),
    *phrases(
        "rename",
        rf"{MAL}(?:benenne?|taufe?) (?P<title>.+?) (?:in|zu|auf) (?P<value>.+) um",
        rf"{MAL}(?:benenne?|nenne?) (?P<title>.+?) um(?: in| zu|:) (?P<value>.+)",
        rf"{DU}(?P<title>.+?) in (?P<value>.+) umbenennen|(?P<title2>.+?) umbenennen (?:in|zu)"
        rf" (?P<value2>.+)",
        r"(?P<title>.+?) in (?P<value>.+) umbenennen",
        rf"{MAL}ändere? den (?:namen|titel) (?:von|vom|der) (?P<title>.+?) (?:in|zu|auf) (?P<value>.+)",
        r"(?:rename|renomme) (?P<title>.+?) (?P<value>[\"“„«].+[\"”“»])",
        r"renomme[rz]? (?P<title>.+?) (?:en|par) (?P<value>.+)",
        rf"{TU}renommer (?P<title>.+?) en (?P<value>.+)",
        rf"change(?:r)? le (?:nom|titre) {_OF_FR}(?P<title>.+?) (?:en|par|pour) (?P<value>.+)",
    ),
)

PRIORITIES = (
    *phrases(
        "priority",
        rf"{LETS}(?:make|set|mark|flag|give|turn) (?P<title>.+?) (?:(?:to|as|into|at|is)"
        rf" )?(?P<value>{_STRONG})",
        rf"{LETS}(?:set|change|put) (?:the )?priority (?:of|for|on) (?P<title>.+?) (?:to|at)"
        rf" (?P<value>{_LEVEL})",
        rf"{LETS}(?:set|change) (?P<title>.+?)['’]s priority to (?P<value>{_LEVEL})",
        rf"{MAL}(?:mache?|setze?|stelle?|markiere?|gib) {MAL}(?P<title>.+?) (?:(?:auf|als|zu)"
        rf" )?(?P<value>{_STARK})",
        rf"{MAL}gib (?:der |dem )?(?P<title>.+?) (?P<value>{_STARK})",
        rf"(?:{DU})?(?P<title>.+?) auf (?P<value>{_STARK}) (?:setzen|stellen)",
        rf"{MAL}(?:setze?|ändere?|stelle?) die priorität (?:von|vom|der|des|für) (?P<title>.+?) auf"
        rf" (?P<value>{_STUFE})",
        rf"(?:mets|passe|marque|rends|mettre|passer|marquer|rendre) (?P<title>.+?) (?:(?:en|comme|à)"
        rf" )?(?P<value>{_FORT})",
        rf"(?:mets|passe|change) la priorité {_OF_FR}(?P<title>.+?) (?:à|en|sur) (?P<value>{_NIVEAU})",
        rf"(?P<value>{_FORT}) pour (?P<title>.+)",
    ),
    *phrases(
        "priority",
        rf"(?P<title>.+?)(?: is|'s| has| should be| gets)(?: now| really| of| a)*"
        rf" (?P<value>{_STRONG})(?: now)?",
        rf"(?P<title>.+?) (?:ist|hat|sollte|bekommt)(?: jetzt| nun| wirklich)* (?P<value>{_STARK})",
        rf"(?P<title>.+?) (?:est|devient|c'est)(?: maintenant| vraiment)? (?P<value>{_FORT})",
        rf"{LETS}(?:set|change) (?P<title>.+?) to (?P<value>high|low|medium|normal|top)",
        sure=False,
    ),
    *phrases(
        "not_urgent",
        r"(?P<title>.+?) (?:isn't|is not|is no longer|'s not) (?:so |that |really )?(?:urgent"
        r"|important)(?: any ?more)?",
        r"(?P<title>.+?) ist nicht(?: mehr)? (?:so )?(?:dringend|wichtig|eilig)",
        r"(?P<title>.+?) n'est (?:pas|plus) (?:si |très )?(?:urgente?|importante?|prioritaire)",
        sure=False,
    ),
    *phrases(
        "higher",
        rf"{LETS}(?:raise|increase|bump(?: up)?|up) the (?:priority|prio) of (?P<title>.+)",
        rf"{MAL}erhöhe? die (?:prio|priorität) (?:von|vom|der|des|für) (?P<title>.+)",
        rf"(?:augmente|monte|élève)[rz]? la priorité {_OF_FR}(?P<title>.+)",
    ),
    *phrases(
        "lower",
        rf"{LETS}(?:lower|decrease|reduce|drop|deprioriti[sz]e) the (?:priority|prio) of (?P<title>.+)",
        rf"{MAL}(?:senke?|verringere?|reduziere?) die (?:prio|priorität) (?:von|vom|der|des|für)"
        rf" (?P<title>.+)",
        rf"(?:baisse|diminue|réduis)[rz]? la priorité {_OF_FR}(?P<title>.+)",
    ),
    *phrases("higher", rf"{LETS}prioriti[sz]e (?P<title>.+)|priorisiere? (?P<title2>.+)", sure=False),
    *phrases("lower", rf"{LETS}de-?prioriti[sz]e (?P<title>.+)", sure=False),
)

_NEEDS_EN = (
    r"(?:only |just |usually |probably )?(?:takes?(?: me)?|will take(?: me)?|should take(?: me)?|would"
    r" take(?: me)?"
    r"|is going to take(?: me)?|needs|requires|lasts|may take|might take|can take)"
)
ESTIMATES = (
    *phrases(
        "minutes",
        rf"(?P<title>.+?) {_NEEDS_EN} (?P<value>.+)",
        r"(?P<title>.+?) (?:dauert|braucht|benötigt) (?P<value>.+)|(?P<title2>.+?) wird (?P<value2>.+)"
        r" dauern",
        r"für (?P<title>.+?) (?:brauche|benötige) ich (?P<value>.+)|ich brauche (?P<value2>.+) für"
        r" (?P<title2>.+)",
        r"ich brauche für (?P<rest>.+)",
        r"(?P<title>.+?)(?: me)? (?:prend|prendra|dure|durera|va (?:me )?prendre|demande|me prend|nécessite)"
        r" (?P<value>.+)",
        r"(?:il (?:me )?faut|j'ai besoin de|compte) (?P<value>.+) pour (?P<title>.+)",
        r"i (?:will )?need (?P<value>.+) for (?P<title>.+)",
        sure=False,
        joints=r" (?=\S)",
    ),
    *phrases(
        "minutes",
        rf"{LETS}(?:set|change) (?:the )?(?:estimate|duration|length) (?:of|for) (?P<title>.+?) (?:to|at)"
        rf" (?P<value>.+)",
        rf"{LETS}estimate (?P<title>.+?)(?: at| to take| as|:) (?P<value>.+)",
        r"(?:estimate|duration) (?:of|for) (?P<title>.+?)(?::| is) ?(?P<value>.+)",
        rf"{MAL}schätze? (?P<title>.+?) auf (?P<value>.+)|(?:dauer|schätzung) (?:von|für)"
        rf" (?P<title2>.+?): ?(?P<value2>.+)",
        rf"{MAL}setze? die (?:dauer|schätzung) (?:von|vom|für) (?P<title>.+?) auf (?P<value>.+)",
        rf"(?:estime|évalue)[rz]? (?P<title>.+?) à (?P<value>.+)|durée {_OF_FR}(?P<title2>.+?) ?:"
        rf" ?(?P<value2>.+)",
        rf"(?:mets|fixe) la durée {_OF_FR}(?P<title>.+?) à (?P<value>.+)",
    ),
    *phrases(
        "no_minutes",
        rf"{LETS}(?:remove|delete|clear|drop) the (?:estimate|duration) (?:of|from|for|on) (?P<title>.+)",
        r"no (?:estimate|duration) for (?P<title>.+)",
        rf"{MAL}(?:entferne?|lösche?) die (?:dauer|schätzung) (?:von|vom|für|bei|beim) (?P<title>.+)"
        r"|keine (?:dauer|schätzung) für (?P<title2>.+)",
        rf"(?:enlève|supprime|efface)[rz]? (?:la durée|l'estimation) {_OF_FR}(?P<title>.+)",
    ),
)

LABELS = (
    *phrases(
        "unlabel",
        rf"{LETS}(?:remove|drop|delete|take) (?:the )?(?:labels? |tags? )?(?P<value>{_TAGS})(?: label|"
        rf" tag)? (?:from|off|of) (?P<title>.+)",
        rf"{LETS}(?:remove|drop|delete|take) the (?:label|tag) (?P<value>\S+) (?:from|off|of) (?P<title>.+)",
        rf"{LETS}(?:unlabel|untag) (?P<title>.+?) (?:from |as )?(?P<value>{_TAGS})",
        rf"{MAL}(?:entferne?|lösche?|nimm) (?:das (?:label|etikett|schlagwort|tag) )?(?P<value>{_TAGS})"
        rf" (?:von|vom|bei|beim) (?P<title>.+?)(?: weg)?",
        rf"{MAL}(?:entferne?|lösche?) das (?:label|etikett|schlagwort|tag) (?P<value>\S+) (?:von|vom|bei"
        rf"|beim) (?P<title>.+)",
        rf"(?:enlève|retire|supprime)[rz]? (?:l'étiquette |le label |le tag )?(?P<value>{_TAGS})"
        rf" {_OF_FR}(?P<title>.+)",
        rf"(?:enlève|retire|supprime)[rz]? (?:l'étiquette|le label|le tag) (?P<value>\S+)"
        rf" {_OF_FR}(?P<title>.+)",
    ),
    *phrases(
        "no_labels", rf"{LETS}(?:unlabel|untag|remove (?:the|all) (?:labels|tags) (?:from|of)) (?P<title>.+)"
    ),
    *phrases(
        "label",
        rf"{LETS}(?:label|tag|mark|file) (?P<title>.+?) (?:(?:with|as|under)(?: the)?(?: label| tag)?"
        rf" )?(?P<value>{_TAGS})",
        rf"{LETS}(?:add|put|attach|set|give) (?:the )?(?:labels? |tags? )?(?P<value>{_TAGS})(?: label|"
        rf" tag)? (?:to|on|for) (?P<title>.+)",
        rf"{LETS}(?:add|put|attach) (?:the )?(?:label|tag) (?P<value>\S+) (?:to|on) (?P<title>.+)",
        rf"{LETS}(?:give|add) (?P<title>.+?) the (?:label|tag) (?P<value>\S+)",
        rf"{MAL}(?:markiere?|etikettiere?|versieh|labele?|tagge?|kennzeichne?) (?P<title>.+?) (?:mit "
        rf"|als )?(?P<value>{_TAGS})",
        rf"{MAL}gib (?P<title>.+?) das (?:label|etikett|schlagwort|tag) (?P<value>\S+)",
        rf"{MAL}füge? (?:das (?:label|etikett|schlagwort) )?(?P<value>{_TAGS}) (?:zu|zum|zur|bei)"
        rf" (?P<title>.+) hinzu",
        rf"{MAL}füge? (?P<title>.+?) (?:das (?:label|etikett|schlagwort) )?(?P<value>{_TAGS}) hinzu",
        rf"(?:ajoute|mets|colle)[rz]? (?:l'étiquette |le label |le tag )?(?P<value>{_TAGS}) (?:à la |à"
        rf" l'|au |aux |à |sur )(?P<title>.+)",
        r"(?:ajoute|mets|colle)[rz]? (?:l'étiquette|le label|le tag) (?P<value>\S+) (?:à la |à l'|au "
        r"|aux |à |sur )(?P<title>.+)",
        rf"(?:étiquette|tague|marque)[rz]? (?P<title>.+?) (?:avec |comme )?(?P<value>{_TAGS})",
    ),
    *phrases(
        "label",
        rf"{LETS}(?:label|tag) (?P<title>.+?) (?:as|with) (?P<value>[^\W\d_][\w-]*)",
        rf"(?P<title>.+?) mit (?P<value>{_TAGS}) (?:markieren|versehen|kennzeichnen)",
        sure=False,
    ),
)

_INTO = r"(?:in|into|to|under)"
PROJECTS = (
    *phrases(
        "no_project",
        rf"{LETS}(?:remove|take) (?P<title>.+?) (?:from|out of) (?:the |its )?project(?: \S+)?",
        rf"{LETS}remove the project (?:of|from) (?P<title>.+)",
        rf"{MAL}(?:nimm|entferne?) (?P<title>.+?) aus dem projekt(?: \S+)?(?: raus| heraus)?",
        r"(?:sors|retire|enlève) (?P<title>.+?) du projet(?: \S+)?",
    ),
    *phrases(
        "project",
        rf"{LETS}(?:put|move|add|file|assign|sort) (?P<title>.+?) {_INTO} (?:the |my )?(?:project:?"
        rf" (?P<value>.+)|(?P<value2>.+) project)",
        rf"{LETS}(?:put|move|add|file|assign) (?P<title>.+?) (?:{_INTO} )?(?P<value>\+[^\W\d_][\w/-]*)",
        rf"{LETS}(?:set|change) the project of (?P<title>.+?) to (?P<value>.+)",
        r"(?P<title>.+?) (?:belongs to|is part of|goes (?:in|into|under)) (?:the )?(?:project"
        r" (?P<value>.+)|(?P<value2>.+) project)",
        rf"{MAL}(?:lege?|packe?|schiebe?|verschiebe?|tu|ordne|setze?|stecke?|füge?) {MAL}(?P<title>.+?)"
        r" (?:in das|ins|in|unter|zum|dem) projekt (?P<value>.+?)(?: hinzu| zu)?",
        r"(?P<title>.+?) gehört (?:zum|ins|in das) projekt (?P<value>.+)",
        r"(?:mets|déplace|range|ajoute|classe|place)[rz]? (?P<title>.+?) (?:dans le|au|dans) projet"
        r" (?P<value>.+)",
        r"(?P<title>.+?) (?:fait partie|est) du projet (?P<value>.+)",
    ),
)

NOTES = (
    *phrases(
        "no_notes",
        rf"{LETS}(?:remove|delete|clear) the notes? (?:of|from|for|on) (?P<title>.+)",
        rf"{MAL}(?:entferne?|lösche?) die notiz(?:en)? (?:von|vom|zu|zum|zur|bei|beim) (?P<title>.+)",
        rf"(?:enlève|supprime|efface)[rz]? (?:la note|les notes) {_OF_FR}(?P<title>.+)",
    ),
    *phrases(
        "notes",
        rf"{LETS}(?:add|attach|write|put) (?:a |the |this )?(?:note|comment) (?:to|on|for|in) (?P<title>.+?)"
        r"(?: ?[:–]| saying(?: that)?| that says) ?(?P<value>.+)",
        rf"{LETS}(?:add|write|put) (?P<value>[\"“„«].+[\"”“»]) (?:to|in|into) the notes? (?:of|for|on)"
        rf" (?P<title>.+)",
        rf"{MAL}füge? (?:zu |zum |zur |bei |beim )?(?P<title>.+?) (?:eine|die|diese) notiz hinzu ?:"
        rf" ?(?P<value>.+)",
        rf"{MAL}(?:schreibe?|notiere?|ergänze?) (?:bei|beim|zu|zum|zur|als notiz (?:zu|zum|zur|bei"
        rf"|beim)) (?P<title>.+?) ?: ?(?P<value>.+)",
        r"ajoute[rz]? (?:une|la|cette) note (?:à la |à l'|au |aux |à |pour |sur )(?P<title>.+?) ?:"
        r" ?(?P<value>.+)",
    ),
    *phrases(
        "notes",
        r"notes? (?:for|on|to|about) (?P<title>(?!self\b|me\b|myself\b).+?) ?: (?P<value>.+)",
        r"notiz(?:en)? (?:für|zu|zum|zur|bei|beim) (?P<title>(?!mich\b).+?) ?: (?P<value>.+)",
        r"(?P<title>(?!(?:a|the|my|one|eine|die|une|la)\b).+?)(?: ?[,:–])? (?:notes?|notiz) ?: (?P<value>.+)",
        r"note (?:pour|sur) (?P<title>(?!moi\b|moi-même\b).+?) ?: (?P<value>.+)",
        sure=False,
    ),
)
_IN_SPANISH = (
    *phrases("unlabel", *es.UNLABELS),
    *phrases("label", *es.LABELS),
    *phrases("no_project", *es.NO_PROJECTS),
    *phrases("project", *es.PROJECTS),
    *phrases("no_notes", *es.NO_NOTES),
    *phrases("notes", *es.NOTES),
    *phrases("rename", *es.TITLES),
    *phrases("call", *es.CALLED),
    *phrases("priority", *es.PRIORITIES),
    *phrases("not_urgent", *es.NOT_URGENT, sure=False),
    *phrases("priority", *es.PRIORITIES_IF_THEY_FIT, sure=False),
    *phrases("higher", *es.HIGHER),
    *phrases("lower", *es.LOWER),
    *phrases("minutes", *es.ESTIMATES),
    *phrases("minutes", *es.ESTIMATES_IF_THEY_FIT, sure=False),
)
FIELDS = (*LABELS, *PROJECTS, *NOTES, *TITLES, *PRIORITIES, *ESTIMATES, *_IN_SPANISH)
