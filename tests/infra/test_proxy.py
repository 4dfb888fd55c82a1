"""The page about a proxy forwards what others need, and nothing that is the operator's alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from adapters.slack import EVENTS_PATH
from adapters.slack.install import INSTALL_PATH, REDIRECT_PATH
from adapters.telegram import WEBHOOK_PATH
from adapters.todoist.webhook import WEBHOOK_PATH as TODOIST_WEBHOOK_PATH
from bot.cli.mcp_server import PATH as MCP_PATH
from bot.settings import OIDC_CALLBACK, TODOIST_CALLBACK
from bot.web.pages import PAGES as BROWSER_PAGES
from tests.pages import CODE, PAGES, ROOT, blocks, section

PAGE = PAGES["docs/how-to/put-a-proxy-before-oo.md"]

ROUTES = {
    "adapters/http.py": ("/healthz", "/readyz"),
    "bot/cli/api_server.py": ("/v1/tasks", "/v1/events", "/v1/openapi.json"),
    "bot/cli/mcp_server.py": (MCP_PATH,),
    "bot/cli/metrics_route.py": ("/metrics",),
    "bot/cli/serve.py": (WEBHOOK_PATH, EVENTS_PATH),
    "bot/cli/slack_workspaces.py": (INSTALL_PATH, REDIRECT_PATH),
    "bot/cli/todoist_routes.py": (TODOIST_CALLBACK, TODOIST_WEBHOOK_PATH),
    "bot/cli/web_server.py": tuple({page.path: None for page in BROWSER_PAGES}),
}
"""Paths of the HTTP server, by the file that makes their routes; of ``/v1`` some."""

FORBIDDEN = ("/metrics", "/healthz", "/readyz")
FORWARDED = tuple(path for paths in ROUTES.values() for path in paths if path not in FORBIDDEN)
ELSEWHERE = (
    *FORBIDDEN,
    "/metrics/",
    "/anything",
    "/v1",
    "/mecool",
    "/operators",
    "/mail",
    "/sign-in2",
    "/mcp/x",
)
"""What no proxy forwards."""

Matches = Callable[[str], bool]


def by_caddy(path: str) -> bool:
    """Its matcher ``path``: exact, or a beginning before ``*``."""
    (block,) = blocks(PAGE, "caddyfile")
    (patterns,) = re.findall(r"@oo path (.+)", block)
    return any(
        path.startswith(one.removesuffix("*")) if one.endswith("*") else path == one
        for one in patterns.split()
    )


def by_nginx(path: str) -> bool:
    """Its locations: an exact one, else the first regular expression, else the longest beginning."""
    (block,) = blocks(PAGE, "nginx")
    locations = re.findall(r"location (?:(=|~) )?(\S+) \{\s*(\w+)", block)
    exact = [does for kind, one, does in locations if kind == "=" and one == path]
    expressions = [does for kind, one, does in locations if kind == "~" and re.search(one, path)]
    beginnings = [(len(one), does) for kind, one, does in locations if not kind and path.startswith(one)]
    first: str = [*exact, *expressions, max(beginnings)[1]][0]
    return first == "proxy_pass"


def listed(heading: str) -> Iterator[str]:
    """The paths in the first column of a table below ``heading``, as patterns."""
    for row in section(PAGE, heading).splitlines():
        if row.startswith("| `/"):
            yield from (path.replace("…", "*") for path in CODE.findall(row.split(" | ")[0]))


@pytest.mark.parametrize("forwards", [by_caddy, by_nginx])
def test_what_others_need_is_forwarded_and_nothing_else(forwards: Matches) -> None:
    assert [path for path in FORWARDED if not forwards(path)] == []
    assert [path for path in ELSEWHERE if forwards(path)] == []


def test_the_page_lists_each_path_once_and_says_what_is_never_forwarded() -> None:
    patterns = list(listed("## What to forward"))
    allowed = [one for one in patterns if one not in FORBIDDEN]
    assert tuple(one for one in patterns if one in FORBIDDEN) == FORBIDDEN
    assert len(set(patterns)) == len(patterns)
    assert [
        path for path in (*FORWARDED, OIDC_CALLBACK) if not any(fnmatchcase(path, one) for one in allowed)
    ] == []
    assert [one for one in allowed if not any(fnmatchcase(path, one) for path in FORWARDED)] == []


def test_no_other_file_makes_routes() -> None:
    makes = re.compile(r"(?<![\w.])Route\(")
    found = {
        str(path.relative_to(ROOT))
        for room in ("adapters", "bot")
        for path in (ROOT / room).rglob("*.py")
        if makes.search(Path(path).read_text(encoding="utf-8"))
    }
    assert found == ROUTES.keys()


def test_the_address_of_a_client_never_comes_from_outside() -> None:
    (block,) = blocks(PAGE, "nginx")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in block
    assert "proxy_add_x_forwarded_for" not in PAGE
