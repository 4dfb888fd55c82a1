"""The sections of config.yaml: each key with its type, bounds, default and meaning.

The core's rules (``core/dependencies.py``) declare the defaults of what they hold; the rest is declared here.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from core.bandit.rules import RULES, InverseGap
from core.delivery.push import MAX_SOURCE_TIME, MAX_WRITING_TIME
from core.dependencies import (
    DeliveryRules,
    HoldoutRules,
    Rules,
    WritingRules,
)
from core.policies.catalog import CONFIGURABLE, configured_policy
from core.policies.rewards import RewardRules
from core.scheduling.availability import AvailabilityRules
from core.tips.cooldowns import Cooldowns
from core.tips.prompt import TALK_PROMPT, TIP_PROMPTS

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

DEFAULTS = Rules()
AVAILABILITY, COOLDOWNS, REWARDS = DEFAULTS.availability, DEFAULTS.cooldowns, DEFAULTS.rewards
WRITING, DELIVERY, HELPING = DEFAULTS.writing, DEFAULTS.delivery, DEFAULTS.helping
INVERSE_GAP = InverseGap()


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_boolean_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        """YAML reads ``yes`` and ``on`` as true, and pydantic takes that for 1."""
        annotation = cls.model_fields[str(info.field_name)].annotation
        if isinstance(value, bool) and annotation in (int, float):
            raise ValueError("should be a number")
        return value


Hours = Annotated[float, Field(ge=0, le=24 * 365)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Worth = Annotated[float, Field(ge=-1, le=1)]


class AvailabilitySection(Section):
    """When oO may write by itself."""

    spacing_minutes: float = Field(
        AVAILABILITY.spacing / MINUTE,
        ge=0,
        le=1440,
        description="minutes between two pushes to one person, at least",
    )
    freshness_minutes: float = Field(
        AVAILABILITY.freshness / MINUTE,
        gt=0,
        le=1440,
        description="minutes after which a missed slot (oO was off) is not caught up",
    )
    guard_seconds: float = Field(
        AVAILABILITY.guard / SECOND,
        ge=40,
        le=3600,
        description="seconds before quiet hours without a push; longer than one send can take",
    )

    def rules(self) -> AvailabilityRules:
        """The core's rules of this section."""
        return AvailabilityRules(
            spacing=self.spacing_minutes * MINUTE,
            freshness=self.freshness_minutes * MINUTE,
            guard=self.guard_seconds * SECOND,
        )


class CooldownSection(Section):
    """For how long no tip about the same task or topic is sent."""

    shown: Hours = Field(COOLDOWNS.shown, description="hours after a push")
    asked: Hours = Field(
        COOLDOWNS.asked, description="hours after any tip, when the person asks for the next one"
    )
    not_now: Hours = Field(COOLDOWNS.not_now, description='hours after "Not now"')
    not_this: Hours = Field(
        COOLDOWNS.not_this, description='hours after "Not this", or a dismissal without a reason'
    )
    did_it: Hours = Field(COOLDOWNS.did_it, description='hours after "Did it already"')
    dismissed_twice: Hours = Field(
        COOLDOWNS.dismissed_twice, description="hours after the second dismissal within 60 days"
    )

    def rules(self) -> Cooldowns:
        """The core's rules of this section."""
        return Cooldowns(**self.model_dump())


class RewardSection(Section):
    """What the model learns from, -1 to 1; staying silent is worth 0. The order is fixed: done soon,
    late, elsewhere, snooze, silence, and below it every dismissal.
    """

    done: Worth = Field(REWARDS.done, description='reward of "Done", when it comes soon')
    done_late: Worth = Field(
        REWARDS.done_late, description='reward of "Done" that comes later, or after a snooze'
    )
    done_elsewhere: Worth = Field(
        REWARDS.done_elsewhere,
        description="reward when the task was done without a tap, within the wait time",
    )
    snooze: Worth = Field(REWARDS.snooze, description='reward of "Snooze"')
    silence: Worth = Field(REWARDS.silence, description="reward of no reaction within the wait time")
    not_now: Worth = Field(
        REWARDS.not_now, description='reward of "Not now"; only the features of timing learn from it'
    )
    dismiss: Worth = Field(REWARDS.dismiss, description='reward of "Dismiss" without a reason')
    not_this: Worth = Field(
        REWARDS.not_this, description='reward of "Not this"; only the features of content learn from it'
    )
    never_topic: Worth = Field(
        REWARDS.never_topic, description='reward of "Never about …"; used to compare policies, not to learn'
    )
    did_it: Worth = Field(
        REWARDS.did_it,
        description='reward of "Did it already"; used likewise, and outside the order',
    )
    soon_minutes: float = Field(
        DEFAULTS.reward_soon / MINUTE,
        gt=0,
        le=60 * 24 * 14,
        description='minutes within which "Done" counts as soon',
    )
    wait_hours: float = Field(
        DEFAULTS.reward_wait / HOUR,
        gt=0,
        le=24 * 14,
        description="hours until silence counts as an answer (the wait time)",
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        self.rules()
        if self.soon_minutes > self.wait_hours * 60:
            raise ValueError("soon_minutes must not be longer than wait_hours")
        return self

    def rules(self) -> RewardRules:
        """The rewards, without the two times."""
        return RewardRules(**self.model_dump(exclude={"soon_minutes", "wait_hours"}))


def _policy_id(value: str) -> str:
    return configured_policy(value).policy_id


PolicyId = Annotated[
    str,
    AfterValidator(_policy_id),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(CONFIGURABLE)},
                {"type": "string", "pattern": f"^({'|'.join(CONFIGURABLE)}):"},
            ]
        }
    ),
]
"""The schema completes names and leaves their settings to oO."""


