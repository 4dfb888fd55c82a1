"""Names of browsers."""

from __future__ import annotations

from bot.web.browsers import browser_name
from tests.rows import each_of

MOZILLA = "Mozilla/5.0"
AGENTS = [
    (f"{MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
    (
        f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36",
        "Chrome, Windows",
    ),
    (f"{MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0", "Edge, Windows"),
    (
        f"{MOZILLA} (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36",
        "Chrome, Android",
    ),
    (
        f"{MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
        "Safari, iPhone",
    ),
    (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari, macOS"),
    ("curl/8.0", ""),
    ("", ""),
    ("<script>", ""),
]


@each_of(AGENTS)
def test_a_browser_has_a_name_in_two_words(agent: str, name: str) -> None:
    assert browser_name(agent) == name
