"""The language of a text is told only where it is clear: by sentences, not by titles and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.words.languages import clear_language
from tests.core.words import changes, phrases, reported

HERE = Path(__file__).parent
SPANISH = ("spanish_talk.tsv", "spanish_replies.tsv")
"""Tables whose first column is Spanish."""

SENTENCES = {
    "de": """
        Was habe ich heute noch zu tun?
        was steht heute an
        Ich muss morgen die Miete zahlen
        erinnere mich in 20 Minuten ans Trinken
        Erinnere mich am Freitag um 9 Uhr daran, Anna anzurufen
        Zahnarzt am Freitag um 10 Uhr
        Miete zahlen morgen 9 Uhr
        Ich habe nur 10 Minuten Zeit
        Kannst du mir einen Tipp geben?
        Warum hast du mir das geschickt?
        bitte nicht vor 8 Uhr schreiben
        Nicht jetzt, später
        verschieb den Zahnarzt auf Freitag
        ich bin müde
        du schreibst mir zu viel, bitte weniger
        Hallo, ich wohne in Berlin
        wie viele habe ich diese Woche erledigt
        Steuererklärung bis 15. Dezember fertig machen, dauert 2 Stunden
    """,
    "fr": """
        Qu'est-ce que j'ai à faire aujourd'hui ?
        Rappelle-moi d'appeler Anne vendredi
        qu'est-ce qu'il y a aujourd'hui
        Je dois payer le loyer demain
        J'ai seulement 10 minutes
        rappelle-moi dans 20 minutes de boire de l'eau
        Tu peux me donner un conseil ?
        Pourquoi tu m'as envoyé ça ?
        Pas maintenant, s'il te plaît
        Dentiste vendredi à 10 heures
        payer le loyer demain à 9h
        décale le dentiste à vendredi
        je suis fatigué
        tu m'écris trop, moins souvent s'il te plaît
        Bonjour, j'habite à Paris
        combien de tâches j'ai faites cette semaine
        n'oublie pas le pain
    """,
    "es": """
        ¿Qué tengo que hacer hoy?
        Recuérdame llamar a Ana el viernes
        Tengo que pagar el alquiler mañana
        Solo tengo 10 minutos
        recuérdame en 20 minutos beber agua
        ¿Puedes darme un consejo?
        ¿Por qué me enviaste eso?
        Ahora no, por favor, más tarde hoy
        Dentista el viernes a las 10 horas
        pagar el alquiler mañana a las 9
        mueve el dentista al viernes
        estoy cansado, hoy no puedo
        me escribes demasiado, escribe menos cada semana
        hola, estoy en Madrid ahora
        ¿Cuántas tareas he hecho esta semana?
    """,
}
"""What people write who want an answer in their language."""

TITLES = """
    Zahnarzt
    pain au chocolat
    Burger King
    Der Spiegel
    Die Zeit
    Der Herr der Ringe
    Die Kunst und der Tod
    Weihnachtsmarkt
    Frühstück
    Bitte
    morgen
    Freitag
    Danke
    Brot und Butter
    Sauerkraut und Wurst
    Das Boot
    Kindergarten
    Oktoberfest
    Volkswagen zum TÜV
    Gesundheit
    déjà vu
    j'ai
    c'est
    j’habite
    Samstagmorgen
    20 minutes
    à la carte
    crème de la crème
    La vie en rose
    Les Misérables
    Le Monde
    Tour de France
    coq au vin
    Moulin Rouge
    Cirque du Soleil
    merci
    demain
    rendez-vous
    El País
    Los Angeles
    Las Vegas
    Casa de la Playa
    La casa de papel
    San José del Cabo
    Cinco de Mayo
    El Niño
    huevos rancheros
    mañana
    hola
    gracias
    Buy "Der Tod und das Mädchen" tickets
    call Herr Müller on Freitag
    order pain au chocolat for tomorrow
    Meet Ana at El Corte Inglés
    watch Das Leben der Anderen tonight
    read "Ich bin dann mal weg"
    listen to "Non, je ne regrette rien"
    see the film Ich bin dein Mensch tomorrow
    take out the bin on monday
    die hard marathon
    Rammstein - Du hast
    buy plus size jacket
    pan for sol
    Eu tenho que pagar o aluguel hoje
    devo pagare la bolletta domani
    ik moet morgen de huur betalen
    mamma mia
    Champs-Élysées
    München
    Café Müller
    Straße des 17. Juni
    123
    ???
    😀
    /tip
"""
"""Titles, names and other languages: no language is clear."""


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(code, line.strip()) for code, lines in SENTENCES.items() for line in lines.strip().splitlines()],
)
def test_a_sentence_has_its_language(code: str, sentence: str) -> None:
    assert clear_language(sentence) == code


@pytest.mark.parametrize("title", [line.strip() for line in TITLES.strip().splitlines()])
def test_a_title_has_no_clear_language(title: str) -> None:
    assert clear_language(title) is None


def test_many_titles_are_no_sentence() -> None:
    assert clear_language("Zahnarzt Montag\nBrot und Butter\nDer Spiegel\nFriseur Freitag") is None


def test_one_clear_line_is_enough() -> None:
    assert clear_language("Milch\nZahnarzt am Montag um 9 Uhr\nBrot") == "de"


def test_two_languages_are_not_clear() -> None:
    assert clear_language("Ich muss heute los\nJe dois payer demain") is None


def test_a_long_text_is_read_in_part() -> None:
    assert clear_language("x" * 100_000 + " ich bin heute nicht da") is None


def test_precision_on_all_phrases_is_perfect_and_half_of_them_are_told() -> None:
    told = [(code, clear_language(typed)) for code, typed in typed_phrases()]
    wrong = [pair for pair in told if pair[1] not in (None, pair[0])]

    assert not wrong
    assert not [line for line in lines_of("not_spanish.txt") if clear_language(line) == "es"]
    for code in {code for code, _ in told} - {"en"}:
        found = [guess == code for wanted, guess in told if wanted == code]
        assert sum(found) / len(found) > 0.5, code


def typed_phrases() -> list[tuple[str, str]]:
    """Every phrase of the tables whose language is known, with that language."""
    tables = ("reported", "relatives", "spanish")
    rows = [(row.language, row.typed) for name in tables for row in reported.rows(name)]
    rows += [(row.language, row.typed) for row in changes.rows()]
    rows += [("es", line.split("\t")[0]) for name in SPANISH for line in lines_of(name)]
    english = (*phrases.DATES, *phrases.REPEATS, *phrases.PRIORITIES, *phrases.NO_DATES)
    return rows + [("en", phrase.typed) for phrase in english]


def lines_of(name: str) -> list[str]:
    """The lines of a table, without comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
