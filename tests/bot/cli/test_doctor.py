"""`oo doctor` on the embedder: whether it answers, of what use it is, and what is switched off without it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from adapters.storage.store import open_store
from bot.cli.doctor import Finding, examine, spending_words
from bot.settings import load_settings
from core.embeddings.space import PARAPHRASE_PAIRS, PROBES
from core.incidents import BACKUP_NOTE, acknowledge, notice
from core.records import IncidentKind, Spending
from core.vault import format_key
from tests.contracts.store.records import NOW
from tests.servers.llm import EmbeddingRequest, LlmServer, Vectors, failing
from tests.servers.oidc import OidcServer

KEY = base64.b64encode(bytes(range(32))).decode()


async def found(folder: Path, server: LlmServer) -> dict[str, Finding]:
    environ = {"DATABASE_URL": f"sqlite:///{folder}/oo.db", "LITELLM_URL": server.url}
    return {one.what: one for one in await examine(load_settings(environ, folder))}


def fit(request: EmbeddingRequest) -> Vectors:
    """A model that knows which of oO's probes belong together."""
    return [[1.0, *(float(text in pair) for pair in PARAPHRASE_PAIRS)] for text in request.texts]


async def test_an_embedder_that_answers_is_measured_with_nothing_but_oos_own_probes(tmp_path: Path) -> None:
    async with LlmServer(embed=fit) as server:
        embedder = (await found(tmp_path, server))["embedder"]
    assert embedder.ok
    assert embedder.said.startswith("embedder/7 tells what means the same, from a likeness of 0.")
    (request,) = server.embedded
    assert tuple(request.texts) == PROBES


async def test_an_embedder_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    async with LlmServer(models=["tip-generator"]) as server:
        embedder = (await found(tmp_path, server))["embedder"]
    assert embedder.ok
    assert "alias embedder" in embedder.said
    assert "by its letters" in embedder.said
    assert server.embedded == []


async def test_an_embedder_that_fails_or_is_unfit_is_told(tmp_path: Path) -> None:
    def blind(request: EmbeddingRequest) -> Vectors:
        return [[1.0, 2.0]] * len(request.texts)

    for embed, words in ((lambda _: failing(500), "500"), (blind, "don't tell what means the same")):
        async with LlmServer(embed=embed) as server:
            embedder = (await found(tmp_path, server))["embedder"]
        assert not embedder.ok
        assert words in embedder.said
        assert "until it answers" in embedder.said


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("", "off (http.api and http.mcp in config.yaml)"),
        ("http: {mcp: true}", "on at 127.0.0.1:8080 for MCP at /mcp; people"),
        ("http: {api: true, mcp: true}", "on at 127.0.0.1:8080 below /v1 and for MCP at /mcp; people"),
        ("http: {api: true}", "on at 127.0.0.1:8080 below /v1; people make tokens with /token"),
        ("http: {api: true, behind_proxy: true}", "below /v1, behind a proxy;"),
    ],
)
async def test_it_says_whether_programs_can_act_for_people(tmp_path: Path, config: str, words: str) -> None:
    (tmp_path / "config.yaml").write_text(config)
    async with LlmServer() as server:
        environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/oo.db", "LITELLM_URL": server.url}
        findings = {one.what: one for one in await examine(load_settings(environ, tmp_path))}
    assert findings["http api"].ok
    assert words in findings["http api"].said


@pytest.mark.parametrize(
    ("environment", "ok", "words"),
    [
        ({}, True, "not set up"),
        ({"TODOIST_CLIENT_ID": "id", "TODOIST_CLIENT_SECRET": "s"}, False, "OO_VAULT_KEYS is missing"),
        (
            {"TODOIST_CLIENT_ID": "id", "TODOIST_CLIENT_SECRET": "s", "OO_VAULT_KEYS": KEY},
            True,
            "back to http://127.0.0.1:8080/oauth/todoist/callback; only in the terminal",
        ),
        (
            {
                "TODOIST_CLIENT_ID": "id",
                "TODOIST_CLIENT_SECRET": "s",
                "OO_VAULT_KEYS": KEY,
                "OO_PUBLIC_URL": "https://oo.example.org/",
            },
            True,
            "back to https://oo.example.org/oauth/todoist/callback",
        ),
    ],
)
async def test_it_says_whether_people_can_connect_their_todoist(
    tmp_path: Path, environment: dict[str, str], ok: bool, words: str
) -> None:
    async with LlmServer() as server:
        environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/oo.db", "LITELLM_URL": server.url, **environment}
        findings = {one.what: one for one in await examine(load_settings(environ, tmp_path))}
    assert findings["todoist"].ok is ok
    assert words in findings["todoist"].said


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (Spending(), ""),
        (Spending(calls=1, tokens=1), "1 call, 1 token"),
        (Spending(calls=2, tokens=57, micros=1_500_000), "2 calls, 57 tokens, 1.5 in money"),
        (Spending(micros=1), "0.000001 in money"),
    ],
)
def test_what_was_spent_is_said_in_words(spent: Spending, words: str) -> None:
    assert spending_words(spent) == words


