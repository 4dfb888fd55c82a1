"""How texts get their place in the embedder's space: ahead of time, and never in the way of a tip.

Only texts of people who let the language model read along go to the embedder. Without one, or before it was
heard, wordings are compared by their letters.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.bandit.grid import on_grid
from core.deciding.context import assemble
from core.dependencies import Dependencies
from core.embeddings.hashed import IN_WORDS
from core.embeddings.space import PROBES, WORDS, Space, TextEmbeddings, digest, directions, measure, shortened
from core.errors import LanguageModelUnavailable, NotFound
from core.learning.refit import known_by_now, relearn
from core.model import HASHED, Consent, Context, Person, Request, TipCandidate, Trigger, Wording
from core.policies.feature_inputs import WORDING
from core.ports import Embedded
from core.store import DuePerson, Unit
from core.tips.candidates import Template

log = logging.getLogger(__name__)

EMBEDDER = "embedder"
"""The alias that is asked."""

AHEAD = timedelta(hours=1)
"""The texts of people who are due within this time are embedded before that."""

AT_ONCE = 16
"""So many texts go into one question."""

MAX_BATCHES = 30
"""At most so many questions are asked for one person in one run of the job."""

PATIENCE = timedelta(seconds=30)
QUICK = timedelta(seconds=1)
"""How long an answer may take where nobody waits, and where somebody does."""


def reads_along(person: Person) -> bool:
    """Whether the person's texts may go to a language model."""
    return person.consent is Consent.AGREED and person.preferences.use_llm


# --- At a decision -----------------------------------------------------------------------------------------


async def embed_now(person: Person, texts: Sequence[str], deps: Dependencies) -> None:
    """Embed what nobody has embedded yet, if that is done in a moment; if not, it stays unknown.

    Only for a person who lets the language model read along still: ``person`` may have been read a while ago.
    """
    async with deps.store.read() as reading:
        space = await reading.embeddings.space()
        missing = await _missing(reading, person, space, texts) if space.name != HASHED else []
    if not missing:
        return
    try:
        embedded = await _asked(deps, missing, QUICK)
        await _keep(person, space, missing, embedded, deps)
    except LanguageModelUnavailable as unavailable:
        log.warning("wordings stay unknown: %s", unavailable)


async def embeddings_for(unit: Unit, person: Person, texts: Sequence[str]) -> TextEmbeddings:
    """What is known of ``texts`` in the space that is in use; nothing of a person who keeps theirs to
    themselves.
    """
    space = await unit.embeddings.space()
    if space.name == HASHED:
        return IN_WORDS
    if not reads_along(person):
        return TextEmbeddings(space=space.name)
    vectors = await unit.embeddings.read(person.person_id, space.name, [*map(digest, texts)])
    return TextEmbeddings(space=space.name, near=space.near, vectors=vectors)


def texts_of(context: Context, templates: Sequence[Template]) -> list[str]:
    """The texts of a decision that are known before it: tasks, past tips, oO's own."""
    said = [task.title for task in context.tasks] + [tip.content for tip in context.past]
    return [text for text in said if text] + own(templates)


def own(templates: Sequence[Template]) -> list[str]:
    """First lines that oO brings along; their figures don't matter."""
    return [template.content.format(open=0, overdue=0) for template in templates]


def worded(placed: TextEmbeddings, candidates: Sequence[TipCandidate]) -> Wording:
    """What the log keeps of it: the direction (WORDING,) of each candidate that is known, on the grid."""
    known = [one for one in candidates if digest(one.content) in placed.vectors]
    rows = on_grid(directions(placed.rows([one.content for one in known])[:, :WORDING])).tolist()
    by_id = {one.candidate_id: tuple(row) for one, row in zip(known, rows, strict=True)}
    return Wording(space=placed.space, directions=by_id)


# --- Ahead of it -------------------------------------------------------------------------------------------


async def prefetch_embeddings(deps: Dependencies, *, limit: int = 200) -> int:
    """Embed the texts of the people who are due soon; returns how many people were looked at.

    Raises ``LanguageModelUnavailable``.
    """
    if deps.model is None:
        return 0
    async with deps.store.read() as reading:
        due = await reading.people.due(deps.clock.now() + AHEAD, limit)
    for one in due:
        await _place_all(one, deps)
    return len(due)


