"""The pages from which a Slack workspace installs oO.

Tests: tests/scenarios/test_slack_install.py.
"""

from __future__ import annotations

from html import escape

from bot.languages.active import active, speaking
from bot.languages.language import language_of
from bot.screens import texts_slack
from bot.screens.browser_page import STYLE, browser_page, preferred

BUTTON = "a{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;color:#fff;background:#4a154b}"


def page(step: str, accepts: str, url: str | None) -> str:
    """The page of a step in a language that the browser accepts; ``url``: where the button leads."""
    with speaking(language_of(preferred(accepts))):
        title, _, text = texts_slack.INSTALL_PAGES[str(step)].partition("\n")
        link = f'<p><a href="{escape(url)}">{escape(texts_slack.ADD)}</a></p>' if url else ""
        return browser_page(active().code, title, f"<p>{escape(text)}</p>{link}", STYLE + BUTTON)