async def test_it_says_whether_people_can_sign_in_at_the_provider(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/oo.db", "OO_VAULT_KEYS": KEY}
    async with LlmServer() as server, OidcServer() as provider:
        environ["LITELLM_URL"] = server.url
        found = {one.what: one for one in await examine(load_settings(environ, tmp_path))}["sign-in"]
        assert (found.ok, found.said) == (
            True,
            "by a link from the chat only (OIDC_ISSUER): the operator's page opens on loopback at most",
        )
        environ |= {
            "OIDC_ISSUER": provider.url,
            "OIDC_CLIENT_ID": "oo",
            "OIDC_CLIENT_SECRET": "hush",
            "OO_PUBLIC_URL": "https://oo.example/",
        }
        found = {one.what: one for one in await examine(load_settings(environ, tmp_path))}["sign-in"]
        assert (found.ok, found.said) == (False, "OIDC_ISSUER is set, but http.pages in config.yaml is off")
        (tmp_path / "config.yaml").write_text("http: {pages: true}")
        found = {one.what: one for one in await examine(load_settings(environ, tmp_path))}["sign-in"]
        back = "https://oo.example/sign-in/oidc/callback"
        assert (found.ok, found.said) == (True, f"people can sign in at {provider.url}, back to {back}")
        provider.lies.metadata = {"issuer": "https://evil.example"}
        found = {one.what: one for one in await examine(load_settings(environ, tmp_path))}["sign-in"]
        assert not found.ok
        assert "check OIDC_ISSUER" in found.said


async def test_open_incidents_and_the_last_backup_are_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/oo.db"
    store = await open_store(url)
    async with LlmServer() as server:
        findings = await found(tmp_path, server)
        assert (findings["incidents"].ok, findings["incidents"].said) == (True, "none is open")
        assert findings["backup"].said == "none by oo backup yet"
        async with store.begin() as unit:
            incident = await notice(unit, IncidentKind.DELIVERY_UNKNOWN, NOW, "slack")
            await unit.notes.put(None, BACKUP_NOTE, NOW.isoformat())
        findings = await found(tmp_path, server)
        assert not findings["incidents"].ok
        assert findings["incidents"].said == "delivery_unknown (slack) since 2026-05-06 09:30 UTC"
        assert findings["backup"].said == "the last one by oo backup: 2026-05-06 09:30 UTC"
        async with store.begin() as unit:
            await acknowledge(unit, incident.incident_id, "ops", NOW)
        findings = await found(tmp_path, server)
        assert findings["incidents"].ok
        assert findings["incidents"].said.endswith("acknowledged")
    await store.close()


@pytest.mark.parametrize(
    ("config", "environment", "is_ok", "words"),
    [
        ("", {}, True, "not set up (http.pages"),
        ("http: {pages: true}", {}, False, "not set: OO_PUBLIC_URL, OO_VAULT_KEYS"),
        (
            "http: {pages: true}",
            {"OO_PUBLIC_URL": "https://oo.example/", "OO_VAULT_KEYS": format_key(bytes(range(32)))},
            True,
            "people open theirs from the chat (/me), at https://oo.example",
        ),
    ],
)
async def test_pages_are_on_or_the_missing_settings_are_named(
    tmp_path: Path, config: str, environment: dict[str, str], is_ok: bool, words: str
) -> None:
    (tmp_path / "config.yaml").write_text(config)
    values = {"DATABASE_URL": f"sqlite:///{tmp_path}/oo.db", **environment}
    (found,) = [one for one in await examine(load_settings(values, tmp_path)) if one.what == "pages"]
    assert found.ok is is_ok
    assert words in found.said
