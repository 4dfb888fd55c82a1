"""Storage as the core sees it: one transaction, with a repository for each table group.

``Store.begin()`` writes, ``Store.read()`` reads; a transaction never spans a network call. Times are aware
UTC datetimes throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.chat import Channel, Update
from core.model import (
    Account,
    Correction,
    Decision,
    Delivery,
    DeliveryState,
    Event,
    Known,
    PastTip,
    Person,
    Reaction,
    Reward,
    Shadow,
    Signal,
    Snapshot,
    Snooze,
    Task,
    TipKind,
    Trial,
)
from core.space import Space


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePerson:
    """A person whose decision point has come."""

    person_id: str
    due_at: datetime


class People(Protocol):
    """Persons and their accounts."""

    async def get(self, person_id: str) -> Person: ...
    async def add(self, person: Person) -> None: ...
    async def save(self, person: Person) -> None: ...
    async def owner(self) -> Person | None: ...
    async def due(self, now: datetime, limit: int) -> tuple[DuePerson, ...]:
        """Persons with ``next_due_at <= now``, the longest overdue first; one indexed scan."""
        ...

    async def claim(self, due: DuePerson, next_due_at: datetime | None) -> bool:
        """Move the decision point on, if nobody else has: True for exactly one caller."""
        ...

    async def account(self, channel: Channel, external_id: str) -> Account | None: ...
    async def known(self, channel: Channel, external_id: str) -> Known | None:
        """The account and whose it is."""
        ...

    async def accounts(self, person_id: str) -> tuple[Account, ...]:
        """All accounts, last seen first."""
        ...

    async def save_account(self, account: Account) -> None:
        """Insert or update by account_id."""
        ...

    async def forget(self, person_id: str) -> None:
        """Delete every row about this person, in every table, and overwrite the freed bytes."""
        ...

    async def everything(self, person_id: str) -> dict[str, list[dict[str, object]]]:
        """Every personal column of every table about this person, by table; for exports."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time way in. Only the hash of its code is kept.

    ``owner``: whoever redeems it owns this oO. ``links``: their account becomes one of ``invited_by``.
    """

    code_hash: str
    created_at: datetime
    expires_at: datetime | None
    owner: bool = False
    invited_by: str | None = None
    used_at: datetime | None = None
    used_by: str | None = None
    links: bool = False


class Invitations(Protocol):
    """Codes that let people in."""

    async def add(self, invitation: Invitation) -> None: ...
    async def get(self, code_hash: str) -> Invitation | None:
        """The invitation with that code, in whatever state."""
        ...

    async def redeem(self, code_hash: str, *, used_by: str, now: datetime) -> Invitation | None:
        """Use up an open, unexpired code for the person ``used_by``; None if there is none.

        Exactly one caller gets it.
        """
        ...

    async def revoke_owner_codes(self) -> None:
        """Drop unused owner codes: each start prints a fresh one until there is an owner."""
        ...

    async def revoke_links(self, person_id: str) -> None:
        """Drop the unused codes that would join an account to that person: the newest one counts."""
        ...


class Tasks(Protocol):
    """A person's to-dos, oO's own and mirrored ones."""

    async def get(self, task_id: str) -> Task: ...
    async def put(self, task: Task) -> None:
        """Insert or update by task_id."""
        ...

    async def open(self, person_id: str) -> tuple[Task, ...]: ...
    async def mirrored(self, person_id: str, source: str, since: datetime | None = None) -> tuple[Task, ...]:
        """Tasks of an outside source that oO has seen: open, or closed at ``since`` or later (None: ever)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How a tip stands. ``decision`` with the one candidate that was drawn, and no shadows; ``task``: what it
    is about; ``reaction``: the one that counts, a terminal one before a snooze; ``unproved``: deliveries that
    are under way or of unknown end.
    """

    decision: Decision
    task: Task | None
    reaction: Reaction | None
    reward: Reward | None
    unproved: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A decision that was drawn and whose outcome is known, as evaluation reads it.

    ``features``, the ``probabilities`` by which one was drawn and the distributions of the ``shadows`` are of
    the candidates that were not dropped, in their order; ``drawn`` is the place of the drawn one among them,
    and ``kind``, ``prompt_version`` and ``llm_model`` are its own. ``reward`` None: silence was drawn and
    nothing was sent.
    """

    decision_id: str
    decided_at: datetime
    policy_id: str
    feature_version: str
    propensity: float
    reward: float | None
    drawn: int
    kind: TipKind
    prompt_version: str | None
    llm_model: str | None
    features: tuple[tuple[float, ...], ...]
    probabilities: tuple[float, ...]
    shadows: tuple[Shadow, ...]


