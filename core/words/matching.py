"""Finds the task that a few words mean: "the rent" is "Pay the rent"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from core.text import clean_strictly
from core.words.phrasebooks.books import requests, talk

_MAX_LENGTH = 300  # code points
_MAX_WORDS = 8
_STOP_WORDS = requests.words("STOP_WORDS")
_MIN_MATCHED_SHARE = 0.6  # of the words that are in the title
_MIN_LIKELY_SHARE = 0.5  # likewise, of a title that may be meant
_MIN_COVERAGE_GAP = 0.15  # by which the best title must be covered more than the next one
_MIN_COVERED_BY_DOUBTFUL_WORDS = 0.5  # of a title
_TYPO_CUTOFF = 0.8
_FULFILLING = talk.words("FULFILLING")
_BOOKING = talk.words("BOOKING")
_MIN_STEM = 3  # letters
_MIN_FUZZY_LENGTH = 4  # letters; of shorter words, only the plural is matched
_PLURALS = ("s", "es")
_ENDINGS = ("es", "en", "nen")  # "taxes", "Rechnungen", "Ärztinnen"; any single letter may be a typo


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """How well the words fit one title."""

    matched: float
    """Share of the words that are in the title, 0 to 1."""
    covered: float
    """Share of the title's words that were matched, 0 to 1."""
    index: int
    is_same: bool = False
    """Whether the words are the whole title."""


def best_match(words: str, titles: Sequence[str]) -> int | None:
    """The index of the one title that the words fit; None if none fits, or several about equally well.

    Case, accents, stop words and word order are ignored; typos and other forms of a word are matched.
    """
    fits = _fits(words, titles)
    return fits[0].index if fits and _is_clear(fits) else None


def whole_match(words: str, titles: Sequence[str]) -> int | None:
    """The index of the only title that has all of the words: "call Bob Marley" is not "Call Bob".

    A title that is no more than these words is meant, whatever others have them too.
    """
    fits = [fit for fit in _fits(words, titles) if fit.matched == 1]
    return fits[0].index if len(fits) == 1 else None


def is_full(words: str, title: str) -> bool:
    """Whether the words name the title wholly, but for stop words: "dentist" is "the dentist", but not "mum
    dentist".
    """
    return any(fit.matched == fit.covered == 1 for fit in _fits(words, [title]))


def holds_all(words: str, titles: Sequence[str]) -> bool:
    """Whether a title has all of the words."""
    return any(fit.matched == 1 for fit in _fits(words, titles))


def fitting_task(words: str, titles: Sequence[str], *, typed: str) -> int | None:
    """The index of the one title of ``fitting_tasks``; None if there is none, or more than one."""
    found = fitting_tasks(words, titles, typed=typed)
    return found[0] if len(found) == 1 else None


def fitting_tasks(words: str, titles: Sequence[str], *, typed: str) -> list[int]:
    """The indexes of the titles that ``words`` surely mean, although they may be a to-do as well.

    All of the words are in each, and are half of one or more; and none is the to-do itself: for ``typed``
    "cancel the gym membership" that is "Gym membership", but not "Cancel the gym membership".
    """
    fits = [fit for fit in _fits(words, titles) if fit.matched == 1]
    if not fits or fits[0].covered < _MIN_COVERED_BY_DOUBTFUL_WORDS:
        return []
    if fits[0].is_same:
        return [fit.index for fit in fits]
    verb = next((word for word in _words(typed)[:1] if word not in _words(words)), "")
    again = (typed, f"{verb} {words}") if verb else (typed,)
    found = [_fits(one, [titles[fit.index] for fit in fits]) for one in again]
    return [] if any(one and one[0].matched == 1 for one in found) else [fit.index for fit in fits]


def all_tasks(words: str, titles: Sequence[str], *, typed: str) -> list[int]:
    """The indexes of all titles that have the words in any form: "invoices" is in "Pay the invoice" and in
    "Invoices of May". None if one of them is ``typed`` itself, as in ``fitting_tasks``.
    """
    found = [at for at, title in enumerate(titles) if holds_all(words, [title])]
    verb = next((word for word in _words(typed)[:1] if word not in _words(words)), "")
    again = (typed, f"{verb} {words}") if verb else (typed,)
    is_typed = any(holds_all(one, [titles[at]]) for one in again for at in found)
    return [] if is_typed else found


def done_tasks(
    words: str, deed: str, titles: Sequence[str], *, is_named: bool = False, is_same_verb: bool = False
) -> list[int]:
    """The indexes of the titles that are done by the deed: "Pay the rent" by "paid", with words "the rent".

    All of the words are in them. Their verb is that of the deed; without any other words, the deed must be
    one that such a task is for ("Rent"). ``is_named``: only those whose verb it is; ``is_same_verb``: and
    not one that means the same, as "transfer" does for "paid".
    """
    verbs = frozenset[str]() if is_same_verb else _verbs_of(deed)
    is_named = is_named or is_same_verb
    fits = [fit for fit in _fits(words, titles) if fit.matched == 1]
    others = {fit.index: _others(titles[fit.index], words) for fit in fits}
    return [at for at, rest in others.items() if (rest or not is_named) and _is_done(rest, deed, verbs)]


def is_booking(deed: str) -> bool:
    """Whether what the deed was done with is still to come: "booked"."""
    return deed.lower() in _BOOKING


