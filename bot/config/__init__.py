"""config.yaml as a typed model, and the core's rules that follow from it.

``bot/config/documents.py`` writes the JSON schema, config.yaml and the table in the documentation from it.

Tests: tests/bot/config, tests/bot/test_settings.py.
"""

from __future__ import annotations

from pydantic import model_validator

from bot.config.limits import BudgetSection, RetentionSection
from bot.config.sections import (
    HOUR,
    MINUTE,
    SECOND,
    AvailabilitySection,
    CalendarSection,
    CooldownSection,
    DeliverySection,
    HelpingSection,
    HttpSection,
    JobsSection,
    LlmSection,
    LogSection,
    MailSection,
    PolicySection,
    PushSection,
    RewardSection,
    Section,
    SimulateSection,
    TodoistSection,
    WritingSection,
)
from core.dependencies import Rules


class Config(Section):
    """oO's tunables. An unknown key is an error. Secrets are in the environment (.env.example)."""

    availability: AvailabilitySection = AvailabilitySection()
    cooldowns: CooldownSection = CooldownSection()
    rewards: RewardSection = RewardSection()
    policy: PolicySection = PolicySection()
    writing: WritingSection = WritingSection()
    delivery: DeliverySection = DeliverySection()
    helping: HelpingSection = HelpingSection()
    budget: BudgetSection = BudgetSection()
    retention: RetentionSection = RetentionSection()
    todoist: TodoistSection = TodoistSection()
    calendar: CalendarSection = CalendarSection()
    push: PushSection = PushSection()
    llm: LlmSection = LlmSection()
    http: HttpSection = HttpSection()
    mail: MailSection = MailSection()
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
            availability=self.availability.rules(),
            cooldowns=self.cooldowns.rules(),
            rewards=self.rewards.rules(),
            writing=self.writing.rules(),
            delivery=self.delivery.rules(),
            helping=self.helping.rules(),
            budget=self.budget.rules(),
            retention=self.retention.rules(),
            reward_soon=self.rewards.soon_minutes * MINUTE,
            reward_wait=self.rewards.wait_hours * HOUR,
            sync_after=self.todoist.sync_after_seconds * SECOND,
            sync_deadline=self.todoist.deadline_seconds * SECOND,
            calendar_after=self.calendar.refresh_minutes * MINUTE,
            undo_removal=self.todoist.undo_minutes * MINUTE,
        )
