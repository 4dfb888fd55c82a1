"""Settings: all faults at once, nothing secret in any of them."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.request import HTTPXRequest

from adapters import slack, telegram
from adapters.telegram.api import build_api
from bot.config import Config
from bot.config.documents import pages
from bot.config.sections import AvailabilitySection
from bot.settings import Environment, load_settings
from core.deciding.decision_points import LEASE
from core.errors import SettingsError
from core.policies.rewards import RewardRules
from core.vault import format_key

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


def test_an_app_that_workspaces_install_needs_an_address_a_vault_and_a_transport(tmp_path: Path) -> None:
    assert faults(tmp_path, SLACK_CLIENT_ID="1.2") == (
        "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one is needed when SLACK_CLIENT_ID is set",
        "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: one is needed when the other is set",
        "OO_PUBLIC_URL: needed as well when SLACK_CLIENT_ID is set",
        "OO_VAULT_KEYS: needed as well when SLACK_CLIENT_ID is set; `oo vault key` makes a key",
    )
    assert faults(tmp_path, SLACK_CLIENT_SECRET="hush") == (
        "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: one is needed when the other is set",
    )


OIDC = {
    "OIDC_ISSUER": "https://id.example/realms/home",
    "OIDC_CLIENT_ID": "oo",
    "OIDC_CLIENT_SECRET": "hush",
    "OO_PUBLIC_URL": "https://oo.example",
    "OO_VAULT_KEYS": format_key(bytes(range(32))),
}


def test_sign_in_by_openid_connect_needs_all_of_its_settings(tmp_path: Path) -> None:
    assert faults(tmp_path, OIDC_ISSUER="https://id.example") == (
        "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: all are needed when one is set",
        "OO_PUBLIC_URL: needed as well when OIDC_ISSUER is set",
        "OO_VAULT_KEYS: needed as well when OIDC_ISSUER is set",
    )
    assert faults(tmp_path, OIDC_NAME="Home", OO_OPERATORS="42") == (
        "OIDC_ISSUER: needed as well when OIDC_NAME is set",
        "OIDC_ISSUER: needed as well when OO_OPERATORS is set",
    )
    environment = load_settings({**OIDC, "OO_OPERATORS": "42, email:Ann@example.org"}, tmp_path).environment
    assert environment.operators().names == {"42", "email:ann@example.org"}


@pytest.mark.parametrize("rest", ["/oo", "/oo/", "?a=b", "#a"])
def test_the_public_address_has_no_path(tmp_path: Path, rest: str) -> None:
    (found,) = faults(tmp_path, OO_PUBLIC_URL=f"https://oo.example{rest}")
    assert found.startswith("OO_PUBLIC_URL: must be a scheme and a host alone")


def test_who_is_who_comes_encrypted_or_from_this_machine(tmp_path: Path) -> None:
    for issuer in (
        "http://127.0.0.1:8080/realms/x",
        "http://localhost:1",
        "http://[::1]",
        "https://10.0.0.1",
    ):
        load_settings({**OIDC, "OIDC_ISSUER": issuer}, tmp_path)
    for issuer in ("http://id.example", "http://10.0.0.1", "http://127.0.0.1.evil.example"):
        assert "http:// only on this machine" in faults(tmp_path, **{**OIDC, "OIDC_ISSUER": issuer})[0]
    for issuer in ("https://id.example?x=1", "https://id.example/#x", "https://ann:secret@id.example"):
        (fault,) = faults(tmp_path, **{**OIDC, "OIDC_ISSUER": issuer})
        assert "without a query, a fragment and a login" in fault
        assert "secret" not in fault
    assert "http:// or https:// URL" in faults(tmp_path, **{**OIDC, "OIDC_ISSUER": "id.example"})[0]


def test_what_is_missing_beside_a_token_is_said_beside_every_other_fault(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        OO_HTTP_PORT="99999",
        DATABASE_URL="mysql://somewhere",
        SLACK_BOT_TOKEN="xoxb-secret",
        TELEGRAM_WEBHOOK_URL="nowhere",
    )

    assert found == (
        "TELEGRAM_WEBHOOK_URL: must be an http:// or https:// URL",
        "DATABASE_URL: must be sqlite:///PATH or postgresql://NAME:PASSWORD@HOST/DATABASE",
        "OO_HTTP_PORT: should be less than or equal to 65535",
        "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one is needed when SLACK_BOT_TOKEN is set",
        "TELEGRAM_BOT_TOKEN: needed as well when TELEGRAM_WEBHOOK_URL is set",
    )


@pytest.mark.parametrize("url", ["sqlite:///", "sqlite:///:memory:", "mysql://u:secret@h/d", "data/oo.db"])
def test_a_database_is_a_file_or_on_a_server(tmp_path: Path, url: str) -> None:
    said = "DATABASE_URL: must be sqlite:///PATH or postgresql://NAME:PASSWORD@HOST/DATABASE"
    assert faults(tmp_path, DATABASE_URL=url) == (said,)


@pytest.mark.parametrize("url", ["postgresql://u:p@h/oo", "postgres://u:p@h:5433/oo?sslmode=require"])
def test_a_database_on_a_server_is_no_file(tmp_path: Path, url: str) -> None:
    environment = load_settings({"DATABASE_URL": url}, tmp_path).environment
    assert environment.database_url == url
    assert environment.database_file() is None
    assert environment.history() == Path("data/history")


def test_a_section_without_keys_leaves_every_default(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("policy:\n  # serve: thompson\nlog: {level: ERROR}\n")

    config = load_settings({}, tmp_path).config

    assert config.policy == Config().policy
    assert config.log.level == "ERROR"
    assert faults(tmp_path, "nope:\n")[0].startswith("config.yaml: nope: unknown key")


@pytest.mark.parametrize(
    ("config", "fault"),
    [
        ("- policy\n", "config.yaml: should be a list of keys and values"),
        ("[]\n", "config.yaml: should be a list of keys and values"),
        ("policy: thompson\n", "config.yaml: policy: should be a list of keys and values"),
        ("llm:\n  models:\n", "config.yaml: llm.models: should be a list of keys and values"),
        ("policy:\n  shadows: thompson\n", "config.yaml: policy.shadows: should be a list"),
    ],
)
def test_a_value_of_the_wrong_form_is_explained_in_terms_of_the_file(
    tmp_path: Path, config: str, fault: str
) -> None:
    assert faults(tmp_path, config) == (fault,)


@pytest.mark.parametrize(
    "config",
    [
        "availability: {spacing_minutes: 5}\navailability: {guard_seconds: 60}\n",
        "log: {level: INFO}\njobs:\nlog:\n",
        "jobs:\n  push: 5\n  sync: 60\n  push: 6\n",
        "llm: {models: {judge: a, 'judge': b}}\n",
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path: Path, config: str) -> None:
    (found,) = faults(tmp_path, config)

    assert re.match(r"config\.yaml: can't be read: the key \w+ stands there twice\n.*line \d", found)


def test_a_key_may_stand_once_in_each_of_two_sections_and_after_a_merged_one(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("jobs: &same {push: 6, sync: 60}\ncooldowns: {shown: 1}\n")
    assert load_settings({}, tmp_path).config.jobs.push == 6

    (tmp_path / "config.yaml").write_text("jobs: {<<: {push: 6, sync: 60}, push: 7}\n")
    jobs = load_settings({}, tmp_path).config.jobs
    assert (jobs.push, jobs.sync) == (7, 60)


def test_a_config_whose_keys_are_no_words_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    for config in ("? [a, b]\n: 1\n", "? {a: 1}\n: 1\n", "1: 2\n", "~: 2\n", "log: {? [level] : INFO}\n"):
        assert faults(tmp_path, config)


@pytest.mark.parametrize("value", ["yes", "no", "on", "true", "False"])
@pytest.mark.parametrize("key", ["availability.spacing_minutes", "delivery.attempts", "cooldowns.shown"])
def test_a_switch_is_no_number(tmp_path: Path, key: str, value: str) -> None:
    section, _, name = key.partition(".")

    assert faults(tmp_path, f"{section}: {{{name}: {value}}}\n") == (
        f"config.yaml: {key}: should be a number",
    )


@pytest.mark.parametrize("policy_id", ["promise", "promise_quiet", "uniform-fallback"])
def test_a_policy_that_only_the_log_names_is_not_served(tmp_path: Path, policy_id: str) -> None:
    """A tip that ``promise`` chose would count as a re-delivery of a snoozed one."""
    for config in (f"{{serve: {policy_id}}}", f"{{shadows: [thompson, {policy_id}]}}"):
        (found,) = faults(tmp_path, f"policy: {config}\n")
        assert f"no policy is called {policy_id!r}; there are epsilon-greedy, " in found


def test_no_send_outlasts_the_guard_before_quiet_hours() -> None:
    """Quiet hours are looked at before a send: what waits for its turn, and then for its request, may arrive
    at the end of both.
    """
    least_guard = AvailabilitySection.model_json_schema()["properties"]["guard_seconds"]["minimum"]
    request = build_api("1:x", "http://127.0.0.1", telegram.Limits()).request
    assert isinstance(request, HTTPXRequest)
    limits = request._client.timeout.as_dict().values()
    longest_request = max(sum(limit or math.inf for limit in limits), slack.Limits().answer)
    longest_wait = max(rate.max_wait for rate in (telegram.CHAT_RATE, telegram.BOT_RATE, slack.RATE))

    assert longest_wait + longest_request < least_guard
    assert least_guard <= Config().rules().availability.guard.total_seconds()


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


# --- What is written of the environment --------------------------------------------------------------------

DEFAULTS = {
    name.upper(): str(field.default)
    for name, field in Environment.model_fields.items()
    if field.default is not None
}


def test_the_example_environment_names_every_variable() -> None:
    example = (ROOT / ".env.example").read_text()

    assert [name for name in Environment.model_fields if name.upper() not in example] == []


def test_the_example_environment_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^#(\w+)=(.+)$", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert {name: shown[name] for name in DEFAULTS} == DEFAULTS


def test_the_documentation_shows_the_defaults_of_the_environment() -> None:
    row = re.compile(r"^\| `([A-Z_]+)` \| `([^`]+)` \|", re.MULTILINE)
    documented = [pair for page in pages(ROOT) for pair in row.findall(page.read_text(encoding="utf-8"))]
    wrong = [(name, default) for name, default in documented if DEFAULTS.get(name, default) != default]

    assert wrong == []
    assert {"DATABASE_URL", "OO_ACCESS", "OO_HTTP_HOST", "OO_HTTP_PORT"} <= {name for name, _ in documented}


@pytest.mark.parametrize("value", ["canary", "canary,canary", ",", "id:canary", "Y2FuYXJ5"])
def test_a_wrong_vault_key_is_a_fault_that_does_not_show_it(value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings({"OO_VAULT_KEYS": value}, tmp_path)
    (fault,) = raised.value.faults
    assert fault.startswith("OO_VAULT_KEYS: ")
    assert "`oo vault key` makes one" in fault
    assert "canary" not in f"{fault} {raised.value!r} {raised.value.__context__!r}"
    assert "Y2Fu" not in fault


@pytest.mark.parametrize(
    ("config", "host", "is_refused"),
    [
        ("http: {pages: true, operator_on_loopback: true}", "127.0.0.1", False),
        ("http: {operator_on_loopback: true}", "::1", False),
        ("http: {operator_on_loopback: true, behind_proxy: true}", "127.0.0.1", True),
        ("http: {operator_on_loopback: true, behind_proxy: true}", "192.0.2.7", True),
        ("http: {operator_on_loopback: true}", "192.0.2.7", True),
        ("http: {operator_on_loopback: false, behind_proxy: true}", "192.0.2.7", False),
    ],
)
def test_nobody_is_the_operator_by_an_address_that_others_may_have(
    tmp_path: Path, config: str, host: str, is_refused: bool
) -> None:
    if is_refused:
        assert any("operator_on_loopback" in fault for fault in faults(tmp_path, config, OO_HTTP_HOST=host))
    else:
        (tmp_path / "config.yaml").write_text(config)
        load_settings({"OO_HTTP_HOST": host}, tmp_path)
