"""config.yaml + environment -> frozen, typed ``Settings``. Every fault is reported at once.

``config.yaml`` holds tunables (``bot/config``), the environment secrets and endpoints; a ``.env`` beside
it is read as well.
"""

from __future__ import annotations

import os
import re
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

import yaml
from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from bot.config import Config
from bot.config.hosts import is_loopback
from bot.config.mail import MailSender, MailServer, mail_sender, mail_server, missing_for_mail
from core.errors import SettingsError
from core.people.access import Access
from core.people.operators import Operators, parse_operators
from core.vault import VaultKey, parse_keys

_KEYS_AND_VALUES = "should be a list of keys and values"
PLAIN_MESSAGES = {
    "extra_forbidden": "unknown key; see the comments in config.yaml for those that exist",
    "model_type": _KEYS_AND_VALUES,
    "dict_type": _KEYS_AND_VALUES,
    "tuple_type": "should be a list",
}
"""Messages that replace those of pydantic, by the type of its error."""

MAX_PROVIDER_NAME = 40
"""Characters of a button."""

DEFAULT_CONFIG = Path("config.yaml")
PACKAGED_CONFIG = Path(__file__).parent / "config.yaml"


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http:// or https:// URL")
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(_http_url(value))
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(
            "must be a scheme and a host alone, as https://oo.example.org: oO is served at its root"
        )
    return value


def _issuer(value: str) -> str:
    """Who is who comes from there, so it is encrypted, unless it is on this machine."""
    parts = urlsplit(_http_url(value))
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise ValueError("must be an https:// URL; http:// only on this machine")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("must be a URL without a query, a fragment and a login")
    return value


