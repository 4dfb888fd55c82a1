"""Embeds the texts of decisions: in advance where possible, and without delaying a tip.

Only texts of people who allow a language model are sent to the embedding model. Without one, and until it has
answered, texts are compared by their words (``core/embeddings/hashed.py``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.bandit.grid import on_grid
from core.deciding.context import assemble, language_of
from core.deciding.model_use import model_for
from core.dependencies import Dependencies
from core.embeddings.hashed import NO_EMBEDDINGS
from core.embeddings.space import (
    HASHED_SPACE,
    PROBES,
    Space,
    TextEmbeddings,
    digest,
    directions,
    measure,
    truncated,
)
from core.errors import LanguageModelUnavailable, NotFound
from core.learning.refit import cache_observations, rebuild_from_log
from core.policies.feature_inputs import WORDING_DIM
from core.ports import Embedded
from core.records import HASHED, Context, Person, Purpose, Request, TipCandidate, Trigger, Wording
from core.store import DuePerson, Unit
from core.tips.candidates import Template

log = logging.getLogger(__name__)

EMBEDDER_ALIAS = "embedder"
"""The alias of the embedding model."""

PREFETCH_HORIZON = timedelta(hours=1)
"""Texts of people whose next decision point is at most this far off are embedded in advance."""

MAX_BATCH_SIZE = 16
"""Texts per request, probes not counted."""

MAX_BATCHES = 30
"""Requests per person and run of the job."""

PREFETCH_TIMEOUT = timedelta(seconds=30)


def allows_language_model(person: Person) -> bool:
    """Whether the person's texts may be sent to a language model."""
    return person.allows(Purpose.LANGUAGE_MODEL)


# --- For a decision ----------------------------------------------------------------------------------------


async def embed_now(person: Person, texts: Sequence[str], deps: Dependencies) -> None:
    """Embed those of ``texts`` that have no vector yet. After ``deadline_embedding`` they are left without.

    Permission is read again, because ``person`` may be out of date.
    """
    async with deps.store.read() as reading:
        space = await reading.embeddings.space()
        missing = await _next_batch(reading, person, space, texts) if space.name != HASHED else []
    if not missing:
        return
    try:
        embedded = await _embed(person, deps, missing, deps.rules.writing.deadline_embedding)
        await _store_vectors(person, space, missing, embedded, deps)
    except LanguageModelUnavailable as unavailable:
        log.warning("wordings stay unknown: %s", unavailable)


async def embeddings_for(unit: Unit, person: Person, texts: Sequence[str]) -> TextEmbeddings:
    """The stored vectors of ``texts`` in the space in use; none for a person who allows no language model."""
    space = await unit.embeddings.space()
    if space.name == HASHED:
        return NO_EMBEDDINGS
    if not allows_language_model(person):
        return TextEmbeddings(space=space.name)
    vectors = await unit.embeddings.read(person.person_id, space.name, [*map(digest, texts)])
    return TextEmbeddings(space=space.name, similarity_threshold=space.similarity_threshold, vectors=vectors)


def texts_of(context: Context, templates: Sequence[Template]) -> list[str]:
    """The texts of a decision that are known in advance: tasks, past tips, templates."""
    texts = [task.title for task in context.tasks] + [tip.content for tip in context.past]
    return [text for text in texts if text] + _template_texts(templates)


def _template_texts(templates: Sequence[Template]) -> list[str]:
    """The first lines of templates, with 0 for numbers, which ``digest`` ignores."""
    return [template.content.format(open=0, overdue=0) for template in templates]


def wording_of(embeddings: TextEmbeddings, candidates: Sequence[TipCandidate]) -> Wording:
    """What is logged of the embeddings: the direction (WORDING,) of each embedded candidate, on the grid."""
    embedded = [one for one in candidates if digest(one.content) in embeddings.vectors]
    vectors = embeddings.rows([one.content for one in embedded])[:, :WORDING_DIM]
    rows = on_grid(directions(vectors)).tolist()
    by_id = {one.candidate_id: tuple(row) for one, row in zip(embedded, rows, strict=True)}
    return Wording(space=embeddings.space, directions=by_id)


# --- In advance --------------------------------------------------------------------------------------------


async def prefetch_embeddings(deps: Dependencies, *, limit: int = 200) -> int:
    """Embed the texts of people who are due within ``PREFETCH_HORIZON``; returns the number of these people.

    Raises ``LanguageModelUnavailable``.
    """
    if deps.model is None:
        return 0
    async with deps.store.read() as reading:
        due = await reading.people.due(deps.clock.now() + PREFETCH_HORIZON, limit)
    for one in due:
        await _prefetch_person(one, deps)
    return len(due)


