"""Tells which language a text is clearly written in, by the words that hold its sentences together.

Precision over recall: a title such as ``pain au chocolat``, or ``Der Spiegel``, is in no clear language.
Tests: tests/core/words/test_languages.py.
"""

from __future__ import annotations

import re
from itertools import chain

MAX_READ = 500
"""Code points of a text that are read."""

MIN_WORDS = 2
"""How many different words of a language make a line clear; one of them is of ``_TELLING``."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»')
_DAYTIME = re.compile(r"(?<=tag|och)(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?$")

_TELLING = {
    "de": """
        ich du wir ihr mir mich dir dich uns mein meine meinen meinem meiner dein deine deinen deiner
        nicht nichts kein keine keinen bitte habe hast haben bin bist ist sind kann kannst können
        könntest muss musst müssen soll sollst sollte will willst wollen möchte möchtest werde wird
        würde würdest wurde warum wann wieso welche welcher welches heute morgen übermorgen gestern
        vorgestern jetzt später immer wieder schon noch zuerst danach vielleicht erinnere erinner lösche
        lösch streiche verschiebe verschieb ändere ändern schreib schreibe zeig zeige mach mache jeden
        jede jedes täglich wöchentlich monatlich nächste nächsten nächster nächstes nächstem montag
        dienstag mittwoch donnerstag freitag samstag sonntag montags dienstags mittwochs donnerstags
        freitags samstags sonntags uhr stunde stunden woche wochen monat monats monate tage tagen abends
        morgens mittags nachmittag nachmittags vormittag dauert ungefähr etwa erledigt fertig danke dass
        weil wenn doch auch nur steht liegt gibt heut abend früh mittag vormittags samstagmorgen
        sonntagmorgen täglichen halbe halben anderthalb eineinhalb entferne entfern vergiss setz setze
        stell stelle markiere verlege lege leg sag löschen verschieben kommenden kommende viertel
        jahresende januar februar märz juni juli oktober dezember wochenende jahr jahre jahres tag
        minuten minute monatsende
    """,
    "fr": """
        je tu nous vous il elle j j'ai moi toi mon ma mes tes notre nos votre vos ne pas rien jamais
        suis es est sommes êtes sont ai as avons avez peux peut pouvez pourrais dois doit faut veux veut
        voudrais vais fais fait pourquoi quand quel quelle quels quelles qu'est-ce est-ce aujourd'hui
        demain après-demain hier maintenant toujours encore déjà peut-être rappelle rappelle-moi
        rappelle-le supprime efface déplace décale reporte repousse change écris montre montre-moi
        annule enlève retire chaque tous toutes jours semaine semaines mois prochain prochaine lundi
        mardi mercredi jeudi vendredi samedi dimanche heure heures soir matin midi minuit après-midi
        dure environ merci s'il parce lorsque jour année fois ça oublie mets laisse minutes prend
        janvier février avril juin juillet août septembre octobre novembre décembre week-end prends
        c'est c'était n'oublie
    """,
    "es": """
        viene dejes pospónlo ponlo muévelo bórralo hazlo hice avísame añade apunta agrega crea marca
        pasado mañanas tardes noches quincena yo tú nosotros usted ustedes mí mis tengo tienes tenemos
        tiene soy eres somos estoy estás está están puedo puedes puede podrías debo debes quiero quieres
        quisiera voy hago hacer qué cuándo cómo cuál dónde hoy mañana ayer ahora luego siempre todavía
        aún ya quizás recuérdame recuerdame borra elimina quita mueve aplaza pospón pospon cambia
        escribe escríbeme muéstrame muestra cada todos todas días semana semanas mes meses próximo
        próxima próximos lunes martes miércoles jueves viernes sábado domingo hora horas tarde noche
        mediodía medianoche dura unos gracias porque cuando también nada nunca enero febrero marzo abril
        junio julio agosto septiembre octubre noviembre diciembre hecho listo necesito día año fin
        minutos
    """,
}
"""Pronouns, verbs, adverbs and words of time: a title seldom has any."""

_JOINING = {
    "de": """
        der das dem den des ein eine einen einem einer und oder aber im ins am zum zur vom beim mit ohne
        für auf bis von vor nach über unter bei seit aus gegen durch wie wer wo als um ab alle allen
        allem diese diesen dieser dieses diesem anrufen kaufen bezahlen zahlen abholen machen gehen
        schreiben schicken gießen bringen putzen lesen abgeben holen buchen besuchen planen kochen
        schauen sortieren prüfen melden die in an was so hallo viel viele müde wohne zu wenig
    """,
    "fr": """
        y le les des du au aux un une et ou dans pour par avec sans sur sous chez vers avant après
        jusqu'à jusqu d'ici ce cet cette ces à appeler acheter payer faire aller écrire envoyer arroser
        sortir prendre finir rendre porter lire réserver préparer passer parler de la en fin d'un d'une
        ranger nettoyer faites que qui me te se trop moins souvent beaucoup combien bonjour salut
        seulement
    """,
    "es": """
        nueva nuevo tarea lista hacia mi su el los las un una unos unas y o del al en con sin para por
        hasta desde sobre entre antes después este esta estos estas ese esa a de llamar comprar pagar ir
        escribir enviar regar sacar recoger terminar leer limpiar llevar la reservar preparar hablar
        renovar que me te se lo eso hola demasiado menos más darme dame dime solo cuánto cuántos cuántas
        he
    """,
    "en": """
        the a an and or but of to for with without from by at on i you he she we they my your me us our
        it its is are was were be been am do does did have has had can could should would will must not
        don't isn't what when why where who how which this that these those today tomorrow tonight
        yesterday now later every each next last week weeks month months day days morning evening
        afternoon monday tuesday wednesday thursday friday saturday sunday hour hours please remind buy
        pay send get take delete remove about until before after as in so if all any some war hat man no
        minute minutes change go ton son pan sol hast plus mine die once here there then just like want
        need let let's
    """,
    "it": """
        il lo gli che non è di da per con una sono mio mia questo quello domani oggi alle della del nel
        ogni
    """,
    "nl": """
        het een ik jij niet van voor met naar ook mijn deze dat wat om elke en de is in op te
    """,
    "pt": """
        não você eu um uma em para os as o a no na do da meu minha hoje amanhã com por que às cada
        depois
    """,
}
"""Articles, prepositions, conjunctions and common verbs: titles and names have them too.

