"""Mistyped words of times and requests mean what was meant; words that are none of them are left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from wordfreq import top_n_list, zipf_frequency

from core.words.dates.sentence import sentence_of, tokens_of
from core.words.intents import AddTask, Intent
from core.words.phrasebooks.books import spelling
from core.words.spelling import MIN_LENGTH, respelled, slips, with_time_respelled
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW

COMMON = 2.0
"""How often a word has to be used, by Zipf's scale: once in ten million words."""

_FREQUENT = """
    untill teh hte udn wsa nxt qeu insead rapelle rapel rappele rappeller rappellez ajourd'hui wochende studen
    everthing eveything reinders latre dailly pasao dicembre jusquà
    suprime anule pospone recordare demian deman evry manna
"""
FREQUENTLY_MISTYPED = frozenset(_FREQUENT.split())
"""Typing errors that are so frequent that they are in the lists; forms of verbs that mean the same request;
and words that are names in capitals."""


def _understood(text: str) -> Intent | None:
    return understand(text, now=NOW, zone=BERLIN)


def _english(text: str) -> str:
    """The normal form that the dates are read from."""
    return sentence_of(tokens_of(text)).english


# --- Slips -------------------------------------------------------------------------------------------------


def test_the_slips_of_a_word() -> None:
    assert set(slips("today")) == {*("tdoay", "toady", "todya"), *("tooday", "todday", "todaay", "todayy")}
    assert {"frday", "firday", "friiday"} < set(slips("friday"))
    assert {"frida", "riday", "rfiday"}.isdisjoint(slips("friday"))


