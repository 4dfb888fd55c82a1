"""The space of an embedding model is measured, recognised, and the same on every machine."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bandit.grid import STEPS_PER_UNIT
from core.embeddings.hashed import are_paraphrases
from core.embeddings.space import (
    HASHED_SPACE,
    MAX_CHARS,
    MIN_SIMILARITY_THRESHOLD,
    PROBES,
    PROJECTED_DIM,
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


async def embedded(meanings: Meanings, space: Space, *texts: str) -> TextEmbeddings:
    vectors = space.project(await meanings.embed(texts))
    return TextEmbeddings(
        space=space.name,
        similarity_threshold=space.similarity_threshold,
        vectors=dict(zip(map(digest, texts), vectors, strict=True)),
    )


async def test_paraphrases_are_similar_however_they_are_worded() -> None:
    meanings = Meanings("walk stroll", "tax duty")
    space = await measured(meanings)
    texts = "Take a walk.", "Go for a stroll!", "File the tax return.", "Water the ferns."
    known = await embedded(meanings, space, *texts)
    assert are_paraphrases(texts[1:], texts[:1], known) == [True, False, False]
    assert are_paraphrases(texts[1:], texts[:1]) == [False, False, False]


async def test_similar_wordings_are_paraphrases_with_or_without_embeddings() -> None:
    meanings = Meanings()
    known = await embedded(meanings, await measured(meanings), "Drink a glass of water now.")
    found = are_paraphrases(["Have a glass of water.", "Call Ann."], ["Drink a glass of water now."], known)
    assert found == [True, False]


async def test_stored_vectors_are_on_the_grid_and_about_as_long_as_1() -> None:
    meanings = Meanings()
    space = await measured(meanings)
    (vector,) = space.project(await meanings.embed(["Call Ann."]))
    assert len(vector) == PROJECTED_DIM
    assert all(value * STEPS_PER_UNIT == round(value * STEPS_PER_UNIT) for value in vector)
    assert math.isclose(math.hypot(*vector), 1, abs_tol=0.01)


async def test_a_model_is_recognised_although_its_vectors_vary_a_little() -> None:
    meanings = Meanings()
    space = await measured(meanings)
    exact, tremble = await meanings.embed(PROBES), Random(1)
    trembling = tuple(tuple(value + tremble.gauss(0, 0.001) for value in vector) for vector in exact.vectors)
    again = measure(Embedded(vectors=trembling, model="meanings"))
    assert again != space
    assert again.is_same_model(space)
    assert space.is_same_model(again)


@pytest.mark.parametrize("other", [Meanings(turned=3), Meanings(model="other"), Meanings("one more group")])
async def test_another_model_is_noticed_even_behind_the_same_name(other: Meanings) -> None:
    one, another = await measured(Meanings()), await measured(other)
    assert not one.is_same_model(another)
    assert one.name != another.name
    assert not HASHED_SPACE.is_same_model(one)


async def test_vectors_of_another_length_or_name_are_refused() -> None:
    space = await measured(Meanings())
    for other in (Meanings("one more group"), Meanings(model="other")):
        with pytest.raises(LanguageModelUnavailable, match="another model"):
            space.project(await other.embed(["Call Ann."]))


UNFIT = {
    "nothing": [(0.0, 0.0)] * len(PROBES),
    "always the same": [(1.0, 2.0)] * len(PROBES),
    "by side": [(float(place % 2), 1.0) for place in range(len(PROBES))],
    "backwards": [(1.0, (-1.0) ** place * (place + 1)) for place in range(len(PROBES))],
}


@pytest.mark.parametrize("vectors", UNFIT.values(), ids=UNFIT)
def test_a_model_that_cannot_tell_paraphrases_from_others_is_refused(
    vectors: list[tuple[float, ...]],
) -> None:
    with pytest.raises(LanguageModelUnavailable, match="don't tell"):
        measure(Embedded(vectors=tuple(vectors), model="m"))


async def test_the_threshold_has_a_lower_bound() -> None:
    assert MIN_SIMILARITY_THRESHOLD <= (await measured(Meanings())).similarity_threshold < 1


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_finite_numbers_give_finite_vectors(rows: list[list[float]]) -> None:
    space = Space(name="m/3/x", model="m/3", similarity_threshold=0.7, centroid=(0.01,) * PROJECTED_DIM)
    vectors = space.project(Embedded(vectors=tuple(map(tuple, rows)), model="m"))
    assert np.isfinite(np.array(vectors)).all()


def test_directions_have_length_1_and_rows_of_zeros_stay_zeros() -> None:
    assert directions(np.array([[3.0, -4.0], [0.0, 0.0], [0.0, 0.25]])).tolist() == [
        [0.6, -0.8],
        [0, 0],
        [0, 1],
    ]


def test_the_projection_is_the_same_on_every_machine() -> None:
    space = Space(name="m/3/x", model="m/3", similarity_threshold=0.7, centroid=(0.0,) * PROJECTED_DIM)
    (vector,) = space.project(Embedded(vectors=((3.0, 0.0, -4.0),), model="m"))
    assert [round(value * STEPS_PER_UNIT) for value in vector[:6]] == FIRST


FIRST = [-179, 179, -179, -26, 179, 26]


def test_a_digest_is_of_the_words_not_of_figures_and_spaces() -> None:
    assert digest("You have 12 open  tasks.") == digest("you have 3 open tasks.") != digest("You have tasks.")
    assert digest("Go!") != digest("Run!")
    assert digest("x" * MAX_CHARS + "more") == digest("x" * MAX_CHARS)
    assert "rent" not in digest("rent")
    assert digest("\ud800") != digest("")