def _header_token(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if not (
        1 <= len(secret) <= 256
        and all(char.isascii() and (char.isalnum() or char in "_-") for char in secret)
    ):
        raise ValueError("must be 1 to 256 letters, digits, _ or -")
    return value


SERVER_SCHEMES = ("postgresql://", "postgres://")


def _database_url(value: str) -> str:
    driver, _, path = value.partition(":///")
    is_file = driver in ("sqlite", "sqlite+aiosqlite") and path not in ("", ":memory:")
    if not is_file and not value.startswith(SERVER_SCHEMES):
        raise ValueError("must be sqlite:///PATH or postgresql://NAME:PASSWORD@HOST/DATABASE")
    return value


def _nats_url(value: SecretStr) -> SecretStr:
    for one in value.get_secret_value().split(","):
        parts = urlsplit(one)
        if parts.scheme not in ("nats", "tls") or not parts.hostname:
            raise ValueError("must be a nats:// or tls:// URL, or several behind commas")
        if not _has_usable_port(parts) or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("ends in a port from 1 to 65535, or the host; a login has no / ? # or comma")
        if parts.scheme == "nats" and (parts.username or parts.password) and not is_loopback(parts.hostname):
            raise ValueError("has a login, so it must be a tls:// URL; nats:// only on this machine")
    return value


def _has_usable_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _vault_keys(value: SecretStr) -> SecretStr:
    if not parse_keys(value.get_secret_value()):
        raise ValueError("holds no key; `oo vault key` makes one")
    return value


def _push_key(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", value.get_secret_value()):
        raise ValueError("holds no key; `oo push key` makes one")
    return value


def _push_contact(value: str) -> str:
    if not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+|https://\S+", value):
        raise ValueError("must be a mailto: or https: URL")
    return value


def _mail_server(value: SecretStr) -> SecretStr:
    mail_server(value.get_secret_value())
    return value


def _mail_sender(value: str) -> str:
    mail_sender(value)
    return value


TODOIST_API = "https://api.todoist.com"
TODOIST_APP = "https://app.todoist.com"
TODOIST_CALLBACK = "/oauth/todoist/callback"
OIDC_CALLBACK = "/sign-in/oidc/callback"

Url = Annotated[str, AfterValidator(_http_url)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
IssuerUrl = Annotated[str, AfterValidator(_issuer)]


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
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: Url = "https://slack.com/api/"
    todoist_api_token: SecretStr | None = None
    todoist_api_url: Url = TODOIST_API
    todoist_client_id: str | None = None
    todoist_client_secret: SecretStr | None = None
    todoist_oauth_url: Url | None = None
    litellm_url: Url | None = None
    litellm_master_key: SecretStr | None = None
    ollama_url: Url | None = None
    anthropic_api_key: SecretStr | None = None
    otel_exporter_otlp_endpoint: Url | None = None
    otel_exporter_otlp_headers: SecretStr | None = None
    otel_service_name: str = "oo"
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite:///data/oo.db"
    nats_url: Annotated[SecretStr, AfterValidator(_nats_url)] | None = None
    nats_credentials: str | None = None
    nats_ca: str | None = None
    oidc_issuer: IssuerUrl | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: Annotated[str, StringConstraints(max_length=MAX_PROVIDER_NAME)] | None = None
    oo_operators: str | None = None
    oo_vault_keys: Annotated[SecretStr, AfterValidator(_vault_keys)] | None = None
    oo_backup_key: Annotated[SecretStr, AfterValidator(_vault_keys)] | None = None
    oo_access: Access = Access.INVITE
    oo_public_url: PublicUrl | None = None
    oo_token: SecretStr | None = None
    oo_push_key: Annotated[SecretStr, AfterValidator(_push_key)] | None = None
    oo_push_contact: Annotated[str, AfterValidator(_push_contact)] | None = None
    oo_smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = None
    oo_mail_from: Annotated[str, AfterValidator(_mail_sender)] | None = None
    oo_http_host: str = "127.0.0.1"
    oo_http_port: int = Field(8080, ge=0, le=65535)

    def vault_keys(self) -> tuple[VaultKey, ...]:
        """The keys of the vault, the encrypting one first."""
        return parse_keys(self.oo_vault_keys.get_secret_value()) if self.oo_vault_keys else ()

    def operators(self) -> Operators:
        """Who may open the operator's page when they have signed in."""
        return parse_operators(self.oo_operators or "")

    def todoist_authorize_root(self) -> str:
        """Where people agree that oO may read their Todoist: beside a local API, at that."""
        if self.todoist_oauth_url:
            return self.todoist_oauth_url
        return TODOIST_APP if self.todoist_api_url.rstrip("/") == TODOIST_API else self.todoist_api_url

    def public_root(self) -> str:
        """Where browsers reach the HTTP server, without a slash at the end."""
        return (self.oo_public_url or f"http://127.0.0.1:{self.oo_http_port}").rstrip("/")

    def push_contact(self) -> str:
        """By which URL push services reach the operator."""
        return self.oo_push_contact or self.public_root()

    def mail_server(self) -> MailServer | None:
        """The server that takes mails; None: oO sends none."""
        return mail_server(self.oo_smtp_url.get_secret_value()) if self.oo_smtp_url else None

    def mail_sender(self) -> MailSender:
        """From whom mails are. Raises ``ValueError`` if that is not set."""
        return mail_sender(self.oo_mail_from or "")

    def backup_key(self) -> bytes | None:
        """The key of backups; None: they are not encrypted. Of several, the first."""
        keys = parse_keys(self.oo_backup_key.get_secret_value()) if self.oo_backup_key else ()
        return keys[0].key if keys else None

    def database_file(self) -> Path | None:
        """The database; None if a server keeps it."""
        if self.database_url.startswith(SERVER_SCHEMES):
            return None
        return Path(self.database_url.split(":///", 1)[1].split("?", 1)[0])

    def data_folder(self) -> Path:
        """The folder of the database, or of what is on this machine if a server keeps it."""
        return (self.database_file() or Path("data/oo")).parent

    def history(self) -> Path:
        """The file of lines typed at the terminal."""
        return self.data_folder() / "history"


class Settings(BaseModel):
    """The configuration and the environment of one process."""

    model_config = ConfigDict(frozen=True)

    config: Config
    environment: Environment


def load_settings(environ: Mapping[str, str], folder: Path = Path()) -> Settings:
    """Read both sources. Raises ``SettingsError`` with all faults, one line each."""
    values = {**_dotenv(folder), **environ}
    faults: list[str] = []
    config = _config(values.get("OO_CONFIG"), folder, faults)
    given = _given(values)
    environment = _environment(given, faults)
    faults += _combinations(given)
    if config and environment:
        faults += _exposed(config, environment)
        if environment.oo_push_key and not config.http.pages:
            faults.append(
                "OO_PUSH_KEY: browsers subscribe on a page, so http.pages has to be true in config.yaml"
            )
        faults += _trusted(config, environment)
    if faults or config is None or environment is None:
        raise SettingsError(tuple(faults))
    return Settings(config=config, environment=environment)


def _dotenv(folder: Path) -> dict[str, str]:
    found = dotenv_values(folder / ".env") if (folder / ".env").is_file() else {}
    return {name: value for name, value in found.items() if value is not None}


class _UniqueKeys(yaml.SafeLoader):
    """Refuses a key that stands twice in its section: YAML would drop the first one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                problem = f"the key {key.value} stands there twice"
                raise yaml.constructor.ConstructorError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _config(named: str | None, folder: Path, faults: list[str]) -> Config | None:
    path = folder / named if named else folder / DEFAULT_CONFIG
    if not path.is_file():
        if named:
            faults.append(f"OO_CONFIG: there is no file {named}")
            return None
        path = PACKAGED_CONFIG
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        content = yaml.load(text, _UniqueKeys)  # noqa: S506 -- a SafeLoader
        return Config.model_validate({} if content is None else content)
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as fault:
        faults.append(f"{path.name}: can't be read: {fault}")
    except ValidationError as fault:
        faults += [f"{_place(path, error)}: {_plain(error)}" for error in fault.errors()]
    return None


def _given(values: Mapping[str, str]) -> dict[str, str]:
    """oO's variables that are set and not empty."""
    known = {name: values.get(name.upper()) for name in Environment.model_fields}
    return {name: value.strip() for name, value in known.items() if value and value.strip()}


def _environment(given: Mapping[str, str], faults: list[str]) -> Environment | None:
    try:
        return Environment.model_validate(given)
    except ValidationError as fault:
        faults += [f"{str(error['loc'][0]).upper()}: {_plain(error)}" for error in fault.errors()]
    return None


def _place(file: Path, error: ErrorDetails) -> str:
    """``config.yaml: log.level``; only the file if it is wrong as a whole."""
    key = ".".join(str(part) for part in error["loc"])
    return f"{file.name}: {key}" if key else file.name


def _plain(error: ErrorDetails) -> str:
    if error["type"] in PLAIN_MESSAGES:
        return PLAIN_MESSAGES[error["type"]]
    return error["msg"].removeprefix("Value error, ").removeprefix("Input ")


def _combinations(given: Mapping[str, str]) -> list[str]:
    """Faults of settings that need each other."""
    faults = []
    faults += _slack_combinations(given)
    if ("todoist_client_id" in given) != ("todoist_client_secret" in given):
        faults.append("TODOIST_CLIENT_ID and TODOIST_CLIENT_SECRET: one is needed when the other is set")
    faults += _oidc_combinations(given)
    faults += _push_combinations(given)
    faults += missing_for_mail(given)
    faults += [
        f"NATS_URL: needed as well when {name.upper()} is set"
        for name in ("nats_credentials", "nats_ca")
        if name in given and "nats_url" not in given
    ]
    if "telegram_webhook_url" in given and "telegram_bot_token" not in given:
        faults.append("TELEGRAM_BOT_TOKEN: needed as well when TELEGRAM_WEBHOOK_URL is set")
    return faults


def _oidc_combinations(given: Mapping[str, str]) -> list[str]:
    faults = []
    parts = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
    if 0 < sum(name in given for name in parts) < len(parts):
        faults.append("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: all are needed when one is set")
    for name in ("oo_public_url", "oo_vault_keys"):
        if "oidc_issuer" in given and name not in given:
            faults.append(f"{name.upper()}: needed as well when OIDC_ISSUER is set")
    for name in ("oidc_name", "oo_operators"):
        if name in given and "oidc_issuer" not in given:
            faults.append(f"OIDC_ISSUER: needed as well when {name.upper()} is set")
    return faults


def _push_combinations(given: Mapping[str, str]) -> list[str]:
    if "oo_push_key" not in given:
        return []
    needs = {
        "oo_public_url": "browsers subscribe on a page there",
        "oo_vault_keys": "taps are signed by a key that follows from it; `oo vault key` makes one",
    }
    faults = [
        f"{name.upper()}: needed as well when OO_PUSH_KEY is set: {why}"
        for name, why in needs.items()
        if name not in given
    ]
    if "oo_push_contact" not in given and not given.get("oo_public_url", "https://").startswith("https://"):
        faults.append(
            "OO_PUSH_CONTACT: needed as well when OO_PUSH_KEY is set and OO_PUBLIC_URL is not https"
        )
    return faults


def _slack_combinations(given: Mapping[str, str]) -> list[str]:
    faults = []
    installs = "slack_client_id" in given
    if "slack_app_token" in given and "slack_bot_token" not in given and not installs:
        faults.append("SLACK_BOT_TOKEN: needed as well when SLACK_APP_TOKEN is set")
    has_transport = "slack_app_token" in given or "slack_signing_secret" in given
    for name in ("slack_bot_token", "slack_client_id"):
        if name in given and not has_transport:
            need = f"one is needed when {name.upper()} is set"
            faults.append(f"SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: {need}")
    if installs != ("slack_client_secret" in given):
        faults.append("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: one is needed when the other is set")
    if installs and "oo_public_url" not in given:
        faults.append("OO_PUBLIC_URL: needed as well when SLACK_CLIENT_ID is set")
    if installs and "oo_vault_keys" not in given:
        faults.append("OO_VAULT_KEYS: needed as well when SLACK_CLIENT_ID is set; `oo vault key` makes a key")
    return faults


def _exposed(config: Config, environment: Environment) -> list[str]:
    """Tokens and personal texts must not travel unencrypted."""
    has_pages = config.http.pages or environment.oo_smtp_url is not None
    served = config.http.api or config.http.mcp or has_pages
    if not served or config.http.behind_proxy or is_loopback(environment.oo_http_host):
        return []
    need = "what is served needs a proxy with TLS before it: set http.behind_proxy in config.yaml"
    return [f"OO_HTTP_HOST: {environment.oo_http_host} is not loopback, so {need}"]


def _trusted(config: Config, environment: Environment) -> list[str]:
    """A proxy on this machine comes over loopback as well, so nobody is the operator by that alone."""
    http = config.http
    if not http.operator_on_loopback:
        return []
    if http.behind_proxy or not is_loopback(environment.oo_http_host):
        need = "OO_HTTP_HOST on loopback and no http.behind_proxy; else the operator has to sign in"
        return [f"config.yaml: http.operator_on_loopback needs {need}"]
    return []


def from_system() -> Settings:
    """Settings from this process's environment and working folder."""
    return load_settings(os.environ)
