"""The task that a request is about, by the words that name it: "the dentist task" is "dentist".

Tests: tests/core/words/test_changes.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.words.dates.phrases import whole_time_phrase
from core.words.dates.sentence import sentence_of, tokens_of
from core.words.numbered import places_in
from core.words.phrasebooks.books import requests, talk
from core.words.phrasebooks.patterns import lazy_pattern, lazy_phrase, one_of

MAX_WORDS = 14
"""Words by which people name a task. Longer texts are something else."""

MAX_DATE_WORDS = 5
"""Words at the end of a name that may be the date of the task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTask:
    """A task as somebody names it."""

    title: str
    """Words of its title, for ``best_match``; empty: the task that was talked about last."""

    is_surely_a_task: bool = False
    """Whether the words say that they mean a task: "the dentist task", "it"."""


def listed_task(words: str) -> NamedTask | None:
    """As ``named_task``; the words may also be places in a list ("3", "the second one"), then the title is
    these words. "Both" before two tasks is left out.
    """
    said = _BOTH.sub("", _PLEASE.sub("", words.strip(_MARKS)).strip(_MARKS))
    return NamedTask(title=said) if places_in(said) or means_both(said) else named_task(said)


def means_both(words: str) -> bool:
    """Whether the words mean the two tasks that were talked about last: "both of them"."""
    return _BOTH_TASKS.fullmatch(words.strip(_MARKS)) is not None


def named_task(words: str) -> NamedTask | None:
    """The task that the words name; None if they name something indefinite or no single task."""
    said = _PLEASE.sub("", words.strip(_MARKS)).strip(_MARKS)
    if _IT.fullmatch(said):
        return NamedTask(title="", is_surely_a_task=True)
    if quoted := _QUOTED.fullmatch(said):
        return NamedTask(title=quoted[1].strip(_MARKS), is_surely_a_task=True)
    named = _TASK_NAMED.fullmatch(said)
    title = next(group for group in named.groups() if group) if named else said
    title = _ARTICLE.sub("", title.strip(_MARKS))
    if quoted := _QUOTED.fullmatch(title):
        title = quoted[1].strip(_MARKS)
    title = _without_old_date(title)
    is_one = (
        title
        and not _BEFORE_DATE.fullmatch(title)
        and not places_in(title)
        and not title.isdigit()
        and len(title.split()) <= MAX_WORDS
        and not _NO_SINGLE_TASK.match(said)
    )
    return NamedTask(title=title, is_surely_a_task=named is not None) if is_one else None


def may_name_task(words: str) -> bool:
    """Whether the words may name a task by what it is about: "the bins", "den Müll", "my rent". Words without
    an article, and those that begin with a verb, rather say what is to be done.
    """
    first = words.split(maxsplit=1)[0].casefold() if words.strip() else ""
    bare = _ARTICLE.sub("", words.strip(_MARKS))
    has_article = bare != words.strip(_MARKS) or first in _STOP_WORDS
    return has_article and named_task(words) is not None


def split_date(words: str) -> tuple[str, str]:
    """ "dentist" and "tomorrow" of "dentist tomorrow"; without a date, the second is empty."""
    parts = words.split()
    ends = range(max(1, len(parts) - MAX_DATE_WORDS), len(parts))
    dated = (end for end in ends if whole_time_phrase(sentence_of(tokens_of(" ".join(parts[end:])))))
    end = next(dated, len(parts))
    return " ".join(parts[:end]), " ".join(parts[end:])


def _without_old_date(title: str) -> str:
    """ "dentist" for "dentist from monday": the date that it had."""
    found = _FROM.fullmatch(title)
    return found[1] if found and whole_time_phrase(sentence_of(tokens_of(found[2]))) else title


_STOP_WORDS = requests.words("STOP_WORDS")
_MARKS = " ,;:–-"
# "dentist to last" is no title: "move dentist to last friday".
_BEFORE_DATE = lazy_pattern(rf".+ (?:{one_of(requests.TO_A_DATE)})")
_POLITE = one_of((*talk.PLEASE, *requests.FILLERS)).replace("'", "['’]?")
_PLEASE = lazy_pattern(rf"^(?:{_POLITE}) |,? (?:{_POLITE})$")
_BOTH = lazy_pattern(one_of(requests.BOTH))
_BOTH_TASKS = lazy_phrase(*requests.BOTH_TASKS)
_FROM = lazy_pattern(rf"(.+) (?:{one_of(requests.FROM_A_DATE)}) (.+)")
_IT = lazy_phrase(*requests.IT)
_TASK_NAMED = lazy_phrase(*requests.TASK_NAMED)
_QUOTED = lazy_pattern(r"[\"“„«'‘]\s*([^\"“”„«»]+?)\s*[\"”“»'’]")
_ARTICLE = lazy_pattern(rf"^(?:{one_of(requests.ARTICLES)})")
# "a file", "everything", "all tasks", "my account": no single task that is on the list.
_SOME = one_of(requests.SOME)
_NO_SINGLE_TASK = lazy_pattern(rf"(?:{_SOME}|{one_of(requests.NO_TASK)})$|(?:{_SOME}) ")
