"""Several tasks that a few words name: "the dentist and the rent", "A, B und C".

A title may hold an "and" itself ("buy bread and butter"): the open tasks decide where the words are parted.

Tests: tests/core/words/test_parts.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.words.matching import done_tasks, fitting_task, holds_all, whole_match
from core.words.named_task import named_task
from core.words.phrasebooks.books import requests, talk
from core.words.phrasebooks.patterns import lazy_pattern, one_of

MAX_PARTS = 10
_ARTICLE = lazy_pattern(rf"^(?:{one_of(talk.COMPLETED_ARTICLES)})")
_AND, _ALSO = one_of(requests.AND_TASKS), one_of(requests.ALSO)
_JOINT = lazy_pattern(rf"\s*[,;&+]\s*(?:(?:{_AND}|{_ALSO}) )*|\s+(?:{_AND})(?: (?:{_ALSO}))*\s+")


def are_several(words: str) -> bool:
    """Whether the words have a joint, at which they may be parted."""
    return _JOINT.search(words) is not None


def parts_of(words: str, titles: Sequence[str], *, typed: str = "") -> list[int]:
    """The indexes of the titles that the words name together; empty if they name one task, or it is unclear.

    Every part names a title of its own, and none holds all of the words. ``typed``: as for ``fitting_task``,
    for words that may be a to-do as well.
    """
    if not are_several(words) or holds_all(words, titles):
        return []
    verb = typed.split()[0] if typed else ""

    def index_of(part: str) -> int | None:
        task = named_task(part)
        if task is None or not task.title:
            return None
        if verb and not task.is_surely_a_task:
            return fitting_task(task.title, titles, typed=f"{verb} {task.title}")
        return whole_match(task.title, titles)

    return _parted(_pieces(words), index_of)


def done_parts(words: str, deed: str, titles: Sequence[str]) -> list[int]:
    """The indexes of the titles that are done together: "the rent and the gas" by "paid"."""
    if not are_several(words):
        return []

    def index_of(part: str) -> int | None:
        done = done_tasks(_ARTICLE.sub("", part), deed, titles)
        return done[0] if len(done) == 1 else None

    return _parted(_pieces(words), index_of)


def _pieces(words: str) -> list[str]:
    """The words in turn with their joints: ``["bread", " and ", "butter"]``."""
    pieces, end = [], 0
    for joint in _JOINT.finditer(words):
        pieces += [words[end : joint.start()], joint[0]]
        end = joint.end()
    return [*pieces, words[end:]]


def _parted(pieces: list[str], index_of: Callable[[str], int | None]) -> list[int]:
    """The tasks of the parts, each as long as one task has all of its words."""
    found: list[int] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start, -2):
            index = index_of("".join(pieces[start:end]).strip())
            if index is not None:
                break
        else:
            return []
        found.append(index)
        start = end + 1
    is_clear = len(set(found)) == len(found) > 1
    return found if is_clear and len(found) <= MAX_PARTS else []