A word that stands at two languages tells nothing. Nobody is answered in Italian, Dutch or Portuguese: their
words show that a text is in none of the languages that are.
"""


def _languages_by_word() -> dict[str, str]:
    """Each word that stands at one language only, with that language."""
    found: dict[str, set[str]] = {}
    for code, words in chain(_TELLING.items(), _JOINING.items()):
        for word in words.split():
            found.setdefault(word, set()).add(code)
    return {word: next(iter(codes)) for word, codes in found.items() if len(codes) == 1}


_LANGUAGE_OF = _languages_by_word()
_TELLING_WORDS = frozenset(word for listed in _TELLING.values() for word in listed.split())


def clear_language(text: str) -> str | None:
    """``de``, ``fr`` or ``es`` if a line of the text is clearly in it, and no word is of another language.

    ``text`` is as the person typed it; what is quoted is not read.
    """
    lines = [
        [_Word(typed) for typed in _WORD.findall(line)]
        for line in _QUOTED.sub(" ", text[:MAX_READ].replace("’", "'")).lower().splitlines()
    ]
    spoken = {word.language for line in lines for word in line} - {None}
    if len(spoken) != 1:
        return None
    (code,) = spoken
    return code if code in _TELLING and any(map(_is_clear, lines)) else None


def _is_clear(line: list[_Word]) -> bool:
    """Whether a line in a known language has enough words of it."""
    own = {word.typed: word for word in line if word.language}
    return len(own) >= MIN_WORDS and any(word.is_telling for word in own.values())


class _Word:
    """A word of a text, in lower case; ``language`` is the only one that has it, or a part of it."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        elided, _, rest = typed.partition("'")  # j'habite
        parts = (typed, elided, rest, _DAYTIME.sub("", typed))
        self.language = next((_LANGUAGE_OF[part] for part in parts if part in _LANGUAGE_OF), None)
        self.is_telling = not _TELLING_WORDS.isdisjoint(parts)