async def _prefetch_person(due: DuePerson, deps: Dependencies) -> None:
    """Embed all texts of one person in batches, each with the probes.

    So a model that was replaced is noticed before its vectors are stored.
    """
    async with deps.store.read() as reading:
        person = await reading.people.get(due.person_id)
        if not allows_language_model(person) or person.zone is None:
            return
        now, zone = deps.clock.now(), ZoneInfo(person.zone)
        request = Request()
        context = await assemble(reading, person, zone, now=now, trigger=Trigger.SCHEDULED, request=request)
        # Not only the most pressing tasks: any task may be drawn.
        titles = [task.title for task in await reading.tasks.outlines(person.person_id)]
    texts = [*texts_of(context, deps.templates_in(context.language)), *titles]
    # One batch may have to be repeated in a new space. A long list is continued in the next run of the job.
    for _ in range(min(len(texts) // MAX_BATCH_SIZE + 2, MAX_BATCHES)):
        batch = await _next_batch_now(person, texts, deps)
        if not batch or not await _embed_with_probes(person, batch, deps):
            return


async def _embed_with_probes(person: Person, texts: Sequence[str], deps: Dependencies) -> bool:
    """Embed and store ``texts``; False if the person no longer allows that."""
    embedded = await _embed(person, deps, [*PROBES, *texts], PREFETCH_TIMEOUT)
    probes, vectors = embedded.vectors[: len(PROBES)], embedded.vectors[len(PROBES) :]
    space = await _use_space(measure(replace(embedded, vectors=probes)), deps)
    return await _store_vectors(person, space, texts, replace(embedded, vectors=vectors), deps)


async def _next_batch_now(person: Person, texts: Sequence[str], deps: Dependencies) -> list[str]:
    async with deps.store.read() as reading:
        return await _next_batch(reading, person, await reading.embeddings.space(), texts)


async def _use_space(measured: Space, deps: Dependencies) -> Space:
    """Put the space of the measured model in use: the current or an earlier one if it is the same, else new.

    Weights of wording features belong to one space. When the space changes, the models are fitted again from
    the log; a return to an earlier space restores its weights.
    """
    async with deps.store.read() as reading:
        current = await reading.embeddings.space()
    if current.is_same_model(measured):
        return current
    known = await cache_observations(deps)
    async with deps.store.begin() as writing:
        current, *earlier = await writing.embeddings.spaces()
        space = next((one for one in (current, *earlier) if one.is_same_model(measured)), measured)
        if space is not current:
            await writing.embeddings.use(space)
            await rebuild_from_log(writing, deps.clock.now(), known)
            log.info("wordings are those of %s from now on", space.name)
    return space


async def fall_back_to_hashing(deps: Dependencies) -> bool:
    """Without a language model, go back to the hashed space; whether another one was in use."""
    async with deps.store.read() as reading:
        if deps.model is not None or (await reading.embeddings.space()).name == HASHED:
            return False
    known = await cache_observations(deps)
    async with deps.store.begin() as writing:
        await writing.embeddings.use(HASHED_SPACE)
        await rebuild_from_log(writing, deps.clock.now(), known)
    return True


# --- Both --------------------------------------------------------------------------------------------------


async def _next_batch(unit: Unit, person: Person, space: Space, texts: Sequence[str]) -> list[str]:
    """The first ``MAX_BATCH_SIZE`` of ``texts`` without a vector in ``space``.

    None for a person who no longer allows a language model.
    """
    if not await _still_allows_language_model(unit, person):
        return []
    by_digest = {digest(text): text for text in texts if text}
    known = await unit.embeddings.read(person.person_id, space.name, list(by_digest))
    return [text for name, text in by_digest.items() if name not in known][:MAX_BATCH_SIZE]


async def _embed(person: Person, deps: Dependencies, texts: Sequence[str], deadline: timedelta) -> Embedded:
    model = model_for(person.person_id, deps)
    if model is None:
        raise LanguageModelUnavailable("none is set up")
    try:
        async with asyncio.timeout(deadline.total_seconds()):
            return await model.embed(EMBEDDER_ALIAS, [*map(truncated, texts)], deadline=deadline)
    except TimeoutError as late:
        raise LanguageModelUnavailable("it did not keep to the deadline") from late


async def _store_vectors(
    person: Person, space: Space, texts: Sequence[str], embedded: Embedded, deps: Dependencies
) -> bool:
    """Store the projected vectors; False, without storing, if the person no longer allows that."""
    vectors = dict(zip(map(digest, texts), space.project(embedded), strict=True))
    now = deps.clock.now()
    async with deps.store.begin(person.person_id) as writing:
        if not await _still_allows_language_model(writing, person):
            return False
        templates = deps.templates_in(await language_of(writing, person))
        of_templates = {digest(text) for text in _template_texts(templates)}
        shared, personal = vectors.keys() & of_templates, vectors.keys() - of_templates
        for owner, names in ((None, shared), (person.person_id, personal)):
            await writing.embeddings.put(owner, space.name, {name: vectors[name] for name in names}, now)
    return True


async def _still_allows_language_model(unit: Unit, person: Person) -> bool:
    """``allows_language_model`` as stored now; False if the person was erased since ``person`` was read."""
    try:
        return allows_language_model(await unit.people.get(person.person_id))
    except NotFound:
        return False
