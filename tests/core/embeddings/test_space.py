"""The space of an embedder: measured, known again, the same on every machine, unfit models turned away."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.grid import STEPS
from core.embeddings.hashed import are_paraphrases
from core.embeddings.space import (
    KEPT,
    NEVER_SAME,
    PROBES,
    READ,
    WORDS,
    Space,
    TextEmbeddings,
    digest,
    directions,
    measure,
)
from core.errors import LanguageModelUnavailable
from core.ports import Embedded
from tests.core.outsiders import Meanings


async def measured(meanings: Meanings) -> Space:
    return measure(await meanings.embed(PROBES))


async def placed(meanings: Meanings, space: Space, *texts: str) -> TextEmbeddings:
    vectors = space.place(await meanings.embed(texts))
    return TextEmbeddings(
        space=space.name, near=space.near, vectors=dict(zip(map(digest, texts), vectors, strict=True))
    )


async def test_what_means_the_same_is_near_however_it_is_worded() -> None:
    meanings = Meanings("walk stroll", "tax duty")
    space = await measured(meanings)
    texts = "Take a walk.", "Go for a stroll!", "File the tax return.", "Water the ferns."
    known = await placed(meanings, space, *texts)
    assert are_paraphrases(texts[1:], texts[:1], known) == [True, False, False]
    assert are_paraphrases(texts[1:], texts[:1]) == [False, False, False]


async def test_what_is_worded_alike_is_the_same_whether_or_not_it_was_embedded() -> None:
    meanings = Meanings()
    known = await placed(meanings, await measured(meanings), "Drink a glass of water now.")
    heard = are_paraphrases(["Have a glass of water.", "Call Ann."], ["Drink a glass of water now."], known)
    assert heard == [True, False]


async def test_small_vectors_are_on_the_grid_and_about_as_long_as_1() -> None:
    meanings = Meanings()
    space = await measured(meanings)
    (vector,) = space.place(await meanings.embed(["Call Ann."]))
    assert len(vector) == KEPT
    assert all(value * STEPS == round(value * STEPS) for value in vector)
    assert math.isclose(math.hypot(*vector), 1, abs_tol=0.01)


async def test_a_model_is_known_again_though_its_figures_tremble() -> None:
    meanings = Meanings()
    space = await measured(meanings)
    exact, tremble = await meanings.embed(PROBES), Random(1)
    trembling = tuple(tuple(value + tremble.gauss(0, 0.001) for value in vector) for vector in exact.vectors)
    again = measure(Embedded(vectors=trembling, model="meanings"))
    assert again != space
    assert again.is_that_of(space)
    assert space.is_that_of(again)


@pytest.mark.parametrize("other", [Meanings(turned=3), Meanings(model="other"), Meanings("one more group")])
async def test_another_model_is_noticed_even_behind_the_same_name(other: Meanings) -> None:
    one, another = await measured(Meanings()), await measured(other)
    assert not one.is_that_of(another)
    assert one.name != another.name
    assert not WORDS.is_that_of(one)


async def test_vectors_of_another_length_or_name_are_not_placed() -> None:
    space = await measured(Meanings())
    for other in (Meanings("one more group"), Meanings(model="other")):
        with pytest.raises(LanguageModelUnavailable, match="another model"):
            space.place(await other.embed(["Call Ann."]))


UNFIT = {
    "nothing": [(0.0, 0.0)] * len(PROBES),
    "always the same": [(1.0, 2.0)] * len(PROBES),
    "by side": [(float(place % 2), 1.0) for place in range(len(PROBES))],
    "backwards": [(1.0, (-1.0) ** place * (place + 1)) for place in range(len(PROBES))],
}


@pytest.mark.parametrize("vectors", UNFIT.values(), ids=UNFIT)
def test_a_model_that_cannot_tell_what_means_the_same_is_turned_away(
    vectors: list[tuple[float, ...]],
) -> None:
    with pytest.raises(LanguageModelUnavailable, match="don't tell"):
        measure(Embedded(vectors=tuple(vectors), model="m"))


async def test_texts_must_be_rather_near_whatever_the_model() -> None:
    assert NEVER_SAME <= (await measured(Meanings())).near < 1


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_whatever_finite_numbers_come_small_vectors_are_finite(rows: list[list[float]]) -> None:
    space = Space(name="m/3/x", model="m/3", near=0.7, middle=(0.01,) * KEPT)
    vectors = space.place(Embedded(vectors=tuple(map(tuple, rows)), model="m"))
    assert np.isfinite(np.array(vectors)).all()


def test_directions_are_of_length_1_and_those_of_nothing_stay_0() -> None:
    assert directions(np.array([[3.0, -4.0], [0.0, 0.0], [0.0, 0.25]])).tolist() == [
        [0.6, -0.8],
        [0, 0],
        [0, 1],
    ]


def test_the_projection_is_the_same_on_every_machine() -> None:
    space = Space(name="m/3/x", model="m/3", near=0.7, middle=(0.0,) * KEPT)
    (vector,) = space.place(Embedded(vectors=((3.0, 0.0, -4.0),), model="m"))
    assert [round(value * STEPS) for value in vector[:6]] == FIRST


FIRST = [-179, 179, -179, -26, 179, 26]


def test_a_digest_is_of_the_words_not_of_figures_and_spaces() -> None:
    assert digest("You have 12 open  tasks.") == digest("you have 3 open tasks.") != digest("You have tasks.")
    assert digest("Go!") != digest("Run!")
    assert digest("x" * READ + "more") == digest("x" * READ)
    assert "rent" not in digest("rent")
    assert digest("\ud800") != digest("")