def _verbs_of(deed: str) -> frozenset[str]:
    books = talk.books.values()
    known = (book.IRREGULAR_DEEDS.get(form, "") for book in books for form in _forms(deed))
    return frozenset(_words(" ".join(known)))


def _forms(deed: str) -> tuple[str, ...]:
    """The participle, and without the endings that it has in Romance languages: "prises", "hechas"."""
    said = deed.lower()
    one = said.removesuffix("s")
    return tuple(dict.fromkeys((said, one, one.removesuffix("e"), f"{one.removesuffix('a')}o")))


def _others(title: str, words: str) -> list[str]:
    """The words of the title that were not said."""
    said = _words(words)
    known = {meaning for word in said for meaning in _meanings(word, _words(title))}
    return [word for word in _words(title) if word not in known]


def _is_done(others: list[str], deed: str, verbs: frozenset[str]) -> bool:
    if not others:
        return not _FULFILLING.isdisjoint(_forms(deed))
    (said,) = _words(deed)[:1] or ("",)
    stems = (said, *(said.replace(part, "", 1) for part in talk.PARTICIPLE_PART))
    return any(word in verbs or any(_begin_alike(word, stem) for stem in stems) for word in others)


def _begin_alike(one: str, other: str) -> bool:
    """Whether two words are forms of the same verb, as far as their beginnings show."""
    shorter = min(len(one), len(other))
    alike = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    return alike >= max(_MIN_STEM, shorter - 2)


def matches(words: str, titles: Sequence[str]) -> list[int]:
    """The indexes of all titles with the highest share of matched words, the best covered first.

    They may be meant, so a word may be shortened, too: "milk" is "Milkshake".
    """
    fits = _fits(words, titles, is_short=True)
    return [fit.index for fit in fits if fit.matched == fits[0].matched >= _MIN_LIKELY_SHARE]


def has_all_words(words: str, title: str) -> bool:
    """Whether each of the words is a whole word of the title; case, accents and stop words are ignored."""
    return {*_words(words)} <= {*_words(title)}


def is_sign_in(words: str, text: str) -> bool:
    """Whether the words are no words but signs, such as emoji, and occur in the text."""
    return not _words(words) and words.strip() in text


def contains(words: str, text: str) -> bool:
    """Whether each of the words begins a word of ``text``; case, accents and stop words are ignored.

    Signs that are no words, such as emoji, have to occur as they are.
    """
    known, wanted = _words(text), _words(words)
    if not wanted:
        return words.strip() in text
    return all(any(one.startswith(word) for one in known) for word in wanted)


def _fits(words: str, titles: Sequence[str], *, is_short: bool = False) -> list[_Fit]:
    """How well the words fit each title, best first; only identical titles, if there are any.

    ``is_short``: whether the beginning of a word stands for it.
    """
    wanted = _words(words)[:_MAX_WORDS]
    known = [_words(title) for title in titles]
    same = [
        _Fit(matched=1, covered=1, index=index, is_same=True)
        for index, title in enumerate(known)
        if title == wanted
    ]
    if same or not wanted:
        return same if wanted else []
    vocabulary = sorted({word for title in known for word in title})
    meant = [_meanings(word, vocabulary, is_short) for word in wanted]
    fits = (_fit(meant, title, index) for index, title in enumerate(known))
    return sorted(fits, key=lambda fit: (-fit.matched, -fit.covered, fit.index))


def _is_clear(fits: list[_Fit]) -> bool:
    best, *others = fits
    rivals = [fit for fit in others[:1] if fit.matched == best.matched]
    is_ahead = all(best.covered - fit.covered >= _MIN_COVERAGE_GAP for fit in rivals)
    return is_ahead and best.matched >= _MIN_MATCHED_SHARE


def _fit(meant: list[set[str]], title: list[str], index: int) -> _Fit:
    words = set(title)
    matched = sum(bool(meanings & words) for meanings in meant) / len(meant)
    covered = len(words & set().union(*meant)) / len(words) if words else 0.0
    return _Fit(matched=matched, covered=covered, index=index)


def _meanings(word: str, vocabulary: Iterable[str], is_short: bool = False) -> set[str]:
    """The words of ``vocabulary`` that ``word`` may mean."""
    if word in vocabulary:
        return {word}
    begun = {known for known in vocabulary if known.startswith(word) and (is_short or _is_form(word, known))}
    if len(word) < _MIN_FUZZY_LENGTH:
        return {word} | {known for known in begun if known.removeprefix(word) in _PLURALS}
    similar = [known for known in vocabulary if known[:1] == word[:1] and abs(len(known) - len(word)) <= 2]
    close = set(get_close_matches(word, similar, cutoff=_TYPO_CUTOFF))
    return begun | {known for known in close if is_short or _is_form(word, known)}


def _is_form(one: str, other: str) -> bool:
    """Whether two words may be forms of the same one: not if one only begins with the other, as "rental"
    with "rent" and "Hausarzt" with "Haus".
    """
    shorter, longer = sorted((one, other), key=len)
    rest = longer.removeprefix(shorter)
    return rest == longer or len(rest) <= 1 or rest in _ENDINGS


def _words(text: str) -> list[str]:
    """Words in lower case without accents; without stop words, unless there are no others."""
    plain = clean_strictly(text, _MAX_LENGTH).casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    found = re.findall(r"\w+", plain)
    return [word for word in found if word not in _STOP_WORDS] or found