class PolicySection(Section):
    """Which policy draws, and which others log what they would have done."""

    serve: PolicyId = Field(
        "inverse-gap",
        description=f"the policy that draws: {', '.join(RULES)}; "
        f"with settings as inverse-gap:floor={INVERSE_GAP.floor:g},scale={INVERSE_GAP.scale:g}, its defaults "
        "(a larger floor tells more about other policies and costs reward)",
    )
    shadows: tuple[PolicyId, ...] = Field(
        ("thompson", "unlearned", "uniform"),
        description="policies that log what they would have done, named likewise; "
        "unlearned is epsilon-greedy on the prior of the first day, and shows what learning is worth",
    )


class WritingSection(Section):
    """Tips and answers by a language model."""

    count: int = Field(WRITING.count, ge=1, le=5, description="tips per request")
    deadline_asked_seconds: Seconds = Field(
        WRITING.deadline_asked / SECOND, description="seconds the model may take while the person waits"
    )
    deadline_waking_seconds: float = Field(
        WRITING.deadline_waking / SECOND,
        gt=0,
        le=600,
        description="seconds in conversation, when the model may have to be loaded first",
    )
    deadline_scheduled_seconds: float = Field(
        WRITING.deadline_scheduled / SECOND,
        gt=0,
        le=MAX_WRITING_TIME.total_seconds(),
        description="seconds for a scheduled tip",
    )

    def rules(self) -> WritingRules:
        """The core's rules of this section."""
        return WritingRules(
            count=self.count,
            deadline_asked=self.deadline_asked_seconds * SECOND,
            deadline_waking=self.deadline_waking_seconds * SECOND,
            deadline_scheduled=self.deadline_scheduled_seconds * SECOND,
        )


class DeliverySection(Section):
    """Sending; only what provably never left is sent again."""

    attempts: int = Field(
        DELIVERY.attempts, ge=1, le=100, description="attempts for each tip, the first included"
    )
    backoff_seconds: Seconds = Field(
        DELIVERY.backoff / SECOND, description="seconds before the second attempt; doubles with each"
    )

    def rules(self) -> DeliveryRules:
        """The core's rules of this section."""
        return DeliveryRules(attempts=self.attempts, backoff=self.backoff_seconds * SECOND)


class HelpingSection(Section):
    """The test of whether tips help, for those who ask for it."""

    hold_out: float = Field(
        HELPING.hold_out, ge=0.05, le=0.5, description="probability that a tip about a task is held out"
    )
    worthwhile: float = Field(
        HELPING.worthwhile,
        gt=0,
        le=1,
        description="effect (difference of shares) that should have shown before oO writes less",
    )
    patience_days: float = Field(
        HELPING.patience / DAY, ge=1, le=3650, description="days between two such steps"
    )

    def rules(self) -> HoldoutRules:
        """The core's rules of this section."""
        return HoldoutRules(
            hold_out=self.hold_out, worthwhile=self.worthwhile, patience=self.patience_days * DAY
        )


class TodoistSection(Section):
    """How fresh the copies of tasks are."""

    sync_after_seconds: Seconds = Field(
        DEFAULTS.sync_after / SECOND, description="seconds after which copies are refreshed"
    )
    deadline_seconds: float = Field(
        DEFAULTS.sync_deadline / SECOND,
        gt=0,
        le=MAX_SOURCE_TIME.total_seconds(),
        description="seconds that refresh may take",
    )
    undo_minutes: float = Field(
        DEFAULTS.undo_removal / MINUTE,
        ge=0,
        le=1440,
        description="minutes for which Todoist keeps a task that was removed in oO; then that is final",
    )


MAX_CALENDAR_MEGABYTES, PRIVATE_CALENDARS = 10, False
"""Defaults of what the core does not know of calendars."""


class CalendarSection(Section):
    """How people's calendars are read."""

    refresh_minutes: float = Field(
        DEFAULTS.calendar_after / MINUTE,
        ge=1,
        le=1440,
        description="minutes after which the copy of a calendar is refreshed",
    )
    max_megabytes: int = Field(
        MAX_CALENDAR_MEGABYTES, ge=1, le=100, description="size of a calendar at most, unpacked, in MB"
    )
    allow_private: bool = Field(
        PRIVATE_CALENDARS,
        description="whether people may name servers inside private networks and on this machine; whoever may"
        " use oO can then have it ask them",
    )


