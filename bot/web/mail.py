"""The pages of the links in mails. Opening one only asks: programs that check mails open them all, too.

The signature in the address is the right to what the page does: nobody is signed in here.

Tests: tests/scenarios/test_mail.py.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from functools import wraps
from http import HTTPStatus

from bot.conversation.linking import tell
from bot.languages.active import active, speaking
from bot.languages.language import language_of
from bot.screens import mail as screen
from bot.screens import texts_mail
from bot.screens.why import why as why_words
from bot.web.mail_taps import FoundTap, Standing, find_tap, how_it_stands, links_of, tap_of, was_used
from bot.web.page import Access, Answer, Page, Visit
from bot.web.rendering import render
from core.chat import Form, Message
from core.deciding.explain import why
from core.delivery.visits import Seen
from core.people.mail import Confirmed, asked_address, confirm_by_link, language_there, unsubscribe
from core.people.mail_links import CONFIRM_PATH, STOP_PATH, TAP_PATH, WHY_PATH, read_confirm, read_stop
from core.records import PersonAccount

Run = Callable[[Visit], Awaitable[Answer]]


def _invalid(visit: Visit) -> Answer:
    """The same page for whatever is wrong with a link."""
    return _plain(visit, texts_mail.PAGE_INVALID, texts_mail.PAGE_INVALID_HOW, status=HTTPStatus.NOT_FOUND)


def _plain(visit: Visit, title: str, text: str, *, action: str = "", status: int = HTTPStatus.OK) -> Answer:
    """A page of one paragraph, with a button if there is something to do."""
    path = visit.request.path if action else ""
    return render(visit, "mail/plain.html", status=status, title=title, text=text, action=action, path=path)


def _to(person: PersonAccount) -> str | None:
    return person.person.on(person.account).preferences.language or active().tag


# --- Taps --------------------------------------------------------------------------------------------------


def _of_tap(run: Callable[[Visit, FoundTap], Awaitable[Answer]]) -> Run:
    """A page about a button, in the language of its person."""

    @wraps(run)
    async def page(visit: Visit) -> Answer:
        found = await find_tap(visit.path["signed"], visit.deps)
        if found is None or visit.site.mail is None:
            return _invalid(visit)
        with speaking(language_of(_to(found.whose))):
            return await run(visit, found)

    return page


@_of_tap
async def ask_tap(visit: Visit, found: FoundTap) -> Answer:
    """Ask whether to tap the button; it changes nothing."""
    now = await how_it_stands(found, visit.deps)
    if await was_used(found, visit.deps):
        return _standing(visit, found, now, texts_mail.PAGE_BEFORE)
    if now and not now.is_open:
        return _standing(visit, found, now, texts_mail.PAGE_NOW)
    title = texts_mail.PAGE_TAP.format(label=found.label)
    return render(
        visit,
        "mail/ask.html",
        title=title,
        how=texts_mail.PAGE_TAP_HOW,
        messages=[now.message] if now else [],
        label=found.label,
    )


@_of_tap
async def tap(visit: Visit, found: FoundTap) -> Answer:
    """Tap the button: through the inbox, as a tap in a chat."""
    desk = visit.site.mail
    if desk is None or await was_used(found, visit.deps):
        return _standing(visit, found, await how_it_stands(found, visit.deps), texts_mail.PAGE_BEFORE)
    seen = await desk.take(await tap_of(found, visit.form, desk.message_id, visit.deps))
    if seen.form:
        return _form(visit, seen.form)
    return _answer(visit, found, seen)


def _standing(visit: Visit, found: FoundTap, now: Standing | None, text: str) -> Answer:
    """What was noted before."""
    return _messages(visit, found, texts_mail.PAGE_NOTED, text, [now.message] if now else [])


def _answer(visit: Visit, found: FoundTap, seen: Seen) -> Answer:
    shown = [*([seen.edit] if seen.edit else []), *seen.replies]
    if not shown and not seen.toast:
        return _plain(visit, texts_mail.PAGE_NOTED, texts_mail.PAGE_LATER)
    if found.only_shows:
        return _messages(visit, found, found.label, seen.toast or "", shown)
    return _messages(visit, found, texts_mail.PAGE_NOTED, seen.toast or texts_mail.PAGE_NOW, shown)


def _messages(visit: Visit, found: FoundTap, title: str, text: str, messages: list[Message]) -> Answer:
    links = links_of(found, messages, visit.site.root, visit.deps)
    return render(visit, "mail/shown.html", title=title, text=text, messages=messages, links=links)


def _form(visit: Visit, form: Form) -> Answer:
    return render(visit, "mail/form.html", title=form.title, fields=form.fields, send=texts_mail.PAGE_SEND)


async def explain(visit: Visit) -> Answer:
    """Say why a tip was sent."""
    found = await find_tap(visit.path["signed"], visit.deps, why=True)
    if found is None:
        return _invalid(visit)
    with speaking(language_of(_to(found.whose))):
        reasons = await why(found.whose.person, visit.deps, found.subject)
        if reasons is None:
            return _invalid(visit)
        said = why_words(reasons, found.whose.person, visit.deps.clock.now())
        now = await how_it_stands(found, visit.deps)
        shown = [now.message, said] if now else [said]
        return render(visit, "mail/shown.html", title=texts_mail.PAGE_WHY, text="", messages=shown, links={})


# --- The end of all mails ----------------------------------------------------------------------------------


async def ask_stop(visit: Visit) -> Answer:
    """Ask whether to send no more mails."""
    account_id = _account_of_stop(visit)
    if account_id is None:
        return _invalid(visit)
    with await _speaking_there(visit, account_id):
        return _plain(visit, texts_mail.PAGE_STOP, texts_mail.PAGE_STOP_HOW, action=texts_mail.PAGE_STOP_DO)


async def stop(visit: Visit) -> Answer:
    """Send no more mails. Mail programs do this at once (RFC 8058), and may do it again."""
    account_id = _account_of_stop(visit)
    if account_id is None:
        return _invalid(visit)
    await unsubscribe(account_id, visit.deps)
    with await _speaking_there(visit, account_id):
        return _plain(visit, texts_mail.PAGE_STOPPED, texts_mail.PAGE_STOPPED_HOW)


async def _speaking_there(visit: Visit, account_id: str) -> AbstractContextManager[None]:
    """In the language of the mails to that account."""
    return speaking(language_of(await language_there(account_id, visit.deps) or active().tag))


def _account_of_stop(visit: Visit) -> str | None:
    """The id of the account whose mails end; None if oO did not make that link."""
    signer = visit.deps.signer
    return read_stop(signer, visit.path["signed"]) if signer else None


# --- The confirmation of an address ------------------------------------------------------------------------


async def ask_confirm(visit: Visit) -> Answer:
    """Ask whether the address is theirs."""
    code = _code(visit)
    asked = await asked_address(code, visit.deps) if code else None
    if asked is None:
        return _invalid(visit)
    with speaking(language_of(asked.language or active().tag)):
        text = texts_mail.PAGE_CONFIRM_HOW.format(address=asked.address)
        return _plain(visit, texts_mail.PAGE_CONFIRM, text, action=texts_mail.LETTER_YES)


async def confirm(visit: Visit) -> Answer:
    """Connect the address, and say so in the chat where it was given."""
    code = _code(visit)
    asked = await asked_address(code, visit.deps) if code else None
    outcome = await confirm_by_link(code, visit.deps) if code else None
    if outcome is None or outcome.result is Confirmed.WRONG:
        return _invalid(visit)
    if outcome.person and outcome.asked_on:
        await tell(outcome.person, [outcome.asked_on], lambda: screen.confirmed(outcome), visit.deps)
    with speaking(language_of((asked.language if asked else None) or active().tag)):
        if outcome.result is Confirmed.TAKEN:
            title, text = texts_mail.PAGE_TAKEN, texts_mail.PAGE_TAKEN_HOW
        else:
            title, text = texts_mail.PAGE_CONFIRMED, texts_mail.PAGE_CONFIRMED_HOW
        return _plain(visit, title, text.format(address=outcome.address))


def _code(visit: Visit) -> str | None:
    signer = visit.deps.signer
    return read_confirm(signer, visit.path["signed"]) if signer else None


def _pages(path: str, ask: Run, act: Run | None) -> tuple[Page, ...]:
    whole = f"{path}/{{signed}}"
    asking = Page(method="GET", path=whole, run=ask, access=Access.NOBODY)
    if act is None:
        return (asking,)
    return (asking, Page(method="POST", path=whole, run=act, access=Access.NOBODY, is_signed=True))


MAIL = (
    *_pages(TAP_PATH, ask_tap, tap),
    *_pages(WHY_PATH, explain, None),
    *_pages(STOP_PATH, ask_stop, stop),
    *_pages(CONFIRM_PATH, ask_confirm, confirm),
)