class Decisions(Protocol):
    """The decision log: append-only, except that an unsent decision may be abandoned through its delivery."""

    async def add(self, decision: Decision, snapshot: Snapshot | None) -> bool:
        """Store a decision, its scored candidates, shadows and snapshot.

        False, and nothing stored, if this person already has a decision for that slot that is no refusal.
        """
        ...

    async def get(self, decision_id: str) -> Decision: ...
    async def drawn(self, decision_id: str) -> Drawn:
        """How the tip of a decision stands, read at once: all that a tap needs."""
        ...

    async def snapshot(self, model_version: str) -> Snapshot: ...
    async def latest(self, person_id: str, limit: int) -> tuple[Decision, ...]:
        """Newest first, refusals included, candidates included."""
        ...

    async def past_tips(self, person_id: str, since: datetime, limit: int) -> tuple[PastTip, ...]:
        """Tips that were or may have been shown, newest first, with what became of them."""
        ...

    async def served_slots(self, person_id: str, since: datetime) -> frozenset[str]:
        """Keys of slots, merged ones included, that already have a decision which is not a refusal."""
        ...

    async def held_back(self, person_id: str, since: datetime) -> Mapping[str, datetime]:
        """When the quiet hours end for which slots were refused at ``since`` or later, by key.

        Merged ones included; those that were served meanwhile as well.
        """
        ...

    async def sent_between(self, person_id: str, start: datetime, end: datetime) -> tuple[datetime, ...]:
        """When pushes (scheduled and snoozed, not requested) were or may have been shown, oldest first."""
        ...

    async def unrewarded(self, before: datetime, limit: int) -> tuple[Decision, ...]:
        """Sent decisions older than ``before`` that have no reward yet (silence: the wait time is over)."""
        ...

    async def drew(self, after: str, limit: int) -> tuple[Decision, ...]:
        """A page of everybody's decisions in which something was drawn, by decision id, from the one that
        comes next ``after`` that id.
        """
        ...

    async def served(self, after: str, limit: int) -> tuple[Served, ...]:
        """A page of the log, by decision id, from the one that comes next ``after`` that id.

        Drawn decisions with a reward, and those that drew silence, unless their coin fell "held out".
        """
        ...


class Trials(Protocol):
    """Tips about tasks for which the coin of the hold-out was tossed, and what came of those tasks."""

    async def add(self, trial: Trial) -> None: ...
    async def of(self, person_id: str) -> tuple[Trial, ...]:
        """In the order in which they were decided."""
        ...

    async def held_out(self, person_id: str, now: datetime) -> tuple[str, ...]:
        """The tasks whose tips are held out and whose day is not over, by id, in order."""
        ...

    async def done(self, task_id: str, at: datetime) -> None:
        """The task was done then: the outcome of its trials whose day is not over, unless they have one."""
        ...

    async def undone(self, task_id: str, at: datetime) -> None:
        """That the task was done then is taken back."""
        ...


