"""Templates."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from bot.web.page import Access, Answer, Page, Visit
from bot.web.rendering import TEMPLATES, render
from tests.bot.web.browser import browser_of
from tests.core.worlds import Scene
from tests.rows import each_of

TEXTS = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}

_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)


@each_of(list(TEXTS))
def test_no_sentence_stands_in_a_template(name: str) -> None:
    """A sentence there would not be translated."""
    words = _TAG.sub(" ", _CODE.sub(" ", TEXTS[name]))
    assert re.findall(r"[^\W\d_]{2,}", words.replace("oO", "")) == []


@each_of(list(TEXTS))
def test_no_template_has_a_script_or_style_of_its_own(name: str) -> None:
    """The CSP would stop it."""
    found = re.findall(r"<style|\sstyle=|\son\w+=|hx-on|<script(?! src)|javascript:|\|\s*safe", TEXTS[name])
    assert found == []


@each_of(list(TEXTS))
def test_every_form_that_changes_something_has_a_token(name: str) -> None:
    for form in re.findall(r'<form[^>]*method="post".*?</form>', TEXTS[name], re.DOTALL):
        assert "csrf(visit)" in form or "chat.say(visit" in form  # which holds it


async def test_a_value_that_is_missing_is_a_fault(world: Scene) -> None:
    faults: list[UndefinedError] = []

    async def show(visit: Visit) -> Answer:
        with pytest.raises(UndefinedError) as raised:
            render(visit, "fault.html", title="x")
        faults.append(raised.value)
        return render(visit, "fault.html", title="x", text="y")

    page = Page(method="GET", path="/x", run=show, access=Access.NOBODY)
    assert (await browser_of(world, pages=(page,)).get("/x")).status == 200
    assert faults
