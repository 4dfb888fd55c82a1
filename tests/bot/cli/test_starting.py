"""The command starts light: what only a server or a language model needs is imported later, or never."""

from __future__ import annotations

import subprocess
import sys

from tests.waiting import WAIT_LIMIT

HEAVY = ("litellm", "openai", "httpx", "telegram", "slack_bolt", "aiohttp", "sqlalchemy", "prompt_toolkit")

WITH_HTTPX = """
import bot.__main__ as oo

oo._exit_code = lambda: 0  # the command line itself has nothing to do here
try:
    oo.main()
except SystemExit:
    import sys
    import httpx

answered = httpx.MockTransport(lambda request: httpx.Response(200, json={"path": request.url.path}))
with httpx.Client(transport=answered) as client:
    print(client.get("http://localhost/well").json()["path"])
httpx.HTTPTransport().close()  # imports httpcore
print([name for name in ("httpx._main", "pygments", "rich.progress") if sys.modules.get(name)])
print([name for name in ("h2", "hpack") if sys.modules.get(name)])
print(callable(httpx.main))
"""


def fresh(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, in which nothing is imported yet."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=WAIT_LIMIT, check=True
    )


def test_help_imports_neither_a_language_model_nor_a_platform() -> None:
    ended = fresh("-X", "importtime", "-m", "bot", "--help")

    imported = {line.rsplit("|", 1)[-1].strip() for line in ended.stderr.splitlines()}
    assert "bot.cli.loop" in imported
    assert not imported & {*HEAVY, "numpy", "bot.settings", "core.words"}
    assert "oO sends one good tip" in ended.stdout


def test_what_is_off_is_not_imported() -> None:
    """Starting without MCP, mail, pages, web push and sign-in costs as much as if there were none of them."""
    seen = """
import sys
import bot.app, bot.cli.serve, bot.cli.chat, bot.cli.api_server, bot.cli.api_service, bot.cli.mcp_stdio
libraries = {"mcp", "mcp_types", "starlette", "uvicorn", "httpx2", "aiosmtplib", "email_validator", "dns"}
libraries |= {"jinja2", "authlib", "joserfc", "asyncpg", "cryptography", "opentelemetry"}
parts = {"adapters.mail", "adapters.oidc", "adapters.storage.postgresql", "adapters.web_push", "bot.web"}
parts |= {"core.bandit.evaluation.effect"}
print(sorted((libraries | parts) & set(sys.modules)))
"""
    assert fresh("-c", seen).stdout.strip() == "[]"


def test_serving_imports_no_part_of_a_library_that_it_does_not_use() -> None:
    """Each costs some megabytes at every start (ADR 0049)."""
    seen = """
import sys
import bot.app, bot.cli.serve, adapters.llm, adapters.slack, adapters.telegram
from adapters.storage.asyncio_engine import create_async_engine
from sqlalchemy.engine import make_url
create_async_engine(make_url("sqlite+aiosqlite://"))
unused = {"alembic", "babel", "prometheus_client", "sqlalchemy.orm", "sqlalchemy.dialects.postgresql"}
print(sorted(unused & set(sys.modules)))
"""
    assert fresh("-c", seen).stdout.strip() == "[]"


def test_telegram_is_served_without_cryptography_which_the_vault_still_finds() -> None:
    """python-telegram-bot loads it for Telegram Passport wherever it is installed."""
    seen = """
import sys
from bot.cli.optional import as_if_missing
with as_if_missing("cryptography"):
    import adapters.telegram
print("cryptography" in sys.modules)
from adapters.aes_gcm import AesGcm
cipher = AesGcm()
key = cipher.new_key()
print(cipher.decrypt(key, cipher.encrypt(key, b"x", b""), b""), "cryptography" in sys.modules)
with as_if_missing("cryptography"):
    import cryptography
"""
    assert fresh("-c", seen).stdout.splitlines() == ["False", "b'x' True"]


def test_httpx_works_without_its_own_command_line_and_without_http_2() -> None:
    """Trap: httpx imports the one, and rich with it, wherever rich is installed; ``main`` keeps both out.

    Should httpx move it, the module that is kept out would be another, and this test says so.
    """
    assert fresh("-c", WITH_HTTPX).stdout.splitlines() == ["/well", "[]", "[]", "True"]


def test_choosing_a_tip_needs_no_learner_for_other_peoples_data() -> None:
    seen = "import sys, core.policies.choose; print('core.bandit.standalone.learner' in sys.modules)"
    assert fresh("-c", seen).stdout.strip() == "False"
    assert (
        fresh("-c", "from core.bandit import make_policy; print(make_policy.__name__)").stdout
        == "make_policy\n"
    )
