"""What config.yaml may say: every tunable, its bounds and its default; and the core's rules that follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from core.delivery.push import LONGEST_ASKING, LONGEST_WRITING
from core.dependencies import DeliveryRules, HelpingRules, Rules, WritingRules
from core.policies.catalog import policy_of
from core.policies.rewards import RewardRules
from core.scheduling.availability import Rules as AvailabilityRules
from core.tips.cooldowns import Cooldowns


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Hours = Annotated[float, Field(ge=0, le=24 * 365)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Worth = Annotated[float, Field(ge=-1, le=1)]
USUAL = RewardRules()


class AvailabilitySection(_Section):
    """When oO may disturb."""

    spacing_minutes: float = Field(30, ge=0, le=1440)
    freshness_minutes: float = Field(90, gt=0, le=1440)
    guard_seconds: float = Field(60, ge=40, le=3600)


class CooldownSection(_Section):
    """Hours for which a subject rests."""

    shown: Hours = 20
    asked: Hours = 0.5
    not_now: Hours = 4
    not_this: Hours = 72
    did_it: Hours = 336
    dismissed_twice: Hours = 336


class RewardSection(_Section):
    """What the model learns from."""

    done: Worth = USUAL.done
    done_late: Worth = USUAL.done_late
    done_elsewhere: Worth = USUAL.done_elsewhere
    snooze: Worth = USUAL.snooze
    silence: Worth = USUAL.silence
    not_now: Worth = USUAL.not_now
    dismiss: Worth = USUAL.dismiss
    not_this: Worth = USUAL.not_this
    never_topic: Worth = USUAL.never_topic
    did_it: Worth = USUAL.did_it
    soon_minutes: float = Field(120, gt=0, le=60 * 24 * 14)
    wait_hours: float = Field(8, gt=0, le=24 * 14)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        self.rules()
        if self.soon_minutes > self.wait_hours * 60:
            raise ValueError("soon_minutes must not be longer than wait_hours")
        return self

    def rules(self) -> RewardRules:
        """The figures alone."""
        return RewardRules(**self.model_dump(exclude={"soon_minutes", "wait_hours"}))


def _policy_id(value: str) -> str:
    return policy_of(value).policy_id


PolicyId = Annotated[str, AfterValidator(_policy_id)]


class PolicySection(_Section):
    """Which policy draws, and which others note what they would have done: ``name`` or
    ``name:setting=value,…``.
    """

    serve: PolicyId = "inverse-gap"
    shadows: tuple[PolicyId, ...] = ("thompson", "unlearned", "uniform")


class WritingSection(_Section):
    """How a language model is asked."""

    count: int = Field(3, ge=1, le=5)
    deadline_asked_seconds: Seconds = 8
    deadline_waking_seconds: float = Field(60, gt=0, le=600)
    deadline_scheduled_seconds: float = Field(45, gt=0, le=LONGEST_WRITING.total_seconds())


class DeliverySection(_Section):
    """How often a tip is tried."""

    attempts: int = Field(5, ge=1, le=20)
    backoff_seconds: Seconds = 2


class HelpingSection(_Section):
    """How it is tested whether tips help."""

    hold_out: float = Field(0.15, ge=0.05, le=0.5)
    worthwhile: float = Field(0.3, gt=0, le=1)
    patience_days: float = Field(28, ge=1, le=3650)


class TodoistSection(_Section):
    """How fresh the copy of outside tasks is kept."""

    sync_after_seconds: Seconds = 60
    deadline_seconds: float = Field(3, gt=0, le=LONGEST_ASKING.total_seconds())


Alias = Literal["tip-generator", "embedder", "judge"]


def _ollama_models() -> dict[Alias, str]:
    return {"tip-generator": "llama3.2:3b", "embedder": "nomic-embed-text", "judge": "llama3.2:3b"}


class LlmSection(_Section):
    """Which models serve which alias, when Ollama is used directly."""

    at_once: int = Field(2, ge=1, le=64)
    keep_alive_minutes: float = Field(15, ge=1, le=1440)
    models: dict[Alias, str] = Field(default_factory=_ollama_models)


class SimulateSection(_Section):
    """How a judge plays synthetic people."""

    judge_seconds: Seconds = 60
    cloud_model: str = Field("claude-haiku-4-5", min_length=1)


class JobsSection(_Section):
    """Seconds between two runs of each job."""

    push: Seconds = 5
    deliver: Seconds = 5
    relay: Seconds = 5
    rewards: Seconds = 60
    sync: Seconds = 300
    embed: Seconds = 60
    learn: Seconds = 60
    prune: Seconds = 3600


class LogSection(_Section):
    """What is logged."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Config(_Section):
    """config.yaml."""

    availability: AvailabilitySection = AvailabilitySection()
    cooldowns: CooldownSection = CooldownSection()
    rewards: RewardSection = RewardSection()
    policy: PolicySection = PolicySection()
    writing: WritingSection = WritingSection()
    delivery: DeliverySection = DeliverySection()
    helping: HelpingSection = HelpingSection()
    todoist: TodoistSection = TodoistSection()
    llm: LlmSection = LlmSection()
    simulate: SimulateSection = SimulateSection()
    jobs: JobsSection = JobsSection()
    log: LogSection = LogSection()

    @model_validator(mode="before")
    @classmethod
    def _without_empty_sections(cls, content: object) -> object:
        """A section whose keys are all commented out leaves every default."""
        if not isinstance(content, dict):
            return content
        return {
            key: {} if value is None and key in cls.model_fields else value for key, value in content.items()
        }

    def rules(self) -> Rules:
        """The core's rules."""
        return Rules(
            availability=AvailabilityRules(
                spacing=timedelta(minutes=self.availability.spacing_minutes),
                freshness=timedelta(minutes=self.availability.freshness_minutes),
                guard=timedelta(seconds=self.availability.guard_seconds),
            ),
            cooldowns=Cooldowns(**self.cooldowns.model_dump()),
            rewards=self.rewards.rules(),
            writing=WritingRules(
                count=self.writing.count,
                deadline_asked=timedelta(seconds=self.writing.deadline_asked_seconds),
                deadline_waking=timedelta(seconds=self.writing.deadline_waking_seconds),
                deadline_scheduled=timedelta(seconds=self.writing.deadline_scheduled_seconds),
            ),
            delivery=DeliveryRules(
                attempts=self.delivery.attempts, backoff=timedelta(seconds=self.delivery.backoff_seconds)
            ),
            helping=HelpingRules(
                hold_out=self.helping.hold_out,
                worthwhile=self.helping.worthwhile,
                patience=timedelta(days=self.helping.patience_days),
            ),
            reward_soon=timedelta(minutes=self.rewards.soon_minutes),
            reward_wait=timedelta(hours=self.rewards.wait_hours),
            sync_after=timedelta(seconds=self.todoist.sync_after_seconds),
            sync_deadline=timedelta(seconds=self.todoist.deadline_seconds),
        )
