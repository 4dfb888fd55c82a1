"""Places in a list that words name."""

from __future__ import annotations

import pytest

from core.words.numbered import LAST, MAX_PLACES, done_places, place_among, places_in

PLACES = {
    "3": (3,),
    "3.": (3,),
    "#3": (3,),
    "12": (12,),
    "number 3": (3,),
    "no. 3": (3,),
    "task 3": (3,),
    "the 3rd one": (3,),
    "the second": (2,),
    "the second one": (2,),
    "second task": (2,),
    "the last one": (LAST,),
    "2 and 5": (2, 5),
    "1, 2 & 4": (1, 2, 4),
    "both 1 and 2": (1, 2),
    "1-3": (1, 2, 3),
    "1-3 and 7": (1, 2, 3, 7),
    "2, 2 and 3": (2, 3),
    "Nr. 4": (4,),
    "Nummer 4": (4,),
    "Aufgabe 3": (3,),
    "die 2": (2,),
    "die zweite": (2,),
    "den zweiten": (2,),
    "die erste und die dritte": (1, 3),
    "2, 3 und 5": (2, 3, 5),
    "der letzte": (LAST,),
    "la 2": (2,),
    "n° 3": (3,),
    "la 2ème": (2,),
    "la troisième": (3,),
    "les 2 et 3": (2, 3),
    "la dernière tâche": (LAST,),
    "numéro 1": (1,),
    "tarea 2": (2,),
    "el 3 y el 4": (3, 4),
    "la segunda": (2,),
    "el último": (LAST,),
    "la 3ª": (3,),
    "number two": (2,),
    "task two and the fifth": (2, 5),
    "the first two": (1, 2),
    "the first two tasks": (1, 2),
    "the second entry": (2,),
    "den ersten Eintrag": (1,),
    "die ersten beiden Aufgaben": (1, 2),
    "les deux premières tâches": (1, 2),
    "la primera entrada": (1,),
    "first 3": (1, 2, 3),
    "the last two": (-2, LAST),
    "nummer zwei": (2,),
    "die ersten beiden": (1, 2),
    "die letzten 2": (-2, LAST),
    "Aufgabe drei": (3,),
    "numéro deux": (2,),
    "les deux premières": (1, 2),
    "les 2 dernières": (-2, LAST),
    "la número dos": (2,),
    "tarea tres": (3,),
    "las dos primeras": (1, 2),
    "los últimos dos": (-2, LAST),
    "numero uno": (1,),
}
OTHERS = (
    "", "3:00", "3pm", "9am", "2 apples", "1.5", "3%", "friday", "the dentist", "second dentist",
    "3rd of may", "die", "the", "1234", "2 hours", "zweite Mahnung",
    "two", "beide", "first two weeks", "number nine dream", "first 0", "dos", "une", "last 2 hours",
    "3 heures", "7 de mayo", "€3", "-3", "2/3 of it",
)  # fmt: skip


@pytest.mark.parametrize("words", PLACES)
def test_places_are_read_with_the_words_around_them(words: str) -> None:
    assert places_in(words) == PLACES[words]


@pytest.mark.parametrize("words", OTHERS)
def test_a_time_an_amount_and_a_title_are_no_places(words: str) -> None:
    assert places_in(words) == ()


DONE = {
    "done 2": "2",
    "2 done": "2",
    "done: 2": "2",
    "did 2": "2",
    "finish 2": "2",
    "tick off 2": "2",
    "check 2 and 3": "2 and 3",
    "2 and 3 are done": "2 and 3",
    "✅ 2": "2",
    "erledigt 2": "2",
    "2 erledigt": "2",
    "erledigt: 2 und 3": "2 und 3",
    "Nummer 2 ist erledigt": "Nummer 2",
    "hak 2 ab": "2",
    "2 abhaken": "2",
    "fait 2": "2",
    "la 2 est faite": "la 2",
    "coche la 2": "la 2",
    "marque la 2 comme faite": "la 2",
    "hecho 2": "2",
    "la 2 hecha": "la 2",
    "termina la 3": "la 3",
    "marca la 2 como hecha": "la 2",
    "the first two are done": "the first two",
    "erledige die ersten beiden": "die ersten beiden",
    "i did the first two": "the first two",
    "I've already done the last one": "the last one",
    "die ersten beiden hab ich erledigt": "die ersten beiden",
    "ich habe die zweite erledigt": "die zweite",
    "j'ai fait les deux premières": "les deux premières",
    "he hecho las dos primeras": "las dos primeras",
    "ya hice la segunda": "la segunda",
    "coche les deux premières": "les deux premières",
    "la número dos está hecha": "la número dos",
}


@pytest.mark.parametrize("text", DONE)
def test_what_is_done_is_named_by_its_place(text: str) -> None:
    assert done_places(text) == DONE[text]


@pytest.mark.parametrize(
    "text",
    ["2", "done", "done at 3pm", "i did 2 things", "call 2", "2 tomorrow", "done 2 hours", "fertig um 3"],
)
def test_what_is_not_said_to_be_done_is_not(text: str) -> None:
    assert done_places(text) == ""


def test_a_range_names_no_more_places_than_a_list_may_have() -> None:
    assert len(places_in("1-999")) == MAX_PLACES
    assert places_in("5-3") == ()


@pytest.mark.parametrize(("place", "number"), [(2, 2), (3, None), (LAST, 7), (-3, 1), (-4, None)])
def test_a_place_is_one_that_the_list_shows(place: int, number: int | None) -> None:
    assert place_among((7, 1, 2), place) == number
