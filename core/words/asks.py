"""What people ask oO itself: the agenda, the figures, other tasks, fewer messages, another language.

Tests: tests/core/words/test_asks.py.
"""

from __future__ import annotations

import re

from core.chat import Channel
from core.words.before_event import remind_before
from core.words.earlier_reminders import earlier_reminder
from core.words.intents import (
    AskStats,
    AskToday,
    Connect,
    Disconnect,
    ExportTasks,
    Intent,
    ListTasks,
    OpenPage,
    SetLanguage,
    WriteLess,
    WriteMore,
    WriteOn,
)
from core.words.mail_addresses import address_in
from core.words.named_task import named_task
from core.words.phrasebooks import other_languages
from core.words.phrasebooks.books import talk, telling
from core.words.phrasebooks.patterns import LazyPhrase, lazy_pattern, lazy_phrase, one_of
from core.words.service import asked_of_service
from core.words.several_settings import asked_of_schedules

MAX_FILTER_WORDS = 6


def read_ask(text: str, *, whole: str = "") -> Intent | None:
    """What the text asks for; None for other texts. ``whole`` is the text with its polite words."""
    if found := next((intent for pattern, intent in _ASKS if pattern.fullmatch(text)), None):
        return found
    if found := _connect(text) or _disconnect(text) or _write_on(text) or _export(text) or _list_tasks(text):
        return found
    found = _language(text, whole or text) or earlier_reminder(whole or text) or remind_before(text)
    found = found or asked_of_service(text)
    return found or asked_of_schedules(text, is_polite=_POLITE.search(whole) is not None)


# --- Agenda, figures, more and fewer messages --------------------------------------------------------------


def _agenda(day: str, questions: str = "AGENDA") -> LazyPhrase:
    """Each language's ``questions`` about its own ``day``; nothing for one that has no word for the day."""
    books = [book for book in talk.books.values() if getattr(book, day)]
    return lazy_phrase(
        *(asked.replace("<day>", getattr(book, day)) for book in books for asked in getattr(book, questions))
    )


_CONNECT = lazy_phrase(*talk.CONNECT)
_FEED = lazy_phrase(r"<?(?:webcals?://\S+|https?://\S+\.ics(?:[?#]\S*)?)")


def _connect(text: str) -> Intent | None:
    """The wish to connect a calendar, e-mail or Todoist; the address of a calendar alone is one."""
    if _FEED.fullmatch(text):
        return Connect(text=text)
    if wish := _mail(text):
        return wish
    found = _CONNECT.fullmatch(text)
    named = next((group for group in found.groups() if group), "").lower() if found else ""
    if not named:
        return None
    return Connect(text="todoist" if "todoist" in named else "calendar")


_DISCONNECT = lazy_phrase(*talk.DISCONNECT)


def _disconnect(text: str) -> Intent | None:
    found = _DISCONNECT.fullmatch(text)
    named = next((group for group in found.groups() if group), "").lower() if found else ""
    if not named:
        return None
    return Disconnect(text=next((one for one in ("todoist", "caldav") if one in named), "calendar"))


def _channels() -> str:
    """A group for the names of chats, and for "here" and the browser in each language."""
    here = [book.HERE for book in talk.books.values() if book.HERE]
    return f"({'|'.join([*(one.value for one in Channel if one.is_chat), *here, *_browsers()])})"


def _browsers() -> list[str]:
    return [book.BROWSER for book in talk.books.values() if book.BROWSER]


_WRITE_ON = lazy_phrase(*(one.replace("<channel>", _channels()) for one in talk.WRITE_ON))


def _write_on(text: str) -> Intent | None:
    found = _WRITE_ON.fullmatch(text)
    if found is None:
        return None
    name = next(group for group in found.groups() if group).lower()
    if any(re.fullmatch(one, name) for one in _browsers()):
        return WriteOn(channel=Channel.WEB)
    return WriteOn(channel=Channel(name) if name in list(Channel) else None)


_ADDRESS = "<address>"
_MAIL_ME = lazy_phrase(*talk.MAIL_ME)
_ABOUT_MAIL = lazy_pattern(f"@|{one_of(talk.MAIL_NAMES)}")
MAX_MAIL_WISH = 200  # code points


