"""Several tasks that a few words name."""

from __future__ import annotations

import pytest

from core.words.parts import MAX_PARTS, are_several, parts_of

TITLES = (
    "Dentist", "Pay rent", "Buy bread and butter", "Call Bob", "Brot und Butter kaufen",
    "Zahnarzt", "Acheter du pain et du beurre", "Llamar a Ana", "Milk",
)  # fmt: skip

NAMED = {
    "dentist and rent": ["Dentist", "Pay rent"],
    "the dentist and the rent": ["Dentist", "Pay rent"],
    "dentist, rent and milk": ["Dentist", "Pay rent", "Milk"],
    "dentist, rent, and milk": ["Dentist", "Pay rent", "Milk"],
    "dentist & milk": ["Dentist", "Milk"],
    "dentist and bread and butter": ["Dentist", "Buy bread and butter"],
    "bread and butter and the dentist": ["Buy bread and butter", "Dentist"],
    "den Zahnarzt und Brot und Butter": ["Zahnarzt", "Brot und Butter kaufen"],
    "Zahnarzt sowie Milk": ["Zahnarzt", "Milk"],
    "le pain et le beurre et dentist": ["Acheter du pain et du beurre", "Dentist"],
    "Ana y milk": ["Llamar a Ana", "Milk"],
    "the dentist task and the rent": ["Dentist", "Pay rent"],
}


@pytest.mark.parametrize("words", NAMED)
def test_words_are_parted_where_open_tasks_say(words: str) -> None:
    assert [TITLES[index] for index in parts_of(words, TITLES)] == NAMED[words]


@pytest.mark.parametrize(
    "words",
    [
        "bread and butter", "buy bread and butter", "dentist", "dentist and the boat", "dentist and dentist",
        "salt and pepper", "dentist and", "and", "everything and nothing", "Brot und Butter",
    ],
)  # fmt: skip
def test_one_task_or_an_unknown_one_is_not_parted(words: str) -> None:
    assert parts_of(words, TITLES) == []


def test_a_to_do_in_the_same_words_is_no_request() -> None:
    titles = ("Cancel the gym", "Pay rent")
    assert parts_of("the gym and rent", titles, typed="cancel the gym and rent") == []
    assert parts_of("the gym and rent", ("Gym", "Pay rent"), typed="cancel the gym and rent") == [0, 1]


def test_a_long_row_is_one_thing() -> None:
    titles = [f"Task{number}x" for number in range(MAX_PARTS + 2)]
    assert parts_of(" and ".join(titles), titles) == []
    assert are_several("a and b")
    assert not are_several("sandy")