class Deliveries(Protocol):
    """Tips on their way. Every change of state is compare-and-set on (state, attempt)."""

    async def add(self, delivery: Delivery) -> None: ...
    async def get(self, delivery_id: str) -> Delivery: ...
    async def of(self, decision_id: str) -> tuple[Delivery, ...]: ...
    async def move(self, before: Delivery, after: Delivery) -> bool:
        """Replace ``before`` by ``after`` if it still stands as ``before``; True for exactly one caller."""
        ...

    async def settle(self, before: datetime) -> None:
        """What was sent before that and has its reward needs no looking at by ``Decisions.unrewarded``."""
        ...

    async def in_state(self, state: DeliveryState, limit: int) -> tuple[Delivery, ...]:
        """Oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewarded:
    """A tip whose reward the model has taken in: what beliefs rest on.

    ``source`` and ``value`` are the reward's; ``features`` those of the tip, as they were logged.
    """

    decision_id: str
    decided_at: datetime
    kind: TipKind
    topic: str | None
    feature_version: str
    features: tuple[float, ...]
    source: Signal
    value: float


class Reactions(Protocol):
    """What people did with their tips."""

    async def standing(self, decision_id: str) -> tuple[Reaction, ...]:
        """Reactions that are not undone, oldest first."""
        ...

    async def add(self, reaction: Reaction) -> bool:
        """Store it. False if it is terminal and a terminal one stands already: the first wins."""
        ...

    async def save(self, reaction: Reaction) -> None: ...
    async def reward(self, decision_id: str) -> Reward | None: ...
    async def rewards(self, after: str, limit: int) -> tuple[Reward, ...]:
        """A page of all rewards, by decision id, from the one that comes next ``after`` that id."""
        ...

    async def rewarded(self, person_id: str, since: datetime, limit: int) -> tuple[Rewarded, ...]:
        """Tips whose reward was learned, newest first."""
        ...

    async def put_reward(self, reward: Reward) -> None:
        """Insert or replace the decision's one reward."""
        ...

    async def drop_reward(self, decision_id: str) -> None: ...
    async def tally(
        self, person_id: str, since: datetime, limit: int
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """(tips shown, tips done) by UTC hour of the day, 24 entries each, of the newest ``limit`` tips."""
        ...


class Snoozes(Protocol):
    """Promises to bring a tip back."""

    async def add(self, snooze: Snooze) -> None: ...
    async def save(self, snooze: Snooze) -> None: ...
    async def of(self, decision_id: str) -> Snooze | None:
        """The waiting snooze of a decision."""
        ...

    async def waiting(self, person_id: str) -> tuple[Snooze, ...]:
        """Earliest first."""
        ...


class Learning(Protocol):
    """Sufficient statistics of the model, as bytes that ``core.bandit`` understands, by scope.

    A scope is ``population`` or a person_id.
    """

    async def read(self, *scopes: str) -> Mapping[str, bytes]:
        """What is stored of ``scopes``, by scope."""
        ...

    async def everything(self) -> Mapping[str, bytes]:
        """What is stored of every scope."""
        ...

    async def write(self, statistics: Mapping[str, bytes]) -> None:
        """Insert or replace, by scope."""
        ...

    async def clear(self) -> None:
        """Drop what is stored of every scope."""
        ...


class Corrections(Protocol):
    """What people said of what oO believes of them."""

    async def put(self, correction: Correction) -> None:
        """Insert or update by correction_id."""
        ...

    async def get(self, correction_id: str) -> Correction: ...
    async def of(self, person_id: str) -> tuple[Correction, ...]:
        """A person's that were not withdrawn, oldest first."""
        ...

    async def teaching(self) -> tuple[Correction, ...]:
        """Everybody's that stand and teach something: the wrong beliefs."""
        ...


class Embeddings(Protocol):
    """Texts as small vectors, by the digest of the text (``core/space.py``). No text is kept."""

    async def space(self) -> Space:
        """The space that is in use."""
        ...

    async def spaces(self) -> Sequence[Space]:
        """The space that is in use, then those that were before."""
        ...

    async def use(self, space: Space) -> None:
        """From now on this space is in use."""
        ...

    async def read(
        self, person_id: str, space: str, digests: Sequence[str]
    ) -> Mapping[str, tuple[float, ...]]:
        """The vectors of these texts of a person, and of oO's own, by digest."""
        ...

    async def put(
        self, person_id: str | None, space: str, vectors: Mapping[str, tuple[float, ...]], at: datetime
    ) -> None:
        """Insert or replace vectors by digest; ``person_id`` None: of oO's own texts."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop those that were made earlier; returns how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """What the buttons of one shown message mean: ``actions[i]`` is ``verb`` or ``verb argument``."""

    handle: str
    person_id: str
    subject: str | None
    actions: tuple[str, ...]
    created_at: datetime


class Handles(Protocol):
    """Opaque names behind buttons."""

    async def add(self, handle: Handle) -> None: ...
    async def get(self, handle: str) -> Handle | None: ...
    async def prune(self, before: datetime) -> int:
        """Drop those that were made earlier; returns how many."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An update that was accepted but not yet handled."""

    inbox_id: int
    update: Update


class Inbox(Protocol):
    """Updates are committed here before the platform is told that they arrived."""

    async def put(self, update: Update) -> int | None:
        """Store it; None if this (channel, update_id) was seen before."""
        ...

    async def done(self, inbox_id: int) -> None:
        """Handled: forget its text, keep its id for de-duplication."""
        ...

    async def waiting(self) -> tuple[Received, ...]:
        """Oldest first: what a stop left unhandled."""
        ...

    async def prune(self, before: datetime) -> int:
        """Drop handled entries that no platform will repeat any more; returns how many."""
        ...


class Events(Protocol):
    """The event log, which is the outbox as well."""

    async def append(self, event: Event) -> None: ...
    async def undispatched(self, limit: int, *, after: str | None = None) -> tuple[Event, ...]:
        """Oldest first, claimed ones included: what comes later must not overtake them.

        From the one that follows the event ``after``; from the oldest if that is gone.
        """
        ...

    async def unsettled(self, person_id: str, kinds: frozenset[str], since: datetime) -> tuple[Event, ...]:
        """Events of these ``kinds`` about a person that wait, or were dispatched at ``since`` or later."""
        ...

    async def own(self, kinds: frozenset[str], limit: int) -> tuple[Event, ...]:
        """The latest events of these ``kinds`` about nobody but oO itself, newest first."""
        ...

    async def claim(self, event_id: str, now: datetime, until: datetime) -> bool:
        """Take an event that waits, until then, if nobody else has it: True for exactly one caller."""
        ...

    async def release(self, event_id: str, until: datetime) -> None:
        """Give back what was claimed ``until`` then, unless somebody else has it by now."""
        ...

    async def dispatched(self, event_id: str, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """How an outside source stands for a person. ``status``: ok, expired (reconnect), failing."""

    person_id: str
    source: str
    status: str
    changed_at: datetime
    synced_at: datetime | None = None
    not_before: datetime | None = None
    told_at: datetime | None = None


class Sources(Protocol):
    """State of task sources, by person."""

    async def get(self, person_id: str, source: str) -> SourceStatus | None: ...
    async def put(self, status: SourceStatus) -> None: ...
    async def all(self, source: str) -> tuple[SourceStatus, ...]: ...


class Notes(Protocol):
    """Small facts that must survive a restart: polling offsets, the question that awaits a typed answer.

    ``person_id`` None: of oO itself.
    """

    async def get(self, person_id: str | None, key: str) -> str | None: ...
    async def put(self, person_id: str | None, key: str, value: str | None) -> None:
        """None deletes."""
        ...


class Unit(Protocol):
    """One transaction."""

    @property
    def people(self) -> People: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def trials(self) -> Trials: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def reactions(self) -> Reactions: ...
    @property
    def snoozes(self) -> Snoozes: ...
    @property
    def learning(self) -> Learning: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def embeddings(self) -> Embeddings: ...
    @property
    def handles(self) -> Handles: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def events(self) -> Events: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def notes(self) -> Notes: ...


class Store(Protocol):
    """Where everything is kept."""

    def begin(self) -> AbstractAsyncContextManager[Unit]:
        """A transaction that may write: commits at the end of the block, rolls back on any error."""
        ...

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A consistent view for reading; never waits for a writer."""
        ...