class PushSection(Section):
    """Notifications in browsers (OO_PUSH_KEY)."""

    allow_private: bool = Field(
        False,
        description="whether a browser may name a push service inside private networks, on this machine, or"
        " without TLS; whoever may use oO can then have it ask them",
    )


TipPrompt = Literal["tip-v1", "tip-v2"]
TalkPrompt = Literal["talk-v1", "talk-v2"]
Alias = Literal["tip-generator", "embedder", "judge"]
OLLAMA_MODELS: dict[Alias, str] = {
    "tip-generator": "llama3.2:3b",
    "embedder": "nomic-embed-text",
    "judge": "llama3.2:3b",
}


class LlmSection(Section):
    """The language model."""

    at_once: int = Field(2, ge=1, le=64, description="calls in flight at the same time")
    keep_alive_minutes: float = Field(
        15, ge=1, le=1440, description="minutes for which Ollama keeps a model loaded after an answer"
    )
    models: dict[Alias, Annotated[str, Field(min_length=1)]] = Field(
        OLLAMA_MODELS, description="alias: Ollama model, when Ollama is used directly"
    )
    tip_prompts: tuple[TipPrompt, ...] = Field(
        TIP_PROMPTS,
        min_length=1,
        description="prompts for written tips; of several, one is drawn for each decision, and `oo evaluate`"
        " compares them",
    )
    talk_prompt: TalkPrompt = Field(TALK_PROMPT, description="the prompt for conversation")


class SimulateSection(Section):
    """`oo simulate --judge`: a language model plays the synthetic people."""

    judge_seconds: Seconds = Field(60, description="seconds one answer may take, with loading the model")
    cloud_model: str = Field(
        "claude-haiku-4-5", min_length=1, description="Anthropic's model, for --cloud with ANTHROPIC_API_KEY"
    )


class HttpSection(Section):
    """What programs and assistants that act for a person reach (`/token`), and pages for people (`/me`)."""

    api: bool = Field(False, description="whether it is served, on OO_HTTP_HOST and OO_HTTP_PORT below /v1")
    mcp: bool = Field(
        False, description="whether other assistants may use oO (Model Context Protocol), there at /mcp"
    )
    pages: bool = Field(
        False,
        description="whether people may open a page of their own in the browser, there at /me; needs"
        " OO_PUBLIC_URL and OO_VAULT_KEYS",
    )
    operator_on_loopback: bool = Field(
        False,
        description="whether who opens /operator on this machine itself, through no proxy, is the operator,"
        " without signing in; only if OO_HTTP_HOST is loopback and no proxy is before it",
    )
    behind_proxy: bool = Field(
        False,
        description="whether a proxy that ends TLS and sets X-Forwarded-For is the only one that reaches the"
        " port; required if OO_HTTP_HOST is not loopback",
    )
    requests_a_minute: int = Field(600, ge=1, le=1_000_000, description="requests a minute with one token")
    address_requests_a_minute: int = Field(
        1200, ge=1, le=1_000_000, description="requests a minute from one address, refused ones included"
    )


class MailSection(Section):
    """E-mail as a way out for tips and reminders (OO_SMTP_URL)."""

    mails_a_minute: int = Field(
        60, ge=1, le=6000, description="mails that are handed to the mail server in a minute, at most"
    )


class JobsSection(Section):
    """The intervals of the jobs."""

    push: Seconds = Field(0.5, description="seconds between runs that send tips to people who are due")
    remind: Seconds = Field(0.5, description="seconds between runs that ring reminders")
    deliver: Seconds = Field(5, description="seconds between runs that retry or recover deliveries")
    relay: Seconds = Field(5, description="seconds between runs that tell task sources what changed")
    publish: Seconds = Field(1, description="seconds between runs that publish events to NATS, with NATS_URL")
    rewards: Seconds = Field(60, description="seconds between runs that give the reward of silence")
    sync: Seconds = Field(300, description="seconds between runs that copy tasks from task sources")
    embed: Seconds = Field(60, description="seconds between runs that embed texts of people who are due soon")
    learn: Seconds = Field(60, description="seconds between runs that refit the model, when due")
    tokens: Seconds = Field(
        30, description="seconds between runs that hide tokens that a chat shows too long"
    )
    mail: Seconds = Field(60, description="seconds between runs that tell people whose mails have ended")
    watch: Seconds = Field(30, description="seconds between looks for incidents that no other job meets")
    prune: Seconds = Field(3600, description="seconds between runs that delete what is no longer needed")


class LogSection(Section):
    """The log on stderr."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="`oo simulate` logs WARNING and ERROR only"
    )
