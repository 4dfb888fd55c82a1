"""What every use case gets: the ports, and the rules that the operator set.

Built once in ``bot/app.py``; tests build it with fakes or with local servers.

Tests: tests/bot/config/test_documents.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from core.bandit.policy import Policy
from core.policies.rewards import RewardRules
from core.ports import (
    BusyTimes,
    Clock,
    Gazetteer,
    LanguageModel,
    Messengers,
    NoGazetteer,
    NoTaskFiles,
    NoTracer,
    OAuthClient,
    RandomSource,
    TaskFiles,
    TaskProvider,
    Tracer,
)
from core.records import Spending, TaskSource
from core.scheduling.availability import AvailabilityRules
from core.signing import Signer
from core.store import Store
from core.tips.candidates import Template
from core.tips.cooldowns import Cooldowns
from core.tips.prompt import Prompts
from core.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingRules:
    """How the language model is used."""

    tip_alias: str = "tip-generator"
    talk_alias: str = "tip-generator"
    count: int = 3
    """Maximum number of tips in one answer."""
    deadline_asked: timedelta = timedelta(seconds=8)
    """For an answer that somebody waits for."""
    deadline_waking: timedelta = timedelta(seconds=60)
    """For an answer in conversation by a model that may have to be loaded first."""
    deadline_scheduled: timedelta = timedelta(seconds=45)
    """For the tips of a slot."""
    deadline_embedding: timedelta = timedelta(seconds=1)
    """For embeddings that a tip waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRules:
    """How long and how often a delivery is attempted."""

    attempts: int = 20
    """Maximum number of attempts: with ``backoff`` and ``MAX_BACKOFF``, a quarter of an hour."""
    backoff: timedelta = timedelta(seconds=2)
    """Wait after the first attempt; doubled after each further one."""
    lease: timedelta = timedelta(minutes=3)
    """Age at which an attempt without a result counts as cut off: its result is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldoutRules:
    """The hold-out experiment, for people who asked for it (``core/learning/holdout.py``)."""

    hold_out: float = 0.15
    """Probability that a tip is held out."""
    worthwhile: float = 0.3
    """The smallest effect that matters, as a difference of two shares. If it could have been detected and was
    not, oO writes less.
    """
    patience: timedelta = timedelta(days=28)
    """Minimum time between two changes of the dosage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a model costs, in micros for each token."""

    input: float = 0.0
    output: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRules:
    """How much the language model may be used on a day (UTC). A number of 0 is no limit."""

    in_all: Spending = field(default_factory=Spending)
    per_person: Spending = field(default_factory=Spending)
    prices: Mapping[str, Price] = field(default_factory=dict)
    """By alias; an alias without a price costs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """How long rows are kept. No event is deleted if its time is 0."""

    decision_texts: timedelta | None = None
    """Of tips, titles and facts in the decision log; None: as long as the decisions."""

    updates: timedelta = timedelta(days=3)
    """Of handled updates. No platform repeats an update after a day."""
    buttons: timedelta = timedelta(days=180)
    """A tap may come weeks late and still acts on its tip. A tap on an older button only gets a remark."""
    messages: timedelta = timedelta(days=180)
    imports: timedelta = timedelta(days=180)
    vectors: timedelta = timedelta(days=90)
    """No text is used for longer than 60 days; texts that are still in use are embedded again."""
    events: timedelta = timedelta(days=800)
    spending: timedelta = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every tunable of the core, with its default."""

    availability: AvailabilityRules = field(default_factory=AvailabilityRules)
    cooldowns: Cooldowns = field(default_factory=Cooldowns)
    rewards: RewardRules = field(default_factory=RewardRules)
    writing: WritingRules = field(default_factory=WritingRules)
    delivery: DeliveryRules = field(default_factory=DeliveryRules)
    helping: HoldoutRules = field(default_factory=HoldoutRules)
    budget: BudgetRules = field(default_factory=BudgetRules)
    retention: RetentionRules = field(default_factory=RetentionRules)
    reward_soon: timedelta = timedelta(hours=2)
    """A reaction within this time after the decision is not late."""
    reward_wait: timedelta = timedelta(hours=8)
    """A tip without a reaction after this time counts as ignored."""
    answer_wait: timedelta = timedelta(hours=12)
    """How long a typed message can answer oO's question. A later one is a message of its own."""
    sync_after: timedelta = timedelta(minutes=1)
    """Age at which the copy of outside tasks is refreshed before a decision."""
    sync_deadline: timedelta = timedelta(seconds=3)
    """For an answer of a task source that a decision waits for."""
    first_sync_deadline: timedelta = timedelta(seconds=20)
    """For the first list of an account, for which the person who has just connected it waits."""
    calendar_after: timedelta = timedelta(minutes=15)
    """Age at which the copy of a calendar is refreshed, by the job and before a decision."""
    undo_removal: timedelta = timedelta(minutes=10)
    """How long a removed task is kept at its source, so that an undo restores it exactly."""


class Languages(Protocol):
    """The languages that oO speaks, as far as the core needs them."""

    def translated(self, templates: tuple[Template, ...], tag: str | None) -> tuple[Template, ...]:
        """The templates in the language of ``tag``, or in the one that is spoken instead of it."""
        ...

    def english_name(self, tag: str | None) -> str | None:
        """``German``; None for English, and where English is spoken instead."""
        ...


class EnglishOnly:
    """Nothing is translated."""

    def translated(self, templates: tuple[Template, ...], tag: str | None) -> tuple[Template, ...]:
        """``templates`` as they are."""
        return templates

    def english_name(self, tag: str | None) -> str | None:
        """None."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """The ports that a use case may call, and the rules that it follows."""

    clock: Clock
    random: RandomSource
    store: Store
    messengers: Messengers
    policy: Policy
    """The configured policy. It serves until a shadow is promoted (``core/deciding/active_policy.py``)."""
    shadows: tuple[Policy, ...]
    """Policies whose distributions are logged beside the serving one."""
    prompts: Prompts
    model: LanguageModel | None = None
    """None without a language model."""
    gazetteer: Gazetteer = field(default_factory=NoGazetteer)
    providers: Mapping[TaskSource, TaskProvider] = field(default_factory=dict)
    """Outside sources of tasks."""
    calendars: BusyTimes | None = None
    """None if no calendar can be read, as in a simulation."""
    vault: Vault = field(default_factory=Vault)
    """Closed without a key."""
    signer: Signer | None = None
    """None without a key of the vault."""
    oauth: Mapping[TaskSource, OAuthClient] = field(default_factory=dict)
    """Sources that people connect by OAuth 2."""
    granted: frozenset[TaskSource] = frozenset()
    """Sources that the owner reads with the operator's own token."""
    task_files: TaskFiles = field(default_factory=NoTaskFiles)
    templates: tuple[Template, ...] = ()
    """In English."""
    languages: Languages = field(default_factory=EnglishOnly)
    rules: Rules = field(default_factory=Rules)
    tracer: Tracer = field(default_factory=NoTracer)
    """Records nothing, unless traces are on."""
    replica_id: str = "replica"
    """Random, made when the process starts: what it holds leases under."""

    def templates_in(self, tag: str | None) -> tuple[Template, ...]:
        """The templates in the language of ``tag``."""
        return self.languages.translated(self.templates, tag)
