"""All pages. The first that matches answers, so fixed paths stand before those with names in braces.

Tests: tests/bot/web/test_pages.py.
"""

from __future__ import annotations

from bot.web.mail import MAIL
from bot.web.me.pages import ME
from bot.web.oidc import OIDC
from bot.web.operator.pages import OPERATOR
from bot.web.page import Page
from bot.web.sign_in import SIGNING_IN
from bot.web.static_files import STATIC
from bot.web.worker import WORKER

PAGES: tuple[Page, ...] = (*STATIC, *OIDC, *SIGNING_IN, *MAIL, *ME, *WORKER, *OPERATOR)
