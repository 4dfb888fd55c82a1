"""All pages. The first that matches answers, so fixed paths stand before those with names in braces.

Tests: tests/bot/web/test_pages.py.
"""

from __future__ import annotations

from bot.web.me.pages import ME
from bot.web.operator.pages import OPERATOR
from bot.web.page import Page
from bot.web.sign_in import SIGNING_IN
from bot.web.static_files import STATIC

PAGES: tuple[Page, ...] = (*STATIC, *SIGNING_IN, *ME, *OPERATOR)