def _mail(text: str) -> Connect | None:
    """The wish that tips come by e-mail, with the address if one is named."""
    if len(text) > MAX_MAIL_WISH or not _ABOUT_MAIL.search(text):
        return None
    address = address_in(text)
    bare = re.sub(f"<?{re.escape(address)}>?", _ADDRESS, text) if address else text
    if not _MAIL_ME.fullmatch(bare):
        return None
    return Connect(text=f"email {address}" if address else "email")


_EXPORT = lazy_phrase(*talk.EXPORT)


def _export(text: str) -> Intent | None:
    found = _EXPORT.fullmatch(text)
    format = next((group for group in found.groups() if group), "") if found else ""
    return ExportTasks(text=f"tasks {format}".strip()) if found else None


_ASKS: tuple[tuple[LazyPhrase, Intent], ...] = (
    (_agenda("TODAY"), AskToday()),
    (_agenda("TOMORROW"), AskToday(span="tomorrow")),
    (_agenda("WEEK"), AskToday(span="week")),
    (lazy_phrase(*talk.MY_DAY), AskToday()),
    (_agenda("TODAY", "DONE_ON"), AskStats(span="today")),
    (_agenda("YESTERDAY", "DONE_ON"), AskStats(span="yesterday")),
    (lazy_phrase(*talk.STATS), AskStats()),
    (lazy_phrase(*talk.LESS), WriteLess()),
    (lazy_phrase(*talk.MORE), WriteMore()),
    (lazy_phrase(*talk.MY_PAGE), OpenPage()),
)

# --- Lists of tasks ----------------------------------------------------------------------------------------

_OVERDUE = lazy_phrase(*talk.OVERDUE)
_DUE_TODAY = lazy_phrase(*talk.DUE_TODAY)
_BY_LABEL = lazy_phrase(*talk.BY_LABEL)
_ABOUT = lazy_phrase(*talk.ABOUT)
_ABOUT_TOMORROW = lazy_phrase(*talk.ABOUT_TOMORROW)


def _list_tasks(text: str) -> Intent | None:
    if _OVERDUE.fullmatch(text):
        return ListTasks(filter="overdue")
    if _DUE_TODAY.fullmatch(text):
        return ListTasks(filter="today")
    if found := _BY_LABEL.fullmatch(text):
        name = next(group for group in found.groups() if group)
        return ListTasks(filter=f"#{name[1:]}") if len(text.split()) > 1 or text[0] == "#" else None
    found = _ABOUT.fullmatch(text)
    words = next(group for group in found.groups() if group).strip(" \"'“”„«»?") if found else ""
    if _ABOUT_TOMORROW.fullmatch(words):
        return AskToday(span="tomorrow")
    task = named_task(words) if words else None
    is_short = task is not None and task.title and len(task.title.split()) <= MAX_FILTER_WORDS
    return ListTasks(filter=task.title) if task and is_short else None


# --- Language ----------------------------------------------------------------------------------------------


def _tags_by_name() -> dict[str, str]:
    """The tag of each language by its names in all languages."""
    named = [*telling.books.values(), other_languages]
    return {
        name: tag for book in named for tag, names in book.LANGUAGE_NAMES.items() for name in names.split()
    }


_TAGS = _tags_by_name()
_NAME = f"({'|'.join(sorted(_TAGS, key=len, reverse=True))})"
_SPEAK = lazy_phrase(*(one.replace("<name>", _NAME) for one in talk.SPEAK))
_POLITE = lazy_pattern(rf"(?<!\w)(?:{one_of(talk.PLEASE)})(?!\w)")
_WITH_PLEASE = lazy_phrase(rf"{_NAME},? (?:{one_of(talk.PLEASE)})[ .!]*")


def _language(text: str, whole: str) -> Intent | None:
    """The wish for another language. Its name alone is one only with a polite word: it may be a subject."""
    found = _SPEAK.fullmatch(text) or _WITH_PLEASE.fullmatch(whole)
    name = next(group for group in found.groups() if group) if found else ""
    return SetLanguage(language=_TAGS[name.lower()]) if name else None
