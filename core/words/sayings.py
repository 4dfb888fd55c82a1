"""Patterns of what people say to oO in English, German, French and Spanish, for ``core/words/understand.py``.

A pattern has to match the whole text, in any case. ``'`` matches any apostrophe, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from core.words.phrasebooks.es import talk as es


def joined(*patterns: str) -> str:
    """The alternation of the patterns, to be compiled; the apostrophe in ``['’]`` is literal."""
    together = "|".join(f"(?:{one})" for one in patterns)
    return re.sub(r"(?<!\[)'", "['’]?", together)


def any_phrase(*patterns: str) -> re.Pattern[str]:
    """The alternation of the patterns, in any case."""
    return re.compile(joined(*patterns), re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class LazyPhrase:
    """An alternation that is compiled when it is first needed: most of the start-up time would be theirs."""

    patterns: tuple[str, ...]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """As by ``any_phrase``."""
        return any_phrase(*self.patterns)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return self.compiled.fullmatch(text)


def lazy_phrase(*patterns: str) -> LazyPhrase:
    """The alternation of the patterns, as by ``any_phrase``."""
    return LazyPhrase(patterns=patterns)


_POLITE = (
    r"(?:please|pls|plz|bitte|(?:thanks|thank you)(?: (?:so|very) much| a lot)?|danke|merci"
    r"|s'il (?:te|vous) pla[iî]t|stp|svp|por favor|porfa|gracias|oo)"
).replace("'", "['’]?")
_AFTER_HELLO = (
    r"(?:[,!.:]+ ?| (?=(?:oo|remind|add|what|can|could|please|i|i['’]m|done|give|show"
    r"|recu\w+|qué|que|añade|tengo)\b))"
)
POLITE_START = re.compile(
    rf"^[¿¡]*(?:(?:hi|hey|hello|hallo|hola|¡hola)(?: oo)?{_AFTER_HELLO}|(?:ok|okay|so"
    rf"|{_POLITE})[ ,!.:]+)*[¿¡]*",
    re.IGNORECASE,
)
# The lookbehind keeps matching linear on long rows of dots.
POLITE_END = re.compile(rf"(?<![ ,!.])(?:[ ,!.]+{_POLITE})+[ .!?]*$", re.IGNORECASE)
FINAL_MARKS = re.compile(r"(?<=[\w?)\"'’%€$])[^\w?)\"'’%€$]+$")

GREETING = lazy_phrase(
    r"(?:hi|hiya|hello|hey|yo|good (?:morning|afternoon|evening))(?: (?:there|oo|again))?",
    r"hallo|moin|servus|guten (?:morgen|tag|abend)|bonjour|bonsoir|salut|coucou",
    *es.GREETING,
)
THANKS = lazy_phrase(
    r"(?:great,? )?(?:thanks|thank you|thx|ty|cheers)(?: (?:so|very) much| a lot| a bunch| again)?(?:,? oo)?",
    r"danke(?: dir| schön| sehr)?|vielen dank|merci(?: beaucoup| bien)?",
    *es.THANKS,
)
NOT_NOW = lazy_phrase(
    r"not (?:right )?now|not today|(?:maybe )?later|another time",
    r"(?:i'm )?(?:too |very )?busy(?: (?:right )?now)?",
    r"(?:i )?can't(?: do (?:it|that|this))?(?: right)? now",
    r"(?:i (?:have|'ve got) |there's )?no time(?: (?:right )?now)?",
    r"i don't have (?:any )?time(?: (?:right )?now)?",
    r"nicht (?:jetzt|heute)|jetzt nicht|gerade nicht|heute nicht|(?:vielleicht )?später",
    r"(?:ich habe )?(?:jetzt |gerade )?keine zeit",
    r"pas maintenant|pas tout de suite|plus tard|pas aujourd'hui|(?:je n'ai )?pas le temps",
    *es.NOT_NOW,
)
_THIS = r"(?: (?:it|this|that|(?:this|that|the) (?:one|tip)))?"
DISMISS = lazy_phrase(
    rf"(?:dismiss|skip){_THIS}|verwerfen|überspringen|ignorer|pas ça|passe",
    *es.DISMISS,
)
SNOOZE = lazy_phrase(
    rf"snooze{_THIS}|remind me(?: (?:of|about) (?:it|this|that))?(?: again)? later",
    r"erinner(?:e|st du)? mich später(?: (?:noch ?mal|wieder|daran))?|verschieb(?:e|en)?(?: (?:es|das))?",
    r"rappelle(?:-l[ea])?[- ]moi (?:ça )?plus tard|reporte[rz]?(?:-l[ea]| ça)?",
    *es.SNOOZE,
)
SNOOZE_UNTIL = lazy_phrase(
    rf"snooze{_THIS}(?: to)? (?P<moment>.+)",
    r"(?:ask|tell|show) (?:me|it|this)(?: this| it)? again (?P<ask>.+)"
    r"|schlummer[ne]?(?: lassen)? (?P<schlummern>.+)",
    r"remind me(?: again)? (?:of|about) (?:it|this|that)(?: again)? (?P<of>.+)",
    r"remind me(?: again)? (?P<before>.+?) (?:of|about) (?:it|this|that)(?: again)?"
    r"|remind me(?: again)? (?P<again>.+)",
    r"erinner(?:e|st du)? mich (?:daran,? )?(?:noch ?mal |wieder )?"
    r"(?P<daran>.+?)(?: noch ?mal| wieder)?(?: daran| dran)?(?: noch ?mal| wieder)?",
    r"verschieb(?:e|en)?(?: (?:es|das|den tipp))? (?:auf |um )?(?P<verschiebe>.+)",
    r"rappelle(?:-l[ea])?[- ]moi (?:ça )?(?P<rappelle>.+)",
    r"reporte[rz]?(?:-l[ea]| ça)? (?:au |de |d['’])?(?P<reporte>.+)",
    *es.SNOOZE_UNTIL,
)
UNDO = lazy_phrase(
    rf"undo{_THIS}|take (?:it|that) back|(?:das )?rückgängig(?: machen)?|mach (?:es|das) rückgängig"
    r"|annule[rz]?",
    *es.UNDO,
)
HELP = lazy_phrase(
    r"(?:i need )?help(?: me)?|\?|commands?|what can you do",
    r"how do(?:es)? (?:this|it|you) work|(?:who|what) are you",
    r"(?:ich brauche )?hilfe|was kannst du|wie (?:geht|funktioniert) das|wer bist du",
    r"aide(?:-moi)?|à l'aide|que (?:peux|sais)-tu faire|qui es-tu|comment ça marche",
    *es.HELP,
)
WHY = lazy_phrase(
    r"why(?: (?:this|that|me|now|this one|that one|this tip|that tip))?|how come",
    r"why did you (?:send|choose|pick|suggest) (?:me )?(?:this|that|it)(?: one| tip)?",
    r"warum|wieso|weshalb|(?:warum|wieso) (?:das|dieser tipp)|pourquoi(?: (?:ça|moi|ce conseil))?",
    *es.WHY,
)
WHY_NOT = lazy_phrase(
    r"why not|why no (?:tips?|messages?)|why (?:so|are you so|were you so) (?:quiet|silent)",
    r"why (?:didn't you|did you not) (?:write|say anything)(?: to me)?",
    r"why (?:haven't you|have you not) (?:written|said anything)(?: to me)?",
    r"pourquoi pas|pourquoi rien|warum nicht|warum (?:hast du|kam) (?:nichts|nicht)(?: geschrieben)?",
    *es.WHY_NOT,
)
HELPED = lazy_phrase(
    r"(?:do|did) (?:you|your tips|the tips)(?: really| actually| even)? help(?: me)?(?: at all)?",
    r"(?:are|were) (?:you|your tips|the tips)(?: really| actually| even)?"
    r"(?: of)?(?: any)? (?:help(?:ful)?|use(?:ful)?)",
    r"(?:have you|has it) helped(?: me)?|hilfst du(?: mir)?(?: überhaupt)?|helfen deine tipps(?: mir)?",
    *es.HELPED,
)
PLAN = lazy_phrase(
    r"quand (?:vas-tu|est-ce que tu vas|tu vas) m'écrire(?: (?:ensuite|la prochaine fois))?",
    r"(?:the |your )?plan|when (?:will|do) you write(?: to)?(?: me)?(?: next| again)?",
    r"when is (?:the|my) next tip|what's (?:your|the) schedule|wann schreibst du(?: mir)?(?: wieder)?",
    *es.PLAN,
)
LIST_TASKS = lazy_phrase(
    r"(?:(?:show|list|see)(?: me)? )?(?:all )?(?:my |the )?(?:tasks?|to-?dos?|to-?do list|task list|list)",
    r"what(?:'s| is) (?:on )?(?:my|the) (?:to-?do )?(?:list|agenda|plate)",
    r"remind me (?:of|about) (?:all )?(?:my|the) (?:tasks?|to-?dos?|list)|erinnere mich an meine aufgaben"
    r"|rappelle-moi mes tâches",
    r"remind me (?:of )?what i (?:have|need)(?: to do)?(?: today| now| tomorrow)?",
    r"remind me what(?: is|'s) (?:due|open|left|on my list)(?: today| now| tomorrow)?",
    r"what(?:'s| is) (?:due|left|open)(?: today)?|what do i (?:have|need) to do(?: today)?",
    r"(?:zeig(?:e)?(?: mir)? )?(?:meine )?aufgaben|meine liste|was (?:steht|liegt)(?: heute)? an",
    r"(?:montre(?:-moi)? )?(?:mes tâches|ma liste)|qu'est-ce que j'ai à faire(?: aujourd'hui)?|quoi de prévu",
    r"rappelle-moi ce que j'ai à faire(?: aujourd'hui)?|erinnere mich,? was ich (?:heute )?zu tun habe",
    *es.LIST_TASKS,
)
RESUME = lazy_phrase(
    r"resume|unpause|continue|wake up|start again|go on|carry on|i'm back(?: again)?",
    r"you (?:can|may) (?:write|talk|start)(?: to me)?(?: again)?",
    r"weiter|weitermachen|(?:ich )?bin (?:wieder )?(?:zurück|da)|wieder da",
    r"reprends|reprendre|continue[rz]?|je suis (?:de retour|revenue?|là)",
    *es.RESUME,
)

_BE_SILENT = (
    r"(?:pause|be quiet|shut up|silence|quiet|stop(?: (?:writing|messaging me|texting me|bothering me))?"
    r"|leave me alone|(?:don't|do not) (?:write|text|message|disturb|bother|ping)(?: to)?(?: me)?"
    r"|no (?:more )?(?:tips|messages)|lass mich in ruhe|ruhe|sei (?:still|ruhig)|schreib mir nicht"
    r"|silence|tais-toi|laisse-moi tranquille|ne m['’]écri[st] (?:pas|plus)|plus de (?:conseils|messages))"
)
_AWAY = (
    r"(?:(?:i'm|i am) (?:away|busy|off|out|on (?:vacation|holiday))|(?:ich bin )?(?:im urlaub|weg)"
    r"|(?:je suis )?(?:en vacances|absente?))"
)
SILENCE = lazy_phrase(
    rf"{_BE_SILENT}(?: (?:for now|until further notice|indefinitely|for ?ever|bis auf weiteres"
    r"|jusqu'à nouvel ordre))?",
    *es.SILENCE,
)
SILENCE_UNTIL = lazy_phrase(
    rf"(?:{_BE_SILENT}|{_AWAY}) (?P<moment>(?:until|till|for|over|bis|für|über|pendant|pour) .+"
    r"|jusqu['’]?(?:à|au|en)? .+|today|heute|aujourd'hui|this week|diese woche|cette semaine"
    r"|next week|nächste woche|la semaine prochaine)",
    r"lass mich (?P<lass>bis .+|heute|diese woche|nächste woche) in ruhe",
    r"schreib mir (?P<schreib>bis .+|heute|diese woche|nächste woche) nicht(?: mehr)?",
    r"pause (?P<amount>.+)",
    *es.SILENCE_UNTIL,
)

_DAY = r"(?:mo|tu|we|th|fr|sa|su|di|mi|do|so|ev|da)\w*"
_TIME = r"\d{1,2}(?:[:.]\d{1,2})?(?: ?(?:[ap]\.?m\.?|uhr|o'clock))?"
QUIET_HOURS = any_phrase(
    rf"(?:{_BE_SILENT}|quiet hours?(?: are| is)?:?|ruhezeit(?: ist)?:?)"
    rf" (?P<window>(?:(?:on )?{_DAY}(?: ?[-–,] ?| (?:to |and |bis |und )?)){{0,9}}"
    rf"(?:(?:from|between|von|zwischen) )?{_TIME} ?(?:-|–|to|until|till|and|bis|und) ?{_TIME})"
)
QUIET_WORDS = lazy_phrase(
    rf"(?:{_BE_SILENT}|quiet hours?(?: are| is)?:?|ruhezeit(?:en)?(?: ist| sind)?:?"
    r"|heures? (?:calmes?|de silence|silencieuses?):?|ne m'écri[st] (?:pas|plus)) (?P<window>.+)",
    *es.QUIET_WORDS,
)
MUTE = lazy_phrase(
    r"mute (?P<topic>.+)",
    r"(?:never|nothing|no(?: more)?(?: tips| messages)?) (?:again |more |write |talk )?about (?P<never>.+)",
    r"(?:don't|do not) (?:write|talk|tell|message|remind)(?: to)?(?: me)?(?: anything)?"
    r" (?:about|of) (?P<dont>.+)",
    r"stop (?:writing|talking|telling|messaging|reminding)(?: to)?(?: me)? (?:about|of) (?P<stop>.+)",
    r"(?:nichts mehr|keine tipps mehr|keine tipps|nie wieder etwas|nie) (?:über|zu|von) (?P<nichts>.+)",
    *es.MUTE,
)

DONE = lazy_phrase(
    r"(?:i'm |i am |it's |that's |all )?(?:done|finished)",
    r"(?:i )?(?:already )?did (?:it|that)(?: already)?|done it",
    r"(?:schon )?(?:erledigt|gemacht|geschafft)|fertig|(?:c'est |j'ai )?(?:fait|fini|terminé)|ça y est",
    *es.DONE,
)
COMPLETED = lazy_phrase(
    r"(?:i'm |i am |i've |i have )?(?:already |just |all )?(?:done|finished)(?: with|:) (?P<with>.+)",
    r"(?:i |i've |i have )?(?:already |just |finally )?(?:finished|completed) (?P<finished>.+)",
    r"(?:i've |i have )(?:already |just |finally )?done (?P<have_done>.+)",
    r"i (?:already |just |finally )?did (?P<did>.+)",
    r"(?:mark|check|tick|cross) (?P<mark>.+?) (?:as )?(?:done|finished|complete|completed|off)",
    r"(?:check|tick|cross) off (?P<off>.+)|complete (?P<complete>.+)",
    r"(?P<is>.+?)(?: is| are|'s)?(?: now| already| all)? (?:done|finished)",
    r"(?:ich )?(?:habe?|bin) (?P<habe>.+?) (?:erledigt|gemacht|geschafft)",
    r"(?:erledigt:|fertig mit) (?P<fertig>.+)",
    r"(?P<ist>.+?)(?: ist)?(?: schon)? (?:erledigt|fertig)",
    r"j'ai (?:déjà |enfin )?(?:fini|terminé|fait)(?: avec| de)? (?P<fini>.+)",
    r"(?P<est>.+?)(?: est| c'est)?(?: déjà)? (?:terminée?s?|finie?s?)|(?P<fait>.+?)(?: est"
    r"| c'est)(?: déjà)? faite?s?",
    *es.COMPLETED,
)
# Words with which "… done" means something else: "well done", "it is not done", "get it done".
NOT_COMPLETED = re.compile(
    r"\b(?:not|never|n['’]t|dont|didnt|isnt|nothing|well|get|got|half|almost|nearly|what|when|how|who|why"
    r"|be|being"
    r"|you|we|they|he|she|anything|everything|all|best|for (?:today|now)|nicht|noch|nichts|this|it|that"
    rf"|pas|rien|jamais|presque|bien|j['’]ai|tu|il|elle|qui|que|ce|ça|{es.NOT_COMPLETED})\b",
    re.IGNORECASE,
)

TIP_QUESTION = lazy_phrase(
    r"what (?:should|shall|can|could|do|must) i do(?: (?:right )?now| next| today| first)?"
    r"(?: (?:in|within|with) (?P<amount>.+))?",
    r"what (?:now|next)|now what|what's next|what to do(?: now| next)?",
    r"i don't know what to do|i'm bored|suggest something|another one",
    r"(?:(?:give|send|show|tell) me |i (?:need|want|would like|could use) |i'd like )?(?:an? |one "
    r"|another |some |any )?(?:tips?|ideas?|suggestions?)",
    r"do you have (?:a |any )?(?:tips?|ideas?|suggestions?)(?: for me)?",
    r"was (?:soll|kann) ich(?: jetzt| heute| als nächstes)? (?:tun|machen)|was (?:nun|jetzt)",
    r"(?:gib mir )?(?:(?:noch )?ein(?:en)? )?tipp|mir ist langweilig|ich brauche (?:einen tipp|eine idee)",
    r"que (?:dois|puis|devrais)-je faire(?: maintenant| aujourd'hui)?|qu'est-ce que je (?:dois faire"
    r"|fais)(?: maintenant)?",
    r"(?:donne-moi |j'ai besoin d'|je veux )?(?:(?:un )?(?:autre )?conseil|une (?:autre )?idée)|je m'ennuie",
    *es.TIP_QUESTION,
)
_I_HAVE = (
    r"(?:i (?:only|just) have|i(?:'ve| have)?(?: only| just)?(?: got)?|(?:only |just )?got|only"
    rf"|ich habe?(?: nur| noch)?|j['’]ai(?: seulement| encore)?|{es.I_HAVE})"
)
TIP_MINUTES = any_phrase(
    rf"(?:(?P<own>{_I_HAVE}) |for |in |with )?(?:about |around |some )?"
    r"(?P<amount>.{3,20}?)(?: of time)?(?: free| left| to spare| time| now| zeit| devant moi"
    rf"| (?:{es.TIME_AFTER}))?"
)
_I_AM = r"(?:(?:i'm|i am|i feel|feeling|i have|i've got|with|ich bin|ich habe?) )?"
_HOW = r"(?:a bit |very |so |really |quite |pretty |too |sehr )?"
LOW_ENERGY = lazy_phrase(
    rf"{_I_AM}{_HOW}(?:tired|exhausted|drained|sleepy|low energy|low on energy|no energy|little energy)",
    rf"{_I_AM}{_HOW}(?:müde|erschöpft|wenig energie|keine energie)",
    r"(?:et )?(?:je suis )?(?:très |un peu |trop )?(?:fatiguée?|crevée?|épuisée?)|peu d'énergie",
    *es.LOW_ENERGY,
)
HIGH_ENERGY = lazy_phrase(
    rf"{_I_AM}{_HOW}(?:energetic|wide awake|motivated|full of energy|lots of energy|a lot of energy)",
    rf"{_I_AM}{_HOW}(?:high energy|much energy|fit|wach|voller energie|viel energie)",
    *es.HIGH_ENERGY,
)
