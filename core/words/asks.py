"""What people ask oO itself: the agenda, the figures, other tasks, fewer messages, another language.

Tests: tests/core/words/test_asks.py.
"""

from __future__ import annotations

import re

from core.words.before_event import remind_before
from core.words.intents import (
    AskStats,
    AskToday,
    Intent,
    ListTasks,
    SetLanguage,
    WriteLess,
    WriteMore,
)
from core.words.named_task import named_task
from core.words.phrasebooks.es import talk as es
from core.words.reminders import REQUEST
from core.words.sayings import LazyPhrase, lazy_phrase

MAX_FILTER_WORDS = 6


def read_ask(text: str, *, whole: str = "") -> Intent | None:
    """What the text asks for; None for other texts. ``whole`` is the text with its polite words."""
    if found := next((intent for pattern, intent in _ASKS if pattern.fullmatch(text)), None):
        return found
    return _list_tasks(text) or _language(text, whole or text) or remind_before(text)


# --- Agenda and figures ------------------------------------------------------------------------------------

_ON = r"(?:on|up|planned|scheduled|happening|coming up|due|the plan|on (?:my|the) (?:agenda|plate|calendar))"
_TODAY = r"(?:for |heute |aujourd'hui )?(?:today|tonight|this (?:morning|afternoon|evening))"
_TOMORROW, _WEEK = (
    r"(?:for |on )?tomorrow",
    r"(?:for |in )?(?:this week|the week|the next (?:few|seven|7) days)",
)
_HEUTE, _MORGEN, _WOCHE = "heute(?: noch)?", "morgen", r"(?:in )?(?:diese[r]?|die) woche"
_FR_TODAY = r"(?:aujourd'hui|ce (?:matin|soir)|cet après-midi)"
_FR_WEEK = r"(?:cette|la) semaine"


def _agenda(en: str, de: str, fr: str, es_day: str) -> LazyPhrase:
    return lazy_phrase(
        rf"(?:so )?what(?:'s| is| do i have| have i(?: got)?| else is| are my (?:plans|tasks))(?:"
        rf" {_ON})* {en}",
        rf"what do i (?:have|need) to do {en}|what (?:is|'s) (?:my|the) (?:agenda|day|plan|schedule)"
        rf" (?:like )?{en}",
        rf"(?:{REQUEST}(?:show|give|tell|read)(?: me)? )?(?:my |the )?(?:agenda|plan|schedule|day)(?:"
        rf" of)? {en}",
        rf"remind me (?:of )?what (?:i (?:have|need)(?: to do)?|is due|'s due) {en}",
        rf"(?:do i have )?anything (?:{_ON} )?{en}|how does (?:my )?(?:day|week) look {en}",
        rf"was (?:steht|liegt|ist|habe? ich|gibt(?: e|')s|muss ich)(?: denn)? {de}(?: alles| noch)*"
        r"(?: an| vor| los| zu tun| fällig| machen| erledigen| tun| geplant| auf dem (?:plan|programm))?",
        rf"was (?:steht|liegt) an {de}|(?:meine? )?(?:agenda|tagesplan|plan) (?:für )?{de}|was (?:habe?"
        rf"|muss) ich noch {de} vor",
        rf"erinnere? mich,? was ich {de} (?:zu tun|vor) habe",
        rf"(?:qu'est-ce que j'ai|qu'est-ce qu'il y a|qu'ai-je|j'ai quoi|quoi de prévu|c'est quoi le"
        rf" programme|quel est le programme|qu'est-ce qui est|qu'y a-t-il|quoi)"
        rf"(?: à faire| de prévu| prévu| au programme)? (?:pour )?{fr}",
        rf"(?:mon |le )?(?:agenda|programme|planning) (?:de |pour |d')?{fr}|que dois-je faire {fr}",
        rf"rappelle-moi ce que j'ai (?:à faire|de prévu) {fr}",
        *es.agenda(es_day),
    )