SENTENCES = {
    "en": ("dentist on {}", "call Mum {} at 5"),
    "de": ("Zahnarzt am {}", "Mama {} um 17 Uhr anrufen"),
    "fr": ("dentiste {}", "appeler maman {} à 17h"),
    "es": ("recuérdame el {} llamar a mamá", "dentista el {} a las 5"),
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_slip_in_a_word_that_says_when_changes_nothing(code: str) -> None:
    changed = [
        (sentence.format(slip), _english(sentence.format(slip)))
        for sentence in SENTENCES[code]
        for word in spelling.books[code].TIMES.split()
        for slip in _mistyped(code, word)
        if _english(sentence.format(slip)) != _english(sentence.format(word))
    ]
    assert changed == []


def _mistyped(code: str, word: str) -> Iterator[str]:
    book = spelling.books[code]
    typed = [*slips(word)] if len(word) >= MIN_LENGTH else []
    known = spelling.words("TIMES") | spelling.words("OTHER_WORDS")
    yield from (one for one in (*typed, *book.MISSPELLINGS.get(word, "").split()) if one not in known)


# --- Words that are none -----------------------------------------------------------------------------------


def test_no_common_word_is_taken_for_a_mistyped_one() -> None:
    common = {word for code in spelling.books for word in top_n_list(code, 150_000)}
    assert len(common) > 300_000
    taken = {word for word in common if respelled(word) != word}
    assert {word for word in taken if _use(word) >= COMMON} - FREQUENTLY_MISTYPED == set()


def _use(word: str) -> float:
    return max(zipf_frequency(word, code) for code in spelling.books)


@pytest.mark.parametrize(
    "typed",
    [
        *("call Morgan", "call Frida", "buy a sundae", "frame the montage", "practise the minuets"),
        *("moths in the wardrobe", "wait for Javier", "buy dairy", "the mourning dress", "Leute einladen"),
        *(
            "call Demian at 5",
            "déménagement Evry",
            "pick up Evey",
            "lösche Ziege",
            "vienes",
            "Striche zählen",
        ),
        *("estudiar adn", "the Weeknd", "Pease pudding", "call Manna", "taras", "Susan Sontag lesen"),
        *("Marte", "compete in the race", "domino", "buy mazo", "call Augusta", "canela"),
    ],
)
def test_words_of_their_own_are_left_alone(typed: str) -> None:
    assert respelled(typed) == typed
    assert [with_time_respelled(word) for word in typed.split()] == typed.split()


def test_what_is_quoted_is_left_alone() -> None:
    assert respelled('add "thrusday remidner" to my lsit') == 'add "thrusday remidner" to my list'


def test_a_title_stays_as_it_was_typed() -> None:
    found = _understood("buy remidner cards tomorow")
    assert isinstance(found, AddTask)
    assert found.draft
    assert found.draft.title == "buy remidner cards"


def test_a_capital_stays_one() -> None:
    assert respelled("Remidner: Pay Rent") == "Reminder: Pay Rent"


def test_the_same_word_is_no_misspelling_of_itself() -> None:
    for code, book in spelling.books.items():
        for word in f"{book.TIMES} {book.REQUESTS}".split():
            assert respelled(word) == word, (code, word)


# --- Requests ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("remnd me tomorrow at 5 to call Mum", "remind me tomorrow at 5 to call Mum"),
        ("reminde me to pay rent on wendsday", "remind me to pay rent on wednesday"),
        ("remider to water the plants on sunday", "reminder to water the plants on sunday"),
        ("set a remidner for 5pm", "set a reminder for 5pm"),
        ("dont remnd me about the gym", "dont remind me about the gym"),
        ("dentist tomrow 3pm", "dentist tomorrow 3pm"),
        ("remind me of everyting 10 minutes before", "remind me of everything 10 minutes before"),
        ("Zahnarzt jedne montag", "Zahnarzt jeden montag"),
        ("dentiste apres demain à 14h", "dentiste après-demain à 14h"),
        ("dentista el juebes a las 3", "dentista el jueves a las 3"),
        ("remind me in 10 mintues to check the oven", "remind me in 10 minutes to check the oven"),
        ("call Mum in an huor", "call Mum in an hour"),
        ("snoze 1h", "snooze 1h"),
        ("snooze till tomorow", "snooze till tomorrow"),
        ("pasue until monday", "pause until monday"),
        ("pause untill monday", "pause until monday"),
        ("whats on todya", "whats on today"),
        ("waht do i have tomorow", "what do i have tomorrow"),
        ("show my taks", "show my tasks"),
        ("add milk to my lsit", "add milk to my list"),
        ("done with teh dentist", "done with the dentist"),
        ("finsihed the laundry", "finished the laundry"),
        ("delte the dentist", "delete the dentist"),
        ("cancle the dentist", "cancel the dentist"),
        ("move rent to firday", "move rent to friday"),
        ("postpone dentist to tomorow", "postpone dentist to tomorrow"),
        ("reschedle dentist to firday", "reschedule dentist to friday"),
        ("chnage dentist to 5pm", "change dentist to 5pm"),
        ("move the dentist to nxt week", "move the dentist to next week"),
        ("remind me evry day at 8 to take pills", "remind me every day at 8 to take pills"),
        ("undoo", "undo"),
        ("erinner mihc morgn an Milch", "erinner mich morgen an Milch"),
        ("erinnnere mich am donnerstg an die Miete", "erinnere mich am donnerstag an die Miete"),
        ("löshce Zahnarzt", "lösche Zahnarzt"),
        ("verscheibe Zahnarzt auf freitga", "verschiebe Zahnarzt auf freitag"),
        ("erledgt: Zahnarzt", "erledigt: Zahnarzt"),
        ("was ist heuet zu tun", "was ist heute zu tun"),
        ("rapelle-moi demian d'appeler maman", "rappelle-moi demain d'appeler maman"),
        ("supprme dentiste", "supprime dentiste"),
        ("déplcae dentiste à vendrdi", "déplace dentiste à vendredi"),
        ("qu'est-ce que j'ai demian", "qu'est-ce que j'ai demain"),
        ("recuedame mañna llamar a mamá", "recuérdame mañana llamar a mamá"),
        ("elimna dentista", "elimina dentista"),
    ],
)
def test_a_mistyped_request_is_understood(typed: str, meant: str) -> None:
    understood = _understood(meant)
    assert understood is not None
    assert _understood(typed) == understood


def test_two_mistyped_requests_on_two_lines_are_understood() -> None:
    assert _understood("delte milk\ncancle the dentist") == _understood("delete milk\ncancel the dentist")
