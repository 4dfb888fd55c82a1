"""config.yaml + environment -> frozen, typed ``Settings``. Every fault is reported at once.

``config.yaml`` holds tunables, the environment secrets and endpoints; a ``.env`` beside it is read as well.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import yaml
from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from core.access import Access
from core.availability import Rules as AvailabilityRules
from core.bandit.policies import policy_of
from core.candidates import Cooldowns
from core.errors import SettingsError
from core.rewards import RewardRules
from core.world import DeliveryRules, HelpingRules, Rules, WritingRules

DEFAULT_CONFIG = Path("config.yaml")
PACKAGED_CONFIG = Path(__file__).parent / "config.yaml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Hours = Annotated[float, Field(ge=0, le=24 * 365)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
Worth = Annotated[float, Field(ge=-1, le=1)]


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

    done: Worth = 1.0
    done_late: Worth = 0.75
    done_elsewhere: Worth = 0.5
    snooze: Worth = 0.125
    silence: Worth = -0.0625
    not_now: Worth = -0.25
    dismiss: Worth = -0.375
    not_this: Worth = -0.5
    never_topic: Worth = -0.75
    did_it: Worth = 0.0
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
    deadline_scheduled_seconds: Seconds = 45


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
    deadline_seconds: Seconds = 3


Alias = Literal["tip-generator", "embedder", "judge"]


def _ollama_models() -> dict[Alias, str]:
    return {"tip-generator": "llama3.2:3b", "embedder": "nomic-embed-text", "judge": "llama3.2:3b"}


class LlmSection(_Section):
    """Which models serve which alias, when Ollama is used directly."""

    at_once: int = Field(2, ge=1, le=64)
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


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http:// or https:// URL")
    return value


def _header_token(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if not (
        1 <= len(secret) <= 256
        and all(char.isascii() and (char.isalnum() or char in "_-") for char in secret)
    ):
        raise ValueError("must be 1 to 256 letters, digits, _ or -")
    return value


Url = Annotated[str, AfterValidator(_http_url)]


class Environment(BaseModel):
    """Secrets and endpoints, by the names they have in the environment."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: Url = "https://api.telegram.org"
    telegram_webhook_url: Url | None = None
    telegram_webhook_secret: Annotated[SecretStr, AfterValidator(_header_token)] | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Url = "https://slack.com/api/"
    todoist_api_token: SecretStr | None = None
    todoist_api_url: Url = "https://api.todoist.com"
    litellm_url: Url | None = None
    litellm_master_key: SecretStr | None = None
    ollama_url: Url | None = None
    anthropic_api_key: SecretStr | None = None
    database_url: str = "sqlite:///data/oo.db"
    oo_access: Access = Access.INVITE
    oo_http_host: str = "127.0.0.1"
    oo_http_port: int = Field(8080, ge=0, le=65535)

    def data_folder(self) -> Path:
        """The folder of the database."""
        return Path(self.database_url.split(":///", 1)[1]).parent

    def history(self) -> Path:
        """The file of lines typed at the terminal."""
        return self.data_folder() / "history"


class Settings(BaseModel):
    """Everything oO was told before it started."""

    model_config = ConfigDict(frozen=True)

    config: Config
    environment: Environment


def load_settings(environ: Mapping[str, str], folder: Path = Path()) -> Settings:
    """Read both sources. Raises ``SettingsError`` with all faults, a line each."""
    values = {**_dotenv(folder), **environ}
    faults: list[str] = []
    config = _config(values.get("OO_CONFIG"), folder, faults)
    environment = _environment(values, faults)
    if environment:
        faults += _combinations(environment)
    if faults or config is None or environment is None:
        raise SettingsError(tuple(faults))
    return Settings(config=config, environment=environment)


def _dotenv(folder: Path) -> dict[str, str]:
    found = dotenv_values(folder / ".env") if (folder / ".env").is_file() else {}
    return {name: value for name, value in found.items() if value is not None}


def _config(named: str | None, folder: Path, faults: list[str]) -> Config | None:
    path = folder / named if named else folder / DEFAULT_CONFIG
    if not path.is_file():
        if named:
            faults.append(f"OO_CONFIG: there is no file {named}")
            return None
        path = PACKAGED_CONFIG
    try:
        content = yaml.safe_load(path.read_text()) if path.is_file() else {}
        return Config.model_validate(content or {})
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as fault:
        faults.append(f"{path.name}: can't be read: {fault}")
    except ValidationError as fault:
        faults += [f"{path.name}: {_named(error['loc'])}: {_plain(error)}" for error in fault.errors()]
    return None


def _environment(values: Mapping[str, str], faults: list[str]) -> Environment | None:
    known = {name: values.get(name.upper()) for name in Environment.model_fields}
    given = {name: value.strip() for name, value in known.items() if value and value.strip()}
    try:
        return Environment.model_validate(given)
    except ValidationError as fault:
        faults += [f"{_named(error['loc']).upper()}: {_plain(error)}" for error in fault.errors()]
    return None


def _named(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place)


def _plain(error: Mapping[str, object]) -> str:
    if error["type"] == "extra_forbidden":
        return "unknown key; see the comments in config.yaml for those that exist"
    message = str(error["msg"])
    return message.removeprefix("Value error, ").removeprefix("Input ")


def _combinations(environment: Environment) -> list[str]:
    """Settings that make sense only together."""
    faults = []
    if environment.slack_app_token and not environment.slack_bot_token:
        faults.append("SLACK_BOT_TOKEN: needed as well when SLACK_APP_TOKEN is set")
    has_transport = environment.slack_app_token or environment.slack_signing_secret
    if environment.slack_bot_token and not has_transport:
        faults.append("SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one is needed when SLACK_BOT_TOKEN is set")
    if environment.telegram_webhook_url and not environment.telegram_bot_token:
        faults.append("TELEGRAM_BOT_TOKEN: needed as well when TELEGRAM_WEBHOOK_URL is set")
    if not environment.database_url.startswith(("sqlite:///", "sqlite+aiosqlite:///")):
        faults.append("DATABASE_URL: only sqlite:///PATH is supported")
    return faults


def from_system() -> Settings:
    """Settings from this process's environment and working folder."""
    return load_settings(os.environ)