_STATS = lazy_phrase(
    r"how many (?:tasks |things |to-?dos )?(?:did i (?:do|get done|finish|complete)|have i (?:done"
    r"|finished|completed))"
    r"(?: (?:today|this week|so far|last week|this month|in total|already))*",
    r"how much (?:did i (?:do|get done)|have i (?:done|got(?:ten)? done))(?: (?:today|this week|so far"
    r"|last week))*",
    r"what (?:did i (?:get done|do|finish|complete|achieve|accomplish)|have i (?:done|finished|achieved"
    r"|got done))"
    r"(?: (?:today|this week|so far|last week|yesterday))*",
    r"(?:show(?: me)? )?(?:my |the )?(?:stats|statistics|figures|numbers|progress|week in review)(?:"
    r" (?:of|for) (?:the|this) week)?",
    r"how (?:am i doing|did i do|was my week|did my week go|productive (?:was|am) i)(?: (?:today|this"
    r" week|so far))*",
    r"(?:wie ?viel(?:e)?(?: aufgaben)?|was) (?:habe? ich|hab ich)(?: (?:heute|diese woche|schon|alles"
    r"|bisher|letzte woche))*"
    r" (?:geschafft|erledigt|gemacht|getan|abgehakt)",
    r"(?:meine )?(?:statistik(?:en)?|zahlen|fortschritte?)(?: (?:der|für die|dieser) woche)?|wie war"
    r" meine woche|wie läuft(?:'s| es) bei mir",
    r"combien (?:de tâches |de choses )?(?:j'(?:en )?ai|(?:en )?ai-je|est-ce que j'(?:en )?ai)(?: déjà)?"
    r" (?:fait|fini|terminé|accompli)(?:es)?"
    r"(?: (?:aujourd'hui|cette semaine|de tâches|de choses))*",
    r"qu'(?:est-ce que j'ai|ai-je) (?:fait|fini|terminé|accompli)(?: (?:aujourd'hui|cette semaine))*"
    r"|j'en ai fait combien(?: cette semaine)?",
    r"(?:mes )?(?:stats|statistiques|chiffres|progrès)(?: de la semaine)?",
    *es.STATS,
)

# --- More and fewer messages -------------------------------------------------------------------------------

