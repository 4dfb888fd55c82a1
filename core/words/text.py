"""Hostile text made harmless before anything looks at it."""

from __future__ import annotations

import re
import unicodedata

from core.errors import BadInput

_MARKS_PER_LETTER = 4  # Vietnamese, Hebrew and Thai need up to three
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINER = "\u200d"

# Controls that are not white space; soft hyphens and fillers that show nothing; zero-width and bidi
# characters; variation selectors that do not choose text or emoji style, which can smuggle bytes; surrogates,
# private use, non-characters, tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000e0000-\U0010ffff]+"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
# A joiner counts only inside an emoji; the style selector and the skin tones belong to what they follow.
_STRAY_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f]){_JOINER}|{_JOINER}(?![{_EMOJI}])")


def clean(text: str, limit: int) -> str:
    """Text in NFC with nothing invisible in it, single spaces, at most ``limit`` code points.

    Dropped: control, bidi and zero-width characters (a joiner inside an emoji stays), lone surrogates,
    private use, the fifth and later combining mark on one letter. A longer text ends in ``…`` and is never
    cut inside what a reader sees as one character.
    """
    # Who hides a text behind more than this of nothing is not read.
    seen = _UNSEEN.sub("", text[: 64 * limit + 4096])
    kept = " ".join(seen.split())[: 4 * limit + 64]
    if not kept.isascii():
        # Capped before NFC, which sorts the marks in quadratic time, and after it, because it can add one.
        few = _cap_marks(_STRAY_JOINER.sub("", kept))
        kept = " ".join(_cap_marks(unicodedata.normalize("NFC", few)).split())
    return kept if len(kept) <= limit else _cut(kept, limit)


def well_formed(text: str) -> str:
    """``text`` with lone surrogates replaced: JSON carries them, UTF-8 and databases can't."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def language_tag(value: object) -> str | None:
    """``value`` if it has the shape of an IETF language tag, such as ``de`` or ``pt-BR``."""
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else None


def refuse(hint: str, text: str) -> BadInput:
    """The refusal of ``text``; the phrase that ``hint`` names repeats at most 40 code points of it."""
    return BadInput(hint, value=clean(text, 40))


def _cap_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)


def _cut(text: str, limit: int) -> str:
    """The longest beginning that ends between two characters as seen, and an ellipsis."""
    if limit < 1:
        return ""
    end = limit - 1
    floor = max(0, end - 16)  # no honest emoji is longer: a chain of joiners must not eat the text
    at = end
    while at > floor and _continues(text, at):
        at -= 1
    return text[: at if at > floor else end].rstrip() + "…"


def _continues(text: str, at: int) -> bool:
    """Whether ``text[at]`` belongs to the character before it."""
    here, before = text[at], text[at - 1]
    if unicodedata.category(here) in ("Mn", "Me", "Mc") or _JOINER in (here, before):
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    return _is_flag_half(here) and _flag_halves_before(text, at) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag_half(text[at - 1 - count]):
        count += 1
    return count