async def _place_all(due: DuePerson, deps: Dependencies) -> None:
    """All texts of one person, a batch at a time, oO's probes with each: so a model that was exchanged is
    noticed before its vectors are kept.
    """
    async with deps.store.read() as reading:
        person = await reading.people.get(due.person_id)
        if not reads_along(person) or person.zone is None:
            return
        now, zone = deps.clock.now(), ZoneInfo(person.zone)
        asked = Request()
        context = await assemble(reading, person, zone, now=now, trigger=Trigger.SCHEDULED, request=asked)
        titles = [task.title for task in await reading.tasks.outlines(person.person_id)]  # any may be drawn
    texts = [*texts_of(context, deps.templates), *titles]
    # One more in case of a new space, and then it may wait; a long list goes on in the next run of the job.
    for _ in range(min(len(texts) // AT_ONCE + 2, MAX_BATCHES)):
        missing = await _not_placed(person, texts, deps)
        if not missing or not await _place(person, missing, deps):
            return


async def _place(person: Person, texts: Sequence[str], deps: Dependencies) -> bool:
    """Embed and keep ``texts``; whether the person still wants that."""
    embedded = await _asked(deps, [*PROBES, *texts], PATIENCE)
    probes, vectors = embedded.vectors[: len(PROBES)], embedded.vectors[len(PROBES) :]
    space = await _settled(measure(replace(embedded, vectors=probes)), deps)
    return await _keep(person, space, texts, replace(embedded, vectors=vectors), deps)


async def _not_placed(person: Person, texts: Sequence[str], deps: Dependencies) -> list[str]:
    async with deps.store.read() as reading:
        return await _missing(reading, person, await reading.embeddings.space(), texts)


async def _settled(found: Space, deps: Dependencies) -> Space:
    """The space that is in use from now on: the one there was if ``found`` is the same, else an earlier one
    that is, else ``found``.

    What was learned from wordings belongs to one space, by its name: in another one it is learned anew from
    the log, and with an earlier one all comes back that was learned there.
    """
    async with deps.store.read() as reading:
        current = await reading.embeddings.space()
    if current.is_that_of(found):
        return current
    known = await known_by_now(deps)
    async with deps.store.begin() as writing:
        current, *earlier = await writing.embeddings.spaces()
        space = next((one for one in (current, *earlier) if one.is_that_of(found)), found)
        if space is not current:
            await writing.embeddings.use(space)
            await relearn(writing, deps.clock.now(), known)
            log.info("wordings are those of %s from now on", space.name)
    return space


async def fall_back_to_hashing(deps: Dependencies) -> bool:
    """Without a language model wordings are those of their letters again; says whether they were not."""
    async with deps.store.read() as reading:
        if deps.model is not None or (await reading.embeddings.space()).name == HASHED:
            return False
    known = await known_by_now(deps)
    async with deps.store.begin() as writing:
        await writing.embeddings.use(WORDS)
        await relearn(writing, deps.clock.now(), known)
    return True


# --- Both --------------------------------------------------------------------------------------------------


async def _missing(unit: Unit, person: Person, space: Space, texts: Sequence[str]) -> list[str]:
    """The first of ``texts`` that have no place in ``space`` yet, as many as go into a question; none of a
    person who does not want that any more.
    """
    if not await _still_reads_along(unit, person):
        return []
    by_digest = {digest(text): text for text in texts if text}
    known = await unit.embeddings.read(person.person_id, space.name, list(by_digest))
    return [text for name, text in by_digest.items() if name not in known][:AT_ONCE]


async def _asked(deps: Dependencies, texts: Sequence[str], within: timedelta) -> Embedded:
    if deps.model is None:
        raise LanguageModelUnavailable("none is set up")
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await deps.model.embed(EMBEDDER, [*map(shortened, texts)], deadline=within)
    except TimeoutError as late:
        raise LanguageModelUnavailable("it did not keep to the deadline") from late


async def _keep(
    person: Person, space: Space, texts: Sequence[str], embedded: Embedded, deps: Dependencies
) -> bool:
    """Store the small vectors; False for a person who has left, or changed their mind, meanwhile."""
    vectors = dict(zip(map(digest, texts), space.place(embedded), strict=True))
    ours = {digest(text) for text in own(deps.templates)}
    now = deps.clock.now()
    async with deps.store.begin() as writing:
        if not await _still_reads_along(writing, person):
            return False
        for whose, names in ((None, vectors.keys() & ours), (person.person_id, vectors.keys() - ours)):
            await writing.embeddings.put(whose, space.name, {name: vectors[name] for name in names}, now)
    return True


async def _still_reads_along(unit: Unit, person: Person) -> bool:
    """Not so for a person who has left, or changed their mind, since ``person`` was read."""
    try:
        return reads_along(await unit.people.get(person.person_id))
    except NotFound:
        return False