_ME = r"(?: (?:to )?me| mir| moi)?"
_NEWS = r"(?:messages?|tips?|notifications?|suggestions?|pings?|nudges?)"
_NACHRICHTEN = r"(?:nachrichten|tipps?|mitteilungen|meldungen|vorschläge|benachrichtigungen)"
_CONSEILS = r"(?:messages?|conseils?|notifications?|suggestions?)"
_LESS = lazy_phrase(
    rf"{REQUEST}(?:write|text|message|ping|bother|disturb|contact|send|talk){_ME} (?:a (?:bit|little)"
    rf" )?(?:less|more rarely)"
    rf"(?: often| frequently| {_NEWS})?",
    rf"{REQUEST}(?:send{_ME} )?(?:less|fewer|not so many|not as many) {_NEWS}(?: (?:a|per) day)?",
    rf"(?:that's |that is |these are |you send(?: me)? |you're sending(?: me)? |i get |way |much |far"
    rf" )*too many {_NEWS}"
    r"(?: (?:a|per) day)?",
    r"(?:a (?:bit|little) )?less (?:often|frequent(?:ly)?)|not so (?:often|many|much)|too (?:often"
    r"|frequent(?:ly)?)",
    rf"you (?:write|text|message|ping){_ME} (?:way )?too (?:much|often|many .+)",
    rf"(?:don't|do not) (?:write|text|message|ping)(?: to)?{_ME} (?:so|that|as) (?:often|much)",
    r"(?:(?:kannst|könntest) du )?(?:bitte )?(?:schreibe?|schick|sende?|melde? dich)(?: mir)?(?: bitte)?"
    r" (?:etwas |ein bisschen )?"
    rf"(?:weniger|seltener|nicht so (?:oft|viel|viele))(?: oft| {_NACHRICHTEN})?",
    r"(?:kannst|könntest) du(?: mir| bitte)* (?:weniger|seltener|nicht so (?:oft|viel)) schreiben",
    rf"(?:etwas |bitte )*(?:weniger|seltener|nicht so (?:oft|viele?|häufig))(?: {_NACHRICHTEN}|"
    rf" schreiben| oft)?",
    rf"(?:das sind |du schickst(?: mir)? |es sind )?(?:viel )?zu (?:viele?|oft|häufig)(?:"
    rf" {_NACHRICHTEN})?|du (?:schreibst|meldest dich)(?: mir)?"
    r" (?:viel )?zu (?:oft|viel|häufig)",
    rf"(?:écris|écrivez|envoie)(?:-moi)? (?:un peu )?moins(?: souvent)?(?: de {_CONSEILS})?",
    rf"(?:un peu )?moins (?:souvent|de {_CONSEILS})|(?:c'est |tu envoies |il y a )?(?:beaucoup )?trop"
    rf" (?:de {_CONSEILS}|souvent)",
    r"tu (?:m')?(?:écris|envoies) (?:beaucoup )?trop(?: souvent| de messages)?|pas si souvent",
    *es.LESS,
)
_MORE = lazy_phrase(
    rf"{REQUEST}(?:write|text|message|ping|contact|send){_ME} more(?: often| frequently| {_NEWS})?",
    rf"{REQUEST}(?:send{_ME} )?more {_NEWS}(?: (?:a|per) day)?|(?:a (?:bit|little) )?more often|too few"
    rf" {_NEWS}",
    rf"you (?:write|text|message){_ME} too (?:little|rarely|seldom)|you (?:can|may) write{_ME} more(?:"
    rf" often)?",
    rf"(?:schreibe?|schick|sende?|melde? dich)(?: mir)?(?: bitte)? (?:mehr|öfters?|häufiger)(?:"
    rf" {_NACHRICHTEN})?",
    rf"(?:bitte )?(?:mehr {_NACHRICHTEN}|öfters?(?: schreiben)?|häufiger(?: schreiben)?|zu wenige?"
    rf" {_NACHRICHTEN})",
    r"du (?:schreibst|meldest dich)(?: mir)? zu (?:selten|wenig)|du (?:kannst|darfst)(?: mir)? (?:öfter"
    r"|mehr|häufiger) schreiben",
    rf"(?:écris|écrivez|envoie)(?:-moi)? (?:plus souvent|davantage|plus de {_CONSEILS})|(?:un peu )?plus"
    rf" souvent|pas assez de {_CONSEILS}",
    *es.MORE,
)

_ASKS: tuple[tuple[LazyPhrase, Intent], ...] = (
    (_agenda(_TODAY, _HEUTE, _FR_TODAY, es.TODAY), AskToday()),
    (_agenda(_TOMORROW, _MORGEN, "demain", es.TOMORROW), AskToday(span="tomorrow")),
    (_agenda(_WEEK, _WOCHE, _FR_WEEK, es.WEEK), AskToday(span="week")),
    (
        lazy_phrase(r"(?:my )?(?:agenda|day)|(?:meine )?agenda|(?:mon )?agenda|mein tag", *es.MY_DAY),
        AskToday(),
    ),
    (_STATS, AskStats()),
    (_LESS, WriteLess()),
    (_MORE, WriteMore()),
)

# --- Lists of tasks ----------------------------------------------------------------------------------------

