"""What every use case is handed: the ports, and the rules that the operator set.

Built once in ``bot/app.py``; tests build it with fakes or with local servers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from core.bandit.policy import Policy
from core.model import TaskSource
from core.policies.rewards import RewardRules
from core.ports import Clock, Gazetteer, LanguageModel, Messengers, NoGazetteer, RandomSource, TaskProvider
from core.scheduling.availability import Rules as AvailabilityRules
from core.store import Store
from core.tips.candidates import Template
from core.tips.cooldowns import Cooldowns
from core.tips.prompt import Prompts


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingRules:
    """How tips and answers are asked from the language model.

    ``deadline_waking`` is for an answer in conversation by a model that may have to be loaded first.
    """

    tip_alias: str = "tip-generator"
    talk_alias: str = "tip-generator"
    count: int = 3
    deadline_asked: timedelta = timedelta(seconds=8)
    deadline_waking: timedelta = timedelta(seconds=60)
    deadline_scheduled: timedelta = timedelta(seconds=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRules:
    """How long and how often a tip is tried. ``lease``: after it, an orphaned attempt counts as unknown."""

    attempts: int = 5
    backoff: timedelta = timedelta(seconds=2)
    lease: timedelta = timedelta(minutes=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpingRules:
    """How it is tested whether tips help, where somebody asked for it.

    ``hold_out``: the probability that a tip is held out; ``worthwhile``: the effect (a difference of two
    shares) that should have shown before oO writes less by itself, which it does every ``patience`` at most.
    """

    hold_out: float = 0.15
    worthwhile: float = 0.3
    patience: timedelta = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Every tunable of the core, with its default. ``answer_wait``: for so long a question that oO asked may
    be answered by typing; what is typed later is a message of its own.
    """

    availability: AvailabilityRules = field(default_factory=AvailabilityRules)
    cooldowns: Cooldowns = field(default_factory=Cooldowns)
    rewards: RewardRules = field(default_factory=RewardRules)
    writing: WritingRules = field(default_factory=WritingRules)
    delivery: DeliveryRules = field(default_factory=DeliveryRules)
    helping: HelpingRules = field(default_factory=HelpingRules)
    reward_soon: timedelta = timedelta(hours=2)
    reward_wait: timedelta = timedelta(hours=8)
    answer_wait: timedelta = timedelta(hours=12)
    sync_after: timedelta = timedelta(minutes=1)
    sync_deadline: timedelta = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """The ports a use case may reach, and the rules it keeps. ``model`` is None without a language model;
    ``policy`` serves as long as no shadow was promoted (``core/deciding/active_policy.py``).
    """

    clock: Clock
    random: RandomSource
    store: Store
    messengers: Messengers
    policy: Policy
    shadows: tuple[Policy, ...]
    prompts: Prompts
    model: LanguageModel | None = None
    gazetteer: Gazetteer = field(default_factory=NoGazetteer)
    providers: Mapping[TaskSource, TaskProvider] = field(default_factory=dict)
    templates: tuple[Template, ...] = ()
    rules: Rules = field(default_factory=Rules)
