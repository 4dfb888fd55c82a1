"""Settings: all faults at once, nothing secret in any of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.config import Config
from bot.settings import Environment, load_settings
from core.errors import SettingsError
from core.push import LEASE
from core.rewards import RewardRules

ROOT = Path(__file__).parents[2]


def faults(folder: Path, config: str = "", **environment: str) -> tuple[str, ...]:
    (folder / "config.yaml").write_text(config)
    with pytest.raises(SettingsError) as raised:
        load_settings(environment, folder)
    return raised.value.faults


def test_nothing_set_is_fine(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path)

    assert settings.environment.database_url == "sqlite:///data/oo.db"
    assert settings.config == Config()


def test_the_shipped_config_says_every_default() -> None:
    shipped = yaml.safe_load((ROOT / "config.yaml").read_text())

    assert shipped == Config().model_dump(mode="json")


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        "availability: {guard_seconds: 0, colour: red}\nnope: 1\n",
        OO_ACCESS="everyone",
        OO_HTTP_PORT="http",
        SLACK_APP_TOKEN="xapp-secret",
    )

    said = "\n".join(found)
    for name in ("availability.guard_seconds", "availability.colour", "nope", "OO_ACCESS", "OO_HTTP_PORT"):
        assert name in said
    assert "unknown key" in said


def test_rewards_out_of_order_are_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, "rewards: {done_late: 1.0, not_now: 0}\nlog: {level: LOUD}\n")

    assert found[0] == (
        "config.yaml: rewards: done must be worth more than done_late; "
        "silence must be worth more than not_now"
    )
    assert found[1].startswith("config.yaml: log.level")


def test_soon_is_not_after_the_wait_time(tmp_path: Path) -> None:
    found = faults(tmp_path, "rewards: {soon_minutes: 121, wait_hours: 2}\n")

    assert found == ("config.yaml: rewards: soon_minutes must not be longer than wait_hours",)


def test_no_wait_of_a_decision_outlasts_the_claim_on_its_person(tmp_path: Path) -> None:
    """Or a second process would take the person, and write a second tip for the same slot."""
    found = faults(
        tmp_path,
        f"writing: {{deadline_scheduled_seconds: {LEASE.total_seconds()}}}\n"
        f"todoist: {{deadline_seconds: {LEASE.total_seconds()}}}\n",
    )

    assert found == (
        "config.yaml: writing.deadline_scheduled_seconds: should be less than or equal to 90",
        "config.yaml: todoist.deadline_seconds: should be less than or equal to 30",
    )
    (tmp_path / "config.yaml").write_text(
        "writing: {deadline_scheduled_seconds: 90}\ntodoist: {deadline_seconds: 30}\n"
    )
    rules = load_settings({}, tmp_path).config.rules()
    assert rules.writing.deadline_scheduled + 2 * rules.sync_deadline < LEASE


@pytest.mark.parametrize("figure", ["2", ".nan", "-.inf", "much"])
def test_a_reward_is_a_number_from_minus_one_to_one(tmp_path: Path, figure: str) -> None:
    (found,) = faults(tmp_path, f"rewards: {{done: {figure}}}\n")

    assert found.startswith("config.yaml: rewards.done: ")


def test_the_rules_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "rewards: {done_elsewhere: 0.25, soon_minutes: 30, wait_hours: 4}\n"
    )

    rules = load_settings({}, tmp_path).config.rules()

    assert rules.rewards == RewardRules(done_elsewhere=0.25)
    assert (rules.reward_soon, rules.reward_wait) == (timedelta(minutes=30), timedelta(hours=4))


def test_tokens_that_need_each_other(tmp_path: Path) -> None:
    assert faults(tmp_path, SLACK_APP_TOKEN="xapp-secret") == (
        "SLACK_BOT_TOKEN: needed as well when SLACK_APP_TOKEN is set",
    )


def test_faults_hold_no_secret(tmp_path: Path) -> None:
    found = faults(tmp_path, TELEGRAM_BOT_TOKEN="123:canary", TELEGRAM_WEBHOOK_SECRET="canary with blanks")

    assert "canary" not in "\n".join(found)


def test_a_named_config_that_is_missing(tmp_path: Path) -> None:
    assert faults(tmp_path, OO_CONFIG="other.yaml") == ("OO_CONFIG: there is no file other.yaml",)


def test_broken_yaml_names_the_file(tmp_path: Path) -> None:
    assert "config.yaml: can't be read" in faults(tmp_path, "a: [1\n")[0]


def test_an_env_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OO_HTTP_PORT=1234\nOO_HTTP_HOST=0.0.0.0\n")

    environment = load_settings({"OO_HTTP_PORT": "4321"}, tmp_path).environment

    assert (environment.oo_http_port, environment.oo_http_host) == (4321, "0.0.0.0")  # noqa: S104 - read, not used


def test_secrets_do_not_print(tmp_path: Path) -> None:
    settings = load_settings({"TELEGRAM_BOT_TOKEN": "123:canary"}, tmp_path)

    assert "canary" not in repr(settings)


def test_the_example_environment_names_every_variable() -> None:
    example = (ROOT / ".env.example").read_text()

    assert [name for name in Environment.model_fields if name.upper() not in example] == []