_TASKS, _AUFGABEN, _TACHES = (
    r"(?:tasks?|to-?dos?|things)",
    r"(?:aufgaben|to-?dos|tasks)",
    r"(?:tâches|taches)",
)
_SHOW = rf"(?:{REQUEST}(?:show|list|see|find|give|get)(?: me)? )"
_ZEIG = r"(?:(?:zeige?|liste|such|finde?)(?: mir)?(?: bitte)? )"
_MONTRE = r"(?:(?:montre|liste|affiche|donne|cherche)[rz]?(?:-moi)? )"
_OVERDUE = lazy_phrase(
    rf"{_SHOW}?(?:what(?:'s| is)|which(?: {_TASKS})? (?:is|are)|all|my|the|any)?(?: my| the)?"
    rf" ?(?:overdue|past due|late)(?: {_TASKS})?",
    rf"(?:what|which)(?: {_TASKS})? (?:am i late with|is late|are late|did i miss|have i missed)"
    rf"|{_SHOW}?(?:my )?{_TASKS} that are overdue",
    rf"{_ZEIG}?(?:alle |meine |die )*(?:überfälligen?|verspäteten?) {_AUFGABEN}|was ist (?:alles |schon"
    rf" )?überfällig|überfällige?s?",
    rf"{_MONTRE}?(?:(?:mes|les|toutes les) )?{_TACHES} en retard|(?:qu'est-ce qui|qui|quoi) est en"
    rf" retard|en retard",
    *es.OVERDUE,
)
_DUE_TODAY = lazy_phrase(
    rf"{_SHOW}?(?:(?:all|my|the) )*(?:{_TASKS} (?:for|due|of)(?: today)|today['’]?s {_TASKS})",
    rf"{_ZEIG}?(?:alle |meine |die )*(?:heutigen {_AUFGABEN}|{_AUFGABEN} (?:für |von )?heute)",
    rf"{_MONTRE}?(?:(?:mes|les) )?{_TACHES} (?:d'|pour |de )?aujourd'hui",
    *es.DUE_TODAY,
)
_BY_LABEL = lazy_phrase(
    rf"{_SHOW}?(?:(?:all|my|the) )*(?P<label>[#@][^\W\d_][\w/-]*)(?: {_TASKS})?",
    rf"{_SHOW}?(?:(?:all|my|the) )*{_TASKS} (?:with|in|under|labelled|tagged)(?: label| tag)?"
    rf" (?P<with>[#@][^\W\d_][\w/-]*)",
    rf"{_ZEIG}?(?:(?:alle|meine|die) )*(?P<etikett>[#@][^\W\d_][\w/-]*)[ -]{_AUFGABEN}"
    rf"|{_ZEIG}?{_AUFGABEN} mit (?P<mit>[#@]\S+)",
    rf"{_MONTRE}?(?:(?:mes|les) )?{_TACHES} (?:avec )?(?P<avec>[#@][^\W\d_][\w/-]*)",
    *es.BY_LABEL,
)
_ABOUT = lazy_phrase(
    rf"{_SHOW}(?:(?:all|my|the) )*{_TASKS} (?:about|with|for|on|containing|that mention|in) (?P<en>.+)",
    rf"(?:which|what) {_TASKS} (?:do i have |are there |are )?(?:about|with|for|on) (?P<which>.+)",
    rf"{_ZEIG}(?:(?:alle|meine|die) )*{_AUFGABEN} (?:zu|zum|zur|über|mit|für) (?P<de>.+)",
    rf"welche {_AUFGABEN} (?:habe ich |gibt es )(?:zu|zum|zur|über|mit|für) (?P<welche>.+)",
    rf"{_MONTRE}(?:(?:mes|les) )?{_TACHES} (?:sur|avec|pour|à propos (?:de|du)) (?P<fr>.+)",
    rf"quelles {_TACHES} (?:j'ai |ai-je )?(?:sur|avec|pour|à propos de) (?P<quelles>.+)",
    *es.ABOUT,
)
_DAYS = re.compile(r"(?:for |für |pour )?(?:tomorrow|morgen|demain|mañana)", re.IGNORECASE)


def _list_tasks(text: str) -> Intent | None:
    if _OVERDUE.fullmatch(text):
        return ListTasks(filter="overdue")
    if _DUE_TODAY.fullmatch(text):
        return ListTasks(filter="today")
    if found := _BY_LABEL.fullmatch(text):
        name = next(group for group in found.groups() if group)
        return ListTasks(filter=f"#{name[1:]}") if len(text.split()) > 1 or text[0] == "#" else None
    found = _ABOUT.fullmatch(text)
    words = next(group for group in found.groups() if group).strip(" \"'“”„«»?") if found else ""
    if _DAYS.fullmatch(words):
        return AskToday(span="tomorrow")
    task = named_task(words) if words else None
    is_short = task is not None and task.title and len(task.title.split()) <= MAX_FILTER_WORDS
    return ListTasks(filter=task.title) if task and is_short else None


# --- Language ----------------------------------------------------------------------------------------------

_LANGUAGES = {
    "en": "english englisch anglais inglés ingles",
    "de": "german deutsch allemand alemán aleman",
    "fr": "french französisch franzoesisch français francais francés frances",
    "es": "spanish spanisch espagnol español espanol castellano",
    "it": "italian italienisch italien italiano",
    "pt": "portuguese portugiesisch portugais português portugues",
    "nl": "dutch niederländisch holländisch nederlands néerlandais",
    "pl": "polish polnisch polonais polski",
    "tr": "turkish türkisch turc türkçe",
    "ru": "russian russisch russe русский",
    "uk": "ukrainian ukrainisch ukrainien українська",
    "ja": "japanese japanisch japonais 日本語",
    "zh": "chinese chinesisch chinois 中文",
    "ar": "arabic arabisch arabe العربية",
    "sv": "swedish schwedisch suédois svenska",
    "da": "danish dänisch danois dansk",
    "cs": "czech tschechisch tchèque čeština",
}
_TAGS = {name: tag for tag, names in _LANGUAGES.items() for name in names.split()}
_NAME = f"({'|'.join(sorted(_TAGS, key=len, reverse=True))})"
_SPEAK = lazy_phrase(
    rf"{REQUEST}(?:speak|talk|use|(?:write|talk|speak|answer|reply|respond|text|message)(?: to)?(?:"
    rf" me)?(?: back)? in)"
    rf"(?: only)? {_NAME}(?: (?:to|with) me)?(?: (?:from now on|now|only|instead|again|please))*",
    rf"{REQUEST}(?:switch|change)(?: (?:the|your|my) language)?(?: back)? (?:to|into) {_NAME}",
    rf"{REQUEST}(?:set|change) (?:the |your |my )?language (?:to )?{_NAME}|language:? {_NAME}",
    rf"(?:can|could|do) (?:you|u) (?:also )?(?:speak|write|talk|understand)(?: in)? {_NAME}",
    rf"(?:auf|in|en) {_NAME}(?: (?:por favor|porfa|from now on|ab jetzt|maintenant))?",
    rf"(?:(?:kannst|könntest|würdest) du )?(?:schreibe?|antworte?|sprich|rede?|spreche?)"
    rf"(?: (?:bitte|mit mir|mir|zu mir|jetzt))*(?: (?:auf|in))? {_NAME}(?: (?:mit mir|bitte|ab jetzt"
    rf"|weiter))*",
    rf"(?:kannst|könntest|würdest) du(?: (?:bitte|mit mir|mir|auch))*(?: (?:auf|in))? {_NAME}"
    r"(?: (?:sprechen|schreiben|antworten|reden))?",
    rf"sprichst du(?: auch)? {_NAME}",
    rf"(?:stelle?|wechsle|ändere?)(?: die| deine)? sprache (?:auf|zu) {_NAME}(?: um)?",
    r"(?:(?:peux|pourrais)-tu |tu peux )?(?:me )?(?:parle[rz]?|écris|écrire|écrivez|réponds|répondre"
    r"|répondez)"
    rf"(?:-moi)?(?: en)? {_NAME}(?: avec moi| maintenant)*",
    rf"(?:change|passe|mets)(?:r)? (?:la langue )?(?:en|à) {_NAME}|(?:tu parles|parles-tu) {_NAME}",
    *(one.format(name=_NAME) for one in es.SPEAK),
)
_WITH_PLEASE = lazy_phrase(
    rf"{_NAME},? (?:please|pls|bitte|s'il (?:te|vous) pla[iî]t|stp|svp|por favor|porfa)[ .!]*"
)


def _language(text: str, whole: str) -> Intent | None:
    """The wish for another language. Its name alone is one only with a polite word: it may be a subject."""
    found = _SPEAK.fullmatch(text) or _WITH_PLEASE.fullmatch(whole)
    name = next(group for group in found.groups() if group) if found else ""
    return SetLanguage(language=_TAGS[name.lower()]) if name else None
